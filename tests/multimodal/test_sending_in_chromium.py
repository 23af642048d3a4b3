"""A real browser sends files straight to a real bucket, from the page as it is served."""

import hashlib
import io
import wave

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import expect, sync_playwright

from edu.multimodal import api
from edu.multimodal.models import Earlier, Material
from tests.journeys.conftest import DESK, FLAGS, PHONE
from tests.multimodal.helpers import CELLS
from tests.multimodal.test_storage import bucket  # noqa: F401  (the server that speaks S3)
from tests.places import OUTPUT
from tests.served import served

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright has a loop of its own in this thread, from which we ask the database nothing.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def site(bucket, settings):  # noqa: F811
    """The address of the site, whose files lie in the bucket."""
    settings.EDU_S3_URL, settings.EDU_S3_BROWSER = bucket.address, bucket.origin
    with served() as address:
        settings.EDU_PUBLIC_URL = address
        settings.CSRF_TRUSTED_ORIGINS = [address]
        call_command("file_store", "rules")
        yield address


@pytest.fixture
def opened(chromium, site, teacher, client_of):
    """A maker of windows in which the teacher is signed in."""
    contexts = []

    def open_(size=DESK, theme="light"):
        context = chromium.new_context(viewport=size, color_scheme=theme)
        contexts.append(context)
        cookies = client_of(teacher).cookies
        context.add_cookies(
            [{"name": each.key, "value": each.value, "url": site} for each in cookies.values()]
        )
        page = context.new_page()
        page.sent = []
        page.on("request", lambda one: page.sent.append(one) if one.method == "PUT" else None)
        page.told = []
        page.on("console", lambda one: page.told.append(one.text))
        return page

    yield open_
    for context in contexts:
        context.close()


def silence(seconds):
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(bytes(2 * 44_100 * seconds))
    return sound.getvalue()


def test_a_large_file_goes_in_parts_and_never_through_the_site(
    site,
    opened,
    course,
    bucket,  # noqa: F811
    tmp_path,
):
    page, large = opened(), silence(450)
    assert len(large) > 2 * (16 << 20)
    page.goto(f"{site}/courses/{course.id}/materials/")
    (tmp_path / "lesson.wav").write_bytes(large)
    page.set_input_files("input[type=file]", tmp_path / "lesson.wav")
    expect(page.locator("#materials h3 a")).to_have_text("lesson", timeout=120_000)
    row = Material.objects.get()
    assert row.sha256 == hashlib.sha256(large).hexdigest() and row.bytes == len(large)
    assert [one.url.startswith(f"{bucket.origin}/edu/incoming/") for one in page.sent] == [True] * 3
    assert api.part(key=row.key, start=0, end=4) == b"RIFF"
    assert not [key for key in bucket.keys(row.due_at.replace(year=9999)) if key[:9] == "incoming/"]
    refused = {
        "name": "program.pdf",
        "mimeType": "application/pdf",
        "buffer": b"\x7fELF" + bytes(99),
    }
    page.set_input_files("input[type=file]", refused)
    expect(page.locator("li.refused")).to_contain_text("edu cannot read this kind of file")
    expect(page.locator("li.refused h3")).to_have_text("program.pdf")


def test_where_the_store_takes_nothing_from_browsers_the_file_comes_as_a_form(
    site,
    opened,
    course,
    bucket,  # noqa: F811
):
    bucket.call("delete_bucket_cors")
    bucket.call(
        "put_bucket_cors",
        CORSConfiguration={
            "CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://other.example"]}]
        },
    )
    page = opened()
    page.goto(f"{site}/courses/{course.id}/materials/")
    page.set_input_files(
        "input[type=file]",
        {"name": "cells.md", "mimeType": "text/markdown", "buffer": CELLS.encode()},
    )
    expect(page.locator("#materials h3 a")).to_have_text("cells", timeout=60_000)
    assert Material.objects.get().sha256 == hashlib.sha256(CELLS.encode()).hexdigest()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_that_replaces_a_file_is_good_to_see_and_to_use(
    site, opened, teacher, course, tmp_path, size, theme
):
    (tmp_path / "upload").write_text(CELLS)
    bring = {"user": teacher.id, "path": str(tmp_path / "upload")}
    made = api.add_material(course=course.id, file_name="cells.md", **bring)
    row = Material.objects.get(id=made.id)
    row.status, row.passages = "ready", 3
    row.drift = {
        "why": "file", "kept": 12, "went": ["Diffusion spreads particles."], "gone": [],
        "came": ["Yeast makes gas.", 4], "changed": [["Sugar and oxygen.", "Sugar, fat and oxygen."]],
    }  # fmt: skip
    row.save()
    Earlier.objects.create(
        material=row, file_name="cells of last year.md", media_type="text/markdown",
        kind="markdown", bytes=999, sha256="", key=row.key, replaced_by=teacher.id,
        replaced_at=row.created_at,
    )  # fmt: skip
    page = opened(size, theme)
    for number, path in enumerate(("replace/", "")):
        if number:
            api.replace_file(material=made.id, file_name="newer.txt", **bring | {"path": __file__})
        page.goto(f"{site}/materials/{made.id}/{path}")
        name = f"replace-{number}-{size['width']}-{theme}.png"
        OUTPUT.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=OUTPUT / name, full_page=True)
        found = Axe().run(page).response["violations"]
        assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
