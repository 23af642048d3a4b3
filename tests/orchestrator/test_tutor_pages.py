"""The tutor by page, as it works without script: ask, watch, stop, follow a mark."""

import re

import pytest

from edu.courses import api as courses
from edu.multimodal import api as multimodal
from edu.orchestrator import api
from edu.users import api as users

pytestmark = pytest.mark.django_db

TEXT = """# Osmosis

Osmosis is the diffusion of water through a partially permeable membrane.

# Turgor

Turgor is the pressure of the water against the wall of a plant cell.
"""


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def read(course, teacher, work, tmp_path):
    """A text that the course has and that is read."""
    place = tmp_path / "cells.md"
    place.write_text(TEXT)
    with work():
        multimodal.add_material(
            user=teacher.id, course=course.id, file_name="cells.md", path=str(place)
        )


@pytest.fixture
def session(learner, course):
    return api.start_session(user=learner.id, course=course.id)


def test_a_question_is_answered_with_marks_that_lead_to_the_place(
    client_of, learner, session, read, work
):
    client = client_of(learner)
    with work():
        answer = client.post(f"/tutor/{session.id}/ask/", {"text": "What is turgor?"})
    assert answer.status_code == 302
    page = words(client.get(answer.url.split("#")[0]))
    assert "pressure of the water against the wall" in page
    mark = re.search(r'class="cite" href="([^"]+)"', page)
    assert mark
    assert client.get(mark.group(1).replace("&amp;", "&")).status_code == 200


def test_an_empty_question_is_refused_in_words(client_of, learner, session):
    answer = client_of(learner).post(f"/tutor/{session.id}/ask/", {"text": "  "}, follow=True)
    assert "nothing in this message" in words(answer)


def test_a_page_with_script_gets_the_turn_alone(client_of, learner, session):
    client = client_of(learner)
    sent = {"X-Requested-With": "edu"}
    answer = client.post(f"/tutor/{session.id}/ask/", {"text": "What?"}, headers=sent)
    assert 'data-state="queued"' in words(answer)
    assert "<html" not in words(answer)
    refused = client.post(f"/tutor/{session.id}/ask/", {"text": ""}, headers=sent)
    assert refused.status_code == 422
    assert refused.content.decode().startswith("There is nothing")


def test_a_turn_can_be_stopped(client_of, learner, session):
    client = client_of(learner)
    client.post(f"/tutor/{session.id}/ask/", {"text": "What is osmosis?"})
    turn = api.turns_of(user=learner.id, session=session.id).items[0]
    client.post(f"/tutor/turns/{turn.id}/stop/")
    assert api.turn(user=learner.id, turn=turn.id).status == "cancelled"
    assert client.post(f"/tutor/turns/{turn.id}/stop/").status_code == 302


def test_a_talk_is_its_learners_alone(client_of, learner, teacher, stranger, session):
    client_of(learner).post(f"/tutor/{session.id}/ask/", {"text": "What is osmosis?"})
    turn = api.turns_of(user=learner.id, session=session.id).items[0]
    for other in (teacher, stranger):
        client = client_of(other)
        assert client.get(f"/tutor/{session.id}/").status_code == 404
        assert client.post(f"/tutor/{session.id}/ask/", {"text": "x"}).status_code == 404
        assert client.get(f"/tutor/{session.id}/about/").status_code == 404
        assert client.get(f"/tutor/turns/{turn.id}/").status_code == 404
        assert client.post(f"/tutor/turns/{turn.id}/stop/").status_code == 404


def test_hostile_words_stay_words(client_of, learner, session, read, work):
    client = client_of(learner)
    with work():
        client.post(f"/tutor/{session.id}/ask/", {"text": "<script>alert(1)</script> turgor?"})
    page = words(client.get(f"/tutor/{session.id}/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_what_the_materials_do_not_say_leads_only_where_one_may_go(
    client_of, api_of, learner, teacher, course, read, work
):
    courses.update_course(user=teacher.id, course=course.id, learner_uploads=False)

    def asked(person):
        talk = api.start_session(user=person.id, course=course.id)
        with work():
            client_of(person).post(f"/tutor/{talk.id}/ask/", {"text": "Who was king of Norway?"})
        return words(client_of(person).get(f"/tutor/{talk.id}/")).split("abstain", 1)[1]

    assert "Your teacher can tell you more" in asked(learner)
    mine = asked(teacher)
    assert "Add a source to the course" in mine
    assert "ask your teacher" not in mine
    courses.update_course(user=teacher.id, course=course.id, learner_uploads=True)
    assert ", or ask your teacher" in asked(learner)


def test_the_page_follows_what_one_prefers_in_its_course(client_of, learner, course, session):
    users.update_me(user=learner.id, preferences={"modalities": ["text", "voice", "picture"]})
    plain = words(client_of(learner).get(f"/tutor/{session.id}/"))
    assert plain.index('name="image"') > plain.index("data-record-word")
    assert 'name="aloud" value="1">' in plain
    likes = {"modalities": ["picture", "voice", "text"], "voice": "slt", "speed": 1.5}
    users.update_course_preferences(user=learner.id, course=course.id, changes=likes)
    page = words(client_of(learner).get(f"/tutor/{session.id}/"))
    assert 'name="aloud" value="1" checked>' in page
    assert page.index('name="image"') < page.index("data-record-word")
    assert 'data-voice="slt" data-speed="1.5"' in page


def test_a_source_shows_words_or_the_page_first_as_one_prefers(
    client_of, learner, course, session, read, work
):
    with work():
        client_of(learner).post(f"/tutor/{session.id}/ask/", {"text": "What is turgor?"})
    url = api.tutor_page(user=learner.id, session=session.id).turns[-1].citations[0].url
    place = url.replace("/?", "/source/?").split("#")[0]
    for ways, first in ((["text", "picture"], False), (["picture", "text"], True)):
        users.update_me(user=learner.id, preferences={"modalities": ways})
        assert client_of(learner).get(place).context["picture_first"] is first
