"""OpenAPI: the schema itself, JSON or YAML by Accept, made once in each process."""

import re
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from edu.gateway import scopes, tidy, versions
from edu.gateway.livedocs import LIVE

PROBLEM = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "The same for every problem of this status."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence: what was wrong, what to do."},
        "instance": {"type": "string", "format": "uri-reference"},
        "request_id": {"type": "string", "description": "To quote when something goes wrong."},
        "errors": {
            "type": "array",
            "description": "The bad fields, when there are any.",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Done once for each key; sent again within a day, it gives the same answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
FIELDS = {
    "name": "fields",
    "in": "query",
    "required": False,
    "description": "Only these fields, of one thing or of each in a list: `id,title`; `a.b` goes down.",
    "schema": {"type": "string"},
    "example": "id",
}
KNOWN = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "An ETag that you hold: answered with 304 and nothing more while it is the same.",
    "schema": {"type": "string"},
}
STATE = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what you read: 412 when it has changed since, and nothing is done.",
    "schema": {"type": "string"},
}


def habits(result: dict[str, Any], generator: Any, **_: Any) -> dict[str, Any]:
    """Write into every operation what holds for all: problems, keys that make a POST happen once, and
    what reads and edits can be asked for."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            answers = operation.setdefault("responses", {})
            _scope(path, method, operation)
            for status, answer in answers.items():
                if status[0] in "45":
                    answer["content"] = problem
            answers.setdefault(
                "default", {"description": "Anything else is a problem.", "content": problem}
            )
            given = operation.setdefault("parameters", [])
            if method == "post":
                given.append(ONCE)
            elif method == "get" and "application/json" in answers.get("200", {}).get(
                "content", {}
            ):
                given += [FIELDS, KNOWN]
                answers["304"] = {"description": "Not changed since."}
                answers["200"].setdefault("headers", {})["ETag"] = {"schema": {"type": "string"}}
            elif method in ("put", "patch", "delete"):
                given.append(STATE)
                answers["412"] = {"description": "Changed in between.", "content": problem}
    versions.mark(result["paths"])
    tidy.tidy(result)
    about = result["info"]
    about["description"] = f"{about['description']}\n\n# WebSockets\n\n{LIVE}"
    return result


def _scope(path: str, method: str, operation: dict[str, Any]) -> None:
    """Write down what a token has to be made for; OpenAPI 3.1 lets bearer tokens name it too."""
    try:
        name = resolve(re.sub(r"{[^}]*}", "0", path)).url_name
    except Resolver404:
        return
    scope = scopes.needed(str(name), method.upper())
    if operation.get("security") == [{}]:
        operation["security"] = []  # the plainer way to say it, by which generators of clients go
    if scope:
        for each in operation.get("security", []):
            if "bearer" in each:
                each["bearer"] = [scope]
        operation["responses"].setdefault(
            "403", {"description": f"Not allowed, or the token lacks the scope `{scope}`."}
        )


@lru_cache(maxsize=8)
def made(language: str | None) -> dict[str, Any]:
    """Return the whole schema in `language`; drawing it up takes a second, so it is kept."""
    return SchemaGenerator().get_schema(request=None, public=True)


@lru_cache(maxsize=16)
def written(language: str | None, renderer: Any) -> bytes:
    """Return the schema as it is sent: writing it down takes a tenth of a second."""
    text = renderer().render(made(language), renderer_context={})
    return text if isinstance(text, bytes) else text.encode()


class SchemaView(APIView):
    """The schema, for everybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    renderer_classes = (OpenApiJsonRenderer2, OpenApiYamlRenderer2)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """OpenAPI 3.1."""
        renderer: Any = request.accepted_renderer
        charset = f"; charset={renderer.charset}" if renderer.charset else ""
        kind: Any = type(renderer)
        response = HttpResponse(
            written(get_language(), kind), content_type=f"{renderer.media_type}{charset}"
        )
        response["Cache-Control"] = "public, max-age=300"
        return response
