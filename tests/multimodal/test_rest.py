"""Materials, passages, search and sound as programs see them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.models import Transcription
from edu.users import api as users
from tests.multimodal import samples
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db


def upload(program, course, content, name="cells.md", **more):
    data = content.encode() if isinstance(content, str) else content
    return program.post(
        f"/api/v1/courses/{course.id}/materials",
        {"file": SimpleUploadedFile(name, data), **more},
        format="multipart",
    )


@pytest.fixture
def cells(work, teacher, course, tmp_path):
    return bring(work, teacher, course, CELLS, tmp_path)


def test_a_file_is_queued_and_then_ready(work, api_of, teacher, course):
    program = api_of(teacher)
    with work():
        answer = upload(program, course, CELLS, title="All about cells")
    assert answer.status_code == 202
    made = answer.json()
    assert made["status"] == "queued"
    assert made["title"] == "All about cells"
    assert made["bytes"] == len(CELLS.encode())
    now = program.get(f"/api/v1/materials/{made['id']}").json()
    assert now["status"] == "ready"
    assert now["progress"] == 1
    assert now["error"] is None
    assert now["passages"] == 3
    assert now["created_at"].endswith("Z")


def test_the_title_is_the_file_name_when_none_is_given(api_of, teacher, course):
    assert upload(api_of(teacher), course, CELLS, "my_cells.v2.md").json()["title"] == "my cells.v2"


def test_it_pages_through_passages(api_of, teacher, cells):
    program = api_of(teacher)
    first = program.get(f"/api/v1/materials/{cells.id}/passages?limit=2").json()
    assert [each["ordinal"] for each in first["results"]] == [0, 1]
    assert first["previous"] is None
    rest = program.get(first["next"]).json()
    assert [each["ordinal"] for each in rest["results"]] == [2]
    assert rest["next"] is None
    assert set(first["results"][0]) >= {"id", "ordinal", "text", "locator"}
    assert first["results"][0]["locator"]["kind"] == "section"


def test_it_lists_the_materials_of_a_course(api_of, learner, course, cells):
    found = api_of(learner).get(f"/api/v1/courses/{course.id}/materials").json()
    assert [each["id"] for each in found["results"]] == [cells.id]


def test_it_searches(api_of, learner, course, cells):
    program = api_of(learner)
    found = program.get(f"/api/v1/courses/{course.id}/search?q=What+is+osmosis&limit=2").json()
    hit = found["results"][0]
    assert hit["text"].startswith("Osmosis")
    assert hit["material"] == cells.id
    assert set(hit) >= {"passage", "material", "text", "locator", "score"}
    assert len(found["results"]) == 2
    assert found["relevant"] is True
    assert hit["url"].startswith(f"/materials/{cells.id}/?passage={hit['passage']}")


def test_a_search_for_nothing_is_a_bad_request(api_of, learner, course):
    answer = api_of(learner).get(f"/api/v1/courses/{course.id}/search?q=")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "q"


def test_a_search_where_nothing_can_be_says_so(api_of, learner, course, cells):
    program, place = api_of(learner), f"/api/v1/courses/{course.id}/search?q=osmosis"
    answer = program.get(f"{place}&kind=markdown&kind=bogus")
    assert answer.status_code == 400 and answer.json()["errors"][0]["field"] == "kind"
    assert "markdown" in answer.json()["errors"][0]["detail"]
    other = "0197a3c7-11aa-7b52-8a51-5f0f6f2b9f11"
    assert program.get(f"{place}&material={other}").status_code == 404
    found = program.get(f"{place}&kind=markdown&kind=pdf&material={cells.id}").json()
    assert found["results"] and found["relevant"]


def test_learners_may_not_bring_files_unless_the_course_lets_them(api_of, teacher, learner, course):
    assert upload(api_of(learner), course, CELLS).status_code == 403
    courses.update_course(user=teacher.id, course=course.id, learner_uploads=True)
    assert upload(api_of(learner), course, CELLS).status_code == 202


def test_strangers_see_nothing(api_of, stranger, course, cells):
    program = api_of(stranger)
    assert upload(program, course, CELLS).status_code == 404
    for path in (
        f"courses/{course.id}/materials",
        f"courses/{course.id}/search?q=osmosis",
        f"materials/{cells.id}",
        f"materials/{cells.id}/passages",
        "materials/0197a3c7-11aa-7b52-8a51-5f0f6f2b9f11",
        "materials/not-an-id",
        "transcriptions/not-an-id",
    ):
        assert program.get(f"/api/v1/{path}").status_code == 404, path
    for verb in ("cancel", "retry", "restore"):
        assert program.post(f"/api/v1/materials/{cells.id}/{verb}").status_code == 404
    assert program.delete(f"/api/v1/materials/{cells.id}").status_code == 404
    answer = program.patch(f"/api/v1/materials/{cells.id}", {"title": "Mine"})
    assert answer.status_code == 404


def test_nobody_without_a_token_gets_in(api_of, course):
    assert api_of().get(f"/api/v1/courses/{course.id}/materials").status_code == 401


def test_learners_may_look_but_not_change(api_of, learner, cells):
    program = api_of(learner)
    assert program.get(f"/api/v1/materials/{cells.id}").status_code == 200
    assert program.delete(f"/api/v1/materials/{cells.id}").status_code == 403
    assert program.patch(f"/api/v1/materials/{cells.id}", {"title": "Mine"}).status_code == 403
    assert program.post(f"/api/v1/materials/{cells.id}/retry").status_code == 403


def test_it_is_renamed_removed_and_restored(api_of, teacher, cells):
    program = api_of(teacher)
    renamed = program.patch(f"/api/v1/materials/{cells.id}", {"title": "  Small  rooms "})
    assert renamed.json()["title"] == "Small rooms"
    assert program.patch(f"/api/v1/materials/{cells.id}", {"title": " "}).status_code == 400
    assert program.delete(f"/api/v1/materials/{cells.id}").status_code == 204
    assert program.get(f"/api/v1/materials/{cells.id}").status_code == 404
    assert program.post(f"/api/v1/materials/{cells.id}/restore").status_code == 200
    assert program.get(f"/api/v1/materials/{cells.id}").json()["title"] == "Small rooms"


def test_what_is_ready_can_neither_be_stopped_nor_tried_again(api_of, teacher, cells):
    program = api_of(teacher)
    assert program.post(f"/api/v1/materials/{cells.id}/cancel").status_code == 409
    assert program.post(f"/api/v1/materials/{cells.id}/retry").status_code == 409


def test_what_waits_can_be_stopped_and_tried_again(work, api_of, teacher, course):
    program = api_of(teacher)
    made = upload(program, course, CELLS).json()
    stopped = program.post(f"/api/v1/materials/{made['id']}/cancel")
    assert (stopped.status_code, stopped.json()["status"]) == (202, "cancelled")
    with work():
        assert program.post(f"/api/v1/materials/{made['id']}/retry").json()["status"] == "queued"
    assert program.get(f"/api/v1/materials/{made['id']}").json()["status"] == "ready"


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("empty.pdf", b"", 422),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415),
        ("program.exe", b"MZ" + bytes(200), 415),
        ("data.bin", bytes(range(256)) * 8, 415),
        ("paper.png", b"%PDF-1.4 and so on", 415),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_door(api_of, teacher, course, name, content, status):
    answer = upload(api_of(teacher), course, content, name)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert api.materials(user=teacher.id, course=course.id).items == []


def test_a_damaged_file_of_a_known_type_fails_with_a_reason(work, api_of, teacher, course):
    program = api_of(teacher)
    with work():
        answer = upload(program, course, b"%PDF-1.7\n" + b"garbage " * 50, "broken.pdf")
    assert answer.status_code in (202, 422)
    if answer.status_code == 202:
        now = program.get(f"/api/v1/materials/{answer.json()['id']}").json()
        assert now["status"] == "failed"
        assert now["error"].endswith(".")
        assert now["passages"] == 0


def test_too_large_a_file_is_refused(api_of, teacher, course, settings):
    settings.EDU_MAX_UPLOAD_MB = 1
    answer = upload(api_of(teacher), course, b"a" * 1_000_001, "long.txt")
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["detail"]


def test_a_form_without_a_file_is_a_bad_request(api_of, teacher, course):
    program = api_of(teacher)
    path = f"/api/v1/courses/{course.id}/materials"
    assert program.post(path, {"title": "x"}, format="multipart").status_code == 400
    assert program.post(path, {"title": "x"}, format="json").status_code == 400  # no address


def test_the_name_of_a_file_is_words_and_never_a_place(api_of, teacher, course):
    for name in (
        "../../etc/passwd.txt",
        "C:\\Users\\me\\notes.txt",
        "a\u202etxt.exe.txt",
        "<b>.txt",
    ):
        answer = upload(api_of(teacher), course, "Osmosis moves water.", name)
        assert answer.status_code == 202, (name, answer.content)
        made = answer.json()
        assert "/" not in made["file_name"]
        assert "\\" not in made["file_name"]
        assert "\u202e" not in made["file_name"] + made["title"]


def test_a_recording_is_put_into_words(work, api_of, learner):
    program = api_of(learner)
    said = program.post("/api/v1/speech", {"text": "Water moves. Salt stays."})
    assert (said.status_code, said["Content-Type"]) == (200, "audio/wav")
    assert said.content.startswith(b"RIFF")
    with work():
        answer = program.post(
            "/api/v1/transcriptions",
            {"file": SimpleUploadedFile("said.wav", said.content)},
            format="multipart",
        )
    assert answer.status_code == 202
    heard = program.get(f"/api/v1/transcriptions/{answer.json()['id']}").json()
    assert heard["status"] == "ready"
    assert set(heard) >= {"id", "status", "text", "language", "segments"}


def test_a_transcription_is_for_who_asked_for_it(work, api_of, learner, stranger):
    sound = io.BytesIO(samples.tone(0.5))
    answer = api_of(learner).post(
        "/api/v1/transcriptions",
        {"file": SimpleUploadedFile("tone.wav", sound.getvalue())},
        format="multipart",
    )
    path = f"/api/v1/transcriptions/{answer.json()['id']}"
    assert api_of(stranger).get(path).status_code == 404
    assert api_of(learner).get(path).status_code == 200


def test_a_voice_that_may_not_be_kept_is_written_down_and_let_go(work, api_of, learner):
    users.decide(user=learner.id, purpose="keep-voice", given=False, by=learner.id)
    sound = io.BytesIO(samples.tone(0.5))
    program = api_of(learner)
    with work():
        answer = program.post(
            "/api/v1/transcriptions",
            {"file": SimpleUploadedFile("tone.wav", sound.getvalue())},
            format="multipart",
        )
    row = Transcription.objects.get(id=answer.json()["id"])
    assert (row.status, row.key) == ("ready", "")
    assert api.erase_person(user=learner.id)


def test_a_text_is_no_recording(api_of, learner):
    answer = api_of(learner).post(
        "/api/v1/transcriptions",
        {"file": SimpleUploadedFile("said.wav", b"hello there, this is a text")},
        format="multipart",
    )
    assert answer.status_code in (415, 422)


@pytest.mark.parametrize("text", ["\U0001f98a", "… !", "***"])
def test_what_cannot_be_spoken_is_told_and_is_no_silence(api_of, learner, text):
    answer = api_of(learner).post("/api/v1/speech", {"text": text})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "spoken" in str(answer.json()["errors"])


def test_speech_needs_words(api_of, learner):
    program = api_of(learner)
    assert program.post("/api/v1/speech", {"text": " "}).status_code == 400
    assert program.post("/api/v1/speech", {"text": "a", "speed": 9}).status_code == 400
    assert program.post("/api/v1/speech", {"text": "a" * 50_001}).status_code == 400
