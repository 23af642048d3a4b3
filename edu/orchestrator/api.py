"""Learning sessions: ask, watch a turn being worked on, stop it; what to do next; the demo.

Ids are strings; `user` is who asks. Sessions and turns are their learner's alone: everybody else
gets NotFound. Teachers have calls of their own, for courses whose settings let them read along.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from edu.analytics import api as analytics
from edu.common.errors import Invalid, NotFound
from edu.common.held import Kind
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.common.text import gettext_noop as _
from edu.courses import api as courses
from edu.courses.data import MODELS, Course, CourseTakenAway, NoSuchCourse
from edu.multimodal import api as multimodal
from edu.multimodal.data import Material, MaterialRead
from edu.orchestrator import data, tasks
from edu.orchestrator.logic import (
    asked,
    childview,
    exports,
    keeping,
    learnmap,
    leaving,
    live,
    media,
    news,
    notices,
    oversight,
    overview,
    panel,
    privacy,
    recommend,
    rows,
    turns,
)
from edu.orchestrator.logic.demo import setting
from edu.orchestrator.models import Erasure, Export, Notification, Session
from edu.users import api as users
from edu.users.data import ConsentOverruled

# --- sessions -----------------------------------------------------------------------------------


def start_session(
    *, user: str, course: str, mode: str = "tutor", objective: str | None = None
) -> data.Session:
    """Open a session about a course that `user` is in. Raises NoSuchCourse, Invalid (mode,
    objective)."""
    courses.course(user=user, course=course, need="learn")
    if mode not in data.MODES:
        raise Invalid(fields={"mode": _("Use tutor, explain or practice.")})
    if objective:
        courses.objective(course=course, objective=objective)
    return rows.session(turns.start_session(user, course, mode, objective, timezone.now()))


def session(*, user: str, session: str) -> data.Session:
    """THE access rule of sessions: return the learner's own; raise NoSuchSession, to whoever has
    left the course too."""
    row = turns.session_of(user, session)
    return rows.session(row)


def sessions(
    *, user: str, course: str, cursor: str | None = None, limit: int = 50
) -> Page[data.Session]:
    """Return a page of the learner's sessions in a course, newest first."""
    courses.course(user=user, course=course)
    found = Session.objects.filter(user=parse_id(user), course=parse_id(course))
    return page_of(found, order="-id", cursor=cursor, limit=limit, to_data=rows.session)


def close_session(*, user: str, session: str) -> data.Session:
    """Close a session: it can be read, and takes no more turns."""
    row = turns.session_of(user, session)
    turns.close(row.id, timezone.now())
    row.refresh_from_db()
    return rows.session(row)


# --- turns --------------------------------------------------------------------------------------


def ask(
    *,
    user: str,
    session: str,
    text: str = "",
    image: bytes | None = None,
    audio: bytes | None = None,
    wants: str = "",
    response: Any = None,
    aloud: bool = False,
) -> data.Turn:
    """Put a turn into a session: words, a photo and a recording make one question. It is queued, and
    turns of one session are answered in order.

    `wants` is what a button asks for (data.WANTS); with "answer", `response` is the option chosen in
    the check question, else `text` is the answer. `aloud` has the answer spoken; a recording does too.
    Raises NoSuchSession, EmptyTurn, MessageTooLong, TooLarge, UnsupportedType, Unreadable,
    SessionClosed, TooManyWaiting, BudgetSpent.
    """
    row = turns.session_of(user, session)
    if wants not in data.WANTS:
        raise Invalid(fields={"wants": _("This is not something that can be asked for.")})
    fields: dict[str, Any] = {"text": turns.clean(text), "wants": wants, "aloud": bool(aloud)}
    if wants == "answer" and response is not None:
        fields["response"] = turns.sensible_response(response)
    if not (fields["text"] or wants or image is not None or audio is not None):
        raise data.EmptyTurn
    if wants == "answer" and not fields["text"] and fields.get("response") is None and not audio:
        raise data.EmptyTurn
    if image is not None:
        fields["image_type"] = media.check_image(image)
    if audio is not None:
        fields["audio_type"] = media.check_audio(audio)
    turns.check_open(row.id)
    more = image is not None or audio is not None
    courses.spend(course=str(row.course), kind=MODELS, units=2 if more else 1)
    for name, content in (("image", image), ("audio", audio)):
        if content is not None:
            kept = multimodal.keep(kind="turn", data=content, media_type=fields[f"{name}_type"])
            fields[f"{name}_key"] = kept.key
    with transaction.atomic():
        made = turns.add(row.id, fields, timezone.now())
        tasks.run_turn.delay_on_commit(str(made.id))
    return rows.turn(made)


