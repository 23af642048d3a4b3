"""Personal access tokens: made for some scopes and some days, shown once, kept as a hash."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from edu.common.clean import line
from edu.common.errors import Conflict, Invalid, NotFound
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.users.data import SCOPES, Access, BadToken, PersonalAccess, ScopeMissing
from edu.users.models import PersonalToken, User

PREFIX = "edu_pat_"  # so that scanners for leaked secrets know one, and we do at a glance
MOST = 50  # tokens in force for one person
LONGEST = 366  # days
USED = timedelta(minutes=1)  # how exactly the last use is kept


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def data(row: PersonalToken) -> PersonalAccess:
    """Return the token as data; what it is itself nobody knows any more."""
    return PersonalAccess(
        id=str(row.id),
        name=row.name,
        scopes=list(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )


def _checked(name: object, scopes: object, days: object) -> tuple[str, list[str], int]:
    wrong: dict[str, str] = {}
    named = ""
    try:
        named = line(name, field="name", most=100)
    except Invalid as error:
        wrong |= error.fields
    chosen = set(scopes) if isinstance(scopes, list | tuple) else set()
    if not chosen:
        wrong["scopes"] = _("Choose at least one thing that it may do.")
    elif not chosen <= set(SCOPES):
        wrong["scopes"] = _("There is no such scope.")
    if not isinstance(days, int) or not 1 <= days <= LONGEST:
        wrong["days"] = _("Choose from 1 to 366 days.")
    if wrong:
        raise Invalid(fields=wrong)
    return named, [each for each in SCOPES if each in chosen], int(str(days))


def make(
    user: UUID, name: object, scopes: object, days: object, maker: str, now: datetime
) -> tuple[str, PersonalToken]:
    """Make a token; return it, for this one time, and its row. `maker` is the id of the token that
    asks for it ("": the person does). A token makes none that may do more, or lives longer, than
    itself; and what it made ends with it."""
    named, chosen, length = _checked(name, scopes, days)
    User.objects.select_for_update().get(id=user)  # two at once do not pass the limit together
    alive = PersonalToken.objects.filter(user_id=user, dead_at=None, expires_at__gt=now)
    if alive.count() >= MOST:
        raise Conflict(_("You have 50 tokens in force. End some first."))
    ends, parent = now + timedelta(days=length), None
    if maker:
        parent = alive.get(id=maker)
        lacking = [each for each in chosen if each not in parent.scopes]
        if lacking:
            raise ScopeMissing(lacking[0])
        ends = min(ends, parent.expires_at)
    plain = PREFIX + secrets.token_urlsafe(32)
    row = PersonalToken.objects.create(
        user_id=user,
        name=named,
        digest=_digest(plain),
        scopes=chosen,
        made_by=parent,
        created_at=now,
        expires_at=ends,
    )
    return plain, row


def access(token: str, now: datetime) -> Access:
    """Return what `token` stands for; raise BadToken when it is not, or no longer, good."""
    found = (
        PersonalToken.objects.filter(
            digest=_digest(token), dead_at=None, expires_at__gt=now, user__is_active=True
        )
        .values("id", "user_id", "scopes")
        .first()
    )
    if found is None:
        raise BadToken
    seldom = Q(used_at=None) | Q(used_at__lt=now - USED)
    PersonalToken.objects.filter(seldom, id=found["id"]).update(used_at=now)
    return Access(str(found["user_id"]), "personal", str(found["id"]), list(found["scopes"]))


def end(user: UUID, token: str, now: datetime) -> PersonalToken:
    """End one token of `user` and all that it made; raise NotFound for anything else."""
    row = PersonalToken.objects.filter(id=parse_id(token), user_id=user, dead_at=None).first()
    if row is None:
        raise NotFound
    family, fresh = {row.id}, {row.id}
    while fresh:
        made = PersonalToken.objects.filter(made_by_id__in=fresh).exclude(id__in=family)
        fresh = set(made.values_list("id", flat=True))
        family |= fresh
    PersonalToken.objects.filter(id__in=family, dead_at=None).update(dead_at=now)
    return row


def end_all(users: list[UUID], now: datetime) -> None:
    """End all tokens of these people."""
    PersonalToken.objects.filter(user_id__in=users, dead_at=None).update(dead_at=now)


def forget(now: datetime, days: int = 90) -> int:
    """Delete tokens that have been dead or expired for `days`; return how many rows went."""
    long_ago = now - timedelta(days=days)
    old = PersonalToken.objects.filter(Q(dead_at__lt=long_ago) | Q(expires_at__lt=long_ago))
    return old.delete()[0]
