"""What the authors of files say of pictures is read in every format that has a place for it."""

import base64
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from edu.multimodal.base import Limits, format_named
from edu.multimodal.base.album import said_of
from edu.multimodal.base.looks import seen
from edu.multimodal.logic.figures import is_figure

SAYS = "A plant cell in salt water, its membrane off the wall"


def picture(wide: int = 200, high: int = 160, shade: int = 90, kind: str = "PNG") -> bytes:
    """Return a picture with some lines in it."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (wide, high), "white")
    ImageDraw.Draw(image).rectangle((9, 9, wide - 9, high - 9), (shade, 20, 60), "black")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


PNG = picture()
EMF = struct.pack("<II4i4i", 1, 88, 0, 0, 900, 700, 0, 0, 9000, 7000) + b" EMF" + bytes(60)
URI = "data:image/png;base64," + base64.b64encode(PNG).decode()


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word() -> bytes:
    import docx

    file, out = docx.Document(), io.BytesIO()
    file.add_heading("Cells", 1)
    for number in range(3):
        file.add_paragraph(f"Paragraph {number} says what stands here.").add_run()
        file.add_picture(io.BytesIO(picture(shade=number * 40)))
    drawings = list(file.element.body.iter("{*}docPr"))
    drawings[0].set("descr", SAYS)
    drawings[1].set("descr", "picture1.png")
    drawings[2].set("descr", "A cell wall\n\nDescription automatically generated")
    file.save(out)
    return out.getvalue()


def slides() -> bytes:
    from pptx import Presentation

    show, out = Presentation(), io.BytesIO()
    slide = show.slides.add_slide(show.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, 900000, 900000).text_frame.text = "Osmosis"
    named = slide.shapes.add_picture(io.BytesIO(PNG), 0, 900000)
    named._element.nvPicPr.cNvPr.set("descr", SAYS)
    slide.shapes.add_picture(io.BytesIO(picture(shade=9)), 0, 1900000)  # named after its file
    group = slide.shapes.add_group_shape()
    group._element.nvGrpSpPr.cNvPr.set("descr", "Arrows from salt to water")
    show.save(out)
    return out.getvalue()


def sheet() -> bytes:
    here = "http://schemas.openxmlformats.org"
    kinds = f"{here}/officeDocument/2006/relationships"

    def links(**targets: str) -> str:
        each = "".join(
            f'<Relationship Id="{name}" Type="{kinds}/{kind}" Target="{target}"/>'
            for name, (kind, target) in targets.items()
        )
        return f'<Relationships xmlns="{here}/package/2006/relationships">{each}</Relationships>'

    main = f'xmlns="{here}/spreadsheetml/2006/main" xmlns:r="{kinds}"'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {main}><sheets><sheet name="Rain" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": links(a=("worksheet", "worksheets/s.xml")),
            "xl/worksheets/s.xml": f'<worksheet {main}><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
            "<t>Rain in May</t></is></c></row></sheetData></worksheet>",
            "xl/worksheets/_rels/s.xml.rels": links(d=("drawing", "../drawings/d.xml")),
            "xl/drawings/d.xml": f'<x:wsDr xmlns:x="{here}/drawingml/2006/spreadsheetDrawing" '
            f'xmlns:a="{here}/drawingml/2006/main" xmlns:r="{kinds}"><x:twoCellAnchor>'
            "<x:from><x:col>1</x:col><x:row>2</x:row></x:from><x:to><x:col>3</x:col><x:row>8</x:row></x:to>"
            f'<x:pic><x:nvPicPr><x:cNvPr id="2" name="Picture 1" descr="{SAYS}"/></x:nvPicPr>'
            '<x:blipFill><a:blip r:embed="p"/></x:blipFill></x:pic></x:twoCellAnchor></x:wsDr>',
            "xl/drawings/_rels/d.xml.rels": links(p=("image", "../media/p.png")),
            "xl/media/p.png": PNG,
        }
    )


ODF = (
    '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:draw="d" xmlns:svg="s" '
    'xmlns:xlink="x" xmlns:table="b"><office:body>%s</office:body></office:document-content>'
)
FRAME = (
    '<draw:frame svg:y="2cm"><draw:image xlink:href="Pictures/%s"/>'
    f"<svg:title>{SAYS}</svg:title></draw:frame>"
)


def opened(kind: str, body: str) -> bytes:
    parts = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": ODF % body}
    return packed({**parts, "Pictures/a.png": PNG, "Pictures/a.emf": EMF})


def book() -> bytes:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Cells</h1><p>Words stand here.</p>'
        f'<p><img src="a.png" alt="{SAYS}"/></p>'
        '<p>The sign <img src="b.png" alt="alpha"/> is a letter.</p>'
        '<figure><img src="a.png" alt=""/><figcaption>Fig. 2: A cell that has burst</figcaption></figure>'
        "</body></html>"
    )
    root = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return packed(
        {
            "META-INF/container.xml": "<container><rootfiles>"
            '<rootfile full-path="c.opf"/></rootfiles></container>',
            "c.opf": root,
            "a.xhtml": page,
            "a.png": PNG,
            "b.png": picture(20, 20),
        }
    )


def notebook() -> bytes:
    coded = base64.b64encode(PNG).decode()
    markdown = ["# Cells\n", f"![{SAYS}](attachment:a.png)\n", "\n", f"![image.png]({URI})"]
    output = {"output_type": "display_data", "data": {"image/png": coded}, "metadata": {}}
    cells = [
        {
            "cell_type": "markdown",
            "source": markdown,
            "attachments": {"a.png": {"image/png": coded}},
        },
        {
            "cell_type": "code",
            "source": "#| fig-alt: A curve that rises\nplot()",
            "outputs": [output],
        },
    ]
    return json.dumps({"cells": cells, "nbformat": 4}).encode()


def tagged() -> bytes:
    """Return a PDF of one page: a line of text, and a drawing that is described."""
    drawn = b"BT /F1 12 Tf 72 700 Td (Osmosis moves water.) Tj ET /Figure <</MCID 0>> BDC "
    drawn += b"0.2 0.4 0.8 rg 100 300 200 150 re f 120 320 80 60 re S EMC"
    said = SAYS.encode().replace(b"(", b"\\(")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/StructTreeRoot/K[7 0 R]/ParentTree 8 0 R>>",
        b"<</Type/StructElem/S/Figure/P 6 0 R/Pg 3 0 R/K 0/Alt(%s)>>" % said,
        b"<</Nums[0 [7 0 R]]>>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, rows)
    return (
        out
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(parts) + 1,
            len(out),
        )
    )


TEX = rf"""\section{{Cells}} Words stand here.
\begin{{figure}}[h]\includegraphics[width=3cm,alt={{{SAYS}}}]{{a.png}}\caption{{Fig one}}\end{{figure}}
\begin{{figure}}\includegraphics{{b}}\caption{{A cell that has \emph{{burst}}\label{{b}}}}\end{{figure}}
\begin{{table}}\caption{{Sizes of cells}}\begin{{tabular}}{{ll}}a & b\end{{tabular}}\end{{table}}"""
MARKDOWN = f"""# Cells

