"""Writes an overview of the materials, or of the part of them that is named: sentences chosen by rule and
quoted, section by section, with a word that they are a selection."""

from collections.abc import Sequence

from edu.agents.base import asking, digest, evidence, languages, narrowing, overviews, wording
from edu.agents.base.answer import Answer
from edu.agents.base.compose import Reading, quote
from edu.agents.base.evidence import Piece
from edu.agents.data import Check, Request, Toolbox
from edu.common import language as words
from edu.common.sources import Source

NAMED = 12  # parts that are listed


def instead(request: Request) -> str:
    """Return the task for a request whose target is a topic rather than a part of the materials."""
    asks = asking.kind_of(request.text, request.language) != "other"
    return "answer" if asks or request.detail.get("form") not in overviews.TOPICAL else "explain"


def write(answer: Answer, request: Request, tools: Toolbox) -> Reading | None:
    """Write the overview; None when its target names no part of the materials and may be a topic."""
    form, target = str(request.detail.get("form")), str(request.detail.get("target") or "")
    question = evidence.ask(request.text, request.language)
    everything = tools.read()
    if not everything:
        answer.notice(wording.words("no_materials", request.language))
        return Reading(question, language=request.language)
    found = narrowing.named(everything, target)
    if found is None and not narrowing.is_part(target):
        return None
    if found is None:
        _no_such_part(answer, everything, target, request.language)
        return Reading(question, everything, language=request.language)
    sources = digest.thinned(found)
    reading = Reading(question, sources, language=request.language, probability=1.0)
    if form == "outline" and len(narrowing.parts(found)) < 2:
        form = "points"  # without headings there is nothing to show the order of
    used = [str(each) for each in request.detail.get("used") or []]
    tools.note(f"choosing sentences from {len(sources)} passage{'s'[: len(sources) != 1]}")
    quoted = _terms(answer, reading) if form == "terms" else _sections(answer, reading, form, used)
    if not quoted and not answer.withheld:
        name = "nothing_more" if used else "abstain"
        answer.notice(wording.words(name, request.language))
        return reading
    answer.paragraph()
    if form == "about":
        _name_parts(answer, found, request.language)
    name = _name_of(found, target, everything)
    name = name or wording.words("all_materials", request.language)
    answer.notice(wording.words("chosen", request.language, name=name))
    spoken = quoted[0].language if quoted else ""
    if spoken and spoken != request.language:
        named = languages.name(spoken, request.language)
        answer.notice(wording.words("other_language", request.language, name=named))
    reading.checks.append(
        Check("sentences chosen by rule", True, f"{len(quoted)} of {len(sources)} passages")
    )
    return reading


def _sections(answer: Answer, reading: Reading, form: str, used: Sequence[str]) -> list[Piece]:
    parted = digest.chosen(reading.sources, form, used)
    headed = len(parted) > 1 and form in ("summary", "outline")
    quoted: list[Piece] = []
    if form == "points":
        answer.paragraph(listed=True)
    for section in parted:
        if headed:
            answer.paragraph(section.heading)
        quoted += quote(answer, reading, section.chosen)
    return quoted


def _terms(answer: Answer, reading: Reading) -> list[Piece]:
    language = reading.sources[0].language or words.guess(reading.sources[0].text)
    quoted: list[Piece] = []
    for term, piece in digest.terms(reading.sources, language):
        answer.paragraph(term)
        quoted += quote(answer, reading, [piece])
    return quoted


def _no_such_part(answer: Answer, sources: Sequence[Source], target: str, language: str) -> None:
    answer.notice(wording.words("no_such_part", language, part=target))
    _name_parts(answer, sources, language)


def _name_parts(answer: Answer, sources: Sequence[Source], language: str) -> None:
    listed = narrowing.parts(sources)
    if len(listed) > 1:
        names = "; ".join(listed[:NAMED]) + (" …" if len(listed) > NAMED else "")
        answer.notice(wording.words("parts", language, names=names))


def _name_of(found: Sequence[Source], target: str, everything: Sequence[Source]) -> str:
    """Return the name of what was chosen from: its heading, its title, "" for all there is."""
    titles = list(dict.fromkeys(each.title for each in found))
    headings = {each.path[0] for each in found if each.path}
    if target and len(found) < len(everything):
        last = {each.path[-1] for each in found if each.path}
        if len(last) == 1:
            return last.pop()
        if len(headings) == 1 and len(titles) == 1:
            return f"{titles[0]}, {target}"
    return titles[0] if len(titles) == 1 and titles[0] else ""
