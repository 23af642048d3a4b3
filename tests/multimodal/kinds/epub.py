"""A book of two chapters: the contents name the second, a note stands at its end, a page is empty."""

import io
import zipfile

FILE = "a.epub"
SAYS = "Plant cells swell by it."
PLACE = {"kind": "section", "path": ["Part one", "Osmosis", "Turgor"], "paragraph": 1}

OPF = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>Water in plants</dc:title></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
NAV = """<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><h1>Contents</h1><ol>
<li><a href="text/one.xhtml">Part one</a><ol><li><a href="text/two.xhtml#x">1. Osmosis</a></li></ol></li>
</ol></nav></body></html>"""
ONE = """<?xml version="1.0" encoding="utf-8"?><html><head><title/><script src="x"/></head><body>
<a id="top"/><p>Roots take water from the soil.</p></body></html>"""
TWO = """<html xmlns:epub="http://www.idpf.org/2007/ops"><body><h1>Osmosis</h1><p>Water moves through a
membrane<a epub:type="noteref" href="#n1">1</a>.</p><h2>Turgor</h2><p>Plant cells swell by it.</p>
<aside epub:type="footnote" id="n1"><p>Salt does not.</p></aside></body></html>"""


def content(opf: str = OPF, **more: str) -> bytes:
    """Return it; `more` are further parts by their names with __ for a slash and _ for a dot."""
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="book/my%20book.opf"/></rootfiles></container>',
        "book/my book.opf": opf,
        "book/nav.xhtml": NAV,
        "book/text/one.xhtml": ONE,
        "book/text/two.xhtml": TWO,
        **{name.replace("__", "/").replace("_", "."): text for name, text in more.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
