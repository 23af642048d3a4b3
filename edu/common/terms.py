"""Key terms of texts in any language, and the sentences that define them.

A small relative of the C-value: words that stand together, keep coming back, and are not part of
something longer that comes back as often. No model and no dictionary; capital letters, articles and
headings say what is a name or a thing.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from edu.common.definitions import definitions
from edu.common.general import ARTICLES, GENERAL, JOINERS
from edu.common.language import fold, guess, sentences, stem, stopwords, word_spans

_LONGEST = 4
_BETWEEN = (" ", "-", "\u00a0", "\n", "  ")
_ADJECTIVE = re.compile(r"(?:ous|[ai]ble|ful|ive|[in]al|ern|ary|ish|less|ing|[aeiou]nt|ed|er)$")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+\.\w+")
# Commands of TeX, in a formula or in the text, and what only they are told.
_COMMAND = re.compile(
    r"\\(?:(?:begin|end|label|ref|eqref|tag|cite)\*?\{[^{}\n]{0,80}\}|[A-Za-z]+\*?(?:\[[^\]\n]{0,40}\])?)"
)
_UNIT = (
    "m s g l h t km hm dm cm mm nm µm μm kg mg µg μg ng ml mL dl dL cl kJ MJ GJ kcal kW MW GW kWh MWh GWh Hz "
    "kHz MHz GHz Pa hPa kPa MPa mmol µmol μmol µs μs kmh km² m² cm² mm² km³ m³ cm³ mm³ mph kph ft lb lbs oz "
    "dB eV keV MeV GeV kV mV mA kΩ MΩ ppm ppb rpm ha кг км см мм мл кВт кДж"
)
_UNITS = frozenset(_UNIT.split())
_FREE_BEFORE = ("fr", "es", "it", "pt", "ro", "ca", "ar", "fa", "he", "vi", "id")
_SUFFIXING = ("tr", "fi", "hu", "et", "eu", "az", "kk")
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_JAPANESE = re.compile("[\u30a0-\u30ff]{2,12}|[\u3400-\u9fff々]{2,8}")
_CHINESE_SMALL = re.compile(
    "[的了是在和有与及或也都就而但被把从对于为以之其这那此我们他她它你您个一不不会可以能到上下中]"
)
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec jän mär mai okt dez januar februar märz april juni "
    "juli august september oktober november dezember january february march june july october december "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero "
    "marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile "
    "maggio giugno luglio settembre ottobre dicembre janeiro fevereiro março maio junho julho setembro "
    "outubro novembro dezembro ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря يناير فبراير "
    "مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر januari februari maart mei augustus"
)
_MONTH = "|".join(sorted(_MONTHS.split(), key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+)?(?:{_MONTH})\b\.?(?:,?\s+(?:de\s+)?\d{{3,4}})?"
    rf"|(?:{_MONTH})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|(?:{_MONTH})\b\.?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|(?<![\d.,])(?:1[0-9]|20)\d{2}(?![\d.,]*\d))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.,])[−-]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,\u202f]\d+)*)"
    r"(?:\s?(?:%|‰|°\s?[CFK]?|[kmcµnMG]?(?:m|g|l|L|s|Hz|J|W|V|A|N|Pa|mol)"
    r"[²³]?(?:/[a-z]{1,2}[²³]?)?)(?!\w)|\s(?:percent|per cent|Prozent|million|billion|Millionen|Milliarden|"
    r"millions|milliards|millones|milioni|milhões|milyon|milyar))?"
)


@dataclass(frozen=True)
class Term:
    """`text` as it stands most often, `count` of its occurrences, `score` (0..1, the best term has 1);
    `kind` is term, name, number or date."""

    text: str
    count: int
    score: float
    kind: str = "term"


@dataclass
class _Candidate:
    """What was seen of one candidate: its written forms, where, and what stood around it."""

    forms: Counter[str] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)
    size: int = 1
    initial: int = 0
    names: int = 0
    left: int = 0
    right: int = 0
    article: int = 0
    act: int = 0
    marked: bool = False

    @property
    def count(self) -> int:
        return sum(self.forms.values())


Candidates = dict[tuple[str, ...], _Candidate]


def key_terms(
    texts: Sequence[str], language: str = "", limit: int = 40, headings: Iterable[str] = ()
) -> list[Term]:
    """Return the terms, names, numbers and dates that `texts` (passages of one thing) are about.

    Best first, at most `limit`; numbers and dates come after all words of equal weight. What also
    stands in `headings` or is defined in a sentence weighs more. An unknown `language` is guessed.
    """
    language = language or guess(" ".join(texts)[:4000])
    found: Candidates = defaultdict(_Candidate)
    for index, text in enumerate(texts):
        for start, end in sentences(text, language):
            said = _COMMAND.sub(" . ", _ADDRESS.sub(" . ", text[start:end]))
            _collect(found, said, index, language)
    for heading in headings:
        for key in _keys(heading, language):
            if key in found:
                found[key].marked = True
    defined = {fold(each.term, language) for text in texts for each in definitions(text, language)}
    for one in found.values():
        one.marked |= any(fold(form, language) in defined for form in one.forms)
    terms = _ranked(found, len(texts), language) + _figures(texts)
    best = max((term.score for term in terms), default=1.0) or 1.0
    terms = [Term(t.text, t.count, round(t.score / best, 4), t.kind) for t in terms]
    return sorted(terms, key=lambda term: (-term.score, term.text))[:limit]


def terms_in(text: str, terms: Iterable[Term]) -> list[tuple[Term, int, int]]:
    """Return (term, start, end) of every occurrence in `text` of a term as it is written, in any case."""
    found = []
    for term in terms:
        pattern = re.compile(rf"(?<!\w){re.escape(term.text)}(?!\w)", re.IGNORECASE)
        if _SPACELESS.search(term.text):
            pattern = re.compile(re.escape(term.text))
        found += [(term, match.start(), match.end()) for match in pattern.finditer(text)]
    return sorted(found, key=lambda each: (each[1], -each[2]))


def _keys(text: str, language: str) -> list[tuple[str, ...]]:
    """Return the candidates of a heading that no other word of content adjoins."""
    found: Candidates = defaultdict(_Candidate)
    _collect(found, text, 0, language)
    return [key for key, one in found.items() if min(one.left, one.right) == one.count]


@dataclass
class _Sentence:
    """A sentence in words: `small` ones, `joined` ones (to the word before by one space or hyphen),
    those with a `capital` that says something."""

    text: str
    spans: list[tuple[int, int]]
    plain: list[str]
    small: list[bool]
    joined: list[bool]
    capital: list[bool]

    def free(self, left: int, right: int) -> tuple[bool, bool]:
        """Tell whether no word of content adjoins before `left`, and none after `right`."""
        before = left == 0 or not self.joined[left] or self.small[left - 1]
        last = right + 1 == len(self.spans)
        return before, last or not self.joined[right + 1] or self.small[right + 1]


def _sentence(text: str, language: str) -> _Sentence:
    spans = word_spans(text)
    plain = [fold(text[a:b], language) for a, b in spans]
    small = [word in stopwords(language) or not any(map(str.isalpha, word)) for word in plain]
    joined = [bool(i) and text[spans[i - 1][1] : a] in _BETWEEN for i, (a, _) in enumerate(spans)]
    for i in range(1, len(spans)):
        # Height m, 20 kg of flour: a bare unit, unless something hangs on it as on the t of a t test.
        a, b = spans[i]
        between = text[spans[i - 1][1] : a]
        behind = between in (*_BETWEEN, "/", " °", " (", " [") and not (
            i + 1 < len(spans) and joined[i + 1]
        )
        if text[a:b] in _UNITS and (behind or text[spans[i - 1][0]].isdigit()):
            small[i] = True
    shouted = text.isupper() and len(spans) > 1
    capital = [text[a].isupper() and not (shouted or small[i]) for i, (a, _) in enumerate(spans)]
    begins = len(capital) > 1 and capital[1] and joined[1] and language != "de"
    if capital and not begins:
        # The first word has its capital from its place, unless it is an acronym or begins a name.
        first = text[slice(*spans[0])]
        capital[0] = capital[0] and any(map(str.isupper, first[1:]))
    if language == "de":
        nouns = [False] * len(spans)
        for i in range(1, len(spans)):
            # Nouns have capitals too: only two in a row say that it may be a name.
            if capital[i] and capital[i - 1] and joined[i]:
                nouns[i] = nouns[i - 1] = True
        capital = nouns
    return _Sentence(text, spans, plain, small, joined, capital)


def _collect(found: Candidates, text: str, index: int, language: str) -> None:
    """Add the candidates of one sentence to `found`."""
    if _SPACELESS.search(text):
        _collect_spaceless(found, text, index, language)
        return
    sentence = _sentence(text, language)
    joiners = JOINERS.get(language, frozenset())
    for i in range(len(sentence.spans)):
        if sentence.small[i]:
            continue
        inner = 0
        for j in range(i, min(i + _LONGEST + 1, len(sentence.spans))):
            if j > i and not sentence.joined[j]:
                break
            if j > i and "'" in sentence.plain[j - 1] and language not in ("fr", "it"):
                break  # David's sister, Ankara'nın: what follows belongs to another thing
            if sentence.small[j]:
                inner += 1
                if inner > 1 or sentence.plain[j] not in joiners:
                    break
                continue
            if j - i - inner >= _LONGEST:
                break
            _add(found, sentence, i, j, index, language)


def _add(found: Candidates, sentence: _Sentence, i: int, j: int, index: int, language: str) -> None:
    """Add the words `i` to `j` of `sentence` as one candidate."""
    content = [k for k in range(i, j + 1) if not sentence.small[k]]
    name = all(sentence.capital[k] for k in content)
    if name and (
        (i and sentence.joined[i] and sentence.capital[i - 1])
        or (j + 1 < len(sentence.spans) and sentence.joined[j + 1] and sentence.capital[j + 1])
    ):
        return  # a part of a longer name
    surface = sentence.text[sentence.spans[i][0] : sentence.spans[j][1]]
    surface = re.sub(r"['’]\w*$", "", surface) if language not in ("fr", "it") else surface
    if len(surface) < 2 and not surface.isupper():
        return
    key = tuple(
        sentence.plain[k] if sentence.small[k] else stem(sentence.plain[k].split("'")[0], language)
        for k in range(i, j + 1)
    )
    left, right = sentence.free(i, j)
    articles = ARTICLES.get(language, frozenset())
    one = found[key]
    one.forms[surface] += 1
    one.texts.add(index)
    one.size = len(content)
    one.initial += i == 0
    one.names += name
    one.left += left
    one.right += right or (i == 0 and one.size == 1)  # a subject has its verb behind it
    one.article += bool(i) and sentence.joined[i] and sentence.plain[i - 1] in articles
    follows = j + 1 < len(sentence.spans) and sentence.joined[j + 1]
    one.act += follows and sentence.plain[j + 1] in articles


def _collect_spaceless(found: Candidates, sentence: str, index: int, language: str) -> None:
    if language == "ja":
        runs = [match.group() for match in _JAPANESE.finditer(sentence)]
        pieces = [(run, True) for run in runs]
    else:
        runs = [
            run
            for run in _CHINESE_SMALL.split(sentence)
            for run in re.findall("[\u3400-\u9fff]+", run)
        ]
        pieces = [
            (run[i : i + size], size == len(run))
            for run in runs
            for size in range(2, 7)
            for i in range(len(run) - size + 1)
        ]
    for piece, whole in pieces:
        one = found[tuple(piece)]
        one.forms[piece] += 1
        one.texts.add(index)
        one.size = 1
        one.left += whole
        one.right += whole


def _ranked(found: Candidates, texts: int, language: str) -> list[Term]:
    general = GENERAL.get(language, frozenset())
    outer = _outer(found)
    terms = []
    for key, one in found.items():
        count = one.count
        most, total, number = outer.get(key, (0, 0, 1))
        if most and most >= count - 0.5 * (count > 3):
            continue  # it hardly ever stands alone
        text, kind = _face(one, language)
        if not _worthy(key, one, text, kind, general, language):
            continue
        # A part of longer terms counts for the times that it stands alone.
        own = count - total / number
        size = 1.5 if _SPACELESS.search(text) else one.size
        weight = min(size, 2 if kind == "name" else 3) ** 0.5 * math.log2(1 + own)
        spread = math.log(max(1, texts) / len(one.texts)) / (1 + math.log(max(1, texts)))
        weight *= (1 + 0.3 * spread) * (1.6 if one.marked else 1.0) * _nounness(one, kind, language)
        weight *= 0.5 if count == 1 and one.size > 1 else 1.0
        weight *= 0.5 if len(text) < 2 else 1.0
        terms.append(Term(text, count, weight, kind))
    return terms


def _outer(found: Candidates) -> dict[tuple[str, ...], tuple[int, int, int]]:
    """Return for each key inside longer ones that come back: (highest, sum, number) of their counts."""
    outer: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for key, one in found.items():
        count = one.count
        if count < 2 or len(key) < 2:
            continue
        for size in range(1, len(key)):
            for i in range(len(key) - size + 1):
                part = key[i : i + size]
                if part in found:
                    most, total, number = outer.get(part, (0, 0, 0))
                    outer[part] = (max(most, count), total + count, number + 1)
    return outer


def _worthy(
    key: tuple[str, ...],
    one: _Candidate,
    text: str,
    kind: str,
    general: frozenset[str],
    language: str,
) -> bool:
    """Tell whether a candidate may be a term at all."""
    if _SPACELESS.search(text):
        return one.count >= 2 or (language == "ja" and len(text) > 2)
    parts = re.split(r"[\s-]", text)
    edges = {fold(parts[0], language), fold(parts[-1], language)}
    if edges & general and not (one.size > 1 and one.marked):
        return False
    if language == "en" and re.search(r"(?:ly|[^aeiou]ed)$", parts[-1]) and not one.marked:
        return False
    if language == "de" and kind == "term" and parts[-1][:1].islower():
        return False
    if one.size == 1:
        return len(text) > 2 or (text.isupper() and one.count > 1)
    whole = min(one.left, one.right) == one.count
    joiner = any(part in JOINERS.get(language, ()) for part in key)
    if kind == "name" or one.marked:
        return language != "de" or one.count > 1 or whole
    if one.count >= (3 if joiner else 2):
        return min(one.left, one.right) * 2 >= one.count
    return whole and not joiner and one.size <= 3 and (one.article > 0 or one.initial > 0)


def _nounness(one: _Candidate, kind: str, language: str) -> float:
    """Return a factor 0.2..1.2: do small words and stops stand around it as around a noun?"""
    if kind == "name":
        return 1.0
    count = one.count
    right, left = (one.right + 1) / (count + 1), (one.left + 1) / (count + 1)
    free = left if language in _FREE_BEFORE else right
    free = min(left, right) if one.size > 1 else free
    article = one.article / count if language in ARTICLES else 0.4
    factor = 0.2 + 0.8 * free + 0.15 * min(1.0, 2 * article)
    if language == "en" and article < 0.3 and _ADJECTIVE.search(next(iter(one.forms))):
        factor *= 0.4
    return factor * (0.5 if one.act * 2 > count else 1.0)


def _face(one: _Candidate, language: str) -> tuple[str, str]:
    """Return how to write the term, and whether it is a name."""
    if language in _SUFFIXING:
        form = min(one.forms, key=lambda each: (len(each), -one.forms[each], each))
    else:
        form = max(one.forms, key=lambda each: (one.forms[each], each[:1].islower(), each))
    inside = one.count - one.initial
    if one.names and one.names * 2 > (one.count if one.size > 1 else max(1, inside)):
        return form, "name"
    if one.initial and form[:1].isupper() and form[1:2].islower():
        small = form[:1].lower() + form[1:]
        if small in one.forms or (not inside and language != "de"):
            return small, "term"
        if language == "de" and " " in form and one.initial == one.forms[form]:
            return small, "term"
    return form, "term"


def _figures(texts: Sequence[str]) -> list[Term]:
    """Return dates and numbers with what they measure, written as found."""
    dates: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    for text in texts:
        taken = []
        for match in _DATE.finditer(text):
            dates[match.group()] += 1
            taken.append(match.span())
        for match in _NUMBER.finditer(text):
            inside = any(a <= match.start() < b for a, b in taken)
            if not inside and (len(match.group()) > 1):
                numbers[match.group()] += 1
    return [
        Term(text, count, 0.6 * math.log2(1 + count), "date") for text, count in dates.items()
    ] + [Term(text, count, 0.4 * math.log2(1 + count), "number") for text, count in numbers.items()]
