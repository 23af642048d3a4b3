"""Films: their sound for a model to hear, and of each scene a picture for a model to read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress
from edu.multimodal.base.soundtrack import NAME, decode, length, opened, packets, title
from edu.multimodal.data import LOOKING_AT, OPENING_SOUND, Document, Picture, Sound, Unreadable

_STEP = 2.0  # seconds between two looks
_SPARSE = 20.0  # seconds between pictures that stand for themselves: fewer, and all are decoded
_OTHER = 6.0  # of 255, by which the light of two scenes differs at the least
_MOST_SCENES = 300
_WIDEST = 1600  # pixels of a picture that is kept
_SMALL = (48, 27)  # in which two pictures are compared

NOTHING = _("Nothing in this film can be played. Bring a whole copy of it.")


class Video(Format):
    """See the module."""

    name = "video"
    label = "a film"
    brought = "MP4, MOV, MKV, AVI"
    called = _("Film")
    icon = "sound"
    view = "sound"
    family = "audio"
    media_types = (
        *("video/mp4", "video/webm", "video/quicktime", "video/x-matroska", "video/x-msvideo"),
    )
    extensions = ("mp4", "m4v", "mov", "mkv", "avi", "ogv", "webm")
    score = 20

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Decode the sound, then look at the scenes; see Format.read."""
        progress(0.0, OPENING_SOUND)

        def hearing(source: Any) -> tuple[str, float, float]:
            declared = length(source, limits)
            seconds = 0.0
            if source.streams.audio:
                seconds = decode(source, work, declared, limits, progress)
            return title(source), declared, seconds

        named, declared, heard = opened(path, hearing)
        try:
            pictures = opened(path, lambda file: _scenes(file, work, declared, limits, progress))
        except Unreadable:
            pictures = []  # what is said may be whole all the same
        if not heard and not pictures:
            raise Unreadable(NOTHING)
        seconds = max(heard, declared)
        sounds = [Sound(NAME, heard)] if heard else []
        return Document(named, pictures=pictures, sounds=sounds, seconds=seconds)


def _scenes(
    source: Any, work: Path, declared: float, limits: Limits, progress: Progress
) -> list[Picture]:
    """Write a picture of each scene into the work folder, each with the seconds that it is seen."""
    if not source.streams.video:
        return []
    stream = source.streams.video[0]
    if stream.codec_context is None:  # in a way that nobody here knows
        return []
    found: list[tuple[str, float]] = []
    last = 0.0
    before: Any = None
    for second, frame in _frames(source, stream, declared):
        last = max(last, second)
        if frame.width * frame.height > limits.pixels:
            continue
        share = min(0.99, second / declared) if declared else 0.5
        progress(share, LOOKING_AT % {"number": len(found) + 1})
        image = frame.to_image()
        small = image.convert("L").resize(_SMALL).tobytes()
        if before is not None and _apart(before, small) < _OTHER:
            continue
        before = small
        image.thumbnail((_WIDEST, _WIDEST))
        name = f"scene-{len(found) + 1}.png"
        image.save(work / name)
        found.append((name, second))
        if len(found) >= _MOST_SCENES:
            break
    ends = [*(second for _name, second in found[1:]), max(last, declared)]
    return [
        Picture(name, {"kind": "time", "start": start, "end": max(start, end), "seen": True}, False)
        for (name, start), end in zip(found, ends, strict=True)
    ]


def _frames(source: Any, stream: Any, declared: float) -> Iterator[tuple[float, Any]]:
    """Yield pictures a few seconds apart: those that stand for themselves, which are soon decoded,
    or, where a film has few of those, any."""
    keys = sum(packet.is_keyframe for packet in packets(source, stream))
    stream.codec_context.skip_frame = "NONKEY" if keys * _SPARSE >= declared else "DEFAULT"
    source.seek(0)
    yield from _decoded(source, stream)


def _decoded(source: Any, stream: Any) -> Iterator[tuple[float, Any]]:
    import av

    after = -_STEP
    for packet in packets(source, stream):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:  # one that is broken is not seen
            continue
        for frame in frames:
            second = round(float(frame.time or 0.0), 2)
            if second - after >= _STEP:
                after = second
                yield second, frame


def _apart(one: bytes, two: bytes) -> float:
    """Return by how much two small pictures differ, and more where they differ in a part only."""
    differences = [abs(a - b) for a, b in zip(one, two, strict=True)]
    mean = sum(differences) / len(differences)
    much = sum(each > 40 for each in differences) / len(differences)
    return mean + 100 * much
