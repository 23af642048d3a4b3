"""How Django itself (the admin's sign-in, say) checks a password: through the api, which counts."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from edu.users import api
from edu.users.data import BadCredentials, TooManyFailures, Unconfirmed


class CountingBackend(ModelBackend):
    """Django's own accounts and permissions; wrong passwords are counted as everywhere."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> Any:
        """Return the account, or None; PermissionDenied after too many failures."""
        email = username if username is not None else more.get("email")
        if email is None or password is None:
            return None
        address = request.META.get("REMOTE_ADDR", "") if request else ""
        try:
            person = api.sign_in(email=email, password=password, address=address)
        except (BadCredentials, Unconfirmed):
            return None
        except TooManyFailures:
            raise PermissionDenied from None
        return self.get_user(person.id)
