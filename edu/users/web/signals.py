"""What Django itself tells: a session began, by whichever way of signing in."""

from typing import Any

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
