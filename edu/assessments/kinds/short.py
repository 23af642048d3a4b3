"""A short text, held against a list of accepted ones."""

from typing import Any

from django.utils.translation import gettext

from edu.assessments.base import reply
from edu.assessments.base.kind import Clues, Grade, Kind, Ready, Sheet, bad, clean, stem_of, texts
from edu.common.text import gettext_noop as _

MOST = 500


class Short(Kind):
    """key: {"accept": [text]}, and perhaps "exact": true (only case and blanks are forgiven) or
    "review": true (a teacher grades every response). Numbers in it must be exact always."""

    name = "short"

    def ready(self, stem: str, options: list[str], key: dict[str, Any]) -> Ready:
        """At least one accepted text."""
        key = key if isinstance(key, dict) else {}
        accept = key.get("accept")
        kept = texts([accept] if isinstance(accept, str) else accept, "key", MOST)
        if not kept:
            raise bad(key=_("Give at least one text that is right, as “accept”."))
        flags = {name: True for name in ("exact", "review") if key.get(name) is True}
        return Ready(stem_of(stem), [], {"accept": list(dict.fromkeys(kept)), **flags})

    def grade(self, sheet: Sheet, response: Any) -> Grade:
        """1 for an accepted text, small slips forgiven; 0 for anything else."""
        if isinstance(response, list) and len(response) == 1:
            response = response[0]
        text = reply.text_of(response, MOST)
        if text is None:
            return Grade(0.0, gettext("Write a few words."), parsed=False)
        exact = bool(sheet.key.get("exact"))
        match = reply.match_of(text, sheet.key["accept"], exact, sheet.stem, sheet.language)
        return reply.grade_of(match, text, str(sheet.key["accept"][0]))

    def key_text(self, sheet: Sheet) -> str:
        """The first accepted text."""
        return str(sheet.key["accept"][0])

    def secrets(self, sheet: Sheet) -> list[str]:
        """Every accepted text."""
        return list(sheet.key["accept"])

    def clues(self, sheet: Sheet, order: list[str]) -> Clues:
        """How many words and letters it has, then its first letter."""
        return reply.word_clues(clean(sheet.key["accept"][0]))
