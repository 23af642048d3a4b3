"""Chat, and what is asked in a chat's way: one choice of several, a question about a picture."""

from collections.abc import Iterator
from typing import Any

from edu.common.errors import Invalid
from edu.inference.base import CHAT, Backend
from edu.inference.base.protocol import CHOICES, STRANGE, chat_body, clean, reply_of
from edu.inference.data import Message, ModelUnavailable, Reply
from edu.inference.logic.doors import SEE, door

CHOICE_TOKENS = 12  # enough to write out any choice; the first one's probabilities are what counts


def ask(
    messages: list[Message],
    max_tokens: int,
    temperature: float,
    schema: dict[str, Any] | None,
    choices: list[str] | None,
    stop: list[str] | None,
    kind: str = CHAT,
) -> Reply:
    """Return the model's answer; raise ModelUnavailable."""
    backend = door(kind)
    backend.matter = _matter(messages)
    body = chat_body(
        messages=messages,
        model=backend.model,
        max_tokens=CHOICE_TOKENS if choices else max_tokens,
        temperature=temperature,
        schema=schema,
        choices=choices,
        stop=stop,
    )
    answer = backend.complete(body)
    try:
        return reply_of(answer, backend.model, choices, json=schema is not None)
    except STRANGE as error:
        raise ModelUnavailable(kind=kind) from error


def ask_stream(messages: list[Message], max_tokens: int, temperature: float) -> Iterator[str]:
    """Yield the pieces of the answer as they are written; closing it stops the model."""
    backend: Backend = door(CHAT)
    backend.matter = _matter(messages)
    body = chat_body(
        messages=messages, model=backend.model, max_tokens=max_tokens, temperature=temperature
    )
    chunks = backend.stream(body)
    try:
        for chunk in chunks:
            for choice in chunk.get("choices") or []:
                piece = (choice.get("delta") or {}).get("content")
                if piece:
                    yield str(piece)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()


def _matter(messages: list[Message]) -> list[str]:
    return [clean(part) for each in messages for part in each.matter]


def look(picture: bytes, prompt: str, max_tokens: int) -> Reply:
    """Return what a model that sees answers about `picture`."""
    return ask([Message("user", prompt, [picture])], max_tokens, 0.0, None, None, None, kind=SEE)


def sound_body(body: dict[str, Any]) -> dict[str, Any]:
    """Return `body` when it is a chat request that an engine may be given; raise Invalid."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise Invalid("`messages` is missing.", {"messages": "a list of messages"})
    for each in messages:
        if not isinstance(each, dict) or not isinstance(each.get("role"), str):
            raise Invalid("A message has no role.", {"messages": "each with a role and a content"})
        if not isinstance(each.get("content"), str | list | None):
            raise Invalid(
                "A message has no content.", {"messages": "each with a role and a content"}
            )
    choices = body.get(CHOICES)
    if choices is not None and not (
        isinstance(choices, list) and choices and all(isinstance(c, str) and c for c in choices)
    ):
        raise Invalid("The choices are not a list of texts.", {CHOICES: "a list of texts"})
    most = body.get("max_tokens", body.get("max_completion_tokens", 256))
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise Invalid("`max_tokens` is not a number above 0.", {"max_tokens": "a number above 0"})
    return {name: value for name, value in body.items() if name != "stream"} | {"max_tokens": most}
