"""Tables as CSV files, for spreadsheets."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils.text import slugify

from edu.common.codec import rfc3339

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """Return `value` as a cell. Text that a spreadsheet would take for a formula gets a quote in
    front; times are RFC 3339; numbers have a point and at most four digits after it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return rfc3339(value)
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def table(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a CSV file of that name (RFC 4180, UTF-8 with a mark so that every spreadsheet knows)."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name) or "table"}.csv"'
    answer.write("\ufeff")
    # All are quoted, so that where a semicolon parts cells, what follows one in a name begins none.
    writer = csv.writer(answer, quoting=csv.QUOTE_ALL)
    writer.writerow([cell(each) for each in header])
    writer.writerows([cell(each) for each in row] for row in rows)
    return answer
