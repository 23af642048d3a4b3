"""Files that carry something to run, or that are two things at once."""

import io
import json

from tests.multimodal.hostile import Case
from tests.multimodal.hostile.bombs import CATALOGUE, _pdf, _stream
from tests.multimodal.hostile.parts import archive, with_parts

RUN = "<script>alert('ran')</script>"
WAYS = (
    RUN,
    "<img src=x onerror=alert('ran')>",
    "<svg onload=alert('ran')></svg>",
    "<svg><script>alert('ran')</script></svg>",
    "<a href=\"javascript:alert('ran')\">go</a>",
    "<iframe srcdoc=\"<script>alert('ran')</script>\"></iframe>",
    "<object data=\"data:text/html,<script>alert('ran')</script>\"></object>",
    "<math><mtext></table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=//x.example><input autofocus onfocus=alert('ran')>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import 'http://x.example/a.css'; * { background: url(//x.example) }</style>",
    "<template><script>alert('ran')</script></template>",
    "\\u003cscript\\u003ealert('ran')\\u003c/script\\u003e",
    "{{ 7*7 }}{% load static %}{% debug %}${7*7}<%= 7*7 %>",
    "&lt;script&gt;alert('ran')&lt;/script&gt;",
)


def cases() -> list[Case]:
    """Return them."""
    found = []
    for number, way in enumerate(WAYS):
        told = f"<p>Water moves through a membrane. {way} Salt does not.</p>"
        for file_name, make in (
            (
                "a.html",
                lambda t=told: f"<html><title>{t}</title><body><h1>{t}</h1>{t}</body></html>",
            ),
            (
                "a.md",
                lambda t=told: f"# {t}\n\n{t}\n\n[x](javascript:alert(1)) ![y](//x.example/y)",
            ),
            ("a.txt", lambda t=told: t),
            ("a.csv", lambda t=told: f'a,b\n"{t.replace(chr(34), chr(34) * 2)}",1\n'),
            ("a.ipynb", lambda t=told: _notebook(t)),
            ("a.srt", lambda t=told: f"1\n00:00:01,000 --> 00:00:02,000\n{t}\n"),
            ("a.vtt", lambda t=told: f"WEBVTT\n\n00:01.000 --> 00:02.000\n{t}\n"),
            ("a.py", lambda t=told: f"# {t}\nx = 1\n"),
            ("a.tex", lambda t=told: rf"\documentclass{{a}}\begin{{document}}{t}\end{{document}}"),
            ("a.svg", lambda t=told: f'<svg xmlns="http://www.w3.org/2000/svg">{t}</svg>'),
        ):
            found.append(Case(f"{file_name} runs way {number}", file_name, _text(make)))
    found += [
        _said("book with scripts", "a.epub", _epub),
        _said("word file with a macro", "a.docx", _macro, "word"),
        _said("macro under its own name", "a.docm", _macro, "word"),
        _said("slides with a macro", "a.pptx", _macro, "ppt"),
        _said("sheet with a macro", "a.xlsx", _macro, "xl"),
        _said("word file with an object", "a.docx", _object),
        _said("slide that runs a program", "a.pptx", _action),
        _said("text with a basic macro", "a.odt", _basic),
        _said("pdf that opens with a script", "a.pdf", _pdf_script, b"JavaScript"),
        _said("pdf that launches", "a.pdf", _pdf_script, b"Launch"),
        _said("pdf with a form and a file in it", "a.pdf", _pdf_embedded),
        _said("program", "a.exe", lambda: b"MZ" + bytes(4000)),
        _said("program named as a picture", "a.png", lambda: b"\x7fELF" + bytes(4000)),
        _said(
            "jar", "a.zip", lambda: archive({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe"})
        ),
        _said("page named as a picture", "a.png", lambda: RUN.encode() * 50),
        _said("picture that is a page", "a.png", _picture_page),
        _said("picture that is an archive", "a.png", _picture_archive),
        _said("pdf that is an archive", "a.pdf", _pdf_archive),
        _said("archive that is a pdf", "a.zip", _pdf_archive),
        _said("sound that is a page", "a.mp3", lambda: b"ID3" + bytes(7) + RUN.encode() * 99),
        _said("gif that is a script", "a.gif", lambda: b"GIF89a=1;" + RUN.encode()),
    ]
    return found


def _said(name, file_name, make, *given) -> Case:
    return Case(name, file_name, lambda trap: make(*given))


def _text(make):
    return lambda trap: make().encode()


def _notebook(told: str) -> str:
    shown = {"text/html": told, "image/svg+xml": told, "text/plain": told}
    return json.dumps(
        {
            "nbformat": 4,
            "metadata": {"title": told, "language_info": {"name": told}},
            "cells": [
                {"cell_type": "markdown", "source": told},
                {
                    "cell_type": "code",
                    "source": told,
                    "outputs": [{"output_type": "display_data", "data": shown}],
                },
            ],
        }
    )


def _epub() -> bytes:
    from tests.multimodal.kinds import epub

    page = f"<html><body>{''.join(WAYS[:9])}<p>Roots take water.</p></body></html>"
    return with_parts(epub.content(), {"book/text/one.xhtml": page})


def _macro(home: str) -> bytes:
    from tests.multimodal import samples
    from tests.multimodal.kinds import xlsx

    whole = {"word": samples.docx, "ppt": samples.pptx, "xl": xlsx.content}[home]()
    return with_parts(whole, {f"{home}/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})


def _object() -> bytes:
    from tests.multimodal import samples

    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    return with_parts(samples.docx(), {"word/embeddings/oleObject1.bin": ole})


def _action() -> bytes:
    from tests.multimodal import samples

    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId99" TargetMode="External" Target="file:///bin/sh" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
    )
    return with_parts(samples.pptx(), {"ppt/slides/_rels/slide1.xml.rels": link})


def _basic() -> bytes:
    from tests.multimodal.kinds import odt

    return with_parts(odt.content(), {"Basic/Standard/Module1.xml": "<x>Sub Main</x>"})


def _page(more: bytes = b"") -> tuple[bytes, bytes, bytes]:
    text = b"BT /F1 12 Tf 72 700 Td (Water moves through a membrane.) Tj ET"
    font = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return (
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%s%s>>" % (font, more),
        _stream(text),
    )


def _pdf_script(kind: bytes) -> bytes:
    act = b"<</S/%s/JS(app.alert\\('ran'\\))/F(/bin/sh)/Win<</F(cmd.exe)>>>>" % kind
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/AA<</WC 5 0 R>>>>",
        *_page(b"/AA<</O 5 0 R>>/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 600 800]/A 5 0 R>>]"),
        act,
    )


def _pdf_embedded() -> bytes:
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.exe) 5 0 R]>>>>"
        b"/AcroForm<</XFA 6 0 R/Fields[]>>>>",
        *_page(),
        b"<</Type/Filespec/F(../../a.exe)/EF<</F 6 0 R>>>>",
        _stream(b"MZ" + RUN.encode(), b"/Type/EmbeddedFile"),
    )


def _picture_page() -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    note, out = PngInfo(), io.BytesIO()
    note.add_text("Comment", RUN * 20)
    Image.new("RGB", (60, 40), "white").save(out, "PNG", pnginfo=note)
    return out.getvalue() + RUN.encode()


def _picture_archive() -> bytes:
    from tests.multimodal import samples

    return samples.png("Water", size=(300, 200)) + archive({"../a.txt": "x", "run.sh": "x"})


def _pdf_archive() -> bytes:
    return _pdf(CATALOGUE, *_page()) + archive({"a.txt": "Roots take water.", "../b.txt": "x"})
