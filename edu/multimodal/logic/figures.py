"""Pictures in materials: what kind each is, what it shows, and what people write about it.

What its author says of a picture, a model, or a person here, is a passage of its own kind, "picture", so
that it is found and never taken for the words of the material. The person's words go first, then the
author's. Where nobody says anything, pages tell the kind and the words in it, and that no model
described it.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Max

from edu.common.errors import Conflict, Invalid, NotFound, Unavailable
from edu.common.ids import parse_id
from edu.common.language import detect
from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.inference import api as inference
from edu.multimodal import data
from edu.multimodal.data import Block, Chunk, Picture
from edu.multimodal.logic import copies, kinds, steps, writing
from edu.multimodal.logic.chunks import PICTURE
from edu.multimodal.logic.lexemes import index
from edu.multimodal.models import Figure, Job, Material, Passage

LONGEST = 1000  # signs of a description
MOST = 300  # pictures of one material
SMALLEST = 40  # pixels: what is smaller is an ornament
MOST_WORDS = 60  # lines that are kept of one picture
_FENCE = re.compile(r"^\s*(?:```\w*|\$\$?|\\\[|\\\()\s*|\s*(?:```|\$\$?|\\\]|\\\))\s*$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMAND = re.compile(r"\\(?:text|math|operator)[a-z]*\s*\{[^{}]*\}|\\[a-zA-Z]+")

DESCRIBE = (
    "Write a text alternative for this picture, for a learner who cannot see it: what it shows and how it "
    "is labelled, in one or two plain sentences. Do not begin with 'A picture of'. Do not guess what "
    "cannot be seen, and do not solve any exercise in it."
)
IN = " Write it in the language with the code '%s'."
AS_LATEX = (
    "Write the formula in this picture as LaTeX, and nothing else. "
    "If there is no formula in it, write NONE."
)


def is_figure(picture: Picture) -> bool:
    """Whether a picture is one of its own, and not the scan of a page, a dot, or an empty sheet."""
    if picture.whole and picture.locator.get("kind") != "region":
        return False
    if not picture.path or (picture.alt and "wide" not in picture.look):
        return bool(picture.alt or picture.media_type)
    if picture.look.get("few", 0) > 0.999 and not picture.look.get("ink"):
        return False
    size = (picture.look.get("wide", 0), picture.look.get("high", 0))
    return min(size) >= SMALLEST


def see(
    folder: Path, picture: Picture, lines: Sequence[Mapping[str, Any]], language: str
) -> dict[str, Any]:
    """Return what is known of a picture besides its lines: its kind, the steps of written work, and, where
    a model sees, what that says; nothing for what is no figure. No database."""
    if not is_figure(picture):
        return {}
    kind = kinds.kind_of(picture.look, lines) if picture.path else ""
    own = plain(picture.alt)
    found: dict[str, Any] = {"locator": picture.locator, "look": dict(picture.look), "kind": kind}
    found |= {"described": own if picture.guessed else "", "latex": ""}
    found |= {"authored": "" if picture.guessed else own, "form": picture.media_type[:20]}
    whole = picture.locator.get("kind") == "region"
    found["steps"] = steps.steps_of([dict(each) for each in lines]) if whole else []
    if picture.path and inference.can_see():
        content = (folder / picture.path).read_bytes()
        asked = DESCRIBE + (IN % language if language else "")
        with contextlib.suppress(Unavailable):  # it is told honestly that nobody described it
            if not found["authored"]:
                found["described"] = plain(inference.see(picture=content, prompt=asked).text)
            if kind == kinds.FORMULA:
                found["latex"] = latex(inference.see(picture=content, prompt=AS_LATEX).text)
    return found


def plain(text: str) -> str:
    """Return what somebody wrote of a picture as one line."""
    return " ".join(text.replace("\x00", "").split())[:LONGEST]


def latex(text: str) -> str:
    """Return the LaTeX that a model gave; "" for anything else, as a model likes to explain."""
    said = text.strip()
    for _time in range(3):
        said = _FENCE.sub("", said).strip()
    if len(said) > LONGEST or said.count("{") != said.count("}") or _wordy(said):
        return ""
    return said if re.search(r"[\\=^_+]", said) else ""


def _wordy(said: str) -> bool:
    """Whether it is a sentence rather than a formula."""
    return len(_WORD.findall(_COMMAND.sub(" ", said))) > 2


def edits(job: UUID) -> dict[str, str]:
    """Return, by the mark of the picture, what people wrote of pictures of the material that a job reads
    (of the one whose place it takes, for a draft)."""
    row = Material.every.filter(id=job).values_list("id", "replaces").first() or ()
    found = Figure.objects.filter(material__in=[each for each in row if each]).exclude(edited="")
    return dict(found.values_list("mark", "edited"))


def said(picture: Picture, found: Mapping[str, Any], edited: Mapping[str, str]) -> list[Block]:
    """Return the block that says what a picture shows, if anybody or anything does."""
    if "kind" not in found:
        return []
    text = edited.get(found["look"].get("mark", ""), "")
    text = text or found.get("authored", "") or found["described"]
    return [Block(PICTURE, text, picture.locator)] if text else []


def keep(row: Material, found: Mapping[int, Mapping[str, Any]], shown: copies.Kept) -> None:
    """Write down the figures of a material that was read: `found` is what `see` said of its pictures, and
    `shown` the copies of them that are kept, both by number. What people wrote of the same pictures is
    kept. The caller holds the transaction."""
    before = Figure.objects.filter(material__in=[row.id, *([row.replaces] if row.replaces else [])])
    known = {
        mark: (text, by, at)
        for mark, text, by, at in before.exclude(edited="").values_list(
            "mark", "edited", "edited_by", "edited_at"
        )
    }
    forget(row.id)
    figures: list[Figure] = []
    for number, each in sorted(found.items()):
        if "kind" not in each or len(figures) == MOST:
            continue
        look = each["look"]
        text, by, at = known.get(look["mark"], ("", None, None))
        key, media_type = shown.get(number, ("", each.get("form", "")))
        figures.append(
            Figure(
                material=row,
                ordinal=number,
                locator=each["locator"],
                mark=look["mark"],
                kind=each["kind"],
                wide=look.get("wide", 0),
                high=look.get("high", 0),
                words=[line["text"][:200] for line in each["lines"][:MOST_WORDS]],
                steps=each["steps"],
                described=each["described"],
                authored=each.get("authored", ""),
                key=key,
                media_type=media_type,
                latex=each["latex"],
                edited=text,
                edited_by=by,
                edited_at=at,
            )
        )
    Figure.objects.bulk_create(figures)


class NoSuchFigure(NotFound):
    """There is no such picture in the material."""

    detail = _("There is no such picture in this material.")


class NotReadYet(Conflict):
    """409: its pictures are not known yet."""

    detail = _("This is still being read. Wait until it is ready.")


def write(row: Material, figure: str, text: str, by: UUID, now: datetime) -> data.Figure:
    """Keep what a person writes of a picture; empty text gives it back to what its author or a model
    says. Search knows it at once. The caller holds the row. Raises NoSuchFigure, NotReadYet, Invalid."""
    if row.status != Job.Status.READY:
        raise NotReadYet
    rows = Figure.objects.select_for_update().filter(material=row, id=parse_id(figure))
    found = rows.first()
    if found is None:
        raise NoSuchFigure
    if len(text) > LONGEST:
        raise Invalid(fields={"alt": _("Write at most %s characters.") % LONGEST})
    before = _said(found)
    found.edited = plain(text)
    found.edited_by, found.edited_at = (by, now) if found.edited else (None, None)
    found.save()
    _say(row, found.locator, before, _said(found), now)
    return figure_data(found)


def _said(figure: Figure) -> str:
    return figure.edited or figure.authored or figure.described


def _say(row: Material, locator: Locator, before: str, after: str, now: datetime) -> None:
    """Put `after` in the place of the passage that said `before` of the picture at `locator`."""
    if before == after:
        return
    of = Passage.objects.filter(material=row, kind=PICTURE, locator=locator, text=before)
    passage = of.select_for_update().first() if before else None
    gone: frozenset[str] = frozenset()
    came: frozenset[str] = frozenset()
    if passage is not None:
        gone = index(passage.text, " ".join(passage.path), passage.language).distinct
    if after:
        last = Passage.objects.filter(material=row).aggregate(last=Max("ordinal"))["last"]
        path = passage.path if passage else _path(row, locator)
        chunk = Chunk(after, locator, path, detect(after, row.language), PICTURE)
        known = index(after, " ".join(path), chunk.language)
        came = known.distinct
        ordinal = passage.ordinal if passage else (-1 if last is None else last) + 1
        made = writing.passage(row, ordinal, chunk, known, ids={})
        if passage is not None:
            made.id, made.objective = passage.id, passage.objective
            passage.delete()
        made.save(force_insert=True)
        row.passages += passage is None
        row.embedder = ""  # the sweeper makes its vector; until then its words find it
    elif passage is not None:
        of.filter(id=passage.id).delete()
        row.passages -= 1
    writing.recount(row, gone=gone - came, came=came - gone)
    row.finished_at = now
    row.save(update_fields=["passages", "embedder", "finished_at"])


def _path(row: Material, locator: Locator) -> list[str]:
    """Return the headings above the last passage of the same page, slide or section."""
    name = next((each for each in ("page", "slide", "path") if each in locator), "")
    if not name:
        return []
    rows = Passage.objects.filter(material=row, **{f"locator__{name}": locator[name]})
    return list(rows.order_by("-ordinal").values_list("path", flat=True).first() or [])


def forget(material: UUID) -> None:
    """Throw away the figures of a material, and the copies that are kept of them."""
    rows = Figure.objects.filter(material=material)
    copies.drop(rows)
    rows.delete()


def take_over(material: UUID, draft: UUID) -> None:
    """Give a material the figures of the draft that takes its place."""
    forget(material)
    Figure.objects.filter(material=draft).update(material=material)


def figure_data(row: Figure) -> data.Figure:
    """Return a figure as others see it."""
    return data.Figure(
        id=str(row.id),
        material=str(row.material_id),
        ordinal=row.ordinal,
        locator=row.locator,
        kind=row.kind,
        wide=row.wide,
        high=row.high,
        words=row.words,
        steps=[data.Step(at, text, box) for at, (text, box) in enumerate(row.steps, 1)],
        described=row.described,
        latex=row.latex,
        edited=row.edited,
        authored=row.authored,
        shown=bool(row.key),
        media_type=row.media_type,
    )


def of_material(material: UUID, page: int | None = None) -> list[data.Figure]:
    """Return the figures of a material in order, or those of one page."""
    rows = Figure.objects.filter(material=material).order_by("ordinal")
    if page is not None:
        rows = rows.filter(locator__page=page)
    return [figure_data(row) for row in rows[:MOST]]
