"""Hostile words stay words: Markdown from people and models can do nothing in our origin."""

import re

import pytest
from lxml import html as lxml_html

from edu.gateway import markup
from edu.gateway.templatetags.edu import safe_markdown
from tests.gateway.hostile import HOSTILE


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_markdown_stays_words(text):
    made = markup.html(text)
    tree = lxml_html.fragment_fromstring(made, create_parent="div")
    for node in tree.iter():
        if node is tree:
            continue
        assert node.tag in markup.TAGS, made
        for name, value in node.attrib.items():
            assert name in {"href", "title", "rel", "start", "class"}, made
            if name == "href":
                assert re.match(r"(https?://|mailto:|/|#|[^:]*\Z)", value), made
            if name == "class":
                assert node.tag == "code", made


def test_there_are_enough_of_them():
    assert len(set(HOSTILE)) >= 30


def test_what_is_harmless_is_kept():
    made = markup.html(
        "# One\n\n**bold** *em* ~~gone~~ `code` [1]\n\n> quoted\n\n1. a\n2. b\n\n- c\n\n"
        "[here](/materials/1/#p-2) [there](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    for tag in ("h2", "strong", "em", "s", "code", "blockquote", "ol", "ul", "table", "th", "td"):
        assert f"<{tag}" in made
    assert 'href="/materials/1/#p-2"' in made
    assert 'rel="noopener noreferrer nofollow"' in made
    assert "[1]" in made


def test_a_picture_becomes_its_words():
    assert markup.html("![the cell](https://evil.example/x.png)") == "<p>the cell</p>\n"


def test_headings_begin_below_the_pages_own():
    assert "<h1" not in markup.html("# One\n\nTwo\n===\n")


def test_nothing_is_nothing():
    assert safe_markdown(None) == ""


def test_a_long_hostile_text_does_not_explode():
    for text in (
        "[" * 20_000,
        "*a " * 20_000,
        "> " * 5_000 + "x",
        "`" * 20_000,
        "![" * 10_000,
        "|" * 20_000,
    ):
        assert len(markup.html(text)) <= 20 * len(text)
