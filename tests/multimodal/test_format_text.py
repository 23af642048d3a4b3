"""Plain text, Markdown and web pages."""

import pytest

from edu.multimodal.base import Limits, TooLarge
from edu.multimodal.data import Unreadable
from edu.multimodal.formats.html import Html
from edu.multimodal.formats.markdown import Markdown
from edu.multimodal.formats.text import Text
from tests.multimodal import samples

WANTED = [
    ("heading", "Water in plants"),
    ("text", "Osmosis is the movement of water through a membrane."),
    ("heading", "Turgor"),
    ("list", "firm cells"),
    ("list", "upright stems"),
    ("list", "in the morning"),
    ("table", "Substance | Mass\nWater | 18"),
]


def read(form, content, tmp_path, encoding="utf-8", **limits):
    place = tmp_path / "file"
    place.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return form.read(place, tmp_path, Limits(**limits), lambda share, stage: None)


def seen(document):
    return [(block.kind, block.text) for block in document.blocks]


def test_markdown_is_read_by_its_grammar(tmp_path):
    document = read(Markdown(), samples.MARKDOWN, tmp_path)
    assert document.title == "Water in plants"
    assert seen(document) == [
        *WANTED,
        ("code", '# not a heading\nprint("turgor")'),
        ("text", "A cell without a wall bursts."),
    ]
    assert document.blocks[4].locator == {
        "kind": "section",
        "path": ["Water in plants", "Turgor"],
        "paragraph": 2,
    }


def test_web_pages_are_read_without_scripts_menus_and_hidden_parts(tmp_path):
    document = read(Html(), samples.HTML, tmp_path)
    assert document.title == "Water in plants"
    assert seen(document) == [
        *WANTED,
        ("code", "a = 1\nb = 2"),
        ("text", "A cell without a wall bursts. It is gone."),
    ]


def test_a_page_is_read_in_the_encoding_that_it_names(tmp_path):
    page = '<html><meta charset="windows-1251"><body><p>Осмос и вода в растениях</p>'
    assert seen(read(Html(), page, tmp_path, "windows-1251")) == [
        ("text", "Осмос и вода в растениях")
    ]


def test_a_page_that_is_all_one_form_is_read(tmp_path):
    page = "<html><body><form><p>Osmosis moves water.</p><button>Send</button></form>"
    assert seen(read(Html(), page, tmp_path)) == [("text", "Osmosis moves water.")]


def test_a_page_of_a_thousand_nested_boxes_is_read(tmp_path):
    page = "<html><body>" + "<div>" * 5000 + "deep words" + "</div>" * 5000
    assert "deep words" in " ".join(text for _, text in seen(read(Html(), page, tmp_path)))


def test_headings_of_plain_text_are_guessed_soberly(tmp_path):
    text = """CHAPTER ONE

Osmosis moves
water through mem-
branes.

- one
- two

Turgor
======

2.1 Wilting

It wilts. This is not
a heading

Nor is this
"""
    assert seen(read(Text(), text, tmp_path)) == [
        ("heading", "CHAPTER ONE"),
        ("text", "Osmosis moves water through membranes."),
        ("list", "- one"),
        ("list", "- two"),
        ("heading", "Turgor"),
        ("heading", "2.1 Wilting"),
        ("text", "It wilts. This is not a heading"),
        ("text", "Nor is this"),
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Grüße aus der Wüste, schöne Größen überall im Gebäude.", "utf-8"),
        ("Grüße aus der Wüste, schöne Größen überall im Gebäude.", "utf-16"),
        ("Grüße aus der Wüste, schöne Größen überall im Gebäude.", "cp1252"),
        ("Le sucre est brûlé à point, où la crème est très froide.", "cp1252"),
        ("A ação não é só dos irmãos; também há emoções.", "cp1252"),
        ("Le sucre est brûlé à point, où la crème est très froide.", "cp850"),
        ("Kość słoniowa jest twarda, a miód jest słodki i gęsty.", "cp1250"),
        ("Değirmenin taşı ağır ve yuvarlaktır. Buğday için kullanılır.", "cp1254"),
        ("竹子在冬天砍伐,因为那时含糖量低,不容易生虫。", "gb18030"),
        ("Осмос это движение воды через мембрану клетки растения.", "cp1251"),
        ("التناضح هو انتقال الماء عبر غشاء شبه منفذ في الخلايا النباتية.", "cp1256"),
    ],
)
def test_the_encoding_of_plain_text_is_found(tmp_path, text, encoding):
    assert seen(read(Text(), text, tmp_path, encoding)) == [("text", text)]


def test_bytes_that_are_no_text_and_too_much_text_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="does not hold text"):
        read(Text(), bytes(range(256)) * 20, tmp_path)
    with pytest.raises(TooLarge):
        read(Text(), "word " * 1000, tmp_path, characters=1000)
