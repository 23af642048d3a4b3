"""Slides: title, text, tables, numbers of charts, pictures, and what the speaker notes say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, table_text, tidy
from edu.multimodal.base.album import Album
from edu.multimodal.base.office import opened
from edu.multimodal.data import OPENING, READING_SLIDE, Block, Document

_DEEP = 8  # groups in groups
_MOST_POINTS = 400  # numbers of one chart
_SHOWN = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


class Pptx(Format):
    """See the module."""

    name = "pptx"
    label = "PPTX"
    called = _("Slides")
    icon = "slides"
    view = "slides"
    family = "office"
    media_types = ("application/vnd.openxmlformats-officedocument.presentationml.presentation",)
    extensions = ("pptx",)
    marks = ("ppt/presentation.xml",)
    score = 10
    version = 2  # what authors say of pictures

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all slides in order; see Format.read."""
        from pptx import Presentation

        progress(0.0, OPENING)
        show = opened(path, limits, Presentation)
        return opened(path, limits, lambda _path: _read(show, work, limits, progress))


def _read(show: Any, work: Path, limits: Limits, progress: Progress) -> Document:
    slides = list(show.slides)
    if len(slides) > limits.pages:
        raise TooManyPages(pages=len(slides), limit=limits.pages)
    blocks: list[Block] = []
    album = Album(work, limits)
    for number, slide in enumerate(slides, 1):
        told = {"number": number, "count": len(slides)}
        progress((number - 1) / len(slides), READING_SLIDE % told)
        where = {"kind": "slide", "slide": number}
        title = slide.shapes.title
        if title is not None and title.has_text_frame and tidy(title.text_frame.text):
            blocks.append(Block("heading", tidy(title.text_frame.text), where, 1))
        for shape in _in_order(slide.shapes, 0):
            if title is not None and shape.shape_id == title.shape_id:
                continue
            blocks += [Block(kind, text, where) for kind, text in _texts(shape)]
            album.add(_blob(shape), where, len(blocks) - 1, *_said(shape))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = [tidy(p.text) for p in slide.notes_slide.notes_text_frame.paragraphs]
            blocks += [Block("notes", text, where) for text in notes if text]
        if sum(len(block.text) for block in blocks[-50:]) > limits.characters:
            raise TooManyPages(pages=len(slides), limit=number)
    title = tidy(show.core_properties.title or "")
    if not title or title.lower() in ("powerpoint presentation", "presentation"):
        title = next((block.text for block in blocks if block.kind == "heading"), "")
    return Document(title[:200], blocks, album.pictures, pages=len(slides))


def _in_order(shapes: Any, depth: int) -> Iterator[Any]:
    """Yield shapes as a person reads them: top to bottom in bands, then from the left; a group comes
    before what is in it."""
    band = 400_000  # of the file's units: a bit more than a centimetre

    def place(shape: Any) -> tuple[int, int]:
        return (shape.top or 0) // band, shape.left or 0

    placed = sorted(shapes, key=lambda shape: (not shape.is_placeholder, *place(shape)))
    for shape in sorted(placed, key=place):
        yield shape
        if hasattr(shape, "shapes") and depth < _DEEP:
            yield from _in_order(shape.shapes, depth + 1)


def _texts(shape: Any) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of what one shape says."""
    if getattr(shape, "has_chart", False) and shape.has_chart:
        text = _chart(shape.chart)
        if text:
            yield "table", text
    elif getattr(shape, "has_table", False) and shape.has_table:
        text = table_text([[cell.text for cell in row.cells] for row in shape.table.rows])
        if text:
            yield "table", text
    elif shape.has_text_frame:
        paragraphs = [(tidy(p.text), p.level) for p in shape.text_frame.paragraphs]
        paragraphs = [(text, level) for text, level in paragraphs if text]
        if shape.is_placeholder and shape.placeholder_format.type in _numbers():
            return
        kind = "list" if len(paragraphs) > 1 else "text"
        for text, _level in paragraphs:
            yield kind, text


def _numbers() -> tuple[Any, ...]:
    """Places for slide numbers, dates and footers."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    return KIND.SLIDE_NUMBER, KIND.DATE, KIND.FOOTER, KIND.HEADER


def _chart(chart: Any) -> str:
    """Return a chart's numbers as a table; "" for charts that keep none."""
    plots = list(chart.plots)
    if not plots:
        return ""
    title = tidy(chart.chart_title.text_frame.text) if _titled(chart) else ""
    rows: list[list[str]] = []
    categories = [str(each) for each in plots[0].categories][:_MOST_POINTS]
    series = [each for plot in plots for each in plot.series][:20]
    rows.append([title, *(str(each.name or "") for each in series)])
    values = [list(each.values) for each in series]
    for at, category in enumerate(categories):
        cells = [column[at] if at < len(column) else None for column in values]
        rows.append([category, *("" if value is None else f"{value:g}" for value in cells)])
    return table_text(rows)


def _titled(chart: Any) -> bool:
    return bool(chart.has_title and chart.chart_title.has_text_frame)


def _blob(shape: Any) -> bytes:
    """Return the bytes of a picture; none for other shapes, and for one that is only linked to."""
    if shape._element.tag != f"{_SHOWN}pic":
        return b""
    for blip in shape._element.iter(_BLIP):
        try:
            return bytes(shape.part.related_part(blip.get(_EMBED) or "").blob)
        except KeyError:
            break
    return b""


def _said(shape: Any) -> list[str | None]:
    """Return the title and the description that an author gave a shape."""
    for node in shape._element.iter(f"{_SHOWN}cNvPr"):
        return [node.get("title"), node.get("descr")]
    return []
