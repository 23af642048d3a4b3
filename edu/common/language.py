"""Words and sentences of any language: split, fold, stem, leave out small words, tell the language.

Pure functions over text. Languages are ISO 639-1 codes, "" when not known. Offsets are those of the
text as given, so that what is cut out stands verbatim in it.
"""

import re
import threading
import unicodedata
from collections import Counter
from functools import cache, lru_cache

import snowballstemmer

from edu.common.stopwords import STOPWORDS

# Scripts that put no space between words: their runs are compared by overlapping pairs of signs.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Signs that sit on letters: accents, Hebrew points, Arabic vowels, the vowels of Indian scripts.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
    "\u0900-\u0963\u0966-\u0dff\u0f00-\u0fff"
)
_WORD = re.compile(
    rf"[{_SPACELESS}]+|\d+(?:[.,:]\d+)*|"
    rf"(?:[^\W\d_{_SPACELESS}]|[{_MARKS}])(?:[^\W_{_SPACELESS}]|[{_MARKS}])*"
    rf"(?:['’][^\W\d_{_SPACELESS}]+)*"
)
_RUN = re.compile(rf"[{_SPACELESS}]+")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_FORMS = str.maketrans("أإآٱىة", "ااااي" + "ه")
_CLITIC = re.compile(
    r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|dell|nell|all|dall|sull|un|quell)['’]", re.I
)
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
# Endings for languages that Snowball has no stemmer for; the longest that leaves four letters goes.
_ENDINGS = {
    "pl": "owania owanie owych owego owemu ościach ością ości ować ymi ego emu ych ich imi ami ach "
    "ową owe owy owa om ów ie ię ia iu ą ę a e i o u y",
    "uk": "ування уванні ючих ючого ності ністю ість ами ями ого ому ими ами ах ях ів ою ею ій ої ий "
    "ім их ям ам ом ем ує ти а я о е і ї у ю и ь",
}
_stemming = threading.local()


