"""From the lines of all pages to blocks: what repeats is left out, headings are told by their size,
words that were broken at a line's end are made whole."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from edu.common.language import fold, words
from edu.multimodal.base import table_text, tidy
from edu.multimodal.base.layout import Group, marked
from edu.multimodal.base.words import Box, union
from edu.multimodal.data import Block

_EDGE = 0.12  # of the page's height, at its top and bottom, where what repeats is looked for
_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|p\.|pág\.?|página|pagina|strona|sayfa|sida|side|стр\.?|صفحة)\s*)?"
    r"(?:\d{1,5}|[ivxlc]{1,7})(?:\s*(?:/|of|von|de|di|van|z|из|/)\s*\d{1,5})?\W*$",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\s*[.·…_]){4,}\s*(\d{0,4})\s*$")
_SOFT = ("\u00ad", "\x02", "\ufffe", "\u2010")
_FINAL = re.compile(r"[.!?…:;؟。！？۔।]['\"”’»)\]]*$")


@dataclass(slots=True)
class Row:
    """A line as it is kept until all pages are known."""

    text: str
    box: Box
    size: float
    bold: bool


@dataclass(slots=True)
class Part:
    """A paragraph or a table of one page; `box` in fractions of the page."""

    rows: list[Row]
    table: list[list[str]] | None = None

    @property
    def text(self) -> str:
        """The lines with blanks between them, words still broken."""
        return " ".join(row.text for row in self.rows)

    @property
    def box(self) -> Box:
        """The box around all rows."""
        return union(row.box for row in self.rows)

    @property
    def size(self) -> float:
        """The size of its first row's letters."""
        return self.rows[0].size

    @property
    def bold(self) -> bool:
        """Whether every row is bold."""
        return all(row.bold for row in self.rows)


@dataclass
class Sheet:
    """One page: its number from 1 and its parts in reading order."""

    number: int
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """An entry of the file's own outline."""

    title: str
    level: int
    page: int


def sheet(number: int, groups: list[Group], share: Callable[[Box], Box]) -> Sheet:
    """Return a page of `groups`; `share` turns their boxes into fractions of the page as it is shown."""
    found = Sheet(number)
    for group in groups:
        rows = [
            Row(line.text, share(line.box), round(line.size, 1), line.bold) for line in group.lines
        ]
        found.parts.append(Part(rows, group.table))
    return found


def blocks(sheets: list[Sheet], marks: list[Mark]) -> list[Block]:
    """Return the blocks of all pages."""
    _drop_repeats(sheets)
    _drop_contents(sheets)
    known = _vocabulary(sheets)
    levels = _levels(sheets)
    outline: dict[int, list[Mark]] = {}
    for mark in marks:
        outline.setdefault(mark.page, []).append(mark)
    found: list[Block] = []
    for each in sheets:
        for part in _merged(each.parts, levels, outline.get(each.number, [])):
            block = _block(part, each.number, known, levels, outline.get(each.number, []))
            if block.text:
                _append(found, block, known)
    return found if outline else _titled(found)


def _titled(found: list[Block]) -> list[Block]:
    """Put all under the title of the first page, where headings in letters of its size follow it."""
    if len(found) < 3 or any(block.kind != "heading" for block in found[:2]):
        return found
    title, first = found[:2]
    if title.level != first.level or title.locator["page"] != first.locator["page"]:
        return found
    under = [
        replace(block, level=min(6, block.level + 1)) if block.kind == "heading" else block
        for block in found[1:]
    ]
    return [title, *under]


def _append(found: list[Block], block: Block, known: Counter[str]) -> None:
    """Add `block`, giving back to the block before it the end of a sentence that it begins with."""
    before = next((each for each in reversed(found) if each.kind != "table"), None)
    goes_on = (
        before is not None
        and before is found[-1]
        and before.kind == block.kind == "text"
        and before.locator["page"] != block.locator["page"]
        and not _FINAL.search(before.text)
        and (block.text[:1].islower() or before.text.endswith("-") or len(before.text) > 80)
    )
    if not goes_on or before is None:
        found.append(block)
        return
    end = re.search(r"[.!?؟。][\"'”’»)]*(?=\s|$)", block.text)
    cut = end.end() if end else len(block.text)
    whole = _join([before.text, block.text[:cut]], known)
    found[-1] = Block(before.kind, whole, before.locator, before.level)
    rest = block.text[cut:].strip()
    if rest:
        found.append(Block(block.kind, rest, block.locator, block.level))


