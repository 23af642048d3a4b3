"""What this app holds of people."""

from uuid import UUID

from django.db import transaction
from django.db.models import Count

from edu.common import held
from edu.common.held import ERASE, UNNAME, Held, Rules
from edu.common.text import gettext_noop as _
from edu.courses.data import CourseRemoved
from edu.courses.models import Course, Membership, Objective, Prerequisite
from edu.events.api import publish

OTHERS = _("Others learn from it: it stays, without your name. A course of yours alone goes.")

RULES: Rules = {
    Membership: Held(
        _("Courses that you are in"),
        _("So that you find them, and others see who is in."),
        {"user": ERASE},
    ),
    Objective: Held(_("Objectives that you wrote"), OTHERS, {"created_by": UNNAME}),
    Prerequisite: Held(_("What objectives build on"), _("Names nobody.")),
    Course: Held(_("Courses that you made"), OTHERS, {"created_by": UNNAME}, hide=("join_code",)),
}


def alone(user: UUID) -> list[UUID]:
    """Return the courses that a person is in, or made, and nobody else is in; removed ones too."""
    theirs = Course.objects.filter(memberships__user=user).values("id")
    counted = Course.objects.annotate(people=Count("memberships"))
    left = counted.filter(created_by=user, people=0).values_list("id", flat=True)
    return [*counted.filter(id__in=theirs, people=1).values_list("id", flat=True), *left]


@transaction.atomic
def erase(user: UUID) -> dict[str, int]:
    """Delete the courses of a person alone, tell those above, and erase the person from the others."""
    courses = alone(user)
    for course in courses:
        publish(CourseRemoved(course=str(course)))
    Course.objects.filter(id__in=courses).delete()
    done = held.erase(RULES, {"id": user})
    return {**done, "courses.course": done.get("courses.course", 0) + len(courses)}
