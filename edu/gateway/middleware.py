"""Middleware of the front door, in the order of settings.MIDDLEWARE."""

import math
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from edu.gateway import errors, idempotency, limits, metrics, problems, requests, rest, versions
from edu.gateway.inflating import inflate

Answer = Callable[[HttpRequest], HttpResponse]
UTC = ZoneInfo("UTC")


class _Middleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class RequestId(_Middleware):
    """Outermost: gives the request its id, counts and times it, and sees that whatever goes wrong
    under /api/, in whichever layer, is told as a problem."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with X-Request-ID."""
        chosen = requests.choose(request.headers.get(requests.HEADER, ""))
        request.request_id = chosen  # type: ignore[attr-defined]
        token = requests.current.set(chosen)
        try:
            with metrics.timed(request) as told:
                response = self._answer(request)
                told(response)
            response[requests.HEADER] = chosen
            return response
        finally:
            requests.current.reset(token)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL has no such character; no view below has to think of it.
            return errors.page(request, _no_nul()) if not errors.for_api(request) else _nul(request)
        if any("\0" in value for value in request.COOKIES.values()):  # escaped, it is let through
            request.COOKIES = {
                name: value for name, value in request.COOKIES.items() if "\0" not in value
            }
        self._forgive_slash(request)
        response = self.get_response(request)
        told = response.headers.get("Content-Type", "")
        if errors.for_api(request) and response.status_code >= 400 and told.startswith("text/html"):
            return problems.plain(response.status_code, request)
        return response

    @staticmethod
    def _forgive_slash(request: HttpRequest) -> None:
        """Calls are named without a slash at the end; one that has it means the same."""
        bare = request.path_info.rstrip("/")
        if not errors.for_api(request) or bare == request.path_info:
            return
        if not is_valid_path(request.path_info) and is_valid_path(bare):
            request.path_info, request.path = bare, request.path.rstrip("/")


def _no_nul() -> problems.Problem:
    return problems.Problem(400, gettext("An address holds no NUL character."))


def _nul(request: HttpRequest) -> HttpResponse:
    return problems.plain(400, request, gettext("An address holds no NUL character."))


class SecurityHeaders(_Middleware):
    """A strict policy on every answer. A view may set a header itself where it needs another."""

    _HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}\Z")
    _ORIGIN = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}\Z")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        host = request.META.get("HTTP_HOST", "")
        response.headers.setdefault(
            "Content-Security-Policy",
            self.policy(
                host, getattr(request, "form_leads_to", ""), getattr(request, "sends_to", "")
            ),
        )
        response.headers.setdefault(
            "Permissions-Policy",
            "microphone=(self), camera=(self), geolocation=(), payment=(), usb=()",
        )
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    def policy(self, host: str, leads_to: str = "", sends_to: str = "") -> str:
        """The Content-Security-Policy: all from here, nothing inline, nothing from elsewhere. A form
        may be sent on to the origin `leads_to`, and files may be sent to the origin `sends_to`, where
        the view of its page said so."""
        live = f" ws://{host} wss://{host}" if self._HOST.match(host) else ""
        files = f" {settings.STATIC_URL}" if settings.STATIC_URL.startswith("http") else ""
        away = f" {sends_to}" if self._ORIGIN.match(sends_to) else ""
        onward = f" {leads_to}" if self._ORIGIN.match(leads_to) else ""
        return "; ".join(
            (
                "default-src 'self'",
                f"script-src 'self'{files}",
                f"style-src 'self'{files}",
                f"img-src 'self' data: blob:{files}",
                "media-src 'self' blob:",
                f"font-src 'self' data:{files}",
                f"connect-src 'self'{live}{away}",
                "worker-src 'self' blob:",
                "object-src 'none'",
                "base-uri 'none'",
                f"form-action 'self'{onward}",
                "frame-ancestors 'self'",
            )
        )


class PlainErrors(_Middleware):
    """Innermost: the habits of the API, and errors of pages in words."""

    # Strangers' forms are as dear as the API's calls of the same name.
    FORMS = {
        "/sign-up/": limits.SIGN_UPS,
        "/sign-in/": limits.SIGN_INS,
        "/oauth/token/": limits.SIGN_INS,
        "/oauth/introspect/": limits.SIGN_INS,
        "/sign-in/with/": limits.SIGN_INS,  # and all below it: each asks another server
    }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an EduError that a page raised has become a page by then."""
        if not errors.for_api(request):
            return self._page(request)
        with timezone.override(UTC):  # the API's times end in Z, whatever the person's own zone
            refused = inflate(request) if "Content-Encoding" in request.headers else None
            if refused is not None:
                response = refused
            elif request.method == "POST" and "Idempotency-Key" in request.headers:
                response = idempotency.run(request, self.get_response)
            else:
                response = self.get_response(request)
        state: limits.State | None = getattr(request, "rate_limit", None)
        if state is None:
            # No view has counted it: who asks is not known, or what is asked for is not there.
            place = limits.address(request.META.get("REMOTE_ADDR", ""))
            state = limits.take(limits.STRANGERS, place)
            if state.retry_after:
                wait = str(max(1, math.ceil(state.retry_after)))
                response = problems.plain(429, request, Retry_After=wait)
        for name, value in state.headers.items():
            # A course's budget may be told there already: it stands first.
            response[name] = f"{response[name]}, {value}" if name in response else value
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization", "Cookie"])
        versions.tell(request, response)
        return response

    def _page(self, request: HttpRequest) -> HttpResponse:
        outside = request.path.startswith("/sign-in/with/")
        form = "/sign-in/with/" if outside else request.path
        limit = self.FORMS.get(form) if outside or request.method == "POST" else None
        if limit:
            state = limits.take(limit, limits.address(request.META.get("REMOTE_ADDR", "")))
            if state.retry_after:
                wait = {"Retry-After": str(max(1, round(state.retry_after)))}
                detail = gettext(problems.DETAILS[429])
                return errors.page(request, problems.Problem(429, detail, headers=wait))
        response = self.get_response(request)
        if "Cache-Control" not in response and not response.streaming:
            response["Cache-Control"] = "private, no-cache"  # what is on a page is its reader's
        if getattr(request, "htmx", False) and self._leads_to_sign_in(response):
            # The part of a page that htmx asked for would otherwise become the sign-in page.
            moved = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            here = request.headers.get("HX-Current-URL", "")
            moved["HX-Redirect"] = self._sign_in_and_back(here)
            return moved
        return response

    @staticmethod
    def _leads_to_sign_in(response: HttpResponse) -> bool:
        return response.status_code == 302 and response["Location"].startswith(settings.LOGIN_URL)

    @staticmethod
    def _sign_in_and_back(here: str) -> str:
        return f"{settings.LOGIN_URL}?next={quote(urlsplit(here).path or '/')}"

    def process_view(self, request: HttpRequest, view: Any, *given: Any) -> HttpResponse | None:
        """Refuse a body in a language that the call does not read, and a `limit` that is none."""
        cls = getattr(view, "cls", None)
        if cls and errors.for_api(request) and not rest.sane_limit(request):
            bad = [("limit", gettext("This is a whole number from 1 on."))]
            problem = problems.Problem(400, gettext(problems.DETAILS[400]), bad)
            return problems.ProblemResponse(problem, request.path)
        if cls and request.method in ("POST", "PUT", "PATCH") and rest.unread(request, cls):
            return problems.plain(415, request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn what a view raised into its page or problem; the unforeseen is Django's to report."""
        if problems.of(exception).status == 500 and not errors.for_api(request):
            return None
        return errors.answer(request, exception)
