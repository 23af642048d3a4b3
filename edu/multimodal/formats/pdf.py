"""PDF: text with its places by pdfium, reading order by us, pages without text as pictures."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Locked, Progress, TooManyPages, tidy
from edu.multimodal.base.layout import groups
from edu.multimodal.base.pages import Mark, Sheet, blocks, sheet
from edu.multimodal.base.pdfium import Figure, Page, words_of
from edu.multimodal.base.ruled import grids
from edu.multimodal.base.words import Box, Word
from edu.multimodal.data import (
    DRAWING_PAGE,
    READING_PAGE,
    Block,
    Document,
    Left,
    Picture,
    Unreadable,
)

_DPI = 200
_MOST_PIXELS = 12_000_000  # of a page that is drawn to be read
_MOST_NAMED = 20  # pages that could not be read
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")

DAMAGED = _(
    "This PDF is damaged and cannot be opened. Open it where it was made, save it again and bring it "
    "once more."
)
PAGES_LOST = _("These pages are damaged and could not be read.")
NO_PAGES = _("This PDF has no pages. Save it again and bring it once more.")
NO_SUCH_PAGE = _("This PDF has no such page.")


class Pdf(Format):
    """See the module."""

    name = "pdf"
    label = "PDF"
    called = _("PDF")
    view = "page"
    media_types = ("application/pdf",)
    extensions = ("pdf",)
    score = 10
    version = 2  # what authors say of pictures

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all pages; see Format.read."""
        file = _open(path)
        count = len(file)
        if count > limits.pages:
            raise TooManyPages(pages=count, limit=limits.pages)
        sheets: list[Sheet] = []
        scans: list[int] = []
        lost: list[int] = []
        figures: dict[int, list[Figure]] = {}
        characters = 0
        for index in range(count):
            told = {"number": index + 1, "count": count}
            progress(0.8 * index / count, READING_PAGE % told)
            page = _page(file, index)
            if page is None:
                lost.append(index + 1)
                continue
            words = words_of(page)
            characters += sum(len(word.text) for word in words)
            if characters > limits.characters:
                raise TooManyPages(pages=count, limit=index)
            if _legible(words):
                sheets.append(sheet(index + 1, groups(words, grids(page.lines())), page.share))
                figures[index] = page.figures()
            else:
                scans.append(index)
            page.close()
        found = blocks(sheets, _marks(file))
        drawn = _draw(file, work, limits, progress, scans, _telling(figures))
        pictures = _placed(found, drawn)
        return Document(_title(file, found), found, pictures, pages=count, left=_left(lost))

    def picture(self, path: Path, page: int, work: Path, width: int) -> Path:
        """Draw one page; see Format.picture."""
        file = _open(path)
        if not 1 <= page <= len(file):
            raise Unreadable(NO_SUCH_PAGE)
        found = _page(file, page - 1)
        if found is None:
            raise Unreadable(DAMAGED)
        image = found.drawn(min(width / max(1.0, found.width), _scale(found, _MOST_PIXELS)))
        place = work / f"page-{page}.png"
        image.save(place, optimize=False)
        return place

    def signs(self, path: Path, page: int) -> list[list[list[Any]]]:
        """Return the lines of one page; see Format.signs. Text that stands turned has none."""
        file = _open(path)
        found = _page(file, page - 1) if 1 <= page <= len(file) else None
        if found is None:
            return []
        words = words_of(found)
        if found.quarters or not _legible(words):
            return []
        return [
            [
                [word.text, *(round(edge, 4) for edge in found.share(_box(word)))]
                for run in line.cells
                for word in run.words
            ]
            for group in groups(words)
            for line in group.lines
        ]


def _box(word: Word) -> Box:
    return word.x0, word.y0, word.x1, word.y1


def _open(path: Path) -> Any:
    import pypdfium2 as pdfium

    try:
        file = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        said = str(error).lower()
        if "password" in said or "security" in said:
            raise Locked from None
        raise Unreadable(DAMAGED) from None
    if len(file) < 1:
        raise Unreadable(NO_PAGES)
    return file


def _page(file: Any, index: int) -> Page | None:
    """Return page `index` (from 0); None when just this page is broken."""
    import pypdfium2 as pdfium

    try:
        page = Page(file[index])
    except pdfium.PdfiumError:
        return None
    return page if page.width > 1 and page.height > 1 else None


def _left(lost: list[int]) -> list[Left]:
    """Return which pages could not be read."""
    named = "p. " + ", ".join(str(page) for page in lost[:_MOST_NAMED])
    return [Left(f"{named}, …" if len(lost) > _MOST_NAMED else named, PAGES_LOST)] if lost else []


