"""Pictures, sounds and films that are too small, too large, or not what their heads say."""

import io
import struct
import zlib

from tests.multimodal.hostile import Case


def cases() -> list[Case]:
    """Return them."""
    found = []
    for side in (0, 1, 2, 3, 7):
        found.append(_said(f"png of {side} pixels a side", "a.png", _png, side, side))
    for width, height in (
        *((30_000, 30_000), (65_500, 1), (1, 65_500), (2_000_000_000, 2_000_000_000)),
        *((6000, 6000), (40_000, 900)),
    ):
        found.append(_said(f"png of {width} x {height}", "a.png", _png, width, height))
    for kind in ("JPEG", "WEBP"):
        ending = "a.jpg" if kind == "JPEG" else "a.webp"
        found.append(_said(f"{kind} of one pixel", ending, _picture, kind, (1, 1)))
        found.append(_said(f"{kind} of a line", ending, _picture, kind, (16_000, 1)))
    for seconds, what in ((0.0, "0 s"), (0.001, "1 ms"), (0.02, "20 ms")):
        found.append(_said(f"wav of {what}", "a.wav", _wav, seconds))
    found += [
        _said("png whose rows are missing", "a.png", _png, 800, 600, True),
        _said("png that says another size", "a.png", _png_lies),
        _said("png with a bomb of words", "a.png", _png_words),
        _said("wav of 10 h by its head", "a.wav", _wav_claims, 10 * 3600),
        _said("flac of 10 h of silence", "a.flac", _flac_hours, 10),
        _said("wav of no channels", "a.wav", _wav_odd, 0, 16000),
        _said("wav of 200 channels", "a.wav", _wav_odd, 200, 16000),
        _said("wav of no rate", "a.wav", _wav_odd, 1, 0),
        _said("wav of a wild rate", "a.wav", _wav_odd, 1, 4_000_000_000),
        _said("mp3 of a head alone", "a.mp3", lambda: b"\xff\xfb\x90\x00" * 3),
        _said(
            "mp3 of tags alone", "a.mp3", lambda: b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(9000)
        ),
        _said("ogg of a head alone", "a.ogg", lambda: b"OggS" + bytes(500)),
        _said("mp4 whose boxes lead back", "a.mp4", _mp4_loop),
        _said("mp4 whose box is endless", "a.mp4", _mp4_large),
        _said("mp4 without sound", "a.mp4", _film_silent),
        _said("webm of a head alone", "a.webm", lambda: b"\x1a\x45\xdf\xa3" + bytes(300)),
        _said("avi of a head alone", "a.avi", lambda: b"RIFF\xff\xff\xff\xffAVI LIST" + bytes(300)),
    ]
    return found


def _said(name, file_name, make, *given) -> Case:
    return Case(name, file_name, lambda trap: make(*given))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, torn: bool = False) -> bytes:
    """A grey picture, packed so well that its size on disk tells nothing of its size in memory."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packed = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((min(width, 100_000) + 7) // 8)
    rows = min(height, 30_000) // (3 if torn else 1)
    data = b"".join(packed.compress(row) for _ in range(rows)) + packed.flush()
    parts = _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _png_lies() -> bytes:
    whole = bytearray(_png(50, 50))
    whole[16:24] = struct.pack(">II", 5000, 5000)
    whole[29:33] = struct.pack(">I", zlib.crc32(bytes(whole[12:29])))
    return bytes(whole)


def _png_words() -> bytes:
    whole = _png(50, 50)
    words = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 200_000_000, 9))
    return whole[:33] + words * 3 + whole[33:]


def _picture(kind: str, size: tuple[int, int]) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def _wav(seconds: float) -> bytes:
    from tests.multimodal import samples

    return samples.tone(seconds, rate=16000, channels=1)


def _wav_claims(seconds: int) -> bytes:
    whole = bytearray(_wav(0.5))
    whole[4:8] = struct.pack("<I", min(2**32 - 1, seconds * 32000))
    whole[40:44] = struct.pack("<I", min(2**32 - 1, seconds * 32000))
    return bytes(whole)


def _wav_odd(channels: int, rate: int) -> bytes:
    whole = bytearray(_wav(0.5))
    whole[22:24] = struct.pack("<H", channels)
    whole[24:28] = struct.pack("<I", rate)
    return bytes(whole)


def _flac_hours(hours: int) -> bytes:
    """Silence, which takes next to nothing on disk."""
    import av
    import numpy as np

    out = io.BytesIO()
    with av.open(out, "w", format="flac") as target:
        stream = target.add_stream("flac", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4608), np.int16), "s16", "mono")
        frame.rate = 8000
        for number in range(hours * 3600 * 8000 // 4608 + 1):
            frame.pts = number * 4608
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def _mp4_loop() -> bytes:
    inner = b"x" * 8
    for _ in range(5000):
        inner = _box(b"moov", inner)
    return _box(b"ftyp", b"isom\0\0\0\0isom") + inner


def _mp4_large() -> bytes:
    return (
        _box(b"ftyp", b"isom\0\0\0\0isom") + b"\0\0\0\x01moov" + b"\x7f" + b"\xff" * 7 + bytes(99)
    )


def _film_silent() -> bytes:
    from tests.multimodal import samples

    return samples.film(0.3, with_sound=False)
