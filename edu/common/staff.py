"""Lists in the Django admin that cost the same at a hundred rows and at a hundred million."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import connections
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

MOST_COUNTED = 10_000  # rows that are counted one by one
RECENT = 2_000  # rows, the latest ones, in which the words of a column are looked up


class Glance(Paginator):
    """Pages of rows that are counted only as far as MOST_COUNTED: beyond it, a whole table is as long
    as the database says it is, and what was filtered or searched ends there. `always` is how many
    conditions a list has by itself, which leave out few rows."""

    always = 0

    @cached_property
    def count(self) -> int:
        """How many rows there are, or about how many."""
        rows: Any = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        counted = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
        if counted <= MOST_COUNTED:
            return counted
        narrowed = len(rows.query.where.children) > self.always
        return MOST_COUNTED if narrowed else max(MOST_COUNTED, _about(rows))


def _about(rows: QuerySet[Any]) -> int:
    """Return how many rows the table had when it was last looked through."""
    with connections[rows.db].cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)",
            [f'"{rows.model._meta.db_table}"'],
        )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


class Words(admin.FieldListFilter):
    """A filter by a column of few words: those of the latest rows. Django's own reads the whole table
    to know them."""

    def __init__(
        self,
        field: Any,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: Any,
        field_path: str,
    ) -> None:
        self.name = field_path
        recent = model._default_manager.order_by("-pk").values_list(field_path, flat=True)[:RECENT]
        self.words = sorted({str(each) for each in recent if each not in (None, "")})
        super().__init__(field, request, params, model, model_admin, field_path)
        given = self.used_parameters.get(field_path)
        self.value = given[-1] if isinstance(given, list) and given else given

    def expected_parameters(self) -> list[str | None]:
        """Return the name in the address."""
        return [self.name]

    def has_output(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.words)

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield all, then each word."""
        yield {
            "selected": self.value is None,
            "query_string": changelist.get_query_string(remove=[self.name]),
            "display": _("All"),
        }
        for word in self.words:
            yield {
                "selected": self.value == word,
                "query_string": changelist.get_query_string({self.name: word}),
                "display": word,
            }
