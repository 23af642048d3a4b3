"""What else is right in a gap: the surname of a person, the name without "river", a bare number."""

import re

from edu.common.general import GENERAL
from edu.common.language import fold, stopwords
from edu.common.shapes import case

SHORTEST = 3  # letters of a part that may stand for the whole
_FIRST = (
    "new north south east west central upper lower great greater old san santa los las la le el saint st "
    "sankt são santo united mount lake fort port cape rio republic university battle house church king queen "
    "de la das les nord süd ost west neu groß kuzey güney doğu batı yeni büyük al"
)
# Last words of names that say of what sort the thing is, and not which.
_CLASSES = (
    "university college school institute academy library museum church cathedral hospital street avenue "
    "boulevard road highway freeway river lake mountain mountains mount ocean sea bay gulf island islands "
    "valley desert forest park bridge tower palace castle house hall market square city town county state "
    "states kingdom republic empire union dynasty league nations province district company corporation group "
    "association society party army navy council committee commission court parliament congress senate war "
    "wars battle revolution treaty act law laws rights prize award theory principle effect equation theorem "
    "bowl cup games series show network century age era period death plague day night festival "
    "universität institut straße platz kirche fluss see meer berg insel reich krieg gesetz preis theorie "
    "université rue place église rivière mer île guerre loi prix théorie universidad calle río mar isla "
    "guerra ley premio üniversitesi enstitüsü caddesi sokağı nehri gölü denizi dağı adası savaşı yasası "
    "ödülü imparatorluğu devleti cumhuriyeti birliği şirketi okulu kilisesi müzesi vadisi ovası teorisi "
    "krallığı "
    "университет институт улица река озеро море остров война закон премия теория империя республика"
)
_SITES = frozenset(
    [
        "university",
        "river",
        "lake",
        "ocean",
        "sea",
        "desert",
        "valley",
        "mountains",
        "island",
        "islands",
    ]
)
_TITLES = frozenset(["khan", "han"])
_CLASS_WORDS = frozenset(fold(word) for word in _CLASSES.split())
_FIRST_OF_PLACES = frozenset(_FIRST.split())
_BEFORE_PLACES = (
    "the|in|at|near|into|across|der|die|das|dem|des|nach|aus|bei|im|le|la|les|à|au|aux|en|el|los|las|"
    "al|del|il|lo|gli|nel|nella|o|os|as|no|na|het"
)
_TOLD = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
)  # where articles tell places and things from persons
_SMALL = frozenset().union(
    *(stopwords(language) for language in ("en", "de", "fr", "es", "it", "tr"))
)


def accepted(key: str, texts: list[str], language: str) -> list[str]:
    """Return what is right where `key` stood, the whole of it first: then a part of it that means
    nothing else in any of `texts`, or the number without its sign of percent."""
    if any(c.isdigit() for c in key):
        bare = re.sub(r"\s*%$", "", key)
        return [key] if bare == key else [key, bare]
    found = key.split()
    if not 2 <= len(found) <= 4:
        return [key]
    whole = "\n".join(texts)
    parts = (
        _of_name(found, whole, language)
        if case(key) == "name"
        else _of_term(found, whole, language)
    )
    return [key, *dict.fromkeys(part for part in parts if part and part != key)]


def _of_name(found: list[str], whole: str, language: str) -> list[str]:
    """Return the surname of what may be a person, or the part that the materials use by itself, as the
    Amazon of "Amazon River"."""
    rest = re.compile(rf"(?<!\w){_joined(found)}(?!\w)").sub(" . ", whole)
    last = fold(found[-1])
    some = [] if {last, last.removesuffix("s")} & _CLASS_WORDS else [found[-1]]
    if len(found) == 2 and (not some or last in _TITLES):
        some += found[:1] if last in _SITES | _TITLES else []
    fair = [part for part in some if _fit(part, language) and _only_there(part, rest)]
    alone = [part for part in fair if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", rest)]
    alone = [
        part for part in alone if not re.search(rf"(?<!\w){re.escape(part.lower())}s?(?!\w)", rest)
    ]
    person = found[-1] in fair and language in _TOLD and _maybe_person(found, whole)
    return alone or ([found[-1]] if person else [])


def _maybe_person(found: list[str], whole: str) -> bool:
    """Whether nothing says that a name is of a place or a thing."""
    joined = _joined(found)
    if fold(found[0]) in _FIRST_OF_PLACES or not found[0][1:].islower():
        return False
    if re.search(rf"(?<!\w){re.escape(found[-1].lower())}s?(?!\w)", whole):
        return False
    placed = re.search(rf"(?<!\w)(?:{_BEFORE_PLACES})\s+{joined}(?!\w)", whole, re.I)
    return not placed and not re.search(rf"(?<!\w){joined}['’][dt][ae]", whole)


def _joined(found: list[str]) -> str:
    return r"\s+".join(map(re.escape, found))


def _of_term(found: list[str], whole: str, language: str) -> list[str]:
    """Return the noun alone, where the materials use it alone for the same thing."""
    if language not in ("en", "nl", "sv", "tr") or len(found) > 2:
        return []  # elsewhere the noun may stand first, or in another case
    last = found[-1]
    alone = re.findall(rf"(\w+)\s+{re.escape(last)}(?!\w)", whole)
    small = stopwords(language)
    others = [word for word in alone if word != found[-2] and fold(word, language) not in small]
    shortened = len(alone) > alone.count(found[-2]) and not others
    return [last] if shortened and _fit(last, language) else []


def _fit(part: str, language: str) -> bool:
    folded = fold(part, language)
    general = folded in GENERAL.get(language, frozenset()) or folded in stopwords(language)
    return len(part) >= SHORTEST and not general


def _only_there(part: str, rest: str) -> bool:
    """Whether no other name holds the part: of Marie and Pierre Curie neither is "Curie"."""
    word, same = r"[^\W\d_]\w+", re.escape(part)
    before = re.findall(rf"(?<!\w)({word})\s+{same}(?!\w)", rest)
    after = re.findall(rf"(?<!\w){same}\s+({word})", rest)
    return not any(each[:1].isupper() and fold(each) not in _SMALL for each in (*before, *after))
