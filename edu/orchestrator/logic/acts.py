"""What each step of a turn does: asks one agent or one service, and keeps what came of it.

An act returns a line for the trace and a JSON value for the turn's notebook, from which a worker that
takes over goes on. What an act does outside of the turn (a grade, a question posed) it looks for first,
so that doing it again does it once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from edu.agents import api as agents
from edu.agents.data import Request, Result
from edu.assessments import api as assessments
from edu.assessments.data import Attempt
from edu.common.codec import plain
from edu.common.errors import Conflict, Denied, EduError
from edu.common.sources import Citation
from edu.common.text import gettext_noop as _
from edu.courses import api as courses
from edu.multimodal import api as multimodal
from edu.orchestrator.logic import asked, live, media, turns, words
from edu.orchestrator.logic.lease import Hold
from edu.orchestrator.logic.plan import ANSWERING, SAYING
from edu.orchestrator.logic.tools import Desk
from edu.orchestrator.models import Session, Turn
from edu.users import api as users
from edu.users.data import Preferences

HISTORY = 6
ABOUT = 2  # sentences of an answer that what goes on from it is held to
GOING_ON = ("simpler", "explain_differently", "more")
BUSY = _("The language model was too busy to word this: the quotes stand alone.")
Note = dict[str, Any]


class Skip(Exception):
    """This step has nothing to do; the message says why, for the trace."""


@dataclass
class Work:
    """A turn under way: the grip on it, its desk and what its steps found so far."""

    hold: Hold
    desk: Desk
    notes: dict[str, Note]

    @property
    def turn(self) -> Turn:
        """The turn's row, as this worker holds it."""
        return self.hold.row

    @property
    def session(self) -> Session:
        """The session's row."""
        return self.hold.row.session

    @property
    def understood(self) -> Note:
        """What the text agent found."""
        return self.notes.get("text.understand", {})

    def agent(self, name: str, request: Request) -> Result:
        """Have an agent of the team work for this turn."""
        return agents.run(
            agent=name, request=request, tools=self.desk.toolbox(), turn=str(self.turn.id)
        )


def hear(work: Work) -> tuple[str, Note]:
    """Speech to text."""
    sound = multimodal.fetch(key=work.turn.audio_key)
    seconds = media.seconds(sound)
    result = work.agent("speech", Request("hear", sound=sound, detail={"seconds": seconds}))
    payload = {"text": result.text, "final": True, "language": result.language}
    work.hold.tell(live.HEARD, payload, heard=result.text)
    turns.name_session(work.turn.session_id, result.text)
    return result.summary, {
        "text": result.text,
        "language": result.language,
        "checks": plain(result.checks),
    }


def see(work: Work) -> tuple[str, Note]:
    """Photo to text."""
    picture = multimodal.fetch(key=work.turn.image_key)
    result = work.agent("vision", Request("see", picture=picture))
    work.hold.tell(live.SEEN, {"text": result.text}, seen=result.text)
    turns.name_session(work.turn.session_id, result.text[:80])
    return result.summary, {"text": result.text, "checks": plain(result.checks)}


def understand(work: Work) -> tuple[str, Note]:
    """Language, intent and the whole question; silence and empty photos are told apart here."""
    row = work.turn
    before = turns.recent(row.session_id, row.ordinal, HISTORY)
    previous = _previous(before)
    waiting = asked.pending(work.session)
    if waiting and work.session.mode == "practice":
        asked.keep_guarded(work.session, waiting)
    said = f"{row.text} {row.heard or ''}".strip()
    detail = {
        "heard": row.heard or "",
        "seen": row.seen or "",
        "wants": row.wants,
        "open": waiting and {**waiting, "resembles": asked.resembles(work.session, waiting, said)},
        "previous": previous,
    }
    spoken = work.notes.get("speech.hear", {}).get("language", "")
    detail |= {
        "preferred": _likes(row).language[:2],
        "materials": _materials_language(row),
    }
    fallback = spoken or previous.get("language", "")
    result = work.agent(
        "text", Request("understand", text=row.text, detail=detail, language=fallback)
    )
    note = {**result.detail, "language": result.language, "say": ""}
    if row.wants == "answer" and row.response is not None:
        note |= {"intent": "answer", "response": row.response}
    note |= _nothing_brought(work, note)
    if note["intent"] in GOING_ON and not note["question"] and previous.get("form"):
        # More of an overview, or another one, is an overview with other sentences.
        note |= {each: previous[each] for each in ("question", "form", "target", "used")}
        note |= {"intent": "overview"}
    if note["intent"] in ANSWERING and not note["question"]:
        note |= {"question": previous.get("question", ""), "used": previous.get("used", [])}
        note["context"] = note.get("context") or previous.get("about", "")
        note["question"] = note["question"] or _objective_title(work)
        if not note["question"]:
            note |= {"intent": "empty"}
    note["say"] = note["say"] or SAYING.get(note["intent"], "")
    work.hold.save(language=result.language)
    return result.summary, note


