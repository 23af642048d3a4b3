"""Links that let somebody who reads an account's mail choose its next password."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.users.data import DeadLink
from edu.users.models import User


def link(user: User) -> str:
    """Return the link. Its token is signed over the password and the last sign-in, so that it is good
    once, and dies with PASSWORD_RESET_TIMEOUT or when the old password is remembered after all."""
    key = f"{user.id.hex}.{default_token_generator.make_token(user)}"
    return settings.EDU_PUBLIC_URL + reverse("new-password", args=[key])


def by_key(key: str, *, lock: bool = False) -> User:
    """Return whose password the link with this `key` changes; raise DeadLink when it is not good."""
    name, _dot, token = key.partition(".")
    rows = User.objects.select_for_update() if lock else User.objects.all()
    try:
        user = rows.filter(id=parse_id(name), is_active=True).first()
    except NotFound:
        user = None
    if user is None or not default_token_generator.check_token(user, token):
        raise DeadLink
    return user
