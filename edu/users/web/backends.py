"""How Django itself (the admin's sign-in, say) checks a password: through the api, which counts."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from edu.users import api
from edu.users.data import BadCredentials, TooManyFailures


class CountingBackend(ModelBackend):
    """Django's own accounts and permissions, and what the roles of the site open in the administration;
    wrong passwords are counted as everywhere."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return the names of Django's permissions that an account has, for this one request."""
        found = set(super().get_all_permissions(user_obj, obj))
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return found
        if not hasattr(user_obj, "_by_role"):
            user_obj._by_role = frozenset(api.admin_rights(user=str(user_obj.pk)))
        return found | user_obj._by_role

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
        except BadCredentials:
            return None
        except TooManyFailures:
            raise PermissionDenied from None
        return self.get_user(person.id)
