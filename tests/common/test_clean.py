"""Text from outside is brought into a shape that can be stored, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.common.clean import line, prose
from edu.common.errors import Invalid


@given(st.text(alphabet=st.characters(), max_size=300))
def test_whatever_comes_can_be_stored_and_is_clean_twice(text):
    try:
        once = line(text, field="title", most=200)
    except Invalid as error:
        assert "title" in error.fields
        return
    assert once == line(once, field="title", most=200)
    assert "\x00" not in once
    assert "\n" not in once
    assert once.encode()
    assert 0 < len(once) <= 200


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b", "\x00", "\ud800", "\u202e", "\n"])
def test_nothing_is_nothing(nothing):
    with pytest.raises(Invalid):
        line(nothing, field="title", most=10)
    assert line(nothing, field="title", most=10, empty=True).strip("\u200b") == ""


@pytest.mark.parametrize("bad", [None, 5, ["x"], b"x"])
def test_what_is_no_text_is_refused(bad):
    with pytest.raises(Invalid, match="not right"):
        prose(bad, field="text", most=10)


def test_prose_keeps_its_lines():
    assert prose(" a\r\nb\rc\td\x07 ", field="text", most=20) == "a\nb\nc\td"


def test_the_limit_counts_what_is_kept():
    assert line("  abc  ", field="title", most=3) == "abc"
    with pytest.raises(Invalid) as error:
        line("abcd", field="title", most=3)
    assert error.value.fields == {"title": "This is too long. Use at most 3 characters."}


def test_letters_are_composed():
    assert line("e\u0301", field="title", most=1) == "\u00e9"
