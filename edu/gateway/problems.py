"""The one mapping from errors to HTTP. RFC 9457: every error of the API is application/problem+json."""

import json
import logging
import math
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext, gettext_noop
from django_redis.exceptions import ConnectionInterrupted
from redis.exceptions import RedisError
from rest_framework import exceptions as rest

from edu.agents.data import Cancelled
from edu.common import errors
from edu.courses.data import BudgetSpent
from edu.gateway import requests
from edu.multimodal.data import TooLarge, Unreadable, UnsupportedType
from edu.orchestrator.data import MessageTooLong
from edu.users.data import BadCredentials, ScopeMissing, TooManyFailures

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"

# A store is away, or every connection to it is in use. ConnectionInterrupted is what the cache says.
AWAY = (OperationalError, InterfaceError, RedisError, ConnectionInterrupted)

# The most special class that fits decides. Apps add classes below the five bases; few need a line here.
STATUSES: dict[type[Exception], int] = {
    errors.NotFound: 404,
    errors.Denied: 403,
    errors.Conflict: 409,
    errors.Invalid: 400,
    errors.Unavailable: 503,
    BudgetSpent: 429,
    BadCredentials: 401,
    TooManyFailures: 429,
    Cancelled: 409,
    TooLarge: 413,
    MessageTooLong: 413,
    UnsupportedType: 415,
    Unreadable: 422,
    Http404: 404,
    PermissionDenied: 403,
    ValidationError: 400,
    RequestDataTooBig: 413,
    SuspiciousOperation: 400,
    MultiPartParserError: 400,
    **dict.fromkeys(AWAY, 503),
}

TITLES = {
    400: gettext_noop("The request is not right"),
    401: gettext_noop("Sign in first"),
    403: gettext_noop("Not allowed"),
    404: gettext_noop("Nothing here"),
    405: gettext_noop("Not done this way"),
    406: gettext_noop("Not available in this form"),
    408: gettext_noop("Too slow"),
    409: gettext_noop("Does not fit"),
    412: gettext_noop("Changed in between"),
    413: gettext_noop("Too large"),
    415: gettext_noop("Type not supported"),
    422: gettext_noop("Cannot be read"),
    429: gettext_noop("Too many requests"),
    500: gettext_noop("An error of ours"),
    503: gettext_noop("Not ready"),
}

# RFC 9110's names, where Python's differ from version to version.
SLUGS = {413: "content-too-large", 422: "unprocessable-content"}

DETAILS = {
    400: gettext_noop("Some of what you sent is not right."),
    401: gettext_noop("Send a valid access token, or sign in."),
    403: gettext_noop("You may not do this here."),
    404: gettext_noop("There is nothing here, or it is not yours to see."),
    405: gettext_noop(
        "This address does not take this method. The Allow header names those it takes."
    ),
    406: gettext_noop("This is not to be had in the media type that you ask for."),
    408: gettext_noop("What you sent came too slowly to be waited for. Send it again."),
    409: gettext_noop("This does not fit what is already there. Reload and try again."),
    412: gettext_noop(
        "This is no longer as it was when you read it. Read it again, then send your change."
    ),
    413: gettext_noop("This is more than may be sent at once."),
    415: gettext_noop("This address does not read what you sent in this media type."),
    422: gettext_noop("What you sent cannot be read."),
    429: gettext_noop("That was too much at once. Wait as long as Retry-After says, then go on."),
    500: gettext_noop("Something went wrong on our side. It is written down with the request id."),
    503: gettext_noop("A part that is needed is not ready. Try again in a moment."),
}


@dataclass(frozen=True)
class Problem:
    """An error as it is told: `fields` maps bad fields to why, `headers` go with the answer."""

    status: int
    detail: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Two or three words, the same for every error of this status."""
        return gettext(TITLES.get(self.status, "")) or HTTPStatus(self.status).phrase


def slug(status: int) -> str:
    """The last part of a problem's `type`: "not-found" for 404."""
    return SLUGS.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "-")


def of(error: BaseException) -> Problem:
    """Return what `error` is to the one who asked; anything unforeseen is a 500 without details."""
    if isinstance(error, rest.APIException):
        return _of_rest(error)
    if isinstance(error, DataError) and holds_nul(error):
        return Problem(400, gettext("A text holds a NUL character. Leave it out."))
    status = next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)
    if isinstance(error, errors.EduError):
        return Problem(status, words(error), _fields(error), _headers(error, status))
    if isinstance(error, ValidationError):
        return Problem(status, gettext(DETAILS[400]), _validation(error))
    return Problem(status, gettext(DETAILS[status]), headers=_headers(error, status))


