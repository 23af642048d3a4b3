"""REST habits that all apps share: what is read, what is written, how lists page."""

import codecs
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from rest_framework.exceptions import APIException, ParseError
from rest_framework.metadata import BaseMetadata
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.pagination import BasePagination
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from edu.common import strictjson
from edu.common.codec import plain, rfc3339
from edu.gateway.names import snaked

MOST_BYTES = 1_000_000


class BodyTooLarge(APIException):
    """413: more JSON than any call needs."""

    status_code = 413
    default_detail = "A JSON body may have at most 1 MB here."


class StrictJSONParser(JSONParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN or Infinity, no NUL, no half characters, not too deep.

    A view whose `any_text` names fields takes any JSON in these, and has to think of it itself."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the values; raise ParseError or BodyTooLarge."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise BodyTooLarge
        try:
            text = body.removeprefix(codecs.BOM_UTF8).decode("utf-8")
            value = strictjson.read(text)
            about = parser_context or {}
            spared = getattr(about.get("view"), "any_text", ())
            if getattr(about.get("request"), "camel", False):
                value = snaked(value, spared)
            strict = value
            if spared and isinstance(value, dict):
                strict = {name: each for name, each in value.items() if name not in spared}
            strictjson.check(strict)
        except (ValueError, RecursionError) as error:
            raise ParseError(
                gettext("This is not JSON that can be read: %s") % _why(error)
            ) from None
        return value


def _why(error: Exception) -> str:
    return "it is nested too deeply." if isinstance(error, RecursionError) else f"{error}."[:200]


class Encoder(JSONEncoder):
    """Dataclasses as objects and times as UTC with Z, besides what REST framework knows."""

    def default(self, obj: Any) -> Any:
        """Return a JSON value for `obj`."""
        if hasattr(obj, "__dataclass_fields__") and not isinstance(obj, type):
            return plain(obj)
        if hasattr(obj, "tzinfo") and hasattr(obj, "astimezone") and obj.tzinfo is not None:
            return rfc3339(obj)
        return super().default(obj)


class Renderer(JSONRenderer):
    """JSON; the raw cursors in a list's `next` and `previous` become addresses of the same list."""

    encoder_class = Encoder

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        """Return the bytes to send."""
        request = (renderer_context or {}).get("request")
        if isinstance(data, Mapping) and "results" in data and request is not None:
            data = {
                **data,
                **{name: _address(request, data[name]) for name in _ENDS if name in data},
            }
        return super().render(data, accepted_media_type, renderer_context)


_ENDS = ("next", "previous")


def _address(request: Request, cursor: str | None) -> str | None:
    if not cursor or cursor.startswith(("http://", "https://")):
        return cursor or None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class AllowAlone(BaseMetadata):
    """OPTIONS: the header Allow, and no body. What a call takes stands in the schema, and whether a
    thing is there is told by GET to those who may know."""

    def determine_metadata(self, request: Request, view: Any) -> None:
        """Nothing, whoever asks."""


def unread(request: HttpRequest, view: Any) -> bool:
    """Whether `request` brings a body of a media type that `view` (a class of REST framework's) does
    not read. A view that needs no body would not notice."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length == "0" and "chunked" not in request.headers.get("Transfer-Encoding", ""):
        return False
    sent = [parser() for parser in view.parser_classes]
    choose: Any = DefaultContentNegotiation().select_parser
    return choose(_Typed(request.META.get("CONTENT_TYPE", "")), sent) is None


def sane_limit(request: HttpRequest) -> bool:
    """Whether the `limit` of a list, if one is asked for, is a whole number from 1 on. What is more than
    a page holds is brought down to that by the lists."""
    asked = request.GET.getlist("limit") if request.method in ("GET", "HEAD") else []
    return all(each.isascii() and each.isdigit() and each.strip("0") for each in asked)


class _Typed:
    """As much of a request as choosing a parser needs."""

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type


class CursorPages(BasePagination):
    """Describes our lists in the schema. The views page themselves, by their api's cursors."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> None:
        """No view hands a queryset to the web; None means not paged here."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The envelope of every list."""
        end = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": {
                    **end,
                    "description": "The next page; null on the last.",
                    "example": "https://edu.example.org/api/v1/courses?cursor=YVsi...",
                },
                "previous": {
                    **end,
                    "description": "The page before; null on the first.",
                    "example": None,
                },
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What every list takes."""
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "From `next` or `previous` of a page.",
                "schema": {"type": "string"},
            },
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": "How many at most on a page.",
                "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
            },
        ]
