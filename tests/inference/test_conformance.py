"""One suite for every backend that the registry finds, whatever runs behind it.

`echo` answers in this process, `openai` is the client against an outside server, and each engine runs
in an inference process of its own. One more file in backends/ is tested with no line written here.
"""

import io
import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings as live
from PIL import Image, ImageChops, ImageDraw, ImageFont, PngImagePlugin

from edu.inference import api
from edu.inference.base import CHAT, EMBED, HEAR, LOCAL_KINDS, READ, RERANK, SPEAK
from edu.inference.base.sound import Pcm, make_wav, read_wav
from edu.inference.data import CannotSpeak, Message, Unreadable
from edu.inference.logic.doors import backends
from edu.inference.logic.engines import Engines

from .serving import ask_it, serving

MODELS = os.environ.get("EDU_TEST_MODELS") or str(Path(live.BASE_DIR) / "var" / "models")
SENTENCE = "Water moves through the membrane of a cell."


def does(*kinds: str):
    """Run a test for every backend that does all of `kinds`."""
    found = [
        pytest.param(name, marks=[pytest.mark.models] if backend.local else [])
        for name, backend in backends().items()
        if backend.kinds >= set(kinds)
    ]
    return pytest.mark.parametrize("world", found, indirect=True, scope="module")


@pytest.fixture(scope="module")
def world(request):
    """The name of a backend and, unless it answers in this process, the server that runs it."""
    name = request.param
    if name == "echo":
        yield name, None
        return
    if name == "openai":
        with serving("--only=echo") as server:
            yield name, server
        return
    live.EDU_MODELS, before = Path(MODELS), live.EDU_MODELS
    absent = backends()[name]().absent()
    live.EDU_MODELS = before
    if absent:
        pytest.skip(absent)
    with serving(f"--only={name}", EDU_MODELS=MODELS) as server:
        yield name, server


@pytest.fixture
def backend(world, settings) -> str:
    """The name of the backend under test, which the api now asks."""
    name, server = world
    if server is not None:
        ask_it(settings, server, outside=name == "openai")
    return name


def spoken(name: str, text: str) -> bytes:
    """A recording of `text` that this backend can hear: hidden in a hum, or really spoken."""
    hum = backends()["echo"]().speak(text, "", 1.0, "en").wav
    if name in ("echo", "openai"):
        return hum
    flite = backends()["flite"]()
    if flite.absent():
        pytest.skip(flite.absent())
    return flite.speak(text, "", 1.0, "en").wav


def written(*lines: str, turn: int = 0) -> bytes:
    """A picture on which `lines` are written, both for eyes and for the stand-in."""
    image = Image.new("RGB", (1000, 120 + 70 * len(lines)), "white")
    font = ImageFont.load_default(34)
    for at, line in enumerate(lines):
        ImageDraw.Draw(image).text((60, 60 + 70 * at), line, fill="black", font=font)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("say", "\n".join(lines))
    out = io.BytesIO()
    image.rotate(-turn, expand=True).save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


@does()
def test_it_says_what_it_is(world):
    backend = backends()[world[0]]
    assert backend.name
    assert backend.kinds
    assert backend.kinds <= {*LOCAL_KINDS, *(() if backend.local else (RERANK,))}
    assert backend.__module__.startswith("edu.inference.backends.")


@does()
def test_its_state_is_told_without_loading(backend, world):
    told = {part.kind: part for part in api.status()}
    for kind in backends()[world[0]].kinds & set(LOCAL_KINDS):
        assert told[kind].state in ("ready", "idle")


@does(CHAT)
def test_a_chat_is_answered(backend):
    reply = api.chat(messages=[Message("user", "Say the word water.")], max_tokens=12)
    assert reply.text.strip()
    assert reply.model


@does(CHAT)
def test_a_chat_is_streamed(backend):
    pieces = list(
        api.chat_stream(messages=[Message("user", "Count: one two three")], max_tokens=12)
    )
    assert len(pieces) > 1
    assert "".join(pieces).strip()


@does(CHAT)
def test_a_stream_may_be_left(backend):
    stream = api.chat_stream(messages=[Message("user", "Count from one to ten")], max_tokens=200)
    next(stream)
    stream.close()
    assert api.chat(messages=[Message("user", "Hello")], max_tokens=3).text.strip()


@does(CHAT)
def test_a_chat_keeps_to_the_choices(backend):
    question = Message("user", "Is ice water that is frozen? Answer Yes or No.")
    reply = api.chat(messages=[question], choices=["Yes", "No"])
    assert reply.text in ("Yes", "No")
    assert set(reply.first) == {"Yes", "No"}
    assert sum(reply.first.values()) == pytest.approx(1.0)
    assert reply.first["Yes"] > reply.first["No"]


