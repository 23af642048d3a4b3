"""Words are chosen in a real browser, under our own policy: by the keyboard, and on the picture of a page."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect, sync_playwright

from edu.multimodal.data import PageLine, Placed
from edu.multimodal.web.signs import drawn
from tests.gateway.test_in_chromium import POLICY, Window
from tests.journeys.conftest import FLAGS
from tests.places import ROOT

SCRIPTS = ROOT / "edu/multimodal/static/multimodal"
ASK = "/courses/1/tutor/"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def viewer(browser):
    """A function: the inside of the viewer -> the page that shows it, with the scripts bound."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    window = Window(context.new_page())
    for name in ("phrase.js", "signs.js"):
        window.files[f"/{name}"] = (SCRIPTS / name).read_text()
    ready = {"material": SimpleNamespace(status="ready"), "ask_url": ASK}

    def show(inside):
        bar = render_to_string("multimodal/phrase.html", ready)
        scripts = "".join(f'<script type="module" src="{name}"></script>' for name in window.files)
        window.show(f"<article data-viewer=page>{inside}{bar}</article>{scripts}", POLICY)
        window.page.wait_for_load_state("networkidle")
        return window.page

    yield show
    context.close()


def passage(words, more=""):
    mark = f'<a href="{ASK}?passage=7" data-ask-passage=7>Ask</a>'
    return f"<div data-passage=7 {more}><p>{words}{mark}</p></div><button>after</button>"


def test_arrow_keys_choose_words_and_tab_leads_to_what_can_be_done(viewer):
    page = viewer(passage("Water moves <mark>through a</mark> membrane."))
    page.locator("[data-ask-passage]").focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    ask = page.locator("[data-phrase-ask]")
    expect(ask).to_have_attribute("href", f"{ASK}?passage=7&quote=moves+through+a")
    expect(page.locator("[data-phrase-said]")).to_contain_text("moves through a")
    page.keyboard.press("Tab")
    expect(ask).to_be_focused()
    form = page.locator("[data-phrase-form]")
    assert form.locator("[name=text]").input_value() == "moves through a"
    assert form.locator("[name=passage]").input_value() == "7"
    page.keyboard.press("Escape")
    expect(page.locator("[data-phrase]")).to_be_hidden()
    expect(page.locator("[data-ask-passage]")).to_be_focused()


def test_from_right_to_left_the_left_key_goes_on(viewer):
    page = viewer(passage("الماء يمر عبر الغشاء", "dir=rtl lang=ar"))
    page.locator("[data-ask-passage]").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-phrase-form] [name=text]")).to_have_value("يمر")


def test_a_long_choice_is_cut_between_words(viewer):
    page = viewer(passage("salty water " * 200))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-passage] p'))")
    text = page.locator("[data-phrase-form] [name=text]")
    expect(text).not_to_have_value("")
    assert 480 < len(text.input_value()) <= 500
    assert text.input_value().endswith(("salty", "water"))


def test_nothing_is_offered_for_words_elsewhere(viewer):
    page = viewer(passage("Water moves.") + "<p id=other>Something else</p>")
    page.evaluate("getSelection().selectAllChildren(document.getElementById('other'))")
    page.wait_for_timeout(250)
    expect(page.locator("[data-phrase]")).to_be_hidden()


def picture():
    """Two lines of words over a page of 500 by 500, with room between and beside them."""
    lines = [
        PageLine(
            [Placed(word, [0.1 + 0.2 * at, top, 0.26 + 0.2 * at, top + 0.06]) for at, word in each],
            "7",
        )
        for top, each in (
            (0.1, list(enumerate(["Water", "moves", "through"]))),
            (0.3, list(enumerate(["a", "membrane", "here"]))),
        )
    ]
    svg = render_to_string("multimodal/signs.html", {"lines": [drawn(each) for each in lines]})
    return f'<div class="sheet">{svg.replace("<svg ", "<svg width=500 height=500 ", 1)}</div>'


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((0.1, 0.13), (0.47, 0.13), "Water moves"),
        ((0.1, 0.13), (0.255, 0.22), "Water"),  # ends in the room under a line
        ((0.3, 0.13), (0.95, 0.33), "moves through a membrane here"),  # and beside one
        ((0.455, 0.34), (0.29, 0.13), "moves through a membrane"),  # backwards
    ],
)
def test_dragging_over_the_picture_chooses_what_is_nearest(viewer, start, end, words):
    page = viewer(picture())
    box = page.locator("svg.signs").bounding_box()
    places = [(box["x"] + 500 * x, box["y"] + 500 * y) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()
    expect(page.locator("[data-phrase-form] [name=text]")).to_have_value(words)
    expect(page.locator("[data-phrase-form] [name=passage]")).to_have_value("7")


def test_a_double_click_chooses_a_word(viewer):
    page = viewer(picture())
    box = page.locator("svg.signs").bounding_box()
    page.mouse.dblclick(box["x"] + 500 * 0.38, box["y"] + 500 * 0.33)
    expect(page.locator("[data-phrase-form] [name=text]")).to_have_value("membrane")
