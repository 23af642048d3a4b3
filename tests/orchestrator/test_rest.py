"""The API as programs use it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edu.inference import api as inference
from edu.orchestrator import api

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(api_of, learner):
    return api_of(learner)


def open_session(program, course, **body):
    answer = program.post(f"/api/v1/courses/{course.id}/sessions", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_session_is_opened_and_asked(program, course, material, work, no_chat):
    session = open_session(program, course, mode="tutor")
    assert {"id", "course", "mode", "status"} <= set(session)
    assert (session["course"], session["mode"], session["status"]) == (course.id, "tutor", "open")
    with work():
        queued = program.post(
            f"/api/v1/sessions/{session['id']}/turns", {"text": "What is osmosis?"}
        )
    assert queued.status_code == 202
    assert queued.json()["status"] == "queued"
    turn = program.get(f"/api/v1/turns/{queued.json()['id']}").json()
    assert turn["status"] == "ready"
    assert turn["abstained"] is False
    assert "[1]" in turn["answer"]
    citation = turn["citations"][0]
    assert set(citation) == {"marker", "passage", "material", "title", "locator", "quote", "url"}
    passages = program.get(f"/api/v1/materials/{citation['material']}/passages").json()["results"]
    text = next(each["text"] for each in passages if each["id"] == citation["passage"])
    assert citation["quote"] in text
    assert {"agent", "status", "ms", "summary"} <= set(turn["steps"][0])
    assert {"name", "passed", "detail"} <= set(turn["checks"][0])


def test_files_come_as_a_form(program, course, material, work, photo, no_chat):
    session = open_session(program, course)
    sound = inference.speak(text="swell in water?").wav
    with work():
        queued = program.post(
            f"/api/v1/sessions/{session['id']}/turns",
            {
                "text": "Why do raisins",
                "image": SimpleUploadedFile("p.png", photo("raisins"), "image/png"),
                "audio": SimpleUploadedFile("a.wav", sound, "audio/wav"),
            },
            format="multipart",
        )
    assert queued.status_code == 202, queued.content
    turn = program.get(f"/api/v1/turns/{queued.json()['id']}").json()
    assert turn["heard"] == "swell in water?"
    assert "raisins" in turn["seen"]
    spoken = program.get(turn["audio_url"])
    assert spoken.status_code == 200
    assert spoken["Content-Type"] == "audio/wav"
    assert spoken["X-Content-Type-Options"] == "nosniff"
    shown = program.get(turn["image_url"])
    assert shown["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("image", b"", 422),
        ("image", b"\x89PNG\r\n\x1a\n truncated", 422),
        ("image", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415),
        ("image", b"GIF89a" + b"\0" * 40, 415),
        ("audio", b"", 422),
        ("audio", b"MZ" + b"\0" * 100, 415),
        ("audio", b"\x89PNG\r\n\x1a\n", 415),
    ],
)
def test_files_of_other_kinds_are_refused_by_content(program, course, name, content, status):
    session = open_session(program, course)
    answer = program.post(
        f"/api/v1/sessions/{session['id']}/turns",
        {name: SimpleUploadedFile("x.png", content, "image/png")},
        format="multipart",
    )
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]


def test_a_huge_picture_is_refused_before_it_is_unpacked(program, course):
    from PIL import Image

    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    session = open_session(program, course)
    answer = program.post(
        f"/api/v1/sessions/{session['id']}/turns",
        {"image": SimpleUploadedFile("x.png", file.getvalue())},
        format="multipart",
    )
    assert answer.status_code == 413


def test_bad_words_are_refused_by_name(program, course):
    session = open_session(program, course)
    url = f"/api/v1/sessions/{session['id']}/turns"
    assert program.post(url, {"text": ""}).status_code == 400
    assert program.post(url, {"text": "x" * 100_000}).status_code == 413
    assert program.post(url, {"text": "x", "wants": "money"}).status_code == 400
    assert program.post(url, {"text": ["no"]}).status_code == 400
    bad = program.post(f"/api/v1/courses/{course.id}/sessions", {"mode": "party"})
    assert bad.status_code == 400
    assert bad.json()["errors"][0]["field"] == "mode"


def test_strangers_find_nothing(program, api_of, stranger, teacher, course, material, work):
    session = open_session(program, course)
    with work():
        turn = program.post(f"/api/v1/sessions/{session['id']}/turns", {"text": "hello"}).json()
    for person in (stranger, teacher):
        other = api_of(person)
        for url in (
            f"/api/v1/sessions/{session['id']}",
            f"/api/v1/sessions/{session['id']}/turns",
            f"/api/v1/turns/{turn['id']}",
            f"/api/v1/turns/{turn['id']}/messages",
            f"/api/v1/turns/{turn['id']}/image",
        ):
            assert other.get(url).status_code == 404, url
        assert other.post(f"/api/v1/turns/{turn['id']}/cancel").status_code == 404
        asked = other.post(f"/api/v1/sessions/{session['id']}/turns", {"text": "hi"})
        assert asked.status_code == 404
    assert api_of(stranger).get(f"/api/v1/courses/{course.id}/sessions").status_code == 404
    assert api_of(None).get(f"/api/v1/turns/{turn['id']}").status_code == 401
    assert program.get("/api/v1/turns/not-an-id").status_code == 404


def test_a_turn_is_stopped(program, course, learner):
    session = open_session(program, course)
    made = api.ask(user=learner.id, session=session["id"], text="What is osmosis?")
    answer = program.post(f"/api/v1/turns/{made.id}/cancel")
    assert answer.status_code == 202
    assert answer.json()["status"] == "cancelled"


def test_sessions_and_turns_are_listed_newest_first(program, course, material, work):
    first = open_session(program, course)
    second = open_session(program, course, mode="practice")
    listed = program.get(f"/api/v1/courses/{course.id}/sessions").json()
    assert [each["id"] for each in listed["results"]] == [second["id"], first["id"]]
    assert listed["next"] is None
    with work():
        for text in ("hello", "thanks"):
            program.post(f"/api/v1/sessions/{first['id']}/turns", {"text": text})
    turns = program.get(f"/api/v1/sessions/{first['id']}/turns?limit=1").json()
    assert turns["results"][0]["text"] == "thanks"
    assert turns["next"]
    assert program.get(turns["next"]).json()["results"][0]["text"] == "hello"


def test_messages_can_be_polled(program, course, material, work):
    session = open_session(program, course)
    with work():
        turn = program.post(
            f"/api/v1/sessions/{session['id']}/turns", {"text": "What is osmosis?"}
        ).json()
    every = program.get(f"/api/v1/turns/{turn['id']}/messages").json()["results"]
    some = program.get(f"/api/v1/turns/{turn['id']}/messages?after=2").json()["results"]
    assert some == every[2:]


def test_a_closed_session_takes_no_more_turns(program, course):
    session = open_session(program, course)
    program.post(f"/api/v1/sessions/{session['id']}/close")
    answer = program.post(f"/api/v1/sessions/{session['id']}/turns", {"text": "hello"})
    assert answer.status_code == 409


def test_recommendations_name_what_is_next(program, course, material):
    found = program.get(f"/api/v1/me/recommendations?course={course.id}").json()["results"]
    assert found
    assert {"kind", "objective", "item", "material", "title", "why", "score"} <= set(found[0])
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    assert found[0]["why"]


def test_without_materials_bringing_some_comes_first(program, api_of, teacher, course, stranger):
    found = api_of(teacher).get(f"/api/v1/me/recommendations?course={course.id}").json()["results"]
    assert found[0]["kind"] == "bring"
    assert found[0]["title"] == "Bring something to learn from"
    nowhere = api_of(stranger).get("/api/v1/me/recommendations").json()["results"]
    assert nowhere[0]["kind"] == "bring"
    hidden = api_of(stranger).get(f"/api/v1/me/recommendations?course={course.id}")
    assert hidden.status_code == 404
