"""Subtitles and captions: what is said, and when. How it looks and where it stands is left out."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, tidy
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_TEXT, Block, Document, Unreadable

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_LINE = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_SRT = re.compile(rf"\ufeff?\s*\d+[ \t]*\n\s*{_TIME}\s*-->\s*{_TIME}")
_MARKS = re.compile(r"<[^<>\n]*>|\{\\[^{}\n]*\}")
_BREAKS = re.compile(r"\\[Nnh]")
_BESIDE = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")

_Cue = tuple[float, float, list[str]]  # when it begins and ends, and its lines

DAMAGED = _(
    "There are no lines with times in these subtitles. Save them again and bring them once more."
)


class Subtitles(Format):
    """See the module."""

    name = "subtitles"
    label = "SRT"
    brought = "SRT, VTT"
    called = _("Subtitles")
    view = "said"
    family = "text"
    media_types = ("text/vtt", "application/x-subrip")
    extensions = ("vtt", "srt")
    score = 20
    version = 3  # captions that end before they begin are put right

    def claims(self, text: str, ending: str) -> bool:
        """By its name, or by how it begins."""
        begin = text.lstrip("\ufeff")
        vtt = re.match(r"WEBVTT(?:[ \t\n]|$)", begin)
        return ending in self.extensions or bool(vtt) or bool(_SRT.match(begin.replace("\r", "")))

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read what is said with its seconds; see Format.read."""
        progress(0.0, READING_TEXT)
        blocks: list[Block] = []
        before: list[str] = []
        for start, end, lines in sorted(
            _forward(_cues(text_of(path, limits))), key=lambda cue: cue[:2]
        ):
            # Captions that roll say a line again while the next one comes up.
            said = tidy(" ".join(line for line in lines if line not in before))
            before = lines
            if said:
                where = {"kind": "time", "start": start, "end": end}
                blocks.append(Block("text", said, where))
        if not blocks:
            raise Unreadable(DAMAGED)
        seconds = max(block.locator["end"] for block in blocks)
        return Document("", blocks, seconds=seconds)


def _forward(cues: Iterable[_Cue]) -> Iterator[_Cue]:
    """Put captions right that end before they begin: one of the two times is wrong, and the one that is
    nearer to the end of the caption before stays."""
    before = 0.0
    for start, end, lines in cues:
        if end < start:
            nearer = abs(start - before) <= abs(end - before)
            start = end = start if nearer else max(before, end)
        before = end
        yield start, end, lines


def _cues(text: str) -> Iterator[_Cue]:
    """Yield the captions in their order."""
    for part in re.split(r"\n[ \t]*\n", text):
        lines = part.strip("\n").split("\n")
        at = next((at for at, line in enumerate(lines) if _LINE.match(line)), -1)
        if at < 0 or _BESIDE.match(lines[0]):
            continue
        while 0 <= at < len(lines):
            after = next(
                (n for n in range(at + 1, len(lines)) if _LINE.match(lines[n])), len(lines)
            )
            said = lines[at + 1 : after]
            if after < len(lines) and said and said[-1].strip().isdigit():
                said = said[:-1]  # the number of the next one, which no empty line sets apart
            match = _LINE.match(lines[at])
            if match:
                start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
                plain = [tidy(unescape(_BREAKS.sub(" ", _MARKS.sub("", line)))) for line in said]
                yield start, end, [line for line in plain if line]
            at = after


def _seconds(said: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = said
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return round(whole + int((rest or "0").ljust(3, "0")) / 1000, 2)
