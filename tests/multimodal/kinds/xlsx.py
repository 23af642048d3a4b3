"""A book of two sheets: a title, merged names of columns, dates, shares, a formula, what is hidden."""

import io
import zipfile

FILE = "a.xlsx"
SAYS = "Country: France; 2023 Day: 2023-03-01; 2023 Share: 12.5%"
PLACE = {"kind": "cell", "sheet": "Rainfall", "range": "A4:D6"}

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
STRINGS = (
    *("Rain by country", "Country", "2023", "Day", "Share", "France", "Spain", "Italy"),
    "Sum",
)
SHEET = """<cols><col min="5" max="5" hidden="1"/></cols><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c></row>
<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c></row>
<row r="3"><c r="B3" t="s"><v>3</v></c><c r="C3" t="s"><v>4</v></c><c r="D3" t="s"><v>8</v></c></row>
<row r="4"><c r="A4" t="s"><v>5</v></c><c r="B4" s="1"><v>44986</v></c><c r="C4" s="2"><v>0.125</v></c>
<c r="D4" s="3"><f>C4*9880</f><v>1235</v></c><c r="E4" t="inlineStr"><is><t>unseen</t></is></c></row>
<row r="5"><c r="A5" t="s"><v>6</v></c><c r="B5" s="1"><v>44987</v></c><c r="C5" s="2"><v>0.5</v></c></row>
<row r="6"><c r="A6" t="s"><v>7</v></c><c r="B6" s="1"><v>44988</v></c><c r="C6" s="2"><v>1</v></c></row>
<row r="7" hidden="1"><c r="A7" t="inlineStr"><is><t>unseen</t></is></c></row>
</sheetData><mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:D2"/>
</mergeCells>"""
LAST = """<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>Rain is measured in millimetres.</t></is></c>
</row></sheetData>"""


def content(sheet: str = SHEET) -> bytes:
    """Return it, with another first sheet if one is given."""
    strings = "".join(f"<si><t>{each}</t></si>" for each in STRINGS)
    links = [("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")]
    links += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    related = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(links, 1)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Rainfall" sheetId="1" r:id="r1"/><sheet name="About" sheetId="2" r:id="r2"/>'
        '<sheet name="Keys" sheetId="3" state="hidden" r:id="r2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{related}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" '
        'formatCode="0.0%"/></numFmts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/>'
        '<xf numFmtId="3"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}">{LAST}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
