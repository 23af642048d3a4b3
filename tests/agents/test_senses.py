"""Hearing, speaking and reading photos, on the deterministic backend."""

import io

from PIL import Image, PngImagePlugin

from edu.agents.data import Request
from edu.agents.team.speech import Speech
from edu.agents.team.vision import Vision
from edu.inference import api as inference


def photo(words):
    info = PngImagePlugin.PngInfo()
    if words:
        info.add_text("say", words)
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG", pnginfo=info)
    return file.getvalue()


def test_it_hears_what_was_said(library):
    sound = inference.speak(text="Why do raisins swell?").wav
    result = Speech().run(Request("hear", sound=sound), library.tools())
    assert result.text == "Why do raisins swell?"
    assert result.summary.startswith("heard 4 words")


def test_silence_is_told_as_silence(library):
    from edu.orchestrator.logic.media import wav_of_pcm16

    sound = wav_of_pcm16(b"\0\0" * 16000, 16000)
    result = Speech().run(Request("hear", sound=sound), library.tools())
    assert result.text == ""
    assert "no words" in result.summary
    assert not result.checks[0].passed


def test_it_reads_an_answer_aloud_without_its_marks(library):
    result = Speech().run(Request("speak", text="Water *moves*. [1]"), library.tools())
    assert result.sound[:4] == b"RIFF"
    assert result.text == "Water moves."


def test_nothing_to_say_is_no_sound(library):
    assert Speech().run(Request("speak", text="[1]"), library.tools()).sound is None


def test_it_reads_the_text_in_a_photo(library):
    result = Vision().run(
        Request("see", picture=photo("Exercise 1\nWhat is turgor?")), library.tools()
    )
    assert result.text.startswith("Exercise 1\nWhat is turgor?")
    assert result.detail["read"] == "Exercise 1\nWhat is turgor?"
    assert "read 2 lines in the photo" in result.summary


def test_a_photo_without_text_is_no_error(library):
    result = Vision().run(Request("see", picture=photo("")), library.tools())
    assert result.detail["read"] == ""
    assert "no text" in result.summary
