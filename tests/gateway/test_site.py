"""Pages of the front door, its administration, its static files, its sockets."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from asgiref.testing import ApplicationCommunicator
from django.utils import timezone

from edu.gateway import heartbeat, pages, tasks
from edu.gateway.models import Once
from edu.gateway.sockets import SameOrigin
from edu.gateway.storage import HashedFiles
from edu.gateway.templatetags.edu import clock, place
from edu.users import api as users

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client_of):
    return client_of(
        users.make_admin(
            email="root@example.org", password="violet-harbour-41", display_name="Root"
        )
    )


def test_how_it_works_names_the_models(client):
    words = client.get("/about/").content.decode()
    assert "Limits" in words
    assert "echo" in words


def test_what_no_material_speaks_of_is_not_found(learner, course, client_of, monkeypatch):
    there = {"kind": "page", "page": 7}
    hit = SimpleNamespace(material="m", passage="p", title="Cells", path=[], text="A cell.")
    hit.score, hit.locator = 0.1, there
    for relevant in (False, True):
        found = SimpleNamespace(results=[hit], relevant=relevant)
        monkeypatch.setattr(pages.multimodal, "search", lambda found=found, **_: found)
        words = client_of(learner).get("/search/?q=zzzqqq").content.decode()
        assert ("Your materials do not say" in words) is not relevant
        assert "page 7" in words


def test_searching_needs_words_and_a_course(learner, course, client_of, stranger):
    words = client_of(stranger).get("/search/?q=osmosis").content.decode()
    assert "nothing to search yet" in words
    assert "nothing to search yet" in client_of(stranger).get("/search/").content.decode()
    assert client_of(learner).get("/search/?q=" + "x" * 5000).status_code == 200
    assert client_of(None).get("/search/?q=x").status_code == 302


def test_the_administration_is_in_the_sites_colours(admin):
    words = admin.get("/admin/").content.decode()
    assert "gateway/admin.css" in words
    assert "Requests made once" in words


def test_kept_answers_are_seen_but_not_opened_or_changed(admin):
    row = Once.objects.create(
        person="x", path="/api/v1/courses", key="k", fingerprint="f", started_at=timezone.now()
    )
    assert b"/api/v1/courses" in admin.get("/admin/gateway/once/").content
    words = admin.get(f"/admin/gateway/once/{row.id}/change/").content.decode()
    assert "field-fingerprint" in words
    assert "field-body" not in words
    assert admin.get("/admin/gateway/once/add/").status_code == 403
    assert admin.post(f"/admin/gateway/once/{row.id}/delete/").status_code == 403


def test_places_are_said_in_words():
    assert place({"kind": "page", "page": 3}) == "page 3"
    assert place({"kind": "slide", "slide": 4}) == "slide 4"
    assert place({"kind": "time", "start": 65.4}) == "1:05"
    assert place({"kind": "section", "path": ["Book", "Part", "Osmosis"]}) == "Part, Osmosis"
    assert place({"kind": "cell", "sheet": "Data", "range": "A1:C9"}) == "Data A1:C9"
    assert place({"kind": "region", "box": [0, 0, 1, 1]}) == ""
    assert place(None) == ""
    assert clock(3725) == "1:02:05"


def test_static_files_are_named_by_what_is_in_them(tmp_path, settings):
    settings.DEBUG = False
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.js").write_text('import "./part.js";\nimport "./missing.js";\n')
    (source / "part.js").write_text("export const part = 1;\n")
    storage = HashedFiles(location=tmp_path / "made", base_url="/static/")
    from django.core.files.storage import FileSystemStorage

    beside = FileSystemStorage(location=source)
    for name in ("page.js", "part.js"):
        storage.save(name, beside.open(name))
    done = list(storage.post_process({name: (storage, name) for name in ("page.js", "part.js")}))
    assert not [error for _, _, error in done if isinstance(error, Exception)]
    made = json.loads((tmp_path / "made" / "staticfiles.json").read_text())["paths"]
    words = (tmp_path / "made" / made["page.js"]).read_text()
    assert made["part.js"] in words
    assert "./missing.js" in words
    assert storage.url("unknown.png") == "/static/unknown.png"


async def shake_hands(origin):
    async def application(scope, receive, send):
        await send({"type": "websocket.accept"})

    scope = {
        "type": "websocket",
        "path": "/ws/sessions/1/",
        "headers": [(b"host", b"school.example"), (b"origin", origin)],
    }
    socket = ApplicationCommunicator(SameOrigin(application), scope)
    await socket.send_input({"type": "websocket.connect"})
    return (await socket.receive_output())["type"]


async def test_a_page_of_another_site_opens_no_socket():
    assert await shake_hands(b"https://evil.example") == "websocket.close"
    assert await shake_hands(b"https://school.example") == "websocket.accept"


def test_the_application_serves_both_protocols():
    from edu.gateway.asgi import application

    assert set(application.rest.application_mapping) == {"http", "websocket"}


def test_signs_of_life_come_from_celerys_signals():
    from celery import current_app

    current_app.amqp.queues.select(["soon"])
    try:
        heartbeat._worker()
        heartbeat._beat()
        assert heartbeat.alive("worker-soon")
        assert heartbeat.alive("beat")
        assert not heartbeat.alive("worker-bulk")
    finally:
        current_app.amqp.queues._consume_from = None


def test_without_redis_a_sign_of_life_is_only_a_line_in_the_log(settings, caplog):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    heartbeat.note("beat", 5)
    assert "no sign of life" in caplog.text


def test_another_broker_tells_nothing_of_its_queues(settings):
    settings.CELERY_BROKER_URL = "amqp://guest@127.0.0.1:1//"
    assert heartbeat.waiting() == {}


def test_old_requests_are_forgotten_by_a_task():
    Once.objects.create(
        person="x",
        path="/",
        key="k",
        fingerprint="f",
        started_at=timezone.now() - timedelta(days=2),
    )
    tasks.forget()
    assert not Once.objects.exists()
