"""PDF: order, places, headings, tables, scans, and what is wrong with some."""

import re
from pathlib import Path

import pytest

from edu.multimodal.base import Limits, Locked, TooManyPages
from edu.multimodal.base.layout import groups
from edu.multimodal.base.ruled import grids
from edu.multimodal.base.words import Word, backwards
from edu.multimodal.data import Unreadable
from edu.multimodal.formats.pdf import Pdf
from tests.multimodal import samples

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ocr"


def read(content: bytes, tmp_path, **limits):
    place = tmp_path / "file.pdf"
    place.write_bytes(content)
    said = []
    document = Pdf().read(
        place, tmp_path, Limits(**limits), lambda share, stage: said.append((share, stage))
    )
    assert [share for share, _ in said] == sorted(share for share, _ in said)
    return document


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


@pytest.mark.parametrize("by_row", [True, False])
@pytest.mark.parametrize("gutter", [10, 22])
def test_it_reads_two_columns_in_their_order(tmp_path, by_row, gutter):
    content, texts = samples.two_columns(3, by_row=by_row, gutter=gutter)
    document = read(content, tmp_path)
    for page, paragraphs in enumerate(texts, 1):
        found = [block for block in document.blocks if block.locator["page"] == page]
        assert found[0].kind == "heading"
        assert [letters(block.text) for block in found[1:]] == [letters(p) for p in paragraphs]
        left, right = found[1].locator["box"], found[-1].locator["box"]
        assert left[2] < 0.5 < right[0]


def titled(lines, *, size=18, centred=False, right=False, body=2):
    """Return a PDF that begins with lines in large letters, one right under the other."""
    out, canvas = samples.paper()
    y = 770
    for line in lines:
        canvas.setFont(samples.face(True), size)
        draw = canvas.drawCentredString if centred else canvas.drawString
        draw = canvas.drawRightString if right else draw
        draw(297 if centred else 535 if right else 60, y, line)
        y -= 1.25 * size
    for number in range(body):
        canvas.setFont(samples.face(), 10.5)
        for line in samples.wrap(samples.prose(number), 475, 10.5, samples.face()):
            canvas.drawString(60, y, line)
            y -= 14
        y -= 10
    canvas.save()
    return out.getvalue()


def headings_of(document):
    return [(block.level, block.text) for block in document.blocks if block.kind == "heading"]


@pytest.mark.parametrize("layout", [{}, {"centred": True}, {"right": True}])
@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("The honeybee", "The colony"),
        ("Die Geschichte des Papiers", "Anfänge in China"),
        ("Rust", "What it is"),
        ("L'eau", "Évaporation"),
    ],
)
def test_a_title_right_above_a_heading_of_its_size_is_not_one_with_it(
    tmp_path, layout, title, heading
):
    document = read(titled([title, heading], **layout), tmp_path)
    assert headings_of(document) == [(1, title), (2, heading)]
    assert document.title == title


@pytest.mark.parametrize("layout", [{}, {"centred": True}])
@pytest.mark.parametrize(
    "lines",
    [
        ["How photosynthesis feeds plants and almost", "Everything that lives"],
        ["A short history of", "Glass"],
        ["Vom Leben der", "Bienen"],
        ["Salt:", "What it does"],
        ["Chapter 3", "Osmosis"],
        ["The movement", "of water"],
    ],
)
def test_a_title_that_goes_on_in_the_next_line_is_one(tmp_path, layout, lines):
    assert headings_of(read(titled(lines, **layout), tmp_path)) == [(1, " ".join(lines))]


def test_it_tells_headings_by_their_size_and_drops_headers_and_page_numbers(tmp_path):
    sections = [
        (f"{n}. Heading number {n}", [samples.prose(n), samples.prose(n + 50)]) for n in range(1, 7)
    ]
    document = read(samples.pdf(sections, header="Water in plants, a course"), tmp_path)
    headings = [block.text for block in document.blocks if block.kind == "heading"]
    assert headings == [heading for heading, _ in sections]
    texts = " ".join(block.text for block in document.blocks)
    assert "a course" not in texts and "Page 3" not in texts
    assert [letters(block.text) for block in document.blocks if block.kind == "text"] == [
        letters(paragraph) for _, paragraphs in sections for paragraph in paragraphs
    ]
    assert document.pages == 6


