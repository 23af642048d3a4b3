"""Access tokens: short, signed, and bound to the sign-in that they came from."""

import time
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt
from django.conf import settings

from edu.common.errors import NotFound
from edu.common.ids import new_id, parse_id
from edu.users.data import Access, BadToken
from edu.users.logic import keys
from edu.users.models import TokenFamily

AUDIENCE = "edu-api"


def make(user: UUID, family: UUID, now: datetime) -> str:
    """Return a token for `user` that is good for EDU_ACCESS_MINUTES from `now`."""
    key = keys.in_force()[0]
    claims = {
        "iss": settings.EDU_PUBLIC_URL,
        "aud": AUDIENCE,
        "sub": str(user),
        "sid": str(family),
        "jti": str(new_id()),
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=settings.EDU_ACCESS_MINUTES)).timestamp()),
    }
    return jwt.encode(claims, key.private, algorithm="EdDSA", headers={"kid": key.kid})


def claims_of(token: str) -> dict[str, Any]:
    """Return what `token` says; raise BadToken when its signature, time or audience is not ours."""
    try:
        kid = str(jwt.get_unverified_header(token).get("kid"))
        if all(each.kid != kid for each in keys.in_force()):
            raise BadToken
        claims = _signed(token, kid, settings.EDU_PUBLIC_URL)
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise BadToken from None
    if claims["exp"] <= time.time():
        raise BadToken
    return claims


@lru_cache(maxsize=4096)
def _signed(token: str, kid: str, issuer: str) -> dict[str, Any]:
    """Return the claims of a token that our key `kid` signed. A program sends the same token again and
    again: its signature is checked once in each process; whether key and token are still good, each
    time."""
    return jwt.decode(
        token,
        next(each.public for each in keys.in_force() if each.kid == kid),
        algorithms=["EdDSA"],
        audience=AUDIENCE,
        issuer=issuer,
        options={"require": ["exp", "iat", "iss", "aud", "sub", "sid"], "verify_exp": False},
    )


def of_sign_in(token: str) -> Access:
    """Return what the access token of a sign-in stands for. It dies with its sign-in (sign-out, reuse,
    a new password) and with the account, not only with its time: a row is read for each request."""
    try:
        claims = claims_of(token)
        family = TokenFamily.objects.filter(
            id=parse_id(claims["sid"]),
            user_id=parse_id(claims["sub"]),
            dead_at=None,
            user__is_active=True,
        )
    except NotFound:
        raise BadToken from None
    user = family.values_list("user_id", flat=True).first()
    if user is None:
        raise BadToken
    return Access(str(user), "sign-in", claims["sid"])
