"""Blocks into passages: whole sentences under one heading, as much as an embedder takes in at once.

A passage has one place, and never spans two that its locator cannot name. On a page that is the box
around its lines, elsewhere the slide, the cell of a notebook, or the paragraph or line that it begins
with; what was said is parted by its seconds, in spoken.py.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from itertools import pairwise
from zlib import crc32

from edu.common.language import content_words, count_words, detect, sentences
from edu.common.sources import Locator
from edu.common.text import gettext_noop
from edu.multimodal.base.cells import around
from edu.multimodal.data import Block, Chunk, Document
from edu.multimodal.logic import spoken, tables

VERSION = 2  # one more when texts are parted otherwise, see readers.py
AIM = 150  # words at which a passage is full
MOST = 190  # words that it never passes, but for one sentence that is longer
LEAST = 40  # words under which it joins a neighbour of the same section
NOTES = gettext_noop("Notes")  # the heading of what stands under a slide
PICTURE = "picture"  # the kind of what is said of a picture: a passage of its own
_MOST_SIGNS = 1400  # of a passage, whatever its words
_TINY = 12  # words under which one goes with a table or a listing
_SAME = 0.85  # of the pairs of words of two passages: they say the same


@dataclass
class _Piece:
    """Something that is not parted any more: a sentence or a few, a list point, rows of a table."""

    text: str
    locator: Locator
    kind: str
    words: int
    new: bool  # begins a paragraph


@dataclass
class _Section:
    path: list[str]
    pieces: list[_Piece] = field(default_factory=list)
    notes: bool = False  # what the speaker of a slide says, and not what it shows


def chunks(document: Document, language: str = "", usual: str = "") -> list[Chunk]:
    """Return the passages of `document` in order. `language` is what the material is in, when that is
    known; passages too short to tell are taken to be in the language of all of it, and a material that
    is too short, or a table of names, in the `usual` one."""
    whole = language or detect(_sample(document.blocks), usual)
    said = [block for block in document.blocks if _is_said(block)]
    written = [block for block in document.blocks if not _is_said(block)]
    found: list[Chunk] = []
    for section in _sections(written, whole):
        for group in _groups(section.pieces):
            found.append(_chunk(group, section.path, whole))
    found += spoken.passages(said, whole)
    if any(chunk.locator.get("seen") for chunk in found):
        found.sort(key=lambda chunk: chunk.locator.get("start", 0.0))
    return _folded(found)


def _is_said(block: Block) -> bool:
    """Whether a block is speech; what is read in the picture of a film has its seconds too."""
    return block.locator.get("kind") == "time" and not block.locator.get("seen")


def _sample(blocks: list[Block]) -> str:
    """Return text from the whole length of a document, enough to tell its language."""
    texts = [block.text for block in blocks if block.kind != "code"]
    step = max(1, len(texts) // 40)
    return " ".join(text[:200] for text in texts[::step])[:4000]


def _sections(blocks: list[Block], language: str) -> list[_Section]:
    """Put blocks under their headings. A heading that has nothing under it becomes a line of text, so
    that its words are not lost."""
    sections: list[_Section] = []
    path: list[tuple[int, str]] = []
    bare: Block | None = None
    last_slide: object = None
    for block in blocks:
        if block.kind == "heading":
            if bare is not None and (not path or block.level <= bare.level):
                sections.append(_Section([text for _, text in path[:-1]]))
                _add(sections[-1], replace(bare, kind="text"), language)
            while path and path[-1][0] >= (block.level or 1):
                path.pop()
            path.append((block.level or 1, block.text[:200]))
            sections.append(_Section([text for _, text in path]))
            bare = block
            continue
        slide = block.locator.get("slide")
        notes = block.kind == "notes" and slide is not None
        fresh = slide != last_slide and bare is None
        if not sections or fresh or notes != sections[-1].notes:
            path = [] if fresh and slide is not None else path
            titles = [text for _, text in path]
            sections.append(_Section([*titles, NOTES] if notes else titles, notes=notes))
        last_slide = slide
        _add(sections[-1], block, language)
        bare = None
    if bare is not None:
        sections.append(_Section([text for _, text in path[:-1]]))
        _add(sections[-1], replace(bare, kind="text"), language)
    return [section for section in sections if section.pieces]


def _add(section: _Section, block: Block, language: str) -> None:
    """Part a block into pieces."""
    if block.kind == PICTURE:
        words = count_words(block.text)
        section.pieces.append(_Piece(block.text, block.locator, block.kind, words, True))
        return
    if block.kind in ("table", "code"):
        named = block.kind != "table" or block.locator.get("kind") == "cell"
        text = block.text if named else "\n".join(tables.rows(block.text))
        parts = _rows(text)
        for above, part in parts:
            where = _part_of(block, 0, 0)
            if "line" in where:
                where["line"] += above
            section.pieces.append(_Piece(part, where, block.kind, count_words(part), True))
        return
    for number, (a, b) in enumerate(_spans(block.text, language)):
        text = block.text[a:b]
        section.pieces.append(
            _Piece(
                text=text,
                locator=_part_of(block, a, b),
                kind=block.kind,
                words=count_words(text),
                new=number == 0,
            )
        )


def _spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return sentences; one that is longer than a passage may be is parted between its words."""
    found = []
    for a, b in sentences(text, language):
        # The cheap question first, and never the whole rest: a "sentence" may be of millions of signs.
        while b - a > _MOST_SIGNS or count_words(text[a:b]) > MOST:
            cut = _cut(text, a, b)
            found.append((a, cut))
            a = cut
            while a < b and text[a].isspace():
                a += 1
        if a < b:
            found.append((a, b))
    return found


