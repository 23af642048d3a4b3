"""The keys that sign: Ed25519 for our own access tokens, RSA for the ID tokens of OpenID Connect, which
every client library can verify. Of each kind one signs, and any number still verify."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.utils import timezone

from edu.common.errors import Conflict
from edu.common.text import gettext_noop as _
from edu.users.logic import keyring

LEEWAY = timedelta(minutes=5)  # clocks differ, and others keep our public keys for as long


@dataclass(frozen=True)
class Key:
    """`kid` is the RFC 7638 thumbprint; `private` signs and `public` verifies."""

    kid: str
    private: Ed25519PrivateKey
    public: Ed25519PublicKey

    def jwk(self) -> dict[str, str]:
        """Return the public half as a JSON Web Key (RFC 8037)."""
        return {"kid": self.kid, "use": "sig", "alg": "EdDSA", **_bare(self.public)}


@dataclass(frozen=True)
class RsaKey:
    """A key of OpenID Connect: its `pem`, and its public half as a JSON Web Key."""

    pem: str
    jwk: dict[str, str]


def in_force() -> list[Key]:
    """Return the keys of access tokens in force, the one that signs first. EDU_JWT_KEY holds one PEM
    after another; without it a key is made and kept as secrets/jwt_key.pem in the data folder."""
    text = settings.EDU_JWT_KEY or keyring.kept(settings.SECRETS / "jwt_key.pem", _ed25519)
    found = [_parse(pem) for pem in _still_good(text)]
    if not found:
        raise ValueError(
            "EDU_JWT_KEY holds no key. Make one with: openssl genpkey -algorithm ed25519"
        )
    return found


def of_openid() -> list[RsaKey]:
    """Return the keys of ID tokens in force, the one that signs first: secrets/openid_key.pem."""
    text = keyring.kept(settings.SECRETS / "openid_key.pem", _rsa)
    return [_parse_rsa(pem) for pem in _still_good(text)]


def public() -> list[dict[str, str]]:
    """Return the public halves of all of them."""
    return [each.jwk() for each in in_force()] + [each.jwk for each in of_openid()]


def rotate(now: datetime) -> None:
    """Put new keys of both kinds in front; nobody is signed out. Conflict where EDU_JWT_KEY is set."""
    if settings.EDU_JWT_KEY:
        raise Conflict(_("EDU_JWT_KEY holds the keys. Put a new one in front of it there."))
    life = timedelta(minutes=settings.EDU_ACCESS_MINUTES) + LEEWAY
    keyring.rotate(settings.SECRETS / "jwt_key.pem", _ed25519, life, now)
    keyring.rotate(settings.SECRETS / "openid_key.pem", _rsa, life, now)


def _still_good(text: str) -> list[str]:
    now = timezone.now()
    return [each.pem for each in keyring.parts(text) if not each.until or each.until > now]


@lru_cache(maxsize=16)
def _parse(pem: str) -> Key:
    private = load_pem_private_key(pem.encode(), None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("EDU_JWT_KEY holds a key that is not Ed25519.")
    public_half = private.public_key()
    return Key(_thumbprint(_bare(public_half)), private, public_half)


@lru_cache(maxsize=16)
def _parse_rsa(pem: str) -> RsaKey:
    private = load_pem_private_key(pem.encode(), None)
    if not isinstance(private, RSAPrivateKey):
        raise ValueError("secrets/openid_key.pem holds a key that is not RSA.")
    numbers = private.public_key().public_numbers()
    bare = {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    return RsaKey(pem, {"kid": _thumbprint(bare), "use": "sig", "alg": "RS256", **bare})


def _thumbprint(bare: dict[str, str]) -> str:
    exact = json.dumps(bare, sort_keys=True, separators=(",", ":"))
    return _base64(hashlib.sha256(exact.encode()).digest())


def _bare(public_half: Ed25519PublicKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64(public_half.public_bytes_raw())}


def _number(value: int) -> str:
    return _base64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _pem(private: Ed25519PrivateKey | RSAPrivateKey) -> str:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _ed25519() -> str:
    return _pem(Ed25519PrivateKey.generate())


def _rsa() -> str:
    return _pem(generate_private_key(65537, 2048))
