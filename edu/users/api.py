"""People: accounts, sign-in, tokens, preferences. Ids are strings; times are aware datetimes."""

import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from edu.common import held as holding
from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.common.text import gettext_noop as _
from edu.users import tasks
from edu.users.data import (
    MODALITIES,
    Access,
    AuditCheck,
    AuditEntry,
    BadToken,
    EmailTaken,
    NewPersonalAccess,
    Person,
    PersonalAccess,
    Preferences,
    Program,
    Registration,
    Security,
    Tokens,
    Unconfirmed,
)
from edu.users.logic import access as bearer
from edu.users.logic import (
    accounts,
    addresses,
    asking,
    devices,
    entering,
    factors,
    families,
    held,
    joining,
    keys,
    mail,
    openid,
    personal,
    programs,
    resets,
)
from edu.users.logic import audit as trail
from edu.users.logic import preferences as wishes
from edu.users.models import AuditRecord, PersonalToken, User


@transaction.atomic
def register(
    *, email: str, password: str, display_name: str, time_zone: str = "", invitation: str = ""
) -> Person:
    """Make an account, and send a letter by which its address is confirmed. Raises Invalid (with
    fields), SignUpClosed, InvitationNeeded or EmailTaken. Where addresses have to be confirmed, a taken
    one is not told: the answer is as for a new account, and its owner gets a letter. `invitation` is the
    key of a link; a `time_zone` that is none does not matter."""
    user, letter = joining.join(email, password, display_name, invitation, timezone.now())
    if letter == "confirm":
        joining.begin_days(user, time_zone)
    if asking.allowed(letter, user.email, ""):
        tasks.write_letter.delay_on_commit(letter, user.email)
    return accounts.person_of(user)


@transaction.atomic
def register_from_outside(*, email: str, display_name: str, confirmed: bool, where: str) -> Person:
    """Make an account for somebody who signed in elsewhere, at `where`, which says whether it has
    `confirmed` the address. The password is one that nobody knows. Raises as `register` does; EmailTaken
    always, since one account is never taken for another because of an address."""
    if accounts.by_email(email) is not None:
        raise EmailTaken
    person = register(email=email, password=secrets.token_urlsafe(32), display_name=display_name)
    row = accounts.get(parse_id(person.id))
    if confirmed:
        addresses.confirm(row)
    trail.write("outside-joined", row.id, row.id, {"name": where}, timezone.now())
    return person


def registration(*, invitation: str = "") -> Registration:
    """Return whether whoever has this key of an invitation ("": none) may make an account."""
    return joining.terms(invitation, timezone.now())


@transaction.atomic
def invite(*, by: str, email: str = "", note: str = "") -> str:
    """Invite somebody to make an account and return the id of the invitation: whoever has its link, or
    only the owner of `email`, who gets it by mail. Raises Invalid (field "email")."""
    made, letter = joining.invite(parse_id(by), email, note, timezone.now())
    if letter:
        tasks.send_mail.delay_on_commit(str(letter))
    return str(made)


def invitation_link(*, invitation: str) -> str:
    """Return the link of an invitation (by its id)."""
    return joining.link(parse_id(invitation))


def sign_in(*, email: str, password: str, address: str = "") -> Person:
    """Return whose e-mail address and password these are; failures are counted for each account and
    network `address`.
    Raises BadCredentials, the same and after the same work whether the account exists, is blocked,
    or has another password; TooManyFailures after ten of them in ten minutes; Unconfirmed when all is
    right, but the site asks for a confirmed e-mail address.
    """
    user = entering.by_password(email, password, address, timezone.now())
    if not may_enter(user=str(user.id)):
        raise Unconfirmed
    return accounts.person_of(user)


def may_enter(*, user: str) -> bool:
    """Whether this site lets the person in: their address is confirmed, or need not be."""
    return not settings.EDU_REQUIRE_VERIFIED_EMAIL or confirmed(user=user)


def confirmed(*, user: str) -> bool:
    """Whether a person has confirmed their e-mail address; raise NoSuchPerson."""
    return addresses.confirmed(accounts.get(parse_id(user)))


def issue_tokens(*, email: str, password: str, address: str = "", otp: str = "") -> Tokens:
    """Sign a program in: an access and a refresh token. Raises as `sign_in` does; for an account with a
    second step CodeNeeded without an `otp`, and WrongCode for one that is wrong."""
    person = sign_in(email=email, password=password, address=address)
    now, user = timezone.now(), parse_id(person.id)
    entering.second_step(accounts.get(user), otp, now)
    with transaction.atomic():
        trail.write("sign-in", user, user, {"for": "program", "address": address}, now)
        return families.begin(user, now)


