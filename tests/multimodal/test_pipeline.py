"""A material is read once, whatever happens to those who read it."""

import os
import random
import subprocess
import sys
import threading
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings as live_settings
from django.db import connection
from django.utils import timezone

from edu.common.ids import parse_id
from edu.multimodal import api
from edu.multimodal.data import Block, Document, Picture, Sound, Unreadable
from edu.multimodal.logic import hearing, jobs, pictures, pieces, pipeline, sweeping
from edu.multimodal.logic.chunks import chunks
from edu.multimodal.models import Material, Passage, Piece, Word
from tests.multimodal import samples
from tests.multimodal.helpers import CELLS, bring

MINUTE = timedelta(minutes=1)
NOWHERE = {"url": "http://127.0.0.1:9/v1", "key": "", "name": "none"}


def queue(user, course, folder, content=CELLS, name="cells.md"):
    """Bring a file that nobody reads yet; return its row's id."""
    path = folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    made = api.add_material(user=user.id, course=course.id, file_name=name, path=str(path))
    return parse_id(made.id)


def long_text(chapters=40):
    return "\n\n".join(
        f"## Case {chapter}\n\n" + samples.prose(chapter, 9) for chapter in range(chapters)
    )


def state(material_id):
    """Return all that was found in a material, without ids and times."""
    row = Material.objects.get(id=material_id)
    passages = Passage.objects.filter(material=row).order_by("ordinal")
    return {
        "status": row.status,
        "count": row.passages,
        "texts": list(
            passages.values_list("ordinal", "text", "locator", "path", "search", "breaks")
        ),
        "vectors": [list(each.vector) for each in passages],
        "words": sorted(Word.objects.filter(material=row).values_list("lexeme", "documents")),
        "left": Piece.objects.filter(job=row.id).count(),
        "leased": row.lease,
    }


# --- leases -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_two_workers_never_have_the_same_material(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    now = timezone.now()
    assert jobs.claim(Material, material, now)
    assert jobs.claim(Material, material, now) is None


