"""What teachers may read of what learners say to the tutor: only where the settings of the course say so,
only what was said since they do, and only words. The tutor's page tells learners; each look is written
down where the learner reads it."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.courses import api as courses
from edu.courses.data import LEARNER, NoSuchMember
from edu.orchestrator import data
from edu.orchestrator.logic import rows
from edu.orchestrator.models import Session, Turn
from edu.users import api as users


def _opened(user: str, course: str, learner: str) -> datetime:
    """THE access rule: return from when on `user` may read what `learner` said, or raise NoSuchCourse,
    Denied (TalksClosed where the course does not say so) or NoSuchMember: only learners are read."""
    since = courses.course(user=user, course=course, need="see_conversations").talks_open_since
    if since is None or courses.member(course=course, user=learner).role != LEARNER:
        raise NoSuchMember
    return since


def _note(user: str, course: str, learner: str, session: str = "") -> None:
    """Write down that `user` looked; "" for the list of sessions."""
    seen = courses.course(user=user, course=course)
    told = {"name": seen.title, "course": seen.id, "session": session}
    users.audit(action="talks-seen", by=user, about=learner, detail=told)


def _sessions(course: str, learner: str, since: datetime) -> QuerySet[Session]:
    """Return the sessions in which the learner said something since."""
    later = Turn.objects.filter(session=OuterRef("pk"), created_at__gte=since)
    mine = Session.objects.filter(user=parse_id(learner), course=parse_id(course))
    return mine.filter(Exists(later))


def sessions(
    user: str, course: str, learner: str, cursor: str | None, limit: int
) -> Page[data.Session]:
    """Return a page of them, the newest first."""
    since = _opened(user, course, learner)

    def seen(row: Session) -> data.Session:
        # A name that was given before is made of words that were said before.
        return replace(rows.session(row), title=row.title if row.created_at >= since else "")

    found = _sessions(course, learner, since)
    page = page_of(found, order="-id", cursor=cursor, limit=limit, to_data=seen)
    _note(user, course, learner)
    return page


def turns(
    user: str, course: str, learner: str, session: str, cursor: str | None, limit: int
) -> Page[data.Turn]:
    """Return a page of what was said in one of them since, oldest first: words only, the voice and the
    photo of a learner stay theirs. Raises NoSuchSession."""
    since = _opened(user, course, learner)
    row = _sessions(course, learner, since).filter(id=parse_id(session)).first()
    if row is None:
        raise data.NoSuchSession

    def seen(turn: Turn) -> data.Turn:
        return replace(rows.turn(turn), audio_url=None, image_url=None)

    found = rows.full().filter(session=row, created_at__gte=since)
    page = page_of(found, order="ordinal", cursor=cursor, limit=limit, to_data=seen)
    _note(user, course, learner, session)
    return page
