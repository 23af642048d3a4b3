"""What every template may use."""

from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest

from edu.orchestrator import api as orchestrator

LOOKS = {
    "reading": ("small", "normal", "large", "huge"),
    "font": ("serif", "sans", "dyslexic"),
    "theme": ("auto", "light", "dark"),
    "motion": ("auto", "none"),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """`look`: how this person reads (data attributes of <html>); `section`: which place of the bar
    the page belongs to ("today", "course", "tutor", "progress", "notices" or ""); `unread`: how many
    notices wait; `administers`: whether the administration is open to them."""
    preferences = getattr(request, "preferences", None)
    wanted = {
        "reading": getattr(preferences, "reading_size", "normal"),
        "font": getattr(preferences, "font", "serif"),
        "theme": getattr(preferences, "theme", "auto"),
        "motion": getattr(preferences, "motion", "auto"),
    }
    look = {
        name: value if value in LOOKS[name] else LOOKS[name][0] for name, value in wanted.items()
    }
    return {
        "look": look,
        "section": _section(request.path),
        "unread": lambda: _unread(request),
        "administers": lambda: _administers(request),
    }


def _unread(request: HttpRequest) -> int:
    """Count the notices that wait; asked for only by pages that have a bell. A page that failed has
    not been seen."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    seen = request.path if request.method == "GET" else ""
    return orchestrator.unread(user=str(user.pk), at=seen)


def _administers(request: HttpRequest) -> bool:
    """Whether the menu leads to the administration: for staff, and those whose roles open a part of it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    roles = user.is_staff or (user.site_roles and site.has_permission(request))
    return bool(roles)


def _section(path: str) -> str:
    first = path.strip("/").split("/")
    if path == "/" or first[0] == "reviews":
        return "today"
    if first[0] == "progress" or (first[0] == "courses" and first[-1] == "progress"):
        return "progress"
    if first[0] == "tutor" or (first[0] == "courses" and first[-1] == "tutor"):
        return "tutor"
    if first[0] == "notifications":
        return "notices"
    return "course" if first[0] in ("courses", "materials", "quizzes") else ""
