"""How much of a request's head is read: without an end to it, a client that never finishes its headers
fills the memory of the process, before any of our code is asked."""

from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 65_536  # bytes of address and headers, as other servers have it, and what one read adds
REFUSAL = b"The headers are larger than what is read here."


class BoundedHead(HttpToolsProtocol):
    """uvicorn's protocol for HTTP/1.1, which gives up a head that does not end (431)."""

    _head = 0  # bytes since the last request, or its body, ended
    _in_head = True

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        if self._in_head:
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

    def _refuse(self) -> None:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        lines: list[Any] = [
            f"HTTP/1.1 {status.value} {status.phrase}",
            "Content-Type: text/plain; charset=utf-8",
            f"Content-Length: {len(REFUSAL)}",
            "Connection: close",
            "",
            "",
        ]
        self.transport.write("\r\n".join(lines).encode() + REFUSAL)
        self.transport.close()
