"""Words as the search index knows them."""

import pytest

from edu.multimodal.logic.lexemes import lexemes, query_words


@pytest.mark.parametrize(
    ("written", "asked", "found"),
    [
        ("It made 4,310 sacks.", "4310; 4.310; 4 310; 4'310; 4,310", True),
        ("Es waren 4.310 Stück.", "4310; 4.310; 4\u202f310; 4’310; 4,310", True),
        ("Ce sont 4 310 sacs.", "4310; 4.310; 4 310; 4'310; 310", True),
        ("Es sind 1'234'567.", "1234567; 1.234.567; 1,234,567; 1 234 567", True),
        ("It made 4310 sacks.", "4310; 4.310; 4 310; 4'310; 4,310", True),
        ("It was 4,310.5 long, 12,34,567 wide.", "4.310,5; 1234567", True),
        ("Of 0.125 and 3.14 in 1.5.2 and 1,23.", "0125; 314; 152; 123", False),
        ("Call 030 123 45 or 12 3456.", "30123; 123456; 12345", False),
    ],
)
def test_a_number_is_one_word_however_its_thousands_are_set_apart(written, asked, found):
    held = set(lexemes(written, "en"))
    for each in asked.split("; "):
        (word,) = query_words(each, ["en"])
        assert bool(held & set(word.forms)) is found, (each, word, held)


def test_numbers_are_asked_for_as_an_index_of_before_holds_them():
    forms = {each: query_words(each, ["en"])[0].forms for each in ("4310", "4,310", "4 310")}
    assert {"4310", "4,310", "4.310"} <= set(forms["4310"]) == set(forms["4,310"])
    assert "310" in forms["4 310"]
    assert lexemes("rows of 4 310 sacks", "en")[1:4] == ["4", "310", "4310"]
