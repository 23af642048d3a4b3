"""Speech in passages: half a minute each, cut where a sentence ends, with the seconds of its words."""

import random
from itertools import pairwise

import numpy as np
import pytest
from django.utils import timezone

from edu.inference.base.sound import Pcm, make_wav
from edu.inference.data import Segment, Word
from edu.multimodal import api
from edu.multimodal.data import Block, Document, Sound
from edu.multimodal.logic import hearing, pipeline, turns, writing
from edu.multimodal.logic.chunks import chunks
from edu.multimodal.logic.seconds import said_at
from edu.multimodal.logic.spoken import LEAST, MOST
from edu.multimodal.models import Passage
from tests.multimodal import samples

SLOW = 0.5  # seconds of a word


def heard(said, *, pauses=(), worded=True, size=9, seed=1):
    """Return what a model hears: segments that end wherever somebody took breath. Before the words
    with the numbers `pauses` there is silence of so many seconds."""
    pick, now, segments, spell = random.Random(seed), 0.0, [], []
    words = said.split()
    for number, word in enumerate(words):
        now += dict(pauses).get(number, 0.0)
        long = SLOW * pick.uniform(0.4, 1.6)
        spell.append(Word(word, round(now, 2), round(now + 0.9 * long, 2)))
        now += long
        if len(spell) >= size or number == len(words) - 1:
            text = " ".join(each.text for each in spell)
            known = spell if worded else []
            segments.append(Segment(spell[0].start, spell[-1].end, text, known))
            spell = []
    return segments


def document(segments):
    found = [
        {"start": one.start, "end": one.end, "text": one.text, "times": hearing.word_times(one)}
        for one in segments
    ]
    return hearing.with_words(Document(), found)


def when(segments, chunk, word):
    """Return when the word was really said, and when the passage says that it was."""
    at = chunk.text.index(word)
    spoken = next(each for one in segments for each in one.words if each.text == word)
    return spoken, said_at(chunk.times, at, at + len(word))


NUMBERED = " ".join(f"word{n}." if n % 7 == 6 else f"word{n}" for n in range(400))
LECTURE = " ".join(samples.prose(n, 5) for n in range(12))


@pytest.mark.parametrize("worded", [True, False])
def test_passages_take_about_half_a_minute_and_end_with_a_sentence(worded):
    found = chunks(document(heard(LECTURE, worded=worded)))
    lengths = [chunk.locator["end"] - chunk.locator["start"] for chunk in found]
    assert len(found) > 5
    assert all(LEAST <= length <= MOST for length in lengths), lengths
    assert all(chunk.text.endswith(".") for chunk in found)
    assert " ".join(chunk.text for chunk in found) == LECTURE
    ends = [(chunk.locator["start"], chunk.locator["end"]) for chunk in found]
    assert all(one[1] <= two[0] + 0.01 for one, two in pairwise(ends))


def test_a_word_is_said_when_the_model_heard_it_whatever_pauses_there_are():
    segments = heard(NUMBERED, pauses=[(30, 1.8), (95, 6.0), (200, 40.0)])
    found = chunks(document(segments))
    seen = 0
    for chunk in found:
        for word in chunk.text.split():
            spoken, (start, end) = when(segments, chunk, word)
            assert (start, end) == pytest.approx((spoken.start, spoken.end), abs=0.011)
            seen += 1
    assert seen == 400


def test_without_words_a_quote_is_said_in_the_segment_that_holds_it():
    segments = heard(NUMBERED, worded=False, pauses=[(40, 7.0)])
    seen = 0
    for chunk in chunks(document(segments)):
        for one in segments:
            if f" {one.text} " not in chunk.text:
                continue  # it begins or ends a passage, and may stand in two
            at = chunk.text.index(one.text) + len(one.text) // 2
            start, end = said_at(chunk.times, at, at + 3)
            assert (start, end) == pytest.approx((one.start, one.end), abs=0.011)
            seen += 1
    assert seen > 20


