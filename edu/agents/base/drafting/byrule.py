"""Drafts of questions from passages, by rule alone, best first and no two alike."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from edu.agents.base.drafting.answers import accepted
from edu.agents.base.drafting.defined import Defined, defined_in
from edu.agents.base.drafting.grammar import form
from edu.agents.base.drafting.rivals import ENOUGH, KIN, SAME, Pool, Vectors, apart
from edu.agents.base.drafting.slots import (
    DEFINED,
    FIGURES,
    WORDS,
    Sentence,
    Slot,
    sentences_of,
    slots_of,
)
from edu.assessments.data import ItemDraft
from edu.common.definitions import definitions
from edu.common.general import ARTICLES
from edu.common.language import content_words, detect, fold, stem, stopwords, words
from edu.common.pointing import known_thing
from edu.common.shapes import shape
from edu.common.sources import Citation, Source
from edu.common.terms import Term, key_terms

Cite = Callable[[Source, str], Citation | None]
MOST_SOURCES = 60
MOST_TERMS = 160
FLOOR = 0.9  # rather one less than one that is not worth asking
SHARE = 0.35  # of the worth of the best
COMMON = 0.65  # a word that nothing says to be a term of the subject is worth so much less
_THAT = frozenset(
    ["that", "dass", "weil", "wenn", "que", "che", "dat", "because", "when", "if", "als"]
)
FEW = (
    3  # questions that a text should give; where it gives fewer, gaps that are less sure come after
)
LESS_SURE = 0.25  # the least worth of these
ONCE = 0.3  # what a word that stands once only is worth less there
CENTRAL = 0.5  # the score from which a word is what the materials are about
MOST_BY_HAND = 28  # letters of an answer that is to be typed


@dataclass(frozen=True)
class Idea:
    """A question that could be asked: of which sentence, for which words, worth how much."""

    kind: str
    sentence: Sentence
    key: str
    stems: frozenset[str]
    stem: str
    options: tuple[str, ...]
    worth: float
    figure: bool = False


def drafts(
    sources: list[Source],
    kinds: list[str],
    avoid: list[str],
    count: int,
    seed: int,
    cite: Cite,
    vectors: Vectors | None = None,
    known: list[str] | None = None,
    simpler: bool | None = None,
) -> list[ItemDraft]:
    """Return up to `count` drafts from `sources` of the wanted `kinds` (choice, cloze); `avoid` are
    stems that were asked before, `known` their answers; `vectors` embeds terms, so that options are near
    in meaning. `simpler` asks for the less sure gaps alone (True), for none of them (False), or for some
    where there is little else. The same `seed` gives the same drafts."""
    sources = [each for each in sources if each.text.strip()][:MOST_SOURCES]
    by_language: dict[str, list[Source]] = {}
    whole = detect("\n".join(each.text for each in sources)[:4000])
    for source in sources:
        language = source.language or detect(source.text, fallback=whole)
        by_language.setdefault(language, []).append(source)
    dice = random.Random(seed)  # noqa: S311  (to be repeatable, nothing secret)
    chosen: list[Idea] = []
    if not simpler:
        ideas = [
            idea
            for language, some in by_language.items()
            for idea in _ideas(some, language, kinds, dice, vectors)
        ]
        chosen = _spread(_unknown(ideas, known), kinds, avoid, count)
    lacking = count if simpler else 2 * (FEW - len(chosen)) if simpler is None else 0
    if lacking > 0 and "cloze" in kinds:
        more = [
            idea for language, some in by_language.items() for idea in _gaps(some, language, chosen)
        ]
        chosen += _spread(_unknown(more, known), ["cloze"], avoid, lacking, LESS_SURE)
    texts = [source.text for source in sources]
    made = [_draft(idea, texts, dice, cite) for idea in chosen]
    return [draft for draft in made if draft is not None]


def _unknown(ideas: list[Idea], known: list[str] | None) -> list[Idea]:
    """Leave out what asks for an answer that was asked for lately."""
    asked = {" ".join(text.casefold().split()) for text in known or []}
    return [idea for idea in ideas if " ".join(idea.key.casefold().split()) not in asked]


def _ideas(
    sources: list[Source],
    language: str,
    kinds: list[str],
    dice: random.Random,
    vectors: Vectors | None,
) -> Iterator[Idea]:
    terms = _terms(sources, language)
    sentences = [each for source in sources for each in sentences_of(source, language)]
    forms = _forms(sources, language)
    whole = "\n".join(source.text for source in sources)
    slots = [
        slot
        for sentence in sentences
        for slot in slots_of(sentence, terms)
        if _bends(slot, forms, language) and not _declined(slot, language, whole)
    ]
    pool = Pool(slots, sentences, language, vectors)
    known = {fold(term.text, language) for term in terms if term.kind in (*WORDS, "name")}
    slots = pool.slots
    known_well = _spoken_of(terms, sources, language)
    counts = Counter(fold(slot.key, language) for slot in slots)
    topics = _topics(slots, sources, language)
    defined = {each.sentence: each for each in _defined(sentences, known)}
    if "choice" in kinds:
        names = {fold(term.text, language) for term in terms if term.kind == "name"}
        for each in defined.values():
            if fold(each.term, language) in names:
                continue  # "which term" is no question for a name; a gap is
            face = pool.faces.get(fold(each.term, language)) or _face(each.term, whole, language)
            options = _named(each, face, pool, dice)
            if len(options) == ENOUGH:
                yield Idea(
                    "choice",
                    each.sentence,
                    face,
                    each.stems,
                    each.stem,
                    tuple(options),
                    each.worth + 0.4,
                )
    anchors = Counter(
        slot.sentence for slot in slots if slot.term.kind == "name" or slot.term.score > 0.25
    )
    for slot in slots:
        about = defined.get(slot.sentence)
        is_defined = bool(about and about.stems == slot.stems)
        worth = _worth(slot, counts, is_defined) + 0.15 * min(3, anchors[slot.sentence] - 1)
        worth -= 0.35 * (fold(slot.key, language) in topics and not is_defined)
        if _about_the_unnamed(slot.sentence, known_well):
            if language == "en":
                continue
            worth -= 0.6  # elsewhere an article may stand before what is meant in general
        cased = (
            shape(slot.key) != "plain"
        )  # where names cannot be told from words, both are asked for
        if slot.term.kind == "term" and not is_defined:
            worth -= COMMON if " " not in slot.key and cased else 0.3 * COMMON
        figure = slot.figure
        if "choice" in kinds:
            options = pool.rivals(slot, dice, is_defined)
            if len(options) == ENOUGH:
                yield Idea(
                    "choice", slot.sentence, pool.face(slot), slot.stems, slot.gapped, tuple(options),
                    worth + 0.1, figure,
                )  # fmt: skip
        plain = slot.term.kind == "term" and cased and " " not in slot.key and not is_defined
        loose = slot.term.score < CENTRAL and _object_of_small_word(slot, language)
        if plain and (slot.term.count < 3 or loose):
            continue  # any of several words may stand there
        if "cloze" in kinds and not slot.listed and _typed(slot, figure) and pool.is_thing(slot):
            hard = 0.25 if figure else 0.0
            hard += 0.25 * (slot.term.kind == "term" and " " not in slot.key)
            hard += 0.5 * slot.describes + 0.3 * (anchors[slot.sentence] < 2)
            yield Idea(
                "cloze", slot.sentence, slot.key, slot.stems, slot.gapped, (), worth - hard, figure
            )


def _gaps(sources: list[Source], language: str, chosen: list[Idea]) -> Iterator[Idea]:
    """Yield gaps whose sentences and words are sound, though another word might do in them too: the
    words of the text that is quoted beside the answer are what is asked for."""
    terms = _terms(sources, language)
    sentences = [each for source in sources for each in sentences_of(source, language)]
    slots = [slot for each in sentences for slot in slots_of(each, terms)]
    counts = Counter(fold(slot.key, language) for slot in slots)
    for slot in slots:
        if slot.listed or not _typed(slot, slot.figure):
            continue
        worth = _worth(slot, counts, slot.term.kind == DEFINED)
        if slot.term.kind == "term" and slot.term.count < 2:
            worth -= ONCE  # nothing says that it is a word of the subject
        idea = Idea(
            "cloze", slot.sentence, slot.key, slot.stems, slot.gapped, (), worth, slot.figure
        )
        if not any(_alike(idea, other) for other in chosen):
            yield idea


def _spoken_of(terms: list[Term], sources: list[Source], language: str) -> set[str]:
    """Return the stems of what the materials speak of in general: what they define, and what comes back
    in several passages."""
    places = Counter(word for each in sources for word in set(content_words(each.text, language)))
    return {
        word
        for term in terms
        if term.kind == DEFINED or (term.kind in WORDS and term.count > 3)
        for word in content_words(term.text, language)
        if term.kind == DEFINED or places[word] > 2
    }


def _object_of_small_word(slot: Slot, language: str) -> bool:
    """Whether a preposition stands before a word, with or without an article: such a place takes many
    another word."""
    found = [fold(word, language) for word in words(slot.sentence.text[: slot.start])[-2:]]
    small, articles = stopwords(language), ARTICLES.get(language, frozenset())
    if not found or not slot.before:
        return False
    if found[-1] not in articles:
        return found[-1] in small
    return len(found) > 1 and found[-2] in small - _THAT


def _about_the_unnamed(sentence: Sentence, known: set[str]) -> bool:
    """Whether it begins with "The treaty ..." and the materials do not speak of treaties in general."""
    thing = known_thing(sentence.text, sentence.language)
    return bool(thing) and not set(content_words(thing, sentence.language)) & known


def _forms(sources: list[Source], language: str) -> dict[str, set[str]]:
    """Return the forms in which each stem stands in the sources."""
    found: dict[str, set[str]] = {}
    for source in sources:
        for word in words(source.text):
            plain = fold(word, language)
            found.setdefault(stem(plain, language), set()).add(plain)
    return found


def _bends(slot: Slot, forms: dict[str, set[str]], language: str) -> bool:
    """Where no article tells a noun: a noun stands in more than one form, an adverb does not."""
    if language in ARTICLES or slot.term.kind != "term" or " " in slot.key:
        return True
    if slot.key[:1].isupper() and slot.term.text[:1].isupper():
        return True
    return len(forms.get(stem(fold(slot.key, language), language), ())) > 1


def _declined(slot: Slot, language: str, whole: str) -> bool:
    """Whether words are no name and no term by their case: a Turkish noun that says where or whence, a
    German name in the genitive with its noun ("Mannings Problemen")."""
    if language == "tr" and slot.term.kind == "term" and shape(slot.key) in ("lower", "capital"):
        return form(slot.key, language) in ("in", "from")
    first, *more = slot.key.split() or [""]
    if language == "de" and more and first.endswith("s") and len(first) > 4:
        return re.search(rf"(?<!\w){re.escape(first[:-1])}(?!\w)", whole) is not None
    return False


def _topics(slots: list[Slot], sources: list[Source], language: str) -> set[str]:
    """Return the folded words that nearly every passage speaks of: to ask for them asks for nothing."""
    places: dict[str, set[str]] = {}
    for slot in slots:
        places.setdefault(fold(slot.key, language), set()).add(slot.sentence.source.passage)
    many = max(3, 0.4 * len(sources))
    return {name for name, found in places.items() if len(found) >= many}


def _terms(sources: list[Source], language: str) -> list[Term]:
    """Return the key terms of the sources; those that a sentence defines are of the kind "defined"."""
    texts = [source.text for source in sources]
    headings = [heading for source in sources for heading in source.path]
    terms = key_terms(texts, language, MOST_TERMS, headings)
    whole = "\n".join(texts)
    told = {
        fold(each.term, language): each.term
        for text in texts
        for each in definitions(text, language)
        if len(each.term.split()) <= 3
        and not re.search(r"[()\[\]]", each.term)
        and (language != "de" or _inside(each.term, whole))
        and (language != "tr" or form(each.term, language) not in ("in", "from"))
    }
    found = []
    for term in terms:
        known = told.pop(fold(term.text, language), None)
        defined = known is not None and term.kind == "term"
        score = max(term.score, 0.6) if defined else term.score
        found.append(replace(term, score=score, kind=DEFINED) if defined else term)
    return found + [
        Term(_face(text, whole, language), max(1, whole.count(text)), 0.6, DEFINED)
        for text in told.values()
    ]


def _face(text: str, whole: str, language: str) -> str:
    """Return a term without the capital that only the beginning of its sentence gave it."""
    small = text[:1].lower() + text[1:]
    if language == "de" or text[1:] != text[1:].lower() or small == text:
        return text
    return text if _inside(text, whole) else small


def _inside(text: str, whole: str) -> bool:
    """Whether words stand inside a sentence too, where a capital says something."""
    return bool(re.search(rf"[^\W\d_][,;]?\s{re.escape(text)}(?!\w)", whole))


def _defined(sentences: list[Sentence], known: set[str]) -> Iterator[Defined]:
    for sentence in sentences:
        found = defined_in(sentence, known)
        if found is not None:
            yield found


def _named(defined: Defined, key: str, pool: Pool, dice: random.Random) -> list[str]:
    """Return three other terms for a definition: of the same shape, and best defined ones too."""
    language, own = defined.sentence.language, defined.sentence
    ranked = []
    for name, places in pool.seen.items():
        face = pool.faces.get(name, places[0].key)
        slot = places[0]
        if slot.stems & own.stems or not apart(face, key, language) or slot.term.kind == "number":
            continue
        if shape(face) in FIGURES or (slot.listed and len(places) == 1):
            continue
        if not pool.is_thing(slot) or not pool.looks_like(face, key):
            continue
        near = pool.nearness(key, face)
        if DEFINED not in {place.term.kind for place in places} and (near is None or near < KIN):
            continue
        value = slot.term.score + 0.5 * (len(face.split()) == len(key.split()))
        value += 0.4 * (face[-1:].lower() == key[-1:].lower()) + 0.2 * dice.random()
        value += 0.3 * (slot.term.kind in WORDS) + 0.4 * (slot.term.kind == DEFINED)
        if near is not None:
            value += 2.0 * near
        if near is None or near < SAME:
            ranked.append((value, face))
    chosen: list[str] = []
    for _value, face in sorted(ranked, reverse=True):
        if all(apart(face, other, language) for other in chosen):
            chosen.append(face)
        if len(chosen) == ENOUGH:
            break
    return chosen


def _worth(slot: Slot, counts: Counter[str], defined: bool) -> float:
    """Return how good a question the slot makes, by rule of thumb."""
    term = slot.term
    value = 0.55 * term.score + 1.1 * slot.sentence.fitness
    value += {"name": 0.4, "term": 0.15, DEFINED: 0.35, "number": -0.05, "date": 0.3}.get(
        term.kind, 0.0
    )
    value += 0.6 if defined else 0.0
    value += 0.15 if " " in slot.key else 0.0
    value += 0.1 * min(3, counts[fold(slot.key, slot.sentence.language)] - 1)
    value -= 0.3 if slot.listed else 0.0
    if term.kind == "term" and " " not in slot.key:
        value -= 0.25 * (term.count == 1) + 0.2 * (term.score < 0.5)
        value += 0.03 * min(8, len(slot.key) - 6)
    return value


def _typed(slot: Slot, figure: bool) -> bool:
    """Whether the answer can be asked to be typed: short, and of one spelling."""
    if len(slot.key) > MOST_BY_HAND or len(slot.key.split()) > 3:
        return False
    return not figure or shape(slot.key) in ("year", "number", "quantity")


def _spread(
    ideas: list[Idea], kinds: list[str], avoid: list[str], count: int, least: float = FLOOR
) -> list[Idea]:
    """Choose the best, worth `least` or more, each sentence and each key once, sources and kinds in
    turn."""
    asked = {
        language: [set(content_words(stem, language)) for stem in avoid]
        for language in {idea.sentence.language for idea in ideas}
    }
    chosen: list[Idea] = []
    used: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    figures = 0
    best_of_all = max((idea.worth for idea in ideas), default=0.0)
    floor = max(least, best_of_all * SHARE)
    rest = [
        idea
        for idea in ideas
        if idea.worth >= floor and not _asked(idea, asked[idea.sentence.language])
    ]
    while rest and len(chosen) < count:
        best = max(
            rest,
            key=lambda idea: (
                idea.worth
                - 0.25 * used[idea.sentence.source.passage]
                - (0.3 * (by_kind[idea.kind] - min(by_kind[kind] for kind in kinds)))
                - (0.5 if idea.figure and figures * 4 > len(chosen) else 0.0)
            ),
        )
        chosen.append(best)
        used[best.sentence.source.passage] += 1
        by_kind[best.kind] += 1
        figures += best.figure
        rest = [idea for idea in rest if not _alike(idea, best)]
    return chosen


def _asked(idea: Idea, asked: list[set[str]]) -> bool:
    own = set(idea.sentence.stems)
    return any(stems and len(own & stems) >= 0.7 * min(len(own), len(stems)) for stems in asked)


def _alike(idea: Idea, other: Idea) -> bool:
    if idea.sentence == other.sentence or idea.stems == other.stems:
        return True
    together = idea.sentence.stems & other.sentence.stems
    return len(together) >= 0.6 * min(len(idea.sentence.stems), len(other.sentence.stems))


def _draft(idea: Idea, texts: list[str], dice: random.Random, cite: Cite) -> ItemDraft | None:
    """Return an idea as a draft with its citation; None when its sentence cannot be cited."""
    source = idea.sentence.source
    citation = cite(source, idea.sentence.text)
    if citation is None:
        return None
    draft = ItemDraft(
        kind=idea.kind,
        stem=idea.stem,
        key={"blanks": [accepted(idea.key, texts, idea.sentence.language)]},
        objective=source.objective,
        citations=[replace(citation, marker=1)],
        explanation=idea.sentence.text,
        passage_text=source.text,
        language=idea.sentence.language,
    )
    if idea.kind == "cloze":
        return draft
    options = [idea.key, *idea.options]
    dice.shuffle(options)
    if idea.figure:
        options.sort(key=_size)
    return replace(draft, options=options, key={"correct": [options.index(idea.key)]})


def _size(text: str) -> tuple[int, str]:
    digits = "".join(c for c in text if c.isdigit())
    return len(digits), digits
