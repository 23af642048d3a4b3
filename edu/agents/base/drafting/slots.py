"""Finds sentences that stand by themselves, and in them the words that are worth asking for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from edu.common.general import ARTICLES, GENERAL, JOINERS
from edu.common.language import (
    content_words,
    count_words,
    fold,
    sentences,
    stopwords,
    word_spans,
)
from edu.common.pointing import (
    CAPTION,
    REFERENCE,
    known_thing,
    points_back,
    pronouns,
    ties,
    unnamed,
    vague,
)
from edu.common.shapes import shape
from edu.common.sources import Source
from edu.common.terms import Term, terms_in

# Small words after which a thing is named, where a language marks things by what stands before them.
_BEFORE = {
    "en": "of in by with from into through for between against under over on at as and or than via "
    "called named termed both most many several two three four",
    "de": "von vom im am zum zur beim mit durch für gegen ohne um bei nach aus zu in an auf über unter und "
    "oder als zwischen aller vieler zwei drei vier genannt",
    "fr": "de du des d à au aux en par pour avec sans sous sur dans entre et ou comme contre vers l",
    "es": "de del en por para con sin sobre entre y o como contra hacia desde al",
    "it": "di del della dei delle degli da dal dalla in nel nella per con su tra fra e o come al alla",
    "pt": "de do da dos das em no na nos nas por para com sem sobre entre e ou como ao à pelo pela",
    "nl": "van in door met uit voor tegen naar bij op onder over tussen en of als",
}
_PARTICLES = r"aan|upon|sur|am|on|for|&|de|del|della|di|da|dos|du|von|van|zu|der|den|bin|ibn|al|y|la|le|af|av"
_AFTER_NOUN = ("", "of", "in", "is", "are", "was", "were", "and", "or", "that", "which", "for", "by",
               "has", "have", "can", "may", "as", "s")  # fmt: skip
_JOIN = re.compile(
    r"(?:and|or|und|oder|bzw\.|et|ou|y|e|o|ve|veya|ile|и|или|en|of|och|eller|&|as well as|sowie)",
    re.I,
)
_CLITIC = re.compile(r"(?:[ldcjmnst]|qu|dell|all|nell|dall|sull|un)['’](?=\w)", re.I)
_CASED = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")
_DECLINED_TR = re.compile(r"\s\S+[ıiuü]n(?:[ıiuüae]|[dt][ae]n?|[ıiuü]n)$")
_NOUN_DE = re.compile(r"\w+(?:ung|heit|keit|schaft|ion|en)\s")
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
# Nouns of Arabic that only make up small words with what stands beside them.
_IDIOM_WORDS = """
الممكن الضروري المهم
الرغم الحال الأقل الأكثر الواقع النسبة الأثناء العكس الفور التوالي الإطلاق الآن الذي التي الذين
اللذين اللتين الأخير الحين الأول الأولى الثاني الثانية القديمة السابق الجديدة الكبرى
"""
_IDIOMS = frozenset(fold(word, "ar") for word in _IDIOM_WORDS.split())
FEWEST, MOST = 7, 34  # words of a sentence
DEFINED = "defined"  # the kind of a term that some sentence says the meaning of
WORDS = ("term", DEFINED)
FIGURES = ("number", "quantity", "year", "mixed")  # shapes


@dataclass(frozen=True, eq=False)  # each is itself alone
class Sentence:
    """A sentence of a source: `text` as it stands there, on one line; `stems` of what it speaks of."""

    source: Source
    text: str
    language: str
    stems: frozenset[str]
    fitness: float


@dataclass(frozen=True, eq=False)
class Slot:
    """Words of a sentence that could be asked for: `text[start:end]`. `before` and `after` are the
    words beside it (folded, "" at an end or a mark); `listed` says that it is one of several."""

    sentence: Sentence
    start: int
    end: int
    term: Term
    before: str
    after: str
    listed: bool
    stems: frozenset[str] = field(default_factory=frozenset)

    @property
    def bare(self) -> bool:
        """Whether nothing before it says that it is a thing: a mark or the sentence's beginning."""
        if self.term.kind == DEFINED:
            return False
        if self.sentence.language == "de":  # where a capital at the beginning says nothing
            return not re.search(r"\w", self.sentence.text[: self.start])
        return not self.before and self.term.text[:1].islower()

    @property
    def figure(self) -> bool:
        """Whether it is a number, a year or a date, and no name with a number in it."""
        plain = shape(self.key) in ("number", "quantity", "year")
        return plain or self.term.kind in ("number", "date")

    @property
    def describes(self) -> bool:
        """Whether a word of content follows at once, which these words then only describe."""
        if self.sentence.language == "ar":
            return self.after.startswith("ال") and self.key.startswith("ال")
        return bool(self.after) and self.after not in stopwords(self.sentence.language)

    @property
    def key(self) -> str:
        """The words themselves."""
        return self.sentence.text[self.start : self.end]

    @property
    def gapped(self) -> str:
        """The sentence with a gap for them."""
        return f"{self.sentence.text[: self.start]}_____{self.sentence.text[self.end :]}"


