"""GET and PATCH me, and the profile pages."""

import pytest
from lxml import html

from edu.common import voices
from edu.common.errors import Invalid
from edu.common.formparts import LongSelect
from edu.users import api
from edu.users.data import BadCredentials, Preferences
from tests.cast import PASSWORD

URL = "/api/v1/me"
pytestmark = pytest.mark.django_db


def test_nobody_is_not_me(api_of, client):
    answer = api_of().get(URL)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/profile/").url == "/sign-in/?next=/profile/"


def test_it_says_who_i_am(api_of, learner):
    me = api_of(learner).get(URL).json()
    assert me["id"] == learner.id
    assert me["email"] == learner.email
    assert me["display_name"] == "Levko"
    assert me["roles"] == ["learner"]
    assert me["preferences"]["theme"] == "auto"
    assert set(me["preferences"]) == set(Preferences.__dataclass_fields__)


def test_an_admin_is_told_so(api_of):
    admin = api.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    assert api_of(admin).get(URL).json()["roles"] == ["learner", "admin"]


def test_it_changes_what_is_named_and_leaves_the_rest(api_of, learner):
    program = api_of(learner)
    program.patch(URL, {"preferences": {"theme": "dark", "speed": 1.5}})
    me = program.patch(URL, {"display_name": "Lev", "preferences": {"language": "UK"}}).json()
    assert me["display_name"] == "Lev"
    assert me["preferences"]["theme"] == "dark"
    assert me["preferences"]["speed"] == 1.5
    assert me["preferences"]["language"] == "uk"


def test_nobody_makes_themselves_an_admin_or_somebody_else(api_of, learner):
    sent = {"roles": ["admin"], "is_staff": True, "id": "x", "email": "root@example.org"}
    me = api_of(learner).patch(URL, sent).json()
    assert me["roles"] == ["learner"]
    assert me["email"] == learner.email


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "tlh"),
        ("language", "x" * 19),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "Factory"),
        ("time_zone", "../../etc/passwd"),
        ("modalities", []),
        ("modalities", ["text", "text"]),
        ("modalities", ["smell"]),
        ("modalities", "text"),
        ("reading_size", "vast"),
        ("font", ""),
        ("theme", None),
        ("motion", 7),
        ("captions", "perhaps"),
        ("voice", "v" * 61),
        ("speed", 0.4),
        ("speed", "nan"),
        ("speed", "inf"),
        ("speed", 10**400),
        ("daily_goal_minutes", 0),
        ("daily_goal_minutes", 601),
        ("daily_goal_minutes", 2.5),
        ("tone", "rude"),
    ],
)
def test_a_bad_preference_is_named_and_nothing_changes(api_of, learner, name, value):
    answer = api_of(learner).patch(URL, {"display_name": "Lev", "preferences": {name: value}})
    assert answer.status_code == 400
    assert name in answer.content.decode()
    assert api.person(user=learner.id).preferences == Preferences()
    assert api.person(user=learner.id).display_name == "Levko"


def test_the_api_itself_names_every_bad_field(learner):
    with pytest.raises(Invalid) as error:
        api.update_me(
            user=learner.id, display_name="", preferences={"speed": True, "colour": 1, "tone": "x"}
        )
    assert set(error.value.fields) == {
        "display_name",
        "preferences.speed",
        "preferences.colour",
        "preferences.tone",
    }


def test_preferences_that_are_no_more_are_forgotten():
    assert Preferences.of({"theme": "dark", "moustache": True}) == Preferences(theme="dark")


def profile(**other):
    return {
        "display_name": "Levko",
        "language": "de",
        "time_zone": "Europe/Kyiv",
        "theme": "dark",
        "reading_size": "large",
        "font": "sans",
        "motion": "none",
        "modalities": ["text", "voice"],
        "tone": "brief",
        "captions": "on",
        "voice": "",
        "speed": "1.2",
        "daily_goal_minutes": "45",
        **other,
    }


def test_the_profile_page_keeps_all_preferences(client_of, learner):
    browser = client_of(learner)
    assert browser.get("/profile/").status_code == 200
    assert browser.post("/profile/", profile()).status_code == 302
    kept = api.preferences(user=learner.id)
    assert kept == Preferences(
        language="de",
        time_zone="Europe/Kyiv",
        modalities=["text", "voice"],
        reading_size="large",
        font="sans",
        theme="dark",
        motion="none",
        captions=True,
        speed=1.2,
        daily_goal_minutes=45,
        tone="brief",
    )


