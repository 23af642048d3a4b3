"""What this app holds of people."""

from uuid import UUID

from edu.common import held
from edu.common.held import ERASE, KEEP, UNNAME, Held, Rules
from edu.common.text import gettext_noop as _
from edu.multimodal.logic import incoming, pieces, storage, utterances
from edu.multimodal.models import (
    Clip,
    CueEdit,
    Earlier,
    Figure,
    Incoming,
    Material,
    Passage,
    Piece,
    Portrait,
    Transcription,
    Utterance,
    Word,
)

OTHERS = _("Others learn from it: it stays, without your name. In a course of yours alone it goes.")
MACHINE = ("search", "breaks", "vector", "sentences", "model", "times", "fingerprint")
JOB = ("sha256", "lease", "lease_until", "due_at", "begun_at", "wait_until", "handed_out", "tries")

RULES: Rules = {
    Piece: Held(
        _("What was read so far of a file"), _("Goes with the file or recording that it is of.")
    ),
    Transcription: Held(
        _("Recordings that you had put into words"),
        _("So that you can fetch the words; gone after a week in any case."),
        {"user": ERASE},
        hide=JOB,
        files={"key": "media_type"},
    ),
    Utterance: Held(
        _("Long texts that you had spoken"),
        _("So that you can fetch the sound; gone after a week in any case."),
        {"user": ERASE},
        hide=(*JOB, "file_name", "kind"),
        files={"key": "media_type"},
    ),
    Passage: Held(
        _("Passages of materials that you brought"),
        OTHERS,
        {"material__uploaded_by": KEEP},
        hide=MACHINE,
    ),
    Word: Held(_("How often words occur in materials"), _("Names nobody.")),
    Portrait: Held(
        _("Summaries and key terms of materials"),
        _("Sentences of the material itself, and how hard it is to read. Goes with it."),
    ),
    Figure: Held(
        _("Descriptions of pictures that you wrote"),
        OTHERS,
        {"edited_by": UNNAME},
        hide=("mark", "words", "steps"),
        files={"key": "media_type"},
    ),
    Material: Held(
        _("Materials that you brought"),
        OTHERS,
        {"uploaded_by": UNNAME},
        hide=(*JOB, "view"),
        files={"key": "media_type"},
    ),
    CueEdit: Held(
        _("Captions that you put right"),
        _("Others read and hear by them: they stay, without your name."),
        {"by": UNNAME, "ended_by": UNNAME},
        hide=("sha256", "machine", "parted"),
    ),
    Earlier: Held(
        _("Files of materials that were replaced"),
        _("So that the file before can be put back; gone after 30 days."),
        {"replaced_by": UNNAME},
        hide=("sha256",),
        files={"key": "media_type"},
    ),
    Incoming: Held(
        _("Files that you were sending"),
        _("Until they have arrived; gone after a day in any case."),
        {"user": ERASE},
        hide=("sha256", "key", "upload"),
    ),
    Clip: Held(
        _("Speech that was made"),
        _("Names nobody, not even its words; gone when nobody asked for it in 30 days."),
    ),
}


def erase(user: UUID) -> dict[str, int]:
    """Erase a person. Their recordings' files go before the rows that name them, so that whoever is
    stopped in between can go on."""
    for row in Transcription.objects.filter(user=user):
        if row.key:
            storage.objects().drop(row.key)
        pieces.forget(row.id, captions=True)
    for sent in Incoming.objects.filter(user=user):
        incoming.forget(sent)
    for utterance in Utterance.objects.filter(user=user):
        utterances.forget(utterance)
    return held.erase(RULES, {"id": user})
