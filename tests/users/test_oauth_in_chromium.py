"""The page that asks, in a real browser: it leads on to the program, and axe finds nothing on it."""

import os
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlencode

import pytest
from allauth.socialaccount.models import SocialApp
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application, Grant
from playwright.sync_api import sync_playwright

from edu.users import api
from edu.users.data import SCOPES
from tests.cast import PASSWORD
from tests.journeys.conftest import FLAGS
from tests.journeys.steps import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


class Reader(BaseHTTPRequestHandler):
    """The program: it takes whatever it is sent."""

    def do_GET(self):
        """Say so."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<title>Back at the program</title>")

    def log_message(self, *_what):
        """Say nothing."""


@pytest.fixture
def reader():
    """The address that the program is called back at, which is another origin than the site."""
    server = HTTPServer(("127.0.0.1", 0), Reader)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/back"
    server.shutdown()


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium.new_page()
        chromium.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_a_press_of_the_button_leads_to_the_program(
    live_server, page, reader, learner, scheme, width
):
    made = Application.objects.create(
        name="Reader",
        client_type=Application.CLIENT_PUBLIC,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=reader,
    )
    asked = {
        "response_type": "code",
        "client_id": made.client_id,
        "redirect_uri": reader,
        "scope": "openid profile courses:read materials:write",
        "state": "s",
        "code_challenge": create_s256_code_challenge("x" * 60),
        "code_challenge_method": "S256",
    }
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/oauth/authorize/?{urlencode(asked)}")
    page.get_by_label("E-mail address").fill(learner.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/oauth/authorize/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Let Reader in?"
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    page.get_by_role("button", name="Let it in").click()
    page.wait_for_url(f"{reader}?**")
    assert page.title() == "Back at the program"
    assert Grant.objects.get().user_id.hex == learner.id.replace("-", "")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_where_a_person_sees_what_they_gave(
    live_server, page, learner, scheme, width
):
    scopes = list(SCOPES)
    api.make_token(user=learner.id, name="A" * 100, scopes=scopes, days=30)
    made = Application.objects.create(
        name="Reader" * 20,
        client_type=Application.CLIENT_PUBLIC,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris="https://reader.example.org/",
    )
    AccessToken.objects.create(
        user_id=learner.id,
        application=made,
        token="x",
        scope=" ".join(scopes),
        expires=timezone.now() + timedelta(minutes=5),
    )
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("E-mail address").fill(learner.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/")
    words = {"tokens": "AAAA", "programs": "Reader", "history": "Signed in", "outside": "School"}
    SocialApp.objects.create(provider="openid_connect", provider_id="school", name="School")
    for place, word in words.items():
        page.goto(f"{live_server.url}/profile/{place}/")
        assert word in page.get_by_role("main").inner_text()
        no_sideways(page)
        found = Axe().run(page).response["violations"]
        assert [(place, each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    page.goto(f"{live_server.url}/profile/tokens/")
    page.get_by_label("What is it for?").fill("A script")
    page.get_by_label("Read and search the materials of your courses").check()
    page.get_by_role("button", name="Make the token").click()
    assert page.get_by_label("Token", exact=True).input_value().startswith("edu_pat_")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
