"""People: who they are and how they like to learn."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from edu.common.errors import Conflict, Denied, EduError, NotFound
from edu.common.text import gettext_noop as _


class EmailTaken(Conflict):
    """Somebody registered with this address before."""

    detail = _("There is an account with this e-mail address already. Sign in instead.")


class BadCredentials(EduError):
    """401: wrong address or password, or a token that is dead. Never says which."""

    detail = _("The e-mail address and password do not match. Check both and try again.")


class BadToken(BadCredentials):
    """401: an access or refresh token that is not, or no longer, good."""

    detail = _("This token is not valid any more. Sign in again.")


class TooManyFailures(Denied):
    """429: too many wrong passwords for this account from this address."""

    detail = _("Too many wrong passwords. Wait a few minutes and try again.")

    def __init__(self, detail: str = "", retry_after: int = 600, **params: object) -> None:
        super().__init__(detail, **params)
        self.retry_after = retry_after  # seconds


class NoSuchPerson(NotFound):
    """No account has this id."""

    detail = _("There is no such person.")


MODALITIES = ("text", "picture", "voice")


@dataclass(frozen=True)
class Preferences:
    """How one person likes to learn; used by all pages and agents."""

    language: str = "en"
    time_zone: str = "UTC"
    modalities: list[str] = field(default_factory=lambda: list(MODALITIES))
    reading_size: str = "normal"  # small, normal, large, huge
    font: str = "serif"  # serif, sans, dyslexic
    theme: str = "auto"  # auto, light, dark
    motion: str = "auto"  # auto, none
    captions: bool = True
    voice: str = ""
    speed: float = 1.0  # 0.5 to 2
    daily_goal_minutes: int = 20
    tone: str = "plain"  # plain, warm, brief

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Preferences":
        """Return what was `stored`; what is missing has its default, what is not known is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True)
class Person:
    """`roles` are site roles: "learner" for everybody, "admin" for staff."""

    id: str
    email: str
    display_name: str
    roles: list[str]
    preferences: Preferences
    created_at: datetime


@dataclass(frozen=True)
class Tokens:
    """`access` lives for minutes and is verified by signature, `refresh` for days and only once."""

    access: str
    refresh: str
