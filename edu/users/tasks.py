"""Work of the users app that a worker does."""

from celery import shared_task
from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.logic import (
    devices,
    families,
    letters,
    mail,
    minors,
    personal,
    programs,
    readdressing,
)


@shared_task
def sweep() -> None:
    """Delete tokens that died long ago, and letters that nobody fetched."""
    families.forget(timezone.now())
    personal.forget(timezone.now())
    programs.forget()
    mail.forget(timezone.now())
    devices.forget(timezone.now())
    readdressing.forget(timezone.now())
    minors.forget(timezone.now())


@shared_task
def send_mail(letter: str) -> None:
    """Send one letter."""
    mail.send(parse_id(letter), timezone.now())


@shared_task
def sweep_mail() -> None:
    """Try again what could not be sent, or whose task was lost."""
    for letter in mail.due(timezone.now()):
        mail.send(letter, timezone.now())


@shared_task
def write_letter(kind: str, email: str, code: str = "") -> None:
    """Write a letter to the owner of an address, if there is one, and send it."""
    now = timezone.now()
    letter = letters.write(kind, email, now, code)
    if letter:
        mail.send(letter, now)
