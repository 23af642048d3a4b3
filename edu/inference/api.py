"""The one door to every model: chat, see, embed, hear, speak, read. See data.py for the nouns.

All of it may raise ModelUnavailable, which says when to try again; callers must have an answer
that needs no model. Nothing here loads a model: that happens in the inference process.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from edu.common import held as holding
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.common.voices import Voice
from edu.inference.base import CHAT, EMBED, HEAR, READ, RERANK
from edu.inference.base.protocol import clean, transcript_body
from edu.inference.data import (
    Message,
    Model,
    OutsideCall,
    Part,
    PictureText,
    Progress,
    Reply,
    Speech,
    Transcript,
    Vectors,
)
from edu.inference.logic import (
    asking,
    behalf,
    calls,
    doors,
    held,
    hosting,
    ledger,
    speaking,
    state,
    store,
)
from edu.inference.models import OutsideCall as OutsideCallRow

BATCH = 32  # texts in one call to the embedder: a query never waits behind more than this


def chat(
    *,
    messages: list[Message],
    max_tokens: int = 256,
    temperature: float = 0.0,
    schema: dict[str, Any] | None = None,
    choices: list[str] | None = None,
    stop: list[str] | None = None,
) -> Reply:
    """Return the chat model's answer.

    `schema` (JSON schema) makes the text JSON that fits it, unless `finish` is "length". `choices`
    makes it one of them, and `Reply.first` then gives each choice its probability by the first
    token (1.0 for the answered one when the server tells no probabilities).
    """
    return asking.ask(messages, max_tokens, temperature, schema, choices, stop)


def chat_stream(
    *, messages: list[Message], max_tokens: int = 256, temperature: float = 0.0
) -> Iterator[str]:
    """Yield the answer piece by piece; close the iterator to stop the model. A server that dies in
    the middle raises ModelUnavailable."""
    return asking.ask_stream(messages, max_tokens, temperature)


def on_behalf(*, user: str, course: str = "") -> AbstractContextManager[None]:
    """Have what is asked of models meanwhile be asked for `user`, in `course` if it is known: then a call
    to a server elsewhere is written down as theirs, and none goes out that they do not allow. Work
    without it is the system's. Threads that are started meanwhile inherit it when they run in a copy
    of the context (`contextvars.copy_context`)."""
    return behalf.on(user, course)


def can_chat() -> bool:
    """Whether there is a chat model that may be expected to answer."""
    return state.works(CHAT)


def strong_chat() -> bool:
    """Whether the operator set a chat server of their own, so that its words may be trusted more."""
    return doors.outside(CHAT)


def chosen_chat() -> bool:
    """Whether chat is answered by a server that was set, rather than by our own small model."""
    return bool(doors.server(CHAT)["url"])


def can_see() -> bool:
    """Whether there is a model that answers questions about pictures."""
    return bool(doors.server(doors.SEE)["url"]) and state.works(doors.SEE)


def see(*, picture: bytes, prompt: str, max_tokens: int = 300) -> Reply:
    """Return the answer of a model that sees about `picture`; only where `can_see()`."""
    if not doors.server(doors.SEE)["url"]:
        raise doors.nothing_sees()
    return asking.look(picture, prompt, max_tokens)


def embed(
    *,
    texts: list[str],
    purpose: str = "passage",
    patient: bool = False,
    matter: list[str] | None = None,
    model: str = "",
) -> Vectors:
    """Return one unit vector of 384 numbers per text; `purpose` is "passage" or "query"; `patient`
    lets whoever is waited for go first (so too below). `matter` are texts, or words, of the materials in
    which a query is looked up: names that stand there are none to hide. `model` is the id that stands
    beside what the vectors are to be compared with: a model that was in force before answers for its own
    as long as it can be asked."""
    backend = doors.maker(model, patient) if model else doors.door(EMBED, patient)
    backend.matter = [clean(each) for each in matter or []]
    rows: list[list[float]] = [[] for _ in texts]
    # Texts of like length go together: an embedder pads the short ones of a call to the longest.
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    for start in range(0, len(order), BATCH):
        some = order[start : start + BATCH]
        made = backend.embed([clean(texts[at]) for at in some], purpose)
        for at, row in zip(some, made, strict=True):
            rows[at] = row
    return Vectors(backend.model, rows)


def can_rerank() -> bool:
    """Whether there is a model that weighs passages against a question."""
    return bool(doors.server(RERANK)["url"]) and state.works(RERANK)


def rerank(*, query: str, texts: list[str]) -> list[float]:
    """Return how well each of `texts` answers `query`: the higher the better, on no fixed scale; only
    where `can_rerank()`. Raise ModelUnavailable."""
    asked, said = clean(query), [clean(each) for each in texts]
    return doors.door(RERANK).rerank(asked, said) if texts else []


def embeds(*, language: str) -> bool:
    """Whether vectors of texts in `language` (ISO 639-1) tell more than that it is this language."""
    return doors.knows(EMBED, language)


def embedder() -> str:
    """Return the id of the embedding model in force: the `model` of what `embed` returns."""
    return doors.door(EMBED).model


def transcribe(*, sound: bytes, language: str = "", patient: bool = False) -> Transcript:
    """Return what is said in `sound`, any audio file; `language` (ISO 639-1) if it is known. Raise
    Unreadable when it is no sound; silence gives no segments."""
    return doors.door(HEAR, patient).hear(sound, language)


def hears_along(*, user: str) -> bool:
    """Whether a microphone of `user` may be listened to while they speak: by our own process alone,
    because any other server would be sent the same sound again and again."""
    with behalf.on(user, ""):
        return doors.server(HEAR)["url"] in ("", doors.ECHO)


def hear_along(*, sound: bytes, language: str = "") -> Transcript:
    """Return roughly what is said in a few seconds of `sound`, now or not at all: raise
    ModelUnavailable at once when anybody else is heard or waits for it."""
    return doors.fleeting(HEAR).hear(sound, language)


def speak(*, text: str, voice: str = "", speed: float = 1.0, language: str = "en") -> Speech:
    """Return `text` spoken; an unknown `voice` is the default one; `speed` is kept in 0.5..2. Raise
    CannotSpeak when there is nothing in it to speak, or nobody who speaks its language."""
    return speaking.speak(text, voice, speed, language)


def voices(*, user: str = "") -> list[Voice] | None:
    """Return the voices that texts are spoken in for `user`, by language and name; None where who speaks
    cannot say which there are, or does not answer now."""
    with behalf.on(user, ""):
        return speaking.voices()


def read_picture(
    *, picture: bytes, languages: list[str] | None = None, patient: bool = False
) -> PictureText:
    """Return the text in `picture`, a PNG, JPEG, WebP, GIF, BMP or TIFF; `languages` (ISO 639-1) if
    they are known. Raise Unreadable when it is no picture; one without text gives no lines."""
    return doors.door(READ, patient).read(picture, languages or [])


def status() -> list[Part]:
    """Return the state of every kind of model, at most a few seconds old."""
    return state.parts()


def models() -> list[Model]:
    """Return every model of the manifest, with whether its files are there."""
    return store.models()


def check_models(*, names: list[str] | None = None) -> Iterator[Model]:
    """Read the files of the models that `names` name (none: those in force) and yield their state."""
    return store.check(names or [])


def pull_models(*, names: list[str] | None = None) -> Iterator[Progress]:
    """Fetch what is missing of the models that `names` name (none: those in force), telling how far
    it is. Raise CannotPull, which says what to do, when no source works. Yields nothing when all is
    there."""
    return store.pull(names or [])


def calls_outside() -> bool:
    """Whether any server is set that is elsewhere, so that something may leave this site."""
    return doors.any_elsewhere()


def outside_calls(*, user: str, cursor: str | None = None, limit: int = 50) -> Page[OutsideCall]:
    """Return what left this site for `user`, the newest first."""
    rows = OutsideCallRow.objects.filter(user=parse_id(user))
    return page_of(rows, order="-id", cursor=cursor, limit=limit, to_data=ledger.call_data)


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person; return how many rows of each table name nobody now."""
    return holding.erase(held.RULES, {"id": parse_id(user)})


