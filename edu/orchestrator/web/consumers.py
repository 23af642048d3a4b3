"""The live side of a session: /ws/sessions/{id}/. Messages are stored before they come here, so that
whatever a connection loses can be asked for again."""

import asyncio
import contextlib
import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils.translation import gettext

from edu.common import strictjson
from edu.common.errors import EduError, NotFound
from edu.common.text import gettext_noop as _
from edu.orchestrator import api
from edu.orchestrator.web.listening import Listening
from edu.orchestrator.web.watch import (
    GONE,
    NOT_ALLOWED,
    NOT_IN_TIME,
    NOT_SIGNED_IN,
    NOT_YOURS,
    Watched,
    bearer_of,
)
from edu.users import api as users
from edu.users.data import ScopeMissing

AUTH_SECONDS = 10.0
MOST_TEXT = 128_000  # characters of one frame; what a turn may say is less, and told in words
MOST_SOUND = 30 * 1024 * 1024
FORMATS = ("webm", "wav", "pcm16")
RATES = (8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000)
SCOPE = "learning:write"  # what a token needs that opens this socket

NO_JSON = _("This is not a JSON object that can be read.")
UNKNOWN = _("There is no message of this type.")
NO_START = _("Sound came before “audio.start”. Send that first.")
BAD_FORMAT = _("Sound comes as webm, wav or pcm16.")
BAD_RATE = _("This number of samples a second is not supported.")
TOO_MUCH = _("This recording is over 30 MB. Record a shorter one.")
NO_TURN = _("Say which turn is meant.")


class Refused(EduError):
    """A message that cannot be done as it is."""


