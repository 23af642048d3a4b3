"""Sheets: where their tables are, what their columns are called, what their figures look like."""

import io
import zipfile

import pytest

from edu.multimodal.base import Limits, TooManyPages
from edu.multimodal.base.cells import TooManyCells
from edu.multimodal.base.figures import shown
from edu.multimodal.data import Unreadable
from edu.multimodal.formats.csv import Csv
from edu.multimodal.formats.ods import Ods
from edu.multimodal.formats.xlsx import Xlsx
from edu.multimodal.logic.chunks import chunks
from edu.multimodal.logic.citations import rows_of
from tests.multimodal.kinds import ods, xlsx


def read(form, content, folder, **limits):
    place = folder / "file"
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return form.read(place, folder, Limits(**limits), lambda share, stage: None)


def said(blocks):
    return [(block.text, block.locator["range"]) for block in blocks]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.25", "0%", "25%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("-1234.5", "#,##0.00;(#,##0.00)", "(1,234.50)"),
        ("-3", "0;-0", "-3"),
        ("0", '0;-0;"none"', "none"),
        ("5", ";;;", ""),
        ("44986.75", "d/m/yyyy h:mm AM/PM", "1/3/2023 6:00 PM"),
        ("44986", "[$-407]d. mmmm yyyy", "1. March 2023"),
        ("1.5", "[h]:mm", "36:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "", "0.3"),
        ("1.25", "# ?/?", "1 1/4"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("12.5", "#,##0.00 [$€-407]", "12.50 €"),
        ("1500000", '0.0,,"M"', "1.5M"),
        ("7", "000", "007"),
        ("-0.001", "0.0", "0.0"),
        ("nan", "0", "nan"),
        ("x", "0", "x"),
        ("1e300", "yyyy", "1E+300"),
        ("3", "[Red][>2]0.0;0", "3.0"),
    ],
)
def test_a_figure_is_read_as_it_is_shown(value, code, text):
    assert shown(value, code) == text


def test_a_book_keeps_its_formulas_values_and_leaves_out_what_is_hidden(tmp_path):
    document = read(Xlsx(), xlsx.content(), tmp_path)
    text = "\n".join(block.text for block in document.blocks)
    assert "2023 Sum: 1,235" in text and "unseen" not in text
    assert [block.text for block in document.blocks if block.kind == "heading"] == [
        *("Rainfall", "Rain by country", "About"),
    ]


def test_several_tables_of_a_sheet_have_names_of_their_own(tmp_path):
    table = "a,b,,x,y\n1,2,,3,4\n5,6,,7,8\n\nA note that belongs to nothing\n\nc,d\n9,10\n"
    assert said(read(Csv(), table, tmp_path).blocks) == [
        *(("a: 1; b: 2", "A2:B2"), ("a: 5; b: 6", "A3:B3")),
        *(("x: 3; y: 4", "D2:E2"), ("x: 7; y: 8", "D3:E3")),
        ("A note that belongs to nothing", "A5"),
        ("c: 9; d: 10", "A8:B8"),
    ]


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (b"a\tb\n1\t2\n", "a: 1; b: 2"),
        (b"sep=|\na|b\n1|2,5\n", "a: 1; b: 2,5"),
        ("ä;b\n1,5;2,5\n".encode("utf-16"), "ä: 1,5; b: 2,5"),
        ("ä;Größe\n1,5;für Bäume\n".encode("cp1252") * 4, "ä: 1,5; Größe: für Bäume"),
        (b'a,b\n"x, y",2\n', "a: x, y; b: 2"),
        (b'a,b\n5" disk,2\n', 'a: 5" disk; b: 2'),
        (b'a,b\n"never closed,2\n' + b"1,2\n" * 300, 'a: "never closed; b: 2'),
        (b"Height,12\nWidth,13\n", "Height: 12"),
        (b"1,2,3\n4,5,6\n", "1; 2; 3"),
        (b"only one column\nand no more\n", "only one column"),
    ],
)
def test_any_sign_between_cells_and_any_encoding_will_do(tmp_path, content, first):
    assert read(Csv(), content, tmp_path).blocks[0].text == first


