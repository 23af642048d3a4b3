"""Programs of others: what they hold of a person by OAuth, and how that ends. The tables are
django-oauth-toolkit's; here is all that the rest of the app asks of them."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q
from oauth2_provider.models import (
    AccessToken,
    Application,
    Grant,
    RefreshToken,
    clear_expired,
)
from oauth2_provider.oauth2_validators import validate_resource_as_url_prefix

from edu.common.errors import NotFound
from edu.users.data import SCOPES, Access, BadToken, Program


def access(token: str, now: datetime) -> Access:
    """Return what a program's access token stands for; raise BadToken when it is not, or no longer,
    good. A program that signed in for itself (client credentials) acts for its owner."""
    digest = hashlib.sha256(token.encode(errors="replace")).hexdigest()
    row = (
        AccessToken.objects.filter(token_checksum=digest, expires__gt=now)
        .select_related("user", "application__user")
        .first()
    )
    user = row and (row.user or (row.application and row.application.user))
    if row is None or user is None or not user.is_active:
        raise BadToken
    if not validate_resource_as_url_prefix(f"{settings.EDU_PUBLIC_URL}/api/v1/", row.resource):
        raise BadToken  # it was made for another service
    scopes = [each for each in row.scope.split() if each in SCOPES]
    return Access(str(user.pk), "program", str(row.pk), scopes)


def of_person(user: UUID, now: datetime) -> list[Program]:
    """Return the programs that hold something of a person, by name."""
    refresh = RefreshToken.objects.filter(user_id=user, revoked=None)
    access_tokens = AccessToken.objects.filter(user_id=user).filter(
        Q(expires__gt=now) | Q(refresh_token__in=refresh)
    )
    since = dict(
        access_tokens.values_list("application_id").annotate(latest=Max("created")).order_by()
    )
    scopes: dict[int, set[str]] = {}
    for application, scope in access_tokens.values_list("application_id", "scope"):
        scopes.setdefault(application, set()).update(scope.split())
    return [
        Program(
            id=str(row.pk),
            name=row.name or row.client_id,
            scopes=sorted(scopes[row.pk]),
            renewed_at=since[row.pk],
        )
        for row in Application.objects.filter(pk__in=scopes).order_by("name", "pk")
    ]


def end(user: UUID, program: str) -> str:
    """Take back all that `program` holds of `user`; return its name, or raise NotFound."""
    found = Application.objects.filter(pk=int(program)).first() if program.isdecimal() else None
    if found is None or not _take_back([user], found.pk):
        raise NotFound
    return str(found.name or found.client_id)


def end_all(users: list[UUID]) -> None:
    """Take back all that any program holds of these people."""
    _take_back(users)
    AccessToken.objects.filter(user=None, application__user_id__in=users).delete()


def _take_back(users: list[UUID], application: int | None = None) -> int:
    which = Q(user_id__in=users)
    if application is not None:
        which &= Q(application_id=application)
    return sum(
        each.objects.filter(which).delete()[0] for each in (RefreshToken, AccessToken, Grant)
    )


def forget() -> None:
    """Delete tokens and codes that ran out."""
    clear_expired()
