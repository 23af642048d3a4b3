"""What a page of the web is called. It is not parsed here: all reading of files is in the sandbox."""

import re
import unicodedata
from html import unescape

LONGEST = 200
_BEGIN = 300_000  # signs of a page that are looked at
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset=[\"']?([\w-]+)", re.IGNORECASE)
_BODY = re.compile(r"<(?:body|svg)\b", re.IGNORECASE)
_META = re.compile(r"<meta\b([^>]{1,2000})>", re.IGNORECASE)
_OG = re.compile(r"""(?:property|name)\s*=\s*["']?og:title\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def title_of(body: bytes, charset: str = "") -> str:
    """Return the title that a page gives itself, else the one it gives to who links to it (og:title),
    else its first heading; "" where there is none. `charset` is what the other side said it is in."""
    text = _text(body[: 4 * _BEGIN], charset)[:_BEGIN]
    body_at = _BODY.search(text)
    head = text[: body_at.start()] if body_at else text
    shared = (tag for tag in _META.findall(text) if _OG.search(tag))
    said = next((found for tag in shared if (found := _CONTENT.search(tag))), None)
    for each in (_inside(head, "title"), said and (said[1] or said[2]), _inside(text, "h1")):
        words = " ".join(unescape(each or "").split())
        title = "".join(c for c in words if unicodedata.category(c) not in ("Cc", "Cs"))
        title = title[:LONGEST].strip()
        if title:
            return title
    return ""


def _inside(text: str, name: str) -> str:
    """Return the words in the first element `name`, without what is marked up in it."""
    begin = re.search(rf"<{name}\b[^>]{{0,2000}}>", text, re.IGNORECASE)
    end = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, begin.end()) if begin else None
    return _TAG.sub(" ", text[begin.end() : end.start()][:20_000]) if begin and end else ""


def _text(body: bytes, charset: str) -> str:
    named = _CHARSET.search(body[:4096])
    for name in (charset, named[1].decode("ascii", "replace") if named else ""):
        try:
            if name:
                return body.decode(name, "replace")
        except LookupError:
            continue
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        cut = error.start > len(body) - 4  # only the end is missing
        return body.decode("utf-8" if cut else "cp1252", "replace")
