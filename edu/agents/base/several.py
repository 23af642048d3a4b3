"""Answers to more than one thing at once: each of several questions, or both sides of a comparison.

What the materials do not answer is named, so that nobody takes the half for the whole.
"""

from collections.abc import Sequence
from dataclasses import replace

from edu.agents.base import answerable, compose, evidence, fitting, following, wording
from edu.agents.base.answer import Answer
from edu.agents.base.compose import Reading
from edu.agents.base.evidence import Piece
from edu.agents.data import Check, Request
from edu.common import language as words

PER_SIDE = 2  # sentences on each side of a comparison
STATED = 0.95  # how surely a sentence gives what was asked for
BOTH = 2  # sentences that speak of both


def complete(asked: Sequence[str], language: str) -> list[str]:
    """Return the questions so that each can be looked up alone: one that has no subject of its own,
    or only stands for it by a pronoun, is given the words of the first."""
    first = following.content_of(asked[0], language)
    whole = [asked[0]]
    for each in asked[1:]:
        whole.append(f"{each} ({first})" if _leans(each, language) and first else each)
    return whole


def _leans(question: str, language: str) -> bool:
    """Whether a later question has no subject of its own: "... and how fast is it?"."""
    own = words.content_words(question, language)
    short = len(own) <= 1 and evidence.has_pronoun(question, language)
    return not own or short or following.goes_on(question, language)


def one_by_one(
    answer: Answer, request: Request, asked: Sequence[str], readings: Sequence[Reading]
) -> list[Piece]:
    """Answer each question in a paragraph of its own; `asked` are they as they stood there."""
    used = [str(each) for each in request.detail.get("used") or []]
    quoted: list[Piece] = []
    for question, reading in zip(asked, readings, strict=True):
        answer.paragraph()
        found = False
        if reading.probability >= answerable.ANSWER and reading.weighed:
            before = len(answer.citations) + answer.withheld
            unsaid = _unsaid(reading, quoted)
            chosen = compose.TASKS[request.task](answer, unsaid, used) if unsaid.weighed else []
            quoted += chosen
            # What already stands above answers this too.
            found = bool(chosen) or len(answer.citations) + answer.withheld > before
            found = found or _said(reading, quoted)
        if not found:
            found = _states(reading, asked, question, quoted)
        if not found:
            part = question.strip(" ?？؟¿,;")
            answer.notice(wording.words("part_missing", reading.language, part=part))
    return quoted


def _unsaid(reading: Reading, quoted: Sequence[Piece]) -> Reading:
    """Return a reading without the sentences that were quoted for an earlier question."""
    said = {piece.text for piece in quoted}
    left = [each for each in reading.weighed if each.piece.text not in said]
    if not left or left[0] is not reading.weighed[0]:
        # Its best sentence stands there already; only what comes near it is worth adding.
        best = reading.weighed[0].score
        left = [each for each in left if each.score >= 0.9 * best]
    pieces = [each for each in reading.pieces if each.text not in said]
    return replace(reading, weighed=left, pieces=pieces)


def _said(reading: Reading, quoted: Sequence[Piece]) -> bool:
    return any(piece.text == reading.weighed[0].piece.text for piece in quoted)


def _states(reading: Reading, asked: Sequence[str], question: str, quoted: Sequence[Piece]) -> bool:
    """Whether what was quoted for an earlier question gives the figure, date, person or place that a
    question asks for which has no subject of its own ("... and how fast is it?")."""
    wanted = reading.question
    leans = question != asked[0] and _leans(question, wanted.language)
    if not leans or wanted.kind not in compose.FACTS:
        return False
    return any(
        fitting.fits(wanted.kind, each.text, wanted.stems, each.language, wanted.measures) >= STATED
        for each in quoted
    )


def of_side(reading: Reading) -> Reading:
    """Return what was found of one side of a comparison, its definition first."""
    question = replace(reading.question, kind="definition")
    similarities = None
    if reading.vectors:
        known = {(each.piece.source, each.piece.place): each.similarity for each in reading.weighed}
        similarities = [known[piece.source, piece.place] for piece in reading.pieces]
    ranks = [source.score for source in reading.sources]
    weighed = evidence.weigh(question, reading.pieces, similarities, ranks, reading.known)
    named = f"{question.text}: {reading.probability:.2f}"
    found = Check("materials speak of this", reading.probability >= answerable.ANSWER, named)
    return replace(reading, question=question, weighed=weighed, checks=[*reading.checks, found])


def compare(
    answer: Answer, whole: Reading, sides: tuple[str, str], readings: Sequence[Reading]
) -> list[Piece]:
    """Quote what speaks of both sides, then what says of each what it is."""
    about = [set(reading.question.stems) for reading in readings]
    only = [about[0] - about[1], about[1] - about[0]]
    spoken = [each.probability >= answerable.ANSWER and bool(each.weighed) for each in readings]
    quoted: list[Piece] = []
    if all(spoken):
        both = [
            each
            for each in whole.weighed
            if all(own & set(each.piece.stems) for own in only)
            and each.score >= 0.4 * whole.weighed[0].score
        ]
        best = evidence.choose(whole.question, both, whole.pieces, BOTH, 0.7)
        quoted += compose.quote(answer, whole, best)
    for side, own, reading, known in zip(sides, only, readings, spoken, strict=True):
        if not known:
            continue
        said = {piece.text for piece in quoted}
        mine = [
            each
            for each in reading.weighed
            if each.piece.text not in said and (not own or own & set(each.piece.stems))
        ]
        mine = mine or [each for each in reading.weighed if each.piece.text not in said]
        chosen = evidence.choose(reading.question, mine, reading.pieces, PER_SIDE, 0.8)
        chosen = [piece for piece in chosen if piece.text not in said]
        if chosen:
            answer.paragraph(side)
            quoted += compose.quote(answer, reading, chosen)
    for side, known in zip(sides, spoken, strict=True):
        if not known:
            answer.paragraph()
            answer.notice(wording.words("side_missing", whole.language, part=side))
    return quoted
