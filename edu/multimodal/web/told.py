"""Sentences that workers wrote down, in the language of who reads them.

A row keeps a sentence as it was filled in ("Reading page 12 of 100"), because whoever wrote it knew no
reader. Here it is found again among the templates, which are what is translated.
"""

import re
from functools import lru_cache

from django.utils.translation import gettext as _
from rest_framework import serializers

from edu.common.errors import EduError
from edu.multimodal.data import STAGES

_BLANK = re.compile(r"%\((\w+)\)[sd]")
_DEEP = 3  # sentences in sentences: "Waiting: ..."


def told(sentence: str, depth: int = 0) -> str:
    """Return a stored sentence in the language in force; as it is where no template is known."""
    if not sentence:
        return ""
    if (whole := _(sentence)) != sentence:
        return whole
    for template, form in _forms():
        if found := form.fullmatch(sentence):
            said = found.groupdict()
            if "why" in said and depth < _DEEP:
                said["why"] = told(said["why"], depth + 1)
            return _(template) % said
    return sentence


def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _patterns((*STAGES, *sorted({each.detail for each in _errors(EduError)})))


def _errors(kind: type[EduError]) -> list[type[EduError]]:
    """Return every error of the house that this process knows."""
    below = kind.__subclasses__()
    return [*below, *(each for one in below for each in _errors(one))]


@lru_cache(maxsize=8)
def _patterns(templates: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what each template with blanks looks like when they are filled in."""
    found = []
    for template in templates:
        parts = _BLANK.split(template)
        if len(parts) == 1 or len(set(parts[1::2])) < len(parts[1::2]):
            continue  # without blanks it is translated as it is
        form = "".join(
            f"(?P<{part}>.*?)" if at % 2 else re.escape(part.replace("%%", "%"))
            for at, part in enumerate(parts)
        )
        found.append((template, re.compile(form, re.DOTALL)))
    return tuple(found)


class Told(serializers.CharField):
    """A stored sentence, told in the language that the request asks for."""

    def to_representation(self, value: str) -> str:
        """Translate it."""
        return told(str(value))
