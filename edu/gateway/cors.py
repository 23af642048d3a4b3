"""Which pages of other origins may call the API from a browser: those that EDU_CORS_ORIGINS names, and
only with a token of their own. Cookies never count for them, so that no page acts in a visitor's name."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# What programs call; pages for people are for people who are here.
PLACES = ("/api/", "/oauth/token/", "/oauth/revoke/", "/oauth/userinfo/", "/.well-known/")
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
SENT = (
    "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
    "Last-Event-ID, X-Request-ID"
)
SEEN = (
    "Deprecation, ETag, Idempotent-Replayed, Link, Location, RateLimit, RateLimit-Policy, "
    "Retry-After, Sunset, X-Request-ID"
)
SECONDS = "600"  # that a browser may go by what it was told before


class Cors:
    """Middleware: answers what browsers ask beforehand, and says whose pages may read an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers where they are due. What is asked beforehand is answered alike at
        every address, so that it tells nothing of what is there."""
        if not settings.EDU_CORS_ORIGINS or not request.path.startswith(PLACES):
            return self.get_response(request)
        origin = request.headers.get("Origin", "")
        known = origin in settings.EDU_CORS_ORIGINS
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if known and asks else self.get_response(request)
        patch_vary_headers(response, ["Origin"])
        if known:
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Expose-Headers"] = SEEN
            # The answer is meant for that page: the default would keep it to this site's own.
            response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        if known and asks:
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = SENT
            response["Access-Control-Max-Age"] = SECONDS
            patch_vary_headers(
                response, ["Access-Control-Request-Method", "Access-Control-Request-Headers"]
            )
        return response
