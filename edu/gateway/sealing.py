"""How the gateway sealed small secrets before there were data keys: with a key made from EDU_SECRET_KEY."""

import base64
import hmac
from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from edu.common.vault import Unreadable


def before(purpose: bytes) -> Callable[[bytes], bytes]:
    """Return what opens the secrets of one purpose, as the column asks for it."""

    def opened(sealed: bytes) -> bytes:
        key = hmac.digest(settings.SECRET_KEY.encode(), b"edu.gateway." + purpose, "sha256")
        try:
            return Fernet(base64.urlsafe_b64encode(key)).decrypt(sealed)
        except InvalidToken:
            raise Unreadable from None

    return opened
