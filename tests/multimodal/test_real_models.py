"""Scans, photos, recordings and meaning, with the real default models."""

import json
import math
import os
from pathlib import Path

import pytest
from django.conf import settings as live

from edu.common.ids import new_id
from edu.inference import api as inference
from edu.multimodal import api
from edu.multimodal.data import Chunk
from edu.multimodal.logic import search, vectors, writing
from edu.multimodal.models import Material, Passage
from tests.inference.serving import ask_it, serving
from tests.multimodal import samples
from tests.multimodal.helpers import CELLS, bring, texts
from tests.places import DATA

MODELS = os.environ.get("EDU_TEST_MODELS") or str(Path(live.BASE_DIR) / "var" / "models")
pytestmark = [pytest.mark.models, pytest.mark.django_db]


@pytest.fixture(scope="module")
def server():
    with serving(EDU_MODELS=MODELS, EDU_CHAT="none") as running:
        if any(running.health()[kind]["state"] == "missing" for kind in ("embed", "hear", "read")):
            pytest.skip("the default models are not there; `manage.py models pull` brings them")
        yield running


@pytest.fixture(autouse=True)
def real(server, settings):
    ask_it(settings, server)


def test_a_picture_is_read_with_its_places(work, teacher, course, tmp_path):
    made = bring(
        work,
        teacher,
        course,
        samples.png("Osmosis moves water through membranes."),
        tmp_path,
        "p.png",
    )
    assert (made.status, made.error) == ("ready", None)
    passage = api.passages(user=teacher.id, material=made.id).items[0]
    assert "water through membranes" in passage.text
    assert passage.locator["kind"] == "region"
    left, top, right, bottom = passage.locator["box"]
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom < 0.5


def test_a_scanned_pdf_is_read_page_by_page(work, teacher, course, tmp_path):
    made = bring(work, teacher, course, samples.scanned_pdf(2), tmp_path, "scan.pdf")
    assert (made.status, made.pages) == ("ready", 2)
    pages = [each.locator["page"] for each in api.passages(user=teacher.id, material=made.id).items]
    assert set(pages) == {1, 2}


def test_a_recording_is_heard_with_its_seconds(work, teacher, course, tmp_path):
    spoken = inference.speak(
        text="Osmosis is the movement of water through a membrane. "
        "The water moves to the side with more salt. Plant cells swell by it."
    )
    made = bring(work, teacher, course, spoken.wav, tmp_path, "lecture.wav")
    assert (made.status, made.error) == ("ready", None)
    assert made.seconds == pytest.approx(spoken.seconds, abs=0.5)
    passage = api.passages(user=teacher.id, material=made.id).items[0]
    assert "membrane" in passage.text
    assert passage.locator["kind"] == "time"
    assert 0 <= passage.locator["start"] < passage.locator["end"] <= spoken.seconds + 0.5
    said = api.captions(user=teacher.id, material=made.id).segments
    assert said[0]["start"] < said[-1]["end"]


def test_silence_is_no_speech(work, teacher, course, tmp_path):
    made = bring(work, teacher, course, samples.tone(3.0, silent=True), tmp_path, "silence.wav")
    assert made.status == "failed"
    assert made.error == "Nothing is said in this recording that edu can hear."


def test_it_finds_by_meaning_and_knows_what_is_beside_the_point(work, teacher, course, tmp_path):
    bring(work, teacher, course, CELLS, tmp_path)
    found = api.search(course=course.id, query="Where does a cell get its power from?")
    assert found.relevant
    assert found.results[0].text.startswith("The mitochondrion")
    for query in (
        "Who won the football match on Sunday?",
        "When did Rome fall?",
        "Best pasta sauce",
    ):
        assert not api.search(course=course.id, query=query).relevant, query


@pytest.mark.drill
@pytest.mark.parametrize(
    ("name", "least"), [("squad2/dev.json", 0.93), ("xquad/xquad.en.json", 0.98)]
)
def test_it_finds_the_paragraph_that_answers(course, teacher, name, least):
    if not (DATA / name).exists():
        pytest.skip("the public data is not beside the checkout")
    paragraphs = [
        each
        for article in json.loads((DATA / name).read_text())["data"]
        for each in article["paragraphs"]
    ]
    row = Material.objects.create(
        course=course.id, uploaded_by=new_id(), title=name, file_name=name, media_type="text/plain",
        bytes=1, sha256="", key="none", status="ready", language="en", due_at="2026-01-01T00:00Z",
    )  # fmt: skip
    chunks = [
        Chunk(each["context"], {"kind": "section", "path": [], "paragraph": number}, [], "en")
        for number, each in enumerate(paragraphs)
    ]
    row.passages = writing.replace_passages(row, chunks, None)
    row.save()
    for batch in range(0, len(chunks), vectors.BATCH):
        rows = Passage.objects.filter(material=row, ordinal__gte=batch).order_by("ordinal")
        part = list(rows[: vectors.BATCH])
        vectors.keep([each.id for each in part], *vectors.make(part))
    gain = asked = 0
    for number, each in enumerate(paragraphs):
        for question in [qa for qa in each["qas"] if not qa.get("is_impossible")][:2]:
            hits = search.search(course.id, question["question"], 10, None, None).results
            ranks = [hit.locator["paragraph"] for hit in hits]
            asked += 1
            gain += 1 / math.log2(ranks.index(number) + 2) if number in ranks else 0
    assert gain / asked >= least


def test_a_text_keeps_its_words(work, teacher, course, tmp_path):
    made = bring(work, teacher, course, CELLS, tmp_path)
    assert any("turgor" in text for text in texts(teacher, made))