def turn(*, user: str, turn: str) -> data.Turn:
    """THE access rule of turns: return the learner's own; raise NoSuchTurn."""
    row = turns.turn_of(user, turn)
    return rows.turn(rows.full().get(id=row.id))


def turns_of(
    *, user: str, session: str, cursor: str | None = None, limit: int = 50
) -> Page[data.Turn]:
    """Return a page of a session's turns, newest first."""
    row = turns.session_of(user, session)
    found = rows.full().filter(session=row)
    return page_of(found, order="-ordinal", cursor=cursor, limit=limit, to_data=rows.turn)


def tutor_page(*, user: str, session: str, limit: int = 30) -> data.TutorPage:
    """Return a session with its last turns and how its learner stands on what it is about. Raises
    NoSuchSession."""
    row = turns.session_of(user, session)
    return panel.tutor_page(user, row, limit)


def has_open_question(*, user: str, session: str) -> bool:
    """Whether there is a question that a hint would be given for. Raises NoSuchSession."""
    return asked.open_question(turns.session_of(user, session)) is not None


def cancel(*, user: str, turn: str) -> data.Turn:
    """Stop a turn at once; what was shown stays. Raises TurnOver when it had ended."""
    row = turns.turn_of(user, turn)
    following = turns.cancel(row.id, timezone.now())
    if following is not None:
        tasks.run_turn.delay_on_commit(str(following))
    return rows.turn(rows.full().get(id=row.id))


def messages_after(*, user: str, turn: str, seq: int) -> list[dict[str, Any]]:
    """Return the live messages of a turn after number `seq`, as they went to the page."""
    return live.after(turns.turn_of(user, turn).id, max(0, seq))


def group_of(*, session: str) -> str:
    """Return the name of the group in which a session's live messages are told."""
    return live.group(session)


def wav_of_pcm16(*, samples: bytes, rate: int) -> bytes:
    """Return raw 16 bit little-endian mono samples as a WAV file."""
    return media.wav_of_pcm16(samples, rate)


def turn_file(*, user: str, turn: str, kind: str) -> data.TurnFile:
    """Return where a turn's "sound" (the answer spoken), "audio" (the recording) or "image" is. Raises
    NoSuchTurn."""
    row = turns.turn_of(user, turn)
    found = {
        "sound": (row.sound_key, row.sound_type),
        "audio": (row.audio_key, row.audio_type),
        "image": (row.image_key, row.image_type),
    }.get(kind)
    if found is None or not found[0]:
        raise data.NoSuchTurn
    return data.TurnFile(found[0], found[1], multimodal.size(key=found[0]))


def turn_files(*, user: str, turn: str) -> list[str]:
    """Return which of "sound", "audio" and "image" a turn has. Raises NoSuchTurn."""
    row = turns.turn_of(user, turn)
    found = {"sound": row.sound_key, "audio": row.audio_key, "image": row.image_key}
    return [kind for kind, key in found.items() if key]


def turn_media(*, user: str, turn: str, kind: str) -> data.Media:
    """Return a turn's "sound" (the answer spoken), "audio" (the recording) or "image"."""
    found = turn_file(user=user, turn=turn, kind=kind)
    return data.Media(multimodal.fetch(key=found.key), found.media_type)


def sessions_of_learner(
    *, user: str, course: str, learner: str, cursor: str | None = None, limit: int = 50
) -> Page[data.Session]:
    """Return a page of a learner's sessions, newest first, to a teacher where the settings of the course
    say so; each look is written down. Raises NoSuchCourse, Denied, NoSuchMember."""
    return oversight.sessions(user, course, learner, cursor, limit)


def turns_of_learner(
    *, user: str, course: str, learner: str, session: str, cursor: str = "", limit: int = 50
) -> Page[data.Turn]:
    """Return a page of what was said in one of them, oldest first, in words. Raises NoSuchSession too."""
    return oversight.turns(user, course, learner, session, cursor or None, limit)


# --- what to do next ----------------------------------------------------------------------------


def recommendations(*, user: str, course: str | None = None) -> list[data.Recommendation]:
    """Return what `user` had best do next, best first, in one course or in all of theirs."""
    if course:
        found = [courses.course(user=user, course=course)]
    else:
        found = courses.courses_of(user=user, limit=20).items
    return recommend.recommend(user, found)


