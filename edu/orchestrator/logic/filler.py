"""Fills a quiz with questions made from the materials: passages, drafts, gates, until it is full.

Done again after a worker died it goes on from what the quiz has; a draft that the quiz has already is
refused by the gates as a repetition, so nothing comes twice.
"""

import logging
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from edu.agents import api as agents
from edu.agents.data import Request, Toolbox
from edu.assessments import api as assessments
from edu.assessments.data import ItemDraft
from edu.common.errors import EduError, NotFound
from edu.common.sources import Source
from edu.inference import api as inference
from edu.multimodal import api as multimodal
from edu.multimodal.data import Passage
from edu.orchestrator.logic.asked import source_of

log = logging.getLogger(__name__)

ROUNDS = 8  # times the assessor is asked; each with other passages
PASSAGES = 24  # for one request: wrong options are found in the others
DRAFTS = 8
# What is asked for, pass by pass, until the quiz is full: the best first, then simpler gaps; what the
# learner met lately only when nothing else is left.
PASSES = (
    {"simpler": False, "lately": False},
    {"simpler": True, "lately": False},
    {"simpler": False, "lately": True},
    {"simpler": True, "lately": True},
)


def fill(quiz: str) -> None:
    """Make the questions that a quiz still lacks, and finish it."""
    try:
        plan = assessments.quiz_plan(quiz=quiz)
    except NotFound:
        return
    if plan["status"] not in ("queued", "running"):
        return
    try:
        with inference.on_behalf(user=str(plan["user"]), course=str(plan["course"])):
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
    made = _Made(have=int(str(plan["have"])), size=size)
    batches = _batches(passages)[: max(ROUNDS, 2 * size)]
    for number, wish in enumerate(PASSES):
        for place, batch in enumerate(batches):
            plan = assessments.quiz_plan(quiz=quiz)
            made.have = int(str(plan["have"]))
            if plan["status"] not in ("queued", "running"):
                return  # stopped by its learner
            if made.have >= size:
                break
            _offer(plan, _drafts(plan, batch, size - made.have, **wish), made, wish["simpler"])
            passed = (number + (place + 1) / len(batches)) / len(PASSES)
            done = max(made.have / size, passed * 0.9)
            assessments.set_quiz_progress(quiz=quiz, progress=min(0.98, done))
    note = " ".join(each for each in (_simpler(made), _note(made)) if each)
    assessments.finish_quiz(quiz=quiz, note=note)


@dataclass
class _Made:
    """How far a quiz has come: what it has, what was refused, how many are simpler gaps."""

    have: int
    size: int
    simpler: int = 0
    refused: int = 0
    offered: set[str] = field(default_factory=set)


def _offer(plan: dict[str, object], drafts: list[ItemDraft], made: _Made, simpler: bool) -> None:
    """Give drafts to the gates until the quiz is full."""
    for draft in drafts:
        if made.have >= made.size:
            return
        if draft.stem in made.offered:
            continue  # a later pass finds again what the gates refused
        made.offered.add(draft.stem)
        offered = assessments.offer(course=str(plan["course"]), draft=draft, quiz=str(plan["quiz"]))
        taken = offered.item is not None
        made.have += taken
        made.simpler += taken and simpler
        made.refused += sum(not verdict.passed for verdict in offered.verdicts)


def _simpler(made: _Made) -> str:
    """Say that some of the questions are less well made than the others."""
    if not made.simpler:
        return ""
    return ngettext(
        "%(count)d of the questions is simpler: the materials gave few that are better.",
        "%(count)d of the questions are simpler: the materials gave few that are better.",
        made.simpler,
    ) % {"count": made.simpler}


def _note(made: _Made) -> str:
    """Say why there are fewer questions than asked for; "" when there are not."""
    have, size, turned_down = made.have, made.size, made.refused
    if have >= size or not have:
        return ""
    said = ngettext(
        "Found %(have)d good question of %(size)d.",
        "Found %(have)d good questions of %(size)d.",
        have,
    ) % {"have": have, "size": size}
    if turned_down:
        said += " " + ngettext(
            "%(count)d more was turned down by the checks.",
            "%(count)d more were turned down by the checks.",
            turned_down,
        ) % {"count": turned_down}
    return f"{said} {gettext('Rather one less than a bad one.')}"


def _drafts(
    plan: dict[str, object],
    batch: list[Source],
    lacking: int,
    simpler: bool = False,
    lately: bool = False,
) -> list[ItemDraft]:
    """Have questions drafted; `simpler` for gaps that are less sure, `lately` where they may ask again
    what the learner was asked in another quiz."""
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
            "avoid": plan["held"] if lately else plan["avoid"],
            "known": [] if lately else plan["known"],
            "simpler": simpler,
            "seed": zlib.crc32(str(plan["quiz"]).encode()),
            **({"model_seconds": 0} if simpler or lately else {}),
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
