"""What Django itself tells: a session began, by whichever way of signing in."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from edu.users import api


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest | None, user: Any, **more: Any) -> None:
    """Write the sign-in down."""
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    whose = str(user.pk)
    api.audit(
        action="sign-in", by=whose, about=whose, detail={"for": "browser", "address": address}
    )


@receiver(authenticator_added)
@receiver(authenticator_removed)
def second_step(sender: Any, signal: Any, user: Any, authenticator: Any, **more: Any) -> None:
    """Write down that somebody changed how they sign in."""
    action = "second-step" if signal is authenticator_added else "second-step-removed"
    whose, kind = str(user.pk), str(authenticator.type)
    api.audit(action=action, by=whose, about=whose, detail={"kind": kind})
