"""What of a page of the web is its text, and what stands around it."""

import re
from typing import Any

from edu.multimodal.base import tidy
from edu.multimodal.base.markup import NEVER

_OUT = (
    f"{NEVER}, nav, footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search], "
    "[role=complementary], [role=dialog], [role=alert], [role=menu]"
)
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|gdpr|breadcrumbs?|sidebar|share|sharing|social|comments?|disqus|"
    r"related|recommended|newsletter|subscribe|signup|advert\w*|ads?|promo|sponsor\w*|menu|navbar|"
    r"nav|navigation|skip|toc|pagination|pager|editsection|noprint|print-only|popup|modal|masthead|"
    r"toolbar|byline|metadata|navbox|catlinks|hatnote|site-(?:header|footer)|page-(?:header|footer))"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_PARTS = "div, section, ul, ol, header, form, table, p, span"
_MOST = 0.4  # of the words of a page: what holds more is not beside its text
_LINKS = 0.6  # of the words of a list: it leads elsewhere
_LEAST = 200  # signs; a main part of fewer is not all that there is to read


def main_part(tree: Any) -> Any:
    """Return the element of a page that holds its text, freed of what stands around it; None where a
    page has no body."""
    for node in tree.css(_OUT):
        node.decompose()
    body = tree.body
    if body is None:
        return None
    whole = max(1, len(tidy(body.text())))
    for node in body.css(_PARTS):
        if node.parent is not None and _beside(node, whole):
            node.decompose()
    found = tree.css_first("main, [role=main]") or _article(tree) or body
    return found if len(tidy(found.text())) >= min(_LEAST, 0.5 * whole) else body


def _article(tree: Any) -> Any:
    """Return the article of a page that has one; of several none is the page."""
    articles = tree.css("article")
    return articles[0] if len(articles) == 1 else None


def _beside(node: Any, whole: int) -> bool:
    attributes = node.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    links = node.tag in ("ul", "ol", "div") and len(node.css("a")) > 3
    if not links and not _AROUND.search(named):
        return False
    words = len(tidy(node.text()))
    if words > _MOST * whole or node.css_first("h1") is not None:
        return False
    if _AROUND.search(named):
        return True
    led = sum(len(tidy(link.text())) for link in node.css("a"))
    return led > _LINKS * words and words < 40 * len(node.css("a"))
