"""Where a page was opened by an IP address, passkeys cannot be used, and the page says why."""

import pytest
from django.test import Client

from edu.users.templatetags.passkeys import ByAddress, by_address
from tests.users.test_second_step import confirmed  # noqa: F401

LOCAL = ByAddress("127.0.0.1", "http://localhost:8000/sign-in/?next=/x/")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://127.0.0.1:8000/sign-in/?next=/x/", LOCAL),
        ("http://[::1]/sign-in/", ByAddress("::1", "http://localhost/sign-in/")),
        ("https://192.168.1.7/", ByAddress("192.168.1.7", "")),
        ("http://localhost:8000/", None),
        ("https://edu.example.org/", None),
    ],
)
def test_an_address_is_told_from_a_name(url, found):
    assert by_address(url) == found


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in/", "/profile/security/"])
def test_pages_say_why_and_lead_to_where_it_works(client_of, confirmed, path):  # noqa: F811
    client = Client() if path == "/sign-in/" else client_of(confirmed)
    words = {
        host: client.get(path, headers={"host": host}).content.decode()
        for host in ("127.0.0.1:8000", "10.0.0.7", "edu.example.org")
    }
    assert f'href="http://localhost:8000{path}"' in words["127.0.0.1:8000"]
    assert "Passkeys cannot be used at 10.0.0.7" in words["10.0.0.7"]
    assert "localhost" not in words["10.0.0.7"].split("data-passkeys-by-address")[1][:300]
    assert "data-passkeys-by-address" not in words["edu.example.org"]
    assert ("Make a passkey" in words["edu.example.org"]) is (path != "/sign-in/")
    assert "Make a passkey" not in words["127.0.0.1:8000"]