def words(text: str) -> list[str]:
    """Return the words and numbers of `text` in order, as they stand in it."""
    return [match.group() for match in _WORD.finditer(text)]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each of `words(text)`."""
    return [match.span() for match in _WORD.finditer(text)]


def count_words(text: str) -> int:
    """Return how many words `text` has; two signs count as one where no space parts words."""
    total = 0
    for match in _WORD.finditer(text):
        spaceless = _RUN.match(match.group())
        total += max(1, (match.end() - match.start()) // 2) if spaceless else 1
    return total


def fold(word: str, language: str = "") -> str:
    """Return `word` in lower case (with the dotted i of Turkish), ligatures and width undone, Arabic
    without vowel signs and with one form of each letter."""
    word = unicodedata.normalize("NFKC", word).replace("’", "'")
    if language in ("tr", "az"):
        word = word.replace("I", "ı").replace("İ", "i")
    word = _ARABIC_MARKS.sub("", word.lower().replace("i̇", "i"))
    return word.translate(_ARABIC_FORMS)


@cache
def stopwords(language: str) -> frozenset[str]:
    """Return the small words of `language`, folded; none for a language whose list is not known."""
    known = STOPWORDS.get(language, frozenset())
    return frozenset(fold(word, language) for word in known) | known


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """Return what `word` (folded) shares with its other forms; itself where no rule is known."""
    name = _STEMMERS.get(language)
    if name:
        # A stemmer keeps the word that it works on in itself, so each thread has its own.
        mine = _stemming.__dict__
        if language not in mine:
            mine[language] = snowballstemmer.stemmer(name)
        return mine[language].stemWord(word)
    for ending in _endings(language):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def _endings(language: str) -> tuple[str, ...]:
    return tuple(sorted(_ENDINGS.get(language, "").split(), key=len, reverse=True))


def content_words(text: str, language: str = "") -> list[str]:
    """Return the stems of the words of `text` that carry content, in order, with repeats.

    Small words are left out; a language without a list loses words of one or two letters. Runs of
    Chinese, Japanese, Thai and the like become overlapping pairs of signs.
    """
    language = language or guess(text)
    small = stopwords(language)
    found = []
    for word in words(text):
        if _RUN.match(word):
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
            continue
        plain = fold(word, language)
        if not plain or plain in small:
            continue
        plain = _CLITIC.sub("", plain) if "'" in plain else plain
        if "'" in plain:
            # English 's, Turkish suffixes on names: what follows the apostrophe is grammar.
            plain = plain.split("'")[0] or plain.replace("'", "")
        if not plain or plain in small or (not small and len(plain) < 3 and plain.isalpha()):
            continue
        found.append(plain if plain[0].isdigit() else stem(plain, language))
    return found


# --- which language ------------------------------------------------------------------------------

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("[\uac00-\ud7af\u1100-\u11ff]"), ("ko",)),
    (re.compile("[\u3400-\u9fff]"), ("zh",)),
    (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    (re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), ("el",)),
    (re.compile("[\u0590-\u05ff]"), ("he",)),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa", "ur", "ps", "ku", "ug", "sd")),
    (re.compile("[\u0400-\u04ff]"), ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg")),
    (re.compile("[\u0900-\u097f]"), ("hi", "mr", "ne")),
    (re.compile("[\u0980-\u09ff]"), ("bn",)),
    (re.compile("[\u0b80-\u0bff]"), ("ta",)),
    (re.compile("[\u0530-\u058f]"), ("hy",)),
    (re.compile("[\u10a0-\u10ff]"), ("ka",)),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTERS = {
    "de": "ß",
    "uk": "іїєґ",
    "be": "ў",
    "sr": "ђћџ",
    "mk": "ѓќѕ",
    "kk": "әқңғұһ",
    "fa": "پچژگ",
    "ur": "ٹڈڑںےہھ",
    "tr": "ğış",
    "pl": "łąęśźż",
    "cs": "řěů",
    "hu": "őű",
    "ro": "țșţ",
    "pt": "ãõ",
    "es": "ñ¿¡",
    "da": "æ",
    "no": "æ",
    "vi": "ơưđạảấầẩ",
}


def guess(text: str) -> str:
    """Return the language of `text` by its script, its small words and its own letters; "" when these
    do not decide. Cheap: no model."""
    best, lead = _scores(text)
    return best if lead else ""


def detect(text: str, fallback: str = "") -> str:
    """Return the language of `text`. A text too short to tell is taken to be in `fallback`."""
    text = text[:4000]
    best, lead = _scores(text)
    if best and lead >= 2:
        return best
    letters = sum(character.isalpha() for character in text)
    written_in = _script(text)
    if written_in and fallback not in written_in:
        fallback = best or written_in[0]  # nobody writes the other one in these letters
    if best and (lead or not fallback) and letters < 40:
        return best
    if letters < 40:
        return fallback if letters < 15 or fallback else _by_model(text, "", 0.6)
    if not lead and not written_in:
        # Hardly a sentence in it, a table perhaps: its words once each, without signs and units.
        alone = dict.fromkeys(word for word in words(text.lower()) if len(word) > 2)
        return _by_model(" ".join(alone), fallback or best, 0.5)
    return _by_model(text, best or fallback, 0.6)


def _script(text: str) -> tuple[str, ...]:
    """Return the languages that are written in most letters of `text`; none for Latin letters."""
    counts = [(len(pattern.findall(text)), languages) for pattern, languages in _SCRIPTS]
    most, languages = max(counts, key=lambda pair: pair[0])
    if not most or most * 2 < len(_LATIN.findall(text)):
        return ()
    if languages == ("zh",) and counts[0][0]:
        return ("ja",)
    return languages


def in_letters_of(text: str, language: str) -> bool:
    """Whether `text` is in letters that `language` is written in."""
    script = _script(text)
    if script:
        # A word or two in Chinese signs alone may be Japanese; a sentence has other signs between.
        shared = "zh" in script and len(text.strip()) <= 6
        return language in script or (language == "ja" and shared)
    return not _LATIN.search(text) or all(language not in each for _, each in _SCRIPTS)


# What is left of small words before an apostrophe. Alone it is a unit or a variable: "Height (m)".
_ELIDED = {"fr": frozenset("cdjlmnst"), "it": frozenset("cdlv")}


def _scores(text: str) -> tuple[str, int]:
    """Return the likeliest language and by how many small words it leads (99: the script decides)."""
    text = text[:4000]
    among = _script(text)
    if len(among) == 1:
        return among[0], 99
    tokens = [fold(word) for word in words(text)]
    lower = text.lower()
    score: Counter[str] = Counter()
    for language in among or [each for each in STOPWORDS if each not in ("ar", "ru", "uk", "el")]:
        small = stopwords(language) - _ELIDED.get(language, frozenset())
        score[language] = sum(2 for token in tokens if token in small)
        own = _LETTERS.get(language, "")
        score[language] += 2 * min(3, sum(lower.count(letter) for letter in own))
    if among:
        score[among[0]] += 1  # the commonest language of the script, when nothing else tells
    (first, most), (_, second) = score.most_common(2)
    lead = (most - second) // 2
    # Neighbours share small words (da/no, es/pt): the lead must grow with what both of them have.
    return (
        (first, lead)
        if most and (lead * 6 >= most // 2 or lead >= 6)
        else (first if most else "", 0)
    )


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _by_model(text: str, fallback: str, sure: float) -> str:
    """Return the likeliest language with a code of two letters, `fallback` when it is not `sure`."""
    known = [(each, share) for each, share in _identifier().rank(text) if len(each) == 2]
    language, most = known[0]
    if most < sure * sum(share for _, share in known) and fallback:
        return fallback
    return {"nb": "no", "nn": "no"}.get(language, language)


def likelier(text: str, prior: str, others: list[str], sure: float) -> str:
    """Return the one of `others` that `text` is in rather than in `prior`, by `sure` at least; else
    `prior`. For a few words of which only these languages come into question."""
    shares = dict(_identifier().rank(text))
    most = max(others, key=lambda each: shares.get(each, 0.0), default=prior)
    both = shares.get(most, 0.0) + shares.get(prior, 0.0)
    return most if both and shares.get(most, 0.0) / both >= sure else prior


# --- sentences -----------------------------------------------------------------------------------

_LINE = re.compile(r"\s*\n\s*")
_END = re.compile(r"[.!?…؟۔।॥։፧።]+[\"'“”’»)\]\u200f]*(?=\s|$)|[。！？｡]+[」』”’）】]*")
_SHORT_FORMS = """
abb abs abt art aufl bd bzw ca chr dgl dr ebd ed eds etc evtl f ff fig geb ggf hg hrsg inkl jh kap
lt mio mr mrd mrs ms nr o prof s sog st std str tab tel u usw v vgl z zb bspw phil med jr sr vs no
vol pp p ch cf al eq eqs sec approx dept est gen gov inc ltd mt rev sgt ave cap pág págs sra srta
ud uds ej p.ej av ecc es ing pag sig tav vd dott sez mm mme mlle env ex éd hab apr bijv blz blv
dhr dl enz evt ir mevr nl ong t.a.v t.o.v bl.a d.v.s fr.o.m m.fl m.m osv t.ex tr dok doç yrd alm
bkz çev hz örn sf vb yy sayfa т.е т.д т.п др г гг в вв рис см стр табл гл ст ул им проф акад млн
млрд тыс руб ін р рр напр див мал с np tzn tzw itd itp m.in ul wg zob rys r w e.g i.e a.m p.m u.s
d.h z.b u.a o.ä i.d.r
"""
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())
_LAST = re.compile(r"([^\s(\[\"'«„“]+?)[.]$")
_ENGLISH = ("en", "")


def sentences(text: str, language: str = "") -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of `text`, without the white space around it.

    The end of a line always ends a sentence: points of a list, rows of a table and headings have no
    full stop, and texts that are kept here are not wrapped.
    """
    found = []
    at = 0
    for match in [*_LINE.finditer(text), None]:
        stop = match.start() if match else len(text)
        if text[at:stop].strip():
            found += _in_paragraph(text, at, stop, language)
        at = match.end() if match else stop
    return found


