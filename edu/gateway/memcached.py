"""As much of Memcached as a cache needs: get and set over its text protocol, with a few kept connections.

Values are bytes and stay bytes. Whatever goes wrong is a `Gone`, and the connection is not used again.
"""

import socket
import threading
from urllib.parse import urlsplit

MOST_KEPT = 16
SECONDS = 0.5  # a cache that is slower than this is no help


class Gone(Exception):
    """The server does not answer, or not as Memcached does."""


class Memcached:
    """One server, by its memcached:// address. May be used by many threads."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.place = (parts.hostname or "", parts.port or 11211)
        self.kept: list[_Line] = []
        self.lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """Return what is kept under `key` (ASCII, without spaces, up to 250 letters)."""
        head, value = self._ask(f"get {key}\r\n".encode())
        return value if head.startswith(b"VALUE ") else None

    def set(self, key: str, value: bytes, seconds: int) -> None:
        """Keep `value` for so many seconds; what is too large for the server is not kept."""
        self._ask(f"set {key} 0 {seconds} {len(value)}\r\n".encode() + value + b"\r\n")

    def ping(self) -> None:
        """Raise Gone when it does not answer."""
        self._ask(b"version\r\n")

    def _ask(self, said: bytes) -> tuple[bytes, bytes]:
        with self.lock:
            line = self.kept.pop() if self.kept else None
        if line is not None:
            try:
                return self._over(line, said)
            except Gone:
                pass  # it was closed meanwhile: once more, on a new one
        try:
            line = _Line(self.place)
        except OSError as error:
            raise Gone(str(error)) from None
        return self._over(line, said)

    def _over(self, line: "_Line", said: bytes) -> tuple[bytes, bytes]:
        try:
            found = line.ask(said)
        except (OSError, ValueError, IndexError) as error:
            line.close()
            raise Gone(str(error)) from None
        with self.lock:
            if len(self.kept) < MOST_KEPT:
                self.kept.append(line)
                return found
        line.close()
        return found


class _Line:
    """One connection."""

    def __init__(self, place: tuple[str, int]) -> None:
        self.socket = socket.create_connection(place, SECONDS)
        self.file = self.socket.makefile("rb")

    def ask(self, said: bytes) -> tuple[bytes, bytes]:
        """Return the first line of the answer, and the value in it."""
        self.socket.sendall(said)
        head = self._line()
        if not head.startswith(b"VALUE "):
            if head.split(b" ")[0] not in (
                b"STORED",
                b"NOT_STORED",
                b"END",
                b"VERSION",
                b"SERVER_ERROR",
            ):
                raise ValueError(head)
            return head, b""
        size = int(head.split(b" ")[3])
        value = self.file.read(size + 2)
        if len(value) != size + 2 or self._line() != b"END":
            raise ValueError("the answer is cut off")
        return head, value[:-2]

    def close(self) -> None:
        """Give the connection up."""
        self.file.close()
        self.socket.close()

    def _line(self) -> bytes:
        line = self.file.readline(1000)
        if not line.endswith(b"\r\n"):
            raise ValueError("the answer is cut off")
        return line[:-2]
