"""A POST with an Idempotency-Key is done once, however often it is sent."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from edu.common import vault
from edu.gateway import idempotency
from edu.gateway.models import Once
from tests.gateway import urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.gateway.urls")]


@pytest.fixture(autouse=True)
def nothing_made(monkeypatch):
    urls.made.clear()
    monkeypatch.setattr(urls.Makes, "pause", 0.0)
    monkeypatch.setattr(urls.Makes, "then", 201)


def send(program, key="once-1", body=None, **headers):
    return program.post(
        "/api/v1/test/makes",
        body if body is not None else {"title": "Cells"},
        format="json",
        headers={"Idempotency-Key": key, **headers},
    )


def test_the_same_key_again_gives_the_same_answer(learner, api_of):
    program = api_of(learner)
    first, again = send(program), send(program)
    assert len(urls.made) == 1
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json() == {"id": "1"}
    assert again["Location"] == "/thing"
    assert again["Content-Type"] == first["Content-Type"]
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert again["X-Request-ID"] != first["X-Request-ID"]


def test_without_a_key_each_is_done(learner, api_of):
    program = api_of(learner)
    for _ in range(2):
        program.post("/api/v1/test/makes", {}, format="json")
    assert len(urls.made) == 2


def test_the_same_key_for_something_else_is_refused(learner, api_of):
    program = api_of(learner)
    send(program)
    other = send(program, body={"title": "Stars"})
    assert other.status_code == 422
    assert other["Content-Type"] == "application/problem+json"
    assert len(urls.made) == 1


def test_keys_of_two_people_are_two_keys(learner, teacher, api_of):
    send(api_of(learner))
    assert send(api_of(teacher)).json() == {"id": "2"}


def test_a_new_token_of_the_same_person_is_the_same_person(learner, api_of):
    send(api_of(learner))
    assert send(api_of(learner)).json() == {"id": "1"}


def test_strangers_have_keys_too():
    assert send(APIClient()).json() == send(APIClient()).json()
    assert len(urls.made) == 1


def test_a_dead_token_replays_nothing(learner, api_of):
    send(api_of(learner))
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    assert send(program).status_code == 401


def test_an_error_is_not_kept(learner, api_of, monkeypatch):
    program = api_of(learner)
    monkeypatch.setattr(urls.Makes, "then", 409)
    assert send(program).status_code == 409
    monkeypatch.setattr(urls.Makes, "then", 201)
    assert send(program).status_code == 201
    assert Once.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "ключ", "a\tb"])
def test_a_key_that_is_none_is_refused(learner, api_of, key):
    assert send(api_of(learner), key=key).status_code == 400
    assert urls.made == []


def test_a_file_sent_again_is_taken_once(learner, api_of):
    program = api_of(learner)
    answers = [
        program.post(
            "/api/v1/test/takes",
            {"file": SimpleUploadedFile("cells.pdf", content)},
            format="multipart",
            headers={"Idempotency-Key": "file-1"},
        )
        for content in (b"the same", b"the same", b"another!")
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 422]
    assert answers[0].json() == answers[1].json() == {"id": "1", "bytes": 8}
    assert urls.made == [b"the same"]


def test_answers_are_kept_encrypted(learner, api_of):
    send(api_of(learner))
    assert vault.is_sealed(Once.objects.values_list("body", flat=True).get())


def test_after_a_day_a_key_is_new(learner, api_of):
    program = api_of(learner)
    send(program)
    Once.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert send(program).json() == {"id": "2"}


def test_what_is_older_than_a_day_is_forgotten(learner, api_of):
    send(api_of(learner))
    assert idempotency.forget(timezone.now()) == 0
    assert idempotency.forget(timezone.now() + timedelta(hours=25)) == 1


def test_a_process_that_died_does_not_hold_the_key_for_ever(learner, api_of):
    program = api_of(learner)
    send(program)
    Once.objects.update(status=None, started_at=timezone.now() - 2 * idempotency.LEASE)
    assert send(program).json() == {"id": "2"}


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_done_and_all_get_its_answer(learner, api_of, monkeypatch):
    monkeypatch.setattr(urls.Makes, "pause", 0.3)
    programs = [api_of(learner) for _ in range(6)]
    answers = together(programs)
    assert len(urls.made) == 1
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.content for answer in answers} == {b'{"id":"1"}'}
    assert sum("Idempotent-Replayed" in answer for answer in answers) == 5


@pytest.mark.django_db(transaction=True)
def test_when_the_first_fails_the_second_does_the_work(learner, api_of, monkeypatch):
    monkeypatch.setattr(urls.Makes, "pause", 0.2)
    monkeypatch.setattr(urls.Makes, "then", 409)
    answers = together([api_of(learner) for _ in range(2)])
    assert [answer.status_code for answer in answers] == [409, 409]
    assert len(urls.made) == 2
    assert not Once.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_is_told_so(learner, api_of, monkeypatch):
    monkeypatch.setattr(urls.Makes, "pause", 1.0)
    monkeypatch.setattr(idempotency, "WAIT_SECONDS", 0.2)
    answers = together([api_of(learner) for _ in range(2)])
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert late["Retry-After"] == "5"


def together(programs):
    answers, ready = [], threading.Barrier(len(programs))

    def run(program):
        ready.wait()
        answers.append(send(program))
        connection.close()

    threads = [threading.Thread(target=run, args=(program,)) for program in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
