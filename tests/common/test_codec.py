"""What crosses a door survives the trip through JSON."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from edu.common import codec
from edu.common.ids import new_id, parse_id
from edu.common.pages import Page
from edu.common.sources import Citation


@dataclass(frozen=True)
class Thing:
    name: str
    at: datetime
    data: bytes
    cited: list[Citation]
    maybe: datetime | None = None


def test_a_dataclass_comes_back_as_it_was():
    cited = Citation(1, "p", "m", "Title", {"kind": "page", "page": 3}, "quote", "/materials/m/")
    thing = Thing("x", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), b"\x00\xff", [cited])
    text = json.dumps(codec.plain(thing))
    assert codec.revive(Thing, json.loads(text)) == thing


def test_a_page_comes_back_as_it_was():
    page = Page(items=["a", "b"], next="c")
    assert codec.revive(Page[str], json.loads(json.dumps(codec.plain(page)))) == page


def test_what_is_on_a_page_comes_back_as_it_was():
    cited = Citation(1, "p", "m", "Title", {"kind": "slide", "slide": 2}, "quote", "/materials/m/")
    page = Page(items=[Thing("x", datetime(2026, 1, 2, tzinfo=UTC), b"", [cited])])
    assert codec.revive(Page[Thing], json.loads(json.dumps(codec.plain(page)))) == page


def test_a_pair_comes_back_as_it_was():
    pair = (Page(items=["a"]), datetime(2026, 1, 2, tzinfo=UTC))
    kind = tuple[Page[str], datetime]
    assert codec.revive(kind, json.loads(json.dumps(codec.plain(pair)))) == pair
    assert codec.revive(tuple[str, ...], ["a", "b", "c"]) == ("a", "b", "c")


def test_times_end_in_z():
    assert codec.rfc3339(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00.000Z"


def test_ids_sort_by_time_and_are_version_7():
    ids = [new_id() for _ in range(50)]
    assert all(each.version == 7 and each.variant == "specified in RFC 4122" for each in ids)
    assert [each.int >> 80 for each in ids] == sorted(each.int >> 80 for each in ids)
    assert parse_id(str(ids[0])) == ids[0]
