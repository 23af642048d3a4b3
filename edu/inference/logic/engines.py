"""The engines of the inference process: loaded at the first call, one call at a time each, unloaded
when nobody has asked for a while."""

import ctypes
import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.common.voices import Voice
from edu.inference.base import EMBED, HEAR, LOCAL_KINDS, READ, SPEAK, Backend, Body, Stopped
from edu.inference.base.files import chosen as chosen_model
from edu.inference.base.tongues import named, tongue
from edu.inference.data import CannotSpeak, ModelUnavailable, Part, PictureText, Speech, Transcript
from edu.inference.logic.doors import ECHO, backends
from edu.inference.logic.gate import Full, Gate
from edu.inference.logic.reading import read_with

log = logging.getLogger(__name__)

_SAME = {"cmn": "zh", "nb": "no", "iw": "he"}  # languages that have two codes
MOST_WAITING = 16  # calls for one engine, the one at work among them; more are sent away
BUSY = _("The %(kind)s model has too much to do. Try again in a moment.")
NO_VOICE = _("No voice is installed that speaks this language (%(language)s).")
NO_VOICE_YET = _("No voice is installed that speaks this language (%(language)s). %(help)s.")
ABSENT = _("The %(kind)s model is not there. %(why)s")


class Slot:
    """One engine, its lock, and its queue."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.gate = Gate(MOST_WAITING)
        self.loaded = False
        self.used = time.monotonic()
        self.error = ""

    @contextmanager
    def turn(
        self, kind: str, stopped: Callable[[], bool], patient: bool = False
    ) -> Iterator[Backend]:
        """Give the loaded engine to one caller, the `patient` after all others; raise ModelUnavailable
        when the queue is full."""
        try:
            self.gate.enter(stopped, patient)
        except Full:
            error = ModelUnavailable(BUSY, kind=kind)
            error.retry_after = 5
            raise error from None
        try:
            if stopped():
                raise Stopped
            self._load(kind)
            self.backend.stopped = stopped
            yield self.backend
        finally:
            self.backend.stopped = lambda: False
            self.used = time.monotonic()
            self.gate.leave()

    @contextmanager
    def glance(self, kind: str, stopped: Callable[[], bool]) -> Iterator[Backend]:
        """Give the engine to work that is of use for a moment only: raise ModelUnavailable when anybody
        is served or waits, and have it given up when somebody comes."""
        if not self.gate.slip_in():
            raise ModelUnavailable(BUSY, kind=kind)
        try:
            self._load(kind)
            self.backend.stopped = lambda: stopped() or self.gate.wanted
            self.backend.fleeting = True
            yield self.backend
        except Stopped:
            if stopped():
                raise
            raise ModelUnavailable(BUSY, kind=kind) from None
        finally:
            self.backend.stopped, self.backend.fleeting = (lambda: False), False
            self.used = time.monotonic()
            self.gate.leave()

    def _load(self, kind: str) -> None:
        if self.loaded:
            return
        why = self.backend.absent()
        if why:
            raise ModelUnavailable(ABSENT, kind=kind, why=why)
        begun = time.monotonic()
        try:
            self.backend.load()
        except ModelUnavailable as error:
            self.error = error.detail
            raise
        except Exception as error:
            log.exception("%s could not be loaded", self.backend.name)
            self.error = f"It could not be loaded ({type(error).__name__}: {error})."[:300]
            raise ModelUnavailable(ABSENT, kind=kind, why=self.error) from error
        self.loaded, self.error = True, ""
        log.info("loaded %s in %.1f s", self.backend.name, time.monotonic() - begun)

    def rest(self, idle: float, any_kind: bool = False) -> bool:
        """Unload the engine when it has been idle for `idle` seconds (below 0: in any case, as at the
        end), with `any_kind` also one that would stay; say whether it was."""
        if not self.loaded or time.monotonic() - self.used < idle:
            return False
        if not self.backend.rests and not any_kind and idle >= 0:
            return False
        if not self.gate.slip_in():
            return False
        try:
            if time.monotonic() - self.used < idle:
                return False
            self.backend.unload()
            self.loaded = False
        finally:
            self.gate.leave()
        log.info("unloaded %s", self.backend.name)
        return True

    def state(self, kind: str) -> Part:
        """Return how it is, loading nothing."""
        name = self.backend.model
        if kind == "chat" and chosen_model("chat") is None and self.backend.name != ECHO:
            return Part(kind, "none", "off", "Left out by EDU_CHAT=none.")
        if self.loaded:
            return Part(kind, name, "ready", "")
        why = self.backend.absent()
        if why:
            return Part(kind, name, "missing", why)
        if self.error:
            return Part(kind, name, "down", self.error)
        return Part(kind, name, "idle", "It is loaded at the first call.")


class Engines:
    """All engines of this process: those that the settings choose, or `only` those of these names."""

    def __init__(self, only: Sequence[str] = ()) -> None:
        chosen_model("chat")  # a name that is not in the manifest ends the start
        unknown = sorted(set(only) - set(backends()))
        if unknown:
            raise Invalid(
                "There is no engine %(name)s. There are: %(known)s.",
                name=", ".join(unknown),
                known=", ".join(backends()),
            )
        made = [each() for name, each in backends().items() if each.local or name in only]
        made = [each for each in made if (each.name in only if only else each.chosen())]
        self.slots = [Slot(each) for each in sorted(made, key=lambda one: one.rank)]
        kept = [] if only else [each() for each in backends().values() if each.local]
        # Embedders that may have been in force before: what they made is searched until it is made anew.
        self.former = [Slot(each) for each in kept if EMBED in each.kinds and not each.chosen()]
        self._end = threading.Event()

    def of(self, kind: str) -> list[Slot]:
        """Return the engines of `kind`, the one to ask first first; raise ModelUnavailable."""
        found = [slot for slot in self.slots if kind in slot.backend.kinds]
        there = [slot for slot in found if not slot.backend.absent()]
        if not there:
            why = found[0].backend.absent() if found else "No engine does this."
            raise ModelUnavailable(ABSENT, kind=kind, why=why)
        return there

    def states(self) -> list[Part]:
        """Return one part for each kind: the first engine that is there, or says why it is not."""
        parts = []
        for kind in LOCAL_KINDS:
            found = [slot.state(kind) for slot in self.slots if kind in slot.backend.kinds]
            works = [part for part in found if part.state in ("ready", "idle")]
            parts.append(
                (works or found or [Part(kind, "none", "down", "No engine does this.")])[0]
            )
        return parts

    def start(self) -> None:
        """Begin to look for idle engines."""
        threading.Thread(target=self._watch, name="idle", daemon=True).start()

    def stop(self) -> None:
        """Stop looking, and unload what is not at work."""
        self._end.set()
        for slot in (*self.slots, *self.former):
            slot.rest(-1)

    def _watch(self) -> None:
        idle = float(settings.EDU_INFERENCE_IDLE)
        while not self._end.wait(min(15.0, idle / 4)):
            rested = [slot.rest(idle) for slot in self.slots]
            rested += [slot.rest(idle, any_kind=True) for slot in self.former]
            if any(rested):
                give_back()

    # --- the kinds of work ----------------------------------------------------------------------
    def complete(self, body: Body, stopped: Callable[[], bool]) -> Body:
        """See Backend."""
        with self.of("chat")[0].turn("chat", stopped) as engine:
            return engine.complete(body)

    def stream(self, body: Body, stopped: Callable[[], bool]) -> Iterator[Body]:
        """See Backend. Closing it ends the turn."""
        with self.of("chat")[0].turn("chat", stopped) as engine:
            yield from engine.stream(body)

    def embed(
        self,
        texts: list[str],
        purpose: str,
        stopped: Callable[[], bool],
        patient: bool = False,
        model: str = "",
    ) -> tuple[str, list[list[float]]]:
        """Return the model's id and a vector for each text: by the model in force, or by the one that
        was before, if `model` names that."""
        former = [slot for slot in self.former if slot.backend.model == model]
        with (former or self.of(EMBED))[0].turn(EMBED, stopped, patient) as engine:
            return engine.model, engine.embed(texts, purpose)

    def hear(
        self,
        sound: bytes,
        language: str,
        stopped: Callable[[], bool],
        patient: bool = False,
        fleeting: bool = False,
    ) -> Transcript:
        """See Backend."""
        slot = self.of(HEAR)[0]
        with (
            slot.glance(HEAR, stopped) if fleeting else slot.turn(HEAR, stopped, patient) as engine
        ):
            return engine.hear(sound, language)

    def speak(
        self, text: str, voice: str, speed: float, language: str, stopped: Callable[[], bool]
    ) -> Speech:
        """See Backend; by the first engine that speaks the language that `text` is written in: what is
        asked for, if that fits its letters. Raise CannotSpeak when none does."""
        language = tongue(text, language)
        able = [slot for slot in self.of(SPEAK) if slot.backend.speaks(language)]
        if not able:
            voices = [slot.backend for slot in self.slots if SPEAK in slot.backend.kinds]
            lacking = next((why for each in voices if (why := each.absent())), "")
            why = NO_VOICE_YET if lacking else NO_VOICE
            raise CannotSpeak(
                why, language=named(language), **({"help": lacking} if lacking else {})
            )
        known = [(slot, slot.backend.told_voices() or []) for slot in able] if voice else []
        has = [slot for slot, told in known if any(_fits(each, voice, language) for each in told)]
        # A voice of another language would read this one wrongly.
        with (has or able)[0].turn(SPEAK, stopped) as engine:
            return engine.speak(text, voice if has else "", speed, language)

    def voices(self) -> list[Voice]:
        """Return every voice of the engines that are there; a name that two have is the first one's."""
        there = [
            slot for slot in self.slots if SPEAK in slot.backend.kinds and not slot.backend.absent()
        ]
        found: dict[str, Voice] = {}
        for slot in there:
            for each in slot.backend.told_voices() or []:
                found.setdefault(each.name, each)
        return list(found.values())

    def read(
        self,
        picture: bytes,
        languages: list[str],
        stopped: Callable[[], bool],
        patient: bool = False,
    ) -> PictureText:
        """See Backend; by a second engine too where the first is not sure."""

        def ask(slot: Any) -> Callable[[bytes], PictureText]:
            def run(given: bytes) -> PictureText:
                with slot.turn(READ, stopped, patient) as engine:
                    return engine.read(given, languages)

            return run

        return read_with([ask(slot) for slot in self.of(READ)], picture)


def _fits(voice: Voice, name: str, language: str) -> bool:
    """Whether `voice` is called `name` and speaks `language`."""
    own, asked = (
        code.lower().replace("_", "-").split("-")[0] for code in (voice.language, language)
    )
    return voice.name == name and _SAME.get(own, own) in ("", _SAME.get(asked, asked or "en"))


def give_back() -> None:
    """Return freed memory to the system; what was unloaded would else stay in the heap."""
    gc.collect()
    trim: Any = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
