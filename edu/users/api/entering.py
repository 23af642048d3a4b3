"""Signing in: sessions of the site, and tokens of programs."""

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.data import Access, BadToken, Person, Tokens
from edu.users.logic import access as bearer
from edu.users.logic import accounts, addresses, entering, families, keys, personal, programs, roles
from edu.users.logic import audit as trail


def sign_in(
    *,
    email: str = "",
    password: str,
    address: str = "",
    class_code: str = "",
    username: str = "",
) -> Person:
    """Return whose e-mail address and password these are, or, with a `class_code`, which pupil's
    `username`; failures are counted for each account and network `address`.
    Raises BadCredentials, the same and after the same work whether the account exists, is blocked,
    has another password, or an address that the site wants confirmed first; TooManyFailures after ten
    of them in ten minutes.
    """
    now = timezone.now()
    if class_code:
        user = entering.by_class(class_code, username, password, address, now)
    else:
        user = entering.by_password(email, password, address, now)
    return accounts.person_of(user)


def may_enter(*, user: str) -> bool:
    """Whether this site lets the person in: their address is confirmed, or need not be, or they have
    none, since their teacher vouches for them."""
    return addresses.lets_in(accounts.get(parse_id(user)))


def confirmed(*, user: str) -> bool:
    """Whether a person has confirmed their e-mail address; raise NoSuchPerson."""
    return addresses.confirmed(accounts.get(parse_id(user)))


def issue_tokens(
    *,
    email: str = "",
    password: str,
    address: str = "",
    otp: str = "",
    class_code: str = "",
    username: str = "",
) -> Tokens:
    """Sign a program in: an access and a refresh token. Raises as `sign_in` does; for an account with a
    second step CodeNeeded without an `otp`, and WrongCode for one that is wrong."""
    person = sign_in(
        email=email,
        password=password,
        address=address,
        class_code=class_code,
        username=username,
    )
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


def access_of(*, access: str) -> Access:
    """Return whose bearer token this is and what it may do; raise BadToken, for tokens of those too who
    may not use programs any more."""
    if access.count(".") == 2:  # a JWT; what programs of others get has no dots
        return bearer.of_sign_in(access)
    of_ours = access.startswith(personal.PREFIX)
    found = (personal if of_ours else programs).access(access, timezone.now())
    if "use_programs" not in roles.of_id(parse_id(found.user)):
        raise BadToken
    return found


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
