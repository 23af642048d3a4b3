"""Which format a file is: by its content."""

import random

import pytest

from edu.common.errors import EduError
from edu.multimodal.base import Limits, Locked, TooMuchInside, format_named, formats
from edu.multimodal.base.detect import detect
from edu.multimodal.data import TooLarge, Unreadable, UnsupportedType
from tests.multimodal import samples


@pytest.fixture
def kind_of(tmp_path):
    def ask(content, name):
        place = tmp_path / "upload"
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        form, media_type = detect(place, name)
        return form.name, media_type

    return ask


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", samples.pdf(), "pdf"),
        ("A.PDF", samples.pdf(), "pdf"),
        ("no ending", samples.pdf(), "pdf"),
        ("a.docx", samples.docx(), "docx"),
        ("a.pptx", samples.pptx(), "pptx"),
        ("a.md", samples.MARKDOWN, "markdown"),
        ("a.txt", samples.MARKDOWN, "text"),
        ("a.txt", "Grüße".encode("cp1252") + b" und mehr", "text"),
        ("a.html", samples.HTML, "html"),
        ("a.html", "<h1>Moss</h1><p>Moss has no roots. <svg width=4></svg>", "html"),
        ("a", "<!-- kept --><head><title>Moss</title></head>Moss has no roots.", "html"),
        (
            "a.xhtml",
            '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>',
            "html",
        ),
        ("a.md", "# Pictures\n\n```html\n<svg width='4'>\n```\n", "markdown"),
        ("a.md", "How a page begins: `<!doctype html><html><body>`.", "markdown"),
        ("a.md", "<!-- draft -->\n# Moss\n\n<html> is the root of a page.", "markdown"),
        ("a.txt", "A drawing begins with <svg and ends with </svg>.", "text"),
        ("a.txt", "<body> holds what is seen, <svg > a drawing.", "text"),
        ("a.txt", "<!-- " + "x" * 70_000 + " --><svg onload=alert(1)>", "text"),
        ("notes", "Before <html> stands a doctype.", "text"),
        ("a.txt", samples.HTML, "html"),
        ("a.png", samples.png(), "image"),
        ("a.png", samples.turned_jpeg(), "image"),
        ("a.mp4", samples.film(1.0), "video"),
        *(
            (f"a.{ending}", samples.sound(ending), "video" if ending == "webm" else "audio")
            for ending in ("wav", *samples.CODECS)
        ),
    ],
)
def test_it_tells_every_kind_by_its_content(kind_of, name, content, kind):
    assert kind_of(content, name)[0] == kind


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("a.pdf", b"", Unreadable, "empty"),
        ("a.pdf", b"MZ" + bytes(300), UnsupportedType, "a program"),
        ("a.png", samples.HTML, Unreadable, "named PNG"),
        ("a.pdf", samples.png(), UnsupportedType, "named PDF, but it is a picture"),
        ("a.pdf", bytes(500), Unreadable, "named PDF"),
        (
            "a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            UnsupportedType,
            "SVG",
        ),
        ("a.txt", "<?xml version='1.0'?><svg></svg>", UnsupportedType, "SVG"),
        ("a.md", "<!-- by hand --><!--2-->\n<svg/onload=alert(1)>", UnsupportedType, "SVG"),
        (
            "a.html",
            '\ufeff<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg:svg width="1"/>',
            UnsupportedType,
            "SVG",
        ),
        (
            "a",
            "<SVG\nxmlns='http://www.w3.org/2000/svg'/>".encode("utf-16"),
            UnsupportedType,
            "SVG",
        ),
        ("a.txt", "<?xml version='1.0'?><feed></feed>", UnsupportedType, "XML"),
        ("a.json", "{}", UnsupportedType, "JSON"),
        ("a.rtf", "{\\rtf1 words}", UnsupportedType, "RTF"),
        ("a.gif", b"GIF89a" + bytes(30), UnsupportedType, "GIF"),
        ("a.bin", bytes(500), UnsupportedType, "BIN"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnsupportedType, "old Office"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            Locked,
            "password",
        ),
        ("a.docx", samples.docx()[:3000], Unreadable, "cut off"),
    ],
)
def test_it_refuses_the_rest_with_a_plain_sentence(kind_of, name, content, error, words):
    with pytest.raises(error) as refused:
        kind_of(content, name)
    assert words in refused.value.detail and refused.value.detail.endswith(".")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("content.xml", "OpenDocument"),
        ("xl/workbook.bin", "XLSB"),
        ("AndroidManifest.xml", "a program"),
    ],
)
def test_it_names_other_archives(kind_of, part, words):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(UnsupportedType, match=words):
        kind_of(out.getvalue(), "a.zip")


def test_a_list_of_names_that_is_itself_a_bomb_is_not_read(kind_of):
    end = (
        b"PK\x05\x06"
        + b"\0" * 4
        + (60000).to_bytes(2, "little") * 2
        + b"\xff\xff\xff\x7f" * 2
        + b"\0\0"
    )
    with pytest.raises(TooMuchInside):
        kind_of(b"PK\x03\x04" + bytes(100) + end, "a.docx")


def test_every_format_keeps_the_rules_of_a_format():
    names = [form.name for form in formats()]
    assert len(names) == len(set(names)) >= 13
    for form in formats():
        assert form.media_types and form.extensions and form.label
        assert format_named(form.name) is form
    with pytest.raises(UnsupportedType):
        format_named("nothing")


ORIGINALS = {
    "a.pdf": samples.pdf,
    "b.pdf": lambda: samples.two_columns(1)[0],
    "a.docx": samples.docx,
    "a.pptx": samples.pptx,
    "a.md": samples.MARKDOWN.encode,
    "a.html": samples.HTML.encode,
    "a.png": lambda: samples.png(size=(300, 200)),
    "a.jpg": samples.turned_jpeg,
    "a.wav": lambda: samples.tone(0.3),
    "a.mp3": lambda: samples.sound("mp3", 0.5),
    "a.m4a": lambda: samples.sound("m4a", 0.5),
    "a.ogg": lambda: samples.sound("ogg", 0.5),
    "a.webm": lambda: samples.sound("webm", 0.5),
    "a.mp4": lambda: samples.film(0.5),
}


@pytest.mark.parametrize("name", ORIGINALS)
def test_whatever_is_cut_off_or_flipped_only_our_own_errors_come_out(tmp_path, name):
    whole = ORIGINALS[name]()
    chance = random.Random(name)
    spoilt = [whole[: len(whole) * tenth // 10] for tenth in range(10)]
    for _ in range(14):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 8, 64))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        spoilt.append(bytes(content))
    for number, content in enumerate(spoilt):
        work = tmp_path / str(number)
        work.mkdir()
        place = work / "original"
        place.write_bytes(content)
        try:
            form, _media_type = detect(place, name)
            form.read(place, work, Limits(), lambda share, stage: None)
        except (Unreadable, UnsupportedType, TooLarge) as error:
            assert error.detail.endswith(".") and "%(" not in error.detail
        except EduError as error:
            pytest.fail(f"{name} {number}: {error!r}")
