"""Captions line by line: put right by a teacher, and who changed what."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.common.pages import Page, page_of_list
from edu.multimodal import data, tasks
from edu.multimodal.api import rights
from edu.multimodal.logic import captions, parting, showing
from edu.multimodal.models import Material
from edu.users import api as users


def cue(*, user: str, material: str, cue: str) -> data.Cue:
    """Return one line of the captions. Raises NoSuchMaterial, NoSuchCue."""
    return captions.one(rights.seen(user, material).id, cue)


def cue_after(*, user: str, material: str, cue: str) -> data.Cue:
    """Return the line after one. Raises NoSuchMaterial, NoSuchCue."""
    row = rights.seen(user, material)
    return captions.after(row.id, captions.one(row.id, cue).id)


def edit_cue(*, user: str, material: str, cue: str, text: str, was: str | None = None) -> data.Cue:
    """Write what is really said in a line; its teacher's or its bringer's right. It keeps its seconds,
    and passages, search and citations follow. `was`: what it said when the person read it. Raises
    Invalid, NoSuchCue, CueChanged, NotHeardYet."""
    now, by = timezone.now(), parse_id(user)
    return _change(
        user, material, cue, lambda row: captions.change(row, cue, text, by, now, was), "written"
    )


def undo_cue(*, user: str, material: str, cue: str, was: str | None = None) -> data.Cue:
    """Give a line the words back that the machine hears there; the parts of one are one again.
    Raises NotEdited, NoSuchCue, CueChanged, NotHeardYet."""
    now, by = timezone.now(), parse_id(user)
    return _change(user, material, cue, lambda row: parting.undo(row, cue, by, now, was), "undone")


def split_cue(
    *,
    user: str,
    material: str,
    cue: str,
    position: int | None = None,
    second: float | None = None,
    text: str | None = None,
    was: str | None = None,
) -> list[data.Cue]:
    """Part a line in two at the word that begins nearest to the sign `position` (of `text`, which is
    written in it first where it is given), or that is said nearest to a `second`; return both. Raises
    Invalid, NoSuchCue, CueChanged, NotHeardYet."""
    now, by = timezone.now(), parse_id(user)

    def part(row: Material) -> str:
        said = was
        if text is not None:
            captions.change(row, cue, text, by, now, was)
            said = None
        if position is None and second is None:
            raise Invalid(fields={"position": parting.WHERE})
        at = position if second is None else parting.at_second(row, cue, second)
        return parting.split(row, cue, at or 0, by, now, said)[0]

    first = _change(user, material, cue, part, "split")
    return [first, captions.after(parse_id(material), first.id)]


def join_cue(*, user: str, material: str, cue: str, was: str | None = None) -> data.Cue:
    """Join a line with the one after it; return what they are now. Raises NoNextLine, Apart, Invalid,
    NoSuchCue, CueChanged, NotHeardYet."""
    now, by = timezone.now(), parse_id(user)
    return _change(user, material, cue, lambda row: parting.join(row, cue, by, now, was), "joined")


def keep_cue(*, user: str, material: str, cue: str) -> data.Cue:
    """Hold on to what somebody wrote in a line, though the machine hears other words there now. Raises
    NotEdited, NoSuchCue, NotHeardYet."""
    return _change(user, material, cue, lambda row: captions.keep(row, cue), "kept")


def cue_edits(
    *, user: str, material: str, cursor: str | None = None, limit: int = 50
) -> Page[data.CueChange]:
    """Return who changed what in the captions, the newest first; for whoever may change them."""
    with transaction.atomic():
        row = rights.own(user, material)
    return captions.changes(row.id, cursor, limit)


def cues_page(
    *, user: str, material: str, cursor: str | None = None, limit: int = 50
) -> Page[data.Cue]:
    """Return the lines of the captions in their order. Raises NoSuchMaterial."""
    return page_of_list(showing.cues(rights.seen(user, material).id), cursor, limit)


def _change(
    user: str, material: str, cue: str, do: Callable[[Material], str], how: str
) -> data.Cue:
    with transaction.atomic():
        row = rights.own(user, material)
        edit = do(row)
        found = captions.nearest(row.id, cue)
        if edit and not row.embedder:
            tasks.make_vectors.delay_on_commit(str(row.id))
    if edit:
        told = {"material": str(row.id), "second": found.start, "edit": edit, "how": how}
        users.audit(action="captions", by=user, detail=told)
    return found
