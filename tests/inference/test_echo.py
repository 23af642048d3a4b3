"""The stand-in of the tests, used as the other apps' tests use it: through the api."""

import io
import json

import pytest
from PIL import Image, PngImagePlugin

from edu.inference import api
from edu.inference.backends import echo
from edu.inference.data import Message, ModelUnavailable, Unreadable


@pytest.fixture(autouse=True)
def fresh():
    echo.clear()
    yield
    echo.clear()


def asked(text: str) -> list[Message]:
    return [Message("system", "Be brief."), Message("user", text)]


def picture(say: str = "", kind: str = "PNG") -> bytes:
    notes = PngImagePlugin.PngInfo()
    out = io.BytesIO()
    if kind == "PNG":
        if say:
            notes.add_text("say", say)
        Image.new("RGB", (60, 40), "white").save(out, "PNG", pnginfo=notes)
    else:
        Image.new("RGB", (60, 40), "white").save(out, "JPEG", comment=f"say: {say}".encode())
    return out.getvalue()


def test_it_answers_with_the_last_user_message_and_keeps_history():
    assert api.chat(messages=asked("What is osmosis?")).text == "What is osmosis?"
    assert echo.history[-1]["messages"][0]["content"] == "Be brief."


def test_it_streams_the_same_words():
    pieces = list(api.chat_stream(messages=asked("one two three")))
    assert pieces == ["one ", "two ", "three"]


def test_it_says_what_was_enqueued_in_order():
    echo.enqueue("first", {"a": 1})
    assert api.chat(messages=asked("x")).text == "first"
    assert json.loads(api.chat(messages=asked("x")).text) == {"a": 1}
    assert api.chat(messages=asked("x")).text == "x"


def test_it_raises_what_was_enqueued():
    echo.enqueue(ModelUnavailable(kind="chat"))
    with pytest.raises(ModelUnavailable):
        api.chat(messages=asked("x"))


def test_it_takes_the_first_choice_with_probabilities():
    reply = api.chat(messages=asked("x"), choices=["Yes", "No"])
    assert reply.text == "Yes"
    assert reply.first == pytest.approx({"Yes": 0.9, "No": 0.1}, abs=0.01)


def test_enqueued_probabilities_reach_the_caller():
    echo.enqueue("No", first={"Yes": 0.3, "No": 0.7})
    reply = api.chat(messages=asked("x"), choices=["Yes", "No"])
    assert (reply.text, round(reply.first["No"], 2)) == ("No", 0.7)


def test_its_json_fits_the_schema():
    schema = {
        "type": "object",
        "properties": {
            "question": {"type": "string"},
            "options": {"type": "array", "items": {"type": "string"}, "minItems": 4},
            "key": {"type": "integer", "minimum": 0},
            "kind": {"enum": ["choice", "cloze"]},
        },
    }
    made = json.loads(api.chat(messages=asked("water moves"), schema=schema).text)
    assert len(set(made["options"])) == 4
    assert (made["key"], made["kind"]) == (0, "choice")


def test_texts_that_share_words_are_near():
    rows = api.embed(
        texts=[
            "Osmosis moves water through a membrane.",
            "Through which membrane does water move in osmosis?",
            "The Statute of Labourers was a law of 1351.",
        ]
    ).rows
    near = sum(a * b for a, b in zip(rows[0], rows[1], strict=True))
    far = sum(a * b for a, b in zip(rows[0], rows[2], strict=True))
    assert near > 0.5 > 0.3 > far
    assert len(rows[0]) == 384


def test_what_it_speaks_it_hears():
    speech = api.speak(text="Water moves. It moves slowly.")
    heard = api.transcribe(sound=speech.wav)
    assert heard.text == "Water moves. It moves slowly."
    assert [each.text for each in heard.segments] == ["Water moves.", "It moves slowly."]
    assert heard.segments[-1].end == pytest.approx(speech.seconds, abs=0.01)


def test_a_sound_without_a_comment_is_silence():
    from edu.inference.base.sound import Pcm, make_wav, read_wav

    pcm = read_wav(api.speak(text="hum").wav)
    heard = api.transcribe(sound=make_wav(Pcm(pcm.samples, pcm.rate)))
    assert (heard.text, heard.segments) == ("", [])


def test_bytes_that_are_no_sound_are_unreadable():
    with pytest.raises(Unreadable):
        api.transcribe(sound=b"hello")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_it_reads_what_is_hidden_in_a_picture(kind):
    read = api.read_picture(picture=picture("First line\nSecond line", kind))
    assert read.text == "First line\nSecond line"
    assert read.lines[1].box == [0.0, 0.5, 1.0, 1.0]


def test_a_picture_without_text_has_no_lines_and_no_picture_is_unreadable():
    assert api.read_picture(picture=picture()).lines == []
    with pytest.raises(Unreadable):
        api.read_picture(picture=b"\x89PNG broken")


def test_it_sees_what_is_hidden_in_a_picture():
    reply = api.see(picture=picture("E = mc2"), prompt="What is this?")
    assert "60 by 40" in reply.text
    assert "E = mc2" in reply.text


def test_all_is_ready():
    assert api.can_chat()
    assert api.can_see()
    assert not api.strong_chat()
    assert {part.state for part in api.status()} == {"ready"}
    assert api.embedder() == api.embed(texts=["x"]).model == "echo"
