"""Word files and slides."""

import io
import zipfile

import pytest

from edu.multimodal.base import Limits, TooManyPages, TooMuchInside
from edu.multimodal.data import Unreadable
from edu.multimodal.formats.docx import Docx
from edu.multimodal.formats.pptx import Pptx
from tests.multimodal import samples


def read(form, content: bytes, tmp_path, **limits):
    place = tmp_path / "file"
    place.write_bytes(content)
    return form.read(place, tmp_path, Limits(**limits), lambda share, stage: None)


def test_word_files_give_the_path_of_headings_and_the_paragraph(tmp_path):
    document = read(Docx(), samples.docx(), tmp_path)
    assert document.title == "Water in plants"
    found = [
        (block.kind, block.text[:13], block.locator["path"][1:], block.locator["paragraph"])
        for block in document.blocks
    ]
    assert found[:5] == [
        ("heading", "Water in plan", [], 0),
        ("heading", "Chapter 1", ["Chapter 1"], 0),
        ("heading", "Osmosis", ["Chapter 1", "Osmosis"], 0),
        ("text", "In case 1.0 t", ["Chapter 1", "Osmosis"], 1),
        ("text", "In case 2.0 o", ["Chapter 1", "Osmosis"], 2),
    ]
    assert [(kind, text) for kind, text, _, _ in found[5:]] == [
        ("heading", "Turgor"),
        ("list", "firm cells"),
        ("list", "upright stems"),
        ("table", "Substance | M"),
    ]
    assert document.blocks[-1].text == "Substance | Mass\nWater | 18"
    (picture,) = document.pictures
    assert picture.after == 8 and (tmp_path / picture.path).exists()


def test_headings_are_known_by_their_outline_level_whatever_their_style_is_called(tmp_path):
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    file = docx.Document()
    style = file.styles.add_style("Überschriftchen", 1)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    style.element.get_or_add_pPr().append(level)
    file.add_paragraph("Wasser", style="Überschriftchen")
    out = io.BytesIO()
    file.save(out)
    (block,) = read(Docx(), out.getvalue(), tmp_path).blocks
    assert (block.kind, block.level) == ("heading", 2)


def test_bold_lines_are_headings_where_nothing_else_marks_them(tmp_path):
    import docx

    def made(styled: bool) -> bytes:
        file = docx.Document()
        if styled:
            file.add_heading("A real heading", 1)
        file.add_paragraph().add_run("Water in plants").bold = True
        file.add_paragraph(samples.SENTENCES[0])
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()

    kinds = [
        [b.kind for b in read(Docx(), made(styled), tmp_path).blocks] for styled in (False, True)
    ]
    assert kinds == [["heading", "text"], ["heading", "text", "text"]]


def test_the_text_of_a_box_is_read_once(tmp_path):
    import docx
    from lxml import etree

    file = docx.Document()
    paragraph = file.add_paragraph("Before. ")
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    paragraph._p.append(
        etree.fromstring(
            f"<w:r {names}><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    out = io.BytesIO()
    file.save(out)
    (block,) = read(Docx(), out.getvalue(), tmp_path).blocks
    assert block.text == "Before. In the box."


def test_slides_give_titles_points_tables_charts_notes_and_pictures(tmp_path):
    document = read(Pptx(), samples.pptx(), tmp_path)
    assert document.title == "Water in plants" and document.pages == 3
    assert [(block.locator["slide"], block.kind, block.text) for block in document.blocks] == [
        (1, "heading", "Water in plants"),
        (1, "text", "A short course"),
        (2, "heading", "Osmosis"),
        (2, "list", "Water moves through a membrane"),
        (2, "list", "from less solute to more solute"),
        (2, "notes", "Ask what happens to a cell in salt water."),
        (3, "heading", "Measured"),
        (3, "table", "Substance | Mass\nWater | 18"),
        (3, "table", " | Uptake\nMonday | 3.5\nTuesday | 4.25"),
    ]
    (picture,) = document.pictures
    assert picture.locator == {"kind": "slide", "slide": 3} and picture.after == 8


def test_more_slides_than_the_limit_are_refused(tmp_path):
    with pytest.raises(TooManyPages, match="3 pages; the limit is 2"):
        read(Pptx(), samples.pptx(), tmp_path, pages=2)


def test_bombs_are_refused_before_they_are_opened(tmp_path):
    with pytest.raises(TooMuchInside, match="unpacks to"):
        read(Docx(), samples.packed_bomb(megabytes=60), tmp_path)


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (Docx(), samples.with_entities(samples.docx())),
        (Pptx(), samples.with_entities(samples.pptx(), "ppt/presentation.xml")),
        (Docx(), samples.pptx()),
        (Docx(), samples.docx()[:5000]),
    ],
)
def test_laughs_cut_off_files_and_files_of_another_kind_are_unreadable(tmp_path, form, content):
    with pytest.raises(Unreadable):
        read(form, content, tmp_path)


def test_entities_from_outside_are_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read me")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(samples.docx())) as source, zipfile.ZipFile(out, "w") as target:
        for each in source.infolist():
            data = source.read(each.filename)
            if each.filename == "word/document.xml":
                head, body = data.split(b"?>", 1)
                entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
                data = head + b"?>" + entity + body.replace(b"firm cells", b"&e;", 1)
            target.writestr(each.filename, data)
    try:
        document = read(Docx(), out.getvalue(), tmp_path)
    except Unreadable:
        return
    assert "do not read me" not in " ".join(block.text for block in document.blocks)


def test_footnotes_are_read_after_the_text(tmp_path):
    import docx
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    file = docx.Document()
    file.add_paragraph("Osmosis moves water.")
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {name}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>Pfeffer, 1877.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), file.part.package)
    file.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )
    out = io.BytesIO()
    file.save(out)
    document = read(Docx(), out.getvalue(), tmp_path)
    assert [block.text for block in document.blocks] == ["Osmosis moves water.", "Pfeffer, 1877."]
