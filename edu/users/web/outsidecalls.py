"""How we call the sites that people sign in with: only out into the public internet, since their addresses
are entered by people, and what they answer names more addresses."""

from collections.abc import Mapping
from typing import Any

import requests
from django.conf import settings
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from edu.common import outward

SECONDS = 10.0
MOST_READ = 1_000_000  # bytes; keys and what is told of a person are a few thousand


class Guarded(BaseAdapter):
    """Sends what `requests` is to send by our own guarded way."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Return the answer; raise what `requests` raises when there is none, or none is to be."""
        sent = request.body
        body = sent.encode() if isinstance(sent, str) else sent if isinstance(sent, bytes) else None
        headers = {name: str(value) for name, value in request.headers.items()}
        try:
            found = outward.call(
                request.method or "GET",
                request.url or "",
                body,
                headers,
                settings.EDU_OPENID_NETWORKS,
                SECONDS,
                MOST_READ,
            )
        except outward.NotOutward as error:
            raise requests.exceptions.InvalidURL(error.detail, request=request) from None
        except outward.NoAnswer as error:
            raise requests.exceptions.ConnectionError(str(error), request=request) from None
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = found.status, request.url or "", request
        answer.headers = CaseInsensitiveDict(found.headers)
        answer._content, answer._content_consumed = found.body, True
        answer.encoding = requests.utils.get_encoding_from_headers(answer.headers)
        return answer

    def close(self) -> None:
        """Nothing is kept open."""


def session() -> requests.Session:
    """Return a session that calls so and follows no redirect, with nothing from the environment."""
    made = requests.Session()
    made.trust_env, made.max_redirects = False, 0
    made.headers["Accept-Encoding"] = "identity"
    for scheme in ("https://", "http://"):
        made.mount(scheme, Guarded())
    return made
