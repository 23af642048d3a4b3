"""Takes a question apart: several questions in one message, and the two sides of a comparison.

Pure rules over the words by which languages join questions; a language without rules keeps its
question whole.
"""

import re
from functools import cache

from edu.agents.base import asking
from edu.common import language as words

MOST = 4  # parts that are answered one by one
_LONGEST_SIDE = 10  # words

# Before what a second question begins within a sentence; the words that join go.
_JOINS = {
    "en": r",?\s+(?:and|but|or)\s+(?:also\s+)?(?=(?:(?:for|in|at|by|to|on|from|with|since) )?(?:what|who|"
    r"whom|"
    r"whose|when|where|why|how|which)\b|(?:explain|describe|define|name|list|give)\s)",
    "de": r",?\s+(?:und|aber|oder)\s+(?:auch\s+)?(?=(?:(?:in|an|bei|mit|seit|für|von|zu) )?(?:was|wer|wem|"
    r"wen|"
    r"wann|wo|wohin|woher|warum|weshalb|wieso|wie|welche[nmrs]?|wodurch|womit|wofür|worin)\b|"
    r"(?:erkläre|beschreibe|nenne|definiere)\s)",
    "fr": r",?\s+(?:et|mais|ou)\s+(?:aussi\s+)?(?=(?:(?:à|de|en|pour|dans|depuis|par|avec) )?(?:qu['’]est|"
    r"qui|quand|"
    r"où|pourquoi|comment|combien|quel(?:le)?s?)\b|(?:explique|décris|définis|cite)\s)",
    "es": r",?\s+(?:y|e|pero|o)\s+(?:también\s+)?(?=¿?(?:(?:a|de|en|por|para|desde|con) )?(?:qué|"
    r"quién(?:es)?|"
    r"cuándo|dónde|adónde|cómo|cuánt[oa]s?|cuál(?:es)?)\b|(?:explica|describe|define|nombra)\s)",
    "it": r",?\s+(?:e|ma|o)\s+(?:anche\s+)?(?=(?:(?:a|di|da|in|per|con) )?(?:che cosa|cosa|cos['’]|chi|"
    r"quando|dove|"
    r"perch[ée]|come|quant[oiae]|qual[ie]?)\b)",
    "pt": r",?\s+(?:e|mas|ou)\s+(?:também\s+)?(?=(?:(?:a|de|em|para|por|com) )?(?:o que|quem|quando|onde|"
    r"por ?qu[eê]|"
    r"como|quant[oa]s?|qua(?:l|is))\b)",
    "nl": r",?\s+(?:en|maar|of)\s+(?:ook\s+)?(?=(?:(?:in|aan|van|met|sinds) )?(?:wat|wie|wanneer|waar|"
    r"waarom|hoe|"
    r"hoeveel|welke?)\b)",
    "tr": r",?\s+(?:ve|ama|ya da)\s+|,\s+",
    "ar": r"[،,]?\s+و(?=(?:ما|ماذا|متى|أين|لماذا|كيف|كم|هل|أي|من (?:هو|هي|الذي|التي))(?!\w))",
    "ru": r",?\s+(?:и|а|но|или)\s+(?:также\s+)?(?=(?:(?:в|к|с|на|от|из|для) )?(?:что|кто|кого|кому|когда|"
    r"где|куда|"
    r"откуда|почему|зачем|как|сколько|как(?:ой|ая|ое|ие))(?!\w))",
}
_ENDS_OPEN = {  # "how and why do cells divide?" is one question
    "en": "what who when where why how which about",
    "de": "was wer wann wo warum wie welche",
    "fr": "qui quand où pourquoi comment",
    "es": "qué quién cuándo dónde cómo",
}
_SENTENCE = re.compile(r"[^?？؟]*[?？؟]+[\"'”’»)]*|[^?？؟]+")