def today(*, user: str) -> data.Today:
    """Return all that the home page shows."""
    return overview.today(user, timezone.now())


def learn_map(*, user: str, course: str) -> data.LearnMap:
    """Return the objectives of a course as a layered map, with how `user` stands on each."""
    return learnmap.draw(user, courses.course(user=user, course=course))


def learn_panel(*, user: str, course: str, objective: str) -> data.LearnPanel:
    """Return one objective of the map with all that its panel tells. Raises NoSuchCourse,
    NoSuchObjective."""
    courses.course(user=user, course=course)
    return panel.panel(user, course, objective)


def bring(*, user: str, file_name: str, path: str) -> tuple[Course, Material]:
    """Make a course of `user`'s own of the file at `path`. Raises as multimodal.add_material; no
    course is left behind by a file that was refused."""
    title = Path(file_name).stem.replace("_", " ").strip()[:200] or _("My course")
    course = courses.create_course(user=user, title=title, personal=True)
    try:
        material = multimodal.add_material(
            user=user, course=course.id, file_name=file_name, path=path
        )
    except Exception:
        courses.remove_course(user=user, course=course.id)
        raise
    return course, material


def bring_more(*, user: str, course: str, file_name: str, path: str) -> Material:
    """Add one more file to a course that `bring` made. Raises as multimodal.add_material."""
    return multimodal.add_material(user=user, course=course, file_name=file_name, path=path)


# --- the demo -----------------------------------------------------------------------------------


def create_demo() -> list[dict[str, str]]:
    """Make what is missing of the demo course and its people; return {"role", "email", "password"}
    of the accounts made now, whose passwords are shown nowhere else."""
    return setting.set_up()


def join_demo(*, user: str) -> Course:
    """Let `user` into the demo course as a learner. Raises NoSuchCourse when it was removed."""
    found = setting.find()
    if found is None or not found.join_code:
        raise NoSuchCourse
    return courses.join(user=user, join_code=found.join_code)


# --- notices ------------------------------------------------------------------------------------


def notifications(
    *, user: str, cursor: str | None = None, limit: int = 50, unread: bool = False
) -> Page[data.Notification]:
    """Return a page of what was told to `user`, newest first; with `unread`, of what waits."""
    found = Notification.objects.filter(user=parse_id(user))
    if unread:
        found = found.filter(read_at=None)
    return page_of(found, order="-id", cursor=cursor, limit=limit, to_data=notices.notice)


def notification(*, user: str, notification: str) -> data.Notification:
    """THE access rule of notices: return the person's own; raise NoSuchNotification."""
    return notices.notice(notices.one(user, _notice_id(notification)))


def notifications_after(
    *, user: str, notification: str, limit: int = 200
) -> list[data.Notification]:
    """Return what was told to `user` after the notice with this id, oldest first; nothing when it is
    no id."""
    try:
        after = parse_id(notification)
    except NotFound:
        return []
    rows = Notification.objects.filter(user=parse_id(user), id__gt=after).order_by("id")
    return [notices.notice(row) for row in rows[:limit]]


def unread(*, user: str, at: str = "") -> int:
    """Return how many notices wait, up to 99. Those that lead to the path `at`, where the person is
    now, are read by that."""
    return notices.unread(parse_id(user), at, timezone.now())


@transaction.atomic
def read_notification(*, user: str, notification: str) -> data.Notification:
    """Mark a notice as read. Raises NoSuchNotification."""
    row = notices.one(user, _notice_id(notification))
    notices.read(row.user, row.id, timezone.now())
    row.refresh_from_db()
    return notices.notice(row)


@transaction.atomic
def read_notifications(*, user: str) -> int:
    """Mark all that waits as read; return how many there were."""
    return notices.read(parse_id(user), None, timezone.now())


def person_group(*, user: str) -> str:
    """Return the name of the group in which a person's notices are told."""
    return notices.group(user)


def _notice_id(notification: str) -> UUID:
    try:
        return parse_id(notification)
    except NotFound:
        raise data.NoSuchNotification from None


# --- facts --------------------------------------------------------------------------------------


def fill_quiz(*, quiz: str) -> None:
    """Have a worker make the questions of a quiz."""
    tasks.fill_quiz.delay_on_commit(quiz)


