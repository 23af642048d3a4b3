"""Passages: whole sentences, one heading, one place, nothing lost."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.common.language import count_words, sentences
from edu.multimodal.base import Limits
from edu.multimodal.data import Block, Document
from edu.multimodal.formats.pdf import Pdf
from edu.multimodal.logic import tables
from edu.multimodal.logic.chunks import MOST, chunks
from tests.multimodal import samples


def at(paragraph: int, *path: str):
    return {"kind": "section", "path": list(path), "paragraph": paragraph}


def book(*texts: str, path=("Water",)) -> Document:
    blocks = [
        Block("heading", heading, at(0, *path), level) for level, heading in enumerate(path, 1)
    ]
    blocks += [Block("text", text, at(n, *path)) for n, text in enumerate(texts, 1)]
    return Document(blocks=blocks)


def test_passages_are_whole_sentences_of_a_sensible_size_under_their_headings():
    texts = [samples.prose(n, 5) for n in range(20)]
    found = chunks(book(*texts, path=("Plants", "Water")))
    assert all(chunk.path == ["Plants", "Water"] and chunk.language == "en" for chunk in found)
    assert all(40 <= count_words(chunk.text) <= MOST for chunk in found)
    whole = [text[a:b] for text in texts for a, b in sentences(text, "en")]
    kept = [chunk.text[a:b] for chunk in found for a, b in sentences(chunk.text, "en")]
    assert kept == whole


def test_a_passage_begins_where_its_locator_says():
    texts = [samples.prose(n, 5) for n in range(6)]
    for chunk in chunks(book(*texts)):
        first = chunk.text.split(".")[0]
        assert first in texts[chunk.locator["paragraph"] - 1]


def test_it_never_mixes_two_sections_and_loses_no_heading():
    document = Document(
        blocks=[
            Block("heading", "Empty chapter", at(0), 1),
            Block("heading", "Osmosis", at(0), 1),
            Block("text", samples.prose(1, 2), at(1)),
            Block("heading", "Turgor", at(0), 1),
            Block("text", samples.prose(2, 2), at(1)),
            Block("heading", "The end", at(0), 1),
        ]
    )
    assert [(chunk.path, chunk.text[:11]) for chunk in chunks(document)] == [
        ([], "Empty chapt"),
        (["Osmosis"], "In case 1.0"),
        (["Turgor"], "In case 2.0"),
        ([], "The end"),
    ]


def test_a_passage_on_a_page_has_the_box_of_its_own_lines(tmp_path):
    place = tmp_path / "file.pdf"
    place.write_bytes(samples.pdf([("Osmosis", [samples.prose(1, 30)])]))
    document = Pdf().read(place, tmp_path, Limits(), lambda share, stage: None)
    found = chunks(document)
    assert len(found) >= 3
    boxes = [chunk.locator["box"] for chunk in found]
    assert all(chunk.locator.keys() == {"kind", "page", "box"} for chunk in found)
    for above, below in pairwise(boxes):
        assert above[1] < below[1] and above[3] <= below[1] + 0.03, "one after the other"


class Watched(str):
    """A text that knows how much of it was copied out."""

    copied = 0

    def __getitem__(self, wanted):
        got = super().__getitem__(wanted)
        self.copied += len(got)
        return got


def test_a_word_without_end_is_parted_without_reading_the_whole_rest_each_time():
    text = Watched("".join(random.Random(1).choices("abcdefghij", k=100_000)))
    found = chunks(book(text))
    assert "".join(chunk.text for chunk in found).replace(" ", "").replace("\n", "") == text
    assert text.copied < 20 * len(text)


def test_pages_and_slides_are_never_mixed():
    blocks = [
        Block("text", samples.prose(n, 1), {"kind": "page", "page": n, "box": [0, 0, 1, 1]})
        for n in range(1, 5)
    ]
    assert [chunk.locator["page"] for chunk in chunks(Document(blocks=blocks))] == [1, 2, 3, 4]
    slides = [
        Block(kind, text, {"kind": "slide", "slide": n}, level)
        for n, kind, text, level in (
            (1, "heading", "Osmosis", 1),
            (1, "list", "Water moves through membranes", 0),
            (2, "text", "A slide without a title says this.", 0),
        )
    ]
    first, second = chunks(Document(blocks=slides))
    assert first.path == ["Osmosis"] and first.locator["slide"] == 1
    assert second.path == [] and second.locator["slide"] == 2


def test_a_passage_names_the_one_cell_sheet_or_line_that_it_stands_in():
    def cell(kind, text, number, path=()):
        return Block(kind, text, {**at(number, *path), "cell": number})

    cells = [
        *(cell("text", "We load the data.", 1), cell("code", "x = 7", 2), cell("code", "7", 2)),
        *(cell("code", "y = 8", 3), cell("text", "It grew.", 4), cell("text", "Other.", 4, ["B"])),
    ]
    found = chunks(Document(blocks=cells))
    assert [(each.locator["cell"], each.kind, each.text) for each in found] == [
        *((1, "text", "We load the data."), (2, "code", "x = 7\n7"), (3, "code", "y = 8")),
        *((4, "text", "It grew."), (4, "text", "Other.")),
    ]
    sheets = [
        Block("table", f"{name}: 1", {"kind": "cell", "sheet": name, "range": "A1:B2"})
        for name in "AB"
    ]
    assert [each.locator["sheet"] for each in chunks(Document(blocks=sheets))] == ["A", "B"]
    code = [f"value_{n} = measure(cell, {n}) + salt" for n in range(120)]
    listing = [Block("code", "\n".join(code), {**at(1), "line": 5})]
    parts = chunks(Document(blocks=listing))
    assert len(parts) > 2
    assert all(code[each.locator["line"] - 5] == each.text.split("\n")[0] for each in parts)


def test_what_is_said_to_a_slide_is_not_what_it_shows():
    slides = [
        Block(kind, text, {"kind": "slide", "slide": n}, level)
        for n, kind, text, level in (
            (1, "heading", "Osmosis", 1),
            (1, "list", "Water moves through membranes", 0),
            (1, "notes", "Ask what a cell does in salt water.", 0),
            (1, "notes", "Wait for three answers.", 0),
            (2, "notes", "This slide is only a picture.", 0),
            (3, "heading", "The end", 1),
            (3, "notes", "Thank everybody.", 0),
            (4, "heading", "Sources", 1),
            (4, "text", "A book on cells.", 0),
        )
    ]
    found = [
        (chunk.locator["slide"], chunk.path, chunk.kind, chunk.text)
        for chunk in chunks(Document(blocks=slides))
    ]
    assert found == [
        (1, ["Osmosis"], "list", "Water moves through membranes"),
        (
            1,
            ["Osmosis", "Notes"],
            "notes",
            "Ask what a cell does in salt water.\n\nWait for three answers.",
        ),
        (2, ["Notes"], "notes", "This slide is only a picture."),
        (3, ["The end", "Notes"], "notes", "Thank everybody."),
        (4, ["Sources"], "text", "A book on cells."),
    ]


def test_speech_is_cut_between_sentences_with_its_seconds():
    said = " ".join(samples.prose(n, 4) for n in range(8)).split()
    blocks, now = [], 0.0
    pick = random.Random(1)
    while said:  # segments end wherever somebody took breath
        size = pick.randrange(4, 12)
        part, said = said[:size], said[size:]
        place = {"kind": "time", "start": now, "end": now + size * 0.4}
        blocks.append(Block("text", " ".join(part), place))
        now += size * 0.4 + 0.1
    found = chunks(Document(blocks=blocks))
    assert len(found) > 2
    assert all(chunk.text.endswith(".") and chunk.text.startswith("In case") for chunk in found)
    times = [(chunk.locator["start"], chunk.locator["end"]) for chunk in found]
    assert times[0][0] == 0.0 and abs(times[-1][1] - blocks[-1].locator["end"]) < 0.01
    assert all(start < end for start, end in times)
    assert all(one[1] <= two[0] + 0.2 for one, two in pairwise(times))


def test_a_long_silence_ends_a_passage():
    blocks = [
        Block("text", samples.prose(1, 4), {"kind": "time", "start": 0.0, "end": 20.0}),
        Block("text", samples.prose(2, 4), {"kind": "time", "start": 26.0, "end": 50.0}),
    ]
    assert [chunk.locator["start"] for chunk in chunks(Document(blocks=blocks))] == [0.0, 26.0]


def test_tables_are_parted_between_rows_and_each_row_names_its_columns():
    row = "water and salt | 18 | moves through the membrane of a cell at night"
    said = "Name: {}water and salt; Mass: 18; Use: moves through the membrane of a cell at night"
    small = chunks(Document(blocks=[Block("table", f"Name | Mass | Use\n{row}", at(1))]))
    assert [chunk.text for chunk in small] == [said.format("")]
    large = "Name | Mass | Use\n" + "\n".join(f"{n}. {row}" for n in range(60))
    found = chunks(Document(blocks=[Block("table", large, at(1))]))
    assert len(found) > 3 and all(chunk.kind == "table" for chunk in found)
    assert [line for chunk in found for line in chunk.text.split("\n")] == [
        said.format(f"{n}. ") for n in range(60)
    ]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (
            "Preis (Euro) | Menge\n2 | 80\n3 | 60",
            ["Preis (Euro): 2; Menge: 80", "Preis (Euro): 3; Menge: 60"],
        ),
        (" | Uptake\nMonday | 3.5", ["Monday; Uptake: 3.5"]),
        ("Water | 18\nSalt | 58", ["Water: 18", "Salt: 58"]),
        ("Land | 1990 | 2000\nPeru | 22 | 26", ["Land: Peru; 1990: 22; 2000: 26"]),
        ("| Tree | Height |\n|---|:--|\n| Oak | |", ["Tree: Oak"]),
        ("البلد | السكان\nمصر | 100", ["البلد: مصر; السكان: 100"]),
        ("1 | 2 | 3\n4 | 5 | 6", ["1; 2; 3", "4; 5; 6"]),
        ("Name | Mass", ["Name: Mass"]),
    ],
)
def test_a_row_is_read_with_the_names_of_its_columns(table, lines):
    assert tables.rows(table) == lines


def test_what_is_said_twice_is_kept_once_but_another_number_is_another_thing():
    text = " ".join(samples.SENTENCES)
    twice = chunks(
        Document(
            blocks=[
                Block("heading", "One", at(0), 1),
                Block("text", text, at(1)),
                Block("heading", "Two", at(0), 1),
                Block("text", text.replace("which is called", "what is called"), at(1)),
                Block("heading", "Three", at(0), 1),
                Block("text", text + " It takes 20 minutes.", at(1)),
                Block("heading", "Four", at(0), 1),
                Block("text", text + " It takes 30 minutes.", at(1)),
            ]
        )
    )
    assert [chunk.path for chunk in twice] == [["One"], ["Three"], ["Four"]]


def test_a_table_of_names_is_in_the_language_that_is_usual_there():
    rows = ("Vulkan: Ätna; Höhe (m): 3357", "Vulkan: Vesuv; Höhe (m): 1281")
    table = Document(blocks=[Block("table", "\n".join(rows), at(1))])
    assert {each.language for each in chunks(table, usual="de")} == {"de"}
    text = book("Water moves through the membrane of a cell, and that is what it is called.")
    assert {each.language for each in chunks(text, usual="de")} == {"en"}


def test_a_passage_in_another_language_is_marked_as_such():
    german = (
        "Die Osmose ist die Wanderung von Wasser durch eine Membran, die nicht alles durchlässt."
    )
    document = Document(
        blocks=[
            Block("heading", "English", at(0), 1),
            *(Block("text", samples.prose(n), at(n)) for n in range(1, 4)),
            Block("heading", "Deutsch", at(0), 1),
            Block("text", german, at(1)),
        ]
    )
    assert [chunk.language for chunk in chunks(document)][-1] == "de"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "text", "list", "table", "code", "notes"]),
            st.text(min_size=1, max_size=3000),
        ),
        max_size=8,
    )
)
def test_whatever_the_blocks_nothing_is_lost_and_nothing_is_too_long(parts):
    blocks = [
        Block(kind, text, at(n), 1 if kind == "heading" else 0)
        for n, (kind, text) in enumerate(parts)
    ]
    found = chunks(Document(blocks=blocks))
    assert all(chunk.text.strip() and len(chunk.text) <= 3200 for chunk in found)
    said = "".join(
        "".join(chunk.text.split()) + "".join("".join(chunk.path).split()) for chunk in found
    )
    for kind, text in parts:
        if kind in ("text", "list", "notes"):
            # What is said twice is kept once, whatever stands between its words.
            assert all(sign in said for sign in set(text) if sign.isalnum())


_TABLE = "Ring | Mass | Use\nbrass | 4 | tram bells\ntin | 7 | spoons\nlead | 9 | roofs"
_POINTS = [
    Block("list", f"Point {each} is about the {each} of the works.", at(1)) for each in "abcd"
]


@pytest.mark.parametrize(
    ("before", "behind", "kinds"),
    [
        ((), _POINTS, ["table", "list"]),
        ((), [Block("code", "print(1)", at(1))], ["table", "code"]),
        ((), [Block("text", "Source: the works.", at(1))], ["table"]),
        ((), [Block("caption", "Table 1: Rings of the works.", at(1))], ["table"]),
        ((), [Block("text", "So it is. " + samples.prose(3, 4), at(1))], ["table", "text"]),
        ([Block("text", "These rings there are:", at(1))], _POINTS, ["table", "list"]),
    ],
)
def test_what_stands_behind_a_table_is_no_part_of_it(before, behind, kinds):
    found = chunks(Document(blocks=[*before, Block("table", _TABLE, at(1)), *behind]))
    assert [chunk.kind for chunk in found] == kinds
    assert all(block.text in " ".join(c.text for c in found) for block in behind)


def test_a_tiny_table_and_what_is_tiny_too_stay_together():
    tiny = [Block("table", "Mass | 4\nUse | bells", at(1)), Block("list", "One point", at(1))]
    assert len(chunks(Document(blocks=tiny))) == 1
