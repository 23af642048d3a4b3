"""What kind of answer a question wants, told by its first words, in several languages.

Pure rules. A question whose language has no rules here is of the kind "other", which asks for nothing
in particular: the answer is then chosen by its words alone.
"""

import re
from collections.abc import Sequence
from functools import cache

from edu.agents.base import measures
from edu.common.language import content_words, guess

KINDS = (
    "definition",
    "who",
    "when",
    "where",
    "how_many",
    "why",
    "how",
    "list",
    "compare",
    "whether",
    "other",
)

# Tried from top to bottom at the beginning of the question, after "and", "so" and the like.
_BEGINNINGS: dict[str, dict[str, str]] = {
    "en": {
        "how_many": r"how (?:many|much|long|far|old|tall|big|large|fast|deep|high|heavy|often|hot|wide)"
        r"|(?:in|at|by|to|for)?\s*(?:what|which) (?:percentage|percent|number|amount|fraction|share"
        r"|proportion|rate|temperature|age|size|speed)",
        "compare": r"(?:what (?:is|are) the (?:main )?(?:difference|distinction)|how (?:do|does|is|are) "
        r".+ differ|compare|contrast)",
        "list": r"(?:list|name|enumerate)\b|(?:what|which) (?:are|were) (?:the|some|all|its|their)\b|"
        r"(?:what|which) (?:\w+ ){0,2}(?:types|kinds|stages|steps|parts|phases|examples|factors|causes|"
        r"reasons|functions|properties|components)\b",
        "when": r"when\b|(?:in|on|by|during|since|until|at)?\s*(?:what|which) "
        r"(?:year|day|date|month|century|decade|time|period)",
        "who": r"(?:to |for |with |by |of |from )?(?:who|whom|whose)\b|(?:what|which) "
        r"(?:person|people|scientist|king|queen|president|author|man|woman)\b",
        "where": r"(?:from |to )?where\b|(?:in|at|on|to|from)?\s*(?:what|which) "
        r"(?:country|city|place|town|region|part|state|continent|location|area)\b",
        "why": r"why\b|how come\b|for what reason|what (?:is|was|are) the (?:cause|reason)|"
        r"what (?:causes|caused|makes|made|leads to|led to)\b",
        "definition": r"what(?:'s| is| are| was| were| does)(?: meant by)?\b(?!.*\b(?:of|for|in|between) )|"
        r"(?:define|definition of|meaning of|what do we mean|what is meant)\b",
        "how": r"how\b|(?:in|by) (?:what|which) way|by what means",
        "whether": r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must)\b",
    },
    "de": {
        "how_many": r"wie (?:viele?|lange|weit|alt|hoch|groß|gross|schnell|tief|schwer|oft|warm)\b|"
        r"(?:welcher|welchen|welche) (?:anteil|anzahl|prozentsatz|menge)",
        "compare": r"(?:was|worin) (?:ist|sind|besteht|liegt) der unterschied|vergleiche?\b",
        "list": r"(?:nenne|zähle|liste)\b|welche (?:\w+ )?(?:arten|typen|schritte|teile|phasen|beispiele|"
        r"gründe|ursachen|aufgaben|eigenschaften)\b|(?:was|welche) sind die\b",
        "when": r"wann\b|(?:seit|bis) wann|(?:in|an|zu)?\s*welche[mrsn]? (?:jahr|tag|monat|jahrhundert|zeit)",
        "who": r"(?:von |mit |für |an |zu )?(?:wer|wem|wen|wessen)\b",
        "where": r"(?:wo|wohin|woher)\b|in welche[mrn]? (?:land|stadt|ort|region|teil)",
        "why": r"(?:warum|weshalb|wieso|wodurch|aus welchem grund)\b",
        "definition": r"was (?:ist|sind|bedeutet|versteht|heißt|war|waren)\b|definiere?\b",
        "how": r"(?:wie|auf welche weise)\b",
        "whether": r"(?:ist|sind|war|waren|hat|haben|kann|können|wird|werden|gibt|darf|muss)\b",
    },
    "fr": {
        "how_many": r"(?:combien|quel pourcentage|quelle proportion|quelle quantité)\b",
        "compare": r"quelle est la différence|compare[rz]?\b",
        "list": r"(?:cite|citez|énumère|énumérez|nomme|nommez|liste)\b|quel(?:le)?s sont\b",
        "when": r"quand\b|(?:en|à|depuis) (?:quelle année|quel (?:mois|jour|siècle)|quelle date)",
        "who": r"(?:à |de |par |avec |pour )?qui\b",
        "where": r"(?:d')?où\b|dans quel(?:le)? (?:pays|ville|région|endroit|partie)",
        "why": r"pourquoi\b|pour quelle raison",
        "definition": r"qu'est[- ]ce (?:que|qu')|que (?:signifie|veut dire)|c'est quoi|définis\b|définir\b",
        "how": r"comment\b|de quelle (?:manière|façon)",
        "whether": r"est[- ]ce (?:que|qu')",
    },
    "es": {
        "how_many": r"¿?\s*cu[áa]nt[oa]s?\b|¿?\s*qué (?:porcentaje|cantidad|proporción)",
        "compare": r"¿?\s*(?:cu[áa]l es la diferencia|en qué se diferencia|compara)\b",
        "list": r"¿?\s*(?:enumera|nombra|lista|menciona)\b|¿?\s*cu[áa]les son\b",
        "when": r"¿?\s*cu[áa]ndo\b|¿?\s*(?:en |desde )?qu[ée] (?:año|día|mes|siglo|fecha)",
        "who": r"¿?\s*(?:a |de |por |con |para )?qui[ée]n(?:es)?\b",
        "where": r"¿?\s*(?:a|de )?d[óo]nde\b|¿?\s*en qu[ée] (?:país|ciudad|lugar|región|parte)",
        "why": r"¿?\s*por qu[ée]\b",
        "definition": r"¿?\s*qu[ée] (?:es|son|significa|era|fue)\b|define\b",
        "how": r"¿?\s*c[óo]mo\b",
        "whether": r"¿?\s*(?:es|son|está|están|hay|puede|tiene)\b",
    },
    "it": {
        "how_many": r"quant[oiae]\b|che percentuale|quale percentuale",
        "compare": r"(?:qual è la differenza|confronta)\b",
        "list": r"(?:elenca|nomina|cita)\b|quali sono\b",
        "when": r"quando\b|(?:in )?(?:che|quale) (?:anno|giorno|mese|secolo|data)",
        "who": r"(?:a |di |da |con |per )?chi\b",
        "where": r"(?:da )?dove\b|in (?:che|quale) (?:paese|città|luogo|regione|parte)",
        "why": r"perch[ée]\b",
        "definition": r"(?:che )?cos(?:a|')\s*(?:è|sono|significa|era)|che significa|definisci\b",
        "how": r"come\b|in (?:che|quale) modo",
    },
    "pt": {
        "how_many": r"quant[oa]s?\b|que (?:percentagem|porcentagem|percentual)",
        "compare": r"(?:qual é a diferença|compare)\b",
        "list": r"(?:enumere|nomeie|liste|cite)\b|quais (?:são|eram)\b",
        "when": r"quando\b|(?:em )?(?:que|qual) (?:ano|dia|mês|século|data)",
        "who": r"(?:a |de |por |com |para )?quem\b",
        "where": r"(?:a|de )?onde\b|em (?:que|qual) (?:país|cidade|lugar|região|parte)",
        "why": r"por ?qu[eê]\b",
        "definition": r"o que (?:é|são|significa|era|foi)\b|defina\b",
        "how": r"como\b",
    },
    "nl": {
        "how_many": r"hoe(?:veel| lang| ver| oud| hoog| groot| snel| diep| zwaar| vaak)\b|welk percentage",
        "compare": r"wat is het verschil|vergelijk\b",
        "list": r"(?:noem|som)\b|(?:wat|welke) zijn de\b",
        "when": r"wanneer\b|(?:in )?welk(?:e)? (?:jaar|dag|maand|eeuw)",
        "who": r"(?:aan |van |door |met )?wie\b",
        "where": r"waar\b|in welk(?:e)? (?:land|stad|plaats|regio|deel)",
        "why": r"waarom\b",
        "definition": r"wat (?:is|zijn|betekent|was)\b|definieer\b",
        "how": r"hoe\b",
    },
    "tr": {},
    "ar": {
        "how_many": r"كم\b|ما (?:عدد|نسبة|مقدار)",
        "when": r"متى\b|في أي (?:عام|سنة|يوم|شهر|قرن)",
        "who": r"(?:من|لمن|بمن) (?:هو|هي|هم|الذي|التي|كان|كانت|قام)?",
        "where": r"أين\b|اين\b|في أي (?:بلد|مدينة|مكان)",
        "why": r"لماذا\b|لم\b|ما سبب",
        "definition": r"ما (?:هو|هي|هما|معنى|المقصود)\b|عر[ّ]?ف\b",
        "list": r"(?:اذكر|عدد)\b",
        "how": r"كيف\b",
        "whether": r"هل\b",
    },
    "ru": {
        "how_many": r"сколько\b|какой процент|какая доля",
        "compare": r"(?:в чём|в чем|какова) (?:разница|отличие)|сравни",
        "list": r"(?:назови|перечисли)\w*\b|каковы\b",
        "when": r"когда\b|в каком (?:году|веке|месяце)",
        "who": r"(?:кто|кого|кому|кем|чей)\b",
        "where": r"(?:где|куда|откуда)\b|в как(?:ой|ом) (?:стране|городе|месте)",
        "why": r"(?:почему|зачем|отчего)\b",
        "definition": r"(?:что (?:такое|значит|означает)|дай определение)\b",
        "how": r"как\b|каким образом",
    },
}
# Languages whose question word stands anywhere.
_ANYWHERE: dict[str, dict[str, str]] = {
    "tr": {
        "how_many": r"\b(?:kaç|ne kadar|yüzde kaç)\b",
        "when": r"\b(?:ne zaman|hangi (?:yıl|gün|ay|tarih|yüzyıl)\w*)\b",
        "who": r"\b(?:kim|kime|kimin|kimi|kimler)\w*\b",
        "where": r"\b(?:nerede|nereye|nereden|nere\w*|hangi (?:ülke|şehir|yer)\w*)\b",
        "why": r"\b(?:neden|niçin|niye)\b",
        "definition": r"\b(?:nedir|ne demek\w*|ne anlama)\b|tanımla\b",
        "list": r"\b(?:nelerdir|listele|say)\b",
        "how": r"\b(?:nasıl|ne şekilde)\b",
    }
}
_LEAD = {
    "en": r"(?:(?:and|so|but|ok|okay|well|then|please|now)[,\s]+)*"
    r"(?:(?:can|could|would) you (?:please )?(?:tell me|say|explain)|(?:please )?tell me|i want to know|"
    r"do you know)?[,\s]*",
    "de": r"(?:(?:und|also|aber|dann|bitte)[,\s]+)*(?:"
    r"(?:kannst|können) (?:du|sie) mir sagen|sage? mir)?[,\s]*",
    "fr": r"(?:(?:et|alors|mais|donc)[,\s]+)*",
    "es": r"¿?\s*(?:(?:y|pero|entonces)[,\s]+)*",
    "it": r"(?:(?:e|ma|allora)[,\s]+)*",
    "pt": r"(?:(?:e|mas|então)[,\s]+)*",
    "nl": r"(?:(?:en|maar|dus)[,\s]+)*",
    "ar": r"و?\s*",
    "ru": r"(?:(?:и|а|но)[,\s]+)*",
}
_NUMBER = r"[(]*\d+(?:[.,]\d+)*[)]*"
_SUM = re.compile(rf"{_NUMBER}(?:\s*[-+*/×÷^−–:xX·]\s*{_NUMBER})+\s*=?")
_YEARS = re.compile(r"\d{3,4}\s*[-–/−]\s*\d{2,4}")
LANGUAGES = tuple(_BEGINNINGS)
_QUESTION_MARKS = ("?", "？", "؟", ";", "՞")


