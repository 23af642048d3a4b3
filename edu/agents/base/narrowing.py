"""Which passages a request names: "chapter 2", "page 5", the title of a material, a heading. Pure rules."""

import re
from collections.abc import Sequence

from edu.common import language as words
from edu.common.sources import Source

_PAGE = re.compile(
    r"(?<!\w)(?:pages?|seiten?|página|pagina|sayfa\w*|صفحة|الصفحة|страниц\w+|slides?|folien?|diapositiva?|"
    r"diapositive|slayt\w*|"
    r"شريحة|الشريحة|слайд\w*)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<!\w)(?:chapters?|sections?|parts?|units?|lessons?|modules?|kapitels?|abschnitt(?:s|es)?|teils?|"
    r"einheit|lektion|"
    r"chapitres?|sections?|parties?|leçons?|capítulos?|secci[óo]n(?:es)?|parte|unidad|lecci[óo]n|tema|"
    r"capitol[oi]|sezione|"
    r"unità|lezione|secção|seção|unidade|lição|hoofdstuk|paragraaf|deel|les|bölüm\w*|kısım|kısm\w*|"
    r"ünite\w*|konu\w*|ders\w*|"
    r"ال?فصل|ال?قسم|ال?باب|ال?جزء|ال?وحدة|ال?درس|глав\w+|раздел\w*|част\w+|урок\w*)(?!\w)",
    re.IGNORECASE,
)
_ORDINALS = (
    r"first|one|erste\w*|eins|premi[eè]re?|un|primer\w*|prim[oa]|uno|eerste|birinci|ilk|ال?[أا]ول\w*|"
    r"перв\w+|i",
    r"second|two|zweite\w*|zwei|deuxième|seconde?|deux|segund[oa]|dos|second[oa]|due|tweede|ikinci|"
    r"ال?ثاني\w*|втор\w+|ii",
    r"third|three|dritte\w*|drei|troisième|trois|tercer\w*|tres|terz[oa]|tre|terceir\w|derde|üçüncü|"
    r"ال?ثالث\w*|трет\w+|iii",
    r"fourth|four|vierte\w*|vier|quatrième|quatre|cuart[oa]|cuatro|quart[oa]|vierde|dördüncü|ال?رابع\w*|"
    r"четв[её]рт\w+|iv",
    r"fifth|five|fünfte\w*|fünf|cinquième|cinq|quint[oa]|cinco|vijfde|beşinci|ال?خامس\w*|пят\w+|v",
    r"sixth|six|sechste\w*|sechs|sixième|sext[oa]|seis|zesde|altıncı|ال?سادس\w*|шест\w+|vi",
    r"seventh|seven|siebte\w*|sieben|septième|sept|séptim[oa]|siete|zevende|yedinci|ال?سابع\w*|седьм\w+|vii",
    r"eighth|eight|achte\w*|acht|huitième|huit|octav[oa]|ocho|achtste|sekizinci|ال?ثامن\w*|восьм\w+|viii",
)
_LAST = (
    r"last|letzte\w*|dernière?|últim[oa]|ultim[oa]|laatste|son(?:uncu)?|ال?[أا]خير\w*|последн\w+"
)


def named(sources: Sequence[Source], target: str) -> list[Source] | None:
    """Return those of `sources` (in reading order) that `target` names, all of them when it is empty;
    None when it names no page, part, heading or material of theirs."""
    if not target.strip():
        return list(sources)
    number = _number(target)
    if number and _PAGE.search(target):
        found = [each for each in sources if _page(each) == number]
        return found or None
    if _PART.search(target):
        if number:
            among = _of_title(sources, _PART.sub(" ", target)) or list(sources)
            return _numbered(among, number) or _by_words(sources, target)
        rest = _PART.sub(" ", target)
        if any(sign.isalnum() for sign in rest):
            return _by_words(sources, rest) or _by_words(sources, target)
    return _by_words(sources, target)


def is_part(target: str) -> bool:
    """Whether `target` speaks of a numbered part or page, so that it can be no topic."""
    return bool((_PART.search(target) or _PAGE.search(target)) and _number(target))


def parts(sources: Sequence[Source]) -> list[str]:
    """Return the headings that tell the sources apart, in order; their titles when these do."""
    titles = list(dict.fromkeys(each.title for each in sources if each.title))
    if len(titles) > 1:
        return titles
    depth = level(sources)
    return list(dict.fromkeys(each.path[depth] for each in sources if len(each.path) > depth))


def level(sources: Sequence[Source]) -> int:
    """Return the first level of headings at which there is more than one."""
    deepest = max((len(each.path) for each in sources), default=0)
    for depth in range(deepest):
        if len({each.path[depth] for each in sources if len(each.path) > depth}) > 1:
            return depth
    return 0


def _number(target: str) -> int:
    """Return the number that `target` names, in digits or as a word; -1 for the last, 0 for none."""
    digits = re.search(r"\d{1,4}", target)
    if digits:
        return int(digits.group())
    rest = " ".join(
        words.fold(each) for each in words.words(_PAGE.sub(" ", _PART.sub(" ", target)))
    )
    for number, pattern in enumerate(_ORDINALS, start=1):
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", rest):
            return number
    return -1 if re.search(rf"(?<!\w)(?:{_LAST})(?!\w)", rest) else 0


def _page(source: Source) -> int:
    place = source.locator
    return int(place.get("page") or place.get("slide") or 0)


def _numbered(sources: Sequence[Source], number: int) -> list[Source]:
    """Return the passages under the heading that bears `number`, else under the one that is that
    many-th of its level."""
    if number > 0:
        bears = re.compile(rf"^(?:{_PART.pattern}\s*)?0?{number}(?!\d)(?!\.\d)", re.IGNORECASE)
        found = [each for each in sources if any(bears.match(h.strip()) for h in each.path)]
        if found:
            return found
    if len({each.material for each in sources}) > 1:
        return []
    depth = level(sources)
    headings = list(dict.fromkeys(each.path[depth] for each in sources if len(each.path) > depth))
    if number > len(headings) or not headings:
        return []
    wanted = headings[number - 1 if number > 0 else -1]
    return [each for each in sources if len(each.path) > depth and each.path[depth] == wanted]


def _of_title(sources: Sequence[Source], text: str) -> list[Source]:
    """Return the passages of the material whose title has words of `text`."""
    asked = _stems(re.sub(r"\d+", " ", text), sources)
    return [each for each in sources if asked & _stems(each.title, [each])]


def _by_words(sources: Sequence[Source], target: str) -> list[Source] | None:
    """Return the passages whose title and headings have every word of `target`."""
    asked = _stems(target, sources)
    if not asked:
        return None
    known: dict[tuple[str, ...], bool] = {}
    found = []
    for each in sources:
        place = (each.title, *each.path)
        if place not in known:
            known[place] = asked <= _stems(" ".join(place), [each])
        if known[place]:
            found.append(each)
    return found or None


def _stems(text: str, sources: Sequence[Source]) -> set[str]:
    language = sources[0].language if sources else ""
    return set(words.content_words(text, language))
