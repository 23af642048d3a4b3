"""Placeholders for personal data: those of one call, the same for the same thing, and put back after.

What a learner wrote is looked through for everything; teaching matter only for what is never part of the
matter (addresses of mail, numbers of telephones and accounts) and for the people of the course, by their
whole names. A name that stands in the matter of the call is left in the learner's words too: it is what
they ask about.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from edu.inference.base.personal import marks, names
from edu.inference.base.personal.people import People
from edu.inference.base.personal.spans import KINDS, Span, settled
from edu.inference.base.personal.tokens import Vocabulary

_LABELS = "|".join(kind.upper() for kind in KINDS)
# A model may change the case, the sign between, or the brackets, and add an ending within them.
_BRACKETED = (
    rf"[\[({{<「【［（]\s*(?P<a>{_LABELS})[\s_\-–]*(?P<b>\d{{1,4}})(?P<end>[^\W\d_]{{0,6}})\s*"
    r"[\])}>」】］）]"
)
_BARE = rf"(?<![^\W_])(?P<c>{_LABELS})_(?P<d>\d{{1,4}})(?!\d)"
_PLACEHOLDER = re.compile(f"{_BRACKETED}|{_BARE}", re.I)
_BEGUN = re.compile(
    r"[\[({<「【［（][^\])}>」】］）\n]{0,30}$|(?<![^\W_])[A-Za-z]{1,9}(?:_\d{0,4})?$"
)
WINDOW = 3000  # characters that are searched at once


class Veil:
    """The placeholders of one call. `people` are the names of those who are known to be spoken of."""

    def __init__(self, people: Sequence[str] = ()) -> None:
        self._people = People(people)
        self._matter = Vocabulary()
        self._first = 1
        self._given: dict[tuple[str, str], str] = {}
        self._back: dict[tuple[str, int], str] = {}
        self.counts: Counter[str] = Counter()

    def learn(self, texts: Iterable[str]) -> None:
        """Take `texts` for teaching matter: names in them are left, whoever writes them."""
        for each in texts:
            self._matter.add(_without(each, list(self._people.whole(each))))

    def avoid(self, texts: Iterable[str]) -> None:
        """Make no placeholder that looks like a word of these texts."""
        for text in texts:
            for match in _PLACEHOLDER.finditer(text):
                self._first = max(self._first, int(match["b"] or match["d"]) + 1)

    def words(self, text: str, matter: Sequence[str] = ()) -> str:
        """Return what a person wrote with placeholders in it; `matter` are parts of it that are teaching
        matter."""
        self.learn(matter)
        spans: list[Span] = []
        for start, end, taught in _parted(text, matter):
            part = text[start:end]
            found = self._taught(part) if taught else self._told(part)
            spans += [Span(s.start + start, s.end + start, s.kind, s.rank) for s in found]
        return self._replaced(text, spans)

    def matter(self, text: str) -> str:
        """Return teaching matter with placeholders in it."""
        return self._replaced(text, self._taught(text))

    def again(self, value: Any) -> Any:
        """Return a JSON value with what was found before replaced in its texts."""
        if isinstance(value, str):
            for (_kind, said), mark in sorted(self._given.items(), key=lambda e: -len(e[0][1])):
                value = value.replace(said, mark)
            return value
        if isinstance(value, list):
            return [self.again(each) for each in value]
        if isinstance(value, dict):
            return {name: self.again(each) for name, each in value.items()}
        return value

    def restore(self, text: str, quoted: bool = False) -> str:
        """Put back what the placeholders in an answer stand for; `quoted` when the answer is JSON."""
        return _PLACEHOLDER.sub(lambda match: self._put_back(match, quoted), text)

    def mender(self, quoted: bool = False) -> "Mender":
        """Return what does the same to an answer that comes in pieces."""
        return Mender(self, quoted)

    def _put_back(self, match: re.Match[str], quoted: bool) -> str:
        kind = (match["a"] or match["c"]).lower()
        said = self._back.get((kind, int(match["b"] or match["d"])))
        if said is None:
            return match[0]
        return (json.dumps(said, ensure_ascii=False)[1:-1] if quoted else said) + (
            match["end"] or ""
        )

    def _told(self, text: str) -> list[Span]:
        found: list[Span] = []
        for at, part in _windows(text):
            spans = [*marks.told(part), *names.told(part, self._people, self._matter)]
            found += [Span(s.start + at, s.end + at, s.kind, s.rank) for s in spans]
        return found

    def _taught(self, text: str) -> list[Span]:
        return [*marks.taught(text), *self._people.whole(text)]

    def _replaced(self, text: str, spans: list[Span]) -> str:
        out, at = [], 0
        for span in settled(spans):
            start, end = _trimmed(text, span)
            if start >= end:
                continue
            out += [text[at:start], self._mark(span.kind, text[start:end])]
            at = end
            self.counts[span.kind] += 1
        return "".join([*out, text[at:]])

    def _mark(self, kind: str, said: str) -> str:
        if (kind, said) not in self._given:
            number = self._first + sum(1 for each, _ in self._given if each == kind)
            self._given[kind, said] = f"[{kind.upper()}_{number}]"
            self._back[kind, number] = said
        return self._given[kind, said]


class Mender:
    """Puts back what stands in an answer that comes in pieces: what may be the beginning of a placeholder
    is held until it is known."""

    def __init__(self, veil: Veil, quoted: bool = False) -> None:
        self._veil, self._quoted, self._held = veil, quoted, ""

    def feed(self, piece: str) -> str:
        """Return what can be shown after `piece` has come."""
        text = self._held + piece
        begun = _BEGUN.search(text)
        cut = begun.start() if begun and _may_become(begun[0]) else len(text)
        self._held = text[cut:]
        return self._veil.restore(text[:cut], self._quoted)

    def flush(self) -> str:
        """Return the rest."""
        rest, self._held = self._held, ""
        return self._veil.restore(rest, self._quoted)


def _may_become(begun: str) -> bool:
    """Whether what stands at the end may be the beginning of a placeholder."""
    bare = re.sub(r"^\W+", "", begun).upper()
    word = re.match(r"[A-Z]*", bare)
    letters = word[0] if word else ""
    if not letters:
        return not bare
    return any(
        k.upper().startswith(letters) if bare == letters else k.upper() == letters for k in KINDS
    )


def _parted(text: str, matter: Sequence[str]) -> list[tuple[int, int, bool]]:
    """Return the parts of `text` in order, each with whether it is teaching matter."""
    taken: list[tuple[int, int]] = []
    for part in sorted({each for each in matter if each.strip()}, key=len, reverse=True):
        at = text.find(part)
        while at >= 0:
            end = at + len(part)
            if all(end <= start or at >= stop for start, stop in taken):
                taken.append((at, end))
            at = text.find(part, end)
    found, at = [], 0
    for start, end in sorted(taken):
        found += [(at, start, False), (start, end, True)]
        at = end
    return [each for each in [*found, (at, len(text), False)] if each[0] < each[1]]


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """Yield pieces of a long text, each with where it begins: the time that a search takes grows with
    more than the length of what is searched."""
    at = 0
    while len(text) - at > WINDOW:
        cut = max(text.rfind(sign, at, at + WINDOW) for sign in ("\n", ". ", " "))
        end = cut + 1 if cut > at else at + WINDOW
        yield at, text[at:end]
        at = end
    yield at, text[at:]


def _without(text: str, spans: list[Span]) -> str:
    out, at = [], 0
    for span in settled(spans):
        out.append(text[at : span.start])
        at = span.end
    return "".join([*out, text[at:]])


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    """Return a span without white space, and without signs that end a sentence."""
    start, end = span.start, span.end
    while start < end and text[start] in " \t\n,.;:!?":
        start += 1
    while start < end and text[end - 1] in " \t\n,.;:!?":
        end -= 1
    return start, end