# --- for the inference process only -------------------------------------------------------------
# `call` is an id that the caller makes up; `stop_call` with it, from any thread, gives the work up.


def start_engines(*, only: list[str] | None = None) -> None:
    """Make this process the inference process, with all engines that the settings choose, or with
    `only` those of these names (`echo` is the stand-in of the tests)."""
    hosting.start(only or [])


def stop_engines() -> None:
    """Give up all work and unload every model."""
    hosting.stop()


def engine_states() -> list[Part]:
    """Return the state of each kind of model in this process, loading nothing."""
    return hosting.engines().states()


def serve_chat(*, body: dict[str, Any], call: str) -> dict[str, Any]:
    """Answer a body of `/v1/chat/completions` with an answer of it; raise Invalid for a bad body."""
    return hosting.engines().complete(asking.sound_body(body), calls.begin(call).is_set)


def serve_chat_stream(*, body: dict[str, Any], call: str) -> Iterator[dict[str, Any]]:
    """The same, by chunks; closing the iterator stops the work."""
    return hosting.engines().stream(asking.sound_body(body), calls.begin(call).is_set)


def serve_embed(
    *, texts: list[str], purpose: str, call: str, patient: bool = False, model: str = ""
) -> Vectors:
    """Return a unit vector for each text; by `model`, if that is one of ours."""
    stopped = calls.begin(call).is_set
    made, rows = hosting.engines().embed(texts, purpose, stopped, patient, model)
    return Vectors(made, rows)


def serve_hear(
    *, sound: bytes, language: str, call: str, patient: bool = False, fleeting: bool = False
) -> dict[str, Any]:
    """Return the `verbose_json` of a transcription."""
    heard = hosting.engines().hear(sound, language, calls.begin(call).is_set, patient, fleeting)
    return transcript_body(heard)


def serve_speak(*, text: str, voice: str, speed: float, language: str, call: str) -> Speech:
    """Return `text` spoken."""
    return hosting.engines().speak(text, voice, speed, language, calls.begin(call).is_set)


def serve_voices() -> list[Voice]:
    """Return the voices of the engines."""
    return hosting.engines().voices()


def serve_read(
    *, picture: bytes, languages: list[str], call: str, patient: bool = False
) -> PictureText:
    """Return the text in `picture`."""
    return hosting.engines().read(picture, languages, calls.begin(call).is_set, patient)


def stop_call(*, call: str) -> None:
    """Have the work for `call` given up soon: nobody waits for it."""
    calls.stop(call)


def end_call(*, call: str) -> None:
    """Forget `call`, whose work is over."""
    calls.end(call)
