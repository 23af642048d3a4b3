"""Picks the sentences that tell most of a text: central ones, each saying something else, in reading order.

No model: what is central is told by the words that a section shares, what stands alone by its first
words, so that it works for every language whose words can be told apart.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from edu.agents.base import evidence, narrowing
from edu.agents.base.evidence import Piece
from edu.common import language as words
from edu.common import pointing
from edu.common.definitions import definitions
from edu.common.sources import Source
from edu.common.terms import key_terms, terms_in

MOST_PASSAGES = 240  # that are weighed; of more, the first of each section
MOST_GROUPS = 14
MOST_TERMS = 8
REPEATS = 0.6  # how much likeness to what is chosen takes away
_SENTENCES = {"about": (3, 3), "summary": (4, 10), "points": (4, 8)}  # at least, at most

Bag = dict[str, float]


@dataclass
class Section:
    """Passages under one heading ("" when there is none), by their numbers among the sources, and the
    pieces of them that were chosen, in reading order."""

    heading: str
    sources: list[int] = field(default_factory=list)
    chosen: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class _Candidate:
    piece: Piece
    section: int
    bag: Bag
    score: float


def sections(sources: Sequence[Source], finest: bool = False) -> list[Section]:
    """Return the sources by material when there are several, else by the headings that part them;
    `finest` takes the last heading of each path, as far as these are not too many."""
    titles = len({each.material for each in sources}) > 1
    depth = narrowing.level(sources)
    deep = finest and len({tuple(each.path) for each in sources}) <= MOST_GROUPS
    found: list[Section] = []
    for number, each in enumerate(sources):
        if deep and each.path:
            heading = each.path[-1]
        elif titles:
            heading = each.title
        else:
            heading = each.path[depth] if len(each.path) > depth else ""
        if not found or found[-1].heading != heading:
            found.append(Section(heading))
        found[-1].sources.append(number)
    return found


def thinned(sources: Sequence[Source]) -> list[Source]:
    """Return at most about MOST_PASSAGES of `sources`: the first ones of each section."""
    if len(sources) <= MOST_PASSAGES:
        return list(sources)
    parted = sections(sources)
    each = max(2, MOST_PASSAGES // len(parted))
    kept = [number for section in parted for number in section.sources[:each]]
    return [sources[number] for number in kept[: 2 * MOST_PASSAGES]]


def chosen(sources: Sequence[Source], form: str, used: Sequence[str] = ()) -> list[Section]:
    """Return the sections of `sources` with the sentences of an overview of this form ("summary",
    "about", "points" or "outline"); none of those in `used`, which were shown before."""
    parted = sections(sources, finest=form == "outline")
    among = _candidates(sources, parted, used)
    room = _room(parted, among, form)
    if len(parted) == 1:
        among = _in_blocks(among, room[0])
        room = [1] * room[0]
    picked = _diverse(among, room)
    for each in sorted(picked, key=lambda one: (one.piece.source, one.piece.place)):
        parted[each.section if len(parted) > 1 else 0].chosen.append(each.piece)
    return [section for section in parted if section.chosen]


def _candidates(
    sources: Sequence[Source], parted: Sequence[Section], used: Sequence[str]
) -> list[_Candidate]:
    of = {number: place for place, section in enumerate(parted) for number in section.sources}
    pieces = [each for each in evidence.pieces(sources, most=None) if each.source in of]
    shown = {" ".join(each.split()) for each in used}
    pieces = [each for each in pieces if " ".join(each.text.split()) not in shown]
    spread = Counter(stem for piece in pieces for stem in set(piece.stems))
    weight = {s: math.log(1 + len(pieces) / count) for s, count in spread.items()}
    bags = [_bag(piece.stems, weight) for piece in pieces]
    whole = _sum(bags)
    own = [
        _sum([b for p, b in zip(pieces, bags, strict=True) if of[p.source] == place])
        for place in range(len(parted))
    ]
    first = [section.sources[0] for section in parted]
    found = []
    for piece, bag in zip(pieces, bags, strict=True):
        place = of[piece.source]
        central = 0.55 * _cosine(bag, own[place]) + 0.25 * _cosine(bag, whole)
        leads = 0.12 if piece.source == first[place] and piece.place == 0 else 0.0
        opens = 0.05 if piece.place == 0 else 0.0
        defines = 0.08 if definitions(piece.text, piece.language) else 0.0
        score = (central + leads + opens + defines) * _stands_alone(piece)
        found.append(_Candidate(piece, place, bag, score))
    return found


def _in_blocks(among: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """Return the candidates of one section as if it had `count` parts of equal length, so that a text
    without headings is told from its beginning to its end."""
    each = len(among) / max(1, count)
    return [replace(one, section=min(count - 1, int(at / each))) for at, one in enumerate(among)]


def _stands_alone(piece: Piece) -> float:
    """Return how well a sentence is understood without those around it, 0..1."""
    count = words.count_words(piece.text)
    worth = 1.0 if 7 <= count <= 40 else 0.7 if 5 <= count <= 60 else 0.3
    if evidence.points_back(piece) or pointing.leans(piece.text, piece.language):
        worth *= 0.45
    elif pointing.points_back(piece.text, piece.language):
        worth *= 0.85
    if piece.text.rstrip("\"'”’»)").endswith(("?", "؟", "？")):
        worth *= 0.3
    if pointing.CAPTION.search(piece.text) or pointing.REFERENCE.search(piece.text):
        worth *= 0.5
    return worth * (0.8 if evidence.gives_example(piece) else 1.0)


def _room(parted: Sequence[Section], among: Sequence[_Candidate], form: str) -> list[int]:
    """Return how many sentences each section may give."""
    counts = Counter(each.section for each in among)
    if form == "outline":
        return [1 if counts[place] else 0 for place in range(len(parted))]
    least, most = _SENTENCES[form]
    budget = max(least, min(most, round(0.7 * math.sqrt(len(among)))))
    total = sum(counts.values()) or 1
    # The larger sections come first; what is left over goes where most is left unsaid.
    room = [0] * len(parted)
    for _ in range(min(budget, total)):
        open_ones = [p for p in range(len(parted)) if room[p] < counts[p]]
        if not open_ones:
            break
        place = max(open_ones, key=lambda p: (counts[p] / total * budget - room[p], -p))
        room[place] += 1
    if form != "about" and len(parted) <= most:
        room = [max(1, each) if counts[place] else 0 for place, each in enumerate(room)]
    return room


def _diverse(among: Sequence[_Candidate], room: Sequence[int]) -> list[_Candidate]:
    """Take the best sentence that says something new until each section has its number."""
    left = list(room)
    picked: list[_Candidate] = []
    pool = [each for each in among if room[each.section]]
    likest = dict.fromkeys(range(len(pool)), 0.0)
    while pool and sum(left) > 0:
        open_ones = [at for at in likest if left[pool[at].section]]
        if not open_ones:
            break
        best = max(
            open_ones, key=lambda at: (pool[at].score - REPEATS * likest[at] * pool[at].score, -at)
        )
        taken = pool[best]
        del likest[best]
        if any(evidence.alike(taken.piece, have.piece) >= evidence.SAME for have in picked):
            continue
        picked.append(taken)
        left[taken.section] -= 1
        for at in likest:
            likest[at] = max(likest[at], _cosine(pool[at].bag, taken.bag))
    return picked


def terms(sources: Sequence[Source], language: str) -> list[tuple[str, Piece]]:
    """Return key terms of `sources`, in reading order, each with the sentence that says what it is,
    else with the first that speaks of it and stands alone."""
    headings = list(dict.fromkeys(heading for each in sources for heading in each.path))
    texts = [each.text for each in sources]
    found = [
        each
        for each in key_terms(texts, language, 5 * MOST_TERMS, headings)
        if each.kind in ("term", "name")
    ]
    defined: dict[str, Piece] = {}
    for number, source in enumerate(sources):
        for said in definitions(source.text, source.language):
            piece = Piece(number, said.start, said.sentence, (), source.language)
            defined.setdefault(words.fold(said.term, language), piece)
    pieces = evidence.pieces(sources, most=None)
    chosen_terms: list[tuple[str, Piece]] = []
    ordered = sorted(found, key=lambda t: (words.fold(t.text, language) not in defined, -t.score))
    for term in ordered:
        best = defined.get(words.fold(term.text, language))
        if best is None:
            speaking = [each for each in pieces if terms_in(each.text, [term])][:6]
            best = max(speaking, key=_stands_alone, default=None)
        if best is not None and all(best.text != have.text for _name, have in chosen_terms):
            chosen_terms.append((term.text, best))
        if len(chosen_terms) >= MOST_TERMS:
            break
    return sorted(chosen_terms, key=lambda pair: (pair[1].source, pair[1].place))


def _bag(stems: Sequence[str], weight: dict[str, float]) -> Bag:
    return {stem: (1 + math.log(count)) * weight[stem] for stem, count in Counter(stems).items()}


def _sum(bags: Sequence[Bag]) -> Bag:
    total: Bag = {}
    for bag in bags:
        length = math.sqrt(sum(value * value for value in bag.values())) or 1.0
        for stem, value in bag.items():
            total[stem] = total.get(stem, 0.0) + value / length
    return total


def _cosine(one: Bag, other: Bag) -> float:
    small, large = (one, other) if len(one) < len(other) else (other, one)
    shared = sum(value * large.get(stem, 0.0) for stem, value in small.items())
    lengths = [math.sqrt(sum(v * v for v in bag.values())) for bag in (one, other)]
    return shared / (lengths[0] * lengths[1]) if all(lengths) else 0.0