def test_a_quote_points_at_its_own_rows():
    place = {"kind": "cell", "sheet": "", "range": "A2:C4"}
    text = "a: 1\na: 2\na: 3"
    assert rows_of(place, (5, 9), text)["range"] == "A3:C3"
    assert rows_of(place, (2, 9), text)["range"] == "A2:C3"
    assert rows_of({**place, "range": "A2:C9"}, (5, 9), text)["range"] == "A2:C9"


def test_cells_that_stand_for_very_many_are_not_all_written_out(tmp_path):
    wide = ods.cell("x", 'table:number-columns-repeated="99999999"')
    row = ods.row(wide, more='table:number-rows-repeated="9"')
    body = f'<table:table table:name="T">{row}</table:table>'
    assert len(read(Ods(), ods.packed("spreadsheet", body), tmp_path).blocks[1].text) == 2998
    with pytest.raises(TooManyCells):
        read(Ods(), ods.packed("spreadsheet", body), tmp_path, cells=5)
    with pytest.raises(TooManyPages):
        read(Xlsx(), xlsx.content(), tmp_path, characters=20)


def test_entities_and_strange_numbers_in_a_book_harm_nothing(tmp_path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx.content())) as source, zipfile.ZipFile(out, "w") as target:
        for each in source.namelist():
            text = source.read(each).decode()
            if each == "xl/sharedStrings.xml":
                text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + text.replace("Spain", "&l9;")
            target.writestr(each, text)
    try:
        assert "haha" not in str(read(Xlsx(), out.getvalue(), tmp_path).blocks)
    except Unreadable as error:
        assert error.detail.endswith(".")
    strange = '<sheetData><row r="1"><c r="A1" t="s"><v>999</v></c><c r="ZZZ1"><v>1e9</v></c>'
    strange += '<c t="s"><v>-5</v></c><c s="99"><v>3</v></c></row></sheetData>'
    assert read(Xlsx(), xlsx.content(strange), tmp_path).blocks


def test_charts_are_told_in_words_at_their_cells(tmp_path):
    from openpyxl import Workbook
    from openpyxl.chart import BarChart, Reference, ScatterChart, Series

    book = Workbook()
    data = book.active
    data.title = "Data"
    for row in [("Year", "North", "South"), (2019, 12, 8), (2020, 15, 9.5)]:
        data.append(row)
    bars = BarChart()
    bars.title, bars.x_axis.title, bars.y_axis.title = "Sales", "Year", "Thousands"
    bars.add_data(
        Reference(data, min_col=2, max_col=3, min_row=1, max_row=3), titles_from_data=True
    )
    bars.set_categories(Reference(data, min_col=1, min_row=2, max_row=3))
    data.add_chart(bars, "E2")
    more = book.create_sheet("It's more")
    dots = ScatterChart()
    dots.x_axis.title, dots.y_axis.title = "Seconds", "°C"
    points = [Reference(data, min_col=column, min_row=2, max_row=3) for column in (3, 2)]
    dots.series.append(Series(*points, title="Water"))
    more.add_chart(dots, "A1")
    hidden = book.create_sheet("Hidden")
    hidden.add_chart(BarChart(), "A1")
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = Xlsx().read(tmp_path / "a.xlsx", tmp_path, Limits(), lambda share, sentence: None)
    charts = [block for block in found.blocks if block.kind == "picture"]
    assert [(block.locator["sheet"], block.text.split("\n")) for block in charts] == [
        (
            "Data",
            ["Sales – Thousands", "Year: 2019, 2020", "North: 12, 15", "South: 8, 9.5"],
        ),
        ("It's more", ["°C", "Seconds: 12, 15", "Water: 8, 9.5"]),
    ]
    assert charts[0].locator["range"].startswith("E2")
    pieces = chunks(found)
    assert [each.text for each in pieces if each.kind == "picture"] == [
        each.text for each in charts
    ]
