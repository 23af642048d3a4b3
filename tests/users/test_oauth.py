"""Programs of others: OAuth 2.1 and OpenID Connect, spoken by a client library over real HTTP."""

import base64
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application, RefreshToken

from edu.users import api
from edu.users.data import BadToken
from edu.users.tasks import sweep
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
BACK = "https://reader.example.org/back"
VERIFIER = "a-verifier-that-nobody-guesses-0123456789-0123456789"


@pytest.fixture
def site(live_server, settings):
    """The address of the running site, which knows itself by it."""
    settings.EDU_PUBLIC_URL = live_server.url
    settings.OAUTH2_PROVIDER = {
        **settings.OAUTH2_PROVIDER,
        "OIDC_ISS_ENDPOINT": live_server.url,
    }
    return live_server.url


@pytest.fixture
def about(site):
    """What the site says of itself."""
    found = httpx.get(f"{site}/.well-known/openid-configuration").json()
    assert found["issuer"] == site
    assert httpx.get(f"{site}/.well-known/oauth-authorization-server").json() == found
    return found


def program(**more):
    """A program that is known here, and its secret."""
    row = Application(
        **{
            "name": "Reader",
            "client_type": Application.CLIENT_CONFIDENTIAL,
            "authorization_grant_type": Application.GRANT_AUTHORIZATION_CODE,
            "redirect_uris": BACK,
            **more,
        }
    )
    secret = row.client_secret
    row.save()
    return row, secret


def client_of(made, scope, **more):
    row, secret = made
    return OAuth2Client(
        row.client_id,
        secret,
        scope=scope,
        redirect_uri=BACK,
        code_challenge_method="S256",
        **more,
    )


def browser_of(site, person):
    """A browser in which a person signed in by the form."""
    browser = httpx.Client(base_url=site, follow_redirects=False)
    page = browser.get("/sign-in/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    sent = {"email": person.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post("/sign-in/", data=sent).status_code == 302
    return browser


def answer(browser, address, allow=True):
    """Open the page that asks, press a button, and return where the browser is sent."""
    page = browser.get(address)
    assert page.status_code == 200, page.text[:300]
    fields = dict(
        re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page.text)
    )
    sent = {name: value.replace("&amp;", "&") for name, value in fields.items()}
    done = browser.post(address, data={**sent, **({"allow": "1"} if allow else {})})
    assert done.status_code == 302, done.text[:300]
    return page, done.headers["Location"]


def let_in(site, about, made, person, scope):
    """The whole way; return the client with its tokens."""
    client = client_of(made, scope)
    address, state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER, nonce="once"
    )
    _page, back = answer(browser_of(site, person), address)
    client.fetch_token(
        about["token_endpoint"], authorization_response=back, code_verifier=VERIFIER, state=state
    )
    return client


def test_a_person_lets_a_program_in(site, about, learner):
    made, browser = program(), browser_of(site, learner)
    client = client_of(made, "openid profile email courses:read")
    address, state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER, nonce="once"
    )
    page, back = answer(browser, address)
    assert "See your courses, their objectives and who is in them" in page.text
    assert "Reader" in page.text
    assert learner.email in page.text
    assert "form-action 'self' https://reader.example.org;" in page.headers[
        "Content-Security-Policy"
    ].replace("reader.example.org ", "reader.example.org;")
    assert back.startswith(BACK)
    assert parse_qs(urlsplit(back).query)["iss"] == [site]
    token = client.fetch_token(
        about["token_endpoint"], authorization_response=back, code_verifier=VERIFIER, state=state
    )
    # Who it is: verified by the published keys, as any client does.
    keys = jwt.PyJWKClient(about["jwks_uri"])
    claims = jwt.decode(
        token["id_token"],
        keys.get_signing_key_from_jwt(token["id_token"]).key,
        ["RS256"],
        audience=made[0].client_id,
        issuer=about["issuer"],
    )
    assert claims["sub"] == learner.id
    assert claims["nonce"] == "once"
    assert claims["email"] == learner.email
    assert claims["email_verified"] is False
    told = client.get(about["userinfo_endpoint"]).json()
    assert (told["sub"], told["name"]) == (learner.id, learner.display_name)
    # What it may do, and no more.
    assert client.get(f"{site}/api/v1/courses").status_code == 200
    refused = client.post(f"{site}/api/v1/courses", json={"title": "Mine"})
    assert refused.status_code == 403
    assert 'scope="courses:write"' in refused.headers["WWW-Authenticate"]
    assert "program-allowed" in [each.action for each in api.history(user=learner.id).items]
    # An ID token opens nothing.
    for place in (f"{site}/api/v1/courses", about["userinfo_endpoint"]):
        asked = httpx.get(place, headers={"Authorization": f"Bearer {token['id_token']}"})
        assert asked.status_code in (401, 403)