def sentences_of(source: Source, language: str) -> list[Sentence]:
    """Return the sentences of a source that can stand alone, as they are there."""
    found = []
    for start, end in sentences(source.text, language):
        text = flat(source.text[start:end])
        fitness = fit(text, language)
        if fitness > 0:
            stems = frozenset(content_words(text, language))
            found.append(Sentence(source, text, language, stems, fitness))
    return found


def flat(text: str) -> str:
    """Return a sentence on one line; a line break that is not just a turn of the line stays, so that
    headings and list points are not taken into a sentence."""
    lines = text.split("\n")
    if any(len(line.split()) < 5 or re.match(r"\s*[-*•–#|]", line) for line in lines[:-1]):
        return text
    return " ".join(text.split())


def fit(text: str, language: str) -> float:
    """Return how well a sentence stands by itself, 0..1; 0 means not at all."""
    length = count_words(text)
    if not FEWEST <= length <= MOST or not re.search(r"[.!。।۔።][\"'”’»)\]]*$", text):
        return 0.0
    if re.search(r"\n|[|\[\]]|[^\W\d_]{3}[.!?][^\W\d_]{3}", text.strip()):
        return 0.0  # lines, notes of an editor, two sentences run together
    if text.count("(") != text.count(")"):
        return 0.0
    if (
        text.count('"') % 2
        or text.count("“") != text.count("”")
        or text.count("«") != text.count("»")
    ):
        return 0.0
    if CAPTION.match(text) or REFERENCE.search(text) or unnamed(text, language):
        return 0.0
    if re.search(r"\b(?:[IVXLC]+|[A-ZÄÖÜÇŞİ])\.[\"'”’»)\]]*$", text):
        return 0.0  # cut off at an ordinal or an initial
    first = text.lstrip("\"'“«„(¿¡")[:1]
    if not first.isalnum() or first.islower() or re.match(r"[-*•–]\s", text):
        return 0.0
    letters = sum(c.isalpha() or c.isspace() for c in text)
    if letters < 0.8 * len(text):
        return 0.0
    if language == "tr" and _subject_left_out(text):
        return 0.0
    value = 1.0 - 0.02 * abs(length - 17)
    value -= 0.35 * points_back(text, language)
    value -= 0.15 * min(3, pronouns(text, language))
    value -= 0.25 * vague(text)
    value -= 0.04 * (text.count(",") + text.count(";") + 2 * text.count("(") + text.count(":"))
    value -= 0.2 * bool(re.search(r"[\"“„«]", text))
    value -= 0.4 * min(2, ties(text, language)) + 0.2 * bool(known_thing(text, language))
    return max(0.05, value)


def _subject_left_out(text: str) -> bool:
    """Whether a Turkish sentence begins with "its existence ..." or ends with what "they" do."""
    if re.match(
        r"(?:\w+\s)?\w+(?:[ıiuü]ğ[ıiuü]|l[ae]r[ıi])(?:n\w{1,3})?\s|\w+s[ıiuü](?:n\w{1,3})?\s", text
    ):
        return True
    *rest, last = text.rstrip(" .!").split() or [""]
    doing = re.search(r"(?:yor|[dt][ıiuü]|m[ıiuü]ş)l[ae]r$", last)
    return bool(doing) and not any(re.search(r"l[ae]r\b", word) for word in rest)


