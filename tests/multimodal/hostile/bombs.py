"""Small files that ask for very much: memory, depth, rounds without end."""

import io
import json
import zlib

from tests.multimodal.hostile import Case
from tests.multimodal.hostile.parts import archive, office, swollen, with_parts

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGH = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'
SQUARE = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
QUADRATIC = f'<?xml version="1.0"?>{SQUARE}<x>{"&a;" * 50_000}</x>'
DEEP = 100_000


def cases() -> list[Case]:
    """Return them."""
    found = []
    for kind, (file_name, content, part) in office().items():
        for what, xml in (
            ("laughs", LAUGH),
            ("grows by the square", QUADRATIC),
            ("is deep", "<x>" * DEEP + "</x>" * DEEP),
            ("has long names", f"<{'x' * 3_000_000}/>"),
            ("has many attributes", "<x " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>"),
        ):
            found.append(_said(f"{kind} {what}", file_name, with_parts, content, {part: xml}))
        found.append(_said(f"{kind} is swollen", file_name, _swell, content, part))
    found += [
        _said(f"{file_name} {what}", file_name, _as_bytes, text)
        for file_name, what, text in (*_texts(), *_sheets())
    ]
    found += [
        _said("archive in archive in archive", "a.zip", _nested, 12),
        _said("archive of ten thousand files", "a.zip", _many, 10_000),
        _said("archive that overlaps itself", "a.zip", _overlapping),
        _said("pdf whose pages lead back", "a.pdf", _pdf_loop),
        _said("pdf of a million pages by word", "a.pdf", _pdf_claims, 1_000_000),
        _said("pdf that unpacks to very much", "a.pdf", _pdf_stream, 300),
        _said("pdf drawn without end", "a.pdf", _pdf_form_loop),
        _said("pdf as large as a field", "a.pdf", _pdf_box),
        _said("sheet whose last row is far", "a.xlsx", _far_cell),
        _said("table repeated without end", "a.ods", _repeated),
        _said("book whose contents lead back", "a.epub", _epub_loop),
    ]
    return found


def _said(name, file_name, make, *given) -> Case:
    return Case(name, file_name, lambda trap: make(*given))


def _as_bytes(text) -> bytes:
    return (text() if callable(text) else text).encode()


def _swell(content, part) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as source:
        kept = {each: source.read(each) for each in source.namelist() if each != part}
    return swollen(kept, part, b" ", 500)


def _texts():
    page = "<html><body>%s</body></html>"
    yield "a.html", "is deep", lambda: page % ("<div>" * DEEP)
    yield "a.html", "has deep tables", lambda: page % ("<table><tr><td>" * 20_000)
    yield "a.html", "has deep lists", lambda: page % ("<ul><li>" * 50_000 + "x")
    yield "a.html", "is one tag", lambda: "<html><body><p " + "a=1 " * 500_000 + ">x</p>"
    yield "a.html", "has wide cells", page % "<table><tr><td colspan=99999999 rowspan=99999999>x"
    yield "a.html", "never closes a comment", lambda: "<html><body>" + "<!--" * 500_000
    yield "a.md", "is quoted without end", lambda: ">" * DEEP + " x"
    yield "a.md", "is listed without end", lambda: "- " * 20_000 + "x"
    yield "a.md", "opens brackets", lambda: "[" * DEEP + "x" + "]" * DEEP
    yield "a.md", "opens stresses", lambda: "*a_" * 50_000
    yield "a.md", "opens backticks", lambda: "".join("`" * n + " " for n in range(1, 1500))
    yield "a.md", "has a wide table", lambda: "|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n"
    yield (
        "a.tex",
        "calls itself",
        r"\documentclass{article}\def\a{\a\a}\begin{document}\a\end{document}",
    )
    yield (
        "a.tex",
        "doubles itself",
        lambda: (
            r"\documentclass{article}\def\a{xx}"
            + "".join(rf"\def\{chr(98 + n)}{{\{chr(97 + n)}\{chr(97 + n)}}}" for n in range(24))
            + r"\begin{document}\y\end{document}"
        ),
    )
    yield "a.tex", "opens groups", lambda: r"\documentclass{a}\begin{document}" + "{" * DEEP
    yield (
        "a.tex",
        "opens places",
        lambda: r"\documentclass{a}\begin{document}" + r"\begin{x}" * 9999,
    )
    yield "a.py", "is deep", lambda: "(" * DEEP + ")" * DEEP
    yield "a.py", "is one line", lambda: "x = '" + "a" * 8_000_000 + "'"
    yield "a.c", "opens comments", lambda: "/*" * 1_000_000
    yield "a.json", "is deep", lambda: "[" * DEEP
    yield "a.ipynb", "is deep", lambda: '{"nbformat":4,"cells":' + "[" * DEEP + "]" * DEEP + "}"
    yield (
        "a.ipynb",
        "has many cells",
        lambda: json.dumps(
            {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "x"}] * 200_000}
        ),
    )
    yield (
        "a.ipynb",
        "counts far",
        '{"nbformat":4,"cells":[{"cell_type":"code","execution_count":1e999}]}',
    )
    yield "a.srt", "ends before it begins", "1\n00:00:09,000 --> 00:00:01,000\nx\n"
    yield "a.srt", "is long", "1\n99999999:59:59,999 --> 999999999:59:59,999\nx\n"
    yield (
        "a.srt",
        "has many cues",
        lambda: "".join(f"{n}\n00:00:01,000 --> 00:00:02,000\nx\n\n" for n in range(300_000)),
    )
    yield "a.vtt", "opens tags", lambda: "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<b>" * DEEP
    yield "a.txt", "is one line", lambda: "a" * 15_000_000
    yield "a.txt", "is blank", lambda: "\n" * 15_000_000
    yield "a.txt", "is marks over marks", lambda: "e" + "\u0301" * 2_000_000
    yield "a.txt", "is turned", lambda: "\u202e\u2066" * 500_000 + "x"