def test_tokens_are_kept_as_hashes(site, about, learner):
    client = let_in(site, about, program(), learner, "profile")
    kept = str([*AccessToken.objects.values(), *RefreshToken.objects.values()])
    assert client.token["access_token"] not in kept
    assert client.token["refresh_token"] not in kept


def test_no_is_no(site, about, learner):
    client = client_of(program(), "profile")
    address, _state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER
    )
    _page, back = answer(browser_of(site, learner), address, allow=False)
    assert "error=access_denied" in back
    assert not AccessToken.objects.exists()


def test_a_refresh_token_is_good_once_and_twice_ends_the_family(site, about, learner):
    client = let_in(site, about, program(), learner, "profile")
    first = dict(client.token)
    second = client.refresh_token(about["token_endpoint"], refresh_token=first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert client.get(f"{site}/api/v1/me").status_code == 200
    with pytest.raises(OAuthError):
        client.refresh_token(about["token_endpoint"], refresh_token=first["refresh_token"])
    with pytest.raises(OAuthError):
        client.refresh_token(about["token_endpoint"], refresh_token=second["refresh_token"])
    actions = [each.action for each in api.history(user=learner.id).items]
    assert actions.count("family-killed") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge": VERIFIER, "code_challenge_method": "plain"},
        {"code_challenge": VERIFIER, "code_challenge_method": None},
        {"response_type": "token"},
        {"response_type": "id_token token"},
        {"scope": "profile everything"},
        {"scope": "tokens"},
        {"scope": "profile webhooks"},
        {"redirect_uri": "https://evil.example.org/back"},
        {"redirect_uri": BACK + ".evil.example.org"},
        {"client_id": "nobody"},
    ],
    ids=str,
)
def test_what_is_not_allowed_gets_no_code(site, about, learner, change):
    made, _secret = program()
    asked = {
        "response_type": "code",
        "client_id": made.client_id,
        "redirect_uri": BACK,
        "scope": "profile",
        "state": "s",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
        **change,
    }
    browser = browser_of(site, learner)
    query = {name: value for name, value in asked.items() if value is not None}
    page = browser.get("/oauth/authorize/", params=query)
    if page.status_code == 200:  # refused when the button is pressed
        _page, back = answer(browser, str(page.url))
    else:
        back = page.headers.get("Location", "")
    assert "code=" not in back.replace("response_code=", "")
    assert "access_token" not in back
    assert not AccessToken.objects.exists()
    if {"redirect_uri", "client_id"} & set(change):
        assert page.status_code in (400, 401)
        assert "cannot come in" in page.text
        assert not back
    elif back:
        assert "error=" in back
    if "code_challenge" in change:  # before the person is asked
        assert page.status_code == 302
        assert parse_qs(urlsplit(back).query)["error"] == ["invalid_request"]
        assert parse_qs(urlsplit(back).query)["state"] == ["s"]


def test_a_code_is_good_once_and_for_its_own_program(site, about, learner):
    client = client_of(program(), "profile")
    address, state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER
    )
    _page, back = answer(browser_of(site, learner), address)

    def exchanged(by):
        return by.fetch_token(
            about["token_endpoint"],
            authorization_response=back,
            code_verifier=VERIFIER,
            state=state,
        )

    with pytest.raises(OAuthError):
        exchanged(client_of(program(), "profile"))
    assert exchanged(client)["access_token"]
    with pytest.raises(OAuthError):
        exchanged(client)


def test_a_changed_form_leads_nowhere_else(site, about, learner):
    made, browser = program(), browser_of(site, learner)
    address, _state = client_of(made, "profile").create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER
    )
    page = browser.get(address)
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page.text)
    fields = {name: value.replace("&amp;", "&") for name, value in found}
    for name, value in (
        ("redirect_uri", "https://evil.example.org/back"),
        ("client_id", "nobody"),
        ("scope", "profile tokens"),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
    ):
        sent = browser.post(address, data={**fields, name: value, "allow": "1"})
        back = sent.headers.get("Location", "")
        assert sent.status_code < 500, name
        assert "code=" not in back, name
        assert "evil" not in back, name