def _in_paragraph(text: str, start: int, stop: int, language: str) -> list[tuple[int, int]]:
    part = text[start:stop]
    if language in _ENGLISH and part.isascii():
        import nupunkt

        spans = [(start + a, start + b) for a, b in nupunkt.sent_spans(part)]
    else:
        spans = []
        at = start
        for match in _END.finditer(text, start, stop):
            if _ends(text, at, match, stop, language):
                spans.append((at, match.end()))
                at = match.end()
        spans.append((at, stop))
    return [each for each in (_trim(text, *span) for span in spans) if each[0] < each[1]]


def _ends(text: str, start: int, match: re.Match[str], stop: int, language: str) -> bool:
    """Tell whether the mark that `match` found ends the sentence begun at `start`."""
    mark = match.group()
    if not mark.startswith(".") or mark.startswith(".."):
        following = text[match.end() : stop].lstrip()[:1]
        return not following.islower() or mark[0] not in ".…!?"
    rest = text[match.end() : stop].lstrip(" \t\r\n\"'“„«»([¿¡")
    if rest[:1].islower():
        return False
    last = _LAST.search(text[start : match.start() + 1])
    if not last or mark != ".":
        return True
    word = last.group(1)
    if len(word) == 1 and word.isupper() and rest[:1].isupper():
        return False  # an initial
    if word.isdigit() and len(word) <= 2:
        # Ordinals of German, Turkish, Danish, Czech ...: "3. Oktober"; elsewhere a number may end it.
        return language not in (
            "de",
            "tr",
            "da",
            "no",
            "fi",
            "cs",
            "pl",
            "hu",
            "sk",
            "sl",
            "hr",
            "et",
        )
    return word.lower() not in _ABBREVIATIONS


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
