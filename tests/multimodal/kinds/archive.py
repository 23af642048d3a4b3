"""A packed course: its contents name files in their order; questions are left out."""

import io
import zipfile

FILE = "a.imscc"
SAYS = ""

MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><organizations><organization>
<item><title>Week 1</title><item identifierref="b"><title>Osmosis &amp; salt</title></item>
<item identifierref="q"><title>Test</title></item></item></organization></organizations><resources>
<resource identifier="a" type="webcontent" href="first.txt"><file href="first.txt"/></resource>
<resource identifier="b" type="webcontent" href="w/second.html"><file href="w/second.html"/></resource>
<resource identifier="q" type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment"><file href="q/quiz.txt"/></resource>
</resources></manifest>"""
PARTS = {
    "imsmanifest.xml": MANIFEST,
    "first.txt": "Roots take water from the soil.",
    "w/second.html": "<html><body><p>Water moves through a membrane.</p></body></html>",
    "q/quiz.txt": "What moves?",
    "__MACOSX/._first.txt": "x",
    "inner.zip": "PK\x05\x06" + "\0" * 18,
    "run.exe": "MZ" + "\0" * 99,
}


def content(parts: dict[str, str] = PARTS) -> bytes:
    """Return it, or another archive of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