def test_the_verifier_has_to_be_right(site, about, learner):
    client = client_of(program(), "profile")
    address, state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER
    )
    _page, back = answer(browser_of(site, learner), address)
    with pytest.raises(OAuthError):
        client.fetch_token(
            about["token_endpoint"],
            authorization_response=back,
            code_verifier="x" * 50,
            state=state,
        )


def test_a_program_acts_for_its_owner(site, about, learner):
    made = program(
        user_id=learner.id,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        redirect_uris="",
    )
    client = client_of(made, "courses:read")
    client.fetch_token(about["token_endpoint"], grant_type="client_credentials")
    assert client.get(f"{site}/api/v1/courses").status_code == 200
    assert client.get(f"{site}/api/v1/me").status_code == 403
    assert client.get(about["userinfo_endpoint"]).status_code in (401, 403)
    for scope in ("openid", "tokens"):
        with pytest.raises(OAuthError):
            client_of(made, scope).fetch_token(
                about["token_endpoint"], grant_type="client_credentials"
            )
    with pytest.raises(OAuthError):
        client_of((made[0], "wrong"), "courses:read").fetch_token(
            about["token_endpoint"], grant_type="client_credentials"
        )
    api.set_active(users=[learner.id], active=False)
    assert client.get(f"{site}/api/v1/courses").status_code == 401


def test_the_password_grant_is_not_there(site, about, learner):
    client = client_of(program(authorization_grant_type=Application.GRANT_PASSWORD), "profile")
    with pytest.raises(OAuthError):
        client.fetch_token(
            about["token_endpoint"],
            grant_type="password",
            username=learner.email,
            password=PASSWORD,
        )


def test_tokens_are_introspected_and_revoked(site, about, learner):
    made = program()
    client = let_in(site, about, made, learner, "profile")
    access = client.token["access_token"]

    def asked(by):
        form = {"token": access}
        auth = (by[0].client_id, by[1])
        return httpx.post(about["introspection_endpoint"], data=form, auth=auth)

    told = asked(made).json()
    assert (told["active"], told["sub"], told["scope"]) == (True, learner.id, "profile")
    assert asked(program(name="Another")).json() == {"active": False}
    assert asked((made[0], "wrong")).status_code == 401
    assert httpx.post(about["introspection_endpoint"], data={"token": access}).status_code == 401
    assert client.revoke_token(about["revocation_endpoint"], token=access).status_code == 200
    assert asked(made).json() == {"active": False}
    with pytest.raises(BadToken):
        api.access_of(access=access)


def test_a_block_ends_what_programs_hold(site, about, learner):
    client = let_in(site, about, program(), learner, "openid profile")
    refresh = client.token["refresh_token"]
    api.set_active(users=[learner.id], active=False)
    assert client.get(f"{site}/api/v1/me").status_code == 401
    api.set_active(users=[learner.id], active=True)
    assert client.get(f"{site}/api/v1/me").status_code == 401
    assert client.get(about["userinfo_endpoint"]).status_code in (401, 403)
    with pytest.raises(OAuthError):
        client.refresh_token(about["token_endpoint"], refresh_token=refresh)


def test_a_token_for_another_service_opens_nothing_here(site, about, learner):
    client = let_in(site, about, program(), learner, "profile")
    AccessToken.objects.update(resource=["https://other.example.org/"])
    assert client.get(f"{site}/api/v1/me").status_code == 401
    AccessToken.objects.update(resource=[f"{site}/api/v1/"])
    assert client.get(f"{site}/api/v1/me").status_code == 200


def test_people_see_programs_and_shut_them_out(site, about, learner, stranger):
    client = let_in(site, about, program(name="<i>Reader"), learner, "profile")
    browser = browser_of(site, learner)
    page = browser.get("/profile/programs/").text
    assert "&lt;i&gt;Reader" in page
    assert "See your name, your e-mail address and your preferences" in page
    shut = re.search(r'action="(/profile/programs/[^"]+/end/)"', page).group(1)
    for who, status in ((stranger, 404), (learner, 302)):
        other = browser_of(site, who)
        token = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', other.get("/profile/tokens/").text
        ).group(1)
        sent = other.post(shut, data={"csrfmiddlewaretoken": token})
        assert sent.status_code == status
    assert client.get(f"{site}/api/v1/me").status_code == 401
    assert "Reader" not in browser.get("/profile/programs/").text


def test_nobody_is_asked_before_they_signed_in(site, about):
    client = client_of(program(), "profile")
    address, _state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER
    )
    sent = httpx.get(address)
    assert sent.status_code == 302
    assert sent.headers["Location"].startswith("/sign-in/?next=")


