"""Accounts: made, found, changed. Passwords are judged here, and nowhere else."""

from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from edu.common.clean import line
from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.users.data import EmailTaken, NoSuchPerson, Person, Preferences
from edu.users.logic import roles
from edu.users.models import User

LONGEST_PASSWORD = 1000


def person_of(user: User) -> Person:
    """Return the account as data."""
    return Person(
        id=str(user.id),
        email=user.email or "",
        display_name=user.display_name,
        roles=roles.of(user),
        preferences=Preferences.of(user.preferences),
        created_at=user.created_at,
        picture=user.picture,
    )


def get(user: UUID, *, lock: bool = False) -> User:
    """Return the account, locked for a change when asked; raise NoSuchPerson."""
    rows = User.objects.select_for_update() if lock else User.objects.all()
    found = rows.filter(id=user).first()
    if found is None:
        raise NoSuchPerson
    return found


def by_email(email: str) -> User | None:
    """Return the account with this address, whatever its case."""
    address = email.strip().lower() if isinstance(email, str) else ""
    if not address or len(address) > 254 or not address.isprintable():
        return None
    return User.objects.filter(email=address).first()


def address(email: Any) -> str:
    """Return `email` as it is stored, or raise Invalid."""
    text = line(email, field="email", most=254).lower()
    try:
        validate_email(text)
    except ValidationError:
        raise Invalid(fields={"email": _("This is not an e-mail address.")}) from None
    return text


def judge(password: Any, user: User, field: str = "password") -> str:
    """Return `password` when it is good enough for `user`; raise Invalid with the reasons."""
    if not isinstance(password, str) or not password:
        raise Invalid(fields={field: _("Choose a password.")})
    if len(password) > LONGEST_PASSWORD:
        raise Invalid(fields={field: _("Use at most 1000 characters.")})
    if "\x00" in password or any("\ud800" <= c <= "\udfff" for c in password):
        raise Invalid(fields={field: _("This is not text.")})
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(fields={field: " ".join(error.messages)}) from None
    return password


def checked(email: Any, password: Any, display_name: Any) -> User:
    """Return an account that is not kept yet; raise Invalid for all fields at once."""
    wrong: dict[str, str] = {}
    kept = User()
    try:
        kept.email = address(email)
    except Invalid as error:
        wrong |= error.fields
    try:
        kept.display_name = line(display_name, field="display_name", most=100)
    except Invalid as error:
        wrong |= error.fields
    try:
        judge(password, kept)
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(fields=wrong)
    return kept


def create(email: Any, password: Any, display_name: Any, **more: bool) -> User:
    """Make an account; raise Invalid for all fields at once, or EmailTaken."""
    kept = checked(email, password, display_name)
    if User.objects.filter(email=kept.email).exists():
        raise EmailTaken
    try:
        with transaction.atomic():
            return User.objects.create_user(
                kept.email or "", password, display_name=kept.display_name, **more
            )
    except (IntegrityError, ValidationError):  # somebody took it in between
        raise EmailTaken from None


def pretend(email: str, password: str, display_name: str) -> User:
    """Return what `create` would, after the same work, without an account: for an address that is
    taken, where that must not be told."""
    user = User(
        email=address(email),
        display_name=line(display_name, field="display_name", most=100),
        created_at=timezone.now(),
    )
    user.set_password(password)
    return user
