"""Looking at a material: its file, pages, headings and captions."""

from django.utils import timezone

from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.multimodal import data
from edu.multimodal.api import rights
from edu.multimodal.logic import (
    excerpts,
    portraits,
    reads,
    showing,
    signs,
    viewing,
)


def original(*, user: str, material: str) -> data.Original:
    """Return where the file of a material is, as it was brought. Raises NoSuchMaterial, and KeysInside
    for who may not have the answers that stand in it."""
    row = rights.seen(user, material)
    if reads.material_data(row).keyed:
        course = rights.member(user, row)
        if not course.may_change(str(row.uploaded_by), str(parse_id(user))):
            raise data.KeysInside
    return data.Original(row.key, row.media_type, row.bytes, row.sha256, row.file_name)


def page_picture(*, user: str, material: str, page: int, width: int = 1400) -> data.Drawn:
    """Return a page (from 1) of a PDF, or the picture that an image is, drawn for the screen. Raises
    NoSuchMaterial, NoPicture."""
    return viewing.page_picture(rights.seen(user, material), page, width)


def page_lines(*, user: str, material: str, page: int) -> list[data.PageLine]:
    """Return the lines of a page that has a picture, with the places of their words, so that they can
    be selected on it. Raises NoSuchMaterial, NoPicture."""
    return signs.page_lines(rights.seen(user, material), page)


def page_passages(*, user: str, material: str, page: int) -> list[data.Passage]:
    """Return the passages that stand on a page or slide, in order. Raises NoSuchMaterial."""
    return viewing.page_passages(rights.seen(user, material).id, page)


def passages_from(
    *, user: str, material: str, ordinal: int = 0, limit: int = 50
) -> list[data.Passage]:
    """Return passages in order from number `ordinal` (from 0) on. Raises NoSuchMaterial."""
    return reads.passages_from(rights.seen(user, material).id, ordinal, min(limit, 500))


def portrait(*, user: str, material: str) -> data.Portrait:
    """Return what a material tells of itself: a summary and key terms in its own words, each with its
    passage, and how hard it is to read. Raises NoSuchMaterial."""
    return portraits.portrait(rights.seen(user, material))


def quoting(*, user: str, material: str, quote: str) -> data.Passage | None:
    """Return the first passage of a material in which `quote` stands, as `cite` finds it; None where
    it stands nowhere. Raises NoSuchMaterial."""
    return viewing.quoting(rights.seen(user, material).id, quote)


def headings(*, user: str, material: str) -> list[data.Heading]:
    """Return the headings of a material in order. Raises NoSuchMaterial."""
    return viewing.headings(rights.seen(user, material).id)


def captions(*, user: str, material: str) -> data.Captions:
    """Return what is said in a recording, and when. Raises NoSuchMaterial."""
    return viewing.captions(rights.seen(user, material).id)


def removed_materials(*, user: str, course: str) -> list[data.Material]:
    """Return what `user` may restore, last removed first: a teacher all, others what they brought."""
    by = None if "teach" in courses.course(user=user, course=course).permissions else parse_id(user)
    return showing.removed(parse_id(course), by, timezone.now())


def page_size(*, user: str, material: str, page: int, width: int = 1400) -> list[int]:
    """Return [width, height] in pixels of the picture of a page that was drawn before; else []."""
    return showing.page_size(rights.seen(user, material).id, page, width)


def cues(*, user: str, material: str) -> list[data.Cue]:
    """Return what is said in a recording in short lines, each with its seconds and its passage."""
    return showing.cues(rights.seen(user, material).id)


def excerpt(*, text: str, query: str, language: str = "") -> list[list[str]]:
    """Return the part of `text` that speaks of `query`, in pieces [words, mark]: `mark` is "mark" for
    what was asked for, "cut" for dots where something is left out, else ""."""
    return excerpts.excerpt(text, query, language)
