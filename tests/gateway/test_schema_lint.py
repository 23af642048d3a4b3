"""The schema is one that people like to read and generators of clients can go by."""

import re

import pytest

from edu.gateway import schema, tidy

WHOLE = schema.made("en")
CALLS = {
    f"{method} {path}": operation
    for path, operations in WHOLE["paths"].items()
    for method, operation in operations.items()
}
# What is no JSON is shown by its media type: sounds, pictures, forms with a file, streams.
each_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())


def successes(call):
    return {status: each for status, each in call["responses"].items() if status[0] == "2"}


def test_every_operation_has_an_id_of_its_own():
    ids = [call["operationId"] for call in CALLS.values()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", each) for each in ids)


def test_every_path_is_written_as_all_are():
    for path in WHOLE["paths"]:
        assert re.fullmatch(r"/api/v\d(/[a-z]+(-[a-z]+)*|/\{[a-z_]+\})+", path), path


def test_every_tag_is_described_and_used():
    used = {tag for call in CALLS.values() for tag in call["tags"]}
    assert {each["name"] for each in WHOLE["tags"]} == used == set(tidy.TAGS)


@each_call
def test_it_says_what_it_does(call):
    assert len(call["tags"]) == 1
    assert 0 < len(call["summary"]) <= 60
    assert not call["summary"].endswith(".")
    assert call["description"].strip().endswith((".", ":", ")", "`")), call["description"]


@each_call
def test_every_parameter_is_described(call):
    for each in call["parameters"]:
        assert each.get("description"), each["name"]
        assert each["schema"]
    names = [(each["in"], each["name"]) for each in call["parameters"]]
    assert len(set(names)) == len(names)


@each_call
def test_it_says_how_it_ends(call):
    assert successes(call)
    assert all(each["description"] for each in call["responses"].values())
    problems = [each for status, each in call["responses"].items() if status[0] not in "23"]
    assert all("application/problem+json" in each["content"] for each in problems)
    assert "application/problem+json" in call["responses"]["default"]["content"]


@each_call
def test_every_json_answer_and_body_has_an_example(call):
    told = [each.get("content", {}).get("application/json") for each in successes(call).values()]
    sent = call.get("requestBody", {}).get("content", {}).get("application/json")
    for body in [*told, sent]:
        assert body is None or body.get("examples")


@each_call
def test_the_examples_name_fields_that_there_are(call):
    for answer in successes(call).values():
        body = answer.get("content", {}).get("application/json", {})
        for example in body.get("examples", {}).values():
            wrong = list(unknown(body["schema"], example["value"]))
            assert not wrong


def unknown(told, value):
    """Yield the names in an example that its schema does not have."""
    while "$ref" in told:
        told = WHOLE["components"]["schemas"][told["$ref"].rsplit("/", 1)[-1]]
    if isinstance(value, dict) and "properties" in told:
        yield from value.keys() - told["properties"].keys()
        for name in value.keys() & told["properties"].keys():
            yield from unknown(told["properties"][name], value[name])
    elif isinstance(value, list) and "items" in told:
        for each in value:
            yield from unknown(told["items"], each)
