"""Signing in with an account elsewhere: with our own server as the other side, and with a provider that
says what the test wants it to say."""

import ipaddress
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp
from oauth2_provider.models import Application

from edu.gateway.limits import Limit
from edu.gateway.middleware import PlainErrors
from edu.users import api
from edu.users.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def opened(settings):
    """These sites are on this machine."""
    settings.EDU_OPENID_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)


class Elsewhere(BaseHTTPRequestHandler):
    """A provider that signs everybody in as `server.who`."""

    def _say(self, told):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def do_GET(self):
        """Discovery, and who it is."""
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            places = ("authorization", "token", "userinfo")
            told = {f"{each}_endpoint": f"{here}/{each}" for each in places}
            self._say({"issuer": here, "jwks_uri": f"{here}/keys", **told})
        else:
            self._say(self.server.who)

    def do_POST(self):
        """A token for any code."""
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(sent)
        here = f"http://127.0.0.1:{self.server.server_port}"
        now = int(time.time())
        claims = {"iss": here, "aud": "us", "iat": now, "exp": now + 60, **self.server.who}
        told = jwt.encode(claims, "k" * 64, algorithm="HS512")
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": told})

    def log_message(self, *_what):
        """Say nothing."""


@pytest.fixture
def elsewhere():
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    server.asked, server.who = [], {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    SocialApp.objects.create(
        provider="openid_connect",
        provider_id="school",
        name="The school",
        client_id="us",
        secret="s",
        settings={"server_url": f"http://127.0.0.1:{server.server_port}"},
    )
    yield server
    server.shutdown()


def press(client, page, action, **more):
    """Press the button of the form that leads to `action`."""
    shown = client.get(page).content.decode()
    assert f'action="{action}"' in shown
    return client.post(action, more)


def onward(answer):
    """Where the page between leads; no form of ours is sent on to another site."""
    assert answer.status_code == 200
    shown = answer.content.decode()
    place = re.search(r'content="0;url=([^"]+)"', shown).group(1).replace("&amp;", "&")
    assert shown.count(f'href="{place}"'.replace("&", "&amp;")) == 1
    return place


def come_back(client, elsewhere, who, page="/sign-in/", **more):
    elsewhere.who = who
    place = onward(press(client, page, "/sign-in/with/school/", **more))
    asked = parse_qs(urlsplit(place).query)
    assert asked["code_challenge_method"] == ["S256"]
    answer = client.get("/sign-in/with/school/back/", {"code": "c", "state": asked["state"][0]})
    if answer.status_code == 302:
        assert elsewhere.asked[-1]["code_verifier"]
    return answer


def said(client, page="/sign-in/"):
    return client.get(page).content.decode()


def whose(client):
    return client.session.get("_auth_user_id")


def test_somebody_new_gets_an_account(client, elsewhere):
    who = {"sub": "7", "email": "Nadia@School.example", "email_verified": True, "name": "Nadia"}
    answer = come_back(client, elsewhere, who)
    assert answer["Location"] == "/"
    row = User.objects.get(email="nadia@school.example")
    assert whose(client) == str(row.pk)
    assert row.display_name == "Nadia"
    assert api.confirmed(user=str(row.pk))
    client.logout()
    # The same account elsewhere, under another address by now, is the same person here.
    come_back(client, elsewhere, {**who, "email": "n@school.example"})
    assert whose(client) == str(row.pk)
    assert User.objects.count() == 1
    told = [each.action for each in api.history(user=str(row.pk)).items]
    assert told.count("sign-in") == 2
    assert told.count("outside-joined") == 1


@pytest.mark.parametrize("verified", [True, False, "true", None])
def test_an_address_alone_never_opens_an_account(client, elsewhere, learner, verified):
    answer = come_back(
        client, elsewhere, {"sub": "7", "email": learner.email, "email_verified": verified}
    )
    assert answer["Location"] == "/sign-in/"
    assert "There is an account with this e-mail address already" in said(client)
    assert whose(client) is None
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [False, "true", None])
def test_an_address_that_nobody_confirmed_is_not_confirmed_here(client, elsewhere, verified):
    come_back(client, elsewhere, {"sub": "7", "email": "n@x.example", "email_verified": verified})
    row = User.objects.get(email="n@x.example")
    assert not api.confirmed(user=str(row.pk))
    assert not EmailAddress.objects.filter(verified=True).exists()


@pytest.mark.parametrize("who", [{}, {"email": ""}, {"email": "no address"}, {"email": "a" * 400}])
def test_without_an_address_there_is_no_account(client, elsewhere, who):
    answer = come_back(client, elsewhere, {"sub": "7", **who})
    assert answer["Location"] == "/sign-in/"
    assert whose(client) is None
    assert not User.objects.exists()


def test_a_blocked_person_is_not_let_in(client, elsewhere):
    who = {"sub": "7", "email": "n@x.example", "email_verified": True}
    come_back(client, elsewhere, who)
    client.logout()
    api.set_active(users=[str(User.objects.get().pk)], active=False)
    come_back(client, elsewhere, who)
    assert whose(client) is None


