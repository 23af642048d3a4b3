"""Querysets in pages: each row once, both ways, whatever is added meanwhile."""

import pytest
from django.utils import timezone

from edu.common.errors import Invalid
from edu.common.ids import new_id
from edu.common.pages import cursor, sensible
from edu.common.querypages import page_of
from edu.courses.models import Course

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Twelve courses with four titles, three of each, all made at one moment."""
    now, maker = timezone.now(), new_id()
    made = [
        Course(title="ABCD"[n % 4] + "ж'\"", join_code=f"{n:08}", created_by=maker, created_at=now)
        for n in range(12)
    ]
    Course.objects.bulk_create(made)
    return made


def page(order, at=None, limit=5):
    return page_of(
        Course.objects.all(), order=order, cursor=at, limit=limit, to_data=lambda row: row.id
    )


@pytest.mark.parametrize("order", ["id", "-id", "title", "-title", "created_at", "-created_at"])
@pytest.mark.parametrize("limit", [1, 5, 12, 50])
def test_each_row_comes_once_forwards_and_backwards(rows, order, limit):
    pages = [page(order, limit=limit)]
    while pages[-1].next:
        pages.append(page(order, pages[-1].next, limit))
    sign = "-" if order.startswith("-") else ""
    expected = list(Course.objects.order_by(order, f"{sign}pk").values_list("id", flat=True))
    assert [each for one in pages for each in one.items] == expected
    assert pages[0].previous is None
    back = [pages[-1]]
    while back[-1].previous:
        back.append(page(order, back[-1].previous, limit))
    assert [each for one in reversed(back) for each in one.items] == expected


def test_an_empty_list_is_one_empty_page():
    assert page("-id").items == []
    assert page("-id").next is page("-id").previous is None


def test_a_page_costs_one_query(rows, django_assert_num_queries):
    at = page("title").next
    with django_assert_num_queries(1):
        page("title", at)


@pytest.mark.parametrize(
    "at",
    [
        "x",
        "\u00e9",
        cursor("a", "x"),
        cursor("a", "[]"),
        cursor("a", '["1"]'),
        cursor("a", "[1, 2]"),
        cursor("a", '["a\\u0000", "b"]'),
        cursor("a", '["a\\ud800", "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11"]'),
        cursor("a", '["a", "no id"]'),
        cursor("a", "[" * 5000),
        cursor("c", "x"),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(rows, at):
    with pytest.raises(Invalid):
        page("title", at)


def test_a_limit_is_brought_into_range():
    assert [sensible(each) for each in ("0", "-5", "7", "9" * 50, "x", None, 3)] == [
        1,
        1,
        7,
        200,
        50,
        50,
        3,
    ]
