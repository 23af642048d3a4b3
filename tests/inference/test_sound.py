"""WAV files, any other container, and texts cut for programs that speak."""

import contextlib
import io
import re

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.inference.base.heard import made_up
from edu.inference.base.sound import Pcm, as_wav, decode, make_wav, read_wav
from edu.inference.base.spoken import PIECE, pieces, say
from edu.inference.data import ModelUnavailable, Unreadable, Word


def hum(seconds: float = 1.0, rate: int = 16_000) -> Pcm:
    at = np.arange(int(seconds * rate))
    return Pcm((8000 * np.sin(at * (2 * np.pi * 330 / rate))).astype(np.int16), rate)


def encoded(kind: str, codec: str, seconds: float = 2.0) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as file:
        stream = file.add_stream(codec, rate=48_000, layout="mono")
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=48_000)
        source = av.open(io.BytesIO(make_wav(hum(seconds))))
        for frame in source.decode(audio=0):
            for part in resampler.resample(frame):
                file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    return out.getvalue()


@given(st.lists(st.integers(-32768, 32767), max_size=50), st.text(max_size=40))
def test_a_wav_gives_back_what_went_in(samples, comment):
    comment = comment.replace("\0", "").encode("utf-8", "ignore").decode()
    wav = make_wav(Pcm(np.array(samples, np.int16), 8000, comment))
    back = read_wav(wav)
    assert back.samples.tolist() == samples
    assert (back.rate, back.comment) == (8000, comment)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_wav_are_unreadable_and_nothing_else(junk):
    for data in (junk, b"RIFF\0\0\0\0WAVE" + junk, b"RIFF\0\0\0\0WAVEfmt " + junk):
        with contextlib.suppress(Unreadable):
            read_wav(data)


@pytest.mark.parametrize(
    ("kind", "codec"),
    [
        ("mp3", "libmp3lame"),
        ("ogg", "libopus"),
        ("webm", "libopus"),
        ("mp4", "aac"),
        ("flac", "flac"),
    ],
)
def test_every_container_is_decoded(kind, codec):
    samples = decode(encoded(kind, codec), 16_000, minutes=1)
    assert len(samples) / 16_000 == pytest.approx(2.0, abs=0.15)
    assert 0.1 < float(np.abs(samples).max()) < 0.5


def test_what_is_left_of_a_broken_file_is_decoded():
    whole = encoded("mp3", "libmp3lame", seconds=4)
    assert len(decode(whole[: len(whole) // 2], 16_000, 1)) > 16_000


@pytest.mark.parametrize("junk", [b"", b"x", b"RIFF\x00\x00\x00\x00WAVE", b"OggS" + bytes(100)])
def test_what_holds_no_sound_is_unreadable(junk):
    with pytest.raises(Unreadable):
        decode(junk, 16_000, 1)


def test_a_small_file_that_unfolds_into_hours_is_stopped_at_the_limit():
    out = io.BytesIO()
    with av.open(out, "w", format="flac") as file:
        stream = file.add_stream("flac", rate=8000, layout="mono")
        silence = np.zeros((1, 8000 * 30), np.int16)
        for _ in range(6):
            frame = av.AudioFrame.from_ndarray(silence, format="s16", layout="mono")
            frame.rate = 8000
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    assert len(out.getvalue()) < 60_000
    with pytest.raises(Unreadable, match="longer than 1 minutes"):
        decode(out.getvalue(), 16_000, minutes=1)


def test_any_sound_becomes_16_bit_mono():
    stereo = np.repeat(hum().samples, 2)
    wav = bytearray(make_wav(Pcm(stereo, 16_000)))
    wav[22:24] = (2).to_bytes(2, "little")
    assert as_wav(bytes(wav)).seconds == pytest.approx(1.0)
    assert as_wav(encoded("ogg", "libopus", 1.0)).seconds == pytest.approx(1.0, abs=0.1)


@given(st.lists(st.text("abc äß.!?,水。\n ", min_size=1, max_size=300), max_size=20))
def test_no_word_of_a_text_is_lost_in_pieces(parts):
    text = " ".join(parts)
    cut = pieces(text)
    assert all(len(piece) <= PIECE for piece in cut)
    said = [word[:PIECE] for word in text.split() if re.search(r"\w", word)]
    kept = [word for piece in cut for word in piece.split() if re.search(r"\w", word)]
    assert kept == said


def test_a_long_text_is_cut_after_sentences():
    cut = pieces("Water moves. " * 100)
    assert len(cut) > 3
    assert all(piece.endswith("moves.") for piece in cut)


@pytest.mark.parametrize("program", [["false"], ["/nowhere/nothing"], ["true"]])
def test_a_program_that_fails_is_an_error(program):
    with pytest.raises(ModelUnavailable, match="cannot speak"):
        say("Hello.", lambda _words, _wav: program, lambda: False)


@pytest.mark.parametrize(
    ("took", "count", "none"),
    [(0.06, 2, True), (0.5, 2, False), (0.01, 1, False), (2.0, 20, False)],
)
def test_words_that_nobody_can_say_so_fast_are_made_up(took, count, none):
    words = [Word("x", 9 + n * took / count, 9 + (n + 1) * took / count) for n in range(count)]
    assert made_up(words) is none
