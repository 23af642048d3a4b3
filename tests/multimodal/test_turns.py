"""People take turns with their files, however many each of them brought."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from edu.common.ids import new_id
from edu.multimodal import tasks
from edu.multimodal.logic import jobs, pipeline, sweeping, transcriptions, turns
from edu.multimodal.models import Material, Transcription

LINE = pipeline.LINE
FILE = {"media_type": "text/plain", "bytes": 1, "sha256": "", "key": "none"}


def brought(person, names, now, model=Material):
    """Have a person bring files that wait; return their ids by name."""
    whose = {"course": new_id(), "uploaded_by": person} if model is Material else {"user": person}
    rows = model.objects.bulk_create(
        model(file_name=name, due_at=now + timedelta(seconds=15), **whose, **FILE) for name in names
    )
    return {row.file_name: row.id for row in rows}


def take_one(now, line=LINE):
    """Take the next job and return what it is called."""
    watch = turns.take(line, now)
    return line.model.objects.get(id=watch.id).file_name if watch else None


def end(name, now, status="ready"):
    Material.objects.filter(file_name=name).update(status=status, lease=None, lease_until=None)


@pytest.mark.django_db
def test_one_file_of_another_person_is_read_next_however_many_one_brought():
    now = timezone.now()
    many, one = new_id(), new_id()
    brought(many, [f"many {n}" for n in range(100)], now)
    assert [take_one(now), take_one(now)] == ["many 0", "many 1"]
    brought(one, ["one"], now)
    assert take_one(now) == "one"
    assert take_one(now) == "many 2"


@pytest.mark.django_db
def test_one_worker_alone_goes_round_among_people():
    now = timezone.now()
    for person in "abc":
        brought(new_id(), [f"{person}{n}" for n in range(3)], now)
    order = []
    for step in range(9):
        order.append(take_one(now + timedelta(seconds=step)))
        end(order[-1], now)
    assert order == ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"]
    assert take_one(now) is None


@pytest.mark.django_db
def test_who_has_fewer_files_at_work_comes_first():
    now = timezone.now()
    a, b = new_id(), new_id()
    brought(a, ["a0", "a1"], now)
    brought(b, ["b0", "b1"], now)
    assert {take_one(now), take_one(now)} == {"a0", "b0"}
    end("b0", now)
    assert take_one(now + timedelta(seconds=1)) == "b1"


@pytest.mark.django_db
def test_what_was_put_back_or_removed_or_stopped_is_not_taken_but_what_a_dead_worker_had_is():
    now = timezone.now()
    person = new_id()
    ids = brought(person, ["removed", "stopped", "put back", "dead", "fresh"], now)
    Material.objects.filter(id=ids["removed"]).update(removed_at=now)
    Material.objects.filter(id=ids["stopped"]).update(status="cancelled")
    Material.objects.filter(id=ids["put back"]).update(wait_until=now + timedelta(seconds=30))
    assert jobs.claim(Material, ids["dead"], now - timedelta(minutes=1))
    assert [take_one(now) for _ in range(3)] == ["dead", "fresh", None]
    assert take_one(now + timedelta(seconds=31)) in ("put back", "dead", "fresh")


@pytest.mark.django_db
def test_one_that_kills_its_workers_is_set_aside_and_the_next_is_taken():
    now = timezone.now()
    ids = brought(new_id(), ["killer", "fine"], now)
    Material.objects.filter(id=ids["killer"]).update(tries=jobs.MOST_TRIES)
    assert take_one(now) == "fine"
    assert Material.objects.get(id=ids["killer"]).status == "failed"


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_come_at_once_take_two_people_and_never_the_same_file():
    now = timezone.now()
    for person in "abcd":
        brought(new_id(), [f"{person}{n}" for n in range(5)], now)
    taken, together = [], threading.Barrier(4)

    def worker():
        together.wait()
        taken.append(take_one(now))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == ["a0", "b0", "c0", "d0"]


@pytest.mark.django_db
def test_recordings_take_turns_too_and_leave_workers_to_those_who_wait():
    now = timezone.now()
    line = transcriptions.LINE
    brought(new_id(), ["m0", "m1", "m2"], now, Transcription)
    brought(new_id(), ["o0"], now, Transcription)
    assert [take_one(now, line) for _ in range(3)] == ["m0", "o0", None]
    Transcription.objects.filter(file_name="m0").update(status="ready", lease_until=None)
    assert take_one(now, line) == "m1"


@pytest.mark.django_db
def test_every_file_that_was_sent_for_is_read_whatever_was_named(work, teacher, course, tmp_path):
    from tests.multimodal.test_pipeline import queue

    ids = [queue(teacher, course, tmp_path, name=f"{n}.md") for n in range(3)]
    with work():
        for _ in ids:
            tasks.read_material(str(ids[0]))
    assert set(Material.objects.values_list("status", flat=True)) == {"ready"}


@pytest.mark.django_db
def test_a_large_import_is_read_after_what_anybody_waits_for():
    now = timezone.now()
    operator, learner = new_id(), new_id()
    brought(operator, ["i0", "i1", "i2"], now)
    Material.objects.update(bulk=True)
    assert take_one(now) == "i0"
    brought(operator, ["own"], now)
    brought(learner, ["l0", "l1"], now)
    assert [take_one(now) for _ in range(4)] == ["l0", "own", "l1", "i1"]


@pytest.mark.django_db
def test_a_large_import_gives_its_worker_to_who_finds_none_and_goes_on_later():
    now = timezone.now()
    ids = brought(new_id(), ["i0", "i1"], now)
    Material.objects.update(bulk=True)
    watches = [turns.take(LINE, now + timedelta(seconds=step)) for step in range(2)]
    asks = [
        lambda at, w=w: turns.gives_way(LINE, w.id, now + timedelta(seconds=at)) for w in watches
    ]
    assert not asks[1](2)
    brought(new_id(), ["learner's"], now)
    assert not asks[1](2), "a free worker would have had no time to take it"
    assert asks[1](4) and not asks[0](4), "one of them is enough"

    def work(watch):
        watch.gives_way = lambda: True
        watch._beaten -= jobs.BEAT + 1
        watch.call(threading.Event().wait, 5)

    assert not jobs.do(watches[1], work)
    row = Material.objects.get(id=ids["i1"])
    assert (row.status, row.tries, row.lease) == ("queued", 0, None)
    later = timezone.now() + timedelta(seconds=2)
    assert take_one(later) == "learner's"
    assert take_one(later) == "i1"


@pytest.mark.django_db
def test_a_large_import_does_not_fill_the_queue_of_calls(settings):
    settings.EDU_BULK_JOBS = 2
    now = timezone.now()
    brought(new_id(), [f"i{n}" for n in range(60)], now - timedelta(minutes=1))
    Material.objects.update(bulk=True)
    assert len(sweeping.stuck_materials(now)) == 2
    assert take_one(now) == "i0"
    assert sweeping.stuck_materials(now) == [], "whoever reads one calls for the next"
