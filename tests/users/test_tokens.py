"""Access tokens and families of refresh tokens."""

import threading
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from edu.users import api
from edu.users.data import BadToken
from edu.users.logic import access, families, keyring, keys
from edu.users.models import RefreshToken, TokenFamily
from tests.cast import PASSWORD

URL = "/api/v1/auth/token/refresh"


def tokens(person):
    return api.issue_tokens(email=person.email, password=PASSWORD)


@pytest.mark.django_db
def test_a_refresh_token_is_good_once(api_of, learner):
    first = tokens(learner)
    answer = api_of().post(URL, {"refresh": first.refresh})
    assert answer.status_code == 200
    second = answer.json()
    assert second["refresh"] != first.refresh
    assert api.user_of_access(access=second["access"]) == learner.id


@pytest.mark.django_db
def test_using_a_dead_one_kills_the_family(api_of, learner):
    first, other = tokens(learner), tokens(learner)
    second = api.refresh_tokens(refresh=first.refresh)
    assert api_of().post(URL, {"refresh": first.refresh}).status_code == 401
    assert api_of().post(URL, {"refresh": second.refresh}).status_code == 401
    with pytest.raises(BadToken):
        api.user_of_access(access=second.access)
    # Another sign-in of the same person is another family.
    api.refresh_tokens(refresh=other.refresh)
    assert TokenFamily.objects.filter(death="reuse").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_refreshes_at_once_one_wins_and_the_family_dies(learner):
    first = tokens(learner)
    start, results = threading.Barrier(4), []

    def go():
        start.wait()
        try:
            results.append(api.refresh_tokens(refresh=first.refresh))
        except BadToken:
            results.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    won = [each for each in results if each]
    assert len(won) == 1
    assert RefreshToken.objects.count() == 2
    with pytest.raises(BadToken):
        api.refresh_tokens(refresh=won[0].refresh)


@pytest.mark.django_db
def test_signing_out_ends_the_refresh_and_the_access_token(api_of, learner):
    mine = tokens(learner)
    program = api_of()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {mine.access}")
    assert program.get("/api/v1/me").status_code == 200
    assert api_of().post("/api/v1/auth/logout", {"refresh": mine.refresh}).status_code == 204
    assert api_of().post("/api/v1/auth/logout", {"refresh": "never ours"}).status_code == 204
    assert program.get("/api/v1/me").status_code == 401
    assert api_of().post(URL, {"refresh": mine.refresh}).status_code == 401


@pytest.mark.django_db
def test_a_new_password_ends_all_programs(learner):
    mine = tokens(learner)
    api.change_password(user=learner.id, old=PASSWORD, new="another-lantern-7-violet")
    for call in (
        lambda: api.user_of_access(access=mine.access),
        lambda: api.refresh_tokens(refresh=mine.refresh),
    ):
        with pytest.raises(BadToken):
            call()


@pytest.mark.django_db
def test_tokens_grow_old(learner, settings):
    now, user = timezone.now(), learner.id
    settings.EDU_REFRESH_DAYS = 30
    old = families.begin(user, now - timedelta(days=31))
    with pytest.raises(BadToken):
        api.user_of_access(access=old.access)
    with pytest.raises(BadToken):
        api.refresh_tokens(refresh=old.refresh)
    assert families.forget(now) == 0
    assert families.forget(now + timedelta(days=7)) == 2
    assert not TokenFamily.objects.exists()


@pytest.mark.django_db
def test_only_hashes_are_kept(learner):
    mine = tokens(learner)
    row = RefreshToken.objects.get()
    assert mine.refresh not in str(vars(row))
    assert len(row.digest) == 64