def _legible(words: list[Word]) -> bool:
    """Tell whether a page has a text layer that is worth more than a picture of the page."""
    signs = sum(len(word.text) for word in words)
    odd = sum(len(_NO_LETTER.findall(word.text)) for word in words)
    return signs >= 3 and odd <= 0.3 * signs


def _marks(file: Any) -> list[Mark]:
    """Return the file's outline; none when it is broken."""
    import pypdfium2 as pdfium

    found = []
    try:
        for mark in file.get_toc(max_depth=6):
            target = mark.get_dest()
            page = target.get_index() if target else None
            title = tidy(mark.get_title() or "")
            if page is not None and title:
                found.append(Mark(title, mark.level + 1, page + 1))
            if len(found) >= 5000:
                break
    except (pdfium.PdfiumError, ValueError, TypeError):
        return found
    return found


def _title(file: Any, found: list[Block]) -> str:
    """Return the title that the file gives itself, or its first large heading."""
    import pypdfium2 as pdfium

    try:
        title = tidy(file.get_metadata_value("Title") or "")
    except pdfium.PdfiumError:
        title = ""
    named = title and not re.search(
        r"^(?:untitled|microsoft|unnamed|document\d*$)|\.\w{2,4}$", title, re.I
    )
    if named and title.lower() not in ("(anonymous)", "untitled", "presentation"):
        return title[:200]
    tops = [block for block in found if block.kind == "heading" and block.locator["page"] == 1]
    return min(tops, key=lambda block: block.level).text[:200] if tops else ""


def _telling(figures: dict[int, list[Figure]]) -> dict[int, list[Figure]]:
    """Leave pictures out that come back on page after page: a logo, not a figure."""
    seen = Counter(tuple(figure.box) for page in figures.values() for figure in page)
    return {
        index: kept
        for index, page in figures.items()
        if (kept := [figure for figure in page if seen[tuple(figure.box)] < 3])
    }


def _scale(page: Page, pixels: int) -> float:
    """Return pixels per point for reading: 200 dpi, less where that is too large a picture."""
    return min(_DPI / 72, (pixels / (page.width * page.height)) ** 0.5, 20.0)


def _draw(
    file: Any,
    work: Path,
    limits: Limits,
    progress: Progress,
    scans: list[int],
    figures: dict[int, list[Figure]],
) -> list[Picture]:
    """Draw pages without text, and figures on the others, into the work folder."""
    found: list[Picture] = []
    wanted = sorted({*scans, *figures})
    whole = set(scans)
    budget = limits.pictures
    for done, index in enumerate(wanted):
        told = {"number": index + 1, "count": len(file)}
        progress(0.8 + 0.2 * done / len(wanted), DRAWING_PAGE % told)
        if index not in whole and budget <= 0:
            continue
        page = _page(file, index)
        if page is None:
            continue
        image = page.drawn(_scale(page, min(_MOST_PIXELS, limits.pixels)))
        page.close()
        if index in whole:
            if _has_ink(image):
                place = work / f"page-{index + 1}.jpg"
                image.save(place, quality=90)
                found.append(Picture(place.name, {"kind": "page", "page": index + 1}))
            continue
        for number, figure in enumerate(figures[index]):
            x0, y0, x1, y1 = figure.box
            wide, high = image.size
            part = image.crop((int(x0 * wide), int(y0 * high), int(x1 * wide), int(y1 * high)))
            if budget > 0 and _has_ink(part):
                budget -= 1
                place = work / f"figure-{index + 1}-{number + 1}.png"
                part.save(place)
                where = {"kind": "page", "page": index + 1, "box": figure.box}
                made = Picture(place.name, where, whole=False, alt=figure.alt)
                found.append(replace(made, worded=figure.worded))
    return found


def _has_ink(image: Any) -> bool:
    """Tell whether a picture is more than one even colour."""
    shades = image.convert("L").histogram()
    paper = max(range(256), key=lambda shade: shades[shade])
    other = sum(count for shade, count in enumerate(shades) if abs(shade - paper) > 48)
    return bool(other > 0.0002 * image.width * image.height)


def _placed(found: list[Block], pictures: list[Picture]) -> list[Picture]:
    """Give each picture the number of the block that it stands after."""
    placed = []
    last_of: dict[int, int] = {}
    for number, block in enumerate(found):
        last_of[block.locator["page"]] = number
    for picture in pictures:
        page = picture.locator["page"]
        after = max((number for at, number in last_of.items() if at < page), default=-1)
        if not picture.whole:
            top = picture.locator["box"][1]
            for number in range(after + 1, last_of.get(page, after) + 1):
                if found[number].locator["box"][1] <= top:
                    after = number
        placed.append(replace(picture, after=after))
    return placed