_SIDES = {
    "en": (
        r"(?:differences?|distinctions?|similarit(?:y|ies)|"
        r"comparison)\s+between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)",
        r"(?:compare|contrast)\s+(?P<a>.+?)\s+(?:and|with|to|versus|vs\.?|against)\s+(?P<b>.+)",
        r"how\s+(?:do|does|did|is|are)\s+(?P<a>.+?)\s+(?:differ|different)\s+from\s+(?P<b>.+)",
        r"how\s+(?:do|did)\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s+(?:differ|compare)",
        r"^(?P<a>(?:\S+\s+){0,5}?\S+)\s+(?:vs\.?|versus)\s+(?P<b>.+)",
    ),
    "de": (
        r"(?:unterschied\w*|gemeinsamkeit\w*|vergleich)\s+(?:\w+\s+)?zwischen\s+(?P<a>.+?)\s+und\s+(?P<b>.+)",
        r"vergleich(?:e|en|t)?(?:\s+sie)?(?:\s+bitte)?\s+(?P<a>.+?)\s+(?:und|mit)\s+(?P<b>.+)",
        r"unterscheide[nt]\s+sich\s+(?P<a>.+?)\s+(?:von|und)\s+(?P<b>.+)",
    ),
    "fr": (
        r"(?:différences?|ressemblances?|comparaison)\s+(?:\w+\s+)?entre\s+(?P<a>.+?)\s+et\s+(?P<b>.+)",
        r"compare[rz]?\s+(?P<a>.+?)\s+(?:et|avec|à)\s+(?P<b>.+)",
        r"en\s+quoi\s+(?P<a>.+?)\s+(?:diffèrent?|est-(?:il|elle)\s+différente?)\s+(?:de\s+|d['’]|"
        r"du\s+)(?P<b>.+)",
    ),
    "es": (
        r"(?:diferencias?|semejanzas?|comparación)\s+(?:\w+\s+)?entre\s+(?P<a>.+?)\s+(?:y|e)\s+(?P<b>.+)",
        r"compar(?:a|ar|e|emos)\s+(?P<a>.+?)\s+(?:y|e|con)\s+(?P<b>.+)",
        r"se\s+diferencian?\s+(?P<a>.+?)\s+(?:de|y|del)\s+(?P<b>.+)",
    ),
    "it": (
        r"differenz[ae]\s+(?:\w+\s+)?(?:tra|fra)\s+(?P<a>.+?)\s+e\s+(?P<b>.+)",
        r"confronta(?:re)?\s+(?P<a>.+?)\s+(?:e|con)\s+(?P<b>.+)",
    ),
    "pt": (
        r"diferenças?\s+(?:\w+\s+)?entre\s+(?P<a>.+?)\s+e\s+(?P<b>.+)",
        r"compar(?:a|e|ar)\s+(?P<a>.+?)\s+(?:e|com)\s+(?P<b>.+)",
    ),
    "nl": (
        r"verschil\w*\s+(?:\w+\s+)?tussen\s+(?P<a>.+?)\s+en\s+(?P<b>.+)",
        r"vergelijk\s+(?P<a>.+?)\s+(?:en|met)\s+(?P<b>.+)",
    ),
    "tr": (
        r"^(?P<a>.+?)\s+(?:ile|ve)\s+(?P<b>.+?)\s+arasında\w*\s+(?:\w+\s+)?(?:fark|benzerlik)\w*",
        r"^(?P<a>.+?)\s+(?:ile|ve)\s+(?P<b>.+?)\s+karşılaştır\w*",
    ),
    "ar": (
        r"(?:الفرق|فرق|الاختلاف|الفروق|المقارنة|التشابه)\s+بين\s+(?P<a>.+?)\s+و(?:بين\s+)?(?P<b>.+)",
        r"قارن(?:ي|وا)?\s+(?:بين\s+)?(?P<a>.+?)\s+و(?:بين\s+)?(?P<b>.+)",
    ),
    "ru": (
        r"(?:разниц\w+|отличи\w+|различи\w+|сходств\w+)\s+между\s+(?P<a>.+?)\s+и\s+(?P<b>.+)",
        r"сравни\w*\s+(?P<a>.+?)\s+(?:и|с|со)\s+(?P<b>.+)",
        r"чем\s+(?P<a>.+?)\s+отлича\w+\s+от\s+(?P<b>.+)",
    ),
}
_END_OF_SIDE = re.compile(
    r"\s*(?:[?？؟.,;:!،؛]|\s[-–—]\s|\(|\bin terms of\b|\bplease\b|"
    r"\bbitte\b).*$",
    re.DOTALL,
)
_ARTICLE = re.compile(
    r"^(?:(?:the|an?|der|die|das|dem|den|des|eine?[rmns]?|les?|la|une?|des|du|el|los|las|una?|il|lo|gli|i|"
    r"o|os|as|"
    r"de|het|een)\s+|l['’]|d['’])",
    re.IGNORECASE,
)


@cache
def _join(language: str) -> re.Pattern[str] | None:
    pattern = _JOINS.get(language)
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def split(text: str, language: str) -> list[str]:
    """Return the questions in `text`, in order, as they stand there; only `text` itself when it asks
    one thing, or more things than could be told apart."""
    text = " ".join(text.split())
    found: list[str] = []
    said = ""
    for match in _SENTENCE.finditer(text):
        sentence = f"{said} {match.group()}".strip()
        if not sentence.rstrip("\"'”’») ").endswith(("?", "？", "؟")):
            said = sentence  # a statement goes with the question after it
            continue
        found += _within(sentence, language)
        said = ""
    if said:
        rest = _within(said, language)
        found = [*found, *rest] if not found or len(rest) > 1 else found
    asked = [each for each in found if any(sign.isalnum() for sign in each)]
    return asked if 1 < len(asked) <= MOST else [text]


def _within(sentence: str, language: str) -> list[str]:
    """Return the questions that one sentence joins."""
    join = _join(language)
    if join is None:
        return [sentence]
    pieces = [each.strip() for each in join.split(sentence) if each.strip()]
    if len(pieces) < 2:
        return [sentence]
    open_ends = _ENDS_OPEN.get(language, "").split()
    whole = [words.content_words(pieces[0], language)] and all(
        words.words(each)[-1:] and words.words(each)[-1].lower() not in open_ends
        for each in pieces[:-1]
    )
    if not whole or not words.content_words(pieces[0], language):
        return [sentence]
    if language == "tr" and any(asking.kind_of(each, language) == "other" for each in pieces):
        return [sentence]  # where the question word may stand anywhere, each part must have one
    return pieces


def sides(text: str, language: str) -> tuple[str, str] | None:
    """Return what `text` asks to compare, as it is named there; None when it compares nothing."""
    text = " ".join(text.split())
    for pattern in _SIDES.get(language, ()):
        found = re.search(pattern, text, re.IGNORECASE)
        if not found:
            continue
        one, other = (_bare(found.group(name)) for name in ("a", "b"))
        if all(0 < len(each.split()) <= _LONGEST_SIDE for each in (one, other)):
            return one, other
    return None


def _bare(side: str) -> str:
    side = _END_OF_SIDE.sub("", side).strip(" \"'“”„«»")
    return _ARTICLE.sub("", side).strip()