@does(CHAT)
def test_a_chat_keeps_to_a_schema(backend):
    schema = {
        "type": "object",
        "properties": {"word": {"type": "string"}, "count": {"type": "integer"}},
        "required": ["word", "count"],
        "additionalProperties": False,
    }
    reply = api.chat(
        messages=[Message("user", "A word and a number.")], schema=schema, max_tokens=60
    )
    made = json.loads(reply.text)
    assert set(made) == {"word", "count"}
    assert isinstance(made["count"], int)


@does(EMBED)
def test_vectors_are_units_and_near_for_like_texts(backend):
    vectors = api.embed(
        texts=[
            "Osmosis moves water through a membrane.",
            "Through a membrane, osmosis moves water.",
            "The king signed a law about wages.",
            "",
        ]
    )
    assert vectors.model == api.embedder()
    assert [len(row) for row in vectors.rows] == [384] * 4
    for row in vectors.rows:
        assert dot(row, row) == pytest.approx(1.0, abs=1e-4)
    assert dot(vectors.rows[0], vectors.rows[1]) > 0.8 > dot(vectors.rows[0], vectors.rows[2])


@does(EMBED)
def test_many_texts_keep_their_order(backend):
    texts = [f"{'word ' * (at % 7)}number {at}" for at in range(70)]
    rows = api.embed(texts=texts).rows
    assert len(rows) == 70
    for at in (0, 33, 69):
        alone = api.embed(texts=[texts[at]]).rows[0]
        assert dot(rows[at], alone) > 0.98


@does(HEAR)
def test_speech_is_heard(backend):
    heard = api.transcribe(sound=spoken(backend, SENTENCE), language="en")
    said, expected = words(heard.text), words(SENTENCE)
    assert len(set(said) & set(expected)) >= len(set(expected)) - 1
    assert heard.language == "en"
    assert heard.segments
    assert 0 <= heard.segments[0].start < heard.segments[-1].end <= heard.seconds + 0.5
    times = [word.start for segment in heard.segments for word in segment.words]
    assert times
    assert times == sorted(times)


@does(HEAR)
def test_silence_is_no_words(backend):
    import numpy as np

    heard = api.transcribe(sound=make_wav(Pcm(np.zeros(48_000, np.int16), 16_000)))
    assert (heard.text, heard.segments) == ("", [])
    assert heard.seconds == pytest.approx(3, abs=0.1)


@does(HEAR)
@pytest.mark.parametrize("kind", ["noise", "hiss", "tone", "melody"])
def test_what_nobody_says_is_no_words(backend, kind):
    import numpy as np

    rate, chance = 16_000, np.random.default_rng(7)
    at = np.arange(5 * rate) / rate
    notes = np.array([262, 330, 392, 523, 392])[np.minimum(4, at.astype(int))]
    sound = {
        "noise": chance.standard_normal(at.size) * 0.2,
        "hiss": chance.standard_normal(at.size) * 0.004,
        "tone": np.sin(2 * np.pi * 440 * at) * 0.3,
        "melody": np.sin(2 * np.pi * notes * at) * np.exp(-2 * (at % 1)) * 0.5,
    }[kind]
    wav = make_wav(Pcm((np.clip(sound, -1, 1) * 32767).astype(np.int16), rate))
    heard = api.transcribe(sound=wav)
    assert (heard.text, heard.segments) == ("", [])


@does(HEAR)
@pytest.mark.parametrize("junk", [b"", b"hello", b"RIFF\x04\0\0\0WAVE", b"%PDF-1.7" + bytes(500)])
def test_what_is_no_sound_is_unreadable(backend, junk):
    with pytest.raises(Unreadable):
        api.transcribe(sound=junk)


@does(SPEAK)
def test_text_is_spoken_as_a_wav(backend):
    speech = api.speak(text=SENTENCE)
    pcm = read_wav(speech.wav)
    assert pcm.seconds == pytest.approx(speech.seconds, abs=0.01)
    assert 1 < speech.seconds < 10
    assert int(abs(pcm.samples).max()) > 500
    assert speech.voice


@does(SPEAK)
def test_speed_is_kept(backend):
    slow, fast = api.speak(text=SENTENCE, speed=0.8), api.speak(text=SENTENCE, speed=1.6)
    assert fast.seconds < 0.7 * slow.seconds


