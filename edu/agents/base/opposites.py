"""Words that stand against one another: a question for the beginning is not answered by the end.

Pure rules, by language; what has no rules is left alone.
"""

import re
from functools import cache

# Two sides of a pair each: how a question asks for it, and what else says so in a sentence.
_Side = tuple[str, str]
_BEGIN_END: dict[str, tuple[_Side, _Side]] = {
    "en": (
        (
            r"beg[iau]n\w*|start\w*|br(?:eak|oke) out",
            r"opened|founded|launched|outbreak|onset|since|first",
        ),
        (r"end(?:ed|s|ing)?|finish\w*|stop\w*|ceas\w*|over", r"closed|conclud\w*|until|collapsed"),
    ),
    "de": (
        (r"beg[aio]nn\w*|begonnen|anf[aäi]ng\w*|fing|start\w*|brach", r"ausbruch|seit|gegründet"),
        (
            r"ende\w*|endete\w*|aufhör\w*|aufgehört|vorbei|beendet",
            r"bis|geschlossen|abgeschlossen",
        ),
    ),
    "fr": (
        (r"commen\w+|début\w*|éclat\w+", r"depuis|fondée?|ouvert\w*"),
        (r"fin|fini\w*|termin\w*|achev\w*|cess\w*|prend fin", r"jusqu\w*|fermée?"),
    ),
    "es": (
        (r"comenz\w*|comienz\w*|empez\w*|empiez\w*|inici\w*|estall\w*", r"desde|fundad\w*"),
        (r"termin\w*|acab\w*|finaliz\w*|fin|final|ces[óo]", r"hasta|cerrad\w*|concluy\w*"),
    ),
    "it": (
        (r"cominci\w*|inizi\w*|scoppi\w*", r"dal|fondat\w*"),
        (r"fin[iì]\w*|fine|termin\w*|cess\w*", r"fino|conclus\w*"),
    ),
    "pt": (
        (r"começ\w*|inici\w*|início|eclod\w*", r"desde|fundad\w*"),
        (r"termin\w*|acab\w*|fim|cess\w*", r"até|encerrad\w*|conclu\w*"),
    ),
    "nl": (
        (r"beg[io]n\w*|start\w*|brak", r"sinds|gesticht|opgericht"),
        (r"eind\w*|stop\w*|afgelopen", r"tot|gesloten"),
    ),
    "tr": (
        (r"başla\w*|patlak", r"kuruldu|beri"),
        (r"bit(?:ti|er|iş|ir)\w*|sona|sonlan\w*", r"kadar|kapandı"),
    ),
    "ar": (
        (r"(?:ب|ي|ت)?بد[أا]\w*|بداية|اندلع\w*", r"منذ|تأسس\w*"),
        (r"انته\w*|نهاية|ينتهي|تنتهي|توقف\w*", r"حتى"),
    ),
    "ru": (
        (r"нач[аи]\w*|вспыхну\w*", r"основан\w*"),
        (r"(?:за)?кончи\w*|оконч\w*|заверш\w*|прекрат\w*|конец", r"до"),
    ),
}
_BORN_DIED: dict[str, tuple[_Side, _Side]] = {
    "en": ((r"born|birth", ""), (r"die[ds]?|death", r"killed|executed")),
    "de": (
        (r"geboren|geburt\w*", ""),
        (r"st[ai]rbt?|starb|gestorben|tod", r"getötet|hingerichtet"),
    ),
    "fr": ((r"née?|naquit|naissance|naît", ""), (r"mort\w*|mour\w+|décéd\w+", "")),
    "es": ((r"naci[óo]\w*|nace|nacimiento", ""), (r"muri[óo]|muere|muerte|falleci[óo]", "")),
    "it": ((r"nat[oa]|nacque|nascita", ""), (r"mor[ìi]\w*|mort[eoa]", "")),
    "pt": ((r"nasc\w+", ""), (r"morr\w+|morte|falec\w+", "")),
    "nl": ((r"geboren|geboorte", ""), (r"st[ie]erf\w*|gestorven|overle\w+|dood", "")),
    "tr": ((r"doğ(?:du|um|muş)\w*", ""), (r"öl(?:dü|üm|müş)\w*|vefat", "")),
    "ar": ((r"و?ولد\w*|ميلاد\w*", ""), (r"مات\w*|توفي\w*|وفاة|وفات\w*", "")),
    "ru": ((r"родил\w*|рожден\w*", ""), (r"умер\w*|смерт\w*|погиб\w*|сконча\w*", "")),
}
_PAIRS = (_BEGIN_END, _BORN_DIED)


@cache
def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@cache
def _asked(question: str, language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return (what a sentence should say, what it should not say alone) for each pair asked about."""
    found = []
    for pairs in _PAIRS:
        if language not in pairs:
            continue
        one, other = pairs[language]
        here, there = (bool(_words(side[0]).search(question)) for side in (one, other))
        if here != there:
            wanted, against = (one, other) if here else (other, one)
            said = [_words("|".join(filter(None, side))) for side in (wanted, against)]
            found.append((said[0], said[1]))
    return tuple(found)


def asked(question: str, language: str) -> bool:
    """Whether `question` asks for one side of such a pair."""
    return bool(_asked(question, language))


def against(question: str, sentence: str, language: str) -> bool:
    """Whether `sentence` says only the other side of what `question` asks for."""
    return any(
        opposite.search(sentence) and not wanted.search(sentence)
        for wanted, opposite in _asked(question, language)
    )