Words stand here.

![{SAYS}](pictures/a.png)

The sign ![alpha](b.png) is a letter.

<img src="c.png" alt="A cell that has burst">

![IMG_2034.jpeg](d.jpeg)
"""
HTML = f"""<html><body><article><h1>Cells</h1><p>Many words stand here, so that this is the article.</p>
<img src="{URI}" alt="{SAYS}"><p>More words of the article follow.</p>
<p><img src="https://cells.example/a.png" alt="A cell that has burst"></p></article></body></html>"""


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("docx", word, [(SAYS, True), ("", True), ("A cell wall", True)]),
        ("pptx", slides, [("Arrows from salt to water", False), (SAYS, True), ("", True)]),
        ("xlsx", sheet, [(SAYS, True)]),
        (
            "odt",
            lambda: opened(
                "text",
                f"<office:text><text:p>Words stand here.{FRAME % 'a.png'}</text:p>"
                f"<text:p>{FRAME % 'a.emf'}</text:p></office:text>",
            ),
            [(SAYS, True), (SAYS, False)],
        ),
        (
            "odp",
            lambda: opened(
                "presentation",
                f"<office:presentation><draw:page>{FRAME % 'a.png'}</draw:page></office:presentation>",
            ),
            [(SAYS, True)],
        ),
        (
            "ods",
            lambda: opened(
                "spreadsheet",
                '<office:spreadsheet><table:table table:name="Rain"><table:table-row><table:table-cell>'
                f"<text:p>May</text:p></table:table-cell><table:table-cell>{FRAME % 'a.png'}"
                "</table:table-cell></table:table-row></table:table></office:spreadsheet>",
            ),
            [(SAYS, True)],
        ),
        ("epub", book, [(SAYS, True), ("Fig. 2: A cell that has burst", True)]),
        ("html", HTML.encode, [(SAYS, True), ("A cell that has burst", False)]),
        ("markdown", MARKDOWN.encode, [(SAYS, False), ("A cell that has burst", False)]),
        ("ipynb", notebook, [(SAYS, True), ("", True), ("A curve that rises", True)]),
        ("latex", TEX.encode, [(SAYS, False), ("A cell that has burst", False)]),
        ("pdf", tagged, [(SAYS, True)]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_reads_what_authors_say_of_pictures(kind, content, expected, tmp_path):
    (tmp_path / "file").write_bytes(content())
    found = format_named(kind).read(tmp_path / "file", tmp_path, Limits(), lambda *_told: None)
    found = seen(found, tmp_path, Limits(), lambda *_told: None)
    assert [(each.alt, bool(each.path)) for each in found.pictures] == expected
    assert all(is_figure(each) and each.look["mark"] for each in found.pictures)
    assert all(-1 <= each.after < len(found.blocks) for each in found.pictures)
    words = " ".join(each.text for each in found.blocks)
    assert SAYS not in words  # it is said once
    for each in found.pictures:
        assert not each.path or Path(tmp_path / each.path).is_file()
    if kind in ("epub", "markdown"):
        assert "The sign alpha is a letter." in words
    if kind == "docx":
        assert [each.guessed for each in found.pictures] == [False, False, True]
    if kind == "latex":
        assert "Fig one" in words and "Sizes of cells" in words
    if kind == "pdf":
        assert found.pictures[0].worded  # drawn of lines: nothing in it is to be read
    if kind == "xlsx":
        assert found.pictures[0].locator == {"kind": "cell", "sheet": "Rain", "range": "B3:D9"}
    if kind == "odt":
        assert found.pictures[1].media_type == "image/emf"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (["A cell"], ("A cell", False)),
        (["Cell", "A cell in water"], ("Cell: A cell in water", False)),
        (["A cell", "A cell in water"], ("A cell in water", False)),
        ([None, "  "], ("", False)),
        (["IMG_0231.JPG"], ("", False)),
        (["C:\\Users\\a\\my cell.png"], ("", False)),
        (["https://cells.example/a"], ("", False)),
        (["Picture 3"], ("", False)),
        (["Grafik 12"], ("", False)),
        (["图片 1"], ("", False)),
        (["Ein Baum\n\nAutomatisch generierte Beschreibung"], ("Ein Baum", True)),
        (["A tree\n\nAI-generated content may be incorrect."], ("A tree", True)),
        (["Description automatically generated with low confidence"], ("", False)),
        (["Image of a cell"], ("Image of a cell", False)),
    ],
)
def test_names_of_files_say_nothing(said, kept):
    assert said_of(*said) == kept
