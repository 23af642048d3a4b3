"""The second step of signing in: authenticator apps, passkeys and recovery codes (django-allauth's)."""

from allauth.mfa.models import Authenticator

from edu.users.data import Factor
from edu.users.models import User

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needed(user: User) -> bool:
    """Whether a password alone does not let this person in."""
    return Authenticator.objects.filter(user=user, type__in=STEPS).exists()


def right(user: User, code: str) -> bool:
    """Whether `code` is what the person's app shows now, or an unused recovery code: it is used then."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    usable = "".join(code.split())[:20]
    rows = Authenticator.objects.filter(user=user, type__in=kinds).order_by("-type")
    return bool(usable) and any(row.wrap().validate_code(usable) for row in rows)


def of(user: User) -> list[Factor]:
    """Return what the person set up: the app, and each passkey."""
    rows = Authenticator.objects.filter(user=user, type__in=STEPS).order_by("created_at")
    return [
        Factor(
            id=str(row.pk),
            kind="app" if row.type == Authenticator.Type.TOTP else "passkey",
            name=row.data.get("name", ""),
            created_at=row.created_at,
            used_at=row.last_used_at,
        )
        for row in rows
    ]


def codes_left(user: User) -> int:
    """Return how many recovery codes are unused."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else 0


def remove_all(user: User) -> int:
    """Take off all that the person set up, recovery codes too; return how many they were."""
    return Authenticator.objects.filter(user=user).delete()[0]
