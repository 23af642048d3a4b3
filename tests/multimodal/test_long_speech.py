"""Texts that are too long to be waited for are spoken in the background, and fetched when they are."""

import io
import wave

import pytest

from edu.common.errors import NotFound
from edu.inference.base.sound import read_wav
from edu.multimodal import api
from edu.multimodal.logic import storage, utterances, voice
from edu.multimodal.models import Clip, Utterance

LONG = "Water moves through the membrane. " * 160  # 5440 characters


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 1),
        ("A sentence of some words. " * 100, 3),
        ("x" * 2000, 3),
        ("word " * 500, 3),
        ("\u6c34\u3002" * 1000, 4),
        ("   ", 0),
    ],
)
def test_a_long_text_is_cut_between_sentences_where_it_can_be(text, count):
    pieces = list(utterances.cut(text))
    assert len(pieces) == count
    assert all(0 < len(piece) <= utterances.PIECE for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_piece_of_another_voice_is_brought_to_the_same_rate():
    assert len(voice.at_rate(b"\x01\x00" * 22050, 22050, 16000)) == 2 * 16000


@pytest.mark.django_db
def test_a_long_text_is_spoken_in_the_background(work, api_of, learner, stranger):
    program, other = api_of(learner), api_of(stranger)
    with work():
        made = program.post(
            "/api/v1/speech", {"text": LONG, "speed": 2.0}, headers={"Accept": "audio/wav"}
        )
    assert (made.status_code, made["Content-Type"]) == (202, "application/json")
    assert made.json()["status"] == "queued"
    assert made.json()["audio_url"] is None
    here = f"/api/v1/speech/{made.json()['id']}"
    told = program.get(here).json()
    assert (told["status"], told["progress"], told["error"]) == ("ready", 1.0, None)
    sound = program.get(told["audio_url"])
    assert (sound.status_code, sound["Content-Type"]) == (200, "audio/wav")
    with wave.open(io.BytesIO(b"".join(sound) if sound.streaming else sound.content)) as heard:
        assert heard.getnframes() / heard.getframerate() == pytest.approx(told["seconds"], 0.01)
    ranged = program.get(told["audio_url"], headers={"Range": "bytes=0-3"})
    assert ranged.status_code == 206
    assert program.post(f"{here}/cancel").status_code == 409
    # The same is not spoken twice; another pace, or another person's, is not the same.
    same = program.post("/api/v1/speech", {"text": LONG, "speed": 2.0}).json()
    assert (same["id"], same["status"]) == (told["id"], "ready")
    assert program.post("/api/v1/speech", {"text": LONG}).json()["id"] != told["id"]
    Utterance.objects.exclude(id=told["id"]).delete()
    for path in (here, f"{here}/audio"):
        assert other.get(path).status_code == 404
    assert other.post(f"{here}/cancel").status_code == 404
    key = Utterance.objects.get().key
    api.erase_person(user=learner.id)
    assert not Utterance.objects.exists()
    with pytest.raises(NotFound):
        storage.fetch(key)


@pytest.mark.django_db
def test_a_long_text_that_waits_can_be_cancelled_and_not_too_many_wait(api_of, learner):
    program = api_of(learner)
    made = [program.post("/api/v1/speech", {"text": LONG}) for _ in range(utterances.MOST_WAITING)]
    here = f"/api/v1/speech/{made[0].json()['id']}"
    assert program.get(f"{here}/audio").status_code == 404
    assert program.post("/api/v1/speech", {"text": LONG}).status_code == 409
    assert program.post(f"{here}/cancel").json()["status"] == "cancelled"
    assert program.post("/api/v1/speech", {"text": LONG}).status_code == 202


@pytest.mark.django_db
def test_a_long_text_without_a_word_says_so(work, api_of, learner):
    with work():
        made = api_of(learner).post("/api/v1/speech", {"text": "*** " * 1300})
    told = api_of(learner).get(f"/api/v1/speech/{made.json()['id']}").json()
    assert told["status"] == "failed"
    assert told["error"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One.", 1),
        ("One is first. Two is next. Three follows.", 2),
        ("First. " + "A sentence of some words. " * 40, 4),
        ("", 0),
    ],
)
def test_what_is_listened_to_comes_with_its_first_sentence_alone(text, count):
    parts = list(voice.parts(text, "en"))
    assert len(parts) == count
    assert " ".join(parts) == text.strip()
    assert not parts or parts[0] == text.partition(".")[0] + "."


@pytest.mark.django_db
def test_speech_can_be_heard_while_it_is_made(api_of, learner):
    program = api_of(learner)
    asked = {"text": "One is first. Two is next. $x^2$ follows.", "stream": True}
    made = program.post("/api/v1/speech", asked, headers={"Accept": "audio/wav"})
    assert (made.status_code, made["Content-Type"], made.streaming) == (200, "audio/wav", True)
    parts = list(made)
    assert [len(each) for each in parts[:1]] == [44]  # the head, then each part as it is spoken
    assert len(parts) == 3
    assert read_wav(b"".join(parts)).seconds > 2
    # What was spoken is kept sentence by sentence, and not spoken twice.
    assert Clip.objects.count() == 2
    again = program.post("/api/v1/speech", asked, headers={"Accept": "audio/wav"})
    assert (b"".join(again), Clip.objects.count()) == (b"".join(parts), 2)
    mute = program.post("/api/v1/speech", {"text": "*** ---", "stream": True})
    assert mute.status_code == 400
    assert program.post("/api/v1/speech", {"text": LONG, "stream": True}).status_code == 202
