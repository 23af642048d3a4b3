"""A quote is found verbatim in its passage, or it is refused."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from edu.multimodal import api
from edu.multimodal.logic.citations import find_quote
from tests.multimodal.helpers import CELLS, bring

TEXT = (
    "The ﬁrst law — as “Fick” wrote it — says: flux is propor-\ntional to the\n  gradient. "
    "It’s well-\nknown, na\u0308mlich in 1855 … and later."
)


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("flux is", "flux is"),
        ("The first law", "The ﬁrst law"),
        ('as "Fick" wrote it', "as “Fick” wrote it"),
        ("law - as", "law — as"),
        ("proportional to the gradient", "propor-\ntional to the\n  gradient"),
        ("It's well-known", "It’s well-\nknown"),
        ("It's  well-known", "It’s well-\nknown"),
        ("n\u00e4mlich in 1855", "na\u0308mlich in 1855"),
        ("1855 ... and", "1855 … and"),
        ("  gradient. It's", "gradient. It’s"),
    ],
)
def test_spelling_of_signs_does_not_matter(quote, exact):
    span = find_quote(TEXT, quote)
    assert span
    assert TEXT[span[0] : span[1]] == exact


@pytest.mark.parametrize(
    "quote",
    ["", "   ", "...", "flux was", "FLUX", "the law of Fick", "gradient. It is", "x" * 5000],
)
def test_other_words_are_refused(quote):
    assert find_quote(TEXT, quote) is None


@settings(max_examples=200, deadline=None)
@given(some.text(max_size=60), some.integers(0, 59), some.integers(1, 60))
def test_whatever_stands_there_is_found_and_whatever_is_found_stands_there(text, start, length):
    quote = text[start : start + length]
    span = find_quote(text, quote)
    if any(sign.isalnum() for sign in quote.strip()):
        assert span is not None
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)


@pytest.fixture
def passage(work, teacher, course, tmp_path, db):
    bring(work, teacher, course, CELLS, tmp_path)
    return api.search(course=course.id, query="osmosis").results[0]


def test_a_citation_says_where_and_leads_there(passage):
    found = api.cite(passage=passage.passage, quote="movement of water   through a membrane")
    assert found.quote == "movement of water through a membrane"
    assert found.quote in passage.text
    assert (found.marker, found.material, found.title) == (0, passage.material, "cells")
    assert found.locator == passage.locator
    address = urlsplit(found.url)
    assert address.path == f"/materials/{passage.material}/"
    assert parse_qs(address.query) == {"passage": [passage.passage], "quote": [found.quote]}
    assert address.fragment == f"p-{passage.passage}"


def test_what_does_not_stand_there_is_not_cited(passage):
    assert api.cite(passage=passage.passage, quote="water is wet") is None


def test_a_passage_that_is_not_there_is_not_cited(passage, teacher):
    assert api.cite(passage="not an id", quote="water") is None
    assert api.cite(passage="0197a3c8-8f1b-7a60-9c1e-2b1f0f6f2b11", quote="water") is None
    api.remove(user=teacher.id, material=passage.material)
    assert api.cite(passage=passage.passage, quote="water") is None


def test_signs_of_an_address_in_a_quote_stay_in_the_quote():
    url = api.link(material="m", passage="p", quote="a&b=c#d/e?\"<x>' ä")
    assert parse_qs(urlsplit(url).query)["quote"] == ["a&b=c#d/e?\"<x>' ä"]
    assert urlsplit(url).fragment == "p-p"
