"""Choice questions that a chat model words, one sentence at a time. Kept only when the options differ
and the model, asked its own question with the passage before it, is sure of the key."""

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from edu.agents.base.drafting.rivals import apart
from edu.agents.base.drafting.slots import Sentence, sentences_of
from edu.agents.base.patience import TooSlow, within
from edu.assessments.data import ItemDraft
from edu.common.language import content_words
from edu.common.sources import Citation, Source
from edu.inference import api as inference
from edu.inference.data import Message, ModelUnavailable

SURE = 0.8  # of the key, when the model answers its own question
LONGEST_PASSAGE = 1500  # signs: the prompt stays short
# The head of the prompt is the same for every sentence, so that the server need not read it again.
TASK = (
    "You write one multiple-choice question for a test. Ask about the one fact of the sentence that is "
    "marked, with a question that ends with a question mark. The answer is two or three words, or a "
    "number, copied from that sentence; the question must not hold it. The three wrong answers are of "
    "the same kind and length, and clearly wrong. Write in the language of the sentence."
)
SOLVE = (
    "You answer multiple-choice questions about a passage. Reply with the letter of the right answer and "
    "nothing else."
)
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "question": {"type": "string"},
        "answer": {"type": "string"},
        "wrong": {"type": "array", "items": {"type": "string"}, "minItems": 3, "maxItems": 3},
    },
    "required": ["question", "answer", "wrong"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Limits:
    """How much may be spent: `seconds` in all, `count` questions."""

    seconds: float
    count: int


def drafts(
    sources: list[Source],
    language_of: Callable[[Source], str],
    avoid: list[str],
    limits: Limits,
    dice: random.Random,
    cite: Callable[[Source, str], Citation | None],
    cancelled: Callable[[], bool],
) -> Iterator[ItemDraft]:
    """Yield the questions that the model could answer itself, as long as time lasts; none when the model
    is away. Raise Cancelled when the person stopped it."""
    until = time.monotonic() + limits.seconds
    made = 0
    for sentence in _targets(sources, language_of, avoid):
        left = until - time.monotonic()
        if made >= limits.count or left < 2:
            return
        try:
            draft = _one(sentence, left, dice, cite, cancelled)
        except (ModelUnavailable, TooSlow):
            return
        if draft is not None:
            made += 1
            yield draft


def _targets(
    sources: list[Source], language_of: Callable[[Source], str], avoid: list[str]
) -> list[Sentence]:
    """Return the sentences that stand best by themselves, one of each source in turn."""
    asked = [set(content_words(stem)) for stem in avoid]
    by_source = [
        sorted(sentences_of(source, language_of(source)), key=lambda each: -each.fitness)[:3]
        for source in sources
    ]
    turns = [row[turn] for turn in range(3) for row in by_source if turn < len(row)]
    return [
        each
        for each in turns
        if not any(stems and len(stems & each.stems) >= 0.7 * len(stems) for stems in asked)
    ]


def _one(
    sentence: Sentence,
    seconds: float,
    dice: random.Random,
    cite: Callable[[Source, str], Citation | None],
    cancelled: Callable[[], bool],
) -> ItemDraft | None:
    citation = cite(sentence.source, sentence.text)
    if citation is None:
        return None
    prompt = f"Passage: {_passage(sentence)}\n\nSentence: {sentence.text}"
    reply = within(
        seconds,
        lambda: inference.chat(
            messages=[Message("system", TASK), Message("user", prompt, matter=[prompt])],
            max_tokens=200,
            schema=SCHEMA,
        ),
        cancelled,
    )
    written = _read(reply.text, sentence.language)
    if written is None:
        return None
    question, key, wrong = written
    options = [key, *wrong]
    dice.shuffle(options)
    if _sure(sentence, question, options, options.index(key), seconds, cancelled) < SURE:
        return None
    return ItemDraft(
        kind="choice",
        stem=question,
        options=options,
        key={"correct": [options.index(key)]},
        objective=sentence.source.objective,
        citations=[replace(citation, marker=1)],
        explanation=sentence.text,
        passage_text=sentence.source.text,
        language=sentence.language,
    )


def _passage(sentence: Sentence) -> str:
    """Return the passage, cut around its sentence when it is long."""
    text = " ".join(sentence.source.text.split())
    if len(text) <= LONGEST_PASSAGE:
        return text
    at = max(0, text.find(sentence.text) - LONGEST_PASSAGE // 2)
    return text[at : at + LONGEST_PASSAGE]


def _read(text: str, language: str) -> tuple[str, str, list[str]] | None:
    """Return (question, key, wrong options) that the model wrote, if they are four different things."""
    try:
        found = json.loads(text)
        question = " ".join(str(found["question"]).split())
        key = " ".join(str(found["answer"]).split()).rstrip(".")
        wrong = [" ".join(str(each).split()).rstrip(".") for each in found["wrong"]]
    except (ValueError, KeyError, TypeError):
        return None
    options = [key, *wrong]
    if len(wrong) != 3 or not all(options) or not question.endswith(("?", "？", "؟", ";")):
        return None
    if key.casefold() in question.casefold():
        return None
    pairs = [(a, b) for n, a in enumerate(options) for b in options[n + 1 :]]
    return (question, key, wrong) if all(apart(a, b, language) for a, b in pairs) else None


def _sure(
    sentence: Sentence,
    question: str,
    options: list[str],
    right: int,
    seconds: float,
    cancelled: Callable[[], bool],
) -> float:
    """Return the probability that the model gives to the key when it answers from the passage."""
    letters = "ABCD"
    listed = "\n".join(f"{letter}) {text}" for letter, text in zip(letters, options, strict=False))
    prompt = f"{_passage(sentence)}\n\n{question}\n{listed}"
    reply = within(
        seconds,
        lambda: inference.chat(
            messages=[Message("system", SOLVE), Message("user", prompt, matter=[prompt])],
            max_tokens=1,
            choices=list(letters),
        ),
        cancelled,
    )
    return reply.first.get(letters[right], 0.0)
