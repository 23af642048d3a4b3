"""PDF: text with its places by pdfium, reading order by us, pages without text as pictures."""

import ctypes
import re
from collections import Counter
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Locked, Progress, TooManyPages, tidy
from edu.multimodal.base.layout import groups
from edu.multimodal.base.pages import Mark, Sheet, blocks, sheet
from edu.multimodal.base.ruled import grids
from edu.multimodal.base.words import Box, Word, backwards, union
from edu.multimodal.data import Block, Document, Picture, Unreadable

_DPI = 200
_MOST_PIXELS = 12_000_000  # of a page that is drawn to be read
_BOLD = re.compile(rb"bold|black|heavy|demi|cmbx|cmssbx|[-,]bd\b|-b(?:i|\b)", re.IGNORECASE)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SIGNS = re.compile("[^\\s\x00\u200b]+")
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "►", "\uf0fc": "✓"})

DAMAGED = _(
    "This PDF is damaged and cannot be opened. Open it where it was made, save it again and bring it "
    "once more."
)
NO_PAGES = _("This PDF has no pages. Save it again and bring it once more.")
NO_SUCH_PAGE = _("This PDF has no such page.")


class Pdf(Format):
    """See the module."""

    name = "pdf"
    label = "PDF"
    media_types = ("application/pdf",)
    extensions = ("pdf",)
    score = 10

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all pages; see Format.read."""
        file = _open(path)
        count = len(file)
        if count > limits.pages:
            raise TooManyPages(pages=count, limit=limits.pages)
        sheets: list[Sheet] = []
        scans: list[int] = []
        figures: dict[int, list[_Figure]] = {}
        characters = 0
        for index in range(count):
            progress(0.8 * index / count, f"Reading page {index + 1} of {count}")
            page = _page(file, index)
            if page is None:
                continue
            words = _words(page)
            characters += sum(len(word.text) for word in words)
            if characters > limits.characters:
                raise TooManyPages(pages=count, limit=index)
            if _legible(words):
                sheets.append(
                    sheet(index + 1, groups(words, grids(page.lines())), page.width, page.height)
                )
                figures[index] = page.figures()
            else:
                scans.append(index)
            page.close()
        found = blocks(sheets, _marks(file))
        drawn = _draw(file, work, limits, progress, scans, _telling(figures))
        pictures = _placed(found, drawn)
        return Document(_title(file, found), found, pictures, pages=count)

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


def _page(file: Any, index: int) -> "_Page | None":
    """Return page `index` (from 0); None when just this page is broken."""
    import pypdfium2 as pdfium

    try:
        page = _Page(file[index])
    except pdfium.PdfiumError:
        return None
    return page if page.width > 1 and page.height > 1 else None


class _Figure:
    """A picture on a page: its box as fractions from the top left."""

    def __init__(self, box: list[float]) -> None:
        self.box = box


class _Page:
    """A page as it is shown: `width` and `height` in points, turned as it says it is to be turned."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.page = page
        self.width, self.height = page.get_size()
        self._transform = self._places()
        self.rect = raw.FS_RECTF()
        self._rect = ctypes.byref(self.rect)

    def _places(self) -> tuple[float, ...]:
        """Return what turns a place in the file into a place on the shown page."""
        scale = 100
        wide, high = int(self.width * scale), int(self.height * scale)
        x, y = ctypes.c_int(), ctypes.c_int()
        found = []
        for at in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            self.raw.FPDF_PageToDevice(
                self.page.raw, 0, 0, wide, high, 0, *at, ctypes.byref(x), ctypes.byref(y)
            )
            found.append((x.value / scale, y.value / scale))
        (ox, oy), (ax, ay), (bx, by) = found
        return (ax - ox) / 1000, (bx - ox) / 1000, ox, (ay - oy) / 1000, (by - oy) / 1000, oy

    def shown(self, left: float, bottom: float, right: float, top: float) -> list[float]:
        """Return a box of the file as [x0, y0, x1, y1] on the shown page, in points."""
        a, b, c, d, e, f = self._transform
        xs = (a * left + b * bottom + c, a * right + b * top + c)
        ys = (d * left + e * bottom + f, d * right + e * top + f)
        return [min(xs), min(ys), max(xs), max(ys)]

    def sign_box(self, handle: Any, index: int) -> Box:
        """Return the box of one sign of a text page, as high as its font's letters get."""
        self.raw.FPDFText_GetLooseCharBox(handle, index, self._rect)
        rect = self.rect
        a, b, c, d, e, f = self._transform
        xa, xb = a * rect.left + b * rect.bottom + c, a * rect.right + b * rect.top + c
        ya, yb = d * rect.left + e * rect.bottom + f, d * rect.right + e * rect.top + f
        return (
            xa if xa < xb else xb,
            ya if ya < yb else yb,
            xb if xa < xb else xa,
            yb if ya < yb else ya,
        )

    def figures(self) -> list[_Figure]:
        """Return the pictures that are large enough to say something and are not the whole page."""
        found = []
        for thing in self.page.get_objects(filter=[self.raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
            x0, y0, x1, y1 = self.shown(*thing.get_bounds())
            box = [
                max(0.0, x0 / self.width),
                max(0.0, y0 / self.height),
                min(1.0, x1 / self.width),
                min(1.0, y1 / self.height),
            ]
            wide, high = box[2] - box[0], box[3] - box[1]
            if wide > 0.12 and high > 0.05 and 0.03 < wide * high < 0.8:
                found.append(_Figure([round(edge, 4) for edge in box]))
        return found[:12]

    def lines(self) -> list[Box]:
        """Return the thin lines of the page, upright or level, at most a few thousand."""
        found: list[Box] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        raw = self.raw
        for thing in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
            count = raw.FPDFPath_CountSegments(thing.raw)
            if count > 400 or len(found) > 4000:
                continue
            matrix = thing.get_matrix()
            start = last = None
            for number in range(count):
                segment = raw.FPDFPath_GetPathSegment(thing.raw, number)
                raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
                point = matrix.on_point(x.value, y.value)
                kind = raw.FPDFPathSegment_GetType(segment)
                if kind == raw.FPDF_SEGMENT_MOVETO:
                    start = point
                elif kind == raw.FPDF_SEGMENT_LINETO and last:
                    found.append(self._line(last, point))
                last = point
                if raw.FPDFPathSegment_GetClose(segment) and start:
                    found.append(self._line(last, start))
                    last = start
        return [
            line
            for line in found
            if min(line[2] - line[0], line[3] - line[1]) < 1.5
            and max(line[2] - line[0], line[3] - line[1]) > 4
        ]

    def _line(self, one: tuple[float, float], two: tuple[float, float]) -> Box:
        x0, y0, x1, y1 = self.shown(
            min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])
        )
        return x0, y0, x1, y1

    def drawn(self, scale: float) -> Any:
        """Return the page as a picture, `scale` pixels for each point."""
        return self.page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")

    def close(self) -> None:
        """Let its memory go."""
        self.page.close()


