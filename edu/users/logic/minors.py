"""The age of consent, asked for where the site says so; wishes for accounts that wait for consent."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from edu.common.errors import Invalid, NotFound
from edu.common.held import NOBODY
from edu.common.ids import parse_id
from edu.common.purposes import GUARDIAN
from edu.common.text import gettext_noop as _
from edu.users import data
from edu.users.data import DeadLink, EmailTaken, NotYoursToDecide
from edu.users.logic import accounts, addresses, audit, consents, joining, mail, pupils
from edu.users.models import ConsentRequest, Guardian, Invitation, Minor, User

WAITS = timedelta(days=7)
OLDEST = 130


def below(birth_year: int | None, now: datetime) -> bool:
    """Whether somebody born in this year is below the age of consent, or may be: who reaches it this
    year counts from the next one on. False where the site does not ask; raise Invalid (field
    "birth_year") where it does and is not told."""
    if not settings.EDU_CONSENT_AGE:
        return False
    if birth_year is None or not now.year - OLDEST <= birth_year <= now.year:
        raise Invalid(fields={"birth_year": _("Give the year in which you were born.")})
    return _until(birth_year) > now.year


def _until(birth_year: int) -> int:
    return birth_year + settings.EDU_CONSENT_AGE + 1


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def told(row: ConsentRequest) -> data.ConsentRequest:
    """Return a wish as data."""
    return data.ConsentRequest(str(row.id), row.display_name, row.email, row.created_at + WAITS)


@transaction.atomic
def ask(
    email: str,
    password: str,
    display_name: str,
    birth_year: int,
    guardian_email: str,
    class_code: str,
    invitation: str,
    now: datetime,
) -> tuple[ConsentRequest, UUID | None]:
    """Keep the wish of somebody below age, and write to the guardian; return it with the id of the
    letter. Raises Invalid and EmailTaken, and what `joining.admit` raises."""
    invited = joining.admit(str(email).strip().lower(), invitation, now)
    kept = accounts.checked(email, password, display_name)
    guardian, code = _asked(kept.email or "", guardian_email, class_code)
    taken = User.objects.filter(email=kept.email).exists()
    if taken and not settings.EDU_REQUIRE_VERIFIED_EMAIL:
        raise EmailTaken
    key = secrets.token_urlsafe(24)
    row = ConsentRequest.objects.create(
        email=kept.email or "",
        display_name=kept.display_name,
        password=make_password(password),
        until=_until(birth_year),
        guardian_email=guardian,
        class_code=code,
        digest=_digest(key),
        created_at=now,
    )
    if invited is not None:
        invited.used_at = now
        invited.save(update_fields=["used_at"])
    return row, _write(row, key, now) if guardian else None


def _asked(email: str, guardian_email: str, class_code: str) -> tuple[str, str]:
    """Return who is asked: the guardian's address, and the code of a class; one of them at least."""
    code = pupils.bare_code(class_code)
    if not guardian_email.strip():
        if not code:
            words = _("Give the e-mail address of a parent or guardian, or the code of your class.")
            raise Invalid(fields={"guardian_email": words})
        return "", code
    try:
        guardian = accounts.address(guardian_email)
    except Invalid as error:
        raise Invalid(fields={"guardian_email": error.fields["email"]}) from None
    if guardian == email:
        raise Invalid(fields={"guardian_email": _("This is your own address.")})
    return guardian, code


def _write(row: ConsentRequest, key: str, now: datetime) -> UUID:
    """Write to the guardian. Where accounts need an invitation, the letter brings one."""
    context = {"site": settings.EDU_PUBLIC_URL, "name": row.display_name, "invitation": ""}
    context["link"] = settings.EDU_PUBLIC_URL + reverse("consent-request", args=[key])
    if settings.EDU_REGISTRATION[0] != "open" and accounts.by_email(row.guardian_email) is None:
        made = Invitation.objects.create(
            email=row.guardian_email, made_by=NOBODY, created_at=now, expires_at=now + WAITS
        )
        context["invitation"] = joining.link(made.id)
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("users/mail/guardian.txt", context)
    subject, _newline, body = text.partition("\n")
    return mail.write(row.guardian_email, subject, body.strip() + "\n", now)


