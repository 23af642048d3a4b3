"""A text with a title, a list in a list, a table, a note and a formula."""

import io
import zipfile

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for name, rest in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("presentation", "presentation"), ("svg", "svg-compatible")),
    )
)
TYPE = "application/vnd.oasis.opendocument."

FILE = "a.odt"
SAYS = "Plant cells swell by it"
PLACE = {"kind": "section", "path": ["Water", "Osmosis"]}

BODY = """<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
<text:p text:style-name="P1">Water</text:p><text:h text:outline-level="1">Osmosis</text:h>
<text:p>Water<text:s text:c="2"/>moves<text:note><text:note-body><text:p>Salt does not.</text:p>
</text:note-body></text:note> through a membrane.</text:p>
<text:list><text:list-item><text:p>Plant cells swell by it</text:p><text:list><text:list-item>
<text:p>roots too</text:p></text:list-item></text:list></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Substance</text:p></table:table-cell>
<table:table-cell><text:p>Mass</text:p></table:table-cell></table:table-row><table:table-row>
<table:table-cell><text:p>Water</text:p></table:table-cell><table:table-cell><text:p>18</text:p>
</table:table-cell><table:table-cell table:number-columns-repeated="1000"/></table:table-row></table:table>"""


def packed(kind: str, body: str, **more: str) -> bytes:
    """Return an OpenDocument file of a kind: text, presentation or spreadsheet."""
    parts = {
        "mimetype": TYPE + kind,
        "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>"
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>",
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def content() -> bytes:
    """Return it."""
    return packed("text", BODY)
