"""Puts answers together from the sentences that were weighed: which ones, in which order, in which parts.

Each function takes the answer to add to, what was read, and the sentences that an earlier answer showed;
it returns the pieces that it quoted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from edu.agents.base import evidence, instances, listing, opposites, wording
from edu.agents.base.answer import Answer
from edu.agents.base.evidence import Piece, Question, Weighed
from edu.agents.data import Check
from edu.common import language as words
from edu.common.sources import Source

# How many sentences an answer of each kind takes at most, and how near to the best they must come.
_LENGTH = {
    "definition": (2, 0.92),
    "who": (2, 0.92),
    "when": (2, 0.92),
    "where": (2, 0.92),
    "how_many": (2, 0.92),
    "whether": (2, 0.85),
    "why": (3, 0.80),
    "how": (3, 0.80),
    "list": (5, 0.65),
    "compare": (4, 0.70),
    "other": (2, 0.80),
}
FACTS = ("who", "when", "where", "how_many")  # answered by one sentence that needs no other words
EXPLAINED = 7  # sentences of an explanation
BRIEF = {"list": 3, "compare": 2}  # sentences at most where a brief tone is wished; else one
BRIEFLY = 3  # sentences of such an explanation
NEAR = 0.35  # cosine from which on a sentence is near a question in meaning
CLOSE = 0.5  # the same for a sentence from elsewhere in the materials
MOSTLY = 0.6  # of the coverage of the best, the same
MORE = 4  # sentences of "tell me more"
DATED = 0.5  # how well a sentence must look like a date
RELATED = 0.6  # of the score of the best, from which on a sentence belongs to its explanation
FOREIGN = 0.88  # the same where question and materials are in different languages


@dataclass
class Reading:
    """What was found for one question, and how likely it answers; `vectors` says whether there were
    any, `known` whether they tell anything in its language; `language` is that of the answer, `busy`
    says that the model did not answer in time, `unspoken` are names in it that the materials never have,
    `compared` that the best sentences are rows of a table whose figures were compared,
    `tone` is what the learner wishes ("plain", "warm" or "brief"), `unsure` says that the materials
    speak of it, and that it is open whether they answer it, by the `signs` of base/stating.py."""

    question: Question
    sources: list[Source] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    weighed: list[Weighed] = field(default_factory=list)
    probability: float = 0.0
    vectors: bool = False
    known: bool = True
    language: str = ""
    busy: bool = False
    tone: str = ""
    unspoken: list[str] = field(default_factory=list)
    compared: bool = False
    unsure: bool = False
    signs: dict[str, float] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    @property
    def foreign(self) -> bool:
        """Whether the best sentence is in another language than the question as it was looked up."""
        spoken = self.weighed[0].piece.language if self.weighed else ""
        return bool(spoken and self.question.language and spoken != self.question.language)


def short(answer: Answer, reading: Reading, used: Sequence[str]) -> list[Piece]:
    """Answer in as few sentences as the question needs."""
    most, keep = _LENGTH[reading.question.kind]
    if reading.tone == "brief":
        most = min(most, BRIEF.get(reading.question.kind, 1))
    if reading.foreign:
        most, keep = min(most, 2), FOREIGN
    reading = _of_the_side_asked(reading)
    chosen = evidence.choose(reading.question, reading.weighed, reading.pieces, most, keep)
    if listing.kind_asked(reading.question.text, reading.question.language):
        chosen = _instances(reading)[:most] or chosen
    listed = reading.question.kind == "list" and len(chosen) > 2
    if listed:
        answer.paragraph(listed=True)
    quoted = quote(answer, reading, chosen)
    if answer.withheld or quoted:
        return quoted
    # None of them stands in its passage as it was cut: take the next best that does.
    rest = [each.piece for each in reading.weighed[:12] if each.piece not in chosen]
    for piece in rest:
        if quoted := quote(answer, reading, [piece]):
            return quoted
    return []


def _of_the_side_asked(reading: Reading) -> Reading:
    """Return a reading without the sentences that date the end where the beginning was asked for, and
    the like; an empty one when nothing else dates it."""
    question = reading.question
    if question.kind != "when" or not opposites.asked(question.text, question.language):
        return reading
    left = [
        each
        for each in reading.weighed
        if not opposites.against(question.text, each.piece.text, each.piece.language)
    ]
    if len(left) < len(reading.weighed) and not any(each.fit >= DATED for each in left[:3]):
        left = []
    return replace(reading, weighed=left)


def explain(answer: Answer, reading: Reading, used: Sequence[str]) -> list[Piece]:
    """Explain in parts: the idea, how it hangs together, an example of the materials."""
    language = reading.language
    if reading.foreign:
        # Vectors alone tell little across languages: rather few sentences than unrelated ones.
        near = evidence.choose(reading.question, reading.weighed, reading.pieces, 2, FOREIGN)
        return quote(answer, reading, near)
    best = reading.weighed[0]
    idea = evidence.choose(reading.question, reading.weighed, reading.pieces, 2, 0.92)
    floor = RELATED * best.score
    brief = reading.tone == "brief"
    examples = [piece for piece in _examples(reading, floor) if piece not in idea][: not brief]
    taken = [*idea, *examples]
    more: list[Piece] = []
    most = BRIEFLY if brief else EXPLAINED
    scored = [
        each.piece for each in reading.weighed if each.score >= floor and _belongs(each, reading)
    ]
    for piece in scored + _goes_on(reading, idea):
        if len(more) >= most - len(taken):
            break
        fresh = all(evidence.alike(piece, have) < evidence.SAME for have in [*taken, *more])
        if fresh and not evidence.gives_example(piece) and not _follows(piece, examples, 1):
            more.append(piece)
    more = _with_what_they_point_to(more, taken, reading.pieces)
    if more or examples:
        answer.paragraph(wording.words("idea", language))
    quoted = quote(answer, reading, idea)
    if more:
        answer.paragraph(wording.words("together", language))
        quoted += quote(answer, reading, evidence.in_reading_order(more, best.piece))
    if examples:
        answer.paragraph(wording.words("example", language))
        quoted += quote(answer, reading, _and_what_follows(examples, reading.pieces))
    return quoted


def simpler(answer: Answer, reading: Reading, used: Sequence[str]) -> list[Piece]:
    """Say it with the shortest sentences that still say it, others than before if there are any."""
    floor = 0.6 * reading.weighed[0].score
    candidates = [each for each in reading.weighed if each.score >= floor]
    fresh = [each for each in candidates if not _shown(each.piece, used)]
    if used and not fresh:
        answer.notice(wording.words("nothing_else", reading.language))
        answer.paragraph()
    pool = fresh or candidates
    pool = sorted(pool, key=lambda each: _difficulty(each.piece) - each.score)
    standing = [each.piece for each in pool if not evidence.points_back(each.piece)]
    chosen = (standing or [each.piece for each in pool])[: 2 if fresh else 1]
    return quote(answer, reading, evidence.in_reading_order(chosen, chosen[0]))


def example(answer: Answer, reading: Reading, used: Sequence[str]) -> list[Piece]:
    """Give an example that the materials give, with the sentence that it is an example of."""
    found = _instances(reading) or _examples(reading, 0.35 * reading.weighed[0].score)
    found = [p for p in found if not _shown(p, used)] or found
    if not found:
        answer.notice(wording.words("no_example", reading.language))
        answer.paragraph()
        return differently(answer, reading, used)
    answer.paragraph(wording.words("example", reading.language))
    chosen = _with_what_they_point_to(found[:2], [], reading.pieces)
    chosen += [p for p in _and_what_follows(found[:1], reading.pieces) if p not in chosen]
    return quote(answer, reading, evidence.in_reading_order(chosen, found[0]))


def differently(answer: Answer, reading: Reading, used: Sequence[str]) -> list[Piece]:
    """Say it with other sentences, best from another place of the materials."""
    best = reading.weighed[0]
    fresh = [each for each in reading.weighed if not _shown(each.piece, used)]
    scored = [each for each in fresh if each.score >= 0.5 * best.score]
    near = [each for each in fresh if _follows(each.piece, [best.piece], 3)]
    if not scored and not near:
        return simpler(answer, reading, used)
    left = [piece for piece in reading.pieces if not _shown(piece, used)]
    chosen = evidence.choose(reading.question, scored or near, left, 3, 0.70)
    return quote(answer, reading, chosen)


def quote(answer: Answer, reading: Reading, chosen: Sequence[Piece]) -> list[Piece]:
    """Quote the pieces; return those that stand in their passages and may be shown."""
    return [piece for piece in chosen if answer.quote(reading.sources[piece.source], piece.text)]


def more(answer: Answer, reading: Reading, used: Sequence[str]) -> list[Piece]:
    """Say what else the materials say about it: related sentences that were not shown, and those that
    stand right after the shown ones."""
    best = reading.weighed[0]
    fresh = [each for each in reading.weighed if not _shown(each.piece, used)]
    shown = [piece for piece in reading.pieces if _shown(piece, used)]
    after = _goes_on(reading, shown)
    related = [
        each
        for each in fresh
        if (each.score >= RELATED * best.score and _bears_on(each, reading)) or each.piece in after
    ]
    if reading.foreign:
        related = [each for each in fresh if each.score >= FOREIGN * best.score]
    if not related:
        answer.notice(wording.words("nothing_more", reading.language))
        return []
    left = [piece for piece in reading.pieces if not _shown(piece, used)]
    chosen = evidence.choose(reading.question, related, left, MORE, 0.0)
    return quote(answer, reading, chosen)


def _with_what_they_point_to(
    chosen: Sequence[Piece], taken: Sequence[Piece], among: Sequence[Piece]
) -> list[Piece]:
    """Return `chosen` with the sentence before each one that begins with "this" and the like."""
    full: list[Piece] = []
    for piece in chosen:
        if evidence.points_back(piece):
            for each in among:
                just_before = each.source == piece.source and each.place == piece.place - 1
                if just_before and each not in full and each not in taken and each not in chosen:
                    full.append(each)
        if piece not in full:
            full.append(piece)
    return full


def _examples(reading: Reading, floor: float) -> list[Piece]:
    """Return the examples that the materials give: those that score, and those that stand a little
    after what scores best, which need not name what they are an example of."""
    best = [each.piece for each in reading.weighed[:2]]
    return [
        each.piece
        for each in reading.weighed
        if evidence.gives_example(each.piece)
        and (each.score >= floor or _follows(each.piece, best, 3))
    ]


def _instances(reading: Reading) -> list[Piece]:
    """Return the sentences that name one of what the question asks an example of, best first."""
    question = reading.question
    about = instances.topic(question.stems, question.language)
    return [each.piece for each in reading.weighed if instances.names_one(each.piece, about)]


def _follows(piece: Piece, others: Sequence[Piece], reach: int) -> bool:
    """Whether a piece stands at most `reach` sentences after one of `others`."""
    return any(
        piece.source == other.source and 0 < piece.place - other.place <= reach for other in others
    )


def _and_what_follows(chosen: Sequence[Piece], among: Sequence[Piece]) -> list[Piece]:
    """Return `chosen` with the next sentence where that one points back to it."""
    full = list(chosen)
    for piece in among:
        if piece not in full and evidence.points_back(piece) and _follows(piece, chosen, 1):
            full.append(piece)
    return full


def _bears_on(each: Weighed, reading: Reading) -> bool:
    """Whether a sentence has to do with the question: by a word of it, or by its meaning where vectors
    tell that."""
    near = reading.vectors and reading.known and each.similarity >= NEAR
    return each.coverage > 0 or near


def _belongs(each: Weighed, reading: Reading) -> bool:
    """Whether a sentence belongs to the explanation: it bears on the question and stands in the passage
    or under the heading of what answers best; from elsewhere it must speak of most of it."""
    best = reading.sources[reading.weighed[0].piece.source]
    mine = reading.sources[each.piece.source]
    if mine is best or (best.path and mine.path == best.path and mine.material == best.material):
        return _bears_on(each, reading)
    near = reading.vectors and reading.known and each.similarity >= CLOSE
    most = max(one.coverage for one in reading.weighed)
    return near or each.coverage >= MOSTLY * most > 0


def _goes_on(reading: Reading, idea: Sequence[Piece]) -> list[Piece]:
    """Return what stands right after the idea and goes on from it: by "it" or "this", by a word of the
    question, or by its meaning. What merely comes next may begin something else."""
    close = {id(each.piece) for each in reading.weighed if _bears_on(each, reading)}
    return [
        piece
        for piece in reading.pieces
        if _follows(piece, idea, 2) and (evidence.points_back(piece) or id(piece) in close)
    ]


def _shown(piece: Piece, used: Sequence[str]) -> bool:
    mine = " ".join(piece.text.split())
    return any(mine in " ".join(each.split()) for each in used)


def _difficulty(piece: Piece) -> float:
    """Return how hard a sentence is to read, about 0..1: by its length and that of its words."""
    said = words.words(piece.text)
    if not said:
        return 1.0
    long_words = sum(len(word) > 9 for word in said) / len(said)
    return min(1.0, len(said) / 45) + long_words


TASKS: dict[str, Callable[[Answer, Reading, Sequence[str]], list[Piece]]] = {
    "answer": short,
    "explain": explain,
    "simpler": simpler,
    "example": example,
    "explain_differently": differently,
    "more": more,
}
