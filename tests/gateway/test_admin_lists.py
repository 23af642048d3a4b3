"""Lists of the Django admin: at a hundred thousand rows they ask little, and read little."""

import json
import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from edu.common.staff import MOST_COUNTED, Glance
from edu.multimodal.models import Material, Passage
from edu.users import api as users
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
ROWS = 100_000
OURS = sorted(
    (model for model in admin.site._registry if model.__module__.startswith("edu.")),
    key=lambda model: model._meta.label,
)


@pytest.fixture
def browser(client_of):
    return client_of(
        users.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    )


def asked(browser, model, query=""):
    """Open the list of a model; return the page and the SQL that it took."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = browser.get(reverse(name) + query)
    assert answer.status_code == 200
    return answer, [each["sql"] for each in queries]


def rows_read(sql):
    """Return the most rows that any step of a query went through."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    steps, most = [plan], 0
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        gone = step.get("Rows Removed by Filter", 0)
        most = max(most, (step["Actual Rows"] + gone) * step["Actual Loops"])
    return most


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_list_never_counts_or_sorts_out_a_whole_table(browser, model):
    assert len(OURS) > 15
    for query in ("", "?p=1", "?q=water", "?q=x@example.org"):
        _, statements = asked(browser, model, query)
        assert len(statements) <= 15
        table = model._meta.db_table
        for sql in (each for each in statements if f'"{table}"' in each):
            if "COUNT(" in sql or "DISTINCT" in sql:
                assert re.search(r"LIMIT \d+", sql), sql


@pytest.fixture
def crowd(teacher, course):
    """A course with a hundred thousand materials, each with a passage."""
    Material.objects.create(
        course=course.id,
        uploaded_by=teacher.id,
        title="M 1",
        file_name="a.txt",
        media_type="text/plain",
        kind="text",
        bytes=1,
        key="k",
        status="ready",
        progress=1,
        passages=1,
        due_at=timezone.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO multimodal_material SELECT (jsonb_populate_record(m, jsonb_build_object("
            "'id', gen_random_uuid(), 'title', 'M ' || n))).* "
            "FROM multimodal_material m, generate_series(2, %s) n",
            [ROWS],
        )
        cursor.execute(
            "INSERT INTO multimodal_passage (id, material_id, course, ordinal, text, locator, times, "
            "path, kind, language, breaks, model) "
            "SELECT gen_random_uuid(), id, course, 0, 'Water moves.', '{}', '[]', '{}', 'text', 'en', "
            "'{}', '' FROM multimodal_material"
        )
        cursor.execute("ANALYZE multimodal_material, multimodal_passage")


def test_a_hundred_thousand_rows_are_not_read_for_a_page_of_them(browser, crowd):
    for model in (Material, Passage):
        for query in ("", "?p=1500", "?kind=text", "?status__exact=ready"):
            if model is Passage and query.startswith("?status"):
                continue
            page, statements = asked(browser, model, query)
            assert len(statements) <= 15
            found = page.context["cl"]
            assert len(found.result_list) == 50
            assert found.result_count >= MOST_COUNTED
            for sql in statements:
                if sql.startswith("SELECT") and query != "?p=1500":
                    assert rows_read(sql) <= 1.2 * MOST_COUNTED, sql
    whole = Glance(Passage.objects.all(), 50)
    assert abs(whole.count - ROWS) <= 0.01 * ROWS
    assert Glance(Passage.objects.filter(kind="text"), 50).count == MOST_COUNTED
    assert Glance(Passage.objects.filter(kind="none"), 50).count == 0