def _drop_repeats(sheets: list[Sheet]) -> None:
    """Take out headers, footers and page numbers: what stands outermost on page after page, the same
    each time or with a number that goes up with the pages."""
    seen: Counter[tuple[str, int]] = Counter()
    large = 1.13 * _usual(sheets)
    outer = [_outermost(each) for each in sheets]
    for each, rows in zip(sheets, outer, strict=True):
        seen.update({key for row in rows for key in _keys(row, each.number, large)})
    most = max(3, len(sheets) // 4)
    for each, rows in zip(sheets, outer, strict=True):
        drop = {
            id(row)
            for row in rows
            if any(seen[key] >= most for key in _keys(row, each.number, large))
            or (len(sheets) > 1 and _NUMBER.match(row.text))
        }
        if not drop:
            continue
        for part in each.parts:
            kept = [row for row in part.rows if id(row) not in drop]
            if len(kept) < len(part.rows):
                part.rows, part.table = kept, None
        each.parts = [part for part in each.parts if part.rows]


def _outermost(each: Sheet) -> list[Row]:
    """Return the two uppermost and the two lowest lines near the edges of a page."""
    small = [row for part in each.parts if len(part.rows) <= 2 for row in part.rows]
    rows = sorted(small, key=lambda row: row.box[1])
    top = _levelled([row for row in rows if row.box[3] < _EDGE])
    bottom = _levelled([row for row in rows[::-1] if row.box[1] > 1 - _EDGE])
    return top + bottom


def _levelled(rows: list[Row]) -> list[Row]:
    found: list[Row] = []
    levels: list[float] = []
    for row in rows:
        if not levels or abs(row.box[1] - levels[-1]) > 0.008:
            levels.append(row.box[1])
        if len(levels) > 2:
            break
        found.append(row)
    return found


def _keys(row: Row, page: int, large: float) -> list[tuple[str, int]]:
    """Return what a line has in common with its like on other pages: its words (in letters of one
    size), its words around a number that goes up with the pages, that number at its end or beginning."""
    text = fold(" ".join(row.text.split()))
    found = [(f"{round(row.size)} {text}", -1)] if len(text) > 1 else []
    if row.size > large:  # a heading with a number
        return found
    numbers = [int(number) for number in re.findall(r"\d+", text) if len(number) < 6]
    masked = re.sub(r"\d+", "#", text)
    found += [(masked, number - page) for number in numbers]
    if numbers and len(text) < 120 and (text[-1].isdigit() or text[0].isdigit()):
        found += [("", (numbers[-1] if text[-1].isdigit() else numbers[0]) - page)]
    return found


def _drop_contents(sheets: list[Sheet]) -> None:
    """Take the lines of a table of contents out: they say nothing that the headings do not say."""
    for each in sheets:
        rows = [row for part in each.parts for row in part.rows]
        if sum(bool(_LEADERS.search(row.text)) for row in rows) < 2:
            continue
        for part in each.parts:
            part.rows = [row for row in part.rows if not _LEADERS.search(row.text)]
        each.parts = [part for part in each.parts if part.rows]


def _vocabulary(sheets: list[Sheet]) -> Counter[str]:
    """Return the words of all lines but the last of each, which may be broken."""
    known: Counter[str] = Counter()
    for each in sheets:
        for part in each.parts:
            for row in part.rows:
                line = row.text.split()
                known.update(fold(word.strip(".,;:!?()\"'“”„«»")) for word in line[:-1])
    return known


def _usual(sheets: list[Sheet]) -> float:
    """Return the size of most letters."""
    letters: Counter[float] = Counter()
    for each in sheets:
        for part in each.parts:
            for row in part.rows:
                letters[row.size] += len(row.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def _levels(sheets: list[Sheet]) -> dict[float, int]:
    """Return the sizes of letters that headings have, with their levels; and the body's, with 0."""
    body = _usual(sheets)
    sizes: Counter[float] = Counter()
    for each in sheets:
        for part in each.parts:
            if part.size > 1.13 * body and _short(part):
                sizes[part.size] += 1
    # Sizes that differ by a hair are one level.
    steps: list[float] = []
    levels = {body: 0}
    for size in sorted(sizes, reverse=True):
        if not steps or size < 0.95 * steps[-1]:
            steps.append(size)
        levels[size] = min(6, len(steps))
    return levels


def _short(part: Part) -> bool:
    text = part.text
    return part.table is None and 1 < len(text) <= 200 and len(part.rows) <= 4


def _body(levels: dict[float, int]) -> float:
    return next((size for size, level in levels.items() if not level), 1.0)


def _level(part: Part, levels: dict[float, int], marks: list[Mark]) -> int:
    """Return the heading's level of a part; 0 when it is none."""
    if not _short(part) or not any(character.isalpha() for character in part.text):
        return 0
    plain = fold(re.sub(r"[\W_]+", "", part.text))
    for mark in marks:
        if plain and plain == fold(re.sub(r"[\W_]+", "", mark.title)):
            return min(6, mark.level)
    if part.size > 1.13 * _body(levels):
        return levels.get(part.size, 0) if not part.text.rstrip().endswith((",", ";")) else 0
    few = len(part.text) <= 90 and len(part.rows) <= 2 and not _FINAL.search(part.text)
    if part.bold and few and part.size >= 0.95 * _body(levels) and not all_bold(levels):
        return min(6, max(levels.values()) + 1)
    return 0


def all_bold(levels: dict[float, int]) -> bool:
    """Bold letters say nothing where no other size exists to be the body's."""
    return not levels


def _merged(parts: list[Part], levels: dict[float, int], marks: list[Mark]) -> list[Part]:
    """Put paragraphs together that a column's end has parted."""
    found: list[Part] = []
    for part in parts:
        if found and part.table is None and found[-1].table is None:
            last = found[-1]
            same = abs(last.size - part.size) < 0.3 and not marked(part.rows[0].text)
            jump = part.box[1] < last.box[3] - 0.01  # not below it: in the next column
            open_end = not _FINAL.search(last.rows[-1].text)
            begins = part.rows[0].text[:1].islower() or len(last.text) > 80
            begins = begins or last.rows[-1].text.endswith(("-", *_SOFT))
            if same and jump and open_end and begins and not _level(last, levels, marks):
                found[-1] = Part(last.rows + part.rows)
                continue
        found.append(part)
    return found


def _block(
    part: Part, page: int, known: Counter[str], levels: dict[float, int], marks: list[Mark]
) -> Block:
    x0, y0, x1, y1 = (min(1.0, max(0.0, edge)) for edge in part.box)
    place: dict[str, Any] = {
        "kind": "page",
        "page": page,
        "box": [round(edge, 4) for edge in (x0, y0, x1, y1)],
    }
    if part.table is not None:
        return Block("table", table_text(part.table), place)
    text = _join([row.text for row in part.rows], known)
    level = _level(part, levels, marks)
    if level:
        return Block("heading", text, place, level)
    if len(part.rows) > 1:
        place["lines"] = _lines(part.rows, len(text))
    return Block("list" if marked(part.rows[0].text) else "text", text, place)


def _lines(rows: list[Row], length: int) -> list[list[object]]:
    """Return [signs, box] of each line, so that a part of the text finds its own box."""
    total = sum(len(row.text) + 1 for row in rows)
    return [
        [round((len(row.text) + 1) * length / total, 1), [round(edge, 4) for edge in row.box]]
        for row in rows
    ]


def _join(lines: list[str], known: Counter[str]) -> str:
    """Return lines as one text, with broken words made whole."""
    text = ""
    for line in lines:
        line = line.strip()
        if not text:
            text = line
        elif text.endswith(_SOFT):
            text = text[:-1] + line
        elif text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
            text = _whole(text, line, known)
        else:
            text = f"{text} {line}"
    return tidy(_LEADERS.sub(r" \1", text))


def _whole(text: str, line: str, known: Counter[str]) -> str:
    """Join "photo-" and "synthesis ..." without the hyphen unless it is known with one."""
    head = text[:-1].rpartition(" ")[2].lstrip("(\"'“„«")
    tail = (words(line) or [""])[0]
    hyphened = known[fold(f"{head}-{tail}")]
    if hyphened and hyphened >= known[fold(head + tail)]:
        return text + line
    return text[:-1] + line
