"""Hostile words stay words: Markdown from people and models can do nothing in our origin."""

import re

import pytest
from lxml import html as lxml_html

from edu.gateway import markup
from edu.gateway.templatetags.edu import safe_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></table></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=data:text/html,<script>alert(1)</script>>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>@import '//evil.example/x.css'</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!-- --><script>alert(1)</script><!-- -->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/who-reads.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[![x](https://evil.example/p.png)](javascript:alert(1))",
    "[[x](javascript:alert(1))](https://example.org)",
    '[x](https://example.org "title\\" onmouseover=\\"alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "[x]\n\n[x]: <javascript:alert(1)> 'onclick=alert(1)'",
    '```html"onclick=alert(1)\n<script>alert(1)</script>\n```',
    "``` <script>alert(1)</script>\nx\n```",
    "`<img src=x onerror=alert(1)>`",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "> <script>alert(1)</script>",
    "# <svg/onload=alert(1)>",
    "- [ ] <input onfocus=alert(1) autofocus>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</p></div></main><script>alert(1)</script>",
    "<x-element is=script>alert(1)</x-element>",
    "<a href='https://example.org' style='position:fixed;inset:0' id=main class=button>x</a>",
    "\ufeff<script>alert(1)</script>\u2028alert(1)",
]


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


def test_a_long_hostile_text_takes_no_long_time():
    import time

    began = time.perf_counter()
    for text in (
        "[" * 20_000,
        "*a " * 20_000,
        "> " * 5_000 + "x",
        "`" * 20_000,
        "![" * 10_000,
        "|" * 20_000,
    ):
        markup.html(text)
    assert time.perf_counter() - began < 10
