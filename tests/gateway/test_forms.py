"""Whatever is sent to whichever call, the answer is one that the schema tells of."""

import copy
import re

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as effort
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from edu.gateway import schema
from tests.gateway import world as worlds

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    allow_header_conformance,
]
SEED = 20260901


@pytest.fixture
def world(work, teacher, learner, course, tmp_path):
    """One of everything, seen by requests that are answered inside the test's own transaction."""
    for each in (request_started, request_finished):
        each.disconnect(close_old_connections)
    yield worlds.build(work, teacher, learner, course, tmp_path)
    for each in (request_started, request_finished):
        each.connect(close_old_connections)


def operations(app):
    """Return every call of the schema, tried through `app`."""
    told = schemathesis.openapi.from_dict(copy.deepcopy(schema.made("en")))
    told.app = app
    every = [each.ok() for each in told.get_all_operations()]
    return [each for each in every if each.full_path not in streams()]


def streams():
    """Return the paths whose answer does not end."""
    return {
        path
        for path, calls in schema.made("en")["paths"].items()
        if "text/event-stream"
        in calls.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
    }


def tried(operation, world, examples):
    """Try a call with what fits the schema and what does not, on what is there and what is not, as a
    teacher, a learner and nobody; whatever it changed is undone. Return what was wrong."""
    wrong = {}

    def sent(data, mode):
        strategy = operation.as_strategy(generation_mode=mode)
        case = data.draw(strategy)
        who = data.draw(st.sampled_from(sorted(world.headers)))
        for name, value in (case.path_parameters or {}).items():
            there = world.there(name)
            case.path_parameters[name] = data.draw(st.sampled_from([*there, *there, value]))
        case.headers = {**(case.headers or {}), **world.headers[who], "Accept-Encoding": "identity"}
        (case.query or {}).pop("fields", None)  # some fields are no whole: see test_representation
        before = transaction.savepoint()
        try:
            case.validate_response(case.call(), checks=CHECKS)
        finally:
            transaction.savepoint_rollback(before)

    how = effort(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    modes = [GenerationMode.POSITIVE]
    if operation.body or operation.query or operation.path_parameters:
        modes.append(GenerationMode.NEGATIVE)
    for mode in modes:
        cache.clear()

        run = seed(SEED)(how(given(data=st.data(), mode=st.just(mode))(sent)))
        try:
            run()
        except BaseExceptionGroup as error:
            wrong[f"{operation.label} {mode.value}"] = "\n".join(map(str, error.exceptions))
        except Exception as error:
            wrong[f"{operation.label} {mode.value}"] = str(error)
    return wrong


def report(wrong):
    return "\n\n".join(f"=== {name}\n{why}" for name, why in wrong.items())


@pytest.mark.django_db
def test_every_call_answers_as_the_schema_says(world):
    wrong = {}
    for operation in operations(worlds.application()):
        wrong |= tried(operation, world, 3)
    assert not wrong, report(wrong)


@pytest.mark.drill
@pytest.mark.django_db
def test_every_call_answers_as_the_schema_says_for_long(world):
    wrong = {}
    for operation in operations(worlds.application()):
        wrong |= tried(operation, world, 100)
    assert not wrong, report(wrong)


def each_path(world):
    """Return (address of something that is there, the methods that the schema names) of every path."""
    return [
        (re.sub(r"\{(\w+)\}", lambda name: world.there(name[1])[0], path), set(calls))
        for path, calls in schema.made("en")["paths"].items()
    ]


@pytest.mark.django_db
class TestMethods:
    def test_options_says_what_may_be_done_and_nothing_else(self, client, world, stranger):
        theirs = worlds.signed(stranger)
        for address, methods in each_path(world):
            told = client.options(address, headers=theirs)
            named = {each.strip().lower() for each in told["Allow"].split(",")}
            assert named == methods | {"options"} | ({"head"} if "get" in methods else set())
            assert told.content == b"", address
            nowhere = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", worlds.NOWHERE, address)
            other = client.options(nowhere, headers=theirs)
            assert (told.status_code, told["Allow"]) == (other.status_code, other["Allow"])

    def test_head_is_get_without_its_body(self, client, world):
        for address, methods in each_path(world):
            if "get" not in methods or address in streams():
                continue
            read = client.get(address, headers=world.headers["learner"])
            head = client.head(address, headers=world.headers["learner"])
            assert head.content == b""
            for name in ("Content-Type", "Content-Length", "ETag"):
                assert head.get(name) == read.get(name), (address, name)
            assert head.status_code == read.status_code

    def test_a_method_that_is_not_there_is_told_with_those_that_are(self, client, world):
        for address, methods in each_path(world):
            for method in {"TRACE", "PUT"} - {each.upper() for each in methods}:
                answer = client.generic(method, address, headers=world.headers["teacher"])
                assert answer.status_code == 405, (method, address)
                assert "OPTIONS" in answer["Allow"]
                assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
class TestMediaTypes:
    def test_what_is_asked_for_in_another_language_is_not_acceptable(self, client, world):
        for address, methods in each_path(world):
            method = sorted(methods)[-1].upper()
            headers = {**world.headers["teacher"], "Accept": "text/csv"}
            answer = client.generic(method, address, headers=headers)
            assert answer.status_code == 406, (method, address)
            assert answer["Content-Type"] == "application/problem+json"

    def test_what_is_sent_in_another_language_is_not_read(self, client, world):
        for address, methods in each_path(world):
            for method in methods & {"post", "patch"}:
                answer = client.generic(
                    method.upper(),
                    address,
                    "<course/>",
                    content_type="application/xml",
                    headers=world.headers["teacher"],
                )
                assert answer.status_code == 415, (method, address)
                assert answer["Content-Type"] == "application/problem+json"
