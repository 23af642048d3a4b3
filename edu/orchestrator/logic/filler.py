"""Fills a quiz with questions made from the materials: passages, drafts, gates, until it is full.

Done again after a worker died it goes on from what the quiz has; a draft that the quiz has already is
refused by the gates as a repetition, so nothing comes twice.
"""

import logging
import zlib

from django.utils.translation import gettext, ngettext

from edu.agents import api as agents
from edu.agents.data import Request, Toolbox
from edu.assessments import api as assessments
from edu.assessments.data import ItemDraft
from edu.common.errors import EduError, NotFound
from edu.common.sources import Source
from edu.multimodal import api as multimodal
from edu.multimodal.data import Passage
from edu.orchestrator.logic.asked import source_of

log = logging.getLogger(__name__)

ROUNDS = 8  # times the assessor is asked; each with other passages
PASSAGES = 24  # for one request: wrong options are found in the others
DRAFTS = 8


def fill(quiz: str) -> None:
    """Make the questions that a quiz still lacks, and finish it."""
    try:
        plan = assessments.quiz_plan(quiz=quiz)
    except NotFound:
        return
    if plan["status"] not in ("queued", "running"):
        return
    try:
        _fill(plan)
    except EduError as error:
        log.warning("quiz %s: %s", quiz, error.detail)
        assessments.fail_quiz(quiz=quiz, error=error.detail)


def _fill(plan: dict[str, object]) -> None:
    quiz, size = str(plan["quiz"]), int(str(plan["size"]))
    assessments.set_quiz_progress(quiz=quiz, progress=0.02)
    passages = _passages(plan)
    if not passages:
        assessments.fail_quiz(
            quiz=quiz,
            error=gettext(
                "There is nothing to read for this yet. Bring materials, then try again."
            ),
        )
        return
    refused: dict[str, int] = {}
    offered = have = int(str(plan["have"]))
    batches = _batches(passages)
    for number, batch in enumerate(batches[: max(ROUNDS, 2 * size)]):
        plan = assessments.quiz_plan(quiz=quiz)
        have = int(str(plan["have"]))
        if plan["status"] not in ("queued", "running"):
            return  # stopped by its learner
        if have >= size:
            break
        for draft in _drafts(plan, batch, size - have):
            verdicts = assessments.offer(course=str(plan["course"]), draft=draft, quiz=quiz)
            offered += 1
            if verdicts.item:
                have += 1
            for verdict in verdicts.verdicts:
                if not verdict.passed:
                    refused[verdict.name] = refused.get(verdict.name, 0) + 1
            if have >= size:
                break
        done = max(have / size, (number + 1) / max(1, len(batches)) * 0.9)
        assessments.set_quiz_progress(quiz=quiz, progress=min(0.98, done))
    assessments.finish_quiz(quiz=quiz, note=_note(have, size, refused))


def _note(have: int, size: int, refused: dict[str, int]) -> str:
    """Say why there are fewer questions than asked for; "" when there are not."""
    if have >= size or not have:
        return ""
    said = ngettext(
        "Found %(have)d good question of %(size)d.",
        "Found %(have)d good questions of %(size)d.",
        have,
    ) % {"have": have, "size": size}
    turned_down = sum(refused.values())
    if turned_down:
        said += " " + ngettext(
            "%(count)d more was turned down by the checks.",
            "%(count)d more were turned down by the checks.",
            turned_down,
        ) % {"count": turned_down}
    return f"{said} {gettext('Rather one less than a bad one.')}"


def _drafts(plan: dict[str, object], batch: list[Source], lacking: int) -> list[ItemDraft]:
    tools = Toolbox(
        search=lambda query, limit: (
            multimodal.search(course=str(plan["course"]), query=query, limit=limit).results
        ),
        say=lambda text: None,
        cite=lambda source, quote: multimodal.cite(passage=source.passage, quote=quote),
        mastery_of=lambda objective: None,
        cancelled=lambda: False,
    )
    request = Request(
        task="draft_items",
        sources=batch,
        detail={
            "size": min(DRAFTS, 2 * lacking),
            "kinds": plan["kinds"],
            "avoid": plan["avoid"],
            "seed": zlib.crc32(str(plan["quiz"]).encode()),
        },
    )
    return agents.run(agent="assessor", request=request, tools=tools).drafts


def _passages(plan: dict[str, object]) -> list[Passage]:
    """Return the passages to ask about, those of each wanted objective in turn."""
    course = str(plan["course"])
    wanted = plan["objectives"] if isinstance(plan["objectives"], list) else []
    if not wanted:
        return multimodal.course_passages(course=course, limit=400)
    apart = [multimodal.course_passages(course=course, objective=str(o), limit=80) for o in wanted]
    longest = max((len(each) for each in apart), default=0)
    found = [each[i] for i in range(longest) for each in apart if i < len(each)]
    return found or multimodal.course_passages(course=course, limit=400)


def _batches(passages: list[Passage]) -> list[list[Source]]:
    """Return the passages in batches that are spread over all of the materials, so that a short quiz
    does not only ask about the first page."""
    count = max(1, -(-len(passages) // PASSAGES))
    return [[source_of(each) for each in passages[start::count]] for start in range(count)]
