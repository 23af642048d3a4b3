"""A sentence with gaps."""

import re
from typing import Any

from django.utils.translation import gettext

from edu.assessments.base import reply
from edu.assessments.base.kind import (
    Clues,
    Grade,
    Kind,
    Ready,
    Sheet,
    bad,
    clean,
    stem_of,
    texts,
    too_large,
)
from edu.common.text import gettext_noop as _

GAP = "_____"
# Marks of other tools for a gap; beside a gap of ours they are but a part of the sentence.
MARKS = re.compile(
    r"\{\{\s*\w{1,20}\s*\}\}|\[\s*(?:\.{2,}|…)?\s*\]|\[\s*(?:blank|gap|lücke|hueco|trou)\s*\]"
    r"|<\s*blank\s*/?>|\(\s*(?:\.{3,}|…)\s*\)",
    re.I,
)
MOST = 300
MOST_GAPS = 20


class Cloze(Kind):
    """key: {"blanks": [[text]]}, one list of accepted texts for each "_____" of the stem. A response
    is a text for one gap, a list of texts for more (or a text with ";" or line breaks between)."""

    name = "cloze"

    def ready(self, stem: str, options: list[str], key: dict[str, Any]) -> Ready:
        """As many gaps as lists of accepted texts; a stem without any gap asks for one at its end."""
        given = key.get("blanks") if isinstance(key, dict) else None
        if not isinstance(given, list) or not 1 <= len(given) <= MOST_GAPS:
            raise bad(key=_("Give the texts that are right for each gap, as “blanks”."))
        blanks = [texts([one] if isinstance(one, str) else one, "key", MOST) for one in given]
        if not all(blanks):
            raise bad(key=_("Every gap needs at least one text that is right."))
        text = re.sub(r"_{2,}", GAP, stem_of(stem))
        text = text if GAP in text else MARKS.sub(GAP, text)
        gaps = text.count(GAP)
        if gaps == 0 and len(blanks) == 1:
            text, gaps = f"{text} {GAP}", 1
        if gaps != len(blanks):
            raise bad(
                stem=_(
                    "Mark each gap in the question with “_____” (two or more underscores; “{{1}}”, "
                    "“[...]” and “[blank]” will do too), as many as there are lists of right texts."
                )
            )
        flags = {name: True for name in ("exact", "review") if key.get(name) is True}
        return Ready(text, [], {"blanks": [list(dict.fromkeys(one)) for one in blanks], **flags})

    def grade(self, sheet: Sheet, response: Any) -> Grade:
        """The share of gaps that are right."""
        blanks = sheet.key["blanks"]
        given = _given(response, len(blanks))
        if given is None:
            said = (
                gettext("Fill in the gap.") if len(blanks) == 1 else gettext("Fill in every gap.")
            )
            return Grade(0.0, said, parsed=False)
        read = "; ".join(each or "…" for each in given)
        exact = bool(sheet.key.get("exact"))
        matches = [
            reply.match_of(text, one, exact, sheet.stem, sheet.language)
            for text, one in zip(given, blanks, strict=True)
        ]
        if len(matches) == 1:
            return reply.grade_of(matches[0], read, str(blanks[0][0]))
        grades = [reply.grade_of(match, read) for match in matches]
        right = sum(match.right for match in matches)
        said = gettext("Right.")
        if right < len(blanks):
            said = gettext("%(right)d of %(all)d gaps are right.") % {
                "right": right,
                "all": len(blanks),
            }
        return Grade(round(right / len(blanks), 4), said, min(g.confidence for g in grades), read)

    def key_text(self, sheet: Sheet) -> str:
        """The first accepted text of each gap."""
        return "; ".join(str(one[0]) for one in sheet.key["blanks"])

    def secrets(self, sheet: Sheet) -> list[str]:
        """Every accepted text of every gap."""
        return [text for one in sheet.key["blanks"] for text in one]

    def blanks(self, sheet: Sheet) -> int:
        """How many gaps there are."""
        return len(sheet.key["blanks"])

    def clues(self, sheet: Sheet, order: list[str]) -> Clues:
        """Length, then beginning, gap by gap."""
        each = [reply.word_clues(clean(one[0])) for one in sheet.key["blanks"]]
        if len(each) == 1:
            return each[0]
        narrow = " ".join(f"{n}) {clue.narrow}" for n, clue in enumerate(each, 1))
        return Clues(narrow, " ".join(f"{n}) {clue.last}" for n, clue in enumerate(each, 1)))


def _given(response: Any, count: int) -> list[str] | None:
    """Return one text per gap, empty where nothing was given; None when it is no such thing."""
    if too_large(response) or response is None:
        return None
    if not isinstance(response, list):
        whole = reply.text_of(response, MOST * count)
        if whole is None:
            return None
        response = [whole] if count == 1 else _split(whole, count)
    given = [reply.text_of(each, MOST) or "" for each in response[:count]]
    given += [""] * (count - len(given))
    return given if any(given) else None


def _split(text: str, count: int) -> list[str]:
    for mark in ("\n", ";", "|", ","):
        pieces = [each.strip() for each in text.split(mark)]
        if len(pieces) == count:
            return pieces
    return [text]
