"""Calls that a link opens, too: for pictures and players of pages elsewhere, which send no header."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from edu.users import api as users
from edu.users.data import BadLink


class Bearer:
    """Whoever a link was made for, as views know people."""

    is_authenticated = True

    def __init__(self, user: str) -> None:
        self.id = self.pk = user


class ByLink(BaseAuthentication):
    """`?link=`: who it was made for asks, for this one address."""

    def authenticate(self, request: Request) -> tuple[Bearer, None] | None:
        """Return the person, or None where there is no link."""
        link = request.query_params.get("link")
        if link is None or request.method not in ("GET", "HEAD"):
            return None
        try:
            return Bearer(users.user_of_link(path=request.path, link=link)), None
        except BadLink as error:
            raise AuthenticationFailed(error.detail) from None

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 says in WWW-Authenticate."""
        return 'Bearer realm="edu"'


class LinkScheme(OpenApiAuthenticationExtension):
    """How the API's documents show it."""

    target_class = ByLink
    name = "link"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        return {
            "type": "apiKey",
            "in": "query",
            "name": "link",
            "description": "Comes with the addresses that the calls for `links` return: good for ten"
            " minutes, for one file and one person.",
        }