@cache
def _rules(language: str) -> list[tuple[str, re.Pattern[str]]]:
    lead = _LEAD.get(language, "")
    rules = [
        (kind, re.compile(rf"^\s*{lead}(?:{pattern})", re.IGNORECASE))
        for kind, pattern in _BEGINNINGS.get(language, {}).items()
    ]
    return rules + [
        (kind, re.compile(pattern, re.IGNORECASE))
        for kind, pattern in _ANYWHERE.get(language, {}).items()
    ]


def wanted(question: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the kind of answer that `question` wants, one of KINDS, and for a figure its measures."""
    text = " ".join(question.split())
    measured = measures.asked(_without_lead(text, language), language)
    if measured:
        return "how_many", measured
    for kind, rule in _rules(language):
        if rule.search(text):
            return kind, ()
    return "other", ()


def kind_of(question: str, language: str) -> str:
    """Return the kind of answer that `question` wants, one of KINDS."""
    return wanted(question, language)[0]


def _without_lead(text: str, language: str) -> str:
    """Return `text` without "and", "please tell me" and the like at its beginning."""
    lead = re.match(rf"\s*{_LEAD.get(language, '')}", text, re.IGNORECASE)
    return text[lead.end() :] if lead else text


def is_question(text: str, language: str) -> bool:
    """Whether `text` asks something, by its mark or its first words."""
    marks = _QUESTION_MARKS if language == "el" else tuple(m for m in _QUESTION_MARKS if m != ";")
    return text.rstrip(" \"'»”)!").endswith(marks) or kind_of(text, language) != "other"


def _says(rest: str) -> bool:
    """Whether words are left that ask for something, once "what is" is taken off."""
    return bool(content_words(rest, guess(rest) or "en"))


def is_sum(text: str, said: Sequence[str]) -> bool:
    """Whether `text` only asks to reckon ("2+2?"), and nothing that is `said` has that sum."""
    found = _SUM.search(text)
    rest = _SUM.sub(" ", text)
    if not found or _says(rest) or _YEARS.fullmatch(found.group().strip()):
        return False
    plain = "".join(found.group().split()).rstrip("=")
    return not any(plain in "".join(each.split()) for each in said)


def spoken(text: str) -> str:
    """Return the language whose question words `text` begins with, "" when none or several do."""
    found = spoken_among(text)
    return found[0] if len(found) == 1 else ""


def spoken_among(text: str) -> list[str]:
    """Return the languages in which `text` begins with a question word ("is" and the like are none)."""
    text = " ".join(text.split())
    return [
        language
        for language in _BEGINNINGS
        if any(rule.search(text) for kind, rule in _rules(language) if kind != "whether")
    ]
