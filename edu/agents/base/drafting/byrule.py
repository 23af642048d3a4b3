"""Drafts of questions from passages, by rule alone, best first and no two alike."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from edu.agents.base.drafting.defined import Defined, defined_in
from edu.agents.base.drafting.rivals import ENOUGH, SAME, Pool, Vectors, alike_in_length, apart
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
from edu.common.language import content_words, detect, fold, stem, words
from edu.common.shapes import shape
from edu.common.sources import Citation, Source
from edu.common.terms import Term, key_terms

Cite = Callable[[Source, str], Citation | None]
MOST_SOURCES = 60
MOST_TERMS = 160
FLOOR = 0.9  # rather one less than one that is not worth asking
SHARE = 0.45  # of the worth of the best
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
) -> list[ItemDraft]:
    """Return up to `count` drafts from `sources` of the wanted `kinds` (choice, cloze); `avoid` are
    stems that were asked before; `vectors` embeds terms, so that options are near in meaning. The same
    `seed` gives the same drafts."""
    sources = [each for each in sources if each.text.strip()][:MOST_SOURCES]
    by_language: dict[str, list[Source]] = {}
    whole = detect("\n".join(each.text for each in sources)[:4000])
    for source in sources:
        language = source.language or detect(source.text, fallback=whole)
        by_language.setdefault(language, []).append(source)
    dice = random.Random(seed)  # noqa: S311  (to be repeatable, nothing secret)
    ideas = [
        idea
        for language, some in by_language.items()
        for idea in _ideas(some, language, kinds, dice, vectors)
    ]
    chosen = _spread(ideas, kinds, avoid, count)
    made = [_draft(idea, dice, cite) for idea in chosen]
    return [draft for draft in made if draft is not None]


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
    slots = [
        slot
        for sentence in sentences
        for slot in slots_of(sentence, terms)
        if _bends(slot, forms, language)
    ]
    pool = Pool(slots, sentences, language, vectors)
    known = {fold(term.text, language) for term in terms if term.kind in (*WORDS, "name")}
    slots = pool.slots
    counts = Counter(fold(slot.key, language) for slot in slots)
    topics = _topics(slots, sources, language)
    defined = {each.sentence: each for each in _defined(sentences, known)}
    if "choice" in kinds:
        for each in defined.values():
            options = _named(each, pool, dice)
            if len(options) == ENOUGH:
                face = pool.faces.get(fold(each.term, language), each.term)
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
        figure = shape(slot.key) in FIGURES or slot.term.kind in ("number", "date")
        if "choice" in kinds:
            options = pool.rivals(slot, dice)
            if len(options) == ENOUGH:
                yield Idea(
                    "choice", slot.sentence, pool.face(slot), slot.stems, slot.gapped, tuple(options),
                    worth + 0.1, figure,
                )  # fmt: skip
        if "cloze" in kinds and _typed(slot, figure):
            hard = 0.35 if figure else 0.15 if slot.listed else 0.0
            hard += 0.25 * (slot.term.kind == "term" and " " not in slot.key)
            hard += 0.5 * slot.describes + 0.3 * (anchors[slot.sentence] < 2)
            yield Idea(
                "cloze", slot.sentence, slot.key, slot.stems, slot.gapped, (), worth - hard, figure
            )


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
    told = {
        fold(each.term, language): each.term
        for text in texts
        for each in definitions(text, language)
        if len(each.term.split()) <= 3
    }
    found = []
    for term in terms:
        known = told.pop(fold(term.text, language), None)
        defined = known is not None and term.kind == "term"
        score = max(term.score, 0.6) if defined else term.score
        found.append(replace(term, score=score, kind=DEFINED) if defined else term)
    whole = "\n".join(texts)
    return found + [
        Term(_face(text, whole, language), max(1, whole.count(text)), 0.6, DEFINED)
        for text in told.values()
    ]


def _face(text: str, whole: str, language: str) -> str:
    """Return a term without the capital that only the beginning of its sentence gave it."""
    small = text[:1].lower() + text[1:]
    if language == "de" or text[1:] != text[1:].lower() or small == text:
        return text
    return text if re.search(rf"[^\W\d_][,;]?\s{re.escape(text)}(?!\w)", whole) else small


def _defined(sentences: list[Sentence], known: set[str]) -> Iterator[Defined]:
    for sentence in sentences:
        found = defined_in(sentence, known)
        if found is not None:
            yield found


def _named(defined: Defined, pool: Pool, dice: random.Random) -> list[str]:
    """Return three other terms for a definition: of the same shape, and best defined ones too."""
    language = defined.sentence.language
    key, own = defined.term, defined.sentence
    ranked = []
    for name, places in pool.seen.items():
        face = pool.faces.get(name, places[0].key)
        slot = places[0]
        if slot.stems & own.stems or not apart(face, key, language) or slot.term.kind == "number":
            continue
        if not alike_in_length(face, key):
            continue
        if shape(face) in FIGURES or (slot.listed and len(places) == 1):
            continue
        small = {"lower", "capital"}
        if shape(face) != shape(key) and not {shape(face), shape(key)} <= small:
            continue
        value = slot.term.score + 0.5 * (len(face.split()) == len(key.split()))
        value += 0.4 * (face[-1:].lower() == key[-1:].lower()) + 0.2 * dice.random()
        value += 0.3 * (slot.term.kind in WORDS) + 0.4 * (slot.term.kind == DEFINED)
        near = pool.nearness(key, face)
        if near is not None:
            value += 2.0 * near if near < SAME else -5.0
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
    value += {"name": 0.25, "term": 0.15, DEFINED: 0.35, "number": -0.2}.get(term.kind, 0.0)
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


def _spread(ideas: list[Idea], kinds: list[str], avoid: list[str], count: int) -> list[Idea]:
    """Choose the best, each sentence and each key once, sources and kinds in turn."""
    languages = {idea.sentence.language for idea in ideas}
    asked = [set(content_words(stem, next(iter(languages), ""))) for stem in avoid]
    chosen: list[Idea] = []
    used: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    figures = 0
    best_of_all = max((idea.worth for idea in ideas), default=0.0)
    floor = max(FLOOR, best_of_all * SHARE)
    rest = [idea for idea in ideas if idea.worth >= floor and not _asked(idea, asked)]
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


def _draft(idea: Idea, dice: random.Random, cite: Cite) -> ItemDraft | None:
    """Return an idea as a draft with its citation; None when its sentence cannot be cited."""
    source = idea.sentence.source
    citation = cite(source, idea.sentence.text)
    if citation is None:
        return None
    draft = ItemDraft(
        kind=idea.kind,
        stem=idea.stem,
        key={"blanks": [[idea.key]]},
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
