"""ID tokens of OpenID Connect: signed with RS256, which every client library can verify."""

import json
from typing import Any

import jwt
from django.conf import settings

from edu.users.data import BadToken
from edu.users.logic import keys


def signed(claims: dict[str, Any]) -> str:
    """Return `claims` as a token signed by the key in force."""
    key = keys.of_openid()[0]
    plain = json.loads(json.dumps(claims, default=str))
    return jwt.encode(plain, key.pem, algorithm="RS256", headers={"kid": key.jwk["kid"]})


def claims_of(token: str) -> dict[str, Any]:
    """Return what an ID token of ours says, to whomever it was given; raise BadToken."""
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        key = next((each for each in keys.of_openid() if each.jwk["kid"] == kid), None)
        if key is None:
            raise BadToken
        return jwt.decode(
            token,
            jwt.PyJWK(key.jwk).key,
            algorithms=["RS256"],
            issuer=settings.EDU_PUBLIC_URL,
            options={"verify_aud": False, "require": ["exp", "iat", "iss", "aud", "sub", "jti"]},
        )
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise BadToken from None
