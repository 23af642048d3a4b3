"""What the kinds with words for an answer share: reading one, grading a match, clues."""

from typing import Any

from django.utils.translation import gettext, ngettext

from edu.assessments.base.kind import Clues, Grade, clean
from edu.assessments.base.within import within
from edu.assessments.base.words import Match, bare, compare, fold


def text_of(response: Any, most: int) -> str | None:
    """Return the words of a response; None for none, for too many, and for what is not text."""
    if isinstance(response, bool) or not isinstance(response, (str, int, float)):
        return None
    if isinstance(response, str) and len(response) > 10 * most:
        return None
    text = clean(response)
    return text if text and len(text) <= most else None


def match_of(text: str, accepted: list[str], exact: bool, stem: str, language: str) -> Match:
    """Return how a response stands to what is accepted, alone or in a short sentence."""
    match = compare(text, accepted, exact)
    if match.right or exact or len(text.split()) < 2:
        return match
    held = within(text, accepted, stem, language)
    return Match(held, match.accepted) if held else match


def grade_of(match: Match, text: str, full: str = "") -> Grade:
    """Return the grade that a match is worth; `full` is the whole answer, said where less was given."""
    if match.right and _says_more(full, match.accepted, text):
        said = gettext("Right. The full answer is “%(word)s”.") % {"word": full}
        return Grade(1.0, said, 0.95 if match.how == "same" else 0.9, text)
    if match.how == "same":
        return Grade(1.0, gettext("Right."), 1.0, text)
    if match.how == "accents":
        said = gettext("Right. It is spelled “%(word)s”.") % {"word": match.accepted}
        return Grade(1.0, said, 0.97, text)
    if match.how == "typo":
        said = gettext("Right, with a slip: it is spelled “%(word)s”.") % {"word": match.accepted}
        return Grade(1.0, said, 0.9, text)
    if match.how == "right":
        return Grade(1.0, gettext("Right."), 0.9, text)
    if match.how == "unsure":
        said = gettext(
            "Not counted as right as it is written. Give the answer alone, in few words."
        )
        return Grade(0.0, said, 0.5, text)
    if match.how == "near":
        said = gettext("Not right. It is close in its letters, but it reads as another word.")
        return Grade(0.0, said, 0.6, text)
    return Grade(0.0, gettext("Not right."), 0.95, text)


def _says_more(full: str, accepted: str, given: str) -> bool:
    """Whether the accepted text is only a part of the whole answer, and the rest was not written."""
    every, part = set(bare(fold(full)).split()), set(bare(fold(accepted)).split())
    return part < every and bare(fold(full)) != bare(fold(given))


def word_clues(answer: str) -> Clues:
    """Return how long an answer is, then how it begins."""
    words = answer.split()
    if answer.replace(".", "").replace(",", "").isdigit():
        length = ngettext("It is a number of %(count)d digit.", "It is a number of %(count)d digits.",
                          len(answer)) % {"count": len(answer)}  # fmt: skip
        return Clues(length, _beginning(answer[:1], length, answer))
    if len(words) == 1:
        length = ngettext("It is one word of %(count)d letter.", "It is one word of %(count)d letters.",
                          len(answer)) % {"count": len(answer)}  # fmt: skip
    else:
        length = ngettext("It is %(count)d word.", "It is %(count)d words.", len(words))
        length %= {"count": len(words)}
    first = " ".join(f"{word[0]}…" for word in words if word)
    return Clues(length, _beginning(first, length, answer))


def _beginning(first: str, length: str, answer: str) -> str:
    if len(answer) < 3:
        return length  # the first letter would be the answer
    return gettext("It begins so: %(first)s. %(length)s") % {"first": first, "length": length}
