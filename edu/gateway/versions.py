"""Which calls are on their way out: told in headers of each of their answers (RFC 9745, RFC 8594), and in
the schema. The policy is docs/api-versions.md."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

POLICY = "/api/v1/docs/#versions"


@dataclass(frozen=True)
class Retirement:
    """`path` as the schema writes it; `since` when it is deprecated, `ends` when it may be gone, at least
    a year later; `successor` what to call instead."""

    path: str
    since: datetime
    ends: datetime
    successor: str

    @property
    def headers(self) -> dict[str, str]:
        """What every answer of the call says about it."""
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": http_date(self.ends.timestamp()),
            "Link": f'<{POLICY}>; rel="deprecation"; type="text/html", '
            f'<{self.successor}>; rel="successor-version"',
        }


RETIRED = {
    each.path: each
    for each in (
        Retirement(
            path="/api/v1/me/reviews",
            since=datetime(2026, 12, 1, tzinfo=UTC),
            ends=datetime(2028, 6, 1, tzinfo=UTC),
            successor="/api/v2/me/reviews",
        ),
    )
}


def tell(request: HttpRequest, response: HttpResponse) -> None:
    """Say in the answer's headers when its call will be gone."""
    match = request.resolver_match
    if match is None or not RETIRED:
        return
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", match.route)
    if path in RETIRED:
        for name, value in RETIRED[path].headers.items():
            response.headers.setdefault(name, value)


def mark(paths: dict[str, Any]) -> None:
    """Mark the calls in the paths of the schema."""
    for path, retirement in RETIRED.items():
        for operation in paths[path].values():
            operation["deprecated"] = True
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    answer.setdefault("headers", {}).update(_HEADERS)
            operation["description"] = (
                f"{operation.get('description', '')}\n\nUse {retirement.successor}; this call is "
                f"answered until {retirement.ends:%Y-%m-%d} at least."
            ).strip()


_HEADERS = {
    "Deprecation": {"description": "Since when, as RFC 9745 has it.", "schema": {"type": "string"}},
    "Sunset": {"description": "Until when at least: RFC 8594.", "schema": {"type": "string"}},
    "Link": {"description": "The policy, and the successor.", "schema": {"type": "string"}},
}