@pytest.mark.django_db
def test_a_worker_that_was_taken_for_dead_writes_nothing(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    now = timezone.now()
    slow = jobs.claim(Material, material, now)
    other = jobs.claim(Material, material, now + MINUTE)
    assert other
    with pytest.raises(jobs.Gone), slow.writing() as row:
        row.title = "Too late"
    with pytest.raises(jobs.Gone):
        slow.beat()
    with other.writing() as row:
        row.title = "In time"
    assert Material.objects.get(id=material).title == "In time"


@pytest.mark.django_db
def test_the_sweeper_hands_out_what_a_dead_worker_left(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    now = timezone.now()
    jobs.claim(Material, material, now)
    assert sweeping.stuck_materials(now + timedelta(seconds=5)) == []
    assert sweeping.stuck_materials(now + timedelta(seconds=11)) == [material]


@pytest.mark.django_db
def test_a_message_that_was_lost_is_sent_again_ever_later(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    now = timezone.now()
    assert sweeping.stuck_materials(now) == []
    assert sweeping.stuck_materials(now + timedelta(seconds=16)) == [material]
    assert sweeping.stuck_materials(now + timedelta(seconds=30)) == []
    assert sweeping.stuck_materials(now + timedelta(seconds=32)) == [material]
    assert sweeping.stuck_materials(now + timedelta(seconds=60)) == []


@pytest.mark.django_db
def test_what_kills_three_workers_is_set_aside_with_the_reason(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    now = timezone.now()
    for times in range(3):
        assert jobs.claim(Material, material, now + times * MINUTE)
    assert jobs.claim(Material, material, now + 3 * MINUTE) is None
    row = Material.objects.get(id=material)
    assert row.status == "failed"
    assert "3 times" in row.error
    api.retry(user=teacher.id, material=str(material))
    assert jobs.claim(Material, material, now + 4 * MINUTE)


@pytest.mark.django_db
def test_what_gets_something_done_each_time_is_never_set_aside(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    now = timezone.now()
    for times in range(6):
        watch = jobs.claim(Material, material, now + times * MINUTE)
        pieces.keep(watch, "picture", times, {"lines": []})
    assert Material.objects.get(id=material).tries == 0


@pytest.mark.django_db
def test_an_error_of_ours_is_tried_again_and_then_told(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)

    def broken(watch):
        raise RuntimeError("a bug")

    now = timezone.now()
    for times in range(2):
        jobs.run(Material, material, broken, now + times * MINUTE)
        assert Material.objects.get(id=material).status == "queued"
    jobs.run(Material, material, broken, now + 3 * MINUTE)
    row = Material.objects.get(id=material)
    assert (row.status, row.error) == ("failed", jobs.BROKEN)


# --- pictures and sound -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_picture_is_read_once_even_by_two_workers_in_turn(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    (tmp_path / "1.png").write_bytes(_saying("Water moves."))
    (tmp_path / "2.png").write_bytes(_saying("Salt stays."))
    document = Document(
        blocks=[Block("text", "Before.", {"kind": "page", "page": 1})],
        pictures=[
            Picture("1.png", {"kind": "page", "page": 2}, after=0),
            Picture("2.png", {"kind": "page", "page": 3}, after=0),
        ],
    )
    now = timezone.now()
    first = jobs.claim(Material, material, now)
    told = []
    pictures.see(
        first,
        Document(pictures=document.pictures[:1]),
        tmp_path,
        "",
        lambda done, total: told.append(done),
    )
    second = jobs.claim(Material, material, now + MINUTE)
    found = pictures.see(second, document, tmp_path, "", lambda done, total: told.append(done))
    assert told == [0, 1]
    assert [block.text for block in found.blocks] == ["Before.", "Water moves.", "Salt stays."]
    assert found.blocks[1].locator["page"] == 2
    assert len(found.blocks[1].locator["box"]) == 4


def _saying(text):
    import io

    from PIL import Image, PngImagePlugin

    more = PngImagePlugin.PngInfo()
    more.add_text("say", text)
    out = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(out, "PNG", pnginfo=more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("second", "whole"),
    [
        ("The colony", ["The honeybee", "The colony"]),
        ("and the colony", ["The honeybee and the colony"]),
    ],
)
def test_a_scanned_title_is_not_one_with_the_heading_under_it(second, whole):
    lines = [
        {"text": "The honeybee", "box": [0.1, 0.05, 0.4, 0.10]},
        {"text": second, "box": [0.1, 0.11, 0.36, 0.16]},
        *(
            {"text": f"Water moves through membrane {n}.", "box": [0.1, y, 0.9, y + 0.02]}
            for n, y in enumerate((0.2, 0.23, 0.26))
        ),
    ]
    found = pictures.blocks(Picture("x.png", {"kind": "page", "page": 1}), lines)
    assert [block.text for block in found if block.kind == "heading"] == whole


def test_lines_become_paragraphs_with_their_boxes():
    lines = [
        {"text": "The large heading", "box": [0.1, 0.05, 0.6, 0.10]},
        {"text": "Water moves through the mem-", "box": [0.1, 0.20, 0.9, 0.22]},
        {"text": "brane to the salt.", "box": [0.1, 0.23, 0.5, 0.25]},
        {"text": "Another paragraph.", "box": [0.1, 0.32, 0.6, 0.34]},
    ]
    found = pictures.blocks(Picture("x.png", {"kind": "region", "box": [0, 0, 1, 1]}), lines)
    assert [block.text for block in found] == [
        "The large heading",
        "Water moves through the membrane to the salt.",
        "Another paragraph.",
    ]
    assert found[0].kind == "heading"
    assert found[1].locator == {"kind": "region", "box": [0.1, 0.2, 0.9, 0.25]}


def test_the_lines_of_a_figure_have_their_place_on_its_page():
    figure = Picture("x.png", {"kind": "page", "page": 4, "box": [0.5, 0.5, 1.0, 1.0]}, whole=False)
    found = pictures.blocks(figure, [{"text": "Axis", "box": [0.0, 0.5, 0.5, 0.6]}])
    assert found[0].locator == {"kind": "page", "page": 4, "box": [0.5, 0.75, 0.75, 0.8]}


def test_a_table_on_a_picture_keeps_its_columns():
    def line(at, text):
        return {"text": text, "box": [0.1, at / 10, 0.9, at / 10 + 0.05]}

    rows = [
        "Moons of the north",
        "Planet\tMoons\tRing",
        "Orvil\t4\tno",
        "Tesmar\t17\tyes",
        "Seen\tby day",
    ]
    found = pictures.blocks(
        Picture("x.png", {"kind": "region", "box": [0, 0, 1, 1]}),
        [line(at, text) for at, text in enumerate(rows)],
    )
    assert [each.kind for each in found] == ["text", "table", "text"]
    assert found[1].locator["box"] == [0.1, 0.1, 0.9, 0.35]
    made = chunks(Document(blocks=found))
    assert "Planet: Tesmar; Moons: 17; Ring: yes" in [
        row for each in made for row in each.text.split("\n")
    ]


def test_windows_of_sound_end_where_it_is_quiet(tmp_path):
    import wave

    import numpy as np

    rate = 16000
    sound = np.full(rate * 130, 8000, np.int16)
    sound[1::2] *= -1
    sound[int(50.0 * rate) : int(50.5 * rate)] = 0
    with wave.open(str(tmp_path / "s.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(sound.tobytes())
    found = hearing.windows(tmp_path / "s.wav")
    assert found[0][0] == 0
    assert 50.0 <= found[0][1] <= 50.5
    assert found[-1][1] == 130
    assert all(one[1] == two[0] for one, two in pairwise(found))
    assert max(end - start for start, end in found) <= hearing.WINDOW + 0.1


@pytest.mark.django_db
def test_what_was_said_has_its_seconds(teacher, course, tmp_path):
    from edu.inference import api as inference

    spoken = inference.speak(text="Water moves. Salt stays.")
    (tmp_path / "s.wav").write_bytes(spoken.wav)
    watch = jobs.claim(Material, queue(teacher, course, tmp_path), timezone.now())
    sounds = [Sound("s.wav", spoken.seconds)]
    said, language = hearing.hear(watch, sounds, tmp_path, "", lambda done, total: None)
    assert [each["text"] for each in said] == ["Water moves.", "Salt stays."]
    assert language
    assert 0 <= said[0]["start"] < said[0]["end"] <= said[1]["start"] < said[1]["end"]


# --- models that do not answer ------------------------------------------------------------------


@pytest.mark.django_db
def test_a_picture_waits_for_the_model_and_that_is_no_try(
    work, teacher, course, tmp_path, settings
):
    before = settings.EDU_SERVERS
    settings.EDU_SERVERS = {**before, "see": NOWHERE}
    made = bring(work, teacher, course, samples.png(), tmp_path, "page.png")
    assert made.status == "queued"
    assert made.stage.startswith("Waiting")
    assert made.error is None
    row = Material.objects.get(id=made.id)
    assert row.tries == 0
    assert row.due_at > timezone.now()
    settings.EDU_SERVERS = before
    assert sweeping.stuck_materials(row.due_at) == [row.id]
    pipeline.run(row.id, row.due_at)
    assert Material.objects.get(id=made.id).status in ("ready", "failed")


@pytest.mark.django_db
def test_vectors_come_later_when_the_embedder_does(work, teacher, course, tmp_path, settings):
    before = settings.EDU_SERVERS
    settings.EDU_SERVERS = {**before, "embed": NOWHERE}
    made = bring(work, teacher, course, CELLS, tmp_path)
    assert (made.status, made.words_only) == ("ready", True)
    settings.EDU_SERVERS = before
    assert sweeping.without_vectors() == [parse_id(made.id)]
    sweeping.make_vectors(parse_id(made.id))
    assert not api.material(user=teacher.id, material=made.id).words_only
    assert not Passage.objects.filter(material=made.id, vector=None).exists()
    assert sweeping.without_vectors() == []


@pytest.mark.django_db
def test_vectors_of_another_model_are_made_anew(work, teacher, course, tmp_path):
    made = bring(work, teacher, course, CELLS, tmp_path)
    Passage.objects.filter(material=made.id).update(model="an older one")
    Material.objects.filter(id=made.id).update(embedder="an older one")
    hits = api.search(course=course.id, query="osmosis").results
    assert hits[0].text.startswith("Osmosis")
    assert sweeping.without_vectors() == [parse_id(made.id)]
    sweeping.make_vectors(parse_id(made.id))
    assert set(Passage.objects.values_list("model", flat=True)) == {"echo"}


# --- what cannot be read ------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("blank.txt", "   \n\n  "),
        ("blank.png", samples.png("")),
        ("silence.wav", samples.tone(1.0, silent=True)),
        ("locked.pdf", samples.locked_pdf()),
        ("cut.pdf", samples.pdf()[:600]),
    ],
)
def test_what_holds_no_words_fails_with_a_plain_sentence(
    work, teacher, course, tmp_path, name, content
):
    try:
        made = bring(work, teacher, course, content, tmp_path, name)
    except Unreadable as refused:
        assert refused.detail.endswith(".")
        return
    assert made.status == "failed"
    assert made.error.endswith(".")
    assert made.passages == 0
    pictures = Piece.objects.filter(job=made.id, kind="picture")
    assert all(each.data["lines"] == [] for each in pictures)


# --- cancel, kill -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_stopping_takes_effect_within_a_second(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path, long_text(400), "long.md")
    done = threading.Event()

    def read():
        pipeline.run(material, timezone.now())
        connection.close()
        done.set()

    threading.Thread(target=read).start()
    end = time.monotonic() + 60
    while Material.objects.get(id=material).status != "running" and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    begun = time.monotonic()
    stopped = api.cancel(user=teacher.id, material=str(material))
    assert stopped.status == "cancelled"
    assert done.wait(20)
    assert time.monotonic() - begun < 10  # a second, on a machine that has nothing else to do
    assert Material.objects.get(id=material).status == "cancelled"
    assert api.search(course=course.id, query="osmosis").results == []


def kill_and_go_on(material, chance):
    """Begin to read in another process, kill it at any moment, and go on; return how often."""
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0]
        + f"/{connection.settings_dict['NAME']}",
        "EDU_DATA": str(live_settings.EDU_DATA),
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.multimodal.worker", str(material)],
        stdout=subprocess.PIPE,
        env=environment,
    )
    worker.stdout.readline()
    time.sleep(chance.random() * 1.6)
    worker.kill()
    worker.wait()
    worker.stdout.close()
    now = timezone.now() + MINUTE
    stuck = Material.objects.get(id=material)
    if stuck.status in ("queued", "running"):
        assert sweeping.stuck_materials(now) == [material]
    while Material.objects.get(id=material).status in ("queued", "running"):
        pipeline.run(material, now)
        now += MINUTE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_worker_killed_at_any_moment_changes_nothing(teacher, course, tmp_path, seed):
    _drill(teacher, course, tmp_path, seed)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(4, 54))
def test_fifty_workers_killed_change_nothing(teacher, course, tmp_path, seed):
    _drill(teacher, course, tmp_path, seed)


def _drill(teacher, course, tmp_path, seed):
    text = long_text()
    whole = queue(teacher, course, tmp_path, text, "whole.md")
    pipeline.run(whole, timezone.now())
    material = queue(teacher, course, tmp_path, text, "killed.md")
    kill_and_go_on(material, random.Random(seed))
    expected, found = state(whole), state(material)
    assert found["status"] == "ready"
    assert found == expected


@pytest.mark.django_db
def test_nobody_sees_passages_before_the_material_is_ready(teacher, course, tmp_path):
    material = queue(teacher, course, tmp_path)
    watch = jobs.claim(Material, material, timezone.now())
    real = watch.writing
    portions = []

    def cut_off(**named):
        portions.append(named)
        if len(portions) == 4:  # pages, what stands there, one portion of passages, then the end
            raise KeyboardInterrupt
        return real(**named)

    watch.writing = cut_off
    with pytest.raises(KeyboardInterrupt):
        pipeline._work(watch)
    assert Passage.objects.filter(material=material).count() == 3
    assert api.passages(user=teacher.id, material=str(material)).items == []
    assert api.course_passages(course=course.id) == []
    assert api.search(course=course.id, query="osmosis").results == []
    before = list(Passage.objects.values_list("id", flat=True).order_by("ordinal"))
    pipeline.run(material, timezone.now() + MINUTE)
    found = api.passages(user=teacher.id, material=str(material)).items
    assert [each.id for each in found] == [str(each) for each in before]
