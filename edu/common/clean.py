"""Brings text from outside into a shape that can be stored and shown, or says what is wrong with it."""

import unicodedata

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _

EMPTY = _("Write something here.")
TOO_LONG = _("This is too long. Use at most %(most)s characters.")
NOT_TEXT = _("This is not text.")


def _complain(field: str, message: str, **params: object) -> Invalid:
    said = message % params if params else message
    return Invalid(fields={field: said})


def prose(value: object, *, field: str, most: int, empty: bool = True) -> str:
    """Return `value` as text of at most `most` characters that may have lines: without control
    characters, in Unicode's composed form, trimmed. Raises Invalid under the name `field`."""
    if not isinstance(value, str):
        raise _complain(field, NOT_TEXT)
    if len(value) > 4 * most:  # do not normalise what cannot fit
        raise _complain(field, TOO_LONG, most=most)
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    text = unicodedata.normalize("NFC", kept).strip()
    if len(text) > most:
        raise _complain(field, TOO_LONG, most=most)
    if not text and not empty:
        raise _complain(field, EMPTY)
    return text


def line(value: object, *, field: str, most: int, empty: bool = False) -> str:
    """Return `value` as one line of at most `most` characters; see `prose`. Blanks are joined, and
    the marks that turn the direction of the text around it are taken out."""
    text = prose(value, field=field, most=most, empty=True)
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    text = " ".join("".join(c for c in text if c not in turning).split())
    if not empty and not any(unicodedata.category(c)[0] not in ("C", "Z") for c in text):
        raise _complain(field, EMPTY)
    return text
