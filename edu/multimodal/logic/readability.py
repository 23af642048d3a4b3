"""How hard a text is to read, by the formula that was published for its language.

The formulas, W words, S sentences, Y syllables, L letters:
- English: grade of Kincaid, Fishburne, Rogers & Chissom (1975), 0.39 W/S + 11.8 Y/W - 15.59.
- German: ease of Amstad (1978), 180 - W/S - 58.5 Y/W.
- Spanish: ease of Fernandez Huerta (1959), 206.84 - 60 Y/W - 1.02 W/S.
- French: ease of Kandel & Moles (1958), 207 - 1.015 W/S - 73.6 Y/W.
- Italian: Gulpease of Lucisano & Piemontese (1988), 89 + (300 S - 10 L) / W.
- Turkish: ease of Atesman (1997), 198.825 - 40.175 Y/W - 2.610 W/S.
- Other languages of Latin, Cyrillic, Greek, Armenian or Georgian letters: LIX of Bjornsson (1968),
  W/S + 100 (words of more than six letters)/W, with the school years of Anderson (1983).

The four eases are read by Flesch's own table (1949), Gulpease by its authors'. Syllables are counted by
the groups of vowels that are written, which is exact for Turkish and near it for the others. Where
letters are no sounds, or vowels are not written, none is computed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

from edu.common.language import sentences, words

LEAST_WORDS = 100  # a formula says nothing of less
LEAST_SENTENCES = 4
MOST_WORDS = 20_000  # more change nothing
BANDS = ("1-4", "5-6", "7-9", "10-12", "13+")  # years of school, the last is after school


@dataclass(frozen=True)
class Level:
    """`score` on the scale of `formula` (in grades, or points of ease), and the `band` of school years
    for which texts of this score are."""

    formula: str
    score: float
    band: str

    def plain(self) -> dict[str, object]:
        """Return it as JSON values."""
        return asdict(self)


@dataclass
class _Counts:
    words: int = 0
    sentences: int = 0
    syllables: int = 0
    letters: int = 0
    long: int = 0


_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "de": re.compile(r"(?:ai|au|äu|ei|eu|ie|aa|ee|oo|ui|[aeiouyäöü])"),
    "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+"),
    # Strong vowels part; a weak one with an accent stands for itself.
    "es": re.compile(r"[iuü]?[aeoáéó][iuy]?|[íú]|[iuüy]+"),
    "tr": re.compile(r"[aeıioöuüâîû]"),
}
_LETTERS = re.compile(r"[^\W\d_]")
_SOUNDED = re.compile(r"^[a-z\u00c0-\u052f\u0531-\u058f\u10d0-\u10ff\u1e00-\u1fff'’\-]+$", re.I)
_NO_LIX = ("vi",)  # a space stands between syllables there
_APART = re.compile(
    r"i[ao](?!u)|[^cgst]iou|iu|eo(?!u)|[^qg]ua(?![ry])|[ie]e(?=nce|nt)|[eo]ing$|ea$|sm$"
)
_TOGETHER = re.compile(r"[ctsgx]i[ao]|peo|[^aeiou]eo(?:n|us)$")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyscxzg]es)$")


@lru_cache(maxsize=20_000)
def syllables(word: str, language: str) -> int:
    """Return how many syllables a word has, at least one."""
    low = word.lower()
    if language == "tr":
        low = word.replace("I", "ı").replace("İ", "i").lower()
    if language == "fr":  # e at the end is not heard, nor the verb's -ent
        low = re.sub(r"(?<=[^aeiouyéè])(?:es?|ent)$", "", low) or low
        low = re.sub(r"(?<=[gq])u(?=[eiyéèê])", "", low)
    if language == "es":
        low = re.sub(r"(?<=[gq])u(?=[eiéí])", "", low)
    found = len(_VOWELS[language].findall(low))
    if language == "en":
        found -= found > 1 and bool(_SILENT.search(low))
        found += len(_APART.findall(low)) - len(_TOGETHER.findall(low))
    return max(1, found)


def _count(texts: Iterable[str], language: str) -> _Counts:
    """Count the prose in `texts`: sentences of three words and more."""
    counts = _Counts()
    spoken = language in _VOWELS
    for text in texts:
        for start, end in sentences(text, language):
            found = [word for word in words(text[start:end]) if _LETTERS.search(word)]
            if len(found) < 3:
                continue
            counts.sentences += 1
            counts.words += len(found)
            for word in found:
                size = len(_LETTERS.findall(word))
                counts.letters += size
                counts.long += size > 6
                counts.syllables += syllables(word, language) if spoken else 0
        if counts.words >= MOST_WORDS:
            break
    return counts


def level(texts: Iterable[str], language: str) -> Level | None:
    """Return how hard `texts`, the prose of one material, are to read; None for too little of it and
    for languages without a formula."""
    texts = list(texts)
    formula = _FORMULAS.get(language)
    if formula is None and (language in _NO_LIX or not language or not _sounded(texts)):
        return None
    counts = _count(texts, language)
    if counts.words < LEAST_WORDS or counts.sentences < LEAST_SENTENCES:
        return None
    name, score, band = formula or _LIX
    value = score(counts)
    return Level(name, round(value, 1), band(value))


def missing(texts: Iterable[str], language: str) -> str:
    """Return why there is no level: "language", or "short" where there is too little text."""
    known = language in _FORMULAS or (language not in ("", *_NO_LIX) and _sounded(list(texts)))
    return "short" if known else "language"


def _sounded(texts: list[str]) -> bool:
    """Whether most words are written in letters that stand for sounds, vowels too."""
    some = words(" ".join(text[:300] for text in texts[:40]))
    some = [word for word in some if _LETTERS.search(word)]
    return sum(bool(_SOUNDED.match(word)) for word in some) * 2 > len(some)


def _of_year(year: float) -> str:
    for last, band in zip((4.5, 6.5, 9.5, 12.5), BANDS, strict=False):
        if year < last:
            return band
    return BANDS[-1]


def _of_ease(ease: float) -> str:
    """Flesch's table: from 90 on for the fifth year, 80 the sixth, 60 the eighth and ninth, 50 up to the
    twelfth. It has no easier row; what is over 100 is for the years before."""
    for least, band in zip((100, 80, 60, 50), BANDS, strict=False):
        if ease >= least:
            return band
    return BANDS[-1]


def _of_gulpease(points: float) -> str:
    """Below 80 hard for who has been at primary school, below 60 at middle school, below 40 at a higher
    one."""
    for least, band in zip((80, 70, 60, 40), BANDS, strict=False):
        if points >= least:
            return band
    return BANDS[-1]


def _of_lix(lix: float) -> str:
    for least, year in ((56, 13), (52, 12), (48, 11), (44, 10), (40, 9), (36, 8), (32, 7), (28, 6)):
        if lix >= least:
            return _of_year(year)
    return _of_year(5 if lix >= 24 else 4)


Formula = tuple[str, Callable[[_Counts], float], Callable[[float], str]]
_FORMULAS: dict[str, Formula] = {
    "en": (
        "Flesch-Kincaid",
        lambda c: 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59,
        _of_year,
    ),
    "de": (
        "Amstad",
        lambda c: 180 - c.words / c.sentences - 58.5 * c.syllables / c.words,
        _of_ease,
    ),
    "es": (
        "Fernández Huerta",
        lambda c: 206.84 - 60 * c.syllables / c.words - 1.02 * c.words / c.sentences,
        _of_ease,
    ),
    "fr": (
        "Kandel-Moles",
        lambda c: 207 - 1.015 * c.words / c.sentences - 73.6 * c.syllables / c.words,
        _of_ease,
    ),
    "it": (
        "Gulpease",
        lambda c: 89 + (300 * c.sentences - 10 * c.letters) / c.words,
        _of_gulpease,
    ),
    "tr": (
        "Ateşman",
        lambda c: 198.825 - 40.175 * c.syllables / c.words - 2.610 * c.words / c.sentences,
        lambda ease: _of_ease(ease - 10),  # its own table: from 90 on very easy, below 30 very hard
    ),
}
_LIX: Formula = (
    "LIX",
    lambda c: c.words / c.sentences + 100 * c.long / c.words,
    _of_lix,
)