def _cut(text: str, start: int, end: int) -> int:
    """Return where to part a very long sentence: after a comma or a word, near to where it is full."""
    most = min(_MOST_SIGNS, end - start - 1)
    spaces = [match.start() for match in re.finditer(r"\s", text[start : start + most + 1])]
    if not spaces:
        return start + min(most, 400)
    at = spaces[:AIM][-1]
    comma = max(text.rfind(mark, start, start + at) for mark in (", ", "; ", ": ", "، ", "，"))
    return comma + 1 if comma > start + at // 2 else start + at


def _part_of(block: Block, start: int, end: int) -> Locator:
    """Return the place of a part of a block: of the lines of a page that it stands on."""
    where = {key: value for key, value in block.locator.items() if key != "lines"}
    passed, boxes = 0, []
    for length, box in block.locator.get("lines", ()):
        if passed < end and start < passed + length:
            boxes.append(box)
        passed += length
    return {**where, "box": _around(boxes)} if boxes else where


def _around(boxes: list[list[float]]) -> list[float]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return [min(lefts), min(tops), max(rights), max(bottoms)]


def _rows(text: str) -> list[tuple[int, str]]:
    """Part a table or a listing between its lines when it is too large for one passage; each part
    comes after the number of lines above it."""
    if not text or (count_words(text) <= MOST and len(text) <= _MOST_SIGNS):
        return [(0, text)] if text else []
    parts: list[tuple[int, str]] = []
    now: list[str] = []
    above = 0
    for number, line in enumerate(text.split("\n")):
        for part in _short(line):
            longer = "\n".join([*now, part])
            if now and (count_words(longer) > AIM or len(longer) > _MOST_SIGNS):
                parts.append((above, "\n".join(now)))
                now = []
            if not now:
                above = number
            now.append(part)
    if now:
        parts.append((above, "\n".join(now)))
    return [(above, part) for above, part in parts if part.strip()]


def _short(line: str) -> list[str]:
    """Return a line in pieces that fit into a passage."""
    found = []
    while len(line) > _MOST_SIGNS or count_words(line) > MOST:
        cut = _cut(line, 0, len(line))
        found.append(line[:cut])
        line = line[cut:].lstrip()
    return [*found, line]


