"""Accounts whose address nobody has confirmed: somebody chose their password, but that was perhaps not
whoever reads the mail of the address. Only the latter gets in for good."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.utils.crypto import constant_time_compare, salted_hmac

from edu.users.logic import (
    accounts,
    addresses,
    audit,
    factors,
    families,
    minors,
    personal,
    programs,
    readdressing,
)
from edu.users.models import Guardian, User


def mark(user: User) -> str:
    """Return what a browser keeps in which the password of the account was chosen."""
    return salted_hmac("edu.users.chosen", user.password, algorithm="sha256").hexdigest()


def chosen(user: User, kept: str) -> bool:
    """Whether that is a mark of the password that the account has now."""
    return constant_time_compare(mark(user), kept)


def guardians(user: User) -> list[str]:
    """Return the names of those who would stand for the owner of an address that is not confirmed."""
    if addresses.confirmed(user):
        return []
    rows = Guardian.objects.filter(child=user).select_related("guardian").order_by("id")
    return [row.guardian.display_name for row in rows]


def take(user: User, password: str, keep_guardians: bool, now: datetime) -> None:
    """Give the account, which its caller has locked, to whoever reads its mail and chooses `password`: what
    another may have hung on it is no more. Raises Invalid for field "new"."""
    user.set_password(accounts.judge(password, user, "new"))
    user.save(update_fields=["password"])
    families.end_all(user.id, now, "password")
    personal.end_all([user.id], now)
    programs.end_all([user.id])
    readdressing.cancel(user)
    SocialAccount.objects.filter(user=user).delete()
    factors.remove_all(user)
    if not keep_guardians:
        for row in Guardian.objects.filter(child=user):
            minors.unlink(row.guardian_id, user.id, user.id, now)
    addresses.confirm(user)
    audit.write("password", user.id, user.id, {"set_by": "a link by mail"}, now)
