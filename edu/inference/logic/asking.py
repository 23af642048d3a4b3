"""Chat, and what is asked in a chat's way: one choice of several, a question about a picture."""

from collections.abc import Iterator
from typing import Any

from edu.inference.base import CHAT, Backend
from edu.inference.base.protocol import chat_body, reply_of
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
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise ModelUnavailable(kind=kind) from error


def ask_stream(messages: list[Message], max_tokens: int, temperature: float) -> Iterator[str]:
    """Yield the pieces of the answer as they are written; closing it stops the model."""
    backend: Backend = door(CHAT)
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


def look(picture: bytes, prompt: str, max_tokens: int) -> Reply:
    """Return what a model that sees answers about `picture`."""
    return ask([Message("user", prompt, [picture])], max_tokens, 0.0, None, None, None, kind=SEE)