def _groups(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Put pieces of one section together into passages."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and _fits(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return _levelled(groups)


def _fits(group: list[_Piece], piece: _Piece) -> bool:
    if PICTURE in (piece.kind, group[-1].kind):
        return False
    words = sum(each.words for each in group)
    signs = sum(len(each.text) + 1 for each in group)
    if words + piece.words > MOST or signs + len(piece.text) > _MOST_SIGNS:
        return False
    apart = {"table", "code"}
    if (piece.kind in apart or group[-1].kind in apart) and (
        piece.kind != group[-1].kind and words >= _TINY and piece.words >= _TINY
    ):
        return False
    if group[-1].kind == "table" and piece.kind not in ("table", "caption") and words >= _TINY:
        return False  # the first point of a list would bring all others after it
    if _spot(piece) != _spot(group[-1]):
        return False
    # A new paragraph waits for a passage of its own when this one has said enough.
    return words < AIM and not (piece.new and words >= 0.75 * AIM)


def _spot(piece: _Piece) -> object:
    """Return what a locator can name only one of: the pieces of a passage share it."""
    where = piece.locator
    if where.get("seen"):
        return where["start"]
    return [where.get(name) for name in ("page", "slide", "sheet", "cell", "path")]


def _levelled(groups: list[list[_Piece]]) -> list[list[_Piece]]:
    """Join a short rest to the passage before it, or share the two out evenly."""
    found: list[list[_Piece]] = []
    for group in groups:
        words = sum(piece.words for piece in group)
        if found and _is_footnote(found[-1], group):
            found[-1] = found[-1] + group
            continue
        if found and words < LEAST and _joinable(found[-1], group):
            before = sum(piece.words for piece in found[-1])
            if before + words <= MOST:
                found[-1] = found[-1] + group
                continue
            both = found[-1] + group
            half, at = 0, 0
            while half < (before + words) // 2:
                half += both[at].words
                at += 1
            found[-1] = both[:at]
            group = both[at:]
            if not group:
                continue
        found.append(group)
    return found


def _is_footnote(table: list[_Piece], group: list[_Piece]) -> bool:
    """Whether a group is a single short line of text under a table: where it comes from, say."""
    alone = len(group) == 1 and group[0].kind == "text" and group[0].words < _TINY
    words = sum(piece.words for piece in [*table, *group])
    signs = sum(len(piece.text) + 1 for piece in [*table, *group])
    fits = words <= MOST and signs <= _MOST_SIGNS
    return alone and table[-1].kind == "table" and fits and _spot(table[-1]) == _spot(group[0])


def _joinable(one: list[_Piece], two: list[_Piece]) -> bool:
    plain = all(piece.kind not in ("table", "code", PICTURE) for piece in [*one, *two])
    signs = sum(len(piece.text) + 1 for piece in [*one, *two])
    return plain and _spot(one[-1]) == _spot(two[0]) and signs <= 2 * _MOST_SIGNS


def _chunk(group: list[_Piece], path: list[str], language: str) -> Chunk:
    text = group[0].text
    for before, piece in pairwise(group):
        lines = piece.kind in ("table", "code", "list") or before.kind in ("table", "code", "list")
        text += ("\n" if lines else "\n\n") if piece.new else " "
        text += piece.text
    kinds = Counter[str]()
    for piece in group:
        kinds[piece.kind] += piece.words
    kind = kinds.most_common(1)[0][0]
    own = detect(text, language) if kind not in ("table", "code") else language
    return Chunk(text, _union([piece.locator for piece in group]), path, own, kind)


def _union(places: list[Locator]) -> Locator:
    """Return one place for several that follow one another."""
    first = places[0]
    if first.get("kind") == "cell":
        return {**first, "range": around(place["range"] for place in places)}
    same = [place for place in places if place.get("page") == first.get("page")]
    boxes = [place["box"] for place in same if place.get("box")]
    if not boxes:
        return first
    return {**first, "box": _around(boxes)}


def _folded(found: list[Chunk]) -> list[Chunk]:
    """Leave out passages that say what one before them has said, word for word or nearly."""
    kept: list[Chunk] = []
    seen: dict[int, deque[frozenset[str]]] = {}
    exact: set[str] = set()
    for chunk in found:
        if chunk.locator.get("kind") == "time" and not chunk.locator.get("seen"):
            kept.append(chunk)  # captions have all that is said; search tells what is alike once
            continue
        plain = " ".join(chunk.text.split()).casefold()
        if plain in exact:
            continue
        words = content_words(chunk.text, chunk.language)
        pairs = frozenset(map(" ".join, pairwise(words)))
        keys = _least(pairs)
        running = chunk.kind not in ("table", "code") and len(pairs) >= 8
        if running and any(_alike(pairs, other) for key in keys for other in seen.get(key, ())):
            continue
        exact.add(plain)
        for key in keys:
            # In a form that is filled in a thousand times nearly everything is alike: look at a few.
            seen.setdefault(key, deque(maxlen=8)).append(pairs)
        kept.append(chunk)
    return kept


def _least(pairs: frozenset[str]) -> list[int]:
    """Return the least of several sums over `pairs`: sets that share nearly all share most of these."""
    return [min((crc32(pair.encode(), seed) for pair in pairs), default=0) for seed in range(1, 7)]


def _alike(one: frozenset[str], two: frozenset[str]) -> bool:
    apart = one ^ two
    numbers = any(character.isdigit() for pair in apart for character in pair)
    return len(one & two) >= _SAME * len(one | two) and not numbers
