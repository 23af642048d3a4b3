"""Bodies that come compressed: `Content-Encoding: gzip` on what is not a form. They are measured while they
grow, so that a small one which would become a huge one is refused before it is."""

import io
import zlib

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from edu.gateway import problems
from edu.gateway.rest import MOST_BYTES

TAKEN = "gzip, identity"


def inflate(request: HttpRequest) -> HttpResponse | None:
    """Put the plain body in the place of a compressed one; return the refusal when it cannot be had."""
    coding = request.headers.get("Content-Encoding", "").strip().lower()
    if coding in ("", "identity"):
        return None
    form = request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded")
    if coding not in ("gzip", "x-gzip") or form:
        said = gettext("Bodies come as they are here, or as gzip; forms with files as they are.")
        return problems.plain(415, request, said, Accept_Encoding=TAKEN)
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(request.body, MOST_BYTES + 1)
    except zlib.error:
        return problems.plain(400, request, gettext("The body is not what gzip makes."))
    if len(plain) > MOST_BYTES:
        said = gettext("Unpacked, a body may have at most 1 MB here.")
        return problems.plain(413, request, said)
    if not reader.eof or reader.unused_data:
        return problems.plain(400, request, gettext("The body is not one whole of gzip."))
    request._body = plain
    request._stream = io.BytesIO(plain)
    request.META["CONTENT_LENGTH"] = str(len(plain))
    del request.META["HTTP_CONTENT_ENCODING"]
    request.__dict__.pop("headers", None)  # cached from the META before
    return None