def note_turn(*, fact: data.TurnFinished, event: str) -> None:
    """Tell analytics of a turn; the same `event` counts once."""
    detail: dict[str, Any] = {"session": fact.session, "abstained": fact.abstained}
    detail["question"] = turns.asked(fact.turn)
    if fact.objective:
        detail["objective"] = fact.objective
    analytics.record(
        user=fact.user,
        course=fact.course,
        verb="asked",
        thing=fact.turn,
        seconds=fact.seconds,
        detail=detail,
        event=event,
    )


def note_material(*, fact: MaterialRead, event: str) -> None:
    """Tell analytics of a material that was brought; the same `event` counts once."""
    analytics.record(
        user=fact.user, course=fact.course, verb="brought", thing=fact.material, event=event
    )


def tell_of_material(*, fact: MaterialRead) -> None:
    """Tell whoever brought a material that it is read, and the teachers that objectives found in it
    wait for them."""
    news.of_material(fact, timezone.now())


def tell_of_removal(*, fact: CourseTakenAway, event: str) -> None:
    """Tell the owner of a course that somebody else removed it; the same `event` is told once."""
    news.of_removal(fact, event, timezone.now())


def tell_of_overruling(*, fact: ConsentOverruled, event: str) -> None:
    """Tell a child that a guardian went over its no; the same `event` is told once."""
    news.of_overruling(fact, event, timezone.now())


def forget_course(*, course: str) -> None:
    """Delete the sessions of a course that is gone for good, and the notices that lead into it."""
    privacy.forget_course(course)


def consent_withdrawn(*, user: str, purpose: str) -> None:
    """Let go of what was kept of a person for a purpose (of users.data.PURPOSES) that they, or who
    stands for them, refuse from now on."""
    keeping.consent_withdrawn(parse_id(user), purpose)


# --- privacy ------------------------------------------------------------------------------------


def held_of_person(*, user: str) -> list[Kind]:
    """Return what all apps hold of a person."""
    return privacy.all_kinds(parse_id(user))


def export_person(*, user: str, by: str = "") -> data.Export:
    """Have all that is held of a person put together; return the archive that is under way if there is
    one. `by` is who asks for it: the person ("") or a guardian, which the caller has made sure of."""
    row, new = exports.ask(parse_id(user), timezone.now())
    if new:
        tasks.make_export.delay_on_commit(str(row.id))
        users.audit(action="export", by=by or user, about=user, detail={"export": str(row.id)})
    return exports.of_row(row)


def export(*, user: str, export: str) -> data.Export:
    """THE access rule of exports: return a person's own; raise NoSuchExport."""
    return exports.of_row(exports.one(user, export))


def last_export(*, user: str) -> data.Export | None:
    """Return the export that a person asked for last, if it is still there."""
    row = Export.objects.filter(user=parse_id(user)).order_by("-id").first()
    return exports.of_row(row) if row else None


def export_file(*, user: str, export: str) -> str:
    """Return the key under which a ready archive is stored; raise NoSuchExport."""
    row = exports.one(user, export)
    if row.status != "ready":
        raise data.NoSuchExport
    return row.key


def erase_person(
    *, user: str, password: str = "", code: str = "", guardian: str = ""
) -> data.Erasure:
    """Close a person's account now and erase all that is held of them. They, or the `guardian` who asks
    for it (whom the caller knows to be one), prove who they are by their password, or by the code of a
    second step. Raises Invalid for field "password" or "code", and
    TooManyFailures."""
    users.confirm_person(user=guardian or user, password=password, code=code)
    row = leaving.begin(parse_id(user), timezone.now())
    if guardian:
        users.audit(action="erase-asked", by=guardian, about=user)
    leaving.close(parse_id(user))
    tasks.erase_person.delay_on_commit(str(row.id))
    return leaving.of_row(row)


def erase_again() -> int:
    """Erase those whom a database that was put back to an earlier state has brought back; return how many
    there are. Their accounts are closed now, and workers do the rest."""
    return leaving.again(timezone.now())


def child_courses(*, child: str) -> list[data.ChildCourse]:
    """Return how a child learns, for its guardian: the caller has asked users.api, which notes it."""
    return childview.of_child(child)


def erasure(*, erasure: str) -> data.Erasure:
    """Return an erasure to whoever has its id, since its person can sign in no more. Raises
    NoSuchErasure."""
    try:
        row = Erasure.objects.filter(id=parse_id(erasure)).first()
    except NotFound:
        row = None
    if row is None:
        raise data.NoSuchErasure
    return leaving.of_row(row)