def test_a_state_of_ours_is_needed(client, elsewhere):
    elsewhere.who = {"sub": "7", "email": "n@x.example", "email_verified": True}
    for sent in ({"code": "c", "state": "made-up"}, {"code": "c"}, {"error": "access_denied"}):
        answer = client.get("/sign-in/with/school/back/", sent)
        assert answer["Location"] == "/sign-in/"
    assert not User.objects.exists()
    assert client.get("/sign-in/with/school/").status_code == 405
    assert client.post("/sign-in/with/nobody/").status_code == 404
    assert client.get("/sign-in/with/nobody/back/").status_code == 404


def test_one_that_cannot_be_reached_is_told(client, elsewhere):
    SocialApp.objects.update(settings={"server_url": "http://127.0.0.1:9"})
    answer = client.post("/sign-in/with/school/")
    assert answer["Location"] == "/sign-in/"
    assert "cannot be reached" in said(client)


def test_people_connect_and_take_off(client_of, client, elsewhere, learner, stranger):
    mine, who = client_of(learner), {"sub": "7", "email": "other@x.example"}
    come_back(mine, elsewhere, who, "/profile/outside/", process="connect")
    row = SocialAccount.objects.get()
    assert str(row.user_id) == learner.id
    assert "The school" in said(mine, "/profile/outside/")
    come_back(client, elsewhere, who)
    assert whose(client) == learner.id
    # What is one person's cannot be made another's.
    theirs = client_of(stranger)
    come_back(theirs, elsewhere, who, "/profile/outside/", process="connect")
    assert str(SocialAccount.objects.get().user_id) == learner.id
    assert "outside-joined" not in [each.action for each in api.history(user=stranger.id).items]
    assert theirs.post(f"/profile/outside/{row.pk}/leave/").status_code == 404
    assert mine.post(f"/profile/outside/{row.pk}/leave/").status_code == 302
    assert not SocialAccount.objects.exists()
    actions = [each.action for each in api.history(user=learner.id).items]
    assert {"outside-joined", "outside-left"} <= set(actions)


def test_our_own_server_is_a_provider_like_any_other(live_server, settings, learner):
    """Both directions against each other: as the provider it is 127.0.0.1, as the client localhost."""
    site = live_server.url
    home = site.replace("127.0.0.1", "localhost")
    settings.EDU_PUBLIC_URL = site.replace("localhost", "127.0.0.1")
    there = settings.EDU_PUBLIC_URL
    settings.OAUTH2_PROVIDER = {**settings.OAUTH2_PROVIDER, "OIDC_ISS_ENDPOINT": there}
    made = Application(
        name="Home",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=f"{home}/sign-in/with/there/back/",
    )
    secret = made.client_secret
    made.save()
    SocialApp.objects.create(
        provider="openid_connect",
        provider_id="there",
        name="There",
        client_id=made.client_id,
        secret=secret,
        settings={"server_url": there},
    )

    def token(page):
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)

    def sign_in(place):
        browser = httpx.Client(base_url=place)
        sent = {"email": learner.email, "password": PASSWORD}
        sent["csrfmiddlewaretoken"] = token(browser.get("/sign-in/").text)
        assert browser.post("/sign-in/", data=sent).status_code == 302
        return browser

    def round_trip(browser, page, **more):
        sent = {"csrfmiddlewaretoken": token(browser.get(page).text), **more}
        shown = browser.post("/sign-in/with/there/", data=sent).text
        place = re.search(r'content="0;url=([^"]+)"', shown).group(1).replace("&amp;", "&")
        asks = provider.get(place).text
        fields = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', asks)
        allowed = provider.post(place, data={**dict(fields), "allow": "1"})
        return browser.get(allowed.headers["Location"])

    provider, mine = sign_in(there), sign_in(home)
    joined = round_trip(mine, "/profile/outside/", process="connect")
    assert joined.headers["Location"] == "/profile/outside/"
    assert SocialAccount.objects.get().uid == learner.id
    fresh = httpx.Client(base_url=home)
    assert round_trip(fresh, "/sign-in/").headers["Location"] == "/"
    assert fresh.get("/profile/").status_code == 200
    assert learner.email in fresh.get("/profile/").text


def test_other_servers_are_not_asked_without_end(client, elsewhere, monkeypatch):
    monkeypatch.setitem(PlainErrors.FORMS, "/sign-in/with/", Limit("outside", 2, 0.01))
    back = "/sign-in/with/school/back/"
    assert client.get(back, {"state": "x"}).status_code == 302
    assert client.post("/sign-in/with/school/").status_code == 200
    assert client.get(back, {"state": "x"}).status_code == 429
    assert client.post("/sign-in/with/school/").status_code == 429


def test_a_site_in_a_network_of_ours_is_not_called_unless_it_is_opened(client, elsewhere, settings):
    settings.EDU_OPENID_NETWORKS = ()
    answer = press(client, "/sign-in/", "/sign-in/with/school/")
    assert answer.status_code == 302 and answer.url == "/sign-in/"
    assert b"cannot be reached" in client.get("/sign-in/").content
    assert elsewhere.asked == []


@pytest.mark.parametrize("named", ["token_endpoint", "userinfo_endpoint"])
def test_nor_is_one_that_an_opened_site_names(elsewhere, settings, named):
    from edu.users.web import outsidecalls

    there = f"http://127.0.0.1:{elsewhere.server_port}"
    told = outsidecalls.session().get(f"{there}/.well-known/openid-configuration").json()
    assert told["issuer"] == there
    settings.EDU_OPENID_NETWORKS = ()
    with pytest.raises(requests.exceptions.InvalidURL):
        outsidecalls.session().get(told[named])