def holds_nul(error: DataError) -> bool:
    """Whether PostgreSQL was asked about a text with a NUL in it, which none of its texts has. JSON that
    comes in is read by common/strictjson.py and refused before; a form's field, a user name of a header
    or a word of an address may get as far as here, whichever view it is, and is no error of ours."""
    state = getattr(error.__cause__, "sqlstate", None)
    return "NUL (0x00)" in str(error) or state == "22P05"  # in a column of JSON it is an escape


def words(error: errors.EduError) -> str:
    """The sentence of `error`, translated."""
    sentence = gettext(error.template)
    return sentence % error.params if error.params else sentence


def _fields(error: errors.EduError) -> list[tuple[str, str]]:
    found = error.fields if isinstance(error, errors.Invalid) else {}
    return [(name, gettext(why)) for name, why in found.items()]


def _headers(error: BaseException, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": 'Bearer realm="edu"'}
    if isinstance(error, ScopeMissing):  # RFC 6750, section 3.1
        lacks = f'Bearer realm="edu", error="insufficient_scope", scope="{error.scope}"'
        return {"WWW-Authenticate": lacks}
    if isinstance(error, BudgetSpent):
        name, wait = f"course-{error.kind}", str(error.retry_after)
        return {
            "Retry-After": wait,
            "RateLimit-Policy": f'"{name}";q={error.limit};w={error.window}',
            "RateLimit": f'"{name}";r=0;t={wait}',
        }
    if status == 429:
        return {"Retry-After": str(getattr(error, "retry_after", 60))}
    if status == 503:
        return {"Retry-After": str(getattr(error, "retry_after", 5))}
    return {}


def _of_rest(error: rest.APIException) -> Problem:
    status = error.status_code
    if isinstance(error, (rest.NotAuthenticated, rest.AuthenticationFailed)):
        status = 401
    headers = _headers(error, status)
    if isinstance(error, rest.Throttled):
        headers["Retry-After"] = str(max(1, math.ceil(getattr(error, "wait", None) or 1)))
    if isinstance(error, rest.ValidationError):
        return Problem(status, gettext(DETAILS[400]), _flat("", error.detail), headers)
    said = str(error.detail) if not isinstance(error.detail, (list, dict)) else ""
    if status in (401, 404, 429, 500) or not said:
        said = gettext(DETAILS.get(status, DETAILS[400]))
    return Problem(status, said, [], headers)


def _flat(name: str, detail: Any) -> list[tuple[str, str]]:
    """Return nested DRF errors as ("key.correct", why) pairs."""
    if isinstance(detail, dict):
        parts = ((f"{name}.{key}" if name else str(key), each) for key, each in detail.items())
        return [pair for path, each in parts for pair in _flat(path, each)]
    if isinstance(detail, list) and any(isinstance(each, (dict, list)) for each in detail):
        parts = ((f"{name}.{at}" if name else str(at), each) for at, each in enumerate(detail))
        return [pair for path, each in parts for pair in _flat(path, each)]
    why = " ".join(str(each) for each in detail) if isinstance(detail, list) else str(detail)
    return [(name.removesuffix(".non_field_errors") or "non_field_errors", why)] if why else []


def _validation(error: ValidationError) -> list[tuple[str, str]]:
    if hasattr(error, "error_dict"):
        found = error.message_dict.items()
        return [(name.replace("__all__", "non_field_errors"), " ".join(why)) for name, why in found]
    return [("non_field_errors", " ".join(error.messages))]


class ProblemResponse(HttpResponse):
    """The answer itself. It is written here and not by a renderer, so that it is a problem whatever the
    view would have answered with."""

    def __init__(self, problem: Problem, path: str) -> None:
        self.data: dict[str, Any] = {
            "type": f"/problems/{slug(problem.status)}/",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "instance": escape_uri_path(path),
            "request_id": requests.current.get(),
        }
        if problem.fields:
            self.data["errors"] = [{"field": name, "detail": why} for name, why in problem.fields]
        super().__init__(
            json.dumps(self.data, ensure_ascii=False),
            content_type=MEDIA_TYPE,
            status=problem.status,
            headers=problem.headers,
        )


def answer(error: BaseException, request: HttpRequest) -> ProblemResponse:
    """Return the answer to `request` that ended in `error`; write an unforeseen one down."""
    problem = of(error)
    if problem.status >= 500:
        level = logging.ERROR if problem.status == 500 else logging.WARNING
        log.log(level, "%s %s failed", request.method, request.path, exc_info=error)
    return ProblemResponse(problem, request.path)


def plain(status: int, request: HttpRequest, detail: str = "", **headers: str) -> ProblemResponse:
    """Return a problem of this `status` where no exception stands behind it."""
    sentence = detail or gettext(DETAILS.get(status, DETAILS[400 if status < 500 else 500]))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ProblemResponse(Problem(status, sentence, headers=named), request.path)


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """The exception handler of REST framework."""
    return answer(error, context["request"]._request)
