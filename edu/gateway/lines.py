"""How much of a request's head is read: without an end to it, a client that never finishes its headers
fills the memory of the process, before any of our code is asked."""

import re
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 65_536  # bytes of address and headers, as other servers have it, and what one read adds
REFUSAL = b"The headers are larger than what is read here."


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KNOWN = frozenset(each.encode() for each in METHODS)
_ASKED = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) (/\S*) HTTP/1\.[01]\r?\n")


class BoundedHead(HttpToolsProtocol):
    """uvicorn's protocol for HTTP/1.1, which gives up a head that does not end (431)."""

    _head = 0  # bytes since the last request, or its body, ended
    _in_head = True
    _first = b""  # of the head

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        if self._in_head:
            if not self._head:
                self._first = data[:4096]
            self._head += len(data)
            if self._head > MOST_HEAD and self._head > len(data):
                self._refuse()
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The head is whole: what follows is its body, which BodyLimit measures."""
        self._in_head, self._head = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What follows is another head."""
        self._in_head = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP. A method that the reader does not know is one that we do not have."""
        found = _ASKED.match(self._first)
        if found is None or found[1] in KNOWN:
            super().send_400_response(msg)
            return
        # The server reads this file before Django is set up, which these need.
        from edu.gateway import requests
        from edu.gateway.problems import DETAILS, MEDIA_TYPE, Problem, ProblemResponse

        status, allow = HTTPStatus.METHOD_NOT_ALLOWED, f"Allow: {', '.join(METHODS)}"
        path = found[2].partition(b"?")[0].decode("latin-1")
        if not path.startswith("/api/"):
            self._answer(status, "text/plain; charset=utf-8", DETAILS[405].encode(), allow)
            return
        token = requests.current.set(requests.choose(""))
        try:
            problem = ProblemResponse(Problem(405, DETAILS[405]), path)
        finally:
            requests.current.reset(token)
        said = f"{requests.HEADER}: {problem.data['request_id']}"
        self._answer(status, MEDIA_TYPE, problem.content, allow, said)

    def _refuse(self) -> None:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        self._answer(status, "text/plain; charset=utf-8", REFUSAL)

    def _answer(self, status: HTTPStatus, kind: str, body: bytes, *more: str) -> None:
        lines = [
            f"HTTP/1.1 {status.value} {status.phrase}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *more,
            "",
            "",
        ]
        self.transport.write("\r\n".join(lines).encode() + body)
        self.transport.close()
