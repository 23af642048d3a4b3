"""Sentences that name one of a kind: "Fuji and Vesuvius are stratovolcanoes", "volcanoes such as Fuji".

Pure rules, by language. They are examples, though no "for example" stands in them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from edu.agents.base.evidence import Piece, Question
from edu.common import language as words

_IS = {
    "en": r"is|are|was|were|became|remains?",
    "de": r"ist|sind|war|waren|gilt als|gelten als|zählt zu|zählen zu|gehört zu|gehören zu",
    "fr": r"est|sont|était|étaient|fut|furent",
    "es": r"es|son|era|eran|fue|fueron",
    "it": r"è|sono|era|erano|fu|furono",
    "pt": r"é|são|era|eram|foi|foram",
    "nl": r"is|zijn|was|waren",
    "ru": r"—|–|является|являются|был[аи]?",
}
_ENDS_IN_IS = {"tr": r"\w+(?:d[ıiuü]r|t[ıiuü]r)(?:lar|ler)?[.!]?$"}  # "is" stands at the end
_SUCH_AS = {
    "en": r"such as|like|including|among them|especially|notably",
    "de": r"wie(?: etwa| zum Beispiel)?|darunter|etwa|insbesondere",
    "fr": r"comme|tels? que|telles? que|notamment|dont",
    "es": r"como|tal(?:es)? como|entre ell[oa]s|incluid[oa]s?",
    "it": r"come|tra cui|ad esempio|quali",
    "pt": r"como|tais como|entre (?:os|as) quais|incluindo",
    "nl": r"zoals|waaronder|onder andere",
    "tr": r"gibi|arasında",
    "ar": r"مثل|منها|ومنها|من بينها",
    "ru": r"такие как|такие, как|например|включая|в том числе",
}
_ASKED = {  # the word "example" itself and what asks for one are no part of what it is to be one of
    "en": "example examples instance give name show tell materials text",
    "de": "beispiel beispiele gib nenne nenn zeige zeig text",
    "fr": "exemple exemples donne donnez cite citez texte",
    "es": "ejemplo ejemplos dame da deme nombra texto",
    "it": "esempio esempi dammi fammi nomina testo",
    "pt": "exemplo exemplos dá dê dá-me nomeia texto",
    "nl": "voorbeeld voorbeelden geef noem tekst",
    "tr": "örnek örneği örnekler ver verir göster bir",
    "ar": "مثال مثالا أمثلة أعطني اعطني اذكر",
    "ru": "пример примеры приведи дай назови",
}
_REACH = 90  # signs within which the kind stands after "is"


def topic(stems: Sequence[str], language: str) -> set[str]:
    """Return the stems of what an example is asked of."""
    asking = set(words.content_words(_ASKED.get(language, ""), language))
    return set(stems) - asking


def asked(question: Question) -> Question:
    """Return a question for an example with only the words of what it is to be an example of."""
    about = topic(question.stems, question.language)
    kept = tuple(each for each in question.stems if each in about)
    return replace(question, stems=kept) if kept else question


def names_one(piece: Piece, about: set[str]) -> bool:
    """Whether a piece names one of the kind that the stems `about` speak of."""
    if not about or not _all(about, piece.stems):
        return False
    language, text = piece.language, piece.text
    return _is_one(text, about, language) or _such_as(text, about, language)


def _is_one(text: str, about: set[str], language: str) -> bool:
    ends = _ENDS_IN_IS.get(language)
    if ends:
        last = text.split()[-1] if text.split() else ""
        named = words.content_words(last, language)
        return bool(re.search(ends, text)) and _any(about, named) and _name(text, about)
    verb = _pattern(_IS.get(language, ""))
    for found in verb.finditer(text) if verb else ():
        before = text[: found.start()]
        after = text[found.end() : found.end() + _REACH]
        told = words.content_words(before, language)
        if _all(about, words.content_words(after, language)) and not _any(about, told):
            return _name(before, about)
    return False


def _such_as(text: str, about: set[str], language: str) -> bool:
    verb = _pattern(_SUCH_AS.get(language, ""))
    for found in verb.finditer(text) if verb else ():
        before, after = text[: found.start()], text[found.end() :]
        if language == "tr":
            before, after = after, before  # "Fuji gibi volkanlar"
        near = words.content_words(before[-_REACH:] if language != "tr" else before, language)
        if _all(about, near) and (_name(after, about) or language == "ar"):
            return True
    return False


def _all(about: set[str], stems: Sequence[str]) -> bool:
    return all(_any({each}, stems) for each in about)


def _any(about: set[str], stems: Sequence[str]) -> bool:
    """Whether one of `about` is among `stems`; what a language puts at the end of both may differ."""
    return any(
        a.startswith(b)
        or b.startswith(a)
        or (len(a) > 4 and b.endswith(a))  # a stratovolcano is one
        for a in about
        for b in stems
        if len(b) > 2
    )


def _name(text: str, about: set[str]) -> bool:
    """Whether a word with a capital stands in `text` that is not of the kind itself."""
    names = re.findall(r"(?<!\w)[^\W\d_a-z][\w'’-]+", text)
    return any(each[:1].isupper() and not _any(about, words.content_words(each)) for each in names)


@cache
def _pattern(alternatives: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None
