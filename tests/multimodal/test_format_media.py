"""Pictures and recordings."""

import struct
import wave
import zlib

import pytest
from PIL import Image as Pillow

from edu.multimodal.base import Limits, TooLong, TooManyPixels
from edu.multimodal.data import Unreadable
from edu.multimodal.formats.audio import Audio
from edu.multimodal.formats.image import Image
from tests.multimodal import samples


def read(form, content: bytes, tmp_path, **limits):
    place = tmp_path / "file"
    place.write_bytes(content)
    return form.read(place, tmp_path, Limits(**limits), lambda share, stage: None)


def test_a_picture_is_turned_upright_and_loses_what_the_camera_wrote(tmp_path):
    document = read(Image(), samples.turned_jpeg(), tmp_path)
    (picture,) = document.pictures
    assert picture.whole and picture.locator == {"kind": "region", "box": [0.0, 0.0, 1.0, 1.0]}
    with Pillow.open(tmp_path / picture.path) as image:
        assert image.size == (200, 300)
        assert not image.getexif() and "exif" not in image.info
        top = image.convert("RGB").getpixel((100, 20))
        assert top[0] > 200 > 80 > top[1], "what was at the left is at the top"


def declared(width: int, height: int) -> bytes:
    """Return a PNG that says it is very large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def test_a_picture_over_the_limit_is_refused_before_it_is_decoded(tmp_path):
    for size in ((30_000, 30_000), (9_000, 5_000)):
        with pytest.raises(TooManyPixels, match="megapixels; the limit is 40"):
            read(Image(), declared(*size), tmp_path)


def test_a_picture_of_one_pixel_is_read_and_a_damaged_one_is_not(tmp_path):
    assert read(Image(), samples.png("", size=(1, 1)), tmp_path).pages == 1
    with pytest.raises(Unreadable, match="damaged"):
        read(Image(), samples.png()[:3000], tmp_path)


def test_a_picture_is_drawn_for_its_page(tmp_path):
    place = tmp_path / "file"
    place.write_bytes(samples.png(size=(2000, 1000)))
    with Pillow.open(Image().picture(place, 1, tmp_path, 500)) as image:
        assert image.size == (500, 250)


@pytest.mark.parametrize("ending", ["wav", "mp3", "m4a", "ogg", "webm", "flac"])
def test_every_kind_of_recording_becomes_one_kind_of_sound(tmp_path, ending):
    document = read(Audio(), samples.sound(ending, 2.0), tmp_path)
    (sound,) = document.sounds
    assert document.seconds == sound.seconds == pytest.approx(2.0, abs=0.1)
    with wave.open(str(tmp_path / sound.path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        assert file.getnframes() / 16000 == pytest.approx(sound.seconds)
        assert max(file.readframes(16000)) > 0


def test_films_give_their_sound_and_silence_is_fine(tmp_path):
    assert read(Audio(), samples.film(2.0), tmp_path).seconds == pytest.approx(2.0, abs=0.1)
    assert read(Audio(), samples.tone(1.0, silent=True), tmp_path).seconds == pytest.approx(1.0)
    with pytest.raises(Unreadable, match="no sound"):
        read(Audio(), samples.film(1.0, with_sound=False), tmp_path)


def test_a_recording_that_was_cut_off_is_heard_as_far_as_it_goes(tmp_path):
    whole = samples.sound("mp3", 4.0)
    assert read(Audio(), whole, tmp_path).left == []
    assert 1.0 < read(Audio(), whole[: len(whole) // 2], tmp_path).seconds < 3.0
    wave = samples.tone(4, rate=8000, channels=1)
    assert read(Audio(), wave, tmp_path).left == []
    half = read(Audio(), wave[: len(wave) // 2], tmp_path)
    assert [(each.name, "breaks off" in each.why) for each in half.left] == [("0:01", True)]


def test_recordings_over_the_limit_and_damaged_ones_are_refused(tmp_path):
    with pytest.raises(TooLong, match="limit is 1 minute"):
        read(Audio(), samples.tone(70, rate=2000, channels=1), tmp_path, seconds=60)
    with pytest.raises(Unreadable):
        read(Audio(), b"RIFF\x24\0\0\0WAVEfmt " + bytes(20), tmp_path)
