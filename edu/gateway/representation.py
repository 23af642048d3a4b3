"""What a client may ask of any JSON answer: names in camelCase, some of the fields, only what is new.

All of it is done here, on the bytes that a view has answered with, so that no view thinks of it:

- `Accept: application/json; case=camel`: names become camelCase, and are read so (see rest.py).
- `?fields=id,title` on a read: these fields alone, of one thing or of each in a list; `a.b` goes down.
- reads carry an ETag and answer 304 to `If-None-Match`; edits with a stale `If-Match` answer 412.
"""

import copy
import hashlib
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext
from redis.exceptions import LockError, RedisError

from edu.gateway import problems
from edu.gateway.names import camelised, snake

EDITS = ("PUT", "PATCH", "DELETE")
READS = ("GET", "HEAD")
MOST_FIELDS = 100
JSON_TYPES = ("application/json", "application/problem+json", "application/*", "*/*")
CAMEL = "application/json; case=camel"
_WORD = re.compile(r"[a-z][A-Za-z0-9]*\Z|[a-z][a-z0-9_]*\Z")

Tree = dict[str, "Tree"]


class Representation:
    """Middleware around the views of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the form that was asked for."""
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        camel = _asks_for_camel(request.headers.get("Accept", ""))
        # Read by the parser: a body says it for itself, or is as what is wanted back.
        sent = request.headers.get("Content-Type", "")
        request.camel = camel or _asks_for_camel(sent)  # type: ignore[attr-defined]
        if request.method in EDITS and "If-Match" in request.headers:
            with _alone(request.path):
                response = self._stale(request) or self.get_response(request)
        else:
            response = self.get_response(request)
        if response.streaming or not _is_json(response):
            return response
        return self._shaped(request, response, camel)

    def _shaped(self, request: HttpRequest, response: HttpResponse, camel: bool) -> HttpResponse:
        patch_vary_headers(response, ["Accept"])
        read = request.method in READS and response.status_code == 200
        tag = _tag(response.content) if read else ""
        wanted = request.GET.get("fields", "") if read else ""
        if wanted or camel:
            value = json.loads(response.content)
            try:
                value = picked(value, _tree(wanted)) if wanted else value
            except ValueError as error:
                response = _bad_fields(request, str(error))
                tag, value = "", json.loads(response.content)
            response.content = json.dumps(
                camelised(value) if camel else value, ensure_ascii=False, separators=(",", ":")
            ).encode()
            if camel and response["Content-Type"].startswith("application/json"):
                response["Content-Type"] = CAMEL
        if not tag:
            return response
        variant = f".{'c' if camel else ''}{_digest(wanted)[:8] if wanted else ''}"
        response["ETag"] = f'"{tag}{variant.rstrip(".")}"'
        if _known(request.headers.get("If-None-Match", ""), response["ETag"]):
            return _not_modified(response)
        return response

    def _stale(self, request: HttpRequest) -> HttpResponse | None:
        """Return the refusal of an edit whose If-Match names another state than the present one."""
        wanted = parse_etags(request.headers["If-Match"])
        now = self._read(request)
        if now is None or now.status_code != 200:
            # Not there, or not this person's: the edit itself says so. What cannot be read has no state.
            hidden = now is not None and now.status_code in (401, 403, 404, 429)
            return None if hidden else problems.plain(412, request)
        if wanted == ["*"] or _tag(now.content) in {_state(each) for each in wanted}:
            return None
        return problems.plain(412, request)

    def _read(self, request: HttpRequest) -> HttpResponse | None:
        """Return what GET answers at the address that is edited."""
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return None
        look = copy.copy(request)
        look.method, look.GET = "GET", QueryDict("")
        left_out = ("HTTP_IF_MATCH", "HTTP_ACCEPT", "CONTENT_TYPE", "CONTENT_LENGTH")
        look.META = {name: each for name, each in request.META.items() if name not in left_out}
        look.META["REQUEST_METHOD"] = "GET"
        look.__dict__.pop("headers", None)  # cached from the other META
        with timezone.override(UTC):  # as the answer of a read is made: see PlainErrors
            response: HttpResponseBase = found.func(look, *found.args, **found.kwargs)
            if hasattr(response, "render"):
                response.render()
        return response if isinstance(response, HttpResponse) else None


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Let edits of one thing with If-Match follow each other, so that of two with one tag one wins.
    Without Redis they are only compared."""
    lock = None
    try:
        place = f"edit:{_digest(path)}"
        lock = cache.lock(place, timeout=30, blocking_timeout=20)  # type: ignore[attr-defined]
        lock.acquire()
    except (RedisError, LockError, AttributeError):
        lock = None
    try:
        yield
    finally:
        if lock is not None:
            try:
                lock.release()
            except (RedisError, LockError):
                lock = None  # it has run out: nothing to give back


def _asks_for_camel(header: str) -> bool:
    """Whether a media type of this Accept or Content-Type header has the parameter case=camel."""
    for part in header.split(","):
        kind, *rest = (each.replace(" ", "").replace('"', "").lower() for each in part.split(";"))
        if kind in JSON_TYPES and "case=camel" in rest:
            return True
    return False


def _is_json(response: HttpResponse) -> bool:
    kind = response.get("Content-Type", "").split(";")[0]
    return kind in ("application/json", problems.MEDIA_TYPE) and bool(response.content)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tag(content: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(content).digest())[:27].decode()


def _state(tag: str) -> str:
    """The part of an ETag that names the state, whatever the form it was read in."""
    return tag.removeprefix("W/").strip('"').split(".")[0]


def _known(header: str, tag: str) -> bool:
    known = [each.removeprefix("W/") for each in parse_etags(header)] if header else []
    return known == ["*"] or tag in known


def _not_modified(response: HttpResponse) -> HttpResponse:
    bare = HttpResponse(status=304)
    for name in ("ETag", "Cache-Control", "Vary", "Content-Location", "Date", "Expires"):
        if name in response:
            bare[name] = response[name]
    bare.headers.pop("Content-Type", None)
    return bare


# --- fields ---------------------------------------------------------------------------------------


def _tree(wanted: str) -> Tree:
    names = [each.strip() for each in wanted.split(",") if each.strip()]
    if not names or len(names) > MOST_FIELDS:
        raise ValueError(gettext("Name one to 100 fields, with commas between them."))
    tree: Tree = {}
    for name in names:
        at = tree
        for part in name.split("."):
            if not _WORD.match(part):
                raise ValueError(gettext("“%s” is not the name of a field.") % name[:100])
            at = at.setdefault(snake(part), {})
    return tree


def picked(value: Any, tree: Tree) -> Any:
    """Return `value` with the fields of `tree` alone; in a list's envelope those of each result.

    Raises ValueError when it has none of them."""
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        return {**value, "results": picked(value["results"], tree)}
    things = value if isinstance(value, list) else [value]
    there = {name for each in things if isinstance(each, dict) for name in each}
    if there and not there & tree.keys():
        raise ValueError(gettext("None of these fields is here. There are: %s.") % _list(there))
    return _only(value, tree)


def _only(value: Any, tree: Tree) -> Any:
    if isinstance(value, list):
        return [_only(each, tree) for each in value]
    if not isinstance(value, dict) or not tree:
        return value
    return {name: _only(each, tree[name]) for name, each in value.items() if name in tree}


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))


def _bad_fields(request: HttpRequest, why: str) -> HttpResponse:
    problem = problems.Problem(400, gettext(problems.DETAILS[400]), [("fields", why)])
    return problems.ProblemResponse(problem, request.path)
