"""Pages of a PDF as pdfium sees them: words, lines and pictures with their places."""

import ctypes
import re
from collections import Counter
from typing import Any

from edu.multimodal.base import tagged
from edu.multimodal.base.words import Box, Word, backwards, union

_BOLD = re.compile(rb"bold|black|heavy|demi|cmbx|cmssbx|[-,]bd\b|-b(?:i|\b)", re.IGNORECASE)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SIGNS = re.compile("[^\\s\x00\u200b]+")
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "►", "\uf0fc": "✓"})


class Figure:
    """A picture on a page: its box as fractions from the top left, and what its author says of it.
    `worded`: the page knows all words in it."""

    def __init__(self, box: list[float], alt: str = "", worded: bool = False) -> None:
        self.box, self.alt, self.worded = box, alt, worded


class Page:
    """A page as it is shown: `width` and `height` in points, turned as it says it is to be turned."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.page = page
        self.width, self.height = page.get_size()
        self._transform = self._places()
        self.quarters = 0
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

    def turn(self, quarters: int) -> None:
        """From now on give places as if the page were turned so that text, which stands turned by so
        many quarters clockwise, is upright. `share` undoes it."""
        a, b, c, d, e, f = self._transform
        wide, high = self.width, self.height
        self.quarters = quarters
        self._transform = {
            0: (a, b, c, d, e, f),
            1: (d, e, f, -a, -b, wide - c),
            2: (-a, -b, wide - c, -d, -e, high - f),
            3: (-d, -e, high - f, a, b, c),
        }[quarters]

    def share(self, box: Box) -> Box:
        """Return a box as fractions of the page as it is shown."""
        x0, y0, x1, y1 = box
        wide, high = self.width, self.height
        if self.quarters == 1:
            x0, y0, x1, y1 = wide - y1, x0, wide - y0, x1
        elif self.quarters == 2:
            x0, y0, x1, y1 = wide - x1, high - y1, wide - x0, high - y0
        elif self.quarters == 3:
            x0, y0, x1, y1 = y0, high - x1, y1, high - x0
        return x0 / wide, y0 / high, x1 / wide, y1 / high

    def _share(self, box: list[float]) -> Box:
        x0, y0, x1, y1 = box
        return self.share((x0, y0, x1, y1))

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

    def figures(self) -> list[Figure]:
        """Return the pictures that are large enough to say something and are not the whole page."""
        said = tagged.described(self.page, self.raw)
        found = []
        for text, bounds, dotted in tagged.boxes(self.page, self.raw, said) if said else ():
            box = self._around(bounds)
            wide, high = box[2] - box[0], box[3] - box[1]
            if wide > 0.03 and high > 0.02 and wide * high < 0.8:
                found.append(Figure(box, text, not dotted))
        of = {mark for _text, marks in said for mark in marks}
        for thing in self.page.get_objects(filter=[self.raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
            if of and self.raw.FPDFPageObj_GetMarkedContentID(thing.raw) in of:
                continue
            box = self._around([thing.get_bounds()])
            wide, high = box[2] - box[0], box[3] - box[1]
            if wide > 0.12 and high > 0.05 and 0.03 < wide * high < 0.8:
                found.append(Figure(box))
        return found[:12]

    def _around(self, bounds: list[Any]) -> list[float]:
        """Return the box around some of what is drawn, as fractions of the page."""
        placed = [self._share(self.shown(*each)) for each in bounds] or [(0.0, 0.0, 0.0, 0.0)]
        lefts, tops, rights, bottoms = zip(*placed, strict=True)
        edges = min(lefts), min(tops), max(rights), max(bottoms)
        return [round(min(1.0, max(0.0, edge)), 4) for edge in edges]

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


def words_of(page: Page) -> list[Word]:
    """Return the words of a page with their places, in the order of the file."""
    raw = page.raw
    text = page.page.get_textpage()
    handle, unicode_of = text.raw, raw.FPDFText_GetUnicode
    signs = "".join([chr(unicode_of(handle, index)) for index in range(text.count_chars())])
    page.turn(_quarters(page, handle, len(signs)))
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
    return [word for word in found if _level(word)] if faces.across else found


class _Faces:
    """Sizes and weights of letters. A word beside one that is not bold, and as high, is like it."""

    def __init__(self, page: Page, handle: Any) -> None:
        self.page, self.handle, self.raw = page, handle, page.raw
        self.matrix, self.name = page.raw.FS_MATRIX(), ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()
        self.last = (0.0, 0.0)
        self.size, self.bold = 1.0, True
        self.across = False  # whether some words stand across the others

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
            self.across |= bool(_angle(self.page, matrix) % 2)
        return self.size, self.bold


def _pieces(page: Page, handle: Any, start: int, end: int) -> list[tuple[int, int, Box]]:
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


def _turn(page: Page, handle: Any, word: Word, first: int, last: int) -> None:
    """Give an Arabic or Hebrew word its letters in order: files have them in either, places tell."""
    boxes = [page.sign_box(handle, index) for index in range(first, last)]
    if len(boxes) == len(word.text):
        placed = [(box[0] + box[2], sign) for box, sign in zip(boxes, word.text, strict=True)]
        word.text = backwards(placed)
    word.x0, word.y0, word.x1, word.y1 = union(boxes)
    word.right_to_left = True


def _angle(page: Page, matrix: Any) -> int:
    """Return by how many quarter turns clockwise letters stand on the shown page."""
    a, b, _c, d, e, _f = page._transform
    right, down = a * matrix.a + b * matrix.b, d * matrix.a + e * matrix.b
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 2
    return 1 if down > 0 else 3


def _quarters(page: Page, handle: Any, count: int) -> int:
    """Return by how many quarter turns clockwise most of the text stands."""
    matrix = page.raw.FS_MATRIX()
    turned: Counter[int] = Counter()
    for index in range(0, count, max(1, count // 60)):
        if page.raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
            turned[_angle(page, matrix)] += 1
    return turned.most_common(1)[0][0] if turned else 0


def _level(word: Word) -> bool:
    """Tell whether a word does not stand across the others, as a stamp along the margin does."""
    return len(word.text) < 3 or word.x1 - word.x0 > 0.6 * (word.y1 - word.y0)
