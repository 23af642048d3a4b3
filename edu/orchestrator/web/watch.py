"""Looks again, every few seconds, whether whoever listens may still do so: people sign out elsewhere, are
blocked, are taken out of a course, and tokens end."""

import asyncio
import contextlib
from importlib import import_module
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import Error
from django.http import HttpRequest
from redis.exceptions import RedisError

from edu.common.errors import EduError
from edu.users import api as users

LOOK = 4.0  # seconds between two looks
NOT_SIGNED_IN, NOT_ALLOWED, NOT_YOURS, NOT_IN_TIME = (
    4401,
    4403,
    4404,
    4408,
)  # why a socket is closed

GONE = (RuntimeError, OSError)  # what servers raise when a socket that is gone is used


def bearer_of(scope: dict[str, Any]) -> str:
    """Return the token that a handshake brings as `Authorization: Bearer ...`, "" without one. No page of
    another site can send that header."""
    given = dict(scope.get("headers") or []).get(b"authorization", b"").decode("latin-1")
    kind, _, access = given.partition(" ")
    return access.strip() if kind.lower() == "bearer" else ""


def signed_in(user: str, bearer: str, session: str | None) -> bool:
    """Whether the bearer token, or without one the session with this key, is (still) this person's."""
    if bearer:
        try:
            return users.user_of_access(access=bearer) == user
        except EduError:
            return False
    now = HttpRequest()
    now.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    return str(get_user(now).pk) == user


class Watched:
    """A consumer that closes itself when its person may not listen any more. `bearer` is the token that
    it came with, "" for the site's cookie."""

    user = ""
    bearer = ""
    scope: dict[str, Any]
    close: Any
    _watch: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """Begin to look, once."""
        if self._watch is None:
            self._watch = asyncio.create_task(self._look())

    def unwatch(self) -> None:
        """Look no more: the socket is closed."""
        if self._watch is not None:
            self._watch.cancel()

    def why_not(self) -> int:
        """Return why the socket is to be closed, 0 while it is not."""
        session = self.scope.get("session")
        key = getattr(session, "session_key", None)
        return 0 if signed_in(self.user, self.bearer, key) else NOT_SIGNED_IN

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            why = 0
            with contextlib.suppress(Error, RedisError):  # a store is away: look again later
                why = await database_sync_to_async(self.why_not)()
            if why:
                with contextlib.suppress(*GONE):
                    await self.close(code=why)
                return
