"""Accounts without an e-mail address: made by a teacher for a class, known by a user name in it."""

import re
import secrets
import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import transaction

from edu.common.clean import line
from edu.common.errors import Invalid, NotFound
from edu.common.purposes import SCHOOL
from edu.common.text import gettext_noop as _
from edu.users import data
from edu.users.logic import accounts, audit, consents, families
from edu.users.models import ClassCode, Minor, Pupil, User

MOST = 60  # names at once
LONGEST = 32  # of a user name, before its number
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def bare_code(code: str) -> str:
    """Return a class code as it is kept, whatever the case and spacing it was typed in."""
    found = "".join(c for c in code[:100].upper() if c.isalnum())
    return found if found.isascii() else ""


def bare_name(name: str) -> str:
    """Return a user name as it is kept."""
    return unicodedata.normalize("NFKC", name[:100]).casefold().strip()


def name_for(display_name: str) -> str:
    """Return what a pupil of this name may be called: its letters and digits, with dots between."""
    words = re.findall(r"[^\W_]+", bare_name(display_name))
    return ".".join(words)[:LONGEST].strip(".") or "pupil"


def password() -> str:
    """Return a password that a child can read and type: one of 500 thousand million."""
    syllables = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _each in range(5)]
    return f"{''.join(syllables[:3])}-{''.join(syllables[3:])}-{secrets.randbelow(900) + 100}"


def tell_code(course: UUID, code: str) -> None:
    """Note that a class is known by this code, too."""
    ClassCode.objects.update_or_create(code=bare_code(code)[:8], defaults={"course": course})


def by_name(class_code: str, username: str) -> User | None:
    """Return who has this user name in the class with this code."""
    known = ClassCode.objects.filter(code=bare_code(class_code)).values("course")
    name = bare_name(username)
    if not name.isprintable():
        return None
    found = Pupil.objects.filter(course__in=known, username=name).select_related("user").first()
    return found.user if found else None


def _names(names: list[str]) -> list[str]:
    found = [each for each in names if each.strip()]
    if not found or len(found) > MOST:
        words = _("Give from 1 to 60 names, each on a line of its own.")
        raise Invalid(fields={"names": words})
    return [line(each, field="names", most=100) for each in found]


def _free(course: UUID, wanted: str) -> str:
    taken = set(
        Pupil.objects.filter(course=course, username__startswith=wanted).values_list(
            "username", flat=True
        )
    )
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}{number}"
    return name


@transaction.atomic
def make(
    by: UUID, course: UUID, code: str, names: list[str], purposes: list[str], now: datetime
) -> list[data.Pupil]:
    """Make an account for each of `names`, below age until somebody says else; the school consents to
    its being kept, and to `purposes`. Raises Invalid for field "names", NotFound for a purpose."""
    wanted = [
        each
        for each in (consents.known(name) for name in ["account", *purposes])
        if SCHOOL in each.minors
    ]
    tell_code(course, code)
    ClassCode.objects.select_for_update().get(code=bare_code(code))  # one list after the other
    made = []
    for display_name in _names(names):
        user, first = User(email=None, display_name=display_name), password()
        user.set_password(first)
        user.save()
        name = _free(course, name_for(display_name))
        Pupil.objects.create(user=user, course=course, username=name, made_by=by, created_at=now)
        Minor.objects.create(user=user)
        audit.write("pupil", by, user.id, {}, now)
        for purpose in {each.name: each for each in wanted}.values():
            consents.write(user.id, purpose, True, by, SCHOOL, now)
        made.append(data.Pupil(str(user.id), display_name, name, first))
    return made


def of(course: UUID) -> list[data.Pupil]:
    """Return the pupils that were made for a class, by user name."""
    rows = Pupil.objects.filter(course=course, user__is_active=True).select_related("user")
    return [
        data.Pupil(str(row.user_id), row.user.display_name, row.username)
        for row in rows.order_by("username")
    ]


@transaction.atomic
def of_age(by: UUID, course: UUID, user: UUID, now: datetime) -> bool:
    """Note that a pupil of this class is of age, who then consents for themselves; return whether they
    were not before. Raises NotFound for anybody else."""
    rows = Pupil.objects.select_for_update(of=("self",))
    if not rows.filter(course=course, user_id=user, user__is_active=True).exists():
        raise NotFound
    gone, _tables = Minor.objects.filter(user_id=user).delete()
    if gone:
        audit.write("of-age", by, user, {}, now)
    return bool(gone)


@transaction.atomic
def new_password(by: UUID, course: UUID, user: UUID, wanted: str, now: datetime) -> data.Pupil:
    """Give a pupil of this class another password, and return it: `wanted`, or one that is made. All
    sign-ins end. Raises NotFound for anybody else, Invalid for field "password"."""
    rows = Pupil.objects.select_for_update(of=("self",)).select_related("user")
    row = rows.filter(course=course, user_id=user, user__is_active=True).first()
    if row is None:
        raise NotFound
    chosen = accounts.judge(wanted, row.user) if wanted else password()
    row.user.set_password(chosen)
    row.user.save(update_fields=["password"])
    families.end_all(row.user_id, now, "password")
    audit.write("password", by, row.user_id, {"set_by": "a teacher"}, now)
    return data.Pupil(str(row.user_id), row.user.display_name, row.username, chosen)