def slots_of(sentence: Sentence, terms: Iterable[Term]) -> list[Slot]:
    """Return the places in a sentence that hold one of `terms` in whole, and may be asked for."""
    text, language = sentence.text, sentence.language
    found: list[Slot] = []
    taken: list[tuple[int, int]] = []
    spans = word_spans(text)
    hits = sorted(terms_in(text, terms), key=lambda hit: (hit[1] - hit[2], hit[1]))
    for term, begins, end in hits:
        clitic = _CLITIC.match(text[begins:end])
        start = begins + (clitic.end() if clitic else 0)
        if any(start < b and a < end for a, b in taken) or text[start:end].startswith("_"):
            continue
        taken.append((start, end))
        slot = _slot(sentence, spans, term, start, end)
        if slot is not None and _askable(slot, language) and _once(slot):
            found.append(slot)
    return found


def _slot(
    sentence: Sentence, spans: list[tuple[int, int]], term: Term, start: int, end: int
) -> Slot | None:
    text, language = sentence.text, sentence.language
    if _SPACELESS.search(term.text):
        return Slot(
            sentence, start, end, term, "", "", False, stems=_stems(text[start:end], language)
        )
    left, right = text[:start], text[end:]
    if re.search(r"[\w\-–/@#]$", left) or re.match(r"[\w\-–/@]|:\w", right):
        return None
    if (
        re.match(r"['’]", right)
        and not re.match(r"['’]s\b", right)
        and language not in ("tr", "az")
    ):
        return None
    if language in ("tr", "az", "en") and re.search(r"['’]$", left):
        return None
    if re.match(r"\.\s*\w|\.,", right):
        return None  # an ordinal or an abbreviation goes on
    if re.match(r"\s*[(\[]", right) or re.search(r"[(\[]\s*$", left):
        return None  # what stands in brackets is most often another name of it
    before = next((text[a:b] for a, b in reversed(spans) if b <= start), "")
    after = next((text[a:b] for a, b in spans if a >= end), "")
    before = fold(before, language) if re.search(r"\w['’]?\s*$", left) else ""
    after_word = after if re.match(r"\s", right) and re.match(r"\s*\w", right) else ""
    listed = bool(
        (
            (
                re.search(rf"(?:^|\W){_JOIN.pattern}\s*$", left, re.I)
                or re.search(r"[,،;]\s*$", left)
            )
            and (re.match(r"\s*[,،;]", right) or re.match(rf"\s+{_JOIN.pattern}\W", right, re.I))
        )
        or re.search(rf"[,،]\s*{_JOIN.pattern}\s*(?:\w+\s+)?$", left, re.I)
        or re.match(rf"\s*[,،]\s*[^,،.]{{2,30}}[,،]?\s+{_JOIN.pattern}\s", right, re.I)
        or re.match(r"\s*[,،]\s*[^,،.]{2,30}[,،]\s*[^,،.]{2,30}[,،]", right)
        or re.match(rf"\s+{_JOIN.pattern}\s", right, re.I)
        or re.search(rf"\w\s+{_JOIN.pattern}\s+$", left, re.I)
    )
    return Slot(
        sentence,
        start,
        end,
        term,
        before,
        fold(after_word, language),
        listed,
        stems=_stems(text[start:end], language),
    )


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(content_words(text, language)) or frozenset([fold(text, language)])


def _once(slot: Slot) -> bool:
    """The rest of the sentence does not hold the words again, and still says enough."""
    text = slot.sentence.text
    rest = text[: slot.start] + " " + text[slot.end :]
    language = slot.sentence.language
    others = set(content_words(rest, language))
    if others & slot.stems or len(others) < 4:
        return False
    if len(others - _general(language)) < (
        3 if slot.term.kind in ("name", "date", "number") else 4
    ):
        return False  # "Compared with a ..., this has one of three names"
    return fold(slot.key) not in fold(rest)


@cache
def _general(language: str) -> frozenset[str]:
    return frozenset(content_words(" ".join(GENERAL.get(language, ())), language or "en"))


