"""Words while somebody still speaks, for a socket that is sent their sound."""

import asyncio
from abc import ABC, abstractmethod
from typing import Any

from asgiref.sync import sync_to_async

from edu.common.along import Along
from edu.common.errors import EduError
from edu.inference import api as inference

# Those of this process who are being listened to: one, as nobody waits in line for it.
_now: set[object] = set()


class Listening(ABC):
    """What a consumer does while it is sent sound. Neither the sound nor the words are kept; when there
    is other work for whoever hears, the words are left out, never put in line."""

    _along: Along | None = None
    _ear: asyncio.Task[None] | None = None

    @abstractmethod
    async def _send(self, message: dict[str, Any]) -> None:
        """Tell whoever speaks."""

    async def _listen(self, user: str, about: dict[str, Any]) -> None:
        """Begin, if that is wanted and can be done here; tell which."""
        self._deafen()
        if not about.get("partials"):
            return
        plain = about.get("format") == "pcm16"
        if plain and await sync_to_async(inference.hears_along)(user=user):
            self._along = Along(int(about.get("rate", 16000)))
        await self._send({"type": "audio.listening", "partials": self._along is not None})

    def _deafen(self) -> None:
        """Forget what was heard."""
        self._along = None
        if self._ear is not None:
            self._ear.cancel()
            self._ear = None

    def _overhear(self, samples: bytes) -> None:
        """Take more sound, and listen when there is enough of it."""
        if self._along is None:
            return
        self._along.add(samples)
        if self._along.ready and (self._ear is None or self._ear.done()) and not _now:
            self._ear = asyncio.create_task(self._hear(self._along))

    async def _hear(self, along: Along) -> None:
        if _now:
            return
        _now.add(along)
        try:
            sound, seconds = along.window()
            before = along.text
            # No database in it: a thread of its own, so that nobody else's query waits.
            heard = await sync_to_async(inference.hear_along, thread_sensitive=False)(
                sound=sound, language=along.language
            )
        except EduError:
            along.missed()
            return
        finally:
            _now.discard(along)
        along.took([(each.end, each.text) for each in heard.segments], heard.language, seconds)
        if along is self._along and along.text != before:
            told = {"type": "audio.partial", "text": along.text, "language": heard.language}
            await self._send({**told, "seconds": round(along.seconds, 1)})
