"""The frame, the fragments and the tags."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.formats import date_format
from lxml import html

from edu.analytics.data import Mastery
from edu.gateway import icons, state
from edu.users import api as users

pytestmark = pytest.mark.django_db


def page(client, path="/about/"):
    return html.fromstring(client.get(path).content)


def test_a_page_says_its_language_and_has_one_heading(client):
    tree = page(client)
    assert tree.get("lang") == "en"
    assert tree.get("dir") == "ltr"
    assert len(tree.findall(".//h1")) == 1
    assert tree.find(".//a[@class='skip']").get("href") == "#main"


def test_a_page_is_set_as_its_reader_likes_it(learner, client_of):
    users.update_me(
        user=learner.id,
        preferences={"reading_size": "huge", "font": "dyslexic", "theme": "dark", "motion": "none"},
    )
    tree = page(client_of(learner))
    assert [tree.get(f"data-{name}") for name in ("reading", "font", "theme", "motion")] == [
        "huge", "dyslexic", "dark", "none",
    ]  # fmt: skip


def test_a_stranger_is_offered_to_sign_in_and_has_no_bottom_bar(client):
    tree = page(client)
    assert tree.xpath("//header//a[@href='/sign-in/']")
    assert not tree.xpath("//nav[contains(@class, 'bottom')]")


def test_a_person_has_a_menu_and_four_places(learner, client_of):
    tree = page(client_of(learner))
    assert len(tree.xpath("//nav[contains(@class, 'bottom')]//a")) == 4
    assert tree.xpath("//details//form[@action='/sign-out/'][@method='post']")
    assert tree.xpath("//input[@data-slash]/@name") == ["q"]


def test_a_title_of_a_person_is_words(learner, client_of):
    users.update_me(user=learner.id, display_name="<script>alert(1)</script>")
    assert b"<script>alert" not in client_of(learner).get("/about/").content


def test_the_landing_page_says_what_it_is_and_what_it_does_not_do(client):
    words = render_to_string("landing.html", request=request(client))
    assert "Learn from your own materials" in words
    assert "does not send" in words


def request(client):
    return client.get("/about/").wsgi_request


def bar(mastery, **more):
    words = Template('{% include "fragments/mastery.html" with mastery=mastery label="Osmosis" %}')
    return html.fromstring(words.render(Context({"mastery": mastery, **more})))


def test_a_mastery_bar_draws_what_it_says():
    tree = bar(Mastery("x", 0.7, 0.5, 0.84, 4, True, "", None))
    assert tree.xpath("string(.//svg/@aria-label)") == (
        "Osmosis: mastery 70 %, likely between 50 % and 84 %, from 4 answers"
    )
    fill, band = tree.xpath(".//rect")
    assert (fill.get("width"), fill.get("class")) == ("70", "bar-fill ramp-4")
    assert (band.get("x"), band.get("width")) == ("50", "34")


@pytest.mark.parametrize("mastery", [None, Mastery("x", 0.5, 0.1, 0.9, 1, False, "", None)])
def test_too_little_evidence_is_a_hatch_and_never_zero(mastery):
    tree = bar(mastery)
    assert "not enough evidence yet" in tree.xpath("string(.//svg/@aria-label)")
    assert not tree.xpath(".//rect")
    assert "too early" in tree.text_content()


@pytest.mark.parametrize("p", [0.0, 0.2, 0.999, 1.0])
def test_a_bar_stays_within_its_bounds(p):
    tree = bar(Mastery("x", p, p, p, 40, True, "", None))
    step = tree.xpath(".//rect")[0].get("class")
    assert step in {f"bar-fill ramp-{n}" for n in range(1, 6)}


class Form(forms.Form):
    title = forms.CharField(help_text="What learners see.", max_length=5)
    note = forms.CharField(required=False)
    sure = forms.BooleanField()
    how = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])


def field(name, data=None):
    form = Form(data)
    form.is_valid()
    return html.fromstring(render_to_string("fragments/field.html", {"field": form[name]}))


def test_a_field_is_wired_to_its_label_help_and_error():
    tree = field("title", {"title": "too long"})
    control = tree.find(".//input")
    assert tree.find(".//label").get("for") == control.get("id")
    told = control.get("aria-describedby").split()
    assert [tree.xpath(f"count(//*[@id='{each}'])") for each in told] == [1, 1]
    assert control.get("aria-invalid") == "true"


def test_a_field_that_may_stay_empty_says_so():
    assert "(optional)" in field("note").text_content()
    assert "(optional)" not in field("title").text_content()


def test_choices_are_a_group_with_a_name():
    tree = field("how", {})
    assert tree.tag == "fieldset"
    assert tree.find("legend").text_content().strip() == "How"
    assert tree.xpath("//*[@id='id_how_error']")
    assert field("sure").find(".//label").get("for") == "id_sure"


def test_every_icon_draws_and_an_unknown_one_is_an_error():
    for name in icons.DRAWINGS:
        drawn = Template(f'{{% load edu %}}{{% icon "{name}" %}}').render(Context())
        assert html.fromstring(drawn).get("aria-hidden") == "true"
    named = Template('{% load edu %}{% icon "more" "More <b>" %}').render(Context())
    assert html.fromstring(named).get("aria-label") == "More <b>"
    with pytest.raises(KeyError):
        Template('{% load edu %}{% icon "nonsense" %}').render(Context())


def test_a_query_string_keeps_what_is_not_changed():
    words = Template("{% load edu %}{% qs page=2 q=None %}")
    context = Context({"request": RequestFactory().get("/?page=1&q=x&course=a%26b")})
    assert words.render(context) == "?page=2&amp;course=a%26b"


def test_nothing_is_degraded_while_all_models_answer():
    assert state.sentences() == []
    assert Template("{% load edu %}{% degraded %}").render(Context()).strip() == ""


def test_what_is_degraded_is_named(settings):
    servers = {kind: dict(server) for kind, server in settings.EDU_SERVERS.items()}
    servers["hear"]["url"] = "http://127.0.0.1:1/v1"
    settings.EDU_SERVERS = servers
    assert "Recordings cannot be heard" in state.sentences()[0]
    assert state.sentences({"chat"}) == []
    drawn = Template('{% load edu %}{% degraded "hear" %}').render(Context())
    assert "Recordings cannot be heard" in drawn


def test_the_styleguide_is_for_staff(client, learner, client_of):
    admin = users.make_admin(
        email="root@example.org", password="violet-harbour-41", display_name="Root"
    )
    assert client.get("/styleguide/").status_code == 404
    assert client_of(learner).get("/styleguide/").status_code == 404
    assert client_of(admin).get("/styleguide/").status_code == 200
    assert client_of(admin).get("/styleguide/413/").status_code == 413


def test_a_browser_keeps_its_look_after_signing_out(learner, client_of, client):
    users.update_me(user=learner.id, preferences={"reading_size": "huge", "theme": "dark"})
    browser = client_of(learner)
    browser.get("/about/")
    browser.post("/sign-out/")
    tree = page(browser, "/sign-in/")
    assert (tree.get("data-theme"), tree.get("data-reading")) == ("dark", "huge")
    kept = next(each for name, each in browser.cookies.items() if "look" in name)
    assert kept["httponly"]
    client.cookies[kept.key] = "mauve.huge.<b>"
    tree = page(client, "/sign-in/")
    assert [tree.get(f"data-{name}") for name in ("reading", "font", "theme", "motion")] == [
        "huge", "serif", "auto", "auto",
    ]  # fmt: skip


def test_the_font_that_is_offered_is_brought_along_with_its_licence():
    sheet = finders.find("gateway/tokens.css")
    urls = re.findall(r'url\("([^"]+)"\)', Path(sheet).read_text())
    assert len(urls) == 3
    for each in urls:
        assert Path(sheet).with_name("fonts").joinpath(Path(each).name).read_bytes()[:4] == b"wOF2"
    assert (
        "SIL OPEN FONT LICENSE"
        in Path(sheet).parent.joinpath("fonts/OpenDyslexic-OFL.txt").read_text()
    )


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("DATE_FORMAT", "5 Nov 2026"),
        ("DATETIME_FORMAT", "5 Nov 2026, 14:05"),
        ("SHORT_DATETIME_FORMAT", "5 Nov 2026, 14:05"),
        ("TIME_FORMAT", "14:05"),
    ],
)
def test_dates_are_written_in_one_way(kind, shown):
    with translation.override("en"):
        assert date_format(datetime(2026, 11, 5, 14, 5), kind) == shown


def test_no_page_has_a_date_of_its_own_making():
    own = re.compile(
        r"\|date:[\"'](?!c[\"']|D[\"']|[A-Z_]+FORMAT)|strftime\(|toLocale(Date|Time)?String|date_format\([^)\"]*\"(?!\w*_FORMAT|[DM]\")"
    )
    odd = [
        f"{each}: {found.group()}"
        for ending in ("html", "txt", "js", "py")
        for each in Path("edu").rglob(f"*.{ending}")
        if (found := own.search(each.read_text()))
    ]
    assert odd == []
