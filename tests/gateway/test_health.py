"""Alive, ready, and in numbers."""

import pytest
from django.core.cache import cache

from edu.gateway import heartbeat, tasks

pytestmark = pytest.mark.django_db


def parts(response):
    return {part["name"]: part for part in response.json()["parts"]}


def everybody_lives():
    for queue in heartbeat.QUEUES:
        heartbeat.note(f"worker-{queue}", 15)
    tasks.tick()


def test_a_process_that_answers_is_alive(client):
    assert client.get("/healthz").json() == {"alive": True}
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def test_with_every_part_it_is_ready(client):
    everybody_lives()
    response = client.get("/readyz")
    assert response.status_code == 200, response.json()
    assert response.json()["ready"] is True
    assert {"database", "redis", "worker:soon", "worker:bulk", "beat", "objects"} <= parts(
        response
    ).keys()
    assert {"model:chat", "model:embed", "model:hear"} <= parts(response).keys()
    assert "no-store" in response["Cache-Control"]


def test_without_workers_it_names_them(client):
    cache.clear()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert response.json()["not_ready"] == ["worker:soon", "worker:bulk", "beat"]


def test_without_redis_it_names_it_and_answers(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    response = client.get("/readyz")
    assert response.status_code == 503
    assert not parts(response)["redis"]["ready"]
    assert not parts(response)["workers"]["ready"]
    assert parts(response)["database"]["ready"]
    assert client.get("/healthz").status_code == 200


def test_without_a_folder_for_files_it_names_it(client, settings, tmp_path):
    everybody_lives()
    in_the_way = tmp_path / "objects"
    in_the_way.write_text("a file")
    settings.EDU_OBJECTS = in_the_way
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["not_ready"] == ["objects"]


def test_a_model_that_is_away_is_named(client, settings):
    everybody_lives()
    servers = {kind: dict(server) for kind, server in settings.EDU_SERVERS.items()}
    servers["hear"]["url"] = "http://127.0.0.1:1/v1"
    settings.EDU_SERVERS = servers
    response = client.get("/readyz")
    assert response.json()["not_ready"] == ["model:hear"]


def test_numbers_are_for_this_machine(client, learner, api_of):
    api_of(learner).get("/api/v1/me")
    response = client.get("/metrics")
    assert response.status_code == 200
    text = response.content.decode()
    assert 'edu_http_requests_total{method="GET",route="/api/v1/me",status="200"}' in text
    assert "edu_http_request_seconds_bucket" in text
    assert 'edu_queue_tasks{queue="soon"}' in text
    assert str(learner.id) not in text
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403


def test_numbers_are_for_whoever_has_the_token(client, settings):
    settings.EDU_METRICS_TOKEN = "let-me-measure"
    assert client.get("/metrics").status_code == 403
    good = {"Authorization": "Bearer let-me-measure"}
    assert client.get("/metrics", headers=good, REMOTE_ADDR="10.0.0.7").status_code == 200


def test_what_is_not_ready_is_one_line_and_no_error(client, caplog):
    cache.clear()
    assert client.get("/readyz").status_code == 503
    lines = [each for each in caplog.records if each.levelname in ("WARNING", "ERROR")]
    assert [(each.levelname, each.name) for each in lines] == [("WARNING", "edu.gateway.health")]
    assert "worker:soon, worker:bulk, beat" in lines[0].getMessage()
