"""Errors in words: problem+json for the API, a page for people, a line for a part of a page."""

import logging
import sys
from http import HTTPStatus

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop

from edu.gateway import problems, requests

log = logging.getLogger(__name__)

HEADINGS = {
    400: gettext_noop("That did not come through right"),
    401: gettext_noop("Sign in first"),
    403: gettext_noop("This is not yours to do"),
    404: gettext_noop("There is nothing here"),
    405: gettext_noop("Not done this way"),
    409: gettext_noop("This does not fit any more"),
    413: gettext_noop("This is too large"),
    415: gettext_noop("This kind of file cannot be read"),
    422: gettext_noop("This cannot be read"),
    429: gettext_noop("Too much at once"),
    500: gettext_noop("An error of ours"),
    503: gettext_noop("Not ready at the moment"),
}

OAUTH = tuple(f"/oauth/{name}/" for name in ("token", "revoke", "introspect", "userinfo"))
OAUTH_CODES = {
    401: "invalid_client",
    403: "access_denied",
    429: "slow_down",
    500: "server_error",
    503: "temporarily_unavailable",
}


def for_api(request: HttpRequest) -> bool:
    """Whether a program asks, which wants a problem and not a page."""
    return request.path.startswith("/api/")


def answer(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Return the answer to a request that ended in `error`, in the form that fits the asker."""
    if for_api(request):
        return problems.answer(error, request)
    problem = problems.of(error)
    if problem.status >= 500:
        log.error("%s %s failed", request.method, request.path, exc_info=error)
    return page(request, problem)


def _for_oauth(problem: problems.Problem) -> HttpResponse:
    """`problem` as RFC 6749, section 5.2 has it: what programs read at the addresses of OAuth."""
    code = OAUTH_CODES.get(problem.status, "invalid_request")
    told = {"error": code, "error_description": problem.detail}
    return JsonResponse(told, status=problem.status, headers=problem.headers)


def page(request: HttpRequest, problem: problems.Problem) -> HttpResponse:
    """Say `problem` to a person: as a line when htmx asked for a part of a page, else as a page. At an
    address of OAuth nobody but programs comes by."""
    if request.path in OAUTH:
        return _for_oauth(problem)
    heading = gettext(HEADINGS.get(problem.status, "")) or HTTPStatus(problem.status).phrase
    told = {
        "status": problem.status,
        "heading": heading,
        "detail": problem.detail,
        "fields": problem.fields,
        "request_id": requests.current.get(),
        "retry_after": problem.headers.get("Retry-After"),
    }
    if getattr(request, "htmx", False):
        # An error of ours asks nothing of the database, which may be what is not there.
        asker = request if problem.status < 500 else None
        response = HttpResponse(
            render_to_string("gateway/error_line.html", told, asker), status=problem.status
        )
        response["HX-Retarget"], response["HX-Reswap"] = "#notices", "innerHTML show:top"
    elif problem.status >= 500:
        response = _bare(told, problem.status)
    else:
        response = render(request, "gateway/error.html", told, status=problem.status)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def _bare(told: dict[str, object], status: int) -> HttpResponse:
    """A page that asks nothing of the database, which may be what is not there."""
    try:
        sheets = [
            staticfiles_storage.url(f"gateway/{name}.css") for name in ("tokens", "base", "parts")
        ]
    except ValueError:  # the list of static files is not there either
        sheets = []
    return HttpResponse(
        render_to_string("gateway/error_bare.html", {**told, "sheets": sheets}), status=status
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return answer(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return answer(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return answer(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the error is at hand: a middleware's comes here, whatever it is.
    That a store is away is no error of ours; all else Django has written down."""
    error = sys.exc_info()[1]
    if error is not None and problems.of(error).status != 500:
        return answer(request, error)
    problem = problems.Problem(500, gettext(problems.DETAILS[500]))
    if for_api(request):
        return problems.ProblemResponse(problem, request.path)
    return page(request, problem)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the page is older than the sign-in, or cookies are off."""
    detail = gettext(
        "This page is too old, or your browser keeps no cookies. Go back, reload the page and try again."
    )
    problem = problems.Problem(403, detail)
    if for_api(request):
        return problems.ProblemResponse(problem, request.path)
    return page(request, problem)
