"""Programs that people register themselves: who may, what is checked, and what ends with a change."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from edu.common.errors import Conflict, Invalid, NotFound
from edu.users import api
from edu.users.data import NotGiven
from edu.users.logic import registered
from edu.users.models import User

pytestmark = pytest.mark.django_db
URL = "/profile/programs/own/"
GOOD = {
    "name": "Reading list",
    "kind": "asks",
    "public": False,
    "redirect_uris": ["https://app.example.org/back", "http://127.0.0.1:8765/"],
    "scopes": ["profile", "courses:read"],
}


@pytest.fixture
def integrator(teacher):
    """Somebody whom the site lets register programs."""
    User.objects.filter(id=teacher.id).update(site_roles=["integrator"])
    return teacher


def made(person, **other):
    return api.register_program(user=person.id, wanted={**GOOD, **other})


def test_only_those_with_the_right_register_programs(client_of, learner, integrator):
    with pytest.raises(NotGiven):
        made(learner)
    assert client_of(learner).get(URL).status_code == 403
    assert b"own/" not in client_of(learner).get("/profile/").content
    assert b"own/" in client_of(integrator).get("/profile/").content


def test_by_page_it_is_registered_changed_given_another_secret_and_removed(client_of, integrator):
    browser = client_of(integrator)
    sent = {**GOOD, "redirect_uris": "\n".join(GOOD["redirect_uris"])}
    del sent["public"]
    page = browser.post(URL, sent).content.decode()
    secret = re.search(r'id="client-secret"[^>]*value="([^"]+)"', page).group(1)
    row = Application.objects.get()
    assert row.client_id in page
    assert secret != row.client_secret  # kept as a hash
    assert secret not in browser.get(URL).content.decode()
    one = f"{URL}{row.pk}/"
    assert row.client_id in browser.get(one).content.decode()
    changed = {"name": "Books", "redirect_uris": "https://b.example.org/", "scopes": ["profile"]}
    assert browser.post(one, changed).status_code == 302
    assert api.own_program(user=integrator.id, program=str(row.pk)).scopes == ["profile"]
    assert (
        browser.post(one, {**changed, "redirect_uris": "ftp://b.example.org/"}).status_code == 422
    )
    again = browser.post(f"{one}secret/").content.decode()
    assert re.search(r'id="client-secret"[^>]*value="([^"]+)"', again).group(1) != secret
    assert browser.post(f"{one}remove/").status_code == 302
    assert not Application.objects.exists()
    told = [each.action for each in api.history(user=integrator.id).items]
    assert {f"program-{w}" for w in ("registered", "changed", "secret", "removed")} <= set(told)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("kind", "rules"),
        ("scopes", []),
        ("scopes", ["tokens"]),
        ("scopes", ["no-such-scope"]),
        ("redirect_uris", []),
        ("redirect_uris", ["javascript:alert(1)"]),
        ("redirect_uris", ["https://app.example.org/#part"]),
        ("redirect_uris", ["https://*.example.org/"]),
        ("redirect_uris", ["https://me:secret@app.example.org/"]),
        ("redirect_uris", ["https://app.example.org:port/"]),
        ("redirect_uris", ["/back"]),
        ("redirect_uris", ["http://app.example.org/"]),
        ("redirect_uris", ["http://192.168.1.5/"]),
        ("redirect_uris", ["http://localhost.example.org/"]),
        ("redirect_uris", [f"https://app.example.org/{n}" for n in range(11)]),
    ],
)
def test_what_is_not_right_is_named(integrator, field, value):
    with pytest.raises(Invalid) as refused:
        made(integrator, **{field: value})
    assert field in refused.value.fields
    assert not Application.objects.exists()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_plain_http_is_for_ones_own_machine_however_the_site_is_reached(
    integrator, settings, scheme
):
    settings.EDU_PUBLIC_URL = f"{scheme}://edu.example.org"
    own = [f"http://{host}:8765/" for host in ("127.0.0.1", "[::1]", "localhost")]
    assert made(integrator, redirect_uris=own).about.redirect_uris == own
    with pytest.raises(Invalid):
        made(integrator, redirect_uris=["http://app.example.org/"])


def test_a_program_that_acts_for_its_owner_sends_nobody_back(integrator):
    own = made(integrator, kind="acts", redirect_uris=[]).about
    assert own.redirect_uris == []
    for odd in ({"public": True}, {"scopes": ["openid"]}, {"redirect_uris": GOOD["redirect_uris"]}):
        with pytest.raises(Invalid):
            made(integrator, **{"kind": "acts", "redirect_uris": [], **odd})


def test_a_public_one_has_no_secret(integrator):
    own = made(integrator, public=True)
    assert own.secret == ""
    with pytest.raises(NotFound):
        api.new_program_secret(user=integrator.id, program=own.about.id)


def test_it_asks_for_no_more_than_it_was_registered_for(integrator):
    own = made(integrator).about
    assert api.program_allows(program=int(own.id), scopes=["profile"])
    assert not api.program_allows(program=int(own.id), scopes=["profile", "learning:read"])
    assert api.program_allows(program=10**9, scopes=["learning:read"])  # of the administration


def test_a_client_of_its_own_is_held_to_its_scopes(client, integrator):
    own = made(integrator, kind="acts", redirect_uris=[])
    asked = {
        "grant_type": "client_credentials",
        "client_id": own.about.client_id,
        "client_secret": own.secret,
    }
    good = client.post("/oauth/token/", {**asked, "scope": "courses:read"})
    assert good.status_code == 200
    assert client.post("/oauth/token/", {**asked, "scope": "materials:read"}).status_code == 400
    again = api.new_program_secret(user=integrator.id, program=own.about.id).secret
    assert client.post("/oauth/token/", asked).status_code == 401
    assert client.post("/oauth/token/", {**asked, "client_secret": again}).status_code == 200


def test_a_scope_that_is_taken_ends_the_tokens_that_carry_it(integrator, learner):
    own = made(integrator).about
    for scope in ("profile", "profile courses:read"):
        AccessToken.objects.create(
            user_id=learner.id,
            application_id=int(own.id),
            token=f"token {scope}",
            scope=scope,
            expires=timezone.now() + timedelta(hours=1),
        )
    wanted = {**GOOD, "scopes": ["profile"]}
    api.change_program(user=integrator.id, program=own.id, wanted=wanted)
    assert [each.scope for each in AccessToken.objects.all()] == ["profile"]


def test_nobody_touches_anothers_and_there_is_an_end_of_them(integrator, learner, monkeypatch):
    own = made(integrator).about
    User.objects.filter(id=learner.id).update(site_roles=["integrator"])
    for program in (own.id, "0", "x", "9" * 30):
        with pytest.raises(NotFound):
            api.remove_program(user=learner.id, program=program)
    monkeypatch.setattr(registered, "MOST", 1)
    with pytest.raises(Conflict):
        made(integrator)
