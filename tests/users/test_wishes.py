"""Preferences of one course, the language of the site, and the order in which one likes to learn."""

import pytest
from lxml import html

from edu.common import voices
from edu.common.formparts import OrderField
from edu.courses import api as courses
from edu.users import api
from edu.users.data import MODALITIES, Preferences
from edu.users.logic import preferences as wishes

pytestmark = pytest.mark.django_db


def test_a_course_has_its_own_and_the_rest_is_as_everywhere(api_of, learner, course):
    url = f"/api/v1/courses/{course.id}/preferences"
    api.update_me(user=learner.id, preferences={"tone": "brief", "speed": 1.5})
    program = api_of(learner)
    assert program.get(url).json()["own"] == {}
    kept = program.patch(url, {"tone": "warm", "language": "DE"}).json()
    assert kept["own"] == {"tone": "warm", "language": "de"}
    assert (kept["in_force"]["tone"], kept["in_force"]["speed"]) == ("warm", 1.5)
    assert api.preferences(user=learner.id).tone == "brief"
    assert api.preferences(user=learner.id, course=course.id).language == "de"
    assert program.patch(url, {"tone": None}).json()["own"] == {"language": "de"}
    assert program.patch(url, {"language": None}).json()["in_force"]["tone"] == "brief"


@pytest.mark.parametrize(
    ("name", "value"), [("tone", "rude"), ("language", "tlh"), ("speed", 9), ("modalities", [])]
)
def test_a_bad_one_is_named(api_of, learner, course, name, value):
    answer = api_of(learner).patch(f"/api/v1/courses/{course.id}/preferences", {name: value})
    assert answer.status_code == 400
    assert name in answer.content.decode()


def test_strangers_have_none(api_of, client_of, stranger, course):
    assert api_of(stranger).get(f"/api/v1/courses/{course.id}/preferences").status_code == 404
    assert client_of(stranger).get(f"/courses/{course.id}/preferences/").status_code == 404


def test_the_page_of_a_course_keeps_what_is_filled_in(client_of, learner, course):
    browser, url = client_of(learner), f"/courses/{course.id}/preferences/"
    page = browser.get(url)
    assert "As in your profile: Plain" in page.content.decode()
    sent = {"tone": "warm", "modalities": ["voice", "", ""], "daily_goal_minutes": "15"}
    assert browser.post(url, sent).status_code == 302
    own = api.course_preferences(user=learner.id, course=course.id).own
    assert own == {"tone": "warm", "modalities": ["voice"], "daily_goal_minutes": 15}
    progress = browser.get(f"/courses/{course.id}/progress/").content.decode()
    assert "Today in this course: 0 of 15 minutes" in progress
    assert browser.post(url, {"modalities": ["voice", "voice"]}).status_code == 422
    assert browser.post(url, {}).status_code == 302
    assert api.course_preferences(user=learner.id, course=course.id).own == {}


def test_who_leaves_a_course_leaves_no_wishes_there(
    learner, course, django_capture_on_commit_callbacks
):
    api.update_course_preferences(user=learner.id, course=course.id, changes={"tone": "warm"})
    with django_capture_on_commit_callbacks(execute=True):
        courses.leave(user=learner.id, course=course.id)
    assert api.course_preferences(user=learner.id, course=course.id).own == {}


def test_what_was_stored_for_a_course_never_changes_how_pages_look():
    odd = {"theme": "dark", "tone": "warm", "gone": 1}
    assert wishes.in_force({"speed": 2.0}, odd) == Preferences(tone="warm", speed=2.0)


def test_the_site_offers_the_languages_that_it_has(client_of, learner, settings):
    page = html.fromstring(client_of(learner).get("/profile/").content)
    assert not page.xpath("//select[@name='site_language']")
    assert "in English; there are no others yet" in page.text_content()
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    page = html.fromstring(client_of(learner).get("/profile/").content)
    offered = page.xpath("//select[@name='site_language']/option/@value")
    assert offered == ["", "en", "de"]
    api.update_me(user=learner.id, preferences={"language": "de", "site_language": "en"})
    assert api.preferences(user=learner.id).pages_in == "en"
    assert Preferences(language="de").pages_in == "de"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (["voice", "text", ""], ["voice", "text"]),
        (["picture", "", ""], ["picture"]),
        (["text", "text", ""], None),
        (["", "", ""], None),
        (["smell"], None),
    ],
)
def test_ways_of_learning_have_an_order(sent, kept):
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    data.setlist("way", sent)
    field = OrderField(choices=[(each, each.title()) for each in MODALITIES])
    found = field.widget.value_from_datadict(data, {}, "way")
    if kept is None:
        with pytest.raises(Exception, match=r"required|once|valid"):
            field.clean(found)
    else:
        assert field.clean(found) == kept
        drawn = html.fromstring(field.widget.render("way", kept, {"id": "x"}))
        assert drawn.xpath(".//option[@selected]/@value")[: len(kept)] == kept


def test_a_voice_is_one_that_is_there(api_of, client_of, learner, monkeypatch):
    def keep(voice):
        return api_of(learner).patch("/api/v1/me", {"preferences": {"voice": voice}})

    assert keep("slt").status_code == 200
    refused = keep("rms")
    assert refused.status_code == 400
    assert "Voices of your language: slt. All" in refused.content.decode()
    assert keep("").status_code == keep("slt").status_code == 200
    # What was kept before stays, is in the list, and does no harm; nobody to ask refuses nothing.
    monkeypatch.setattr(voices, "_tellers", [lambda user: [voices.Voice("new", "de", "Neu")]])
    assert keep("slt").status_code == 200
    page = client_of(learner).get("/profile/").content.decode()
    assert '<option value="slt" selected>slt (not here any more)</option>' in page
    assert '<option value="new">Deutsch: Neu</option>' in page
    monkeypatch.setattr(voices, "_tellers", [lambda user: None])
    assert keep("any").status_code == 200
    assert (
        'type="text" name="voice" value="any"'
        in client_of(learner).get("/profile/").content.decode()
    )
