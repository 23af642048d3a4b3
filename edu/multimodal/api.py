"""Materials in, passages with locators out; search, citations, recordings, speech, stored bytes.

Ids are strings; `user` is who asks, and functions that take it check their right first. Those that
do not take it say so: whoever calls them has asked `courses.api.course` before.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from edu.common import held as holding
from edu.common.clean import line
from edu.common.errors import Denied, NotFound
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.sources import Citation
from edu.courses import api as courses
from edu.courses.data import UPLOADS, Course
from edu.inference import api as inference
from edu.multimodal import data, tasks
from edu.multimodal.data import Stored
from edu.multimodal.logic import (
    citations,
    excerpts,
    fetching,
    glossary,
    held,
    intake,
    jobs,
    objectives,
    reads,
    showing,
    signs,
    storage,
    sweeping,
    transcriptions,
    viewing,
)
from edu.multimodal.logic import forms as forms_known
from edu.multimodal.logic import search as searching
from edu.multimodal.logic import voice as speaking
from edu.multimodal.models import Material, Transcription

TITLE = 200  # characters


def forms() -> list[data.Form]:
    """Return the formats that are read, as pages show them."""
    return forms_known.known()


# --- materials ----------------------------------------------------------------------------------


def add_material(
    *, user: str, course: str, file_name: str, path: str, title: str = ""
) -> data.Material:
    """Bring the file at `path` (a temporary one, which stays the caller's) into a course.

    `file_name` is what the person called it: words, never a place. It is queued, and read by a
    worker. Raises NoSuchCourse, Denied, TooLarge, UnsupportedType, Unreadable, BudgetSpent.
    """
    courses.course(user=user, course=course, need="bring")
    return _add(user, course, file_name, Path(path), title)


def add_page(*, user: str, course: str, url: str, title: str = "") -> data.Material:
    """Bring what stands at an address into a course: a page of the web, or a file. It is fetched at
    once, and read by a worker. Raises NotOutward and NotFetched besides what `add_material` does."""
    courses.course(user=user, course=course, need="bring")
    with fetching.fetched(url) as page:
        return _add(user, course, page.file_name, Path(page.path), title or page.title, page.url)


def _add(
    user: str, course: str, file_name: str, path: Path, title: str, url: str = ""
) -> data.Material:
    brought = intake.look(path, file_name)
    named = line(title, field="title", most=TITLE, empty=True) or brought.title
    courses.spend(course=course, kind=UPLOADS)
    with intake.kept("material", path, brought.media_type) as stored, transaction.atomic():
        row = intake.enter(
            parse_id(course), parse_id(user), brought, named, stored, timezone.now(), url
        )
        tasks.read_material.delay_on_commit(str(row.id))
        return reads.material_data(row)


def refetch(*, user: str, material: str) -> data.Material:
    """Fetch a page of the web again; when it is another, it is read anew, and `drift` then tells what
    changed. Its teacher's or its bringer's right. Raises NoPage, StillRead, NotFetched."""
    with transaction.atomic():
        url = fetching.address(_own(user, material))
    with fetching.fetched(url) as page:
        stored = fetching.keep(page)
        with transaction.atomic():
            row = _own(user, material)
            gone = fetching.again(row, page, stored, timezone.now())
            if not row.over:
                tasks.read_material.delay_on_commit(str(row.id))
    fetching.forget(row, gone)
    return reads.material_data(row)


def material(*, user: str, material: str) -> data.Material:
    """THE access rule: return the material if `user` is in its course; raise NoSuchMaterial."""
    return reads.material_data(_seen(user, material))


def materials(
    *, user: str, course: str, cursor: str | None = None, limit: int = 50, archive: str = ""
) -> Page[data.Material]:
    """Return the materials of a course, newest first, or those that came in one archive; any member."""
    courses.course(user=user, course=course)
    return reads.materials(course, cursor, limit, archive)


@transaction.atomic
def rename(*, user: str, material: str, title: str) -> data.Material:
    """Give a material another title; its teacher's or its bringer's right. Raises Invalid."""
    row = _own(user, material)
    row.title = line(title, field="title", most=TITLE)
    row.save(update_fields=["title"])
    return reads.material_data(row)


@transaction.atomic
def remove(*, user: str, material: str) -> data.Material:
    """Take a material out of its course; `restore` undoes it within 30 days."""
    row = _own(user, material)
    row.removed_at = timezone.now()
    row.lease = row.lease_until = None
    row.save(update_fields=["removed_at", "lease", "lease_until"])
    return reads.material_data(row)


@transaction.atomic
def restore(*, user: str, material: str) -> data.Material:
    """Bring a removed material back; if it was being read, reading goes on."""
    row = _own(user, material, removed=True)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    if not row.over:
        tasks.read_material.delay_on_commit(str(row.id))
    return reads.material_data(row)


@transaction.atomic
def retry(*, user: str, material: str) -> data.Material:
    """Read a material that failed or was cancelled once more. Raises NothingToRetry."""
    row = _own(user, material)
    if not jobs.again(row, timezone.now()):
        raise data.NothingToRetry
    tasks.read_material.delay_on_commit(str(row.id))
    return reads.material_data(row)


@transaction.atomic
def cancel(*, user: str, material: str) -> data.Material:
    """Stop the reading of a material; whoever reads it stops within a second. Raises NotWorking."""
    row = _own(user, material)
    if not jobs.cancel(row, timezone.now()):
        raise data.NotWorking
    return reads.material_data(row)


def _member(user: str, row: Material) -> Course:
    """Return the course of a material as `user` sees it; raise NoSuchMaterial for strangers."""
    try:
        return courses.course(user=user, course=str(row.course))
    except NotFound:
        raise data.NoSuchMaterial from None


def _own(user: str, material: str, *, removed: bool = False) -> Material:
    """Lock a material for a change by a teacher of its course or by who brought it."""
    rows = Material.objects.select_for_update()
    row = rows.filter(id=parse_id(material), removed_at__isnull=not removed).first()
    if row is None:
        raise data.NoSuchMaterial
    if not _member(user, row).may_change(str(row.uploaded_by), str(parse_id(user))):
        raise Denied
    return row


# --- looking at a material ----------------------------------------------------------------------


def _seen(user: str, material: str) -> Material:
    row = Material.objects.filter(id=parse_id(material), removed_at=None).first()
    if row is None:
        raise data.NoSuchMaterial
    _member(user, row)
    return row


def original(*, user: str, material: str) -> data.Original:
    """Return where the file of a material is, as it was brought. Raises NoSuchMaterial."""
    row = _seen(user, material)
    return data.Original(row.key, row.media_type, row.bytes, row.sha256, row.file_name)


def page_picture(*, user: str, material: str, page: int, width: int = 1400) -> data.Drawn:
    """Return a page (from 1) of a PDF, or the picture that an image is, drawn for the screen. Raises
    NoSuchMaterial, NoPicture."""
    return viewing.page_picture(_seen(user, material), page, width)


def page_lines(*, user: str, material: str, page: int) -> list[data.PageLine]:
    """Return the lines of a page that has a picture, with the places of their words, so that they can
    be selected on it. Raises NoSuchMaterial, NoPicture."""
    return signs.page_lines(_seen(user, material), page)


def page_passages(*, user: str, material: str, page: int) -> list[data.Passage]:
    """Return the passages that stand on a page or slide, in order. Raises NoSuchMaterial."""
    return viewing.page_passages(_seen(user, material).id, page)


def passages_from(
    *, user: str, material: str, ordinal: int = 0, limit: int = 50
) -> list[data.Passage]:
    """Return passages in order from number `ordinal` (from 0) on. Raises NoSuchMaterial."""
    return reads.passages_from(_seen(user, material).id, ordinal, min(limit, 500))


def headings(*, user: str, material: str) -> list[data.Heading]:
    """Return the headings of a material in order. Raises NoSuchMaterial."""
    return viewing.headings(_seen(user, material).id)


def captions(*, user: str, material: str) -> data.Captions:
    """Return what is said in a recording, and when. Raises NoSuchMaterial."""
    return viewing.captions(_seen(user, material).id)


# --- passages -----------------------------------------------------------------------------------


def passages(
    *, user: str, material: str, cursor: str | None = None, limit: int = 50
) -> Page[data.Passage]:
    """Return the passages of a material in their order; any member of its course may ask."""
    row = _seen(user, material)
    # Those that are there while it is being read are not for anybody yet.
    return reads.passages(row.id, cursor, limit) if row.passages else Page([])


def passages_by_id(*, passages: list[str]) -> dict[str, data.Passage]:
    """Return those of the passages that there are, by id. No access check."""
    return reads.passages_by_id(passages)


def course_passages(
    *, course: str, objective: str | None = None, material: str | None = None, limit: int = 200
) -> list[data.Passage]:
    """Return passages of a course that may be shown, in the order of its materials: all, or those of
    one objective or material. No access check."""
    return reads.course_passages(course, objective, material, limit)


def materials_of_objective(*, course: str, objective: str) -> list[data.Material]:
    """Return the materials that teach an objective, the most thorough first. No access check."""
    return reads.materials_of_objective(course, objective)


def search(
    *,
    course: str,
    query: str,
    limit: int = 8,
    objective: str | None = None,
    material: str | None = None,
    user: str = "",
) -> data.Found:
    """Return the passages of a course that speak of `query`, best first, by words and by meaning; for
    `user`, or for whom the caller works.

    `relevant` is False when nothing in the course does; the nearest are returned all the same. When
    the embedder does not answer, words alone decide. No access check.
    """
    with inference.on_behalf(user=user, course=course) if user else nullcontext():
        return searching.search(course, query, limit, objective, material)


def search_state(*, course: str) -> str:
    """Return a word that is another as soon as a search may find something else. No access check."""
    return searching.state(course)


def cite(*, passage: str, quote: str) -> Citation | None:
    """Return a citation (marker 0) of `quote`, its words as they stand in the passage; None when
    they do not stand there. White space, ligatures, and the forms of quotation marks and hyphens may
    differ. No access check."""
    return citations.cite(passage, quote)


def link(*, material: str, passage: str, quote: str = "") -> str:
    """Return the address that opens a material at a passage, with `quote` marked."""
    return citations.link(material, passage, quote)


def find_quote(*, text: str, quote: str) -> list[int] | None:
    """Return [start, end] of `quote` in `text`, found as `cite` finds it; None when it is not there."""
    span = citations.find_quote(text, quote)
    return list(span) if span else None


def key_terms(*, course: str, limit: int = 40) -> list[dict[str, Any]]:
    """Return the key terms of a course, best first: `term`, `count`, `passage` (the id of one that
    speaks of it) and, where the materials give one, `definition`. No access check."""
    return glossary.key_terms(course, limit)


@transaction.atomic
def retag(*, course: str, moved: dict[str, str]) -> None:
    """The objectives of a course changed: give the passages of those that are gone (`moved`, to what
    takes them) away at once, and have a worker look at all of them again. No access check."""
    objectives.move(course, moved)
    tasks.retag.delay_on_commit(course)


def forget_course(*, course: str) -> None:
    """Delete all materials of a course that is gone for good, with their files. No access check."""
    sweeping.remove_course(parse_id(course))


def removed_materials(*, user: str, course: str) -> list[data.Material]:
    """Return what `user` may restore, last removed first: a teacher all, others what they brought."""
    by = None if "teach" in courses.course(user=user, course=course).permissions else parse_id(user)
    return showing.removed(parse_id(course), by, timezone.now())


def page_size(*, user: str, material: str, page: int, width: int = 1400) -> list[int]:
    """Return [width, height] in pixels of the picture of a page that was drawn before; else []."""
    return showing.page_size(_seen(user, material).id, page, width)


def cues(*, user: str, material: str) -> list[data.Cue]:
    """Return what is said in a recording in short lines, each with its seconds and its passage."""
    return showing.cues(_seen(user, material).id)


def excerpt(*, text: str, query: str, language: str = "") -> list[list[str]]:
    """Return the part of `text` that speaks of `query`, in pieces [words, mark]: `mark` is "mark" for
    what was asked for, "cut" for dots where something is left out, else ""."""
    return excerpts.excerpt(text, query, language)


# --- for staff: any course, in bulk ------------------------------------------------------------


@transaction.atomic
def staff_retry(*, materials: list[str]) -> int:
    """Read those of `materials` that failed or were cancelled once more; return how many."""
    rows = _locked(materials).filter(removed_at=None)
    again = [row for row in rows if jobs.again(row, timezone.now())]
    for row in again:
        tasks.read_material.delay_on_commit(str(row.id))
    return len(again)


@transaction.atomic
def staff_cancel(*, materials: list[str]) -> int:
    """Stop the reading of those of `materials` that are being read; return how many."""
    return sum(jobs.cancel(row, timezone.now()) for row in _locked(materials))


@transaction.atomic
def staff_remove(*, materials: list[str]) -> int:
    """Take `materials` out of their courses, as `remove` does; return how many."""
    rows = _locked(materials).filter(removed_at=None)
    return rows.update(removed_at=timezone.now(), lease=None, lease_until=None)


@transaction.atomic
def staff_restore(*, materials: list[str]) -> int:
    """Bring removed `materials` back, as `restore` does; return how many."""
    rows = list(_locked(materials).exclude(removed_at=None))
    for row in rows:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        if not row.over:
            tasks.read_material.delay_on_commit(str(row.id))
    return len(rows)


@transaction.atomic
def staff_transcriptions_again(*, transcriptions: list[str]) -> int:
    """Hear recordings once more whose hearing failed; return how many."""
    ids = [parse_id(each) for each in transcriptions]
    rows = Transcription.objects.select_for_update().filter(id__in=ids)
    again = [row for row in rows if jobs.again(row, timezone.now())]
    for row in again:
        tasks.transcribe.delay_on_commit(str(row.id))
    return len(again)


def _locked(materials: list[str]) -> QuerySet[Material]:
    ids = [parse_id(each) for each in materials]
    return Material.objects.select_for_update().filter(id__in=ids)


# --- recordings and speech ----------------------------------------------------------------------


def start_transcription(*, user: str, file_name: str, path: str) -> data.Transcription:
    """Have the recording at `path` (a temporary file, which stays the caller's) put into words.
    Raises TooLarge, UnsupportedType, Unreadable."""
    brought = transcriptions.look(Path(path), file_name)
    with intake.kept("sound", Path(path), brought.media_type) as stored, transaction.atomic():
        row = transcriptions.enter(parse_id(user), brought, stored, timezone.now())
        tasks.transcribe.delay_on_commit(str(row.id))
        return transcriptions.transcription_data(row)


def transcription(*, user: str, transcription: str) -> data.Transcription:
    """Return a transcription that `user` asked for; raise NotFound."""
    for row in Transcription.objects.filter(id=parse_id(transcription), user=parse_id(user)):
        return transcriptions.transcription_data(row)
    raise NotFound


def speech(*, text: str, voice: str = "", speed: float = 1.0, user: str = "") -> bytes:
    """Return `text` spoken for `user`, as a WAV file; what was spoken before comes from the store. Raises
    Invalid and, when nothing can speak, ModelUnavailable."""
    with inference.on_behalf(user=user):
        return speaking.speech(text, voice, speed, timezone.now())


# --- bytes --------------------------------------------------------------------------------------


def keep(*, kind: str, data: bytes, media_type: str) -> Stored:
    """Keep bytes under a key that nobody can guess, which the caller keeps. `kind` is a word of theirs."""
    return storage.keep(kind, data, media_type)


def keep_file(*, kind: str, path: str, media_type: str) -> Stored:
    """Keep the file at `path`, as `keep` keeps bytes."""
    return storage.keep_file(kind, Path(path), media_type)


def fetch(*, key: str) -> bytes:
    """Return the bytes under `key`; raise NotFound. No access check."""
    return storage.fetch(key)


def size(*, key: str) -> int:
    """Return how many bytes are under `key`; raise NotFound. No access check."""
    return storage.objects().size(key)


def part(*, key: str, start: int, end: int) -> bytes:
    """Return the bytes from `start` to before `end`, or to their end; raise NotFound. No access check."""
    return storage.fetch_part(key, start, end)


def drop(*, key: str) -> None:
    """Remove the bytes under `key`; nothing there is no error. No access check."""
    storage.objects().drop(key)


def remember(*, kind: str, name: str, text: str) -> None:
    """Note beside the database what an earlier state of it would not know: storage.NOTES has the kinds."""
    storage.objects().note(storage.note_key(kind, name), text)


def remembered(*, kind: str, texts: bool = True) -> dict[str, str]:
    """Return the notes of one kind, by name (32 hex digits); "" for each without `texts`."""
    return storage.objects().notes(kind, texts)


def reseal(*, after: str) -> str | None:
    """Seal anew some files after the key `after` ("": all); return where to go on, None at the end."""
    return sweeping.reseal(after, timezone.now())


# --- privacy ------------------------------------------------------------------------------------


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person, whose materials stay in others' courses; return how many rows of each table went."""
    return held.erase(parse_id(user))
