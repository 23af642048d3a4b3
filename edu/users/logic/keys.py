"""The keys that sign access tokens: Ed25519, one that signs, and any number that still verify."""

import base64
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

END = "-----END PRIVATE KEY-----"


@dataclass(frozen=True)
class Key:
    """`kid` is the RFC 7638 thumbprint; `private` signs and `public` verifies."""

    kid: str
    private: Ed25519PrivateKey
    public: Ed25519PublicKey

    def jwk(self) -> dict[str, str]:
        """Return the public half as a JSON Web Key (RFC 8037)."""
        return {"kid": self.kid, "use": "sig", "alg": "EdDSA", **_bare(self.public)}


def in_force() -> list[Key]:
    """Return the keys in force, the one that signs first. EDU_JWT_KEY holds one PEM after another;
    without it a key is made and kept as secrets/jwt_key.pem in the data folder. To turn the key,
    put a new PEM in front, and take the old one out when its tokens are dead."""
    return _parse(settings.EDU_JWT_KEY or _kept(settings.SECRETS / "jwt_key.pem"))


@lru_cache(maxsize=4)
def _parse(text: str) -> list[Key]:
    found = []
    for part in text.split(END)[:-1]:
        private = serialization.load_pem_private_key(f"{part.strip()}\n{END}\n".encode(), None)
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError("EDU_JWT_KEY holds a key that is not Ed25519.")
        public = private.public_key()
        exact = json.dumps(_bare(public), sort_keys=True, separators=(",", ":"))
        found.append(Key(_base64(hashlib.sha256(exact.encode()).digest()), private, public))
    if not found:
        raise ValueError(
            "EDU_JWT_KEY holds no key. Make one with: openssl genpkey -algorithm ed25519"
        )
    return found


def _bare(public: Ed25519PublicKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64(public.public_bytes_raw())}


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


@lru_cache(maxsize=4)
def _kept(place: Path) -> str:
    """Return the PEM in `place`; make it (mode 0600) when there is none. Several processes may do so
    at once: the first one's is kept, and no one reads half a file."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        handle, name = tempfile.mkstemp(dir=place.parent)  # mkstemp makes it 0600
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        try:
            place.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text()
