"""Addresses that people give lead out into the internet and nowhere else."""

import ipaddress
import socket
import ssl

import pytest

from edu.common import outward
from edu.common.outward import NoAnswer, NoSuchHost, NotOutward, look_up, post, public
from tests.gateway.listener import listening

HERE = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
def heard():
    with listening() as made:
        yield made


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254",  # noqa: S104
        "100.64.0.1", "100.127.255.254", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1",
        "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
        "2001:0:7f00:1:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_what_is_no_public_address_is_not_called(address):
    assert not public(ipaddress.ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(NotOutward):
        look_up(f"https://{host}/")


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_what_is_public_is_called_at_that_address(address):
    host = f"[{address}]" if ":" in address else address
    assert ipaddress.ip_address(look_up(f"https://{host}/a")) == ipaddress.ip_address(address)


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "//1.1.1.1/", "ftp://1.1.1.1/", "file:///etc/passwd", "gopher://1.1.1.1/",
        "http://1.1.1.1/", "https://1.1.1.1:22/", "https://1.1.1.1:6379/", "https://1.1.1.1:99999/",
        "https://user:word@1.1.1.1/", "https://@1.1.1.1/", "https:///path", "https://1.1.1.1 /",
        "https://1.1.1.1\\@127.0.0.1/", "https://1.1.1.1/\r\nX: y", "https://[::1", "https://bücher.example/",
        "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/",
        "https://localhost/", "https://1.1.1.1/" + "a" * 2000,
    ],
)  # fmt: skip
def test_odd_addresses_are_not_called(url):
    with pytest.raises(NotOutward):
        look_up(url)


def names(monkeypatch, *answers):
    """Let every name mean the first of `answers`, then the next; return what was asked for."""
    asked, left = [], list(answers)

    def getaddrinfo(host, port, *_more, **_named):
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_one_private_address_among_public_ones_is_one_too_many(monkeypatch):
    names(monkeypatch, ["1.1.1.1", "10.0.0.1"])
    with pytest.raises(NotOutward):
        look_up("https://two.example/")


def test_a_name_is_looked_up_once_and_called_where_it_was_checked(monkeypatch):
    called = []

    def connect(place, *_more, **_named):
        called.append(place)
        raise ConnectionRefusedError(111, "refused")

    asked = names(monkeypatch, ["1.1.1.1"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NoAnswer):
        post("https://rebinding.example/", b"{}", {})
    assert asked == ["rebinding.example"]
    assert called == [("1.1.1.1", 443)]


def test_an_unknown_name_may_pass_until_it_is_called(monkeypatch):
    def nothing(*_arguments, **_named):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    assert look_up("https://soon.example/", must_be_found=False) == ""
    for url in ("https://soon.example/", "http://soon.example/"):
        with pytest.raises(NoSuchHost) as refused:
            look_up(url)
        assert refused.value.detail == NotOutward.detail  # inside or nowhere: nobody is told which
    with pytest.raises(NotOutward) as refused:
        look_up("https://soon.example:22/", must_be_found=False)
    assert "public internet" in refused.value.detail


def test_networks_of_ones_own_may_be_opened(heard):
    answer = post(heard.url, b'{"a":1}', {"X-Name": "value"}, HERE)
    assert answer.status == 204
    path, headers, body = heard.heard[0]
    assert (path, body) == ("/told?by=edu", b'{"a":1}')
    assert headers["Host"] == f"127.0.0.1:{heard.port}"
    assert headers["X-Name"] == "value"
    with pytest.raises(NotOutward):
        post(heard.url, b"", {})


def test_redirects_are_told_and_not_followed(heard):
    heard.answer, heard.extra = 302, {"Location": heard.url}
    assert post(heard.url, b"", {}, HERE).status == 302
    assert len(heard.heard) == 1


def test_only_so_much_is_read(heard):
    heard.answer, heard.body = 200, b"x" * (outward.MOST_READ * 3)
    assert len(post(heard.url, b"", {}, HERE).body) == outward.MOST_READ


def test_whoever_answers_for_ever_is_cut_off(heard):
    heard.slowly = 0.05
    with pytest.raises(NoAnswer, match="in time"):
        post(heard.url, b"", {}, HERE, seconds=0.4)


def test_what_does_not_speak_tls_is_no_answer(heard):
    with pytest.raises(NoAnswer):
        post(heard.url.replace("http://", "https://"), b"", {}, HERE, seconds=5)


def test_a_certificate_is_checked_for_the_name_that_was_asked_for(monkeypatch, heard):
    wrapped = []

    def wrap(self, sock, **named):
        wrapped.append((self.verify_mode, self.check_hostname, named["server_hostname"]))
        raise ssl.SSLError("as far as this goes")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    names(monkeypatch, ["127.0.0.1"])
    with pytest.raises(NoAnswer):
        post(f"https://right.example:{heard.port}/", b"", {}, HERE)
    assert wrapped == [(ssl.CERT_REQUIRED, True, "right.example")]


def test_a_port_where_nobody_listens_is_no_answer(heard):
    heard.server.server_close()
    with pytest.raises(NoAnswer):
        post(heard.url, b"", {}, HERE, seconds=2)
