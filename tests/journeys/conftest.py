"""A running stack with the real default models, and a Chromium that looks at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.stack import Stack, fresh
from tests.places import OUTPUT

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 812}
# Chromium as root needs no sandbox; the others keep it from calling home in a closed network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]


def pytest_collection_modifyitems(items):
    """All tests of this folder are journeys."""
    for item in items:
        if "journeys" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """One stack for the whole run, as a person starts it."""
    running = fresh()
    running.start()
    yield running
    code = running.stop()
    shutil.copytree(running.data / "logs", OUTPUT / "logs", dirs_exist_ok=True)
    shutil.rmtree(running.data.parent, ignore_errors=True)
    assert code == 0, f"`manage.py up` ended with {code}:\n{running.printed}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser: Browser, stack: Stack):
    """Return a maker of browser windows: window(width=..., theme=..., script=True) -> Page."""
    made: list[BrowserContext] = []

    def make(size: dict[str, int] = DESK, theme: str = "light", script: bool = True) -> Page:
        context = browser.new_context(
            base_url=stack.address,
            viewport=size,
            color_scheme=theme,
            java_script_enabled=script,
            permissions=["microphone"],
            is_mobile=size is PHONE,
            has_touch=size is PHONE,
        )
        context.set_default_timeout(15_000)
        made.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on(
            "console",
            lambda message: page.errors.append(message.text) if message.type == "error" else None,
        )
        return page

    yield make
    for context in made:
        context.close()


@pytest.fixture
def shot(request):
    """Keep a picture of a page as a file of the run: shot(page, "name")."""

    def keep(page: Page, name: str) -> None:
        place = OUTPUT / "screenshots" / f"{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=place, full_page=True)

    return keep