def _nothing_brought(work: Work, note: Note) -> Note:
    """Say so when a recording had no words, or a photo no text, and nothing else came with it."""
    row = work.turn
    if row.text or row.wants or note["intent"] != "empty":
        return {}
    if row.audio_type and not row.heard:
        if "speech.hear" in work.notes and not row.seen:
            return {"say": "silence"}
    elif row.image_key and not row.seen and "vision.see" in work.notes:
        return {"say": "no_text"}
    return {}


def answer(task: str) -> Callable[[Work], tuple[str, Note]]:
    """Return the act in which the tutor does `task`."""

    def act(work: Work) -> tuple[str, Note]:
        if work.session.mode != "practice":
            asked.put_aside(work.session)
        note = work.understood
        result = work.agent(
            "tutor",
            Request(
                task,
                text=note["question"],
                language=note["language"],
                detail={
                    "context": note.get("context", ""),
                    "used": note.get("used", []),
                    "form": note.get("form", ""),
                    "target": note.get("target", ""),
                    "materials": _has_materials(work.turn),
                    "tone": _likes(work.turn).tone,
                },
            ),
        )
        objective = result.detail.get("objective")
        degraded = list(work.turn.degraded)
        if result.detail.get("busy"):
            degraded.append(BUSY)
        work.hold.save(
            answer=result.text,
            abstained=result.abstained,
            sentences=result.detail["sentences"],
            citations=plain(result.citations),
            checks=plain(result.checks),
            objective=objective,
            degraded=degraded,
        )
        if work.desk.held_first and not result.abstained:
            _keep_back(work)
        return result.summary, {
            "objective": objective,
            "withheld": result.detail.get("withheld", 0),
            "abstained": work.turn.abstained,
        }

    return act


def _keep_back(work: Work) -> None:
    """Say that a quiz is open, which one and how to go on, instead of what is left of an answer
    without its best sentence."""
    quiz, language = work.desk.guarded, work.understood["language"]
    work.desk.retract()
    request = Request("say", language=language, detail={"say": "withheld_quiz"})
    result = work.agent("tutor", request)
    text, sentences = result.text, list(result.detail["sentences"])
    waiting = asked.pending(work.session)
    if not waiting or waiting["quiz"] != quiz:
        link = f"/quizzes/{quiz}/"
        work.desk.say(f" [{link}]({link})")
        text += f" [{link}]({link})"
        sentences[-1] = {**sentences[-1], "url": link}
    check = {
        "name": "no answer to an open question given away",
        "passed": False,
        "detail": f"kept back: a question of quiz {quiz} is open",
    }
    checks = [each for each in work.turn.checks if each["name"] != check["name"]]
    work.hold.save(
        answer=text,
        sentences=sentences,
        citations=[],
        checks=[*checks, check],
        abstained=True,
    )


def say(work: Work) -> tuple[str, Note]:
    """A fixed sentence: a greeting, or what was missing."""
    return _say(work, str(work.understood["say"]))


def _say(work: Work, key: str) -> tuple[str, Note]:
    request = Request("say", language=work.understood["language"], detail={"say": key})
    result = work.agent("tutor", request)
    work.hold.save(answer=result.text, sentences=result.detail["sentences"])
    return result.summary, {}