def by_key(key: str, now: datetime, *, lock: bool = False) -> ConsentRequest:
    """Return the wish that a guardian's link is about; raise DeadLink."""
    rows = ConsentRequest.objects.select_for_update() if lock else ConsentRequest.objects.all()
    row = rows.filter(digest=_digest(key), created_at__gt=now - WAITS).first()
    if row is None:
        raise DeadLink
    return row


def by_id(request: str, class_code: str | None, now: datetime) -> ConsentRequest:
    """Return a wish, locked, of those that name this class (None: of all); raise NotFound."""
    rows = ConsentRequest.objects.select_for_update().filter(created_at__gt=now - WAITS)
    if class_code is not None:
        rows = rows.filter(class_code=pupils.bare_code(class_code)).exclude(class_code="")
    row = rows.filter(id=parse_id(request)).first()
    if row is None:
        raise NotFound
    return row


def of_class(class_code: str, now: datetime) -> list[data.ConsentRequest]:
    """Return the wishes that name a class, the oldest first."""
    rows = ConsentRequest.objects.filter(
        class_code=pupils.bare_code(class_code), created_at__gt=now - WAITS
    )
    return [told(row) for row in rows.exclude(class_code="").order_by("id")[:200]]


def accept(
    row: ConsentRequest, by: UUID, capacity: str, purposes: list[str], now: datetime
) -> User | None:
    """Make the account that was wished for, with what `by` consents to; the wish goes. A wish holds no
    address: where somebody has it by now, nothing is made, and that is None where taken addresses are
    not told, else EmailTaken. A minor consents for nobody. Raises NotYoursToDecide, NotFound for a
    purpose."""
    if consents.minor(by, now):
        raise NotYoursToDecide
    wanted = [consents.known(each) for each in dict.fromkeys(["account", *purposes])]
    user = User(email=row.email, display_name=row.display_name, password=row.password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        if not settings.EDU_REQUIRE_VERIFIED_EMAIL:
            raise EmailTaken from None
        row.delete()
        return None
    addresses.row(user)
    Minor.objects.create(user=user, until=row.until)
    if capacity == GUARDIAN:
        link(by, user.id, by, now)
    for purpose in wanted:
        if capacity in purpose.minors:
            consents.write(user.id, purpose, True, by, capacity, now)
    row.delete()
    return user


def link(guardian: UUID, child: UUID, by: UUID, now: datetime) -> None:
    """Let somebody stand for a child; both can read that it was done."""
    row = {"made_by": by, "created_at": now}
    made = Guardian.objects.get_or_create(guardian_id=guardian, child_id=child, defaults=row)[1]
    if made:
        for about in (child, guardian):
            audit.write("guardian", by, about, {}, now)


def unlink(guardian: UUID, child: UUID, by: UUID, now: datetime) -> None:
    """End that."""
    if Guardian.objects.filter(guardian_id=guardian, child_id=child).delete()[0]:
        for about in (child, guardian):
            audit.write("guardian-ended", by, about, {}, now)


def children(guardian: UUID, now: datetime) -> list[User]:
    """Return those for whom somebody stands now, by name."""
    linked = Guardian.objects.filter(guardian_id=guardian).values("child_id")
    rows = User.objects.filter(id__in=linked, is_active=True).order_by("display_name", "id")
    return [row for row in rows[:50] if consents.stands_for(guardian, row.id, now)]


def forget(now: datetime) -> int:
    """Delete the wishes that nobody answered; return how many."""
    return ConsentRequest.objects.filter(created_at__lt=now - WAITS).delete()[0]