def _words(page: _Page) -> list[Word]:
    """Return the words of a page with their places, in the order of the file."""
    raw = page.raw
    text = page.page.get_textpage()
    handle, unicode_of = text.raw, raw.FPDFText_GetUnicode
    signs = "".join([chr(unicode_of(handle, index)) for index in range(text.count_chars())])
    faces = _Faces(page, handle)
    found: list[Word] = []
    for match in _SIGNS.finditer(signs):
        for first, last, (x0, y0, x1, y1) in _pieces(page, handle, *match.span()):
            size, bold = faces.of(first, y0, y1)
            word = Word(signs[first:last], x0, y0, x1, y1, size, bold)
            if not word.text.isascii():
                word.text = word.text.translate(_BULLETS)
                if _RIGHT_TO_LEFT.search(word.text):
                    _turn(page, handle, word, first, last)
                elif not word.text.isprintable():
                    whole = word.text.encode("utf-16", "surrogatepass")
                    word.text = whole.decode("utf-16", "replace")
            found.append(word)
    text.close()
    return _upright(found, faces.turned)


class _Faces:
    """Sizes and weights of letters. A word beside one that is not bold, and as high, is like it."""

    def __init__(self, page: _Page, handle: Any) -> None:
        self.page, self.handle, self.raw = page, handle, page.raw
        self.matrix, self.name = page.raw.FS_MATRIX(), ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()
        self.last = (0.0, 0.0)
        self.size, self.bold = 1.0, True
        self.turned: Counter[int] = Counter()

    def of(self, index: int, top: float, bottom: float) -> tuple[float, bool]:
        """Return the size in points, and whether it is bold, of the sign `index`."""
        if self.bold or abs(top - self.last[0]) > 0.05 or abs(bottom - self.last[1]) > 0.05:
            raw = self.raw
            raw.FPDFText_GetMatrix(self.handle, index, ctypes.byref(self.matrix))
            matrix = self.matrix
            zoom = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
            size = raw.FPDFText_GetFontSize(self.handle, index) * (zoom or 1.0)
            raw.FPDFText_GetFontInfo(self.handle, index, self.name, 128, ctypes.byref(self.flags))
            self.bold = bool(_BOLD.search(self.name.value)) or bool(self.flags.value & 1 << 18)
            self.size, self.last = round(size, 1) or 1.0, (top, bottom)
            self.turned[_angle(self.page, matrix)] += 1
        return self.size, self.bold


