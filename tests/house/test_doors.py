"""Every app could be called over a wire: its api takes and returns what JSON can carry."""

import inspect
import json
import typing
from random import Random

import pytest
from django.db.models import Manager, Model, QuerySet

from edu.common import codec
from tests.house import registry
from tests.house.examples import NoExample, example

# Each of these deals in something that lives in one process, by name and with the reason.
IN_PROCESS = {
    "events.subscribe": "decorates a handler when its module is imported",
    "events.publish": "takes any subclass of Fact; each is checked by itself below",
    "inference.chat_stream": "yields words one by one; over a wire that is a stream of events",
    "inference.on_behalf": "says for whom the caller's own process asks, as a context",
    "inference.serve_chat_stream": "yields what the model server sends on as events",
    "inference.check_models": "yields what it finds while it reads files, for one command",
    "inference.pull_models": "yields progress while it fetches, for one command",
    "multimodal.speech_stream": "yields sound as it is spoken; over a wire that is a stream of it",
    "agents.run": "its toolbox holds plain callables of the caller",
}
FUNCTIONS = dict(registry.all_functions())
WIRED = sorted(set(FUNCTIONS) - set(IN_PROCESS))
TRIES = 25


def parameters(function):
    """The parameters of a function, by name."""
    return inspect.signature(function).parameters


def test_there_are_doors_to_check():
    assert len(FUNCTIONS) > 30
    assert set(IN_PROCESS) & set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_arguments_are_given_by_name(name):
    if name.startswith("events."):
        return  # the library that all stand on: publish(fact), tell(group, message)
    by_place = [
        each.name
        for each in parameters(FUNCTIONS[name]).values()
        if each.kind is not inspect.Parameter.KEYWORD_ONLY
    ]
    assert by_place == []


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_it_is_typed_and_documented(name):
    function = FUNCTIONS[name]
    assert (function.__doc__ or "").strip(), "no docstring"
    hints = typing.get_type_hints(function)
    assert set(hints) == {*parameters(function), "return"}, "not all is typed"


def mentioned(kind):
    """Every class that a type speaks of, those inside dataclasses too."""
    seen, waiting = set(), [kind]
    while waiting:
        each = waiting.pop()
        if isinstance(each, (list, tuple)):  # the arguments of a Callable
            waiting += each
            continue
        if each in seen:
            continue
        seen.add(each)
        waiting += typing.get_args(each)
        made = typing.get_origin(each) or each
        if hasattr(made, "__dataclass_fields__"):
            waiting += typing.get_type_hints(made).values()
        if isinstance(made, type):
            seen.add(made)
    return {each for each in seen if isinstance(each, type)}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_no_row_crosses_the_door(name):
    hints = typing.get_type_hints(FUNCTIONS[name])
    rows = {
        each.__name__
        for kind in hints.values()
        for each in mentioned(kind)
        if issubclass(each, (Model, QuerySet, Manager))
    }
    assert rows == set()


def assert_round_trip(kind, chance):
    """What `plain` writes, JSON carries and `revive` reads is what it was."""
    value = example(kind, chance)
    wire = json.dumps(codec.plain(value), allow_nan=False)
    assert codec.revive(kind, json.loads(wire)) == value


@pytest.mark.parametrize("name", WIRED)
def test_its_arguments_and_result_survive_the_wire(name):
    chance = Random(name)
    for part, kind in typing.get_type_hints(FUNCTIONS[name]).items():
        for _each in range(TRIES):
            try:
                assert_round_trip(kind, chance)
            except NoExample as error:
                pytest.fail(f"{name}, {part}: {error}")


def facts():
    """Every fact that any app tells."""
    from edu.events.data import Fact

    for app in registry.app_names():
        if any((registry.EDU / app / name).exists() for name in ("data.py", "data")):
            __import__(f"edu.{app}.data")
    return sorted(
        (each for each in Fact.__subclasses__() if each.__module__.startswith("edu.")),
        key=lambda each: each.__qualname__,
    )


@pytest.mark.parametrize("fact", facts(), ids=lambda each: each.__name__)
def test_a_fact_is_json_already(fact):
    """The outbox keeps facts as they are: strings, numbers, lists and dicts, frozen."""
    chance = Random(fact.__name__)
    assert fact.__dataclass_params__.frozen
    assert fact.__doc__
    for _each in range(TRIES):
        told = example(fact, chance)
        kept = json.loads(json.dumps(vars(told), allow_nan=False))
        assert fact(**kept) == told


def test_there_are_facts_to_check():
    assert len(facts()) >= 5
