"""`Idempotency-Key`: a POST that is sent twice is done once, and both get the same answer.

The row is claimed by a unique constraint before the view runs, in a transaction of its own; whoever
comes second waits for the first. Only answers of success are kept: after an error nothing was made,
and the next try with the key does the work. Kept for a day.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from edu.common.sealedfields import sealed_for
from edu.gateway import limits, problems
from edu.gateway.models import Once
from edu.users import api as users
from edu.users.data import BadToken

KEEP = timedelta(hours=24)
LEASE = timedelta(seconds=90)  # a process that died holds the key no longer than this
WAIT_SECONDS = 20.0
MOST_BODY = 2_000_000
LEFT_OUT = {"set-cookie", "x-request-id", "ratelimit", "ratelimit-policy", "vary"}

View = Callable[[HttpRequest], HttpResponse]


def run(request: HttpRequest, view: View) -> HttpResponse:
    """Answer a POST that carries the header; `view` does the work, at most once for each key."""
    key = request.headers["Idempotency-Key"]
    if not key.isascii() or not key.isprintable() or not 0 < len(key) <= 255:
        return problems.plain(
            400, request, gettext("An Idempotency-Key has 1 to 255 ASCII characters.")
        )
    person = _person(request)
    if person is None:
        return view(request)  # a token that is no good: the view says so
    name = {"person": person, "path": request.path[:500], "key": key}
    fingerprint = _fingerprint(request)
    ends = time.monotonic() + WAIT_SECONDS
    while True:
        now = timezone.now()
        row, mine = _claim(name, fingerprint, now)
        if mine:
            return _work(request, view, row)
        if row.fingerprint != fingerprint:
            return problems.plain(
                422, request, gettext("This Idempotency-Key was used for something else before.")
            )
        if row.status is not None:
            return _replay(row)
        if time.monotonic() > ends:
            return problems.plain(
                409, request, gettext("The same request is still being worked on."), Retry_After="5"
            )
        if not connection.in_atomic_block:
            connection.close()  # back to the pool: the first one may need it
        time.sleep(0.05)


def forget(now: datetime) -> int:
    """Delete the rows that are older than a day; return how many."""
    return Once.objects.filter(started_at__lt=now - KEEP).delete()[0]


def _claim(name: dict[str, str], fingerprint: str, now: datetime) -> tuple[Once, bool]:
    """Return the row of this key, and whether it is the caller's to work on."""
    with transaction.atomic():
        made = Once(**name, fingerprint=fingerprint, started_at=now)
        Once.objects.bulk_create([made], ignore_conflicts=True)
        row = Once.objects.select_for_update().filter(**name).first()
        if row is None:  # the first one failed and let go of the key in between: try again
            return made, False
        if row.id == made.id:
            return row, True
        stale = row.started_at < now - (KEEP if row.status is not None else LEASE)
        if stale:
            row.fingerprint, row.started_at, row.status = fingerprint, now, None
            row.save(update_fields=["fingerprint", "started_at", "status"])
        return row, stale


def _work(request: HttpRequest, view: View, row: Once) -> HttpResponse:
    kept = False
    try:
        response = view(request)
        if 200 <= response.status_code < 400 and not response.streaming:
            kept = len(response.content) <= MOST_BODY
            if kept:
                _keep(row, response)
    finally:
        if not kept:
            Once.objects.filter(id=row.id, started_at=row.started_at, status=None).delete()
    return response


def _keep(row: Once, response: HttpResponse) -> None:
    headers = {
        name: value for name, value in response.headers.items() if name.lower() not in LEFT_OUT
    }
    Once.objects.filter(id=row.id).update(
        status=response.status_code,
        headers=headers,
        body=sealed_for(Once, "body", row.id, response.content),
    )


def _replay(row: Once) -> HttpResponse:
    headers = {**row.headers, "Idempotent-Replayed": "true"}
    return HttpResponse(row.body, status=row.status, headers=headers)


def _person(request: HttpRequest) -> str | None:
    """Return whose key this is; None for a bearer token that is no good."""
    scheme, _, access = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        try:
            found = users.access_of(access=access.strip())
        except BadToken:
            return None
        # A token that may do less never hears what another one of the same person was answered.
        return found.user if found.scopes is None else f"token {found.token}"
    if request.user.is_authenticated:
        return str(request.user.pk)
    return f"at {limits.address(request.META.get('REMOTE_ADDR', ''))}"


def _fingerprint(request: HttpRequest) -> str:
    """A hash of what was sent. A form's boundary differs each time, so its parts are hashed."""
    found = hashlib.sha256(request.META.get("QUERY_STRING", "").encode())
    if request.content_type != "multipart/form-data":
        found.update(request.body)
        return found.hexdigest()
    for name, values in sorted(request.POST.lists()):
        found.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(repr((name, _file_name(file), file.size)).encode())
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    return found.hexdigest()


def _file_name(file: Any) -> str:
    return str(file.name)
