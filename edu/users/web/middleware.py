"""Puts a signed-in person's language, time zone and preferences in force."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from edu.users.data import Preferences


class PersonalSettings:
    """Sets `request.preferences` (Preferences; the defaults for those who are not signed in), and
    for those who are, the language of pages, where we have it, and the time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the settings in force, and leave none behind."""
        user = request.user
        # The row that the session loaded anyway: not one query more.
        wishes = Preferences.of(user.preferences) if user.is_authenticated else Preferences()
        request.preferences = wishes  # type: ignore[attr-defined]
        if not user.is_authenticated:
            return self.get_response(request)
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