class SessionConsumer(Watched, Listening, AsyncWebsocketConsumer):
    """One page, or one program, in one session.

    Comes with a token in its handshake or the site's cookie, or says who it is in its first message.
    `user` is "" until then.
    """

    user = ""
    session = ""
    _sound: bytearray | None = None
    _about: dict[str, Any]
    _late: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Let a signed-in learner in at once; give all others some seconds to say who they are."""
        self.session = self.scope["url_route"]["kwargs"]["session"]
        self._about = {}
        await self.accept()
        person, bearer = self.scope.get("user"), bearer_of(self.scope)
        if bearer:
            await self._authenticate({"access": bearer})
        elif person is not None and person.is_authenticated:
            await self._enter(str(person.pk))
        else:
            self._late = asyncio.create_task(self._expire())

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        self._in_time()
        self._deafen()
        self.unwatch()
        if self.user:
            await self.channel_layer.group_discard(
                api.group_of(session=self.session), self.channel_name
            )

    async def live(self, event: dict[str, Any]) -> None:
        """A message for the pages of this session."""
        await self._pass_on(event["message"])

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """A frame from the page: JSON, or sound."""
        try:
            if bytes_data is not None:
                self._take_sound(bytes_data)
            elif text_data is not None:
                await self._take(self._read(text_data))
        except EduError as error:
            await self._complain(error)

    # --- who ------------------------------------------------------------------------------------

    async def _enter(self, user: str) -> None:
        try:
            await database_sync_to_async(api.session)(user=user, session=self.session)
        except NotFound:
            await self.close(code=NOT_YOURS)
            return
        self._in_time()
        if not self.user:
            await self.channel_layer.group_add(
                api.group_of(session=self.session), self.channel_name
            )
        self.user = user
        self.watch()
        await self._send({"type": "ready", "session": self.session})

    def why_not(self) -> int:
        """Besides being signed in, the session has to be theirs: its course may have let them go."""
        try:
            api.session(user=self.user, session=self.session)
        except NotFound:
            return NOT_YOURS
        return super().why_not()

    async def _expire(self) -> None:
        await asyncio.sleep(AUTH_SECONDS)
        with contextlib.suppress(*GONE):
            await self.close(code=NOT_IN_TIME)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    async def _authenticate(self, message: dict[str, Any]) -> None:
        try:
            user = await database_sync_to_async(users.user_of_access)(
                access=str(message.get("access") or ""), scope=SCOPE
            )
        except ScopeMissing as error:
            await self._complain(error)
            await self.close(code=NOT_ALLOWED)
            return
        except EduError:
            await self.close(code=NOT_SIGNED_IN)
            return
        if self.user and self.user != user:
            await self.close(code=NOT_SIGNED_IN)
            return
        self.bearer = str(message.get("access") or "")
        await self._enter(user)

    # --- what the page says ---------------------------------------------------------------------

    @staticmethod
    def _read(text: str) -> dict[str, Any]:
        if len(text) > MOST_TEXT:
            # Too long for any turn: told with the words and the limit of one.
            return {"type": "turn", "text": text}
        try:
            message = strictjson.read(text)
            strictjson.check(message)
        except (ValueError, RecursionError):
            raise Refused(NO_JSON) from None
        if not isinstance(message, dict):
            raise Refused(NO_JSON)
        return message

    async def _take(self, message: dict[str, Any]) -> None:
        kind = message.get("type")
        if kind == "auth":
            await self._authenticate(message)
            return
        if not self.user:
            await self.close(code=NOT_SIGNED_IN)
            return
        acts = {
            "turn": self._turn,
            "cancel": self._cancel,
            "resume": self._resume,
            "audio.start": self._start_sound,
            "audio.end": self._end_sound,
            "audio.drop": self._drop_sound,
            "ping": self._pong,
        }
        act = acts.get(kind) if isinstance(kind, str) else None
        if act is None:
            raise Refused(UNKNOWN)
        await act(message)

    async def _turn(self, message: dict[str, Any], audio: bytes | None = None) -> None:
        turn = await database_sync_to_async(api.ask)(
            user=self.user,
            session=self.session,
            text=message.get("text", ""),
            audio=audio,
            wants=str(message.get("wants") or ""),
            response=message.get("response"),
            aloud=bool(message.get("aloud")),
        )
        await self._send({"type": "turn.queued", "turn": turn.id, "seq": 0})

    async def _cancel(self, message: dict[str, Any]) -> None:
        await database_sync_to_async(api.cancel)(user=self.user, turn=_turn_of(message))

    async def _resume(self, message: dict[str, Any]) -> None:
        seq = message.get("seq")
        found = await database_sync_to_async(api.messages_after)(
            user=self.user,
            turn=_turn_of(message),
            seq=seq if isinstance(seq, int) and 0 <= seq < 2**31 else 0,
        )
        for each in found:
            await self._pass_on(each)

    async def _pong(self, message: dict[str, Any]) -> None:
        await self._send({"type": "pong"})

    async def _start_sound(self, message: dict[str, Any]) -> None:
        if message.get("format") not in FORMATS:
            raise Refused(BAD_FORMAT)
        if message.get("rate", 16000) not in RATES:
            raise Refused(BAD_RATE)
        self._sound, self._about = bytearray(), message
        await self._listen(self.user, message)

    async def _drop_sound(self, message: dict[str, Any]) -> None:
        """Forget what was recorded: it was not meant, or comes another way."""
        self._sound = None
        self._deafen()

    async def _end_sound(self, message: dict[str, Any]) -> None:
        if self._sound is None:
            raise Refused(NO_START)
        sound, about = bytes(self._sound), {**self._about, **message}
        self._sound = None
        self._deafen()
        if about.get("format") == "pcm16":
            sound = api.wav_of_pcm16(samples=sound, rate=int(about.get("rate", 16000)))
        await self._turn({**about, "text": about.get("text", "")}, audio=sound)

    def _take_sound(self, data: bytes) -> None:
        if not self.user or self._sound is None:
            raise Refused(NO_START)
        if len(self._sound) + len(data) > MOST_SOUND:
            self._sound = None
            self._deafen()
            raise Refused(TOO_MUCH)
        self._sound += data
        self._overhear(data)

    # --- what the page hears --------------------------------------------------------------------

    async def _pass_on(self, message: dict[str, Any]) -> None:
        if message.get("type") != "audio":
            await self._send(message)
            return
        try:
            sound = await database_sync_to_async(api.turn_media)(
                user=self.user, turn=message["turn"], kind="sound"
            )
        except EduError:
            return
        await self._send(message)
        await self.send(bytes_data=sound.data)

    async def _complain(self, error: EduError) -> None:
        told: dict[str, Any] = {"type": "error", "detail": gettext(error.template)}
        if error.params:
            told["detail"] = told["detail"] % error.params
        fields = getattr(error, "fields", None)
        if fields:
            told["errors"] = [{"field": name, "detail": why} for name, why in fields.items()]
        await self._send(told)

    async def _send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(*GONE):  # the page has gone while this was on its way
            await self.send(text_data=json.dumps(message))


def _turn_of(message: dict[str, Any]) -> str:
    turn = message.get("turn")
    if not isinstance(turn, str) or not turn:
        raise Refused(NO_TURN)
    return turn
