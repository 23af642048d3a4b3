"""Answers that are text are sent compressed, in the best coding that the client takes.

Pictures, sound, partial answers and streams go as they are; files of the site have been compressed
when they were collected (see statics.py).
"""

import gzip
from collections.abc import Callable

import brotli
import zstandard
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

LEAST = 600  # bytes: below that the headers of a packet weigh more
TEXTS = (
    "application/json",
    "application/problem+json",
    "application/vnd.oai.openapi",
    "application/yaml",
    "application/xml",
    "application/javascript",
    "image/svg+xml",
)
# Levels at which a page costs about a millisecond; the first of equals is the best.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstandard.ZstdCompressor(level=3).compress(body),
    "br": lambda body: bytes(brotli.compress(body, quality=4)),
    "gzip": lambda body: gzip.compress(body, compresslevel=5, mtime=0),
}


class Compress:
    """Middleware: see the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, compressed where that pays."""
        response = self.get_response(request)
        if (
            response.streaming
            or response.status_code in (204, 206, 304)
            or "Content-Encoding" in response
            or not _is_text(response.get("Content-Type", ""))
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        coding = chosen(request.headers.get("Accept-Encoding", ""))
        if not coding or len(response.content) < LEAST:
            return response
        small = CODINGS[coding](response.content)
        if len(small) >= len(response.content):
            return response
        response.content = small
        response["Content-Encoding"] = coding
        if "Content-Length" in response:
            response["Content-Length"] = str(len(small))
        if response.get("ETag", "").startswith('"'):
            response["ETag"] = "W/" + response["ETag"]  # the same in meaning, not byte by byte
        return response


def chosen(header: str) -> str:
    """Return the coding that an Accept-Encoding header likes best; "" for none of ours."""
    weights: dict[str, float] = {}
    for part in header.split(","):
        name, _, rest = part.strip().lower().partition(";")
        weight = rest.replace(" ", "").removeprefix("q=") if rest else "1"
        try:
            weights[name.strip()] = float(weight)
        except ValueError:
            continue
    other = weights.get("*", 0.0)
    liked = [(weights.get(name, other), name) for name in CODINGS]
    best = max(liked, key=lambda each: each[0])
    return best[1] if best[0] > 0 else ""


def _is_text(kind: str) -> bool:
    plain = kind.split(";")[0].strip().lower()
    # An event stream is no text to wait for.
    return plain in TEXTS or (plain.startswith("text/") and plain != "text/event-stream")
