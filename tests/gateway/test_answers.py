"""Answers that are kept: the same for the same question of the same person, and never anybody else's."""

import subprocess
import time

import pytest
from django_redis import get_redis_connection

from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.events import api as events
from edu.gateway import answers
from edu.gateway.memcached import Gone, Memcached
from edu.gateway.stack.children import free_port, listens
from edu.multimodal import api as multimodal
from edu.users import api as users
from tests.cast import Program
from tests.gateway.world import QUESTION, TEXT

pytestmark = pytest.mark.django_db
HIT, MISS = "edu; hit", "edu; fwd=miss"


@pytest.fixture(autouse=True)
def not_failed(monkeypatch):
    monkeypatch.setattr(answers._Store, "failed_at", -answers.PAUSE)


@pytest.fixture(scope="module")
def memcached_url():
    """A real server."""
    port = free_port()
    words = ["memcached", "-l", "127.0.0.1", "-p", str(port), "-u", "nobody", "-m", "16"]
    with subprocess.Popen(words) as server:
        while not listens(port):
            time.sleep(0.01)
        yield f"memcached://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
def tides(work, teacher, course, tmp_path):
    path = tmp_path / "tides"
    path.write_text(TEXT)
    with work():
        return multimodal.add_material(
            user=teacher.id, course=course.id, file_name="tides.md", path=str(path)
        )


def search(program, course, more="", **headers):
    place = f"/api/v1/courses/{course.id}/search?q=What+is+a+neap+tide{more}"
    return program.get(place, headers=headers)


@pytest.mark.parametrize("store", ["redis", "memcached"])
def test_the_same_question_is_answered_once_in_whatever_form(
    api_of, learner, course, tides, settings, memcached_url, store
):
    settings.MEMCACHED_URL = memcached_url if store == "memcached" else ""
    program = api_of(learner)
    first, second = search(program, course), search(program, course)
    assert [each["Cache-Status"] for each in (first, second)] == [MISS, HIT]
    assert (first.content, first["ETag"]) == (second.content, second["ETag"])
    assert "Accept" in second["Vary"] and "Authorization" in second["Vary"]
    assert second["Cache-Control"] == "private, no-cache"
    camel = search(program, course, Accept="application/json; case=camel")
    assert (camel["Cache-Status"], camel["Content-Type"]) == (HIT, "application/json; case=camel")
    some = search(program, course, "&fields=text")
    assert set(some.json()["results"][0]) == {"text"}
    small = search(program, course, **{"Accept-Encoding": "gzip"})
    assert (small["Cache-Status"], small["Content-Encoding"]) == (HIT, "gzip")
    known = search(program, course, **{"If-None-Match": first["ETag"]})
    assert known.status_code == 304


def test_nobody_is_given_what_another_was_told(api_of, learner, teacher, stranger, course, tides):
    mine = api_of(learner)
    search(mine, course)
    assert search(mine, course)["Cache-Status"] == HIT
    assert search(api_of(teacher), course)["Cache-Status"] == MISS
    assert search(api_of(stranger), course).status_code == 404
    assert search(Program(), course).status_code == 401
    narrow = Program()
    for scopes, status in ((["materials:read"], 200), (["profile"], 403)):
        made = users.make_token(user=learner.id, name="x", scopes=scopes, days=1)
        narrow.credentials(HTTP_AUTHORIZATION=f"Bearer {made.token}")
        answer = search(narrow, course)
        assert answer.status_code == status
        assert answer.get("Cache-Status", MISS) == MISS


def test_who_was_taken_out_is_told_nothing_more(api_of, learner, teacher, course, tides):
    program = api_of(learner)
    search(program, course)
    courses.remove_member(user=teacher.id, course=course.id, member=learner.id)
    assert search(program, course).status_code == 404
    users.set_active(users=[learner.id], active=False)
    assert search(program, course).status_code == 401