def refresh_tokens(*, refresh: str) -> Tokens:
    """Give the next pair for a refresh token, which is dead from now on. Raises BadToken; when the
    token had been used before, its whole family ends (whoever has the newer one is out too)."""
    tokens = families.rotate(refresh, timezone.now())
    if tokens is None:
        raise BadToken
    return tokens


def revoke(*, refresh: str) -> None:
    """Sign a program out: its family of tokens ends. A token that is not ours is no error."""
    families.end(refresh, timezone.now())


def confirm_person(*, user: str, password: str = "", code: str = "") -> None:
    """Make sure that it is this person, by password or `code`. Raises Invalid, TooManyFailures."""
    entering.prove(accounts.get(parse_id(user)), password, code, timezone.now())


def held_of_person(*, user: str) -> list[holding.Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, held.names(parse_id(user)))


def export_person(*, user: str) -> holding.Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, held.names(parse_id(user)))


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person's account; return how many rows went, by table."""
    return held.erase(parse_id(user), timezone.now())


def access_of(*, access: str) -> Access:
    """Return whose bearer token this is and what it may do; raise BadToken."""
    if access.startswith(personal.PREFIX):
        return personal.access(access, timezone.now())
    if access.count(".") == 2:  # a JWT; what programs of others get has no dots
        return bearer.of_sign_in(access)
    return programs.access(access, timezone.now())


def user_of_access(*, access: str, scope: str = "") -> str:
    """Return the id of the person whose bearer token this is; raise BadToken, or ScopeMissing when it
    was not made for `scope`."""
    found = access_of(access=access)
    if scope:
        found.need(scope)
    return found.user


def public_keys() -> list[dict[str, str]]:
    """Return the JSON Web Keys by which anybody can verify our tokens: of access tokens, the newest
    first, then of ID tokens."""
    return keys.public()


def rotate_keys() -> int:
    """Let new keys sign from now on, in all processes; return how many verify. Nobody is signed out: a
    key that signed goes when its last token has run out. Raises Conflict where EDU_JWT_KEY is set."""
    keys.rotate(timezone.now())
    return len(keys.public())


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


def preferences(*, user: str) -> Preferences:
    """Return how a person likes to learn; raise NoSuchPerson."""
    return person(user=user).preferences


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
            row.preferences = wishes.changed(row.preferences, preferences)
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
        "time_zone": sorted(wishes.time_zones()),
        "modalities": list(MODALITIES),
        **{name: list(values) for name, values in wishes.CHOICES.items()},
    }


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


def audit(
    *, action: str, by: str = "", about: str = "", detail: dict[str, Any] | None = None
) -> int:
    """Write down for good that `by` did something that concerns `about` (ids of people; "": nobody
    known), and return the record's number. `action` is one of data.AUDITED, `detail` names and plain
    values. Called by other apps before or after their own transaction, as every api."""
    actor, whom = (parse_id(each) if each else None for each in (by, about))
    return trail.write(action, actor, whom, detail or {}, timezone.now())


def history(*, user: str, cursor: str | None = None, limit: int = 50) -> Page[AuditEntry]:
    """Return what the audit trail says about one person, the newest first."""
    rows = AuditRecord.objects.filter(about=parse_id(user))
    page = page_of(rows, order="-number", cursor=cursor, limit=limit, to_data=lambda row: row)
    return Page(trail.entries(page.items), page.next, page.previous)


def check_audit() -> AuditCheck:
    """Read the whole audit trail and say whether its chain holds."""
    return AuditCheck(*trail.broken())


def make_token(
    *, user: str, name: str, scopes: list[str], days: int, maker: str = ""
) -> NewPersonalAccess:
    """Make a personal access token; it is in the answer and never again. `maker` is the id of the
    token that asks for it ("": the person does), beyond which it cannot go. Raises Invalid (fields
    "name", "scopes", "days"), ScopeMissing, and Conflict at 50 tokens."""
    now, owner = timezone.now(), parse_id(user)
    with transaction.atomic():
        plain, row = personal.make(owner, name, scopes, days, maker, now)
        told = {"name": row.name, "scopes": row.scopes, "until": row.expires_at.isoformat()}
        trail.write("token-made", owner, owner, told, now)
    return NewPersonalAccess(plain, personal.data(row))


def tokens_of(*, user: str, cursor: str | None = None, limit: int = 50) -> Page[PersonalAccess]:
    """Return a person's tokens that were not ended, the expired ones too, the newest first."""
    rows = PersonalToken.objects.filter(user_id=parse_id(user), dead_at=None)
    return page_of(rows, order="-id", cursor=cursor, limit=limit, to_data=personal.data)


