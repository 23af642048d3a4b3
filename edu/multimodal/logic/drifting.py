"""What became of the passages of a material that has another text now: kept, changed, gone, new.

A passage that says the same, whatever its lines and blanks, stays the same passage: what points at it
(citations, quiz items, objectives) goes on pointing at it. One that says nearly the same is told as
changed, and is another passage, because a quote of it may no longer stand there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any
from uuid import UUID

LIKE = 0.6  # of two texts: one is the other, changed
MOST_COMPARED = 200  # passages of each side, between which likenesses are looked for
MOST_TOLD = 20  # texts that went, came and changed, each
LONGEST = 300  # signs of one of them
MOST_GONE = 1000  # ids of passages that are gone


@dataclass(frozen=True)
class Drift:
    """`kept` are pairs [id of before, id of the new row that says the same], the others are numbers of
    passages in their texts: [before, after] for those that changed."""

    kept: list[tuple[UUID, UUID]] = field(default_factory=list)
    changed: list[tuple[int, int]] = field(default_factory=list)
    went: list[int] = field(default_factory=list)
    came: list[int] = field(default_factory=list)


Passages = Sequence[tuple[UUID, str]]


def same(text: str) -> str:
    """Return a text without what does not count: two with the same are the same passage."""
    return " ".join(text.split())


def sum_of(text: str) -> str:
    """Return a short sum of a text: two with the same sum are the same passage."""
    return sha256(same(text).encode()).hexdigest()[:24]


def returned(
    drift: Drift, after: Passages, known: Sequence[Sequence[str]]
) -> list[tuple[UUID, UUID]]:
    """Return [id of long ago, id of the new row] of passages that are new but for having been there in an
    earlier file: `known` are [id, sum of the text] of what went with those, the last one first."""
    left: dict[str, list[UUID]] = {}
    taken = {old for old, _ in drift.kept}
    for passage, digest in known:
        if (old := UUID(passage)) not in taken:
            taken.add(old)
            left.setdefault(digest, []).append(old)
    found = []
    for number in sorted([*drift.came, *(two for _, two in drift.changed)]):
        new, text = after[number]
        if there := left.get(sum_of(text)):
            found.append((there.pop(0), new))
    return found


def compare(before: Passages, after: Passages) -> Drift:
    """Return what became of the passages `before`, in their order, now that there are those `after`."""
    known: dict[str, list[int]] = {}
    for number, (_, text) in reversed([*enumerate(before)]):
        known.setdefault(same(text), []).append(number)
    kept: list[tuple[UUID, UUID]] = []
    left, came = set(range(len(before))), list[int]()
    for number, (passage, text) in enumerate(after):
        if numbers := known.get(same(text)):
            there = numbers.pop()
            left.discard(there)
            kept.append((before[there][0], passage))
        else:
            came.append(number)
    went = sorted(left)
    changed = _changed([text for _, text in before], [text for _, text in after], went, came)
    old, new = {one for one, _ in changed}, {two for _, two in changed}
    return Drift(
        kept, changed, [each for each in went if each not in old], [n for n in came if n not in new]
    )


def _changed(
    before: list[str], after: list[str], went: list[int], came: list[int]
) -> list[tuple[int, int]]:
    """Pair passages that went with those of nearly the same words, each once, the likest first."""
    words = {n: before[n].split() for n in went[:MOST_COMPARED]}
    others = {n: after[n].split() for n in came[:MOST_COMPARED]}
    sets = {n: frozenset(each) for n, each in words.items()}
    found: list[tuple[float, int, int]] = []
    for two, new in others.items():
        matcher, own = SequenceMatcher(None, b=new, autojunk=False), frozenset(new)
        for one, old in words.items():
            # The cheap question first: 40 000 pairs are looked at.
            if 2 * len(own & sets[one]) < LIKE * (len(own) + len(sets[one])):
                continue
            matcher.set_seq1(old)
            if (ratio := matcher.ratio()) >= LIKE:
                found.append((-ratio, one, two))
    pairs: dict[int, int] = {}
    for _, one, two in sorted(found):
        if one not in pairs and two not in pairs.values():
            pairs[one] = two
    return sorted(pairs.items())


def told(drift: Drift, before: Passages, after: Passages, why: str) -> dict[str, Any]:
    """Return what changed as it is kept with the material and shown: the beginnings of texts, at last a
    number where there are more, and the ids of the passages that are gone."""
    gone = sorted({*drift.went, *(one for one, _ in drift.changed)})
    return {
        "why": why,
        "kept": len(drift.kept),
        "went": _some([before[each][1] for each in drift.went]),
        "came": _some([after[each][1] for each in drift.came]),
        "changed": _some([[before[one][1], after[two][1]] for one, two in drift.changed]),
        "gone": [str(before[each][0]) for each in gone[:MOST_GONE]],
    }


def nothing(passages: int, why: str) -> dict[str, Any]:
    """Return what is told where nothing changed."""
    return {"why": why, "kept": passages, "went": [], "came": [], "changed": [], "gone": []}


def _some(texts: list[Any]) -> list[Any]:
    def short(text: Any) -> Any:
        return text[:LONGEST] if isinstance(text, str) else [each[:LONGEST] for each in text]

    found: list[Any] = [short(each) for each in texts[:MOST_TOLD]]
    return [*found, len(texts) - MOST_TOLD] if len(texts) > MOST_TOLD else found
