"""Bearer tokens for programs, the site's session for its own pages."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from edu.common.ids import parse_id
from edu.users import api
from edu.users.data import Access, BadToken


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access>`; anything wrong with it is a 401 that names the scheme."""

    def authenticate(self, request: Request) -> tuple[Any, Access] | None:
        """Return the account and what its token may do, or None when there is no bearer token."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        try:
            if len(words) != 2:
                raise BadToken
            access = api.access_of(access=words[1].decode("ascii", "replace"))
        except BadToken as error:
            raise AuthenticationFailed(error.detail) from None
        return _account(access.user), access

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 says in WWW-Authenticate."""
        return 'Bearer realm="edu"'


def _account(user: str) -> Any:
    """Return the account of a good token: that it is there and not blocked was read with the token, and
    calls go by its id, so that no field of it is read before one is asked for."""
    return get_user_model().from_db(DEFAULT_DB_ALIAS, ["id"], [parse_id(user)])


class SiteSessionAuthentication(SessionAuthentication):
    """The site's cookie; what changes something needs the CSRF token too."""

    def authenticate_header(self, request: Request) -> str:
        """Make a missing sign-in a 401, as for programs, and not a 403."""
        return 'Bearer realm="edu"'


class BearerScheme(OpenApiAuthenticationExtension):
    """How the API's documents show it."""

    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The `access` token of `auth/token`, a personal access token, or what "
            "a program got by OAuth (`/.well-known/openid-configuration`). The last two need the "
            "scope that a call names.",
        }


class SessionScheme(OpenApiAuthenticationExtension):
    """How the API's documents show it."""

    target_class = SiteSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        from django.conf import settings

        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The site's session, with `X-CSRFToken` for what changes something.",
        }
