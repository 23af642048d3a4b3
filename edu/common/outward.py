"""The one way to fetch an address that a person has given: only out into the public internet.

Whoever can make a server fetch an address can use it to look around where the server stands (SSRF).
So a name is looked up once, every address it has must be a public one, and the connection goes to
the address that was checked: what the name means a moment later does not matter (DNS rebinding).
There is an end to how much is read and how long it may take. What is sent is not sent on: redirects
are followed only where something is fetched, and each is looked at as the first address was.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _

PORTS = {"https": 443, "http": 80}
OPEN_PORTS = (443, 8443)
MOST_URL = 2000
MOST_READ = 64_000
MOST_REDIRECTS = 5
SECONDS = 15.0
# Where an IPv4 address hides in an IPv6 one, besides those that ipaddress knows: NAT64 (RFC 6052, 8215).
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotOutward(Invalid):
    """The address leads to where we do not call. One sentence, whatever the reason is: two would tell
    whoever asks which names there are in the networks around here."""

    detail = _(
        "This address is not called from here, or its host is not found. Use https and a host of the "
        "public internet, and look whether it is spelt right."
    )


class NoSuchHost(NotOutward):
    """The name in the address means nothing now. Those who ask are not told."""


class NoAnswer(Exception):
    """Nothing that can be read came back; the message says why in few words."""


class TooMuch(Exception):
    """More than may be read came back; `limit` is how many bytes that is."""

    def __init__(self, limit: int) -> None:
        super().__init__("too large")
        self.limit = limit


@dataclass(frozen=True)
class Fetched:
    """What stands at an address: `url` is where it was found in the end, `media_type` and `charset`
    what the other side says of it, in lower case, "" where it does not say."""

    url: str
    body: bytes
    media_type: str = ""
    charset: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back: so much of the body as was to be read, and the headers."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def look_up(url: str, inside: Sequence[Network] = (), *, must_be_found: bool = True) -> str:
    """Return the one address (as text) that `url` may be called at; raise NotOutward if there is none
    (NoSuchHost where the name is unknown).
    In the networks `inside`, which whoever runs this site has opened, any port and plain http are all
    right too. Without `must_be_found`, a name that is unknown today passes, with ""."""
    parts = _parts(url)
    host, port = str(parts.hostname), _port(parts)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        if must_be_found:
            raise NoSuchHost from None
        found = []
    addresses = [ipaddress.ip_address(str(each[4][0]).split("%")[0]) for each in found]
    opened = [any(_within(each, net) for net in inside) for each in addresses]
    if addresses and all(opened):
        return str(addresses[0])
    if parts.scheme != "https" or port not in OPEN_PORTS:
        raise NotOutward
    if not all(public(each) for each in addresses):
        raise NotOutward
    return str(addresses[0]) if addresses else ""


def public(address: Address) -> bool:
    """Whether `address` belongs to the internet, wherever an IPv4 address may hide in it."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if hidden is None and any(address in net for net in _NAT64):
            hidden = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if hidden is None and int(address) >> 32 == 0:  # ::a.b.c.d, as it once was
            hidden = ipaddress.IPv4Address(int(address))
        if hidden is not None:
            return public(hidden)
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    inside: Sequence[Network] = (),
    seconds: float = SECONDS,
) -> Answer:
    """Send `body` to `url`, whatever it answers; raise NotOutward or NoAnswer."""
    return call("POST", url, body, headers, inside, seconds)


def call(
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    inside: Sequence[Network] = (),
    seconds: float = SECONDS,
    most: int = MOST_READ,
) -> Answer:
    """Return what `url` answers, `most` bytes of it; raise NotOutward or NoAnswer."""
    address, parts = look_up(url, inside), _parts(url)
    line = _Line(parts, address, seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # However slowly the other side speaks, the line is cut at the end.
    end = threading.Timer(seconds, line.cut)
    end.daemon = True
    end.start()
    try:
        line.request(method, path, body, dict(headers or {}))
        answer = line.getresponse()
        return Answer(answer.status, answer.read(most), dict(answer.getheaders()))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(_why(error, line)) from None
    finally:
        end.cancel()
        line.close()


def get(
    url: str,
    most: int,
    headers: Mapping[str, str],
    inside: Sequence[Network] = (),
    seconds: float = SECONDS,
) -> Fetched:
    """Return what stands at `url`, at most `most` bytes; raise NotOutward, NoAnswer or TooMuch."""
    until = time.monotonic() + seconds
    for _step in range(MOST_REDIRECTS + 1):
        address, parts = look_up(url, inside), _parts(url)
        left = until - time.monotonic()
        if left <= 0:
            raise NoAnswer("no answer in time")
        line = _Line(parts, address, left)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        end = threading.Timer(left, line.cut)
        end.daemon = True
        end.start()
        try:
            line.request("GET", path, headers={"Accept-Encoding": "identity", **headers})
            answer = line.getresponse()
            if answer.status not in (301, 302, 303, 307, 308):
                if answer.status != 200:
                    raise NoAnswer(f"status {answer.status}")
                body = _plain(answer.read(most + 1), answer.getheader("Content-Encoding"), most)
                if line.was_cut:
                    raise NoAnswer("no answer in time")
                said = answer.headers
                return Fetched(
                    parts._replace(fragment="").geturl(),
                    body,
                    said.get_content_type() if said.get("Content-Type") else "",
                    str(said.get_content_charset() or ""),
                )
            url = urljoin(url, answer.getheader("Location") or "")
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise NoAnswer(_why(error, line)) from None
        finally:
            end.cancel()
            line.close()
    raise NoAnswer("too many redirects")


def _plain(body: bytes, coding: str | None, most: int) -> bytes:
    """Return a body as it was before it was packed, though nobody asked for that."""
    if len(body) > most:
        raise TooMuch(most)
    coding = (coding or "identity").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        packed = zlib.decompressobj(wbits=47 if "gzip" in coding else 15)
        body = packed.decompress(body, most + 1)
        if len(body) > most:
            raise TooMuch(most)
    elif coding != "identity":
        raise NoAnswer(f"coding {coding[:20]}")
    return body


class _Line(http.client.HTTPConnection):
    """A connection to the address that was checked, which speaks of the name that was asked for."""

    def __init__(self, parts: SplitResult, address: str, seconds: float) -> None:
        super().__init__(str(parts.hostname), _port(parts), timeout=seconds)
        self.address, self.over_tls, self.was_cut = address, parts.scheme == "https", False
        self.default_port = PORTS[parts.scheme]  # what the header Host leaves out

    def connect(self) -> None:
        """Open it."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.over_tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread."""
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


def _parts(url: str) -> SplitResult:
    """Return the parts of an address that can be called at all."""
    if len(url) > MOST_URL or not url.isascii() or any(sign <= " " or sign == "\\" for sign in url):
        raise NotOutward
    try:
        parts = urlsplit(url)
        right = parts.scheme in PORTS and parts.hostname and _port(parts)
    except ValueError:
        raise NotOutward from None
    if not right or parts.username is not None or parts.password is not None:
        raise NotOutward
    return parts


def _port(parts: SplitResult) -> int:
    return PORTS[parts.scheme] if parts.port is None else parts.port


def _within(address: Address, net: Network) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address) in net


def _why(error: Exception, line: _Line) -> str:
    if line.was_cut or isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return f"TLS: {getattr(error, 'reason', None) or 'failed'}"[:200]
    return (getattr(error, "strerror", None) or type(error).__name__)[:200]