def test_speech_without_full_stops_is_cut_where_a_segment_ends():
    words = " ".join(f"word{n}" for n in range(600))
    segments = heard(words, size=13)
    found = chunks(document(segments))
    ends = {one.text.split()[-1] for one in segments}
    assert all(LEAST <= c.locator["end"] - c.locator["start"] <= MOST for c in found)
    assert {chunk.text.split()[-1] for chunk in found} <= ends
    assert " ".join(chunk.text for chunk in found) == words


def test_one_endless_segment_is_cut_between_words():
    words = " ".join(f"word{n}" for n in range(600))
    whole = [Block("text", words, {"kind": "time", "start": 0.0, "end": 300.0})]
    found = chunks(Document(blocks=whole))
    assert all(chunk.locator["end"] - chunk.locator["start"] <= MOST for chunk in found)
    assert " ".join(chunk.text for chunk in found) == words


def test_words_that_are_not_in_the_text_are_passed_over():
    odd = Segment(5.0, 9.0, "Twelve cells, all told.", [
        Word("12", 5.0, 5.4), Word("cells,", 5.5, 6.0), Word("all", 6.1, 6.3), Word("told.", 8, 99),
    ])  # fmt: skip
    assert hearing.word_times(odd) == [[0, 5.5, 6.0], [14, 6.1, 6.3], [18, 8, 9.0]]
    assert hearing.word_times(Segment(0.0, 3.0, "Nothing like it.", [Word("x", 0, 1)])) == []


def recorded(teacher, course, said, seconds, folder):
    """Bring a recording in which words are said evenly, and have it heard; return the material."""
    quiet = np.zeros(8000 * seconds, np.int16)
    path = folder / "talk.wav"
    path.write_bytes(make_wav(Pcm(quiet, 8000, f"say: {said}")))
    made = api.add_material(user=teacher.id, course=course.id, file_name=path.name, path=str(path))
    watch = turns.take(pipeline.LINE, timezone.now())
    sounds = [Sound(path.name, seconds)]
    segments, language = hearing.hear(watch, sounds, folder, "", lambda done, total: None)
    found = chunks(hearing.with_words(Document(), segments), language)
    with watch.writing() as row:
        row.passages = writing.replace_passages(row, found, None)
        row.status = "ready"
    return api.material(user=teacher.id, material=made.id)


@pytest.mark.django_db
def test_a_citation_and_the_viewer_lead_to_the_second(teacher, course, client_of, tmp_path):
    sentences = [f"Fact {n} is about {thing}." for n, thing in enumerate(("moss", "salt", "rust"))]
    made = recorded(teacher, course, " ".join(sentences), 30, tmp_path)
    (passage,) = api.passages(user=teacher.id, material=made.id).items
    for number, sentence in enumerate(sentences):
        cited = api.cite(passage=passage.id, quote=sentence)
        assert cited.locator["start"] == pytest.approx(10 * number, abs=0.05)
        assert cited.locator["end"] == pytest.approx(10 * number + 10, abs=0.05)
        page = client_of(teacher).get(cited.url.partition("#")[0]).content.decode()
        assert f'data-second="{cited.locator["start"]}"' in page


@pytest.mark.django_db
def test_a_recording_heard_before_is_shared_out_evenly(teacher, course, tmp_path):
    made = recorded(teacher, course, "aaaa bbbb cccc dddd.", 20, tmp_path)
    Passage.objects.update(times=[])
    (passage,) = api.passages(user=teacher.id, material=made.id).items
    cited = api.cite(passage=passage.id, quote="cccc")
    assert cited.locator["start"] == pytest.approx(20 * 10 / 20, abs=0.01)
    lines = api.captions(user=teacher.id, material=made.id).segments
    assert (lines[0]["start"], lines[-1]["end"]) == (0.0, 20.0)
