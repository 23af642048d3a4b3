"""The schema is whole, and the page that draws it says what it says."""

import pytest
from django.core.management import call_command
from lxml import html

from edu.gateway import apidocs

pytestmark = pytest.mark.django_db


def test_the_schema_is_json_when_json_is_asked_for(client):
    response = client.get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert response["Content-Type"] == "application/json"
    told = response.json()
    assert told["openapi"].startswith("3.")
    assert {"/api/v1/auth/register", "/api/v1/auth/token", "/api/v1/courses"} <= told[
        "paths"
    ].keys()


def test_the_schema_is_yaml_for_those_who_like_that(client):
    response = client.get("/api/v1/schema/", headers={"Accept": "application/yaml"})
    assert response.content.startswith(b"openapi:")


def test_a_browser_gets_it_too(client):
    asked = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get("/api/v1/schema/", headers={"Accept": asked}).status_code == 200


def test_lists_are_described_as_pages(client):
    told = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    answer = told["paths"]["/api/v1/courses"]["get"]["responses"]["200"]
    name = answer["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    assert told["components"]["schemas"][name]["required"] == ["results", "next", "previous"]


def test_the_page_names_every_call(client):
    told = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    tree = html.fromstring(client.get("/api/v1/docs/").content)
    drawn = {
        (
            each.xpath("string(.//*[@class='docs-method'])"),
            each.xpath("string(.//*[@class='docs-path'])"),
        )
        for each in tree.xpath("//summary[.//*[@class='docs-path']]")
    }
    meant = {
        (method.upper(), path)
        for path, calls in told["paths"].items()
        for method in calls
        if method in apidocs.METHODS
    }
    assert drawn == meant
    assert len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//script[not(@src)]")


def test_the_page_draws_fields_examples_and_answers():
    calls = {
        (call.method, call.path): call
        for group in apidocs.groups("en")
        for call in group.operations
    }
    told = [(call.summary, call.about) for call in calls.values()]
    assert len(set(told)) == len(told), "each call says what is its own"
    register = calls["POST", "/api/v1/auth/register"]
    assert register.public
    fields = register.bodies[0].fields
    assert {each.name for each in fields if each.required} == {"email", "password", "display_name"}
    asked = {"birth_year", "guardian_email", "class_code"}  # where the site asks
    assert {each.name for each in fields if not each.required} == {"invitation"} | asked
    assert '"email"' in register.bodies[0].example
    assert {"201", "400", "409"} <= {answer.status for answer in register.answers}
    courses = calls["GET", "/api/v1/courses"]
    assert not courses.public
    assert {"cursor", "limit"} <= {each.name for each in courses.parameters}
    answered = {each.name for each in courses.answers[0].body.fields}
    assert {"results", "results[].id", "results[].title", "next"} <= answered


def test_every_call_says_that_errors_are_problems(client):
    told = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    assert "errors" in told["components"]["schemas"]["Problem"]["properties"]
    for calls in told["paths"].values():
        for method, call in calls.items():
            assert "application/problem+json" in call["responses"]["default"]["content"]
            headers = [
                each["name"] for each in call.get("parameters", []) if each["in"] == "header"
            ]
            assert ("Idempotency-Key" in headers) is (method == "post")


def test_a_body_of_a_delete_is_drawn_where_there_is_one(client):
    told = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()["paths"]
    found = {path for path, calls in told.items() if "requestBody" in calls.get("delete", {})}
    assert found == {"/api/v1/me"}
    body = told["/api/v1/me"]["delete"]["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/LeaveInRequest"}
    assert body["examples"]["ByPassword"]["value"] == {"password": "..."}


def test_the_schema_is_drawn_without_a_warning(capsys):
    call_command("spectacular", validate=True, fail_on_warn=True, file="/dev/null")
    assert "Warning" not in capsys.readouterr().err