def programs_of(*, user: str) -> list[Program]:
    """Return the programs of others that hold something of a person, by name."""
    return programs.of_person(parse_id(user), timezone.now())


@transaction.atomic
def end_program(*, user: str, program: str) -> None:
    """Take back all that a program holds of this person. Raises NotFound."""
    owner = parse_id(user)
    name = programs.end(owner, program)
    trail.write("program-ended", owner, owner, {"name": name}, timezone.now())


def sign_id_token(*, claims: dict[str, Any]) -> str:
    """Return the claims about a person as a signed ID token of OpenID Connect."""
    return openid.signed(claims)


def id_token_claims(*, token: str) -> dict[str, Any]:
    """Return what an ID token of ours says; raise BadToken."""
    return openid.claims_of(token)


@transaction.atomic
def end_token(*, user: str, token: str) -> None:
    """End a token (by its id) of this person, and those that it made. Raises NotFound."""
    now, owner = timezone.now(), parse_id(user)
    row = personal.end(owner, token, now)
    trail.write("token-ended", owner, owner, {"name": row.name}, now)


def post_letter(*, to: str, subject: str, body: str) -> None:
    """Send plain text to one e-mail address: by the mail server, or without one to the mailbox."""
    letter = mail.write(to, subject, body, timezone.now())
    tasks.send_mail.delay_on_commit(str(letter))


def ask_letter(*, kind: str, email: str, address: str = "") -> None:
    """Send the letter "confirm" or "reset" to whoever has this e-mail address. Whether anybody has is
    not told: a worker looks. `address` is the network address that asks. Raises AskedTooOften."""
    if kind not in ("confirm", "reset"):
        raise Invalid(fields={"kind": _("There is no such letter.")})
    if asking.allowed(kind, email, address):
        tasks.write_letter.delay_on_commit(kind, email.strip().lower()[:300])


def address_of_link(*, key: str) -> str:
    """Return which e-mail address the link with this `key` confirms; raise DeadLink."""
    return addresses.by_key(key).email


@transaction.atomic
def confirm_address(*, key: str) -> Person:
    """Confirm the e-mail address of the link with this `key`; raise DeadLink."""
    user = addresses.by_key(key)
    addresses.confirm(user)
    return accounts.person_of(user)


def person_of_reset(*, key: str) -> Person:
    """Return whose password the link with this `key` changes; raise DeadLink."""
    return accounts.person_of(resets.by_key(key))


@transaction.atomic
def reset_password(*, key: str, new: str) -> Person:
    """Change a password by the link of a letter; all sign-ins end, and the address is confirmed, since
    the link was read there. Raises DeadLink, or Invalid for field "new"."""
    row = resets.by_key(key, lock=True)
    row.set_password(accounts.judge(new, row, "new"))
    row.save(update_fields=["password"])
    families.end_all(row.id, timezone.now(), "password")
    addresses.confirm(row)
    trail.write("password", row.id, row.id, {"set_by": "a link by mail"}, timezone.now())
    return accounts.person_of(row)


def post_code(*, email: str, code: str) -> None:
    """Send a `code` to sign in with to whoever has this e-mail address; a worker finds out who."""
    tasks.write_letter.delay_on_commit("code", email.strip().lower()[:300], code)


def security(*, user: str, session: str = "") -> Security:
    """Return how a person signs in, and where they are signed in; `session` is the key of the one that
    asks. Raises NoSuchPerson."""
    row = accounts.get(parse_id(user))
    return Security(
        confirmed=addresses.confirmed(row),
        factors=factors.of(row),
        codes_left=factors.codes_left(row),
        devices=devices.of(row, session),
    )


@transaction.atomic
def remove_second_steps(*, user: str, by: str) -> None:
    """Take the app, the passkeys and the recovery codes off an account whose owner lost them, which an
    administrator (`by`) does; they sign in by the password alone then. Raises NoSuchPerson."""
    row = accounts.get(parse_id(user))
    if factors.remove_all(row):
        told = {"kind": "all", "set_by": "an administrator"}
        trail.write("second-step-removed", parse_id(by), row.id, told, timezone.now())


def end_device(*, user: str, device: str) -> None:
    """Sign a person out in one browser (by the id of a Device). Raises NoSuchDevice."""
    devices.end(accounts.get(parse_id(user)), device)


def end_other_devices(*, user: str, session: str) -> int:
    """Sign a person out in all browsers but the one of `session`; return how many they were."""
    return devices.end_others(accounts.get(parse_id(user)), session)


def for_code(*, email: str) -> str:
    """Return the id of whom a code to sign in may be sent to, "" for nobody."""
    user = accounts.by_email(email)
    if user is None or not user.is_active:
        return ""
    addresses.row(user)  # which the right code confirms
    return str(user.id)
