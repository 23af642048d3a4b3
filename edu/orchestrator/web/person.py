"""The live side of a person: /ws/me/ tells every open page of theirs that there is a notice."""

import asyncio
import contextlib
import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import translation

from edu.common import strictjson
from edu.common.codec import revive
from edu.common.errors import EduError
from edu.orchestrator import api
from edu.orchestrator.data import Notification
from edu.orchestrator.web.consumers import AUTH_SECONDS, MOST_TEXT
from edu.orchestrator.web.notice_words import words
from edu.orchestrator.web.watch import (
    GONE,
    NOT_ALLOWED,
    NOT_IN_TIME,
    NOT_SIGNED_IN,
    Watched,
    bearer_of,
)
from edu.users import api as users
from edu.users.data import ScopeMissing

SCOPE = "learning:read"  # what a token needs that opens this socket


class PersonConsumer(Watched, AsyncWebsocketConsumer):
    """One page, or one program, of one person. It comes with a token in its handshake or the site's cookie,
    or says who it is in its first message, {"type": "auth", "access": ...}. `user` is "" until then."""

    user = ""
    language = ""
    _late: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Let a signed-in person in at once; give all others some seconds to say who they are."""
        await self.accept()
        person, bearer = self.scope.get("user"), bearer_of(self.scope)
        if bearer:
            await self._authenticate(bearer)
        elif person is not None and person.is_authenticated:
            await self._enter(str(person.pk))
        else:
            self._late = asyncio.create_task(self._expire())

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        self.unwatch()
        if self._late is not None:
            self._late.cancel()
        if self.user:
            await self.channel_layer.group_discard(
                api.person_group(user=self.user), self.channel_name
            )

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Only who it is, or whether we are still there, can be said here."""
        try:
            message = strictjson.read((text_data or "")[:MOST_TEXT])
            strictjson.check(message)
        except (ValueError, RecursionError):
            message = None
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "auth" and not self.user:
            await self._authenticate(str(message.get("access") or ""))
        elif not self.user:
            await self.close(code=NOT_SIGNED_IN)
        elif kind == "ping":
            await self._send({"type": "pong"})

    async def live(self, event: dict[str, Any]) -> None:
        """A notice, told in the person's own words."""
        message = event["message"]
        with translation.override(self.language or None):
            said = words(revive(Notification, message["notification"]))
        await self._send({**message, "text": said})

    async def _authenticate(self, access: str) -> None:
        try:
            user = await database_sync_to_async(users.user_of_access)(access=access, scope=SCOPE)
        except ScopeMissing:
            await self.close(code=NOT_ALLOWED)
            return
        except EduError:
            await self.close(code=NOT_SIGNED_IN)
            return
        self.bearer = access
        await self._enter(user)

    async def _enter(self, user: str) -> None:
        if self._late is not None:
            self._late.cancel()
        preferences = await database_sync_to_async(users.preferences)(user=user)
        with contextlib.suppress(LookupError):
            self.language = translation.get_supported_language_variant(preferences.pages_in)
        self.user = user
        self.watch()
        await self.channel_layer.group_add(api.person_group(user=user), self.channel_name)
        waiting = await database_sync_to_async(api.unread)(user=user)
        await self._send({"type": "ready", "unread": waiting})

    async def _expire(self) -> None:
        await asyncio.sleep(AUTH_SECONDS)
        with contextlib.suppress(*GONE):
            await self.close(code=NOT_IN_TIME)

    async def _send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(*GONE):  # the page has gone while this was on its way
            await self.send(text_data=json.dumps(message))
