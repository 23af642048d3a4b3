"""Sends what lies in the store of files: archives of exports, sounds and pictures of turns."""

import hashlib
from functools import partial

from django.http import HttpRequest, HttpResponseBase

from edu.common.sending import send
from edu.multimodal import api as multimodal
from edu.orchestrator import api


def archive(request: HttpRequest, *, user: str, export: str) -> HttpResponseBase:
    """Return the ZIP of a person's own export. Raises NoSuchExport."""
    key = api.export_file(user=user, export=export)
    return send(
        request,
        partial(_part, key),
        multimodal.size(key=key),
        "application/zip",
        _tag(key),
        name="edu-export.zip",
        cache="private, no-store",
    )


def turn_file(request: HttpRequest, *, user: str, turn: str, kind: str) -> HttpResponseBase:
    """Return a turn's sound, recording or photo, to be shown. Raises NoSuchTurn."""
    found = api.turn_file(user=user, turn=turn, kind=kind)
    fetch = partial(_part, found.key)
    return send(request, fetch, found.bytes, found.media_type, _tag(found.key))


def _part(key: str, start: int, end: int) -> bytes:
    return multimodal.part(key=key, start=start, end=end)


def _tag(key: str) -> str:
    """Return what names the content under a key, which never changes, without telling the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
