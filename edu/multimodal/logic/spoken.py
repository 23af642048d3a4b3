"""Speech into passages: whole sentences that take about half a minute, each with its seconds.

A passage ends where a sentence does, or a segment of what was heard; a quote is looked up in it by the
seconds of its words, so that a citation leads to where it is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edu.common.language import detect, sentences
from edu.multimodal.data import Block, Chunk
from edu.multimodal.logic.seconds import Times, Track

AIM = 30.0  # seconds at which a passage is full
MOST = 40.0  # seconds that it never passes
LEAST = 20.0  # seconds under which it joins a neighbour
LONG = 20.0  # seconds of a sentence that is parted where a segment ends
PAUSE = 2.0  # seconds of silence that end a sentence, and a passage that is long enough
SILENCE = 4 * PAUSE  # seconds of silence that end any passage
_MOST_SIGNS = 1400


@dataclass(frozen=True)
class _Piece:
    """A sentence, or a part of a long one: its signs, and its seconds."""

    begin: int
    end: int
    start: float
    stop: float


def passages(blocks: list[Block], language: str) -> list[Chunk]:
    """Return the passages of what was said, in order. `blocks` are segments with their seconds, and
    under `times` of their places, where known, those of their words."""
    if not blocks:
        return []
    text, times, ends, pauses, whole = _joined(blocks)
    track = Track(times, len(text))
    pieces = _unparted(list(_pieces(text, track, ends, pauses, language)), whole)
    return [_chunk(text, track, group, language) for group in _levelled(_groups(pieces))]


def _joined(
    blocks: list[Block],
) -> tuple[str, Times, list[int], list[int], list[tuple[int, int]]]:
    """Return all that was said, its times, the signs after which segments and spells end, and the spans
    of lines that somebody wrote, which stay whole."""
    text = ""
    times: Times = []
    ends: list[int] = []
    pauses: list[int] = []
    whole: list[tuple[int, int]] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        place = block.locator
        if before is not None:
            ends.append(len(text))
            if place["start"] - before.locator["end"] > PAUSE:
                pauses.append(len(text))
            text += "" if place.get("glued") else " "
        if place.get("edited"):
            whole.append((len(text), len(text) + len(block.text)))
        own = place.get("times") or [[0, place["start"], place["end"]]]
        times += [[int(sign) + len(text), start, end] for sign, start, end in own]
        text += block.text
    return text, times, ends, pauses, whole


def _unparted(pieces: list[_Piece], whole: list[tuple[int, int]]) -> list[_Piece]:
    """Join the pieces that part a line which stays whole."""
    found: list[_Piece] = []
    for piece in pieces:
        if found and any(begin < piece.begin < end for begin, end in whole):
            last = found.pop()
            piece = _Piece(last.begin, piece.end, last.start, piece.stop)
        found.append(piece)
    return found


def _pieces(
    text: str, track: Track, ends: list[int], pauses: list[int], language: str
) -> Iterator[_Piece]:
    for begin, stop in zip([0, *pauses], [*pauses, len(text)], strict=True):
        for a, b in sentences(text[begin:stop], language):
            at = begin + a
            while at < begin + b:
                end = _end(text, track, ends, at, begin + b)
                yield _Piece(at, end, track.second(at), track.second(end, over=True))
                at = end
                while at < begin + b and text[at].isspace():
                    at += 1


def _end(text: str, track: Track, ends: list[int], begin: int, end: int) -> int:
    """Return where a sentence is parted: at its own end, else at the last segment's end before it
    takes too long, else after the last word before that."""
    start = track.second(begin)

    def soon(sign: int) -> bool:
        return track.second(sign, over=True) - start <= LONG and sign - begin <= _MOST_SIGNS

    if soon(end):
        return end
    inside = [sign for sign in ends if begin < sign < end and soon(sign)]
    if inside:
        return inside[-1]
    at = blank = text.find(" ", begin + 1, end)
    while blank > 0 and soon(blank):
        at, blank = blank, text.find(" ", blank + 1, end)
    return at if at > 0 else min(end, begin + _MOST_SIGNS)


def _groups(pieces: list[_Piece]) -> list[list[_Piece]]:
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and _fits(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _fits(group: list[_Piece], piece: _Piece) -> bool:
    gap = piece.start - group[-1].stop
    if not _whole([*group, piece]) or gap > SILENCE or (gap > PAUSE and _length(group) >= LEAST):
        return False
    return _length(group) < AIM


def _length(group: list[_Piece]) -> float:
    return group[-1].stop - group[0].start


def _whole(group: list[_Piece]) -> bool:
    """Whether it may be one passage."""
    return _length(group) <= MOST and group[-1].end - group[0].begin <= _MOST_SIGNS


def _levelled(groups: list[list[_Piece]]) -> list[list[_Piece]]:
    """Join a short rest to the passage before it, or share the two out evenly."""
    found: list[list[_Piece]] = []
    for group in groups:
        near = bool(found) and group[0].start - found[-1][-1].stop <= SILENCE
        if not near or _length(group) >= LEAST:
            found.append(group)
            continue
        both = found.pop() + group
        if _whole(both):
            found.append(both)
            continue
        cuts = range(1, len(both))
        best = min(cuts, key=lambda cut: abs(_length(both[:cut]) - _length(both[cut:])))
        found += [both[:best], both[best:]]
    return found


def _chunk(text: str, track: Track, group: list[_Piece], language: str) -> Chunk:
    begin, end = group[0].begin, group[-1].end
    said = text[begin:end]
    place = {"kind": "time", "start": group[0].start, "end": group[-1].stop}
    return Chunk(said, place, [], detect(said, language), "text", track.part(begin, end))
