"""What an item kind is. One file in kinds/ with one subclass is one more kind of question."""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from edu.assessments.data import BadItem, Option
from edu.common.text import gettext_noop as _

MOST_STEM = 4000
MOST_OPTION = 1000
MOST_RESPONSE = 10_000
MOST_LIST = 100
MOST_DEPTH = 32


@dataclass(frozen=True)
class Sheet:
    """A question as its kind needs it: options in the order of the key's indexes, and the key."""

    stem: str
    options: list[Option]
    key: dict[str, Any]
    language: str = ""


@dataclass(frozen=True)
class Ready:
    """A draft that its kind found fit to be graded: all parts cleaned and of the right shape."""

    stem: str
    options: list[str]
    key: dict[str, Any]


@dataclass(frozen=True)
class Grade:
    """`score` 0..1; `feedback` one or two sentences without the key, unless the answer was right;
    `confidence` 0..1 that a person would give the same score; `read` is the response as it was
    understood, for people to read; `parsed` is False when it could not be understood at all."""

    score: float
    feedback: str
    confidence: float = 1.0
    read: str = ""
    parsed: bool = True


@dataclass(frozen=True)
class Clues:
    """What the rungs of the hint ladder may say without the key: `narrow` cuts the possibilities,
    `last` leaves one small step."""

    narrow: str
    last: str
    struck: list[str] = field(default_factory=list)


class Kind(ABC):
    """Checks, grades and explains one kind of question. Has no state."""

    name: ClassVar[str]

    @abstractmethod
    def ready(self, stem: str, options: list[str], key: dict[str, Any]) -> Ready:
        """Return the parts in the shape to keep; raise BadItem whose `fields` say what is wrong."""

    @abstractmethod
    def grade(self, sheet: Sheet, response: Any) -> Grade:
        """Grade any JSON value at all; never raise."""

    @abstractmethod
    def key_text(self, sheet: Sheet) -> str:
        """Return the right answer in words for people."""

    @abstractmethod
    def secrets(self, sheet: Sheet) -> list[str]:
        """Return the texts that would each give the answer away."""

    @abstractmethod
    def clues(self, sheet: Sheet, order: list[str]) -> Clues:
        """Return hints that do not hold the key; `order` is the option ids as the learner sees them."""

    def key_shown(self, sheet: Sheet, order: list[str]) -> dict[str, Any]:
        """Return the key as it goes out once the rule allows it; `order` is the option ids as the
        learner saw them."""
        return sheet.key

    def needs_review(self, sheet: Sheet) -> bool:
        """Whether a person grades every response to this item: a matter of the item, decided before
        any answer is given."""
        return bool(sheet.key.get("review"))

    def blanks(self, sheet: Sheet) -> int:
        """Return how many gaps there are to fill, each by a text of its own."""
        return 0

    def unit(self, sheet: Sheet) -> str:
        """Return the unit that the answer is asked in."""
        return ""

    def several(self, sheet: Sheet) -> bool:
        """Whether more than one option is to be chosen."""
        return False

    def luck(self, sheet: Sheet) -> float:
        """Return the chance (0..1) of being right without knowing anything."""
        return 0.0

    def chosen(self, sheet: Sheet, response: Any) -> list[str]:
        """Return the ids of the options that a response chooses."""
        return []


def bad(**fields: str) -> BadItem:
    """Return the error for these fields."""
    return BadItem(fields=fields)


def texts(value: Any, field_name: str, most: int = MOST_OPTION) -> list[str]:
    """Return `value` as a list of trimmed texts, none empty; raise BadItem for `field_name`."""
    if not isinstance(value, list) or len(value) > MOST_LIST:
        raise bad(**{field_name: _("Give a list of texts.")})
    kept = [
        clean(each) for each in value if isinstance(each, (str, int, float)) and each is not True
    ]
    if len(kept) != len(value) or not all(kept) or any(len(each) > most for each in kept):
        raise bad(**{field_name: _("Every one of these needs some text, and not too much.")})
    return kept


def clean(value: Any) -> str:
    """Return `value` (text or a number) as text without control characters and blanks around it."""
    if isinstance(value, int) and abs(value) >= 10**18:
        return "…"  # nobody's answer, and slow to write out
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return "".join(c for c in text if c in "\n\t" or c.isprintable()).strip()


def stem_of(stem: str) -> str:
    """Return the stem, trimmed; raise BadItem when it is empty or too long."""
    kept = clean(stem)
    if not kept:
        raise bad(stem=_("Write the question."))
    if len(kept) > MOST_STEM:
        raise bad(stem=_("The question is too long. Use at most 4000 characters."))
    return kept


def storable(response: Any) -> Any:
    """Return `response` as it can be kept: the same, unless it is far too large or holds what JSON in
    a database cannot, in which case a cut text of it."""
    if too_deep(response):
        return "[…]"
    try:
        written = json.dumps(response, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return _cut(str(type(response).__name__))
    if len(written) <= MOST_RESPONSE and "\\u0000" not in written and "\\ud" not in written.lower():
        return response if _encodable(written) else _cut(written)
    return _cut(response if isinstance(response, str) else written)


def too_large(response: Any) -> bool:
    """Whether a response is more than anybody would write."""
    if isinstance(response, str):
        return len(response) > MOST_RESPONSE
    if isinstance(response, list):
        return len(response) > MOST_LIST or any(too_large(each) for each in response)
    return isinstance(response, dict)


def too_deep(response: Any) -> bool:
    """Whether lists in lists go further down than anybody means."""
    level = [response]
    for _depth in range(MOST_DEPTH):
        level = [
            each
            for one in level
            if isinstance(one, (list, dict))
            for each in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cut(text: str) -> str:
    kept = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    return kept[:MOST_RESPONSE]
