"""The check question at the end of a turn: found, posed, waiting for its answer, put aside."""

import zlib
from collections.abc import Iterator
from typing import Any

from edu.agents import api as agents
from edu.agents.data import Request, Toolbox
from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.assessments.data import ItemDraft, Question
from edu.common.errors import EduError
from edu.common.language import content_words
from edu.common.sealedfields import sealed_for
from edu.common.sources import Source
from edu.multimodal import api as multimodal
from edu.multimodal.data import Passage
from edu.orchestrator.models import Session, Turn

MOST_OFFERS = 6  # drafts shown to the gates for one question
PASSAGES = 3
ROUNDS = 3  # times that passages from anywhere are tried


def source_of(passage: Passage, title: str = "") -> Source:
    """Return a passage as an agent knows it; `title` is that of its material."""
    return Source(
        passage=passage.id,
        material=passage.material,
        title=title,
        text=passage.text,
        locator=passage.locator,
        objective=passage.objective,
        path=passage.path,
        language=passage.language,
    )


def as_json(question: Question) -> dict[str, Any]:
    """Return a question as a turn and a session keep it; nothing in it tells the key."""
    return {
        "item": question.id,
        "stem": question.stem,
        "kind": question.kind,
        "options": [{"id": option.id, "text": option.text} for option in question.options],
        "quiz": question.quiz,
    }


def pending(session: Session) -> dict[str, Any] | None:
    """Return the question of this session that waits for its answer, if it still does."""
    kept: dict[str, Any] | None = session.pending
    if not kept:
        return None
    try:
        quiz = assessments.quiz(user=str(session.user), quiz=kept["quiz"])
    except EduError:
        return None
    waits = any(each.id == kept["item"] and each.status == "open" for each in quiz.items)
    return kept if waits else None


def open_question(session: Session) -> dict[str, Any] | None:
    """Return the question that a hint is for: the session's own, else the one shown last anywhere."""
    waiting = pending(session)
    if waiting is not None:
        return waiting
    found = assessments.open_question(user=str(session.user), course=str(session.course))
    return as_json(found) if found and found.quiz else None


def keep_guarded(session: Session, question: dict[str, Any]) -> None:
    """The learner is still at this question, however long ago it was asked."""
    assessments.show_question(user=str(session.user), quiz=question["quiz"], item=question["item"])


def resembles(session: Session, question: dict[str, Any], text: str) -> bool:
    """Whether `text` may be meant as an answer to `question` rather than as words of its own."""
    if not text or question["options"]:
        return True
    return assessments.resembles(
        user=str(session.user), quiz=question["quiz"], item=question["item"], text=text
    )


def put_aside(session: Session) -> None:
    """A new question comes first: the check question may wait, and guards its key no longer."""
    assessments.set_aside(user=str(session.user), course=str(session.course))
    keep(session, None)


def keep(session: Session, question: dict[str, Any] | None) -> None:
    """Note which question waits for its answer."""
    Session.objects.filter(id=session.id).update(
        pending=sealed_for(Session, "pending", session.id, question)
    )
    session.pending = question


def posed_as(mode: str) -> str:
    """Return the mode of a question in a session of `mode`: only in practice does it guard its key."""
    return "practice" if mode == "practice" else "check"


def from_bank(turn: Turn, mode: str, objectives: list[str]) -> Question | None:
    """Return one question of the course's bank; None when there is none that was not asked lately."""
    user, course = str(turn.user), str(turn.course)
    if not assessments.live_items(course=course, objectives=objectives):
        return None
    quiz = assessments.request_quiz(
        user=user,
        course=course,
        size=1,
        objectives=objectives,
        source="bank",
        mode=posed_as(mode),
    )
    if not quiz.items or quiz.items[0].stem in stems_before(turn):
        return None
    return assessments.show_question(user=user, quiz=quiz.id, item=quiz.items[0].id)