def test_it_takes_levels_from_the_outline_and_the_title_from_the_file(tmp_path):
    document = read(samples.pdf(title="Plants and water", outline=True), tmp_path)
    assert document.title == "Plants and water"
    assert {block.level for block in document.blocks if block.kind == "heading"} == {1}


def test_it_makes_broken_words_whole_and_gives_a_sentence_back_its_end(tmp_path):
    out, canvas = samples.paper()
    canvas.setFont(samples.face(), 11)
    for y, line in (
        (300, "Die Photo-"),
        (286, "synthese braucht das wohl-"),
        (272, "bekannte Licht und"),
    ):
        canvas.drawString(60, y, line)
    canvas.showPage()
    canvas.setFont(samples.face(), 11)
    canvas.drawString(60, 780, "auch Wasser. Ohne beides steht sie still.")
    canvas.save()
    first, second = read(out.getvalue(), tmp_path).blocks
    assert first.text == "Die Photosynthese braucht das wohlbekannte Licht und auch Wasser."
    assert second.text == "Ohne beides steht sie still." and second.locator["page"] == 2


def test_it_keeps_ruled_tables_and_lined_up_ones_row_by_row(tmp_path):
    out, canvas = samples.paper()
    canvas.setFont(samples.face(), 10)
    rows = [("Substance", "Mass", "Price"), ("Water", "18", "1.20"), ("Sugar", "342", "3.40")]
    for top, ruled in ((700, True), (500, False)):
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(64 + column * 150, top - at * 20, text)
        if ruled:
            canvas.grid([60, 210, 360, 510], [top + 14 - n * 20 for n in range(4)])
    canvas.save()
    tables = [block for block in read(out.getvalue(), tmp_path).blocks if block.kind == "table"]
    assert [block.text for block in tables] == [
        "Substance | Mass | Price\nWater | 18 | 1.20\nSugar | 342 | 3.40"
    ] * 2


def test_it_reads_arabic_letters_in_their_order_whichever_the_file_has(tmp_path):
    out, canvas = samples.paper()
    canvas.setFont(samples.face(), 14)
    shown = "التناضح انتقال الماء"  # drawn from the left, sign by sign, as old writers do
    canvas.drawString(100, 700, shown[::-1])
    canvas.save()
    (block,) = read(out.getvalue(), tmp_path).blocks
    assert block.text == shown


def test_it_hands_pages_without_text_over_as_pictures(tmp_path):
    document = read(samples.scanned_pdf(2), tmp_path)
    assert document.blocks == []
    assert [(p.locator, p.whole, p.after) for p in document.pictures] == [
        ({"kind": "page", "page": 1}, True, -1),
        ({"kind": "page", "page": 2}, True, -1),
    ]
    from PIL import Image

    with Image.open(tmp_path / document.pictures[0].path) as image:
        assert image.width == pytest.approx(595 / 72 * 200, abs=2)


def test_it_hands_figures_over_with_their_place_but_not_logos(tmp_path):
    import io

    from reportlab.lib.utils import ImageReader

    picture = ImageReader(io.BytesIO(samples.png("A figure", size=(600, 400))))
    out, canvas = samples.paper()
    for page in range(4):
        canvas.setFont(samples.face(), 11)
        canvas.drawString(60, 700, samples.prose(page, 1))
        canvas.drawImage(picture, 60, 780, 100, 50)
        if page == 1:
            canvas.drawImage(picture, 100, 300, 300, 200)
        canvas.drawString(60, 200, samples.prose(page + 9, 1))
        canvas.showPage()
    canvas.save()
    document = read(out.getvalue(), tmp_path)
    (figure,) = document.pictures
    assert figure.locator["page"] == 2 and not figure.whole
    assert figure.locator["box"] == pytest.approx(
        [100 / 595, 342 / 842, 400 / 595, 542 / 842], abs=0.01
    )
    assert document.blocks[figure.after].locator["page"] == 2
    assert document.blocks[figure.after].text == samples.prose(1, 1)


def test_blank_pages_are_no_pictures(tmp_path):
    document = read(samples.empty_pages_pdf(3), tmp_path)
    assert (document.pages, document.blocks, document.pictures) == (3, [], [])


def test_it_draws_a_page(tmp_path):
    from PIL import Image

    place = tmp_path / "file.pdf"
    place.write_bytes(samples.pdf())
    with Image.open(Pdf().picture(place, 2, tmp_path, 600)) as image:
        assert image.width in (600, 601) and image.height > 800
    with pytest.raises(Unreadable, match="no such page"):
        Pdf().picture(place, 3, tmp_path, 600)