def test_a_role_that_changes_changes_what_is_told(api_of, learner, teacher, course):
    program, place = api_of(learner), f"/api/v1/courses/{course.id}/insights"
    assert program.get(place).status_code == 403
    courses.set_role(user=teacher.id, course=course.id, member=learner.id, role="teacher")
    assert program.get(place)["Cache-Status"] == MISS
    assert program.get(place)["Cache-Status"] == HIT
    courses.set_role(user=teacher.id, course=course.id, member=learner.id, role="learner")
    assert program.get(place).status_code == 403


def test_what_changes_in_the_materials_is_found_at_once(api_of, learner, teacher, course, tides):
    program = api_of(learner)

    def titles():
        return {each["title"] for each in search(program, course).json()["results"]}

    assert titles() == titles() == {"tides"}
    multimodal.rename(user=teacher.id, material=tides.id, title="Ebb and flow")
    assert titles() == titles() == {"Ebb and flow"}
    multimodal.remove(user=teacher.id, material=tides.id)
    assert titles() == titles() == set()
    multimodal.restore(user=teacher.id, material=tides.id)
    assert titles() == {"Ebb and flow"}


def test_insights_follow_answers_names_questions_and_people(
    api_of, learner, teacher, stranger, course, work
):
    program, place = api_of(teacher), f"/api/v1/courses/{course.id}/insights"

    def told():
        """The insights, asked for twice: made anew, and then kept."""
        first, second = program.get(place), program.get(place)
        assert [each["Cache-Status"] for each in (first, second)] == [MISS, HIT]
        assert first.json() == second.json()
        return second.json()

    assert told()["items"] == []
    item = assessments.add_item(user=teacher.id, course=course.id, **QUESTION)
    quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1).id
    assessments.show_questions(user=learner.id, quiz=quiz)
    with work():
        assessments.attempt(user=learner.id, quiz=quiz, item=item.id, response="Venus")
    events.deliver_due()
    assert [each["n"] for each in told()["items"]] == [1]
    users.update_me(user=learner.id, display_name="Lev")
    assert [each["name"] for each in told()["learners"]] == ["Lev"]
    courses.join(
        user=stranger.id,
        join_code=courses.new_join_code(user=teacher.id, course=course.id).join_code,
    )
    assert len(told()["learners"]) == 2
    courses.add_objective(user=teacher.id, course=course.id, title="Currents")
    told()


def test_an_answer_that_was_put_in_anothers_place_is_not_told(api_of, learner, course, tides):
    program, store = api_of(learner), get_redis_connection("default")
    before = set(store.keys("edu:answer:*"))
    search(program, course)
    (mine,) = set(store.keys("edu:answer:*")) - before
    other = search(program, course, "s")
    (theirs,) = set(store.keys("edu:answer:*")) - before - {mine}
    store.set(theirs, store.get(mine))
    again = search(program, course, "s")
    assert (again["Cache-Status"], again.json()) == (MISS, other.json())
    store.set(mine, b"nonsense")
    assert search(program, course)["Cache-Status"] == MISS


@pytest.mark.parametrize("gone", ["memcached", "redis"])
def test_without_the_store_all_goes_on(api_of, client, learner, course, tides, settings, gone):
    program = api_of(learner)
    if gone == "memcached":
        settings.MEMCACHED_URL = "memcached://127.0.0.1:1"
        parts = {each["name"]: each for each in client.get("/readyz").json()["parts"]}
        assert parts["cache"]["ready"] and "made anew" in parts["cache"]["detail"]
    else:
        backend = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": backend}
    for _each in range(2):
        answer = search(program, course)
        assert answer.status_code == 200
        assert answer.get("Cache-Status") != HIT


def test_memcached_keeps_bytes_and_outlives_lost_connections(memcached_url):
    client = Memcached(memcached_url)
    value = bytes(range(256)) + b"\r\nEND\r\n"
    client.set("a", value, 60)
    assert client.get("a") == value
    assert client.get("b") is None
    client.kept[0].socket.close()
    client.kept[0].file.close()
    assert client.get("a") == value
    client.set("large", b"x" * 5_000_000, 60)
    assert client.get("large") is None
    with pytest.raises(Gone):
        Memcached("memcached://127.0.0.1:1").ping()
