"""Static files as an ASGI server gets them."""

import shutil
import warnings

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import AsyncClient, Client
from playwright.sync_api import sync_playwright

from edu.gateway.statics import PART
from tests.journeys.conftest import FLAGS
from tests.served import served

WHERE = "/static/gateway/base.css"


async def body(answer):
    return b"".join([part async for part in answer.streaming_content])


@pytest.fixture
def file(settings):
    return (settings.BASE_DIR / "edu/gateway/static/gateway/base.css").read_bytes()


async def test_a_file_comes_part_by_part(file):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = await AsyncClient().get(WHERE)
        assert answer.is_async
        assert await body(answer) == file
    assert answer["Content-Type"] == 'text/css; charset="utf-8"'
    assert answer["Content-Length"] == str(len(file))


async def test_a_range_and_what_is_known_already(file):
    part = await AsyncClient().get(WHERE, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert await body(part) == file[10:20]
    again = await AsyncClient().get(WHERE, headers={"If-Modified-Since": part["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_head_and_other_methods_bring_nothing(file):
    head = await AsyncClient().head(WHERE)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(file))
    assert (await AsyncClient().post(WHERE)).status_code == 405


async def test_a_large_file_is_never_whole_in_memory(tmp_path):
    from edu.gateway.statics import _parts

    large = tmp_path / "large"
    large.write_bytes(b"x" * (3 * PART + 7))
    with large.open("rb") as file:
        sizes = [len(part) async for part in _parts(file)]
    assert sizes == [PART, PART, PART, 7]


def test_a_plain_server_gets_the_same(client, file):
    assert b"".join(client.get(WHERE).streaming_content) == file


@pytest.fixture
def collected(settings, tmp_path):
    """One file of the site as it is served when it was collected, on another host."""
    home = settings.BASE_DIR / "edu/gateway/static/gateway"
    (tmp_path / "gateway").mkdir()
    shutil.copy(home / "base.css", tmp_path / "gateway")
    settings.STATIC_ROOT, settings.STATIC_URL = tmp_path, "https://cdn.example/edu/"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "edu.gateway.storage.HashedFiles"},
    }
    paths = {"gateway/base.css": (staticfiles_storage, "gateway/base.css")}
    assert all(
        not isinstance(each[2], Exception) for each in staticfiles_storage.post_process(paths)
    )
    yield
    del settings.STATIC_URL  # and the storage with it


def test_names_with_their_hash_are_kept_for_ever_on_another_host(collected):
    address = staticfiles_storage.url("gateway/base.css")
    assert address.startswith("https://cdn.example/edu/gateway/base.")
    assert address != "https://cdn.example/edu/gateway/base.css"
    client = Client()
    hashed = client.get(address.removeprefix("https://cdn.example"))
    assert hashed["Cache-Control"] == "max-age=315360000, public, immutable"
    assert hashed["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert hashed["Access-Control-Allow-Origin"] == "*"
    assert "immutable" not in client.get("/edu/gateway/base.css")["Cache-Control"]


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_browser_takes_styles_scripts_and_pictures_from_the_other_host(settings):
    with served() as files:
        settings.STATIC_URL = f"{files}/static/"
        with served() as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            page = browser.new_page()
            wrong, got = [], []
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else 0)
            page.on("response", lambda each: got.append((each.request.resource_type, each.url)))
            page.goto(f"{site}/about/", wait_until="networkidle")
            assert wrong == []
            kinds = {kind for kind, url in got if url.startswith(settings.STATIC_URL)}
            assert {"stylesheet", "script"} <= kinds
            assert page.evaluate("document.styleSheets.length") >= 3
            shown = """place => new Promise(done => { const picture = new Image();
                picture.onload = () => done(true); picture.onerror = () => done(false);
                picture.src = place; })"""
            assert page.evaluate(shown, f"{settings.STATIC_URL}gateway/icon.svg")
            browser.close()