def grade(work: Work) -> tuple[str, Note]:
    """The books grade the answer to the check question; this step only carries it there and back."""
    waiting = asked.pending(work.session)
    if waiting is None:
        return _say(work, "no_open")
    row, user = work.turn, str(work.turn.user)
    given = None
    if "grading" in row.notebook:  # a worker before this one got as far as here
        done = assessments.attempts(user=user, quiz=waiting["quiz"], limit=1)
        given = next((each for each in done if each.answered_at >= row.created_at), None)
    else:
        work.hold.save(notebook={**row.notebook, "grading": {}})
    given = given or assessments.attempt(
        user=user,
        quiz=waiting["quiz"],
        item=waiting["item"],
        response=work.understood["response"],
    )
    asked.keep(work.session, None)
    _feedback(work, given, waiting)
    verdict = {True: "right", False: "not right", None: "waits for a person"}[given.correct]
    return f"graded by rule: {verdict}", {"objective": given.objective, "item": given.item}


def _feedback(work: Work, given: Attempt, waiting: dict[str, Any]) -> None:
    citations = words.numbered(given.citations) if given.key is not None or given.correct else []
    sentences = [words.notice(given.feedback)]
    if given.key_text and not given.correct and given.key_text not in given.feedback:
        sentences.append(words.notice(given.key_text))
    sentences += [words.quote(each) for each in citations]
    graded = {
        "item": given.item,
        "quiz": waiting["quiz"],
        "attempt": given.id,
        "correct": given.correct,
        "score": given.score,
        "feedback": given.feedback,
        "key_text": given.key_text,
    }
    _show(work, sentences, citations, grade=graded, objective=given.objective)


def hint(work: Work) -> tuple[str, Note]:
    """The next rung of the ladder for the open question, by rule."""
    user, waiting = str(work.turn.user), asked.open_question(work.session)
    if waiting is None:
        return _say(work, "no_open")
    try:
        rung = assessments.hint(user=user, quiz=waiting["quiz"], item=waiting["item"])
    except (Denied, Conflict) as refused:
        _show(work, [words.notice(refused.detail)], [])
        return refused.detail, {}
    citations = words.numbered(rung.citations)
    markers = [each.marker for each in citations]
    climbed = {**waiting, "hint_level": rung.level}
    _show(work, [words.notice(rung.text, markers)], citations, question=climbed)
    return f"hint {rung.level} of 5: {rung.name}", {"level": rung.level, "item": waiting["item"]}


def check(work: Work) -> tuple[str, Note]:
    """Pose a check question: on what was just answered, else from the bank or the materials."""
    row, note = work.turn, work.understood
    explicit = note["intent"] == "check_me"
    question = asked.pending(work.session) if work.session.mode == "practice" else None
    if question is None and row.abstained:
        raise Skip("the answer gives nothing to ask about")
    if question is None and any(each.get("withheld") for each in work.notes.values()):
        raise Skip("another question is still open")
    if question is None and row.tries > 1:
        question = _posed_before(work)
    if question is None:
        question = _new_question(work, explicit)
    if question is None:
        if explicit:
            return _say(work, "no_question")
        raise Skip("no good question could be made of these passages")
    asked.keep(work.session, question)
    work.hold.save(question=question)
    if explicit:
        _say(work, "check")
    return f"asks a question ({question['kind']})", {"item": question["item"]}


def _posed_before(work: Work) -> dict[str, Any] | None:
    """Return the question that a worker before this one posed for this turn and did not note."""
    row = work.turn
    found = assessments.open_question(user=str(row.user), course=str(row.course))
    posed = "practice" if work.session.mode == "practice" else "check"
    if found is None or found.mode != posed or found.stem in asked.stems_before(row):
        return None
    began = row.started_at or row.created_at
    quiz = assessments.quiz(user=str(row.user), quiz=found.quiz)
    return asked.as_json(found) if quiz.created_at >= began else None


