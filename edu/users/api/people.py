"""Accounts as others see them, and what their owners set."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.users.data import MODALITIES, CoursePreferences, Person, Preferences
from edu.users.logic import accounts, addresses, families, personal, programs
from edu.users.logic import audit as trail
from edu.users.logic import preferences as wishes
from edu.users.models import CoursePreference, User


def person(*, user: str) -> Person:
    """Return one person; raise NoSuchPerson."""
    return accounts.person_of(accounts.get(parse_id(user)))


def people(*, users: list[str]) -> dict[str, Person]:
    """Return those of `users` that exist, by id."""
    rows = User.objects.filter(id__in=[parse_id(each) for each in users])
    return {str(row.id): accounts.person_of(row) for row in rows}


def find(*, email: str) -> Person | None:
    """Return the person with this address, if there is one."""
    found = accounts.by_email(email)
    return accounts.person_of(found) if found else None


def preferences(*, user: str, course: str = "") -> Preferences:
    """Return how a person likes to learn, in one course or everywhere; raise NoSuchPerson. Whether
    they are in the course is not asked."""
    row = accounts.get(parse_id(user))
    if not course:
        return Preferences.of(row.preferences)
    own = CoursePreference.objects.filter(user=row, course=parse_id(course)).first()
    return wishes.in_force(row.preferences, own.values if own else {})


def course_preferences(*, user: str, course: str) -> CoursePreferences:
    """Return what a person prefers in one course; the caller has asked whether they are in it."""
    row = CoursePreference.objects.filter(user=parse_id(user), course=parse_id(course)).first()
    return CoursePreferences(row.values if row else {}, preferences(user=user, course=course))


@transaction.atomic
def update_course_preferences(
    *, user: str, course: str, changes: dict[str, Any]
) -> CoursePreferences:
    """Change what is named of what a person prefers in one course; None: as everywhere. Raises Invalid
    (by fields). The caller has asked whether they are in the course."""
    owner, place = accounts.get(parse_id(user), lock=True), parse_id(course)
    row = CoursePreference.objects.filter(user=owner, course=place).first()
    row = row or CoursePreference(user=owner, course=place)
    row.values = wishes.changed_for_course(row.values, changes, user)
    if row.values:
        row.save()
    elif not row._state.adding:
        row.delete()
    return course_preferences(user=user, course=course)


@transaction.atomic
def forget_course(*, course: str, user: str = "") -> None:
    """Forget what people, or one person, preferred in a course that they are in no more."""
    rows = CoursePreference.objects.filter(course=parse_id(course))
    (rows.filter(user=parse_id(user)) if user else rows).delete()


@transaction.atomic
def update_me(
    *, user: str, display_name: str | None = None, preferences: dict[str, Any] | None = None
) -> Person:
    """Change a person's own name, and the preferences that are named. Raises Invalid (by fields)."""
    row = accounts.get(parse_id(user), lock=True)
    wrong: dict[str, str] = {}
    try:
        if display_name is not None:
            row.display_name = accounts.line(display_name, field="display_name", most=100)
    except Invalid as error:
        wrong |= error.fields
    try:
        if preferences is not None:
            row.preferences = wishes.changed(row.preferences, preferences, user)
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(fields=wrong)
    row.save(update_fields=["display_name", "preferences"])
    return accounts.person_of(row)


@transaction.atomic
def change_password(*, user: str, old: str, new: str) -> None:
    """Change a person's own password; all tokens die. Raises Invalid for fields "old" and "new"."""
    row = accounts.get(parse_id(user), lock=True)
    if not row.check_password(old):
        raise Invalid(fields={"old": _("This is not your password.")})
    row.set_password(accounts.judge(new, row, "new"))
    row.save(update_fields=["password"])
    families.end_all(row.id, timezone.now(), "password")
    trail.write("password", row.id, row.id, {}, timezone.now())


def sign_out_everywhere(*, user: str) -> None:
    """End all sign-ins of programs of one person."""
    families.end_all(parse_id(user), timezone.now(), "signed out")


@transaction.atomic
def set_password(*, email: str, new: str = "") -> str:
    """Give the account at `email` the password `new`, or a random one; return it. All tokens die.
    Raises Invalid for field "email" or "password"."""
    found = accounts.by_email(email)
    if found is None:
        raise Invalid(fields={"email": _("No account has this e-mail address.")})
    row = accounts.get(found.id, lock=True)
    password = new or secrets.token_urlsafe(12)
    row.set_password(accounts.judge(password, row))
    row.save(update_fields=["password"])
    families.end_all(row.id, timezone.now(), "password")
    trail.write("password", None, row.id, {"set_by": "an administrator"}, timezone.now())
    return password


@transaction.atomic
def make_admin(*, email: str, password: str = "", display_name: str = "") -> Person:
    """Make the account at `email` an admin; make the account itself when there is none, which needs
    a `password` and a `display_name`."""
    found = accounts.by_email(email)
    if found is None:
        row = accounts.create(email, password, display_name, is_staff=True, is_superuser=True)
    else:
        row = accounts.get(found.id, lock=True)
        row.is_staff = row.is_superuser = row.is_active = True
        row.save(update_fields=["is_staff", "is_superuser", "is_active"])
    told = {"changed": ["is_staff", "is_superuser"], "set_by": "an administrator"}
    trail.write("rights", None, row.id, told, timezone.now())
    addresses.confirm(row)  # whoever runs the site says so
    return accounts.person_of(row)


def choices() -> dict[str, list[str]]:
    """Return what the preferences that are chosen from a list may be, by field."""
    return {
        "language": wishes.languages(),
        "site_language": wishes.site_languages(),
        "time_zone": sorted(wishes.time_zones()),
        "modalities": list(MODALITIES),
        **{name: list(values) for name, values in wishes.CHOICES.items()},
    }


def language_names() -> list[tuple[str, str]]:
    """Return the languages that one may learn in, as (code, name in itself), by name."""
    return wishes.language_names()


def voice_names(*, user: str) -> list[tuple[str, str]] | None:
    """Return the voices that a person can choose from, as (name, label), by language; None where nobody
    can say which there are: then any name may be given."""
    return wishes.voice_names(user)


@transaction.atomic
def set_active(*, users: list[str], active: bool, by: str = "") -> int:
    """Open or block accounts, which `by` does; return how many. Tokens of blocked ones die for good."""
    now, actor = timezone.now(), parse_id(by) if by else None
    rows = User.objects.filter(id__in=[parse_id(each) for each in users], is_active=not active)
    changed = list(rows.select_for_update().values_list("id", flat=True))
    User.objects.filter(id__in=changed).update(is_active=active)
    for each in changed:
        if not active:
            families.end_all(each, now, "blocked")
        trail.write("opened" if active else "blocked", actor, each, {}, now)
    if not active:
        personal.end_all(changed, now)
        programs.end_all(changed)
    return len(changed)
