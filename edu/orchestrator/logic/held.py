"""What this app holds of people."""

from uuid import UUID

from django.db.models import QuerySet

from edu.common import held
from edu.common.held import ERASE, KEEP, Held, Rules
from edu.common.text import gettext_noop as _
from edu.multimodal import api as multimodal
from edu.orchestrator.models import (
    Erasure,
    Export,
    Notification,
    Session,
    Step,
    Turn,
    TurnMessage,
)

TALK = _("So that you can read it again, and the tutor knows what was said.")
FILES = ("image_key", "audio_key", "sound_key")

RULES: Rules = {
    TurnMessage: Held(_("What the tutor sent to the page"), TALK, {"turn__user": ERASE}),
    Step: Held(_("What was done for an answer"), TALK, {"turn__user": ERASE}),
    Turn: Held(
        _("What you asked the tutor, and its answers"),
        TALK,
        {"user": ERASE},
        hide=("owner", "lease_until", "tries", "seq", "notebook"),
        files={"image_key": "image_type", "audio_key": "audio_type", "sound_key": "sound_type"},
    ),
    Session: Held(_("Your sessions with the tutor"), TALK, {"user": ERASE}),
    Notification: Held(_("Notices to you"), _("So that you know what happened."), {"user": ERASE}),
    Export: Held(
        _("Archives of all that is held about you"),
        _("So that you can fetch them; gone after a week."),
        {"user": ERASE},
        hide=("key", "tries", "due_at"),
    ),
    Erasure: Held(
        _("Erasures"),
        _("The receipt of an erasure stays; when all is erased it names nobody."),
        {"user": KEEP},
    ),
}


def turns(user: UUID) -> list[UUID]:
    """Return the ids of a person's turns."""
    return list(Turn.objects.filter(user=user).values_list("id", flat=True))


def drop_files(rows: "QuerySet[Turn]") -> None:
    """Remove the recordings, photos and spoken answers of turns that are about to go."""
    for keys in rows.values_list(*FILES).iterator():
        for key in filter(None, keys):
            multimodal.drop(key=key)


def erase(user: UUID) -> dict[str, int]:
    """Erase a person. Files go before the rows that name them, so that whoever is stopped in between
    can go on."""
    drop_files(Turn.objects.filter(user=user))
    for key in Export.objects.filter(user=user).exclude(key="").values_list("key", flat=True):
        multimodal.drop(key=key)
    return held.erase(RULES, {"id": user})
