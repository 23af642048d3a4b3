"""What may change about a course as a whole. Call these with the course locked."""

from datetime import datetime
from uuid import UUID

from edu.common.clean import line, prose
from edu.common.errors import Invalid
from edu.courses.data import OWNER, CourseTakenAway
from edu.courses.logic import membership, objectives
from edu.courses.models import Course, Membership, Objective
from edu.events.api import publish

TITLE, TEXT = 200, 5000  # characters


def make(user: UUID, title: str, description: str, personal: bool, now: datetime) -> Membership:
    """Make a course with its root objective; return the seat of its owner. Raises Invalid."""
    title, description = _words(title, description)
    row = Course.objects.create(
        title=title,
        description=description,
        personal=personal,
        join_code=membership.code(),
        created_by=user,
        created_at=now,
    )
    seat = Membership.objects.create(course=row, user=user, role=OWNER, joined_at=now)
    objectives.make_root(row.id, row.title, user, now)
    return membership.seats(id=seat.id).get()


def describe(
    row: Course, title: str | None, description: str | None, learner_uploads: bool | None
) -> None:
    """Change what is given; the root objective is named as the course is. Raises Invalid."""
    row.title, row.description = _words(
        row.title if title is None else title,
        row.description if description is None else description,
    )
    if learner_uploads is not None:
        row.learner_uploads = learner_uploads
    row.save(update_fields=["title", "description", "learner_uploads"])
    Objective.objects.filter(course=row, root=True).update(title=row.title)


def _words(title: str, description: str) -> tuple[str, str]:
    """Return both as they are stored; raise Invalid for all that is wrong at once."""
    wrong: dict[str, str] = {}
    try:
        title = line(title, field="title", most=TITLE)
    except Invalid as error:
        wrong |= error.fields
    try:
        description = prose(description, field="description", most=TEXT)
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(fields=wrong)
    return title, description


def open_talks(row: Course, wanted: bool, now: datetime) -> None:
    """Let teachers read what learners say to the tutor from now on, or no more. What was said before
    was said to the tutor alone, and stays so."""
    if wanted != (row.talks_open_since is not None):
        row.talks_open_since = now if wanted else None
        row.save(update_fields=["talks_open_since"])


def remove(row: Course, by: UUID, now: datetime) -> None:
    """Take the course away from everybody, for now. Its owner is told, unless `by`, who did it, is
    the owner."""
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    owner = Membership.objects.filter(course=row, role=OWNER).exclude(user=by).first()
    if owner is not None:
        publish(CourseTakenAway(str(row.id), row.title, str(owner.user)))


def restore(row: Course) -> None:
    """Bring it back as it was."""
    row.removed_at = None
    row.save(update_fields=["removed_at"])


def new_code(row: Course) -> None:
    """Replace the join code."""
    row.join_code = membership.code()
    row.save(update_fields=["join_code"])
