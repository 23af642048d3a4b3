"""Webhooks: integrators' programs are told what happens, signed as standardwebhooks.com has it.

A message is a row that is written with the fact's own delivery, sent by a worker, tried again ever
later, and kept for a month so that it can be sent again. Whoever lost the right to see a course is
told nothing more of it.
"""

import base64
import hmac
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from edu.common import outward
from edu.common.codec import rfc3339
from edu.common.errors import Conflict, EduError, Invalid, NotFound
from edu.common.ids import new_id, parse_id
from edu.common.text import gettext_noop as _
from edu.courses import api as courses
from edu.gateway.models import Webhook, WebhookMessage
from edu.users import api as users

# What can be told, and whether to people about themselves as well as to teachers about a course.
EVENTS = {
    "material.ready": _("A material is read and can be searched."),
    "attempt.graded": _("An answer has its grade."),
    "objectives.changed": _("Objectives of a course were added, merged or removed."),
    "turn.finished": _("The tutor has answered you."),
}
COURSE_EVENTS = ("material.ready", "attempt.graded", "objectives.changed")
OWN_EVENTS = ("material.ready", "attempt.graded", "turn.finished")
PING = "ping"
MOST = 20  # of one person in one course
# Seconds until the next attempt: about three days in all.
WAITS = (5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 86_400, 86_400)
GIVE_UP = timedelta(days=5)  # without one success
LEASE = timedelta(seconds=60)
KEEP = timedelta(days=30)
MOST_ATTEMPTS = 30


class NoSuchWebhook(NotFound):
    """There is none, or it is somebody else's."""

    detail = _("There is no such webhook, or it is not yours.")


class TooMany(Conflict):
    """More than anybody needs."""

    detail = _("There are 20 webhooks here already. Remove one first.")


class Off(Conflict):
    """It was turned off."""

    detail = _("This webhook is turned off. Turn it on first.")


@dataclass(frozen=True)
class Outcome:
    """How one attempt ended: `status` of the answer, None with an `error` where there was none."""

    status: int | None
    error: str
    ms: int

    @property
    def well(self) -> bool:
        """Whether the message was taken."""
        return self.status is not None and 200 <= self.status < 300


# --- whose ----------------------------------------------------------------------------------------


def own(user: str, webhook: str) -> Webhook:
    """THE access rule of webhooks: return one's own, of a course only while one may change its settings;
    raise NoSuchWebhook."""
    row = Webhook.objects.filter(id=parse_id(webhook), user=parse_id(user)).first()
    if row is None or (row.course and not _may_know(row, str(row.course))):
        raise NoSuchWebhook
    return row


def of(user: str, course: str | None) -> QuerySet[Webhook]:
    """Return the person's own webhooks of a course whose settings they may change, or about themselves."""
    if course is not None:
        courses.course(user=user, course=course, need="change_settings")
    return Webhook.objects.filter(
        user=parse_id(user), course=parse_id(course) if course is not None else None
    )


def messages(user: str, webhook: str) -> QuerySet[WebhookMessage]:
    """Return what one's webhook was told, or is to be."""
    return WebhookMessage.objects.filter(webhook=own(user, webhook))


# --- making and changing ----------------------------------------------------------------------------


def make(
    user: str, course: str | None, url: str, events: list[str], now: datetime
) -> tuple[Webhook, str]:
    """Return a new webhook and its secret, which nobody can read again."""
    users.need(user=user, permission="use_webhooks")
    if of(user, course).count() >= MOST:
        raise TooMany
    _check(url, events, COURSE_EVENTS if course is not None else OWN_EVENTS)
    key, secret = _new_secret()
    row = Webhook.objects.create(
        user=parse_id(user),
        course=parse_id(course) if course is not None else None,
        url=url,
        events=sorted(set(events)),
        secret=key,
        created_at=now,
    )
    return row, secret


def change(
    row: Webhook,
    url: str | None = None,
    events: list[str] | None = None,
    active: bool | None = None,
) -> Webhook:
    """Change what is given. Turned on again, it has a clean record."""
    known = COURSE_EVENTS if row.course else OWN_EVENTS
    _check(row.url if url is None else url, row.events if events is None else events, known)
    row.url = row.url if url is None else url
    row.events = row.events if events is None else sorted(set(events))
    if active is not None:
        row.active, row.stopped, row.failing_since = active, "", None
    row.save()
    return row


def renew_secret(row: Webhook) -> str:
    """Sign with a new secret from now on; return it."""
    row.secret, secret = _new_secret()
    row.save(update_fields=["secret"])
    return secret


def _check(url: str, events: list[str], known: Iterable[str]) -> None:
    wrong = set(events) - set(known)
    if wrong or not events:
        raise Invalid(fields={"events": f"{_('Choose among these:')} {', '.join(known)}"})
    if "#" in url:
        raise Invalid(fields={"url": _("Leave out what comes after #: it is sent to no server.")})
    try:
        outward.look_up(url, settings.EDU_WEBHOOK_NETWORKS, must_be_found=False)
    except outward.NotOutward as error:
        raise Invalid(fields={"url": error.detail}) from None


def _new_secret() -> tuple[bytes, str]:
    key = os.urandom(32)
    return key, f"whsec_{base64.b64encode(key).decode()}"


# --- telling ----------------------------------------------------------------------------------------


