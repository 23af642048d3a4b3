"""Browsers that are signed in (the rows are django-allauth's): who is where, and sign out there."""

import re
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from edu.users.data import Device, NoSuchDevice
from edu.users.models import User

BROWSERS = (
    "Edg",
    "OPR",
    "Firefox",
    "FxiOS",
    "Chrome",
    "CriOS",
    "Safari",
)  # the first that is named
NAMES = {"Edg": "Edge", "OPR": "Opera", "FxiOS": "Firefox", "CriOS": "Chrome"}
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "CrOS", "Macintosh", "Linux")
PLAIN = {"Macintosh": "macOS", "CrOS": "ChromeOS"}


def named(agent: str) -> str:
    """Return the browser and system that a User-Agent header names: "Firefox, Windows"."""
    browser = next((each for each in BROWSERS if f"{each}/" in agent), "")
    system = next((each for each in SYSTEMS if each in agent), "")
    known = [NAMES.get(browser, browser), PLAIN.get(system, system)]
    words = ", ".join(each for each in known if each)
    return words or " ".join(re.sub(r"[^\w./ -]", " ", agent).split())[:60]


def of(user: User, session: str) -> list[Device]:
    """Return where the person is signed in, the newest first; `session` is the one that asks."""
    rows = UserSession.objects.purge_and_list(user)
    return [
        Device(
            id=str(row.pk),
            name=named(row.user_agent),
            address=row.ip,
            since=row.created_at,
            current=row.session_key == session,
        )
        for row in sorted(rows, key=lambda each: each.created_at, reverse=True)
    ]


def end(user: User, device: str) -> None:
    """Sign the person out there; raise NoSuchDevice."""
    number = int(device) if device.isdecimal() and len(device) < 18 else 0
    row = UserSession.objects.filter(user=user, pk=number).first()
    if row is None:
        raise NoSuchDevice
    row.end()


def end_others(user: User, session: str) -> int:
    """Sign the person out everywhere but in `session`; return in how many places."""
    others = list(UserSession.objects.filter(user=user).exclude(session_key=session))
    for each in others:
        each.end()
    return len(others)


def forget(now: datetime, days: int = 1) -> int:
    """Delete rows of sessions that are no more; return how many."""
    old = UserSession.objects.filter(created_at__lt=now - timedelta(days=days))
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return old.exclude(session_key__in=alive).delete()[0]
