"""How django-allauth's steps of signing in meet our rules: all that decides is asked of users.api."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edu.common.errors import EduError
from edu.users import api
from edu.users.data import BadCredentials, Unconfirmed

# What is worth telling of what the library tells; the rest is seen on the page anyway.
SAID = {
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is kept."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("These codes replace those from before."),
}


class Accounts(DefaultAccountAdapter):
    """Steps of signing in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong ones. Wait a few minutes and try again."),
        "rate_limited": _("Too many wrong ones. Wait a few minutes and try again."),
    }

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """Hold back whom the site does not let in, however they show who they are."""
        answer = super().pre_login(request, user, **more)
        if answer is None and not api.may_enter(user=str(user.pk)):
            clear_login(request)
            messages.error(request, gettext(Unconfirmed.detail))
            return redirect("ask-confirmation")
        return answer

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Tell those who are blocked no more than those who do not exist."""
        messages.error(request, gettext(BadCredentials.detail))
        return redirect("sign-in")

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Ask for the password again, with wrong ones counted as at the sign-in."""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        try:
            if not user.email:
                api.confirm_person(user=str(user.pk), password=password)
                return True
            found = api.sign_in(email=user.email, password=password, address=address)
        except EduError:
            return False
        return found.id == str(user.pk)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what the server says; it trusts only proxies that it knows."""
        return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code to sign in with. Whether anybody has the address, a worker finds out: an unknown
        one takes this process the same work."""
        if template_prefix in ("account/email/login_code", "account/email/unknown_account"):
            api.post_code(email=email, code=context.get("code", ""))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all."""
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)


class SecondSteps(DefaultMFAAdapter):
    """Apps, passkeys, recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """Name a passkey that its owner gives no name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Say whose passkey it is, as the device shows it."""
        told = super().get_public_key_credential_user_entity(user)
        return {**told, "display_name": user.display_name}
