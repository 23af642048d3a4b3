"""Answers that cost much and are asked for often, kept for a minute: in Memcached, or else in Redis.

The view's own checks come first, each time: who asks, what their token may do, how often they may ask. Then
the access rule of the course is asked anew. Only then is looked for an answer, under a name made of the
person, what they may do in the course, the scopes of their token, the whole question, the language, and
the state of what the answer is made from. Nothing is ever cleared: what has changed has another name.
How an answer is sent (names in camelCase, some of the fields, compressed) is decided after it was found,
by the middleware; so these need no name. Without a store everything is asked for anew.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django_redis import get_redis_connection
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.response import Response

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.common import vault
from edu.common.codec import plain
from edu.courses import api as courses
from edu.gateway.memcached import Gone, Memcached
from edu.multimodal import api as multimodal
from edu.users import api as users
from edu.users.data import Access

log = logging.getLogger(__name__)
SECONDS = 60
LARGEST = 900_000  # bytes; Memcached keeps values of up to a megabyte
PAUSE = 5.0  # seconds for which a store that failed is left alone


@dataclass(frozen=True)
class Rule:
    """`need`: what one has to be allowed in the course to ask; `state`(user, course): all that the answer
    is made from, digested; `unless`: not kept when one of these is asked for."""

    need: str
    state: Callable[[str, str], list[Any]]
    unless: tuple[str, ...] = ()


def _of_search(user: str, course: str) -> list[Any]:
    return [multimodal.search_state(course=course), plain(courses.objectives(course=course))]


def _of_insights(user: str, course: str) -> list[Any]:
    members = courses.members(user=user, course=course)
    people = users.people(users=[each.user for each in members])
    return [
        analytics.insights_state(course=course),
        assessments.bank_state(course=course),
        plain(courses.objectives(course=course)),
        plain(members),
        sorted((key, each.display_name) for key, each in people.items()),
    ]


# The name of the address -> how its answers are kept. All have the course in their path. Which objective
# a passage teaches is decided by a worker some time after the objectives: not kept where that is asked.
RULES = {
    "api-course-search": Rule("view", _of_search, unless=("objective",)),
    "api-insights": Rule("see_insights", _of_insights),
}


class Kept:
    """Goes before a view whose GET is kept: the schema and all else see the view as it is."""

    rule: Rule
    get: Any

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        """After the checks of the view, put the store in the place of its GET."""
        super().initial(request, *args, **named)  # type: ignore[misc]
        if request.method == "GET" and not set(self.rule.unless) & request.query_params.keys():
            self.get = partial(answer, self.rule, type(self).get.__get__(self))


def kept(name: str, view: Any) -> Any:
    """Return the class of `view` with its rule in front, or as it is where there is none."""
    if name not in RULES:
        return view
    words = {"rule": RULES[name], "__doc__": view.__doc__, "__module__": view.__module__}
    return type(view.__name__, (Kept, view), words)


def answer(rule: Rule, get: Any, request: Request, course: str) -> HttpResponseBase:
    """Return what is kept, or what the view answers now, which is kept then."""
    seat = courses.course(user=str(request.user.pk), course=course, need=rule.need)
    if _Store.away():
        response: HttpResponseBase = get(request, course=course)
        return response
    name = _name(rule, request, course, [seat.role, sorted(seat.permissions)])
    body = _Store.get(name)
    if body is not None:
        found = HttpResponse(body, content_type="application/json")
        found["Cache-Status"] = "edu; hit"
        return found
    response = get(request, course=course)
    if isinstance(response, Response) and response.status_code == 200:
        response["Cache-Status"] = "edu; fwd=miss"
        response.add_post_render_callback(lambda made: _Store.set(name, made.content))
    return response


def _name(rule: Rule, request: Request, course: str, seat: list[Any]) -> str:
    access = request.auth
    scopes = access.scopes if isinstance(access, Access) else None
    user = str(request.user.pk)
    parts = [
        user,
        seat,
        None if scopes is None else sorted(scopes),
        request.build_absolute_uri(),
        get_language(),
        rule.state(user, course),
    ]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class _Store:
    """Where answers are: sealed, each to its own name, so that nobody who reads there learns anything, and
    nobody who writes there can put one answer in the place of another."""

    failed_at = -PAUSE

    @classmethod
    def away(cls) -> bool:
        """Whether it failed just now."""
        return time.monotonic() - cls.failed_at < PAUSE

    @classmethod
    def get(cls, name: str) -> bytes | None:
        """Return the answer of this name."""
        try:
            sealed = (
                cls._memcached().get(_key(name)) if settings.MEMCACHED_URL else cls._redis_get(name)
            )
        except (Gone, RedisError) as error:
            cls._fails(error)
            return None
        if sealed is None:
            return None
        try:
            return vault.open_bytes(sealed, _key(name))
        except vault.Unreadable:
            return None

    @classmethod
    def set(cls, name: str, body: bytes) -> None:
        """Keep an answer."""
        if len(body) > LARGEST or cls.away():
            return
        sealed = vault.seal_bytes(body, _key(name))
        try:
            if settings.MEMCACHED_URL:
                cls._memcached().set(_key(name), sealed, SECONDS)
            else:
                get_redis_connection("default").set(_key(name), sealed, ex=SECONDS)
        except (Gone, RedisError) as error:
            cls._fails(error)

    @classmethod
    def _fails(cls, error: Exception) -> None:
        cls.failed_at = time.monotonic()
        log.warning("answers are not kept: %s", error)

    @staticmethod
    def _redis_get(name: str) -> bytes | None:
        found = get_redis_connection("default").get(_key(name))
        return bytes(found) if found is not None else None

    @staticmethod
    def _memcached() -> Memcached:
        return memcached(settings.MEMCACHED_URL)


@lru_cache(maxsize=4)
def memcached(url: str) -> Memcached:
    """Return the client of the server at `url`, the same each time."""
    return Memcached(url)


def _key(name: str) -> str:
    return f"edu:answer:{name}"
