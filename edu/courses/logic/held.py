"""What this app holds of people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from edu.common import held
from edu.common.held import ERASE, UNNAME, Held, Rules
from edu.common.text import gettext_noop as _
from edu.courses.data import ASSISTANT, OWNER, TEACHER, CourseRemoved
from edu.courses.logic import membership
from edu.courses.models import Course, Membership, Objective, Prerequisite, Role, Spending
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
    Spending: Held(_("What courses have used of their budgets"), _("Names nobody.")),
    Role: Held(_("What roles in courses allow"), _("Names nobody.")),
    Course: Held(_("Courses that you made"), OTHERS, {"created_by": UNNAME}, hide=("join_code",)),
}


def alone(user: UUID) -> list[UUID]:
    """Return the courses that a person is in, or made, and nobody else is in; removed ones too."""
    theirs = Course.objects.filter(memberships__user=user).values("id")
    counted = Course.objects.annotate(people=Count("memberships"))
    left = counted.filter(created_by=user, people=0).values_list("id", flat=True)
    return [*counted.filter(id__in=theirs, people=1).values_list("id", flat=True), *left]


def bequeath(user: UUID, now: datetime) -> list[dict[str, str]]:
    """Give each course that a person owns to who has taught there longest, or else has assisted; return
    who got what. A course in which only learners are left is set aside: administrators find it."""
    told = []
    for course in Membership.objects.filter(user=user, role=OWNER).values_list(
        "course_id", flat=True
    ):
        row = membership.lock(course)
        others = Membership.objects.filter(course=course, role__in=(TEACHER, ASSISTANT))
        heir = others.order_by(membership.RANK, "joined_at", "id").first()
        if heir is None:
            row.set_aside_at = now
            row.save(update_fields=["set_aside_at"])
            continue
        gift = {"name": row.title, "course": str(course), "role": OWNER, "was": heir.role}
        membership.crown(heir)
        told.append({"user": str(heir.user), **gift})
    return told


@transaction.atomic
def erase(user: UUID, now: datetime) -> tuple[dict[str, int], list[dict[str, str]]]:
    """Delete the courses of a person alone, tell those above, hand the others over, and erase the
    person from them. Return how many rows went, and who got which course."""
    courses = alone(user)
    for course in courses:
        publish(CourseRemoved(course=str(course)))
    Course.objects.filter(id__in=courses).delete()
    heirs = bequeath(user, now)
    done = held.erase(RULES, {"id": user})
    return {**done, "courses.course": done.get("courses.course", 0) + len(courses)}, heirs
