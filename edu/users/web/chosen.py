"""Browsers in which somebody chose the password of an account: there its letter confirms by a button."""

from django.http import HttpRequest

from edu.users import api

KEY = "chosen"


def remember(request: HttpRequest, user: str) -> None:
    """Keep in the session that the password of `user` (who may be nobody) was chosen here."""
    request.session[KEY] = api.password_mark(user=user)


def here(request: HttpRequest, key: str) -> bool:
    """Whether the link with this `key` confirms the account of whoever is signed in here, or one whose
    password, as it is now, was chosen here. Raises DeadLink."""
    mine = str(request.user.pk) if request.user.is_authenticated else ""
    return api.knows_link(key=key, user=mine, mark=str(request.session.get(KEY) or ""))