def _askable(slot: Slot, language: str) -> bool:
    """Whether the words are a whole thing by what stands beside them."""
    text = slot.sentence.text
    if text.count("(", 0, slot.start) > text.count(")", 0, slot.start):
        return False  # what stands in brackets is said by the way
    if slot.figure:
        glued = re.search(r"[^\W\d_]\d", slot.key)  # a code, not a figure
        return not glued and _whole_figure(slot)
    words = slot.key.split()
    if len(words) > 4 or len(slot.key) < 3 or re.search(r"(?<!\w)\d{2,}(?!\w)", slot.key):
        return False
    if _CASED.match(slot.key):
        if not _whole_name(slot, language):
            return False
        small = slot.key[:1].islower() or slot.term.text[:1].islower()
        small = small or (language == "de" and len(words) == 1)
        if small and not _marked(slot, language):
            return False
    elif not _known_noun(slot, language):
        return False
    general = GENERAL.get(language, frozenset()) | stopwords(language)
    last = fold(words[-1], language)
    last = last.removeprefix("ال") if language == "ar" else last
    if last in general and (len(words) == 1 or not words[-1][:1].isupper()):
        return False
    if re.search(r"[\"“„«‘]$", text[: slot.start]) and not re.match(r"[\"”“»’]", _right(slot)):
        return False  # the first word of what somebody says
    if language == "en" and len(words) > 1 and re.search(r"(?:ly|est)$", words[0]):
        return False
    doing = language == "en" and len(words) > 1 and re.search(r"[a-z](?:ing|ed)$", words[-1])
    if doing and slot.key[:1].isupper() and words[-1][:1].islower():
        return False  # "Charles River connecting"
    return bool(text[: slot.start].strip()) or slot.term.kind in (*WORDS, "name")


def _whole_name(slot: Slot, language: str) -> bool:
    """No capital word stands right beside a name: half of "Marie Curie" is no question."""
    if language == "tr" and _DECLINED_TR.search(slot.key):
        return False
    if slot.before in ("a", "an") and slot.key[:1].isupper() and language == "en":
        return False  # "a Treaty" is one of many
    text = slot.sentence.text
    left = re.search(r"(\w[\w.'’-]*)\s+$", text[: slot.start])
    right = re.match(r"\s+(\w[\w'’-]*)", text[slot.end :])
    capital = slot.key.split()[-1][:1].isupper()
    upper = r"[^\W\d_a-zäöüß]"
    parted = capital and language != "de"  # where only names have capitals
    if parted and re.match(rf"\s+(?:{_PARTICLES}|of|the)\s+(?:\w+\s+)?{upper}", _right(slot)):
        return False
    if parted and re.search(rf"{upper}\w+\s+(?:{_PARTICLES})\s+$", text[: slot.start]):
        return False
    if right and right[1][:1].isupper() and capital:
        return False
    if capital and ((right and right[1][:1].isdigit()) or (left and left[1][-1:].isdigit())):
        return False
    if (
        language == "de"
        and " " in slot.key
        and (slot.before in ARTICLES["de"] or _NOUN_DE.match(slot.key))
    ):
        return False  # two nouns, or an adjective at the beginning of a name
    if left and left[1][:1].isupper() and slot.key[:1].isupper():
        start_of_sentence = not text[: slot.start].strip().rstrip(left[1]).strip(" \"'“«")
        small = fold(left[1], language) in stopwords(language) | ARTICLES.get(language, frozenset())
        return small and (start_of_sentence or language == "de")
    return True


def _marked(slot: Slot, language: str) -> bool:
    """A word without a capital of its own is a thing if it stands as one: after an article or the like,
    and not before a word that it would only describe."""
    if language == "de":
        return slot.key[:1].isupper() and (" " not in slot.key or slot.term.kind == "name")
    if language not in ARTICLES:
        if slot.term.kind == DEFINED:
            return True
        if language == "tr" and re.match(r"bir$|(?:et|ed|ol|yap|kıl)", slot.after):
            return False  # an adjective, or a noun that makes a verb
        last = not slot.after and re.match(r"\s*[.!]", _right(slot)) is not None
        return slot.term.count > (2 if " " not in slot.key else 1) and not last
    small = stopwords(language)
    before_ok = (
        not slot.before
        or slot.before in ARTICLES[language]
        or slot.before in _BEFORE.get(language, "").split()
    )
    if language in ("fr", "es", "it", "pt"):
        compound = slot.after in JOINERS[language] and slot.term.kind != DEFINED
        after_ok = not slot.after or (slot.after in small and not compound)
    else:
        after_ok = not slot.after or slot.after in small or " " in slot.key
    runs_on = slot.after in ARTICLES[language] and not re.match(r"\s*[,;:.]", _right(slot))
    # "allowing the ..." is something done, not a thing
    acts = bool(language == "en" and re.search(r"(?:ing|ed|ly)$", slot.key))
    acts = acts and (" " not in slot.key or slot.after in ("to", "a", "an", "the", "by"))
    if " " in slot.key and slot.term.count == 1 and _noun_and_verb(slot, language):
        return False
    return before_ok and after_ok and not runs_on and not acts


