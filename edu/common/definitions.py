"""Sentences that say what something is: "X is a ...", "Unter X versteht man ...", "X: ..."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from edu.common.general import ARTICLES, GENERAL
from edu.common.language import count_words, fold, guess, sentences, stopwords, words


@dataclass(frozen=True)
class Definition:
    """`sentence` stands verbatim in the text at `start`; `term` is what it defines and `meaning` what
    it says of it, both verbatim too."""

    term: str
    meaning: str
    sentence: str
    start: int


# X stands first: (?P<term>) verb (?P<meaning>). What follows "is" must begin like a noun.
_FIRST = {
    "en": r"(?:is|are)\s+(?:(?:also|usually|often|simply|generally)\s+)?(?=(?:an?|the|any|one|those|when|"
    r"where|what|defined|called|known|how|made up)\b)|means?\s+(?:that\s+)?|refers?\s+to\s+|describes?\s+"
    r"(?=how|the|an?)|is\s+(?=\w+(?:ion|ment|ing|ness|ity)\s+(?:of|that|which|in|by)\b)|consists?\s+of\s+|denotes?\s+",
    "de": r"(?:ist|sind)\s+(?:(?:also|meist|oft)\s+)?(?=(?:eine?[rmns]?|der|die|das|jede[rs]?|definiert|"
    r"diejenigen?)\b|(?!nicht\b|auch\b|sehr\b)[A-ZÄÖÜ])|bezeichnet\s+(?:man\s+)?|bedeutet\s+|heißt,?\s+(?=dass\b)"
    r"|bezeichnen\s+|besteht\s+aus\s+",
    "fr": r"(?:est|sont)\s+(?=(?:une?|le|la|les|des|définie?)\b|l['’])|désigne(?:nt)?\s+|signifie(?:nt)?\s+"
    r"|se\s+définit\s+|correspond(?:ent)?\s+à\s+|consiste\s+(?:à|en)\s+",
    "es": r"(?:es|son)\s+(?=(?:una?|el|la|los|las|unos|unas|aquel|cualquier)\b)|significan?\s+|"
    r"se\s+define\s+como\s+|se\s+refiere\s+a\s+|consiste\s+en\s+",
    "it": r"(?:è|sono)\s+(?=(?:una?|uno|il|lo|la|i|gli|le)\b|[lu]n?['’])|significa(?:no)?\s+|indica(?:no)?\s+"
    r"|si\s+definisce\s+|consiste\s+(?:in|nel)\w*\s+",
    "pt": r"(?:é|são)\s+(?=(?:uma?|o|a|os|as|qualquer)\b)|significam?\s+|refere-se\s+a\w*\s+|consiste\s+em\s+"
    r"|define-se\s+como\s+",
    "nl": r"(?:is|zijn)\s+(?=(?:een|de|het|elke?|wanneer)\b)|betekent\s+|verwijst\s+naar\s+|bestaat\s+uit\s+",
    "sv": r"(?:är)\s+(?=(?:en|ett|den|det|de|när)\b)|betyder\s+|innebär\s+|består\s+av\s+|avser\s+",
    "pl": r"(?:to|jest\s+to)\s+|(?:jest|są)\s+(?=\w+(?:em|ą|mi)\b)|oznacza\s+|nazywamy\s+|polega\s+na\s+",
    "ru": r"[—–-]\s*это\s+|это\s+|означает\s+|представляет\s+собой\s+|называется\s+|[—–]\s+",
    "uk": r"[—–-]\s*це\s+|це\s+|означає\s+|є\s+|називається\s+|[—–]\s+",
    "ar": r"(?:هو|هي|هم)\s+|(?:يعني|تعني)\s+|عبارة\s+عن\s+|يُ?عرف\s+ب?أنه\s+|تُ?عرف\s+ب?أنها\s+",
}
# X stands last or in the middle: both groups named.
_LATER = {
    "en": [
        r"^(?P<meaning>.{20,}?),?\s+(?:is|are)\s+(?:also\s+)?(?:called|known\s+as|termed|named)\s+(?P<term>[^.,;:]+)",
        r"^We\s+call\s+(?P<meaning>.{15,}?)\s+(?P<term>an?\s+[^.,;:]+)\.",
    ],
    "de": [
        r"^Unter\s+(?P<term>[^.,;:]+?)\s+versteht\s+man\s+(?P<meaning>.+)",
        r"^Als\s+(?P<term>[^.,;:]+?)\s+bezeichnet\s+man\s+(?P<meaning>.+)",
        r"^(?P<meaning>.{20,}?)\s+(?:nennt\s+man|heißt|heißen)\s+(?!es\b)(?P<term>[^.,;:]+)\.",
        r"^(?P<meaning>.{20,}?)\s+wird\s+(?:auch\s+)?(?:als\s+)?(?P<term>[^.,;:]{3,50}?)\s+(?:genannt|bezeichnet)",
    ],
    "fr": [
        r"^On\s+(?:appelle|nomme)\s+(?P<term>[^.,;:]+?),?\s+(?P<meaning>(?:une?|le|la|les|l['’]|des|tout).+)",
        r"^(?P<meaning>.{20,}?)\s+(?:s['’]appelle(?:nt)?|est\s+appelée?)\s+(?P<term>[^.,;:]+)",
    ],
    "es": [
        r"^(?P<meaning>.{20,}?)\s+se\s+(?:llaman?|denominan?|conocen?\s+como)\s+(?P<term>[^.,;:]+)"
    ],
    "it": [r"^(?P<meaning>.{20,}?)\s+si\s+(?:chiama(?:no)?|dice)\s+(?P<term>[^.,;:]+)"],
    "pt": [r"^(?P<meaning>.{20,}?)\s+(?:chama|denomina)m?-se\s+(?P<term>[^.,;:]+)"],
    "nl": [r"^(?P<meaning>.{20,}?)\s+(?:noemt\s+men|noemen\s+we|heet)\s+(?P<term>[^.,;:]+)"],
    "sv": [r"^(?P<meaning>.{20,}?)\s+(?:kallas|heter)\s+(?P<term>[^.,;:]+)"],
    "ru": [r"^(?P<meaning>.{20,}?)\s+называ[ею]тся\s+(?P<term>[^.,;:]+)"],
    "uk": [r"^(?P<meaning>.{20,}?)\s+називається\s+(?P<term>[^.,;:]+)"],
    "ar": [r"^(?P<meaning>.{20,}?)\s+(?:يسمى|تسمى)\s+(?P<term>[^.,;:،]+)"],
    "tr": [
        # What is named stands in the dative: "... geçmesine osmoz denir", "... sıvıya lenf adı verilir".
        r"^(?P<meaning>.{12,}(?:[ıiuü]n|[yn]|l[ae]r)[ae])\s+(?P<term>(?:\S+\s){0,2}?\S+)\s+(?:denir|adı\s+verilir)",
        r"^(?P<term>[^.,;:]{2,50}),\s+(?P<meaning>.{15,}"
        r"(?:(?<![dt][ae])(?<!m[ıiuü]ş)(?<!ecek)(?<!acak)[dt][ıiuü]r|denir|tanımlanır))[.!]?$",
    ],
}
_COLON = re.compile(
    r"^(?:[-*•–]\s+)?(?P<term>[^.:;?!]{2,60}?)(?::\s+|\s+[—–]\s+)(?P<meaning>\S.{15,})", re.S
)
_NUMBERING = re.compile(r"^(?:[-*•–]\s+|\(?\d{1,3}(?:\.\d+)*[.)]\s+|\(?[a-z]\)\s+)")
_NO_TERM = {
    "en": "note example examples warning tip hint question answer figure table chapter section exercise",
    "de": "hinweis beispiel beispiele achtung tipp frage antwort abbildung tabelle kapitel abschnitt aufgabe",
    "fr": "note remarque exemple exemples attention question réponse figure tableau chapitre exercice",
    "es": "nota ejemplo ejemplos atención pregunta respuesta figura tabla capítulo ejercicio",
    "it": "nota esempio esempi attenzione domanda risposta figura tabella capitolo esercizio",
    "pt": "nota exemplo exemplos atenção pergunta resposta figura tabela capítulo exercício",
    "nl": "let voorbeeld voorbeelden vraag antwoord figuur tabel hoofdstuk opgave",
}


def definitions(text: str, language: str = "") -> list[Definition]:
    """Return the definitions that stand in `text`, in order; at most one of each sentence."""
    language = language or guess(text)
    found = []
    for start, end in sentences(text, language):
        sentence = text[start:end]
        mark = _NUMBERING.match(sentence)
        offset = mark.end() if mark else 0
        if len(sentence) > 600 or sentence.rstrip("\"'”»").endswith(("?", "؟", "？")):
            continue
        for term, meaning in _candidates(sentence[offset:], language):
            term = _bare(term, language)
            if term and count_words(meaning) >= 3:
                found.append(Definition(term, meaning.strip().rstrip("."), sentence, start))
                break
    return found


def _candidates(sentence: str, language: str) -> Iterator[tuple[str, str]]:
    for pattern in _LATER.get(language, ()):
        match = re.search(pattern, sentence, re.S)
        if match:
            yield match["term"], match["meaning"]
    first = _FIRST.get(language)
    if first:
        match = re.match(
            rf"(?P<term>[^.,;:!?]{{2,70}}?)(?:\s*\([^)]*\))?,?\s+(?:{first})(?P<meaning>.+)",
            sentence,
            re.S,
        )
        if match:
            yield match["term"], match["meaning"]
    match = _COLON.match(sentence)
    if match and count_words(match["meaning"]) >= 4 and not match["meaning"].startswith("//"):
        yield match["term"], match["meaning"]


def _bare(term: str, language: str) -> str:
    """Return `term` without its article; "" when it cannot be a term ("it", "the second of these")."""
    term = term.strip().strip("\"'“”„«»*_").strip()
    term = re.sub(r"^(?:l|d|un|dell|all)['’]", "", term, flags=re.IGNORECASE)
    found = words(term)
    small = stopwords(language)
    articles = ARTICLES.get(language, frozenset())
    while found and fold(found[0], language) in articles and len(found) > 1:
        term = term[term.index(found[0]) + len(found[0]) :].strip().strip("\"'“”„«»*_").strip()
        found = found[1:]
    plain = [fold(word, language) for word in found]
    if not 1 <= len(found) <= 6 or plain[0] in small or plain[-1] in small:
        return ""
    if len(plain) == 1 and plain[0] in GENERAL.get(language, frozenset()):
        return ""
    if plain[0] in _NO_TERM.get(language, "").split() or not any(word.isalpha() for word in plain):
        return ""
    # "The cells of the root are ..." still names something; "water that leaves" has a verb in it.
    return term if sum(word in small for word in plain) <= max(1, len(plain) // 2) else ""