def test_what_ran_out_is_forgotten(learner):
    made, now = program()[0], timezone.now()
    for text, ends in (("old", now - timedelta(days=1)), ("good", now + timedelta(days=1))):
        AccessToken.objects.create(
            user_id=learner.id, application=made, token=text, scope="profile", expires=ends
        )
    sweep()
    assert AccessToken.objects.get().expires > now
    assert api.access_of(access="good").scopes == ["profile"]
    with pytest.raises(BadToken):
        api.access_of(access="old")


def test_what_is_revoked_takes_what_would_bring_it_back_with_it(site, about, learner):
    made = program()
    client = let_in(site, about, made, learner, "profile")
    told = dict(client.token)
    other = program(name="Another")
    form = {"token": told["access_token"], "token_type_hint": "access_token"}
    revoke = about["revocation_endpoint"]
    assert httpx.post(revoke, data=form, auth=(other[0].client_id, other[1])).status_code == 200
    assert client.get(f"{site}/api/v1/me").status_code == 200
    assert httpx.post(revoke, data=form, auth=(made[0].client_id, made[1])).status_code == 200
    assert client.get(f"{site}/api/v1/me").status_code == 401
    with pytest.raises(OAuthError, match="invalid_grant"):
        client.refresh_token(about["token_endpoint"], refresh_token=told["refresh_token"])


def test_a_refresh_token_without_its_access_token_is_good_for_nothing(site, about, learner):
    client = let_in(site, about, program(), learner, "profile")
    AccessToken.objects.all().delete()
    with pytest.raises(OAuthError, match="invalid_grant"):
        client.refresh_token(about["token_endpoint"])


def test_a_code_that_comes_twice_ends_what_came_of_it(site, about, learner):
    made = program()
    client = client_of(made, "profile")
    address, state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER
    )
    _page, back = answer(browser_of(site, learner), address)
    sent = {"authorization_response": back, "code_verifier": VERIFIER, "state": state}
    token = dict(client.fetch_token(about["token_endpoint"], **sent))
    assert client.get(f"{site}/api/v1/me").status_code == 200
    client.refresh_token(about["token_endpoint"], refresh_token=token["refresh_token"])
    newer = httpx.Client(headers={"Authorization": f"Bearer {client.token['access_token']}"})
    with pytest.raises(OAuthError, match="invalid_grant"):
        client_of(made, "profile").fetch_token(about["token_endpoint"], **sent)
    assert newer.get(f"{site}/api/v1/me").status_code == 401
    assert not RefreshToken.objects.filter(revoked=None).exists()
    assert "family-killed" in [each.action for each in api.history(user=learner.id).items]


@pytest.mark.parametrize("who", ["learner", ""])
def test_who_may_not_be_asked_is_sent_back(site, about, learner, who):
    client = client_of(program(), "openid profile")
    address, state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER, prompt="none"
    )
    browser = browser_of(site, learner) if who else httpx.Client(base_url=site)
    sent = browser.get(address)
    assert sent.status_code == 302
    told = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert told["error"] == ["consent_required" if who else "login_required"]
    assert told["state"] == [state]


def test_who_somebody_is_takes_its_own_scope(site, about, learner):
    client = let_in(site, about, program(), learner, "profile")
    refused = client.get(about["userinfo_endpoint"])
    assert (refused.status_code, refused.json()["error"]) == (403, "insufficient_scope")
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]
    wrong = httpx.get(about["userinfo_endpoint"], headers={"Authorization": "Bearer x"})
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_token")


@pytest.mark.parametrize("way", ["basic", "form", "both"])
@pytest.mark.parametrize("path", ["token", "introspection", "revocation"])
def test_secrets_are_not_guessed(site, about, client, way, path):
    row, secret = program(authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS)
    form = {"grant_type": "client_credentials", "token": "x"}

    def tried(word, number=0):
        sent = {**form, "client_id": row.client_id, "client_secret": word}
        said = row.client_id if way == "basic" else f"another-{number}"
        basic = base64.b64encode(f"{said}:{word}".encode()).decode()
        return client.post(
            urlsplit(about[f"{path}_endpoint"]).path,
            form if way == "basic" else sent,
            headers={} if way == "form" else {"Authorization": f"Basic {basic}"},
        )

    assert tried(secret).status_code < 300
    assert {tried(f"wrong-{number}", number).status_code for number in range(10)} == {401}
    refused = tried(secret)
    assert (refused.status_code, refused.json()["error"]) == (429, "slow_down")
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert client.post("/oauth/token/", form, REMOTE_ADDR="10.9.8.7").status_code == 401