def _noun_and_verb(slot: Slot, language: str) -> bool:
    """Whether words that were met together only once may be a noun with its verb: "the cell takes"."""
    if language == "en":
        return bool(re.search(r"(?<![sui])s$", slot.key)) or slot.after not in _AFTER_NOUN
    partial = re.search(r"(?:ée?s?|[aiu]d[oa]s?|[aiu]t[oaie])$", slot.key) and slot.after
    return slot.after in ARTICLES.get(language, frozenset()) or bool(partial)


def _known_noun(slot: Slot, language: str) -> bool:
    """In scripts without capitals: an article grown onto the word, or that it keeps coming back."""
    first = slot.key.split()[0]
    if fold(slot.key, language) in _IDIOMS:
        return False
    if slot.term.kind == DEFINED and language != "ar":
        return True
    if language == "ar":
        # A word with an article after another with one describes it.
        if re.match(r"(?:و|ف)?(?:ال|بال|كال|لل)", slot.before):
            return False
        joined = re.search(r"\s(?:و|ف)ال", slot.key) or slot.before in ("يتم", "تم", "وتم", "ويتم")
        if joined or fold(first.removeprefix("ال"), "ar") in GENERAL["ar"]:
            return False
        if re.search(r"(?:ها|هم|هما|هن|نا)$", slot.key) and not first.startswith("ال"):
            return False  # "its inhabitants": of what was named before
        if slot.term.kind == DEFINED:
            return not slot.key.startswith("و")
        definite = first.startswith("ال") and len(first) > 4
        return definite or (" " not in slot.key and _indefinite(slot))
    return slot.term.count > 1


def _indefinite(slot: Slot) -> bool:
    """Whether an Arabic word without an article is a noun by itself: it keeps coming back, after a
    preposition or the like, does not look like a verb and has no other noun behind it."""
    verb = slot.key.startswith("ي") or slot.key.endswith("ت") or len(slot.key) < 4
    alone = not slot.describes and (not slot.after or slot.after in stopwords("ar"))
    return slot.term.count > 3 and bool(slot.before) and alone and not verb


def _right(slot: Slot) -> str:
    return slot.sentence.text[slot.end :]


def _whole_figure(slot: Slot) -> bool:
    """A figure that is not part of a longer one, of a name, a range or a list of sources."""
    left, right = slot.sentence.text[: slot.start], _right(slot)
    if re.search(r"[\d.,:/$€£¥–-]\s?$", left) or re.match(r"[\d:/–-]|[.,]\d|\s?[%°]", right):
        return False
    if re.search(r"\d\s*(?:to|bis|à|a|und|and|–|-|ile)\s*$", left):
        return False
    if re.match(r"\s*(?:to|bis|à|–|-)\s*\d|\s*(?:st|nd|rd|th)\b|s\b", right):
        return False
    if re.search(r"(?:[A-Z][\w.]*|No\.|Nr\.|Band|Vol\.|chapter|page|article)\s+$", left, re.I):
        # "Apollo 11", "Article 5": a name. But "In 1877" and "The 12" are not.
        word = re.search(r"(\w+)\.?\s+$", left)
        inside = bool(word) and bool(left[: word.start()].strip())  # type: ignore[union-attr]
        label = slot.sentence.language != "de" or shape(slot.key) != "year"
        if inside and word and word[1][:1].isupper() and label:
            return False
        if word and word[1].lower() in (
            "no",
            "nr",
            "vol",
            "band",
            "chapter",
            "page",
            "article",
            "§",
        ):
            return False
    bare = slot.key.strip()
    word = re.search(r"(\w+)\s+$", left)
    if shape(bare) == "number" and word and not _CASED.match(word[1]):
        # Where no capital tells "Apollo 11" from "in 11 towns".
        return fold(word[1], slot.sentence.language) in stopwords(slot.sentence.language)
    return len(re.sub(r"\D", "", bare)) > 1 or bool(re.search(r"[^\d\s]", bare))