def from_materials(
    turn: Turn, mode: str, sources: list[Source], language: str, tools: Toolbox
) -> Question | None:
    """Have the assessor draft questions on `sources` and pose the first that passes every gate; None
    when none does."""
    user, course = str(turn.user), str(turn.course)
    seen = assessments.attempts(user=user, course=course, limit=20)
    known = assessments.questions(items=list({each.item for each in seen}))
    avoid = [each.stem for each in known.values()] + stems_before(turn)
    about = _spoken_of(turn)
    shown = [str(each["quote"]) for each in about.citations if each.get("quote")]
    tried: set[str] = set()
    for quotes in [shown, []] if shown else [[]]:  # what stands on the screen only as a last resort
        drafts = _drafted(turn, sources, language, [*avoid, *quotes], tools)
        fresh = [each for each in _nearest(about, drafts) if each.stem not in tried]
        for number, draft in enumerate(fresh[:MOST_OFFERS], start=1):
            tried.add(draft.stem)
            tools.note(f"checking question {number} before it is asked")
            offered = assessments.pose(user=user, course=course, draft=draft, mode=posed_as(mode))
            if offered.item and offered.quiz:
                return assessments.show_question(user=user, quiz=offered.quiz, item=offered.item)
    return None


def _spoken_of(turn: Turn) -> Turn:
    """Return the turn whose answer stands on the screen: this one, or where it only asks to be asked,
    the one before."""
    if turn.citations:
        return turn
    before = Turn.objects.filter(session_id=turn.session_id, ordinal__lt=turn.ordinal)
    return before.order_by("-ordinal").first() or turn


def _drafted(
    turn: Turn, sources: list[Source], language: str, avoid: list[str], tools: Toolbox
) -> list[ItemDraft]:
    """Have the assessor draft questions on `sources`."""
    request = Request(
        task="check_question",
        sources=sources,
        language=language,
        detail={"avoid": avoid, "size": MOST_OFFERS, "seed": seed(turn)},
    )
    return agents.run(agent="assessor", request=request, tools=tools, turn=str(turn.id)).drafts


def _nearest(turn: Turn, drafts: list[ItemDraft]) -> list[ItemDraft]:
    """Return drafts with those first that speak of what the learner asked about, else as they were."""
    said = f"{turn.text} {turn.heard or ''}"

    def shared(draft: ItemDraft) -> bool:
        about = f"{draft.explanation} {draft.stem}"
        return bool(
            set(content_words(said, draft.language)) & set(content_words(about, draft.language))
        )

    return sorted(drafts, key=lambda draft: not shared(draft))


def stems_before(turn: Turn) -> list[str]:
    """Return the questions that this session asked lately, so that none comes twice in a row."""
    rows = Turn.objects.filter(session_id=turn.session_id, question__isnull=False)
    asked = (row.question for row in rows.order_by("-ordinal").only("question")[:12])
    return [each["stem"] for each in asked if each and each.get("stem")]


def sources_of(
    turn: Turn, cited: list[dict[str, Any]], objective: str | None
) -> Iterator[list[Source]]:
    """Yield passages to ask about, the best to ask first: those that the answer cites, then those of
    its objective or of what the learner knows least, then any."""
    course = str(turn.course)
    ids = list(dict.fromkeys(str(each["passage"]) for each in cited))[:PASSAGES]
    if ids:
        found = multimodal.passages_by_id(passages=ids)
        yield [source_of(found[each]) for each in ids if each in found]
        about = str(turn.objective) if turn.objective else None
        near = multimodal.course_passages(course=course, objective=about, limit=60) if about else []
        others = [each for each in near if each.id not in ids]
        if others:
            yield _some(others, seed(turn))
        return
    for wanted in [objective] if objective else weakest(turn):
        passages = multimodal.course_passages(course=course, objective=wanted, limit=60)
        if passages:
            yield _some(passages, seed(turn))
    for number in range(ROUNDS):
        passages = multimodal.course_passages(course=course, limit=120)
        if passages:
            yield _some(passages, seed(turn) + number * PASSAGES)


def weakest(turn: Turn) -> list[str]:
    """Return the objectives of the course, best to practise next first."""
    advice = analytics.advise(user=str(turn.user), course=str(turn.course))
    return list(dict.fromkeys(each.objective for each in advice if each.objective))[:5]


def seed(turn: Turn) -> int:
    """Return a number that is the same whenever this turn is done again."""
    return zlib.crc32(turn.id.bytes)


def _some(passages: list[Passage], number: int) -> list[Source]:
    """Return a few passages, others for another turn."""
    if not passages:
        return []
    start = number % len(passages)
    turned = passages[start:] + passages[:start]
    return [source_of(each) for each in turned[:PASSAGES]]
