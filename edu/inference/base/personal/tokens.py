"""The words of a text, what they may be without their endings, and whether they are known."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from edu.inference.base.personal import lists
from edu.inference.base.personal.small import ARABIC, ENDINGS, NEVER, SMALL

# Signs that sit on letters.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d\u0900-\u0963\u0966-\u0dff"
    "\u0e31\u0e34-\u0e4e\u0eb1-\u0ecd"
)
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
_TOKEN = re.compile(rf"{_LETTER}+(?:['’ʼ`\-‐‑]{_LETTER}+)*\.?(?<!\w\w\.)")
CASED = re.compile(r"[A-Za-zÀ-ɏͰ-ӿԱ-֏Ḁ-ỿ]")


class Token(NamedTuple):
    """A word of a text: where it stands, as it is written, and folded."""

    start: int
    end: int
    word: str
    low: str
    big: bool


def tokens(text: str) -> list[Token]:
    """Return the words of a text."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        low = unicodedata.normalize("NFC", word).casefold().rstrip(".")
        found.append(Token(*match.span(), word, low, word[0].isupper()))
    return found


def bare(low: str) -> str:
    """Return a word without what its language ties to it by an apostrophe."""
    head, sign, tail = re.sub("[’ʼ`]", "'", low).partition("'")
    if not sign:
        return low
    return (
        head
        if len(head) > 2
        else tail
        if head in ("l", "d", "dell", "all", "qu")
        else low.replace("'", "")
    )


def forms(low: str) -> Iterator[str]:
    """Yield a word, and what it may be without its ending."""
    low = bare(low)
    yield low
    for part in re.split(r"[\-‐‑]", low):
        if part != low:
            yield part
    if re.search("[а-яіїєґ]", low):
        for ending in ENDINGS:
            if low.endswith(ending) and len(low) - len(ending) >= 2:
                stem = low[: -len(ending)]
                yield from (
                    stem,
                    stem + "а",
                    stem + "я",
                    stem + "й",
                    stem + "ь",
                    stem + "ій",
                    stem + "ий",
                )
    elif re.search("[\u0600-\u06ff]", low):
        for before in ARABIC:
            if low.startswith(before) and len(low) - len(before) >= 2:
                yield low[len(before) :]
    elif len(low) > 4:
        for ending in (
            "s",
            "es",
            "a",
            "em",
            "owi",
            "ego",
            "emu",
            "iem",
            "ą",
            "ę",
            "y",
            "ie",
            "n",
            "in",
        ):
            if low.endswith(ending) and len(low) - len(ending) >= 3:
                stem = low[: -len(ending)]
                yield from (stem, stem + "a") if ending in ("ą", "ę", "y", "ie") else (stem,)


def given(low: str) -> bool:
    """Whether a word is a given name, as it is or in a case of it."""
    names = lists.given()
    return any(each in names for each in forms(low))


def family(low: str) -> bool:
    """Whether a word is the name of a family, as it is or in a case of it."""
    names = lists.family()
    return any(each in names for each in forms(low))


def ordinary(low: str) -> bool:
    """Whether a word is one of everyday use, that need be no name."""
    low = bare(low)
    return low in SMALL or low in NEVER or low in lists.ordinary()


class Vocabulary:
    """The words of teaching matter that may be names: those with a capital, and all of scripts that have
    none."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._text = ""

    def add(self, text: str) -> None:
        """Learn the words of a text."""
        for each in tokens(text):
            if each.big or not CASED.match(each.word) or " " not in text:
                self._words.add(bare(each.low))
                self._words.update(part for part in re.split(r"[\-‐‑]", each.low))
        self._text += "\n" + text

    def __contains__(self, low: str) -> bool:
        low = bare(low)
        return low in self._words or any(each in self._words for each in _light(low))

    def holds(self, text: str) -> bool:
        """Whether `text` stands in the matter as it is."""
        return text in self._text


def _light(low: str) -> Iterator[str]:
    if len(low) > 3 and low.endswith("s"):
        yield low[:-1]