def _pieces(page: _Page, handle: Any, start: int, end: int) -> list[tuple[int, int, Box]]:
    """Return the signs `start` to `end` with the box around them; in parts, where a sign stands
    elsewhere than beside the one before it though no blank is between them."""
    one = two = page.sign_box(handle, start)
    if end - start > 1:
        two = page.sign_box(handle, end - 1)
    height = one[3] - one[1]
    x0, x1 = min(one[0], two[0]), max(one[2], two[2])
    if abs(two[1] - one[1]) < 0.6 * height and x1 - x0 < 1.2 * height * (end - start):
        return [(start, end, (x0, min(one[1], two[1]), x1, max(one[3], two[3])))]
    found = [(start, start + 1, one)]
    for index in range(start + 1, end):
        now = page.sign_box(handle, index)
        first, _last, box = found[-1]
        middle = (now[1] + now[3]) / 2
        if box[1] < middle < box[3] and now[0] - box[2] < height and box[0] - now[2] < height:
            found[-1] = (first, index + 1, union((box, now)))
        else:
            found.append((index, index + 1, now))
    return found


def _turn(page: _Page, handle: Any, word: Word, first: int, last: int) -> None:
    """Give an Arabic or Hebrew word its letters in order: files have them in either, places tell."""
    boxes = [page.sign_box(handle, index) for index in range(first, last)]
    if len(boxes) == len(word.text):
        placed = [(box[0] + box[2], sign) for box, sign in zip(boxes, word.text, strict=True)]
        word.text = backwards(placed)
    word.x0, word.y0, word.x1, word.y1 = union(boxes)
    word.right_to_left = True


def _angle(page: _Page, matrix: Any) -> int:
    """Return by how many quarter turns clockwise letters stand on the shown page."""
    a, b, _c, d, e, _f = page._transform
    right, down = a * matrix.a + b * matrix.b, d * matrix.a + e * matrix.b
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 2
    return 1 if down > 0 else 3


def _upright(found: list[Word], turned: Counter[int]) -> list[Word]:
    """Leave words out that stand across most others, such as a stamp along the margin."""
    if not turned or len(turned) == 1:
        return found
    usual = turned.most_common(1)[0][0]
    if usual in (0, 2):
        return [
            word
            for word in found
            if len(word.text) < 3 or word.x1 - word.x0 > 0.6 * (word.y1 - word.y0)
        ]
    return found


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


def _telling(figures: dict[int, list[_Figure]]) -> dict[int, list[_Figure]]:
    """Leave pictures out that come back on page after page: a logo, not a figure."""
    seen = Counter(tuple(figure.box) for page in figures.values() for figure in page)
    return {
        index: kept
        for index, page in figures.items()
        if (kept := [figure for figure in page if seen[tuple(figure.box)] < 3])
    }


def _scale(page: _Page, pixels: int) -> float:
    """Return pixels per point for reading: 200 dpi, less where that is too large a picture."""
    return min(_DPI / 72, (pixels / (page.width * page.height)) ** 0.5, 20.0)


def _draw(
    file: Any,
    work: Path,
    limits: Limits,
    progress: Progress,
    scans: list[int],
    figures: dict[int, list[_Figure]],
) -> list[Picture]:
    """Draw pages without text, and figures on the others, into the work folder."""
    found: list[Picture] = []
    wanted = sorted({*scans, *figures})
    whole = set(scans)
    budget = limits.pictures
    for done, index in enumerate(wanted):
        progress(0.8 + 0.2 * done / len(wanted), f"Drawing page {index + 1} of {len(file)}")
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
                found.append(Picture(place.name, where, whole=False))
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
        placed.append(Picture(picture.path, picture.locator, picture.whole, after))
    return placed
