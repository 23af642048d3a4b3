"""Puts a signed-in person's language, time zone and preferences in force."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from edu.users.data import CHOICES, Preferences

LOOKS = ("theme", "reading_size", "font", "motion")


def cookie() -> str:
    """Return the name of the cookie that keeps how pages look for who signs in here next time."""
    return settings.SESSION_COOKIE_NAME.replace("session", "look")


def seen_before(request: HttpRequest) -> Preferences:
    """Return the defaults, with the look that this browser had while somebody was signed in: who needs
    large letters needs them to sign in, too."""
    kept = request.COOKIES.get(cookie(), "").split(".")
    told = dict(zip(LOOKS, kept, strict=False))
    return Preferences.of({name: told[name] for name in told if told[name] in CHOICES[name]})


class PersonalSettings:
    """Sets `request.preferences` (Preferences; for those who are not signed in the defaults, and the
    look of the page that this browser had before), and for those who are, the language of pages, where
    we have it, and the time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the settings in force, and leave none behind but how pages look."""
        user = request.user
        if not user.is_authenticated:
            request.preferences = seen_before(request)  # type: ignore[attr-defined]
            return self.get_response(request)
        # The row that the session loaded anyway: not one query more.
        wishes = Preferences.of(user.preferences)
        request.preferences = wishes  # type: ignore[attr-defined]
        response = self._personal(request, wishes)
        look = ".".join(getattr(wishes, name) for name in LOOKS)
        if not request.path.startswith("/api/") and request.COOKIES.get(cookie()) != look:
            response.set_cookie(
                cookie(),
                look,
                max_age=365 * 86400,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def _personal(self, request: HttpRequest, wishes: Preferences) -> HttpResponse:
        try:
            language = translation.get_supported_language_variant(wishes.pages_in)
            translation.activate(language)
            request.LANGUAGE_CODE = language
        except LookupError:
            pass  # pages are not translated into it: what the browser asked for stays
        try:
            with timezone.override(zoneinfo.ZoneInfo(wishes.time_zone)):
                return self.get_response(request)
        except zoneinfo.ZoneInfoNotFoundError:  # it was renamed since it was chosen
            return self.get_response(request)