def test_preferences_are_in_force_on_every_page(client_of, learner):
    api.update_me(user=learner.id, preferences={"theme": "dark", "font": "dyslexic"})
    page = client_of(learner).get("/profile/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-font="dyslexic"' in page
    assert '<html lang="en"' in page


def test_a_language_without_pages_leaves_them_as_they_are(client_of, learner):
    api.update_me(user=learner.id, preferences={"language": "uk"})
    assert '<html lang="en"' in client_of(learner).get("/profile/").content.decode()


def test_a_time_zone_that_is_no_more_breaks_nothing(client_of, learner):
    from edu.users.models import User

    User.objects.filter(id=learner.id).update(preferences={"time_zone": "Old/Place"})
    assert client_of(learner).get("/profile/").status_code == 200


def test_the_time_zone_of_one_person_is_not_the_next_ones(client_of, learner, teacher):
    from django.utils import timezone

    api.update_me(user=learner.id, preferences={"time_zone": "Pacific/Auckland"})
    client_of(learner).get("/profile/")
    assert timezone.get_current_timezone_name() == "UTC"


def test_the_profile_page_says_what_is_wrong(client_of, learner):
    answer = client_of(learner).post("/profile/", profile(speed="9", theme="mauve"))
    assert answer.status_code == 422
    assert b"less than or equal to 2" in answer.content
    assert api.preferences(user=learner.id) == Preferences()


def test_hostile_words_stay_words_on_the_page(client_of, learner):
    api.update_me(user=learner.id, display_name="<script>alert(1)</script>")
    page = client_of(learner).get("/profile/").content.decode()
    assert "<script>alert(1)" not in page


def test_the_password_can_be_changed_and_this_browser_stays(client_of, learner):
    here, there = client_of(learner), client_of(learner)
    new = "another-lantern-7-violet"
    form = {"old": PASSWORD, "new": new, "again": new}
    assert here.get("/profile/password/").status_code == 200
    assert here.post("/profile/password/", form).status_code == 302
    assert here.get("/profile/").status_code == 200
    assert there.get("/profile/").status_code == 302
    with pytest.raises(BadCredentials):
        api.sign_in(email=learner.email, password=PASSWORD)
    assert api.sign_in(email=learner.email, password=new).id == learner.id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"old": "wrong"}, b"This is not your password"),
        ({"new": "short", "again": "short"}, b"too short"),
        ({"again": "different"}, b"differ"),
    ],
)
def test_the_password_page_says_what_is_wrong(client_of, learner, change, words):
    form = {"old": PASSWORD, "new": "another-lantern-7", "again": "another-lantern-7", **change}
    answer = client_of(learner).post("/profile/password/", form)
    assert answer.status_code == 422
    assert words in answer.content
    api.sign_in(email=learner.email, password=PASSWORD)


def test_a_session_needs_the_csrf_token_in_the_api(learner):
    from django.contrib.auth import get_user_model
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(get_user_model().objects.get(id=learner.id))
    assert browser.get(URL).status_code == 200
    sent = browser.patch(URL, {"display_name": "X"}, content_type="application/json")
    assert sent.status_code == 403


def test_long_lists_are_drawn_with_what_was_chosen(client_of, learner):
    api.update_me(user=learner.id, preferences={"time_zone": "Europe/Kyiv", "language": "pt-br"})
    tree = html.fromstring(client_of(learner).get("/profile/").content)
    for name, chosen in (("time_zone", "Europe/Kyiv"), ("language", "pt-br")):
        select = tree.get_element_by_id(f"id_{name}")
        assert select.xpath("option[@selected]/@value") == [chosen]
        assert len(select.xpath("option")) == len(api.choices()[name])
    assert tree.xpath("//select[@id='id_language']/@aria-describedby") == ["id_language_helptext"]


def test_words_in_a_long_list_stay_words():
    field = LongSelect(choices=[('"><b>', "<script>alert(1)</script>")])
    drawn = field.render("x", '"><b>', {"id": "y"})
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert " selected" in drawn


def test_of_many_voices_those_of_the_persons_language_are_named(learner):
    names = [("anna", "de"), ("bo", "zh"), ("carla", "pt-br"), ("dora", "de_AT")]
    before = list(voices._tellers)
    voices.tell(lambda user: [voices.Voice(*each) for each in names])
    try:
        with pytest.raises(Invalid) as refused:
            api.update_me(user=learner.id, preferences={"language": "de", "voice": "nobody"})
    finally:
        voices._tellers[:] = before
    said = refused.value.fields["preferences.voice"]
    assert "anna, dora." in said
    assert "/profile/" in said
    assert "bo" not in said.split("language:")[1]
