"""The limits of the API: one person's, and one address' where nobody is signed in yet."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from edu.gateway import limits

# By method and the last word of the path: calls that cost more than a row, or that strangers make.
COSTLY = {
    ("POST", "turns"): limits.MODELS,
    ("POST", "speech"): limits.MODELS,
    ("POST", "transcriptions"): limits.MODELS,
    ("POST", "materials"): limits.MODELS,
    ("POST", "quizzes"): limits.MODELS,
    ("GET", "search"): limits.SEARCHES,
}
STRANGERS = {
    "register": limits.SIGN_UPS,
    "token": limits.SIGN_INS,
    "refresh": limits.SIGN_INS,
}


class _Limited(BaseThrottle):
    """Counts one request, and leaves its state on the request for the answer's headers."""

    retry_after = 0.0

    def _take(self, request: Request, limit: limits.Limit, who: str) -> bool:
        state = limits.take(limit, who)
        request._request.rate_limit = state  # type: ignore[attr-defined]
        self.retry_after = state.retry_after
        return not state.retry_after

    def wait(self) -> float | None:
        """Seconds until the next request passes."""
        return self.retry_after or None


def _last_word(request: Request) -> str:
    return request.path.rstrip("/").rsplit("/", 1)[-1]


class PerUser(_Limited):
    """What one signed-in person may do, wherever they are."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether the request passes; people who are not signed in are PerAddress' business."""
        if not request.user.is_authenticated:
            return True
        limit = limits.READS if request.method in ("GET", "HEAD", "OPTIONS") else limits.WRITES
        method = "GET" if request.method == "HEAD" else str(request.method)
        limit = COSTLY.get((method, _last_word(request)), limit)
        return self._take(request, limit, str(request.user.pk))


class PerAddress(_Limited):
    """What all strangers behind one address may do together."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether the request passes."""
        if request.user.is_authenticated:
            return True
        limit = STRANGERS.get(_last_word(request), limits.STRANGERS)
        return self._take(request, limit, limits.address(request.META.get("REMOTE_ADDR", "")))
