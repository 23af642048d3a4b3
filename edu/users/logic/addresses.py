"""Who has shown that an e-mail address is theirs. The rows are django-allauth's; an account has one
address, the one on its own row."""

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.urls import reverse

from edu.common.held import NOBODY
from edu.users.data import DeadLink
from edu.users.models import User


def row(user: User) -> EmailAddress:
    """Return the row of the account's address; make it, as not confirmed, when there is none."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()  # it was changed
    return EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"primary": True}
    )[0]


def confirmed(user: User) -> bool:
    """Whether somebody who reads the mail of this address has confirmed it."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def lets_in(user: User | None) -> bool:
    """Whether the site lets somebody in as far as their address goes: it is confirmed, or need not be, or
    they have none, since their teacher vouches for them. For nobody (None) after the same work."""
    if not settings.EDU_REQUIRE_VERIFIED_EMAIL:
        return True
    whose = {"user_id": user.id, "email": user.email} if user else {"user_id": NOBODY, "email": ""}
    found = EmailAddress.objects.filter(**whose, verified=True).exists()
    return found or (user is not None and user.email is None)


def confirm(user: User) -> None:
    """Note that the address is theirs: they opened a link, or typed a code, that was sent there."""
    # An account that had this address before, and was given another one, has no claim to it now.
    EmailAddress.objects.filter(email=user.email).exclude(user=user).delete()
    address = row(user)
    if not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])


def link(user: User) -> str:
    """Return the link that confirms the address; it is signed, and dies after three days."""
    key = EmailConfirmationHMAC(row(user)).key
    return settings.EDU_PUBLIC_URL + reverse("confirm-address", args=[key])


def by_key(key: str) -> User:
    """Return whose address a link's `key` confirms; raise DeadLink when it is wrong, old, or confirmed."""
    found = EmailConfirmationHMAC.from_key(key)
    if found is not None:
        owner = User.objects.filter(id=found.email_address.user_id, is_active=True).first()
        if owner is not None and owner.email == found.email_address.email:
            return owner
    raise DeadLink
