"""What a person does on the pages, step by step."""

import re
import secrets

from playwright.sync_api import Page, expect

LONG = 240_000  # ms: real models on two cores


def squeeze(text: str) -> str:
    """Return `text` with single spaces."""
    return " ".join(text.split())


def sign_up(page: Page, name: str = "Robin") -> tuple[str, str]:
    """Make an account; return e-mail and password."""
    email, password = (
        f"{name.lower()}-{secrets.token_hex(5)}@example.org",
        secrets.token_urlsafe(12),
    )
    page.goto("/sign-up/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Make an account").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bring something")
    return email, password


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"//[^/]+/$"))


def ask(page: Page, text: str) -> None:
    """Ask in an open talk and wait until the turn is over."""
    turns = page.locator(".turn")
    before = turns.count()
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(turns).to_have_count(before + 1)
    finished(page)


def finished(page: Page) -> None:
    """Wait until the last turn is over."""
    expect(page.locator(".turn").last).to_have_attribute(
        "data-state", re.compile("ready|failed|cancelled"), timeout=LONG
    )


def no_sideways(page: Page) -> None:
    """The page is no wider than its window. A phone's `innerWidth` grows with what is too wide, so the
    window is as wide as it was opened."""
    wide, window = (
        page.evaluate("document.documentElement.scrollWidth"),
        page.viewport_size["width"],
    )
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window}"
