"""What a browser sends of a passkey: whatever is in it, it is right or wrong, and never an error of ours."""

import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as library

# What the reader of credentials raises for what is none; an answer has some hundred bytes.
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)
LONGEST = 20_000


def _read(credential: Any, go_on: Callable[[], Any]) -> Any:
    if not isinstance(credential, dict) or len(str(credential)) > LONGEST:
        raise get_adapter().validation_error("incorrect_code")
    try:
        return go_on()
    except MALFORMED:
        raise get_adapter().validation_error("incorrect_code") from None


class _Signed:
    """A form with the answer to a challenge."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Any:
        """Return which passkey answered."""
        return _read(self.cleaned_data["credential"], super().clean_credential)  # type: ignore[misc]


class AddForm(library.AddWebAuthnForm):
    """A new passkey."""

    def clean(self) -> dict[str, Any]:
        """Check what the device made."""
        sent = self.cleaned_data.get("credential")
        if sent is None:
            return self.cleaned_data
        checked: dict[str, Any] = _read(sent, super().clean)
        return checked


class AuthenticateForm(_Signed, library.AuthenticateWebAuthnForm):
    """The second step after a password."""


class LoginForm(_Signed, library.LoginWebAuthnForm):
    """Signing in by the passkey alone."""


class AgainForm(_Signed, library.ReauthenticateWebAuthnForm):
    """Showing once more who one is."""
