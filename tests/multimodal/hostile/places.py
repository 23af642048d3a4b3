"""Files that reach for what is not theirs: other files, other machines, other folders."""

import io
import stat
import zipfile

from tests.multimodal.hostile import Case, Trap
from tests.multimodal.hostile.bombs import CATALOGUE, _pdf
from tests.multimodal.hostile.parts import office, with_parts

OUT = (
    *("../x.txt", "/etc/x.txt", "a/../../x.txt", "c:/x.txt", "..\\x.txt", "//host/x.txt"),
    *("./../x.txt", "a/./../../x.txt", "x\x00.txt", "\u202etxt.x", "con.txt", "x" * 5000 + ".txt"),
    *("a/" * 2000 + "x.txt", "~/x.txt", "$HOME/x.txt", "%2e%2e/x.txt", "..%2fx.txt", "x.txt/", " "),
)
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [%s]><x>&e;<p>&e;</p></x>'


def cases() -> list[Case]:
    """Return them."""
    found = [
        Case(f"archive that leaves by name {number}", "a.zip", lambda trap, n=name: _named(n))
        for number, name in enumerate(OUT)
    ]
    for kind, (file_name, content, part) in office().items():
        for what, entity in (
            ("reads a file", lambda trap: f'<!ENTITY e SYSTEM "file://{trap.place}">'),
            ("asks a server", lambda trap: f'<!ENTITY e SYSTEM "{trap.url}/e">'),
            ("takes a list from a server", lambda trap: f'<!ENTITY % p SYSTEM "{trap.url}/d"> %p;'),
        ):
            found.append(
                Case(
                    f"{kind} {what}",
                    file_name,
                    lambda trap, c=content, p=part, e=entity: with_parts(c, {p: ENTITY % e(trap)}),
                )
            )
        found.append(
            Case(
                f"{kind} with names that lead out",
                file_name,
                lambda trap, c=content: with_parts(c, {"../../out.xml": "x", "/out.xml": "x"}),
            )
        )
    found += [
        Case("archive of a link", "a.zip", lambda trap: _special(stat.S_IFLNK, trap.place)),
        Case("archive of a device", "a.zip", lambda trap: _special(stat.S_IFCHR, "")),
        Case("archive of a pipe", "a.zip", lambda trap: _special(stat.S_IFIFO, "")),
        Case("two files of one name", "a.zip", lambda trap: _twice()),
        Case("book whose page lies outside", "a.epub", _epub_outside),
        Case("course whose page lies outside", "a.imscc", _course_outside),
        Case("pdf that includes a file", "a.pdf", _pdf_outside),
    ]
    for file_name, text in (
        ("a.tex", r"\documentclass{a}\begin{document}\input{%(place)s}\include{%(place)s}"
                  r"\verbatiminput{%(place)s}\write18{cat %(place)s}\end{document}"),
        ("a.html", '<html><head><base href="%(url)s/"><link rel=stylesheet href="%(url)s/c">'
                   '<body><img src="%(url)s/i"><img src="file://%(place)s"><iframe src="%(url)s/f">'
                   "</iframe><object data='%(url)s/o'></object><p>Water moves.</p></body></html>"),
        ("a.md", "![x](file://%(place)s)\n\n![y](%(url)s/i)\n\n<img src='%(url)s/j'>\n\nWater moves."),
        ("a.ipynb", '{"nbformat":4,"cells":[{"cell_type":"markdown","source":'
                    '"![x](file://%(place)s) ![y](%(url)s/i) Water moves."}]}'),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://%(place)s"/></svg>'),
        ("a.csv", 'a,b\n"=WEBSERVICE(""%(url)s/w"")",\'file://%(place)s\'#$x.A1\n'),
        ("a.m3u", "#EXTM3U\n#EXTINF:1,x\nfile://%(place)s\n%(url)s/a.ts\n"),
        ("a.mp3", "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1.0,\nconcat:%(url)s/h|file://%(place)s\n"),
        ("a.mp4", "ffconcat version 1.0\nfile '%(place)s'\n"),
        ("a.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file://%(place)s">]><html><body>&e;</body></html>'),
        ("a.xhtml", '<!DOCTYPE html [<!ENTITY e SYSTEM "file://%(place)s">]>'
                    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>&e; Water.</p></body></html>'),
    ):  # fmt: skip
        found.append(Case(f"{file_name} reaches out", file_name, _filled(text)))
    return found


def _filled(text: str):
    return lambda trap: (text % {"place": trap.place, "url": trap.url}).encode()


def _named(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("good.txt", "Roots take water from the soil.")
        info = zipfile.ZipInfo("placeholder")
        info.filename = name  # as it is, which the constructor would mend
        target.writestr(info, "x")
    return out.getvalue()


def _special(mode: int, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        info = zipfile.ZipInfo("a.txt")
        info.create_system = 3
        info.external_attr = (mode | 0o777) << 16
        target.writestr(info, text)
    return out.getvalue()


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for text in ("Roots take water.", "Salt stays."):
            info = zipfile.ZipInfo("a.txt")
            target.NameToInfo.clear()
            target.writestr(info, text)
    return out.getvalue()


def _epub_outside(trap: Trap) -> bytes:
    from tests.multimodal.kinds import epub

    up = "../" * 20 + trap.place.lstrip("/")
    opf = epub.OPF.replace("text/one.xhtml", up).replace("text/two.xhtml", trap.url + "/two")
    return epub.content(opf)


def _course_outside(trap: Trap) -> bytes:
    from tests.multimodal.kinds import archive

    up = "../" * 20 + trap.place.lstrip("/")
    manifest = archive.MANIFEST.replace("first.txt", up).replace("w/second.html", trap.url + "/s")
    return archive.content({**archive.PARTS, "imsmanifest.xml": manifest})


def _pdf_outside(trap: Trap) -> bytes:
    return _pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/AA<</O<</S/URI/URI(%s/u)>>>>>>"
        % trap.url.encode(),
        b"<</Length 0/F(%s)/FFilter/ASCIIHexDecode>>stream\n\nendstream" % trap.place.encode(),
    )
