"""Small secrets of the gateway at rest: encrypted with a key made from the site's own secret."""

import base64
import hmac

from cryptography.fernet import Fernet
from django.conf import settings


def box(purpose: bytes) -> Fernet:
    """Return what seals and opens; what one purpose sealed no other opens."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"edu.gateway." + purpose, "sha256")
    return Fernet(base64.urlsafe_b64encode(key))