@does(SPEAK)
def test_hostile_words_are_only_spoken(backend, tmp_path):
    text = f"-o {tmp_path}/x $(touch {tmp_path}/y) `id` | \0 <speak> \ud800 now."
    assert api.speak(text=text, voice="../../etc/passwd").seconds > 0
    assert list(tmp_path.iterdir()) == []


@does(SPEAK)
def test_voices_are_told_and_keep_to_their_language(backend):
    told = {each.name: each for each in api.voices() or []}
    assert told
    assert all(each.language and each.label for each in told.values())
    own = next(each for each in told.values() if each.language.startswith("en"))
    assert api.speak(text="Hello there.", voice=own.name).voice == own.name
    other = next((each for each in told.values() if not each.language.startswith("en")), None)
    if other and backend != "echo":  # the stand-in says by whom it was asked
        assert api.speak(text="Hello there.", voice=other.name).voice != other.name


@does(SPEAK)
def test_a_long_text_is_spoken_to_its_end(backend):
    one = api.speak(text=SENTENCE).seconds
    assert api.speak(text=" ".join([SENTENCE] * 30)).seconds > 20 * one


@does(SPEAK)
@pytest.mark.parametrize("text", ["", " ", "\U0001f600 \U0001f389", "… — !?", "***", "_"])
def test_nothing_to_say_is_told_and_is_never_silence(backend, text):
    with pytest.raises(CannotSpeak, match="nothing in this text"):
        api.speak(text=text)


@does(SPEAK)
@pytest.mark.parametrize("text", ["سلام", "привет", "καλημέρα", "नमस्ते", "ⴰⵣⵓⵍ"])
def test_another_script_is_spoken_or_refused_by_its_name(backend, text):
    try:
        speech = api.speak(text=text)
    except CannotSpeak as error:
        assert "No voice is installed" in error.detail
        assert error.fields["text"] == error.detail
    else:
        assert int(abs(read_wav(speech.wav).samples).max()) > 500


@does(READ)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_text_in_a_picture_is_read_with_its_place(backend, turn):
    if turn and backend == "rapidocr":
        pytest.skip("it does not know which way is up: the one before it tells")
    lines = [SENTENCE, "The wall gives the cell its shape.", "Plants store sugar in their leaves."]
    read = api.read_picture(picture=written(*lines, turn=turn))
    assert words(read.text) == words(" ".join(lines))
    assert len(read.lines) == 3
    for line in read.lines:
        x0, y0, x1, y1 = line.box
        assert 0 <= x0 < x1 <= 1
        assert 0 <= y0 < y1 <= 1
        assert 0 <= line.confidence <= 1
    if backend != "echo" and backend != "openai":
        first = read.lines[0].box
        place = {0: first[1], 90: 1 - first[2], 180: 1 - first[3], 270: first[0]}[turn]
        assert place < 0.4  # it is the line at the top of the page, wherever that is now
        assert read.rotation == (360 - turn) % 360


@pytest.mark.models
@pytest.mark.parametrize("colours", [("black", "white"), ("white", "#10243a"), ("#bbb", "#444")])
@pytest.mark.parametrize("lines", [["Volcanic rock"], ["Basalt cools fast", "Granite cools late"]])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_few_words_are_read_whichever_way_up_and_light_on_dark(colours, lines, turn):
    ink, ground = colours
    image = Image.new("RGB", (1100, 500), ground)
    for at, line in enumerate(lines):
        font = ImageFont.load_default(44)
        ImageDraw.Draw(image).text((90, 90 + 80 * at), line, fill=ink, font=font)
    shade = (
        Image.linear_gradient("L").resize(image.size).point(lambda tone: 150 + tone * 105 // 255)
    )
    image = ImageChops.multiply(image, shade.convert("RGB"))
    out = io.BytesIO()
    image.rotate(-turn, expand=True).save(out, "JPEG", quality=90)
    engines = Engines()
    try:
        read = engines.read(out.getvalue(), [], lambda: False)
    finally:
        engines.stop()
    assert words(read.text) == words(" ".join(lines))
    assert read.rotation == (360 - turn) % 360


@does(READ)
def test_a_picture_without_text_has_no_lines(backend):
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "#dddddd").save(out, "JPEG")
    assert api.read_picture(picture=out.getvalue()).lines == []


@does(READ)
@pytest.mark.parametrize("junk", [b"", b"hello", b"\x89PNG\r\n\x1a\n broken", b"<svg/>"])
def test_what_is_no_picture_is_unreadable(backend, junk):
    with pytest.raises(Unreadable):
        api.read_picture(picture=junk)
