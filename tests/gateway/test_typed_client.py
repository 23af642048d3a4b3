"""A typed client that a generator makes from the schema: it is whole, its types hold, and it can do what
a program of a school does."""

import io
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from edu.celery import app
from edu.gateway import schema
from tests.cast import PASSWORD
from tests.gateway.world import TEXT
from tests.served import served

PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the client lies, as a package `edu_client`."""
    place = tmp_path_factory.mktemp("client")
    told = schema.made("en")
    (place / "schema.json").write_text(json.dumps(told))
    # What is a file, the generator takes as bytes where it is told to.
    settings = {
        "post_hooks": [],
        "content_type_overrides": dict.fromkeys(files(told), "application/octet-stream"),
    }
    (place / "settings.yml").write_text(json.dumps(settings))
    words = ["generate", "--path", "schema.json", "--config", "settings.yml", "--meta", "none"]
    words += ["--output-path", "edu_client", "--fail-on-warning"]
    done = run("openapi-python-client", *words, place=place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def files(told):
    """Yield the media types of answers that are files."""
    for calls in told["paths"].values():
        for call in calls.values():
            for answer in call["responses"].values():
                for kind, body in answer.get("content", {}).items():
                    if body.get("schema", {}).get("format") == "binary":
                        yield kind


def run(program, *words, place):
    return subprocess.run(
        [str(PROGRAMS / program), *words], cwd=place, capture_output=True, text=True, timeout=240
    )


@pytest.fixture
def made(folder, monkeypatch):
    """A function: the name of a part of the client -> that module."""
    monkeypatch.syspath_prepend(str(folder))
    return lambda name: import_module(f"edu_client.{name}")


@pytest.fixture
def at_once():
    """Workers that work at once, as the rows are committed."""
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before


@pytest.mark.drill
def test_its_types_hold(folder):
    done = run("mypy", "--strict", "--cache-dir", ".mypy", "edu_client", place=folder)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.django_db(transaction=True)
def test_it_goes_the_way_of_a_course(made, at_once):
    models, types = made("models"), made("types")

    def call(name, *words, by, **more):
        answer = made(f"api.{name}").sync_detailed(*words, client=by, **more)
        assert answer.parsed is not None, (name, answer)
        return answer.status_code.value, answer.parsed

    with served() as address:
        nobody = made("client").Client(base_url=address)

        def joined(name):
            email = f"{name.lower()}@example.org"
            who = models.RegisterInRequest(email=email, password=PASSWORD, display_name=name)
            assert call("auth.auth_register_create", by=nobody, body=who)[0] == 201
            key = models.TokenInRequest(email=email, password=PASSWORD)
            tokens = call("auth.auth_token_create", by=nobody, body=key)[1]
            return made("client").AuthenticatedClient(base_url=address, token=tokens.access)

        teacher, learner = joined("Tamara"), joined("Levko")
        assert call("me.me_retrieve", by=learner)[1].display_name == "Levko"

        course = call(
            "courses.courses_create", by=teacher, body=models.CourseInRequest(title="The sea")
        )[1]
        code = models.JoinInRequest(join_code=course.join_code)
        assert call("courses.courses_join_create", by=learner, body=code)[1].id == course.id

        file = types.File(io.BytesIO(TEXT.encode()), "tides.md", "text/markdown")
        status, material = call(
            "materials.courses_materials_create",
            course.id,
            by=teacher,
            body=models.MaterialInRequest(file=file),
        )
        assert status == 202
        material = call("materials.materials_retrieve", material.id, by=learner)[1]
        assert (material.status, material.passages > 0) == ("ready", True)
        found = call("materials.courses_search_retrieve", course.id, by=learner, q="spring tide")[1]
        assert found.results[0].material == material.id
        assert "spring tide" in found.results[0].text

        question = models.ItemInRequest.from_dict(
            {
                "kind": "choice",
                "stem": "What pulls the water of the sea?",
                "options": ["the Moon", "Venus"],
                "key": {"correct": [0]},
            }
        )
        item = call("items.courses_items_create", course.id, by=teacher, body=question)[1]
        wanted = models.QuizInRequest(size=1)
        quiz = call("quizzes.courses_quizzes_create", course.id, by=learner, body=wanted)[1]
        quiz = call("quizzes.quizzes_retrieve", quiz.id, by=learner)[1]
        assert [each.id for each in quiz.items] == [item.id]
        right = next(each.id for each in quiz.items[0].options if each.text == "the Moon")
        answer = models.AttemptInRequest(quiz=quiz.id, item=item.id, response=right)
        status, attempt = call("attempts.attempts_create", by=learner, body=answer)
        assert (status, attempt.correct, attempt.score) == (201, True, 1.0)
        mastery = call("me.me_mastery_retrieve", by=learner, course=course.id)[1]
        assert sum(each.attempts for each in mastery.results) == 1

        wrong = [
            call("me.me_retrieve", by=made("client").AuthenticatedClient(address, token="x")),
            call("items.courses_items_create", course.id, by=learner, body=question),
            call("quizzes.quizzes_retrieve", "none", by=learner),
            call(
                "courses.courses_create", by=teacher, body=models.CourseInRequest(title=" " * 300)
            ),
        ]
    assert [status for status, _ in wrong] == [401, 403, 404, 400]
    assert [told.status for _, told in wrong] == [401, 403, 404, 400]
    assert all(isinstance(told, models.Problem) for _, told in wrong)
    assert wrong[3][1].errors[0].field == "title"