@pytest.mark.django_db
def test_forged_tokens_are_refused(api_of, learner):
    mine = tokens(learner)
    head, body, sign = mine.access.split(".")
    claims = access.claims_of(mine.access)
    stranger = Ed25519PrivateKey.generate()
    kid = keys.in_force()[0].kid
    forged = [
        "",
        "x",
        "a.b.c",
        f"{head}.{body}.",
        f"{head}.{body}.{sign[:-4]}AAAA",
        jwt.encode(claims, None, algorithm="none", headers={"kid": kid}),
        jwt.encode(claims, kid * 2, algorithm="HS256", headers={"kid": kid}),
        jwt.encode(claims, stranger, algorithm="EdDSA", headers={"kid": kid}),
        jwt.encode(claims, stranger, algorithm="EdDSA"),
        jwt.encode({**claims, "aud": "else"}, keys.in_force()[0].private, "EdDSA", {"kid": kid}),
        jwt.encode({**claims, "iss": "else"}, keys.in_force()[0].private, "EdDSA", {"kid": kid}),
        jwt.encode({**claims, "sub": "x"}, keys.in_force()[0].private, "EdDSA", {"kid": kid}),
        jwt.encode(
            {**claims, "sid": claims["sub"]}, keys.in_force()[0].private, "EdDSA", {"kid": kid}
        ),
        mine.refresh,
        "\u00e9" * 10,
    ]
    for token in forged:
        program = api_of()
        program.credentials(HTTP_AUTHORIZATION=f"Bearer {token}".encode())
        answer = program.get("/api/v1/me")
        assert answer.status_code == 401, token
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
def test_a_key_can_be_turned_without_signing_anybody_out(learner, settings):
    def pem(key):
        return key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    old, new = pem(Ed25519PrivateKey.generate()), pem(Ed25519PrivateKey.generate())
    settings.EDU_JWT_KEY = old
    before = tokens(learner).access
    settings.EDU_JWT_KEY = new + old
    after = tokens(learner).access
    assert jwt.get_unverified_header(before)["kid"] != jwt.get_unverified_header(after)["kid"]
    assert api.user_of_access(access=before) == api.user_of_access(access=after) == learner.id
    settings.EDU_JWT_KEY = new
    with pytest.raises(BadToken):
        api.user_of_access(access=before)


@pytest.mark.django_db
def test_keys_are_rotated_and_nobody_is_signed_out(learner, settings, tmp_path, client):
    settings.SECRETS, settings.EDU_JWT_KEY = tmp_path, ""
    before = tokens(learner).access
    old_openid = keys.of_openid()[0].jwk["kid"]
    call_command("rotate_keys")
    after = tokens(learner).access
    kids = [jwt.get_unverified_header(each)["kid"] for each in (before, after)]
    assert kids[0] != kids[1]
    assert keys.of_openid()[0].jwk["kid"] != old_openid
    assert api.user_of_access(access=before) == api.user_of_access(access=after) == learner.id
    published = client.get("/.well-known/jwks.json").json()["keys"]
    assert {*kids, old_openid} <= {each["kid"] for each in published}
    assert all("d" not in each for each in published)
    by_kid = {each["kid"]: each for each in published}
    for token, kid in zip((before, after), kids, strict=True):
        jwt.decode(token, jwt.PyJWK(by_kid[kid]).key, ["EdDSA"], audience=access.AUDIENCE)


@pytest.mark.django_db
def test_an_old_key_goes_when_its_last_token_has_run_out(learner, settings, tmp_path):
    settings.SECRETS, settings.EDU_JWT_KEY = tmp_path, ""
    now, life = timezone.now(), timedelta(minutes=settings.EDU_ACCESS_MINUTES)
    before = tokens(learner).access
    first = keys.in_force()[0].kid
    keys.rotate(now - life)  # it signed until then; five minutes are left for clocks that differ
    assert [each.kid for each in keys.in_force()][1:] == [first]
    assert api.user_of_access(access=before) == learner.id
    place = tmp_path / "jwt_key.pem"
    place.unlink()
    late = tokens(learner).access
    keys.rotate(now - life - keys.LEEWAY)
    assert len(keys.in_force()) == 1
    with pytest.raises(BadToken):
        api.user_of_access(access=late)
    keys.rotate(now)
    assert place.read_text().count("BEGIN") == 2, "what verifies nothing any more is gone"
    assert place.stat().st_mode & 0o777 == 0o600


def test_keys_that_the_environment_holds_are_turned_there(settings):
    settings.EDU_JWT_KEY = keys._ed25519()
    with pytest.raises(CommandError, match="EDU_JWT_KEY"):
        call_command("rotate_keys")


def test_the_key_is_made_once_and_for_the_owner_only(tmp_path):
    place = tmp_path / "secrets" / "jwt_key.pem"
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(keyring.kept(place, keys._ed25519)))
        for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(results)) == 1
    assert place.stat().st_mode & 0o777 == 0o600
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{}, {"refresh": ""}, {"refresh": "x" * 100_000}])
def test_hostile_refresh_tokens_are_only_wrong(api_of, body):
    assert api_of().post(URL, body).status_code in (400, 401)
