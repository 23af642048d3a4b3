"""A passkey of software: makes and uses credentials as a device does (WebAuthn level 2, ES256)."""

import hashlib
import json
import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


class Device:
    """One credential for one site."""

    def __init__(self, origin="http://localhost"):
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.owner = b""
        self.count = 0

    def _client(self, kind, challenge):
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _data(self, site, flags, more=b""):
        self.count += 1
        return hashlib.sha256(site.encode()).digest() + struct.pack(">BI", flags, self.count) + more

    def _answer(self, response, extensions):
        name = websafe_encode(self.id)
        coded = {each: websafe_encode(value) for each, value in response.items()}
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": coded,
            "clientExtensionResults": extensions,
        }

    def make(self, options):
        """Answer navigator.credentials.create."""
        told = options["publicKey"]
        self.owner = websafe_decode(told["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(told["rp"]["id"], PRESENT | VERIFIED | ATTESTED, attested)
        response = {
            "clientDataJSON": self._client("webauthn.create", told["challenge"]),
            "attestationObject": cbor.encode({"fmt": "none", "attStmt": {}, "authData": data}),
        }
        return self._answer(response, {"credProps": {"rk": True}})

    def use(self, options):
        """Answer navigator.credentials.get."""
        told = options["publicKey"]
        client = self._client("webauthn.get", told["challenge"])
        data = self._data(told["rpId"], PRESENT | VERIFIED)
        signed = data + hashlib.sha256(client).digest()
        response = {
            "clientDataJSON": client,
            "authenticatorData": data,
            "signature": self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
            "userHandle": self.owner,
        }
        return self._answer(response, {})