def occurred(
    kind: str, event: str, course: str, user: str | None, told: dict[str, Any], now: datetime
) -> list[UUID]:
    """Write down a message for each webhook that wants to know; return their ids. `user` is whom the
    fact is about. Done twice for one event, it writes once."""
    mine = Q(course=None, user=parse_id(user)) if user else Q(pk__in=())
    scope = mine | Q(course=parse_id(course)) if kind in COURSE_EVENTS else mine
    wanting = [
        row
        for row in Webhook.objects.filter(scope, active=True, events__contains=kind)
        if _may_know(row, course)
    ]
    body = {"type": kind, "timestamp": rfc3339(now), "data": told}
    return [_write(row, event, kind, body, now) for row in wanting]


def ping(row: Webhook, now: datetime) -> WebhookMessage:
    """Write down a message that only shows that messages arrive; it is to be sent."""
    if not row.active:
        raise Off
    body = {"type": PING, "timestamp": rfc3339(now), "data": {"webhook": str(row.id)}}
    return WebhookMessage.objects.get(id=_write(row, str(new_id()), PING, body, now))


def _write(row: Webhook, event: str, kind: str, body: dict[str, Any], now: datetime) -> UUID:
    made, _new = WebhookMessage.objects.get_or_create(
        webhook=row,
        event=event,
        defaults={"type": kind, "body": body, "due_at": now, "created_at": now},
    )
    return made.id


def _may_know(row: Webhook, course: str) -> bool:
    """Whether the owner still has the right by which they made it."""
    try:
        users.need(user=str(row.user), permission="use_webhooks")
        need = "change_settings" if row.course else "view"
        courses.course(user=str(row.user), course=course, need=need)
    except EduError:
        return False
    return True


def again(message: WebhookMessage, now: datetime) -> WebhookMessage:
    """Queue a message once more, whatever became of it."""
    if not message.webhook.active:
        raise Off
    message.status, message.tries, message.due_at = WebhookMessage.QUEUED, 0, now
    message.save(update_fields=["status", "tries", "due_at"])
    return message


# --- sending ----------------------------------------------------------------------------------------


def due(now: datetime, limit: int = 100) -> list[UUID]:
    """Return the messages whose time has come, oldest first."""
    rows = WebhookMessage.objects.filter(
        status=WebhookMessage.QUEUED, due_at__lte=now, webhook__active=True
    )
    return list(rows.order_by("due_at").values_list("id", flat=True)[:limit])


def send(message_id: UUID, now: datetime) -> Outcome | None:
    """Try to deliver one message, and write down how it went. None when it is not its time, or
    another worker has it. No transaction is open while the other side takes its time."""
    claimed = WebhookMessage.objects.filter(
        id=message_id, status=WebhookMessage.QUEUED, due_at__lte=now, webhook__active=True
    ).update(due_at=now + LEASE)
    if not claimed:
        return None
    message = WebhookMessage.objects.select_related("webhook").get(id=message_id)
    outcome = _post(message, now)
    with transaction.atomic():
        _note(message_id, outcome, now)
    return outcome


def headers(event: str, now: datetime, key: bytes, body: bytes) -> dict[str, str]:
    """Return the headers of a message, with its signature."""
    at = str(int(now.timestamp()))
    signed = hmac.digest(key, f"{event}.{at}.".encode() + body, "sha256")
    return {
        "Content-Type": "application/json",
        "User-Agent": "edu-webhooks/1",
        "webhook-id": event,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }


def _post(message: WebhookMessage, now: datetime) -> Outcome:
    body = json.dumps(message.body, ensure_ascii=False, separators=(",", ":")).encode()
    key = bytes(message.webhook.secret)
    began = time.monotonic()
    status, error = None, ""
    try:
        sent = headers(message.event, now, key, body)
        status = outward.post(message.webhook.url, body, sent, settings.EDU_WEBHOOK_NETWORKS).status
    except outward.NotOutward:  # a name that is not there, too: see its sentence
        error = "not called: no public address is found"
    except outward.NoAnswer as why:
        error = str(why)
    return Outcome(status, error, round((time.monotonic() - began) * 1000))


def _note(message_id: UUID, outcome: Outcome, now: datetime) -> None:
    row = WebhookMessage.objects.select_for_update().get(id=message_id)
    hook = Webhook.objects.select_for_update().get(id=row.webhook_id)
    row.tries += 1
    tried = {"at": rfc3339(now), "status": outcome.status, "error": outcome.error}
    row.attempts = [*row.attempts, {**tried, "ms": outcome.ms}][-MOST_ATTEMPTS:]
    if outcome.well:
        row.status, hook.failing_since = WebhookMessage.DELIVERED, None
    else:
        hook.failing_since = hook.failing_since or now
        if row.tries > len(WAITS):
            row.status = WebhookMessage.FAILED
        else:
            row.due_at = now + timedelta(seconds=WAITS[row.tries - 1])
        if outcome.status == 410:  # the other side says that it is gone for good
            hook.active, hook.stopped = False, "gone"
        elif hook.failing_since < now - GIVE_UP:
            hook.active, hook.stopped = False, "failing"
    row.save(update_fields=["status", "tries", "attempts", "due_at"])
    hook.save(update_fields=["failing_since", "active", "stopped"])


def forget(now: datetime) -> int:
    """Delete the messages of more than a month ago; return how many."""
    return WebhookMessage.objects.filter(created_at__lt=now - KEEP).delete()[0]


def forget_course(course: str) -> None:
    """Delete the webhooks of a course that is gone for good."""
    Webhook.objects.filter(course=parse_id(course)).delete()
