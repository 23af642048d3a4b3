"""Pictures read by a model: their lines become paragraphs, each with its box on the page."""

import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from edu.common.sources import Locator
from edu.inference import api as inference
from edu.inference.data import PictureText
from edu.inference.data import Unreadable as NoPicture
from edu.multimodal.base.titles import ends_early
from edu.multimodal.data import Block, Document, Picture
from edu.multimodal.logic import figures, pieces
from edu.multimodal.logic.jobs import Watch

Box = list[float]
Line = dict[str, Any]  # text, box
Tell = Callable[[int, int], None]

DOUBT = 0.30  # lines that the reader is less sure of are noise, not text
LARGE = 1.35  # times the usual height of a line: a heading
ROWS = 3  # lines of as many cells each: a table
WORDY = 14  # words: a longer one is no heading


def see(watch: Watch, document: Document, folder: Path, language: str, tell: Tell) -> Document:
    """Return `document` with the text of its pictures put in where each stands. `tell` is told how
    many of how many pictures were read. Raises ModelUnavailable: what was read so far is kept."""
    if not document.pictures:
        return document
    known = pieces.kept(watch.id, "picture")
    edits = figures.edits(watch.id)
    after: dict[int, list[Block]] = {}
    for number, picture in enumerate(document.pictures):
        if number not in known:
            tell(number, len(document.pictures))
            known[number] = (
                watch.call(_read, folder / picture.path, language)
                if picture.path and not picture.worded
                else {"lines": []}
            )
            known[number] |= watch.call(
                figures.see, folder, picture, known[number]["lines"], language
            )
            pieces.keep(watch, "picture", number, known[number])
        after.setdefault(picture.after, []).extend(blocks(picture, known[number]["lines"]))
        after[picture.after] += figures.said(picture, known[number], edits)
    merged = list(after.get(-1, []))
    for index, block in enumerate(document.blocks):
        merged.append(block)
        merged += after.get(index, [])
    return Document(
        title=document.title,
        blocks=merged,
        pictures=[],
        sounds=document.sounds,
        pages=document.pages,
        seconds=document.seconds,
    )


def _read(path: Path, language: str) -> dict[str, Any]:
    try:
        found = inference.read_picture(
            picture=path.read_bytes(), languages=[language] if language else None, patient=True
        )
    except NoPicture:
        found = PictureText([])
    lines = [
        {
            "text": line.text.strip(),
            "box": [round(edge, 5) for edge in line.box],
            "sure": round(line.confidence, 3),
        }
        for line in found.lines
        if line.text.strip() and line.confidence >= DOUBT
    ]
    return {"lines": lines}


def blocks(picture: Picture, lines: list[Line]) -> list[Block]:
    """Return the paragraphs that `lines` (in reading order) form, with their places."""
    if not lines:
        return []
    usual = statistics.median(_height(line["box"]) for line in lines)
    headed = picture.locator.get("kind") != "time"  # a scene of a film is over with the next
    found = []
    for run in _runs(lines):
        if _tabular(run):
            rows = "\n".join(" | ".join(_cells(line)) for line in run)
            found.append(Block("table", rows, _place(picture, [line["box"] for line in run])))
            continue
        for part in _paragraphs(run, usual):
            heading = headed and _is_heading(part, usual, len(lines))
            found.append(
                Block(
                    kind="heading" if heading else "text",
                    text=join([line["text"] for line in part]),
                    locator=_place(picture, [line["box"] for line in part]),
                    level=2 if heading else 0,
                )
            )
    return found


def _cells(line: Line) -> list[str]:
    """Return what stands apart in a line: the reader puts a tab between."""
    return [cell.strip() for cell in str(line["text"]).split("\t")]


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Return `lines` in their order: those that follow one another with as many cells each, at least
    ROWS of them, are a table; where a cell is empty nobody knows which, and the table ends there."""
    runs: list[list[Line]] = []
    for line in lines:
        cells = len(_cells(line))
        if runs and cells > 1 and cells == len(_cells(runs[-1][-1])):
            runs[-1].append(line)
        else:
            runs.append([line])
    parts: list[list[Line]] = []
    for run in runs:
        if parts and not _tabular(run) and not _tabular(parts[-1]):
            parts[-1].extend(run)
        else:
            parts.append(run)
    return parts


def _tabular(run: list[Line]) -> bool:
    counts = {len(_cells(line)) for line in run}
    return len(run) >= ROWS and len(counts) == 1 and counts != {1}


def _height(box: Box) -> float:
    return box[3] - box[1]


def _paragraphs(lines: list[Line], usual: float) -> list[list[Line]]:
    parts: list[list[Line]] = []
    for line in lines:
        if parts and _goes_on(parts[-1][-1], line, usual, lines):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _goes_on(one: Line, two: Line, usual: float, lines: list[Line]) -> bool:
    """Tell whether a line is of the same paragraph as the one read before it."""
    above, below = one["box"], two["box"]
    same_row = abs(above[1] - below[1]) < 0.6 * usual
    gap = below[1] - above[3]
    overlap = min(above[2], below[2]) - max(above[0], below[0])
    alike = _height(below) < LARGE * _height(above) and _height(above) < LARGE * _height(below)
    if same_row:
        return 0 <= below[0] - above[2] < 2.5 * usual and alike
    if not (-0.5 * usual < gap < 0.9 * usual and overlap > 0 and alike):
        return False
    tall = min(_height(above), _height(below)) > LARGE * usual
    return not (tall and ends_early(one["text"], two["text"], above, below, _column(below, lines)))


def _column(box: Box, lines: list[Line]) -> tuple[float, float]:
    """Return the left and the right of the lines that stand over or under a box."""
    near = [each["box"] for each in lines if each["box"][0] < box[2] and each["box"][2] > box[0]]
    return min(each[0] for each in near), max(each[2] for each in near)


def _is_heading(part: list[Line], usual: float, lines: int) -> bool:
    words = sum(len(line["text"].split()) for line in part)
    tall = statistics.mean(_height(line["box"]) for line in part) > LARGE * usual
    return tall and lines > 2 and words <= WORDY


def join(lines: list[str]) -> str:
    """Return lines as one text; a word that was broken at a line's end is made whole."""
    text = ""
    for line in lines:
        if text.endswith("-") and line[:1].islower() and text[-2:-1].isalpha():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text


def _place(picture: Picture, boxes: list[Box]) -> Locator:
    box = [
        min(each[0] for each in boxes),
        min(each[1] for each in boxes),
        max(each[2] for each in boxes),
        max(each[3] for each in boxes),
    ]
    frame = picture.locator.get("box")
    if frame and not picture.whole:  # a figure on a page: its place on that page
        wide, high = frame[2] - frame[0], frame[3] - frame[1]
        box = [
            frame[0] + box[0] * wide,
            frame[1] + box[1] * high,
            frame[0] + box[2] * wide,
            frame[1] + box[3] * high,
        ]
    if picture.locator.get("kind") not in ("page", "region"):
        return picture.locator
    return {**picture.locator, "box": [round(min(1.0, max(0.0, edge)), 4) for edge in box]}


def unread(job: UUID, document: Document) -> int:
    """Return how many pictures of `document` are still to be read."""
    return len(document.pictures) - len(pieces.kept(job, "picture"))