def test_it_names_what_is_wrong(tmp_path):
    with pytest.raises(Locked, match="password"):
        read(samples.locked_pdf(), tmp_path)
    with pytest.raises(TooManyPages, match="10000 pages; the limit is 3000"):
        read(samples.empty_pages_pdf(10_000), tmp_path)
    with pytest.raises(Unreadable, match="damaged"):
        read(b"%PDF-1.7\nnothing else", tmp_path)
    with pytest.raises(Unreadable):
        read(samples.empty_pages_pdf(0), tmp_path)


def test_pages_that_cannot_be_read_are_named(tmp_path):
    broken = samples.empty_pages_pdf(3).replace(b"4 0 obj<</Type/Page/", b"4 0 obj<</Type/Xage/")
    found = read(broken, tmp_path)
    assert [(each.name, "could not be read" in each.why) for each in found.left] == [("p. 2", True)]
    assert read(samples.empty_pages_pdf(3), tmp_path).left == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not on this machine")
def test_it_reads_real_awkward_files(tmp_path):
    tagged = read((SHARED / "tagged.pdf").read_bytes(), tmp_path)
    assert [b.text for b in tagged.blocks if b.kind == "table"] == [
        "Column 1 | Column 2\nCell 1 | Cell 2\nCell 3 | Cell 4"
    ]
    for name, pages in (("skew", 1), ("rotated_skew", 1), ("multipage", 6)):
        document = read((SHARED / f"{name}.pdf").read_bytes(), tmp_path)
        assert document.pages == pages and document.pictures, name
    assert read((SHARED / "no_contents.pdf").read_bytes(), tmp_path).blocks == []
    with pytest.raises(Unreadable):
        read((SHARED / "invalid.pdf").read_bytes(), tmp_path)


def test_three_columns_are_read_one_after_the_other():
    words = [
        Word(
            f"{column}{row}wordsofaline",
            50 + column * 170,
            row * 14,
            200 + column * 170,
            row * 14 + 11,
            10,
        )
        for row in range(6)
        for column in range(3)
    ]
    text = " ".join(line.text for group in groups(words) for line in group.lines)
    order = [int(each[:2]) for each in text.split()]
    assert order == sorted(order)


def test_a_frame_is_not_a_table():
    frame = [(0, 0, 100, 0), (0, 50, 100, 50), (0, 0, 0, 50), (100, 0, 100, 50)]
    assert grids([tuple(map(float, line)) for line in frame]) == []


def test_ligatures_keep_the_order_of_their_letters():
    assert backwards([(10.0, "م"), (20.0, "ا"), (20.0, "ل"), (30.0, "س")]) == "سلام"
    assert backwards([(30.0, "ع"), (20.0, "م"), (11.0, "2"), (10.0, "1")]) == "عم12"


def test_a_page_that_lies_on_its_side_is_read_as_it_is_shown(tmp_path):
    import pypdfium2

    file = pypdfium2.PdfDocument(samples.two_columns(1)[0])
    file[0].set_rotation(90)
    file.save(tmp_path / "turned.pdf")
    content = (tmp_path / "turned.pdf").read_bytes()
    document = read(content, tmp_path)
    # Shown so, the lines run from top to bottom; what they say is the same, and so is their order.
    _, texts = samples.two_columns(1)
    found = [block for block in document.blocks if block.kind == "text"]
    assert [letters(block.text) for block in found] == [letters(text) for text in texts[0]]
    assert found[0].locator["box"][0] > found[0].locator["box"][1], (
        "at the right, seen from the side"
    )


def test_a_page_with_a_hundred_thousand_strokes_is_read_in_good_time(tmp_path):
    import time

    out, canvas = samples.paper()
    path = canvas.beginPath()
    for n in range(20_000):
        path.moveTo(n % 500 + 20, n // 50 + 20)
        path.lineTo(n % 500 + 27, n // 50 + 20)
        if n % 300 == 299:
            canvas.drawPath(path)
            path = canvas.beginPath()
    canvas.setFont(samples.face(), 11)
    canvas.drawString(60, 700, "A map with a word on it.")
    canvas.save()
    began = time.process_time()
    document = read(out.getvalue(), tmp_path)
    assert [block.text for block in document.blocks] == ["A map with a word on it."]
    assert time.process_time() - began < 5