def _new_question(work: Work, explicit: bool) -> dict[str, Any] | None:
    row, mode = work.turn, work.session.mode
    after = work.notes.get("assessor.grade", {})
    objective = str(work.session.objective or "") or None
    cited = [] if explicit or after else row.citations
    if explicit:
        asked.put_aside(work.session)
    if explicit and not cited:
        before = turns.recent(row.session_id, row.ordinal, 1)
        cited = before[0].citations if before and not before[0].abstained else []
    found = None
    if not cited or mode == "practice":
        wanted = [objective] if objective else asked.weakest(row)[:1]
        found = asked.from_bank(row, mode, wanted) or asked.from_bank(row, mode, [])
    for sources in asked.sources_of(row, cited, objective) if found is None else []:
        language = work.understood.get("language", "")
        found = asked.from_materials(row, mode, sources, language, work.desk.toolbox())
        if found is not None:
            break
    return asked.as_json(found) if found else None


def speak(work: Work) -> tuple[str, Note]:
    """Text to speech, for who spoke or asked to hear the answer."""
    row = work.turn
    if not (row.aloud or row.audio_type):
        raise Skip("nobody asked to hear it")
    text = row.answer
    if row.question:
        text = f"{text}\n\n{row.question['stem']}".replace("_____", "…")
    likes = _likes(row)
    result = work.agent(
        "speech",
        Request(
            "speak",
            text=text,
            language=row.language,
            detail={"voice": likes.voice, "speed": likes.speed},
        ),
    )
    if not result.sound:
        raise Skip("there was nothing to say")
    stored = multimodal.keep(kind="speech", data=result.sound, media_type="audio/wav")
    payload = {
        "media_type": "audio/wav",
        "bytes": stored.bytes,
        "seconds": result.detail["seconds"],
    }
    work.hold.tell(live.AUDIO, payload, sound_key=stored.key)
    return result.summary, {"key": stored.key}


# --- what acts share ----------------------------------------------------------------------------


def _show(
    work: Work, sentences: list[dict[str, Any]], citations: list[Citation], **changes: Any
) -> None:
    """Show words that no agent wrote: feedback and hints."""
    for citation in citations:
        work.desk.show(citation)
    text = words.markdown(sentences)
    work.desk.say(text)
    work.hold.save(answer=text, sentences=sentences, citations=plain(citations), **changes)


def _previous(before: list[Turn]) -> Note:
    """Return what the last answered question was, and the sentences that it was answered with."""
    for row in before:
        note = row.notebook.get("text.understand", {})
        if note.get("intent") not in ANSWERING or not note.get("question"):
            continue
        quotes = [each["text"] for each in row.sentences if each["kind"] == "quote"]
        used, about = list(quotes), [] if row.abstained else quotes
        for other in before:
            same = other.notebook.get("text.understand", {}).get("question") == note["question"]
            if same and other.id != row.id:
                said = [each["text"] for each in other.sentences if each["kind"] == "quote"]
                used += said
                # The first answer says what it is about; each that goes on from it wanders a little.
                about = about if other.abstained else said
        return {
            "question": note["question"],
            "language": note.get("language", ""),
            "sentences": quotes,
            "used": used,
            "about": " ".join(about[:ABOUT]),
            "form": note.get("form", ""),
            "target": note.get("target", ""),
        }
    return {}


def _objective_title(work: Work) -> str:
    """Return the name of what the session is about, when it was begun from an objective."""
    wanted = work.session.objective
    if wanted is None:
        return ""
    try:
        found = courses.objective(course=str(work.turn.course), objective=str(wanted))
    except EduError:
        return ""
    return f"{found.title} {found.description}".strip()


def _likes(row: Turn) -> Preferences:
    """Return how the turn's learner likes to learn in its course."""
    return users.preferences(user=str(row.user), course=str(row.course))


def _has_materials(row: Turn) -> bool:
    return bool(multimodal.course_passages(course=str(row.course), limit=1))


def _materials_language(row: Turn) -> str:
    found = multimodal.course_passages(course=str(row.course), limit=1)
    return found[0].language if found else ""
