"""Does a message go on from the turn before it, and what was that one about? Rules, as in intents.py."""

import re

from edu.agents.base import asking
from edu.common import language as words
from edu.common.general import GENERAL

MOST_OF_ITS_OWN = 8  # words of content in a question that still goes on from another
KEPT_WORDS = 12  # of an earlier question, when this one goes on from it

# A turn that begins so goes on from the one before.
_GOES_ON = re.compile(
    r"^\s*¿?\s*(?:and|but|so|what about|how about|und|aber|was ist mit|wie steht es mit|et|mais|et pour|"
    r"y|pero|qué hay de|e|ma|mas|en|maar|hoe zit het met|ve|peki|ya|و|وماذا عن|ماذا عن|и|а|но|а что)\b",
    re.IGNORECASE,
)
_STANDS_FOR = {
    "en": "it its they them their he him his she her this that these those there one ones",
    "de": "es sie er ihr ihm ihn ihre ihren ihrem ihrer sein seine seinen seiner dies diese dieser "
    "dieses diesen diesem das dort dabei davon damit dazu daran darin dagegen",
    "fr": "il elle ils elles ça cela ce cet cette ces ceci celui celle leur leurs lui y en son sa ses",
    "es": "él ella ellos ellas eso esto ese esa este esta lo le su sus ahí allí",
    "it": "esso essa essi esse ciò questo questa quello quella lui lei loro suo sua",
    "pt": "ele ela eles elas isso isto esse essa este esta seu sua aí",
    "nl": "het hij zij ze hem haar hun dit dat deze die er daar",
    "tr": "o onu onun onlar bu bunu bunun bunlar şu orada",
    "ar": "هو هي هم هذا هذه ذلك تلك هناك",
    "ru": "он она оно они его её их это этот эта эти там им ей ему",
}
# "It" and the like that stand for nothing: "is it true that", "gibt es", "qu'est-ce que".
_STANDS_FOR_NOTHING = re.compile(
    r"\b(?:is|was) it (?:true|possible|necessary|important|correct|the case|known)(?: that)?|"
    r"\bhow is it that|\b(?:is|are|was|were|will|can) there\b|\bthere (?:is|are|was|were|be)\b|\bthat is,|"
    r"\bg(?:ibt|ab) es\b|\bes g(?:ibt|ab)\b|\bist es (?:möglich|wahr|richtig|nötig|wichtig)|"
    r"\best[- ]ce\b|qu['’]est[- ]ce\b|\bc['’]est\b|\bil y a\b|\by a-t-il\b|\bil faut\b|"
    r"\bs['’]agit[- ]il\b|\bil est\b|\bes (?:cierto|posible|verdad) que|\blo que\b|"
    r"\bpor lo tanto\b|\bè vero che|\bé verdade que|"
    r"(?<!\w)(?:ما|من) (?:هو|هي|هم|هما)(?!\w)",
    re.IGNORECASE,
)
# Words that are articles when a noun follows at once, and pronouns when none does.
_ALSO_ARTICLES = {
    "de": "das die der den dem",
    "fr": "le la les leur",
    "es": "lo",
    "nl": "het de",
    "it": "lo la",
}
# How many words of content may stand before a pronoun without being what it stands for: languages
# that put the verb first have one there.
_VERB_FIRST = {"de": 1, "fr": 1, "es": 1, "it": 1, "pt": 1, "nl": 1, "ar": 1, "ru": 1}
_NO_PRONOUN_NEEDED = ("es", "it", "pt", "tr", "ar")  # "¿Por qué ocurre?" leaves its subject out
_OPEN_KINDS = ("why", "how", "when", "where", "how_many")


def goes_on(text: str, language: str) -> bool:
    """Whether `text` can only be understood with what was asked before: it has no topic of its own,
    or begins with "and" and the like and has hardly one, or has a word that stands for one."""
    stems = words.content_words(text, language)
    if not stems:
        return True
    if _GOES_ON.search(text) and len(stems) <= 3:
        return True
    if len(stems) <= MOST_OF_ITS_OWN and _refers_back(text, language):
        return True
    return language in _NO_PRONOUN_NEEDED and _leaves_out(text, language, stems)


def _refers_back(text: str, language: str) -> bool:
    """Whether a pronoun stands in `text` before anything that it could stand for."""
    plain = _STANDS_FOR_NOTHING.sub(" ", text)
    stands = set(_STANDS_FOR.get(language, "").split())
    articles = set(_ALSO_ARTICLES.get(language, "").split())
    said = words.words(plain)
    small = words.stopwords(language)
    room = _VERB_FIRST.get(language, 0)
    for at, word in enumerate(said):
        folded = words.fold(word, language)
        if folded in stands:
            following = said[at + 1] if at + 1 < len(said) else ""
            noun = following[:1].isupper() if language == "de" else bool(following)
            followed = bool(noun) and words.fold(following, language) not in small
            return not (folded in articles and followed)
        if folded in small or not words.content_words(word, language):
            continue
        if at and word[:1].isupper():
            return False  # a name, or a German noun
        general = folded in GENERAL.get(language, frozenset())
        room -= 0 if general else 1
        if room < 0:
            return False
    return False


def _leaves_out(text: str, language: str, stems: list[str]) -> bool:
    """Whether a question is only its question word and a verb, so that its subject was left out."""
    if len(stems) > 1 or asking.kind_of(text, language) not in _OPEN_KINDS:
        return False
    said = words.words(text)
    named = any(at and word[:1].isupper() for at, word in enumerate(said))
    defined = language == "ar" and any(word.startswith("ال") for word in said)
    return not (named or defined)


def content_of(text: str, language: str, most: int = KEPT_WORDS) -> str:
    """Return the first `most` words of `text` that carry content, as they stand there."""
    spoken_in = words.detect(text, fallback=language)
    small = words.stopwords(spoken_in)
    kept = [word for word in words.words(text) if words.fold(word, spoken_in) not in small]
    return " ".join(kept[:most])
