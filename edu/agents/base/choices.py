"""Questions that offer two things to choose from: "Which was larger, the Ebro or the Douro?"

A sentence about one of the two alone does not tell: one that names both is quoted, or one about each.
"""

import re
from collections.abc import Sequence
from functools import cache

from edu.agents.base import compose, evidence, wording
from edu.agents.base.answer import Answer
from edu.agents.base.compose import Reading
from edu.agents.base.evidence import Piece
from edu.common import language as words

_NEAR = 0.6  # of the best score, from which on a sentence that names both answers
_ASKS = {
    "en": r"which|who|what|whose",
    "de": r"welche[nmrs]?|wer|was|wo|wie",
    "fr": r"qui|quel(?:le)?s?|lequel|laquelle|qu['’]est-ce qui|que",
    "es": r"¿?\s*(?:cu[áa]l|qui[ée]n|qu[ée])",
    "it": r"qual[ei]?|chi|che cosa|cosa|che",
    "pt": r"qual|quem|o que|que",
    "nl": r"welke?|wie|wat",
    "ar": r"أيهما|أيهم|أي|من|ما",
    "ru": r"что|кто|как(?:ой|ая|ое|ие)|где",
}
_OR = {
    "en": "or",
    "de": "oder",
    "fr": "ou",
    "es": "o|u",
    "it": "o|oppure",
    "pt": "ou",
    "nl": "of",
    "ar": "أم|أو",
    "ru": "или",
}
_TURKISH = (
    r"^(?P<a>.{1,60}?)\s+m[ıiuü],?\s+(?:yoksa\s+)?(?P<b>.{1,60}?)\s+m[ıiuü]\s+(?P<rest>.{3,80})$"
)


@cache
def _rule(language: str) -> re.Pattern[str] | None:
    if language == "tr":
        return re.compile(_TURKISH, re.IGNORECASE)
    if language not in _OR:
        return None
    return re.compile(
        rf"^\s*(?P<rest>(?:{_ASKS[language]})(?!\w)[^,:،]{{2,80}})[,:،]\s*"
        rf"(?P<a>[^,]{{1,60}}?)\s+(?:{_OR[language]})\s+(?P<b>[^,]{{1,60}})$",
        re.IGNORECASE,
    )


def told(text: str, language: str) -> tuple[str, str, str] | None:
    """Return what is asked, and the two things it is asked of; None when no choice is offered."""
    rule = _rule(language)
    found = rule.match(" ".join(text.split()).rstrip(" ?؟？.!")) if rule else None
    if not found:
        return None
    rest, one, other = (found.group(name).strip() for name in ("rest", "a", "b"))
    if not words.content_words(one, language) or not words.content_words(other, language):
        return None
    return rest, one, other


def answer_both(
    answer: Answer, whole: Reading, sides: Sequence[str], readings: Sequence[Reading]
) -> list[Piece]:
    """Quote a sentence that names both, else one about each; say which the materials do not name."""
    keys = [_keys(side, whole.question.language) for side in sides]
    own = [keys[0] - keys[1] or keys[0], keys[1] - keys[0] or keys[1]]
    floor = _NEAR * whole.weighed[0].score
    both = [
        each.piece
        for each in whole.weighed
        if each.score >= floor and all(key & set(each.piece.stems) for key in own)
    ]
    if both and (quoted := compose.quote(answer, whole, both[:1])):
        return quoted
    quoted = []
    for side, key, reading in zip(sides, own, readings, strict=True):
        mine = [each for each in reading.weighed if key & set(each.piece.stems)]
        chosen = evidence.choose(reading.question, mine, reading.pieces, 1, 1.0)
        chosen = [piece for piece in chosen if piece not in quoted]
        answer.paragraph(side)
        if chosen:
            quoted += compose.quote(answer, reading, chosen)
        if not mine:
            answer.paragraph()
            answer.notice(wording.words("side_missing", whole.language, part=side))
    return quoted


def _keys(side: str, language: str) -> set[str]:
    """Return the stems that tell a side: of its names, where it has any with a capital."""
    named = [each for each in words.words(side) if each[:1].isupper()]
    plain = set(words.content_words(side, language))
    return (set(words.content_words(" ".join(named), language)) if named else set()) or plain
