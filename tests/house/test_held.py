"""Every table says what it holds of whom, and what becomes of it: a table that does not fails here."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from edu.common.held import ERASE, KEEP, UNNAME
from tests.house import registry

MODELS = apps.get_models(include_auto_created=True)
PLACES = {
    app: f"edu.{app}.held" if app == "gateway" else f"edu.{app}.logic.held"
    for app in registry.app_names()
    if any(each._meta.app_label == app for each in registry.models())
}
DECLARED = [
    (app, model, held)
    for app, place in PLACES.items()
    for model, held in importlib.import_module(place).RULES.items()
]
NAMES = [f"{app}: {model._meta.label}" for app, model, _held in DECLARED]
# Columns of ids that are not people's, by what they are called everywhere.
PEOPLE = {"user", "person", "created_by", "made_by", "used_by", "uploaded_by", "reviewed_by"}


@pytest.mark.parametrize("model", MODELS, ids=lambda each: each._meta.label)
def test_every_table_is_declared_once(model):
    declared = [app for app, each, _held in DECLARED if each is model]
    mine = model._meta.app_label
    assert len(declared) == 1, f"{model._meta.label} is declared by {declared}"
    # Our own tables by their app; Django's and the libraries' by users, whose they are.
    assert declared == [mine if model.__module__.startswith("edu.") else "users"]


@pytest.mark.parametrize(("app", "model", "held"), DECLARED, ids=NAMES)
def test_it_says_why_and_names_columns_that_there_are(app, model, held):
    assert held.kind
    assert held.why
    assert set(held.of.values()) <= {ERASE, UNNAME, KEEP}
    for column in {*held.hide, *held.files, *held.inside}:
        assert model._meta.get_field(column)
    for path in held.of:
        _follow(model, path.partition("@")[0])
        assert held.of[path] != UNNAME or "__" not in path, "only a table's own column is renamed"


def _follow(model, path):
    """Go along a path of field names; a JSON column may hold anything from there on."""
    for name in path.split("__"):
        found = model._meta.get_field(name)
        if isinstance(found, models.JSONField):
            return
        model = found.related_model


@pytest.mark.parametrize(("app", "model", "held"), DECLARED, ids=NAMES)
def test_no_column_that_names_people_is_forgotten(app, model, held):
    named = {path.partition("@")[0] for path in held.of}
    forgotten = []
    for field in model._meta.local_concrete_fields:
        if model._meta.label == "users.PersonalToken" and field.name == "made_by":
            continue  # the token that made it, which is the same person's
        to_person = field.is_relation and field.related_model._meta.label == "users.User"
        if (to_person or field.name in PEOPLE or field.name == "email") and field.name not in named:
            forgotten.append(field.name)
    if any(path.startswith(("user", "email_address")) for path in named):
        forgotten = [each for each in forgotten if each != "email"]
    if model._meta.label == "users.User":
        forgotten = []
    assert forgotten == []


def test_a_path_that_leads_nowhere_would_be_seen():
    from edu.courses.models import Course

    with pytest.raises(FieldDoesNotExist):
        _follow(Course, "memberships__nobody")
