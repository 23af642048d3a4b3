"""Those who are known to be spoken of."""

from collections.abc import Iterator, Sequence

from edu.inference.base.personal.small import PARTICLES
from edu.inference.base.personal.spans import NAME, Span
from edu.inference.base.personal.tokens import (
    CASED,
    Token,
    Vocabulary,
    bare,
    forms,
    given,
    ordinary,
    tokens,
)


class People:
    """The names of those who are known: found whole in teaching matter, by each part in words of persons."""

    def __init__(self, people: Sequence[str]) -> None:
        self._first: dict[str, list[list[str]]] = {}
        self._parts: set[str] = set()
        self._uncased: set[str] = set()
        for name in people:
            parts = [each.low for each in tokens(name)]
            if not parts:
                continue
            self._first.setdefault(parts[0], []).append(parts)
            for part in parts:
                if not CASED.match(part):
                    self._uncased.add(part)
                elif len(part) > 2 and part not in PARTICLES:
                    self._parts.add(part)
        self._uncased |= {
            name.strip()
            for name in people
            if name.strip() and not CASED.search(name) and len(name.strip()) > 1
        }

    def whole(self, text: str) -> Iterator[Span]:
        """Yield where a name of two or more words stands whole, or a name of a script without spaces."""
        if not self._first:
            return
        found = tokens(text)
        for at, token in enumerate(found):
            for parts in self._first.get(bare(token.low), ()):
                last = found[at : at + len(parts)]
                if len(parts) > 1 and [bare(each.low) for each in last] == parts:
                    yield Span(token.start, last[-1].end, NAME, 7)
        for name in self._uncased:
            if len(name) > 2:
                yield from _each(text, name)

    def parts(self, text: str, found: Sequence[Token], matter: Vocabulary) -> Iterator[Span]:
        """Yield where any part of a name stands."""
        for at, token in enumerate(found):
            known = next((each for each in forms(token.low) if each in self._parts), None)
            if known is None or _named(text, found, at, matter):
                continue
            if not token.big and (ordinary(token.low) or len(known) < 4):
                continue
            if known in matter and not given(known):
                continue  # a name that the matter speaks of
            yield Span(token.start, token.end, NAME, 7)
        for name in self._uncased:
            if not matter.holds(name):
                yield from _each(text, name)


def _named(text: str, found: Sequence[Token], at: int, matter: Vocabulary) -> bool:
    """Whether a word is part of a longer name that stands in the matter."""
    pairs = [found[n : n + 2] for n in (at - 1, at) if 0 <= n < len(found) - 1]
    return any(
        first.big and last.big and matter.holds(f"{first.word} {last.word[: len(bare(last.low))]}")
        for first, last in pairs
    )


def _each(text: str, name: str) -> Iterator[Span]:
    at = text.find(name)
    while at >= 0:
        yield Span(at, at + len(name), NAME, 7)
        at = text.find(name, at + 1)
