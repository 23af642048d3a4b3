"""The passkey pages in a real Chromium, with the authenticator that its developer tools make."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from edu.users.logic import accounts, addresses
from tests.cast import PASSWORD
from tests.journeys.conftest import FLAGS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(live_server, monkeypatch):
    """A window at localhost, where browsers allow passkeys without TLS."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's own loop
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        base = live_server.url.replace("127.0.0.1", "localhost")
        window = chromium.new_context(base_url=base).new_page()
        tools = window.context.new_cdp_session(window)
        tools.send("WebAuthn.enable")
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield window
        chromium.close()


def test_a_passkey_is_made_and_opens_the_account(page, learner):
    addresses.confirm(accounts.by_email(learner.email))
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(learner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/profile/security/")
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("This computer")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/profile/security/")
    expect(page.get_by_text("This computer", exact=True)).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in/?next=/profile/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/profile/")
    expect(page.get_by_text(learner.email).first).to_be_visible()
