"""In a real browser: hostile words do nothing behind either wall, and the small scripts of the frame
do what they are for."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import escape
from playwright.sync_api import Page, expect, sync_playwright

from edu.gateway import markup
from edu.gateway.middleware import SecurityHeaders
from tests.gateway.hostile import HOSTILE
from tests.journeys.conftest import FLAGS

SITE = "http://edu.test"
POLICY = SecurityHeaders(lambda request: None).policy("edu.test")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


class Window:
    """One page at SITE that answers with what it is given, and notes what should not happen."""

    def __init__(self, page: Page) -> None:
        self.page, self.dialogs, self.elsewhere, self.body, self.headers = page, [], [], "", {}
        self.files: dict[str, str] = {}
        page.on("dialog", self._dialog)
        page.route("**/*", self._answer)

    def _dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _answer(self, route):
        path = route.request.url.removeprefix(SITE)
        if path == "/page":
            headers = {"Content-Type": "text/html; charset=utf-8", **self.headers}
            route.fulfill(status=200, headers=headers, body=self.body)
        elif path in self.files:
            route.fulfill(status=200, content_type="text/javascript", body=self.files[path])
        else:
            if not route.request.url.startswith(SITE):
                self.elsewhere.append(route.request.url)
            route.abort()

    def show(self, body: str, policy: str = "") -> None:
        self.body = f"<!doctype html><html lang=en><title>x</title><body><main>{body}</main>"
        self.headers = {"Content-Security-Policy": policy} if policy else {}
        self.page.goto(f"{SITE}/page", wait_until="load")
        self.page.wait_for_timeout(15)


@pytest.fixture
def window(browser):
    context = browser.new_context()
    yield Window(context.new_page())
    context.close()


def test_it_would_notice(window):
    window.show("<script>alert(1)</script><img src=https://evil.example/x.png>")
    assert window.dialogs == ["1"]
    assert window.elsewhere == ["https://evil.example/x.png"]


def test_behind_the_first_wall_nothing_runs_and_nothing_is_fetched(window):
    for text in HOSTILE:
        window.show(markup.html(text))
        for link in window.page.query_selector_all("a[href^='javascript' i], a[href^='data' i]"):
            pytest.fail(f"{text!r} became {link.evaluate('node => node.outerHTML')}")
    assert window.dialogs == []
    assert window.elsewhere == []


def test_behind_the_second_wall_nothing_runs_even_unsanitised(window):
    for text in HOSTILE:
        window.show(text, POLICY)
    assert window.dialogs == []
    assert window.elsewhere == []


def test_what_is_escaped_stays_words(window):
    for text in HOSTILE:
        drawn = Template('<p title="{{ text }}">{{ text }}</p>').render(Context({"text": text}))
        window.show(drawn)
        assert window.page.locator("main p").get_attribute("title") == text.replace("\r", "")
    assert window.dialogs == []
    assert window.elsewhere == []


SCRIPTS = "edu/gateway/static/gateway/js"


@pytest.fixture
def framed(window):
    from tests.places import ROOT

    for file in (ROOT / SCRIPTS).glob("*.js"):
        window.files[f"/static/gateway/js/{file.name}"] = file.read_text()

    def show(body: str) -> Page:
        script = '<script type="module" src="/static/gateway/js/page.js"></script>'
        window.show(body + script, POLICY)
        window.page.wait_for_load_state("networkidle")
        return window.page

    show.window = window
    return show


def test_slash_goes_to_the_search_unless_one_writes(framed):
    page = framed("<input id=other><input id=search data-slash value=old>")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.input_value("#search") == "old"
    page.focus("#other")
    page.keyboard.press("/")
    assert page.input_value("#other") == "/"


def test_a_menu_closes_with_escape_and_elsewhere(framed):
    page = framed(
        "<details class=menu><summary>Menu</summary><a href=#x>x</a></details><p>far away</p>"
    )
    page.click("summary")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('details').open") is False
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.click("summary")
    page.click("p")
    assert page.evaluate("document.querySelector('details').open") is False


def test_a_form_that_asks_is_not_sent_when_one_says_no(framed):
    words = escape("Remove “Cells” with its 3 materials?")
    page = framed(f'<form action="/gone" data-confirm="{words}"><button>Remove</button></form>')
    page.click("button")
    assert framed.window.dialogs == ["Remove “Cells” with its 3 materials?"]
    assert page.url == f"{SITE}/page"


def test_copying_says_so(framed):
    page = framed(
        '<button data-copy="MAPLE-41" data-copied="Copied"><span data-word>Copy</span></button>'
    )
    page.click("button")
    expect(page.locator("[data-word]")).to_have_text("Copied")
    expect(page.locator("[data-word]")).to_have_text("Copy")


def test_the_strip_says_that_the_connection_is_lost_and_goes(framed):
    page = framed('<div data-connection data-lost="The connection is lost." hidden></div>')
    page.evaluate("document.dispatchEvent(new CustomEvent('edu:lost'))")
    assert page.inner_text("[data-connection]") == "The connection is lost."
    page.evaluate("document.dispatchEvent(new CustomEvent('edu:found'))")
    assert page.is_hidden("[data-connection]")


def test_the_frame_has_no_script_of_its_own_inside():
    request = RequestFactory().get("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    words = render_to_string("frame.html", request=request)
    assert "<script" in words
    assert words.count("<script") == words.count("<script src=") + words.count(
        ' type="module" src='
    )
