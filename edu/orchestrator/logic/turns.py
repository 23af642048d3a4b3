"""Sessions and turns: made, found by whoever they belong to, stopped."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from edu.common.ids import parse_id
from edu.common.sealedfields import sealed_for
from edu.courses import api as courses
from edu.orchestrator import data
from edu.orchestrator.logic import ends, lease
from edu.orchestrator.models import OPEN, Session, Turn

MOST_CHARACTERS = 8000
MOST_WAITING = 5
_UNSEEN = dict.fromkeys(i for i in range(32) if chr(i) not in "\n\t")  # control characters


def start_session(
    user: str, course: str, mode: str, objective: str | None, now: datetime
) -> Session:
    """Make an open session; the caller has checked that the course is the learner's."""
    return Session.objects.create(
        user=parse_id(user),
        course=parse_id(course),
        mode=mode,
        objective=parse_id(objective) if objective else None,
        status="open",
        created_at=now,
        updated_at=now,
    )


def session_of(user: str, session: str) -> Session:
    """THE access rule of sessions: return the learner's own, in a course that they still learn in, else
    raise NoSuchSession."""
    row = Session.objects.filter(id=parse_id(session), user=parse_id(user)).first()
    if row is None or not _still_in(user, row.course):
        raise data.NoSuchSession
    return row


def turn_of(user: str, turn: str) -> Turn:
    """THE access rule of turns: as of sessions, else raise NoSuchTurn."""
    row = Turn.objects.filter(id=parse_id(turn), user=parse_id(user)).first()
    if row is None or not _still_in(user, row.course):
        raise data.NoSuchTurn
    return row


def _still_in(user: str, course: UUID) -> bool:
    """Whoever has left a course, or only looks on by now, has left its sessions."""
    return bool(courses.courses_by_id(courses=[str(course)], user=user, need="learn"))


def clean(text: object) -> str:
    """Return what a learner wrote without control characters; raise MessageTooLong."""
    if not isinstance(text, str):
        raise data.EmptyTurn
    if len(text) > MOST_CHARACTERS:
        # A number in the sentence, so that the writer knows how much is too much.
        raise data.MessageTooLong("", None, found=len(text), limit=MOST_CHARACTERS)
    kept = text.encode("utf-8", "ignore").decode().translate(_UNSEEN)
    return kept.replace("\r\n", "\n").strip()


def add(session_id: UUID, fields: dict[str, Any], now: datetime) -> Turn:
    """Put one more turn at the end of a session. Call it inside a transaction."""
    session = Session.objects.select_for_update().get(id=session_id)
    if session.status != "open":
        raise data.SessionClosed
    if Turn.objects.filter(session=session, status__in=OPEN).count() >= MOST_WAITING:
        raise data.TooManyWaiting("", limit=MOST_WAITING)
    session.turn_count += 1
    session.updated_at = now
    if not session.title and fields.get("text"):
        session.title = title(str(fields["text"]))
    session.save(update_fields=["turn_count", "updated_at", "title"])
    return Turn.objects.create(
        session=session,
        user=session.user,
        course=session.course,
        ordinal=session.turn_count,
        created_at=now,
        **fields,
    )


def check_open(session_id: UUID) -> None:
    """Raise SessionClosed or TooManyWaiting when a session takes no turn now; `add` looks again."""
    session = Session.objects.get(id=session_id)
    if session.status != "open":
        raise data.SessionClosed
    if Turn.objects.filter(session=session, status__in=OPEN).count() >= MOST_WAITING:
        raise data.TooManyWaiting("", limit=MOST_WAITING)


def sensible_response(response: Any) -> Any:
    """Return an answer to a check question if it is one that can be kept: an option's id, a list of
    them, or a text. Raise EmptyTurn for anything else, MessageTooLong for too much."""
    if isinstance(response, list) and len(response) <= 50:
        return [clean(each) for each in response]
    return clean(response)


def asked(turn: str) -> str:
    """Return the whole question of a turn, as it was understood."""
    row = Turn.objects.filter(id=parse_id(turn)).first()
    if row is None:
        return ""
    understood = row.notebook.get("text.understand", {})
    return str(understood.get("question") or row.text)[:300]


def title(text: str) -> str:
    """Return the first line of `text`, cut at a word, as the name of a session."""
    line = " ".join(text.split())
    if len(line) <= 80:
        return line
    return line[:80].rsplit(" ", 1)[0] + " …"


def name_session(session_id: UUID, text: str) -> None:
    """Name a session that has no name yet after what was heard or seen."""
    if text.strip():
        named = sealed_for(Session, "title", session_id, title(text))
        Session.objects.filter(id=session_id, title="").update(title=named)


def cancel(turn_id: UUID, now: datetime) -> UUID | None:
    """Stop a turn; return the id of the one that may run now. Raise TurnOver when it has ended."""
    with transaction.atomic():
        row = Turn.objects.select_for_update().get(id=turn_id)
        if row.status == "cancelled":
            return None
        if row.status not in OPEN:
            raise data.TurnOver
        ends.cancel(row, now)
        following = lease.first_open(row.session_id)
    return following.id if following and following.status == "queued" else None


def close(session_id: UUID, now: datetime) -> None:
    """Close a session: it stays to be read."""
    Session.objects.filter(id=session_id).update(status="closed", updated_at=now)


def recent(session_id: UUID, before: int, limit: int = 4) -> list[Turn]:
    """Return the last turns of a session before number `before` that went well, newest first."""
    rows = Turn.objects.filter(session_id=session_id, ordinal__lt=before, status="ready")
    return list(rows.order_by("-ordinal")[:limit])
