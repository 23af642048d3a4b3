"""Letters: written down first, then sent by a worker, so that no page waits for a mail server.

Without a mail server (EMAIL_URL) a letter goes to the log and stays in the mailbox that superusers see.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from edu.users.models import Mail

log = logging.getLogger(__name__)
MOST_TRIES = 8
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def write(to: str, subject: str, body: str, now: datetime) -> UUID:
    """Write one letter down and return its id."""
    one_line = " ".join(subject.split())[:300]
    return Mail.objects.create(
        to=to[:254], subject=one_line, body=body, created_at=now, next_at=now
    ).id


def due(now: datetime, most: int = 100) -> list[UUID]:
    """Return the letters that wait and whose time has come, the oldest first."""
    rows = Mail.objects.filter(status="waiting", next_at__lte=now).order_by("next_at")
    return list(rows.values_list("id", flat=True)[:most])


def send(letter: UUID, now: datetime) -> None:
    """Send one letter, once: whoever moves its next try on has it for that while. When the server
    refuses, it waits twice as long each time, and in the end stays as failed with the reason."""
    mine = Mail.objects.filter(id=letter, status="waiting", next_at__lte=now)
    if not mine.update(tries=F("tries") + 1, next_at=now + timedelta(minutes=5)):
        return
    row = Mail.objects.get(id=letter)
    if not settings.EDU_MAIL_SERVER:
        # A warning: workers log nothing below, and whoever runs the site waits for this letter.
        log.warning("Mail to %s (no EMAIL_URL is set): %s\n%s", row.to, row.subject, row.body)
        Mail.objects.filter(id=letter).update(status="kept")
        return
    try:
        _hand_over(row)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("Mail %s could not be sent: %s", letter, error)
        Mail.objects.filter(id=letter).update(
            error=str(error)[:300],
            next_at=now + timedelta(minutes=2**row.tries),
            status="failed" if row.tries >= MOST_TRIES else "waiting",
        )
    else:
        row.delete()  # it may hold a link that lets its reader in


def _hand_over(row: Mail) -> None:
    connection = get_connection(SMTP, **settings.EDU_MAIL_SERVER)
    EmailMessage(row.subject, row.body, None, [row.to], connection=connection).send()


def forget(now: datetime, days: int = 7) -> int:
    """Delete letters older than `days`; return how many."""
    return Mail.objects.filter(created_at__lt=now - timedelta(days=days)).delete()[0]
