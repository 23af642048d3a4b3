"""Each app's tables could live in a database of their own, today."""

import pytest
from django.contrib import admin
from django.db import connection, connections, models
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from tests.house import registry
from tests.house.registry import DJANGO

NEEDS = {
    "users": {"auth", "contenttypes"}
}  # our accounts are Django's, with groups and permissions


@pytest.mark.parametrize("model", registry.models(), ids=lambda each: each._meta.label)
def test_no_foreign_key_crosses_an_app(model):
    mine = model._meta.app_label
    crossing = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and isinstance(field.related_model, type)
        and field.related_model._meta.app_label not in {mine, *NEEDS.get(mine, ())}
    ]
    assert crossing == []


@pytest.mark.parametrize("model", registry.models(), ids=lambda each: each._meta.label)
def test_every_table_says_what_a_row_is(model):
    if model._meta.auto_created:
        return
    assert "__str__" in vars(model), f"{model._meta.label} has no __str__ of its own"
    assert model.__doc__ and not model.__doc__.startswith(f"{model.__name__}("), "no docstring"


@pytest.mark.parametrize("model", registry.models(), ids=lambda each: each._meta.label)
def test_ids_of_other_apps_are_plain_columns(model):
    """`user`, `course` and the like of another app are UUIDs (or text of one), never a join."""
    for field in model._meta.local_fields:
        if field.name in ("user", "course", "objective", "material", "item", "quiz", "session"):
            kinds = (models.UUIDField, models.CharField, models.ForeignKey)
            assert isinstance(field, kinds), f"{model._meta.label}.{field.name}"


def scratch(name: str) -> DatabaseWrapper:
    """A connection to the database `name` on the same server."""
    return DatabaseWrapper({**connection.settings_dict, "NAME": name}, alias=name)


@pytest.mark.parametrize("app", registry.app_names())
def test_its_tables_migrate_alone(app, django_db_setup, django_db_blocker):
    name = f"alone_{app}"
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
        alone = connections[name] = scratch(name)
        try:
            executor = MigrationExecutor(alone)
            targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] == app]
            needed = {step.app_label for step, _back in executor.migration_plan(targets)}
            assert needed <= {app} | DJANGO, "its migrations need another app's"
            assert needed - {app} <= NEEDS.get(app, set())
            executor.migrate(targets)
            with alone.cursor() as cursor:
                made = set(alone.introspection.table_names(cursor))
            wanted = {table for table, owner in registry.tables().items() if owner == app}
            assert wanted <= made
        finally:
            alone.close()
            del connections[name]
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_no_model_waits_for_a_migration(django_db_setup, django_db_blocker):
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("makemigrations", "--check", "--dry-run", verbosity=1)


MINE = [each for each in admin.site._registry.items() if each[0].__module__[:4] == "edu."]


@pytest.mark.parametrize(("model", "desk"), MINE, ids=[each[0]._meta.label for each in MINE])
def test_every_admin_list_is_bounded(model, desk):
    """No list counts a whole table, shows all of it, or offers a choice among all rows of another."""
    assert desk.list_per_page <= 100
    assert desk.list_max_show_all <= 200
    assert desk.show_full_result_count is False
    choosers = {*desk.autocomplete_fields, *desk.raw_id_fields, *desk.get_readonly_fields(_Staff())}
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and desk.fields is None:
            assert field.name in choosers or not desk.has_change_permission(_Staff()), field.name


class _Person:
    """Somebody who may do anything, as the admin asks."""

    is_active = is_staff = is_superuser = True

    def has_perm(self, *_what):
        """Anything."""
        return True


class _Staff:
    """A request by that person."""

    user = _Person()


@pytest.mark.parametrize(("model", "desk"), MINE, ids=[each[0]._meta.label for each in MINE])
def test_every_admin_list_opens_with_few_queries(
    model, desk, admin_client_of, django_assert_max_num_queries
):
    from django.urls import reverse

    place = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    with django_assert_max_num_queries(15):
        assert admin_client_of.get(place).status_code == 200
    if desk.search_fields:
        assert admin_client_of.get(place, {"q": "any words"}).status_code == 200


@pytest.fixture
def admin_client_of(db, client_of):
    """A browser in which an admin is signed in."""
    from edu.users import api as users

    boss = users.make_admin(
        email="boss@example.org", password="violet-harbour-41-lantern", display_name="Boss"
    )
    return client_of(boss)
