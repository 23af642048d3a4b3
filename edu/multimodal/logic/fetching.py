"""Pages of the web: fetched once, kept as a file, and fetched again to see what changed."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

from edu.common import outward
from edu.common.text import gettext_noop as _
from edu.multimodal import data
from edu.multimodal.logic import intake, replacing, webtitles
from edu.multimodal.models import Material

SECONDS = 20.0
MOST_MEGABYTES = 50  # of one page, or of a file that an address leads to
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "User-Agent": "edu/1 (brings a page that a teacher chose)",
}


class NotFetched(data.Unreadable):
    """The other side does not give a page."""

    detail = _(
        "This address does not give a page (%(why)s). Look at it in a browser; a page that needs a "
        "password can be saved there and brought as a file."
    )


class NoPage(data.NothingToRetry):
    """It was brought as a file."""

    detail = _("This was brought as a file, and has no address to be fetched from again.")


@dataclass(frozen=True)
class Page:
    """What an address gave: a file at `path` that is to be called `file_name`, found at `url`."""

    path: str
    file_name: str
    title: str
    url: str


@contextmanager
def fetched(url: str) -> Iterator[Page]:
    """Give what stands at `url` as a file that is gone afterwards. Raises NotOutward for addresses
    that are not called, NotFetched and TooLarge."""
    url = re.sub(r"^http:(?=//)", "https:", url.strip(), flags=re.IGNORECASE) if _far(url) else url
    url = url if "://" in url else f"https://{url.strip()}"
    most = min(MOST_MEGABYTES, settings.EDU_MAX_UPLOAD_MB)
    try:
        found = outward.get(
            url.partition("#")[0],
            most * intake.MEGABYTE,
            _HEADERS,
            settings.EDU_FETCH_NETWORKS,
            SECONDS,
        )
    except outward.NoAnswer as error:
        raise NotFetched(why=str(error)) from None
    except outward.TooMuch:
        raise data.TooLarge(limit=most) from None
    body, title = found.body, ""
    if found.media_type in ("text/html", "application/xhtml+xml"):
        text = _decoded(body, found.charset)
        body = text.encode() if text else body
        title = webtitles.title_of(found.body, found.charset)
    with tempfile.NamedTemporaryFile(prefix="edu-page-") as file:
        file.write(body)
        file.flush()
        yield Page(file.name, _name(found), title, found.url[:2000])


def _far(url: str) -> bool:
    """Tell whether an address with http may be tried with https: not one of our own networks."""
    try:
        outward.look_up(url.strip(), settings.EDU_FETCH_NETWORKS)
    except outward.NotOutward:
        return True
    return False


def _decoded(body: bytes, charset: str) -> str:
    """Return a page as text where the answer itself names the encoding; "" where the page does."""
    try:
        return body.decode(charset) if charset else ""
    except (UnicodeDecodeError, LookupError):
        return ""


def _name(found: outward.Fetched) -> str:
    """Return what to call the file: the last part of the address, with the ending of a page."""
    parts = urlsplit(found.url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "page"
    if found.media_type in ("text/html", "application/xhtml+xml"):
        last = re.sub(r"\.(?:x?html?|php|aspx?|jsp)$", "", last, flags=re.IGNORECASE) + ".html"
    return last


def address(row: Material) -> str:
    """Return where a material can be fetched from again; raise NoPage or StillRead."""
    if not row.url:
        raise NoPage
    replacing.check(row)
    return row.url