def _sheets():
    yield "a.csv", "is wide", lambda: "a," * 1_000_000 + "\n" + "1," * 1_000_000
    yield "a.csv", "opens a quote", lambda: '"' + "a,b\n" * 1_000_000
    yield "a.csv", "is many quotes", lambda: '"' * 3_000_001
    yield "a.csv", "is long", lambda: "a,b\n" + "1,2\n" * 1_500_000
    yield "a.csv", "counts", "a,b\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-2\n"


def _nested(depth: int) -> bytes:
    content = archive({"a.txt": "x" * 100_000})
    for level in range(depth):
        content = archive({f"{n}-{level}.zip": content for n in range(3)})
    return content


def _many(count: int) -> bytes:
    return archive({f"{n}.txt": "x" for n in range(count)})


def _overlapping() -> bytes:
    """Every name leads to the same packed bytes, which are large."""
    whole = bytearray(swollen({}, "a.txt", b"x", 90))
    at = whole.index(b"PK\x01\x02")
    end = whole.rindex(b"PK\x05\x06")
    entry = bytes(whole[at:end])
    named = b"".join(entry.replace(b"a.txt", b"%c.txt" % (97 + n)) for n in range(20))
    count = (20).to_bytes(2, "little")
    tail = bytearray(whole[end : end + 22])
    tail[8:10] = tail[10:12] = count
    tail[12:16] = len(named).to_bytes(4, "little")
    tail[16:20] = at.to_bytes(4, "little")
    return bytes(whole[:at]) + named + bytes(tail)


def _pdf(*parts: bytes) -> bytes:
    """Return a PDF of objects 1.. with a right table of their places."""
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1,
        len(body),
    )
    return body + table + trailer


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def _pdf_loop() -> bytes:
    return _pdf(CATALOGUE, b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]/Parent 2 0 R>>")


def _pdf_claims(pages: int) -> bytes:
    return _pdf(CATALOGUE, b"<</Type/Pages/Count %d/Kids[]>>" % pages)


def _pdf_stream(megabytes: int) -> bytes:
    packed = zlib.compressobj(9)
    data = (
        b"".join(packed.compress(b"(x) Tj " * 140_000) for _ in range(megabytes)) + packed.flush()
    )
    return _pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        _stream(data, b"/Filter/FlateDecode"),
    )


def _pdf_form_loop() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    return _pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>>>",
        _stream(b"/F Do /F Do", form),
        _stream(b"/F Do " * 2000),
    )


def _pdf_box() -> bytes:
    return _pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 9999999]/UserUnit 75000/Contents 4 0 R>>",
        _stream(b"BT /F1 9 Tf (x) Tj ET"),
    )


def _far_cell() -> bytes:
    from tests.multimodal.kinds import xlsx

    cell = '<c r="%s"><v>1</v></c>'
    return xlsx.content(
        f'<sheetData><row r="1">{cell % "A1"}</row><row r="1048576">{cell % "XFD1048576"}</row>'
        f'<row r="99999999999">{cell % "ZZZZZZ99999999999"}</row></sheetData>'
    )


def _repeated() -> bytes:
    from tests.multimodal.kinds import odt

    many = 'table:number-columns-repeated="99999999"'
    rows = 'table:number-rows-repeated="99999999"'
    body = (
        f'<table:table table:name="A"><table:table-row {rows}><table:table-cell {many}>'
        "<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
    )
    return odt.packed("spreadsheet", body)


def _epub_loop() -> bytes:
    from tests.multimodal.kinds import epub

    return epub.content(epub.OPF.replace("</spine>", '<itemref idref="a"/>' * 50_000 + "</spine>"))
