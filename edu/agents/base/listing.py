"""Questions for what the materials name: "Which volcanoes does the text mention?" wants the sentences that
name some, and the words for text and naming say nothing of them. Pure rules, by language."""

import re
from functools import cache

_NAMES: dict[str, str] = {
    "en": r"(?:which|what) (?P<of>[^?,]{2,50}?) (?:do|does|did|are|is) (?:the|my|your|this|these) "
    r"(?:text|texts|materials?|documents?|notes|passage|chapter|slides|book)\w* "
    r"(?:name|mention|list|give|describe|discuss|talk about|speak of)",
    "de": r"welche[nmrs]? (?P<of>[^?,]{2,50}?) (?:nennt|nennen|erwähnt|erwähnen|beschreibt|beschreiben) "
    r"(?:der|die|das|mein\w*|dein\w*) (?:text\w*|materiali\w*|dokument\w*|kapitel|skript|buch|folien)",
    "fr": r"quel(?:le)?s (?P<of>[^?,]{2,50}?) (?:le|la|les|mes|tes|ce) (?:textes?|documents?|chapitre|cours) "
    r"(?:nomme|mentionne|cite|décri)\w*",
    "es": r"¿?\s*qu[ée] (?P<of>[^?,]{2,50}?) (?:nombra|menciona|cita|describe)n? (?:el|la|los|mis|tus) "
    r"(?:textos?|materiales|documentos?|capítulo|apuntes)",
    "it": r"(?:quali|che) (?P<of>[^?,]{2,50}?) (?:nomina|menziona|cita|descriv)\w* (?:il|la|i) "
    r"(?:testo|testi|materiali|documento|capitolo)",
    "pt": r"(?:quais|que) (?P<of>[^?,]{2,50}?) (?:o|a|os) (?:textos?|materiais|documentos?|capítulo) "
    r"(?:nomeia|menciona|cita|descreve)\w*",
    "nl": r"welke (?P<of>[^?,]{2,50}?) (?:noemt|noemen|vermeldt|beschrijft) (?:de|het|mijn|je) "
    r"(?:tekst\w*|material\w*|document\w*|hoofdstuk)",
    "tr": r"(?:metin|metinde|materyal\w*|belge\w*) (?:hangi )(?P<of>[^?,]{2,50}?) "
    r"(?:adlandır|söz ed|geç|an[ıi]|bahsed)\w*",
    "ar": r"(?:ما|أي) (?P<of>[^?,؟]{2,50}?) التي (?:يذكرها|تذكرها) (?:النص|المواد|الفصل)",
    "ru": r"какие (?P<of>[^?,]{2,50}?) (?:называет|называют|упоминает|упоминаются|упоминают|описывает)"
    r"(?:ся)? (?:в )?(?:текст\w*|материал\w*|документ\w*|глав\w*)",
}


@cache
def _rule(language: str) -> re.Pattern[str] | None:
    pattern = _NAMES.get(language)
    return re.compile(rf"^\s*{pattern}(?!\w)", re.IGNORECASE) if pattern else None


def kind_asked(text: str, language: str) -> str:
    """Return what the materials are asked to name some of, as it stands in `text`; "" when nothing."""
    rule = _rule(language)
    found = rule.match(" ".join(text.split())) if rule else None
    return found["of"].strip() if found else ""
