"""Finds what else might stand in a gap: words of the same sort from the same materials, which the
passage does not make right too."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations, takewhile

from rapidfuzz.distance import OSA

from edu.agents.base.drafting import figures
from edu.agents.base.drafting.grammar import Nouns, form, harmony
from edu.agents.base.drafting.slots import DEFINED, WORDS, Sentence, Slot
from edu.common.general import ARTICLES
from edu.common.language import content_words, fold, stopwords
from edu.common.shapes import alike, case, shape

Vectors = Callable[[list[str], str], list[list[float]]]  # of texts in one language
ENOUGH = 3
SAME = 0.8  # terms nearer than this may be two names of one thing
KIN, NAMESAKE, FAR = 0.4, 0.5, 0.2  # nearness of terms, of names of one sort, and of what is not
# Short words in Arabic are all much alike to the embedder, in English little. So cosines are moved to where
# those of terms of English articles are with MiniLM, by which the three above were chosen.
MEDIAN, HIGH = 0.23, 0.53  # the median of all pairs, and the bound of the highest twentieth
FEWEST, MOST_COMPARED = 45, 80  # pairs from which that can be told; terms that are compared for it
_AND = r"(?:\s*[,،]\s*|\s*[,،]?\s(?:and|or|und|oder|et|ou|y|e|o|ve|veya|ile|и|или|en|och|و)\s?)"
_PLACED_WORDS = (
    "in at near into across throughout around from toward towards inside outside im aus nach bei dans en à "
    "vers sur a desde hacia nel nella em no na till i в на из"
)
_PLACED = frozenset(_PLACED_WORDS.split())
GENDERED = ("de", "fr", "es", "it", "pt", "nl", "sv")


class Pool:
    """All the slots of the materials, as a stock of what might stand elsewhere."""

    def __init__(
        self,
        slots: Iterable[Slot],
        sentences: list[Sentence],
        language: str,
        vectors: Vectors | None = None,
    ) -> None:
        self.language = language
        self.sentences = sentences
        # No option lies far in what is the future to the materials.
        self.latest = max((y for each in sentences for y in figures.years_in(each.text)), default=0)
        self.folded = [fold(each.text, language) for each in sentences]
        self.seen: dict[str, list[Slot]] = {}
        self.faces: dict[str, str] = {}
        self.nouns = Nouns({each.source.text for each in sentences}, language)
        slots = list(slots)
        things = {fold(slot.key, language) for slot in slots if not slot.bare}
        self.slots = [slot for slot in slots if not slot.bare or fold(slot.key, language) in things]
        for slot in self.slots:
            name = fold(slot.key, language)
            self.seen.setdefault(name, []).append(slot)
            if slot.term.kind in WORDS and fold(slot.term.text, language) == name:
                self.faces[name] = slot.term.text
        self.vectors: dict[str, list[float]] = {}
        if vectors is not None:
            faces = {name: self.face(places[0]) for name, places in self.seen.items()}
            rows = vectors(list(faces.values()), language)
            self.vectors = dict(zip(faces, rows, strict=False))
        self.middle, self.spread = _spread(list(self.vectors.values()))

    def is_thing(self, slot: Slot) -> bool:
        """Whether a word without a capital is used as a noun in the materials."""
        told = slot.term.kind == DEFINED or slot.term.kind == "name"
        return told or self.nouns.is_thing(self.face(slot))

    def face(self, slot: Slot) -> str:
        """Return how a slot's words are written when they do not begin a sentence."""
        return self.faces.get(fold(slot.key, self.language), slot.key)

    def rivals(self, slot: Slot, dice: random.Random, defined: bool = False) -> list[str]:
        """Return three wrong options for a slot, the best first; fewer when there are none. `defined`
        says that its sentence gives its meaning, so that any other defined term is wrong."""
        if slot.figure:
            return self._figures(slot, dice)
        if not self.is_thing(slot):
            return []
        ranked = []
        for name, places in self.seen.items():
            if not self.is_thing(places[0]) or not self._may(slot, name, places):
                continue
            face = self.faces.get(name, places[0].key)
            fits = self.looks_like(face, self.face(slot)) and self._agrees(slot, places, face)
            if fits and self._of_one_sort(slot, places, face, defined):
                ranked.append(
                    (self._likeness(slot, places, face) + 0.2 * dice.random(), face, name)
                )
        ranked.sort(reverse=True)
        chosen: list[str] = []
        for likeness, face, _name in ranked:
            if likeness < 0.6:
                break
            if all(apart(face, other, self.language) for other in chosen):
                chosen.append(face)
            if len(chosen) == ENOUGH:
                break
        return chosen

    def _figures(self, slot: Slot, dice: random.Random) -> list[str]:
        text = slot.sentence.text
        if text[slot.end : slot.end + 1] in ("'", "’"):
            return []  # the Turkish ending goes by how the figure is spoken
        if shape(slot.key) == "year" and re.match(
            r"\s+(?:rpm|U/min|[kcm]?[mgl])\b", text[slot.end :], re.I
        ):
            return []  # 1800 of something is no year, though it looks like one
        made = figures.near(slot.key, dice, ENOUGH + 4, min(figures.LATEST, self.latest + 8))
        told = {fold(each) for each in content_words(slot.sentence.source.text, self.language)}
        return [each for each in made if each not in text and fold(each) not in told][:ENOUGH]

    def _may(self, slot: Slot, name: str, places: list[Slot]) -> bool:
        """Whether an option is wrong for sure, as far as the materials tell."""
        key = fold(slot.key, self.language)
        if name == key or not apart(name, key, self.language):
            return False
        if places[0].stems & slot.stems or f" {name} " in f" {fold(slot.sentence.text)} ":
            return False
        if places[0].stems <= slot.sentence.stems:
            return False
        rest = slot.sentence.stems - slot.stems
        for place in places:
            together = rest & place.sentence.stems
            if len(together) >= max(2, 0.4 * len(rest)):
                return False  # another sentence says much the same of it
        return True

    def looks_like(self, one: str, other: str) -> bool:
        """Whether neither of two texts stands out by its capitals, number, ending or length."""
        first, second = one.split(), other.split()
        if case(one) != case(other) or not alike(one, other) or not alike_in_length(one, other):
            return False
        if form(one, self.language) != form(other, self.language):
            return False
        return abs(len(first) - len(second)) <= (0 if min(len(first), len(second)) == 1 else 1)

    def _agrees(self, slot: Slot, places: list[Slot], face: str) -> bool:
        """Whether an option could stand there by its grammar, as far as that can be seen."""
        key, language = self.face(slot), self.language
        if slot.describes and not any(place.describes for place in places):
            return False
        if not slot.describes and all(place.describes for place in places):
            return False
        an = slot.before in ("a", "an") and language in ("en", "")
        if an and (face[:1].lower() in "aeiou") != (slot.before == "an"):
            return False
        declined = slot.sentence.text[slot.end : slot.end + 1] in ("'", "’")
        if declined and language in ("tr", "az") and harmony(key) != harmony(face):
            return False
        if slot.before[-1:] in ("'", "’") and language not in ("tr", "az"):
            return any(place.before[-1:] in ("'", "’") for place in places)
        if language in GENDERED:
            if slot.before in ARTICLES.get(language, frozenset()):
                return any(place.before == slot.before for place in places)
            return not self._described(slot)
        return True

    def _described(self, slot: Slot) -> bool:
        """Whether an adjective stands before it, whose ending tells what may follow."""
        word = slot.sentence.text[: slot.start].split()[-1:] if slot.before else []
        if not word or not word[0][:1].islower():
            return False
        return slot.before not in stopwords(self.language)

    def _of_one_sort(self, slot: Slot, places: list[Slot], face: str, defined: bool) -> bool:
        """Whether something besides its looks says that an option is of the key's sort."""
        key = self.face(slot)
        near = self.nearness(key, face)
        if near is not None and (near < FAR or near >= SAME):
            return False
        names = {place.term.kind == "name" for place in places} | {slot.term.kind == "name"}
        if len(names) > 1:
            return False
        if self._listed_together(key, face):
            return True
        if names == {True} and (self._a_place(self._all(slot)) or self._a_place(places)):
            return False  # one place may lie in the other, and then both are right
        if near is not None and near >= (KIN if names == {False} else NAMESAKE):
            return True
        if names == {True}:
            return self._together(slot, places) >= 0.5 and len(places) > 1 and near is None
        if len(key) > 5 and key[-4:].lower() == face[-4:].lower():
            return True  # osmosis and mitosis
        return defined and DEFINED in {place.term.kind for place in places}

    def _all(self, slot: Slot) -> list[Slot]:
        return self.seen.get(fold(slot.key, self.language), [slot])

    def _a_place(self, places: list[Slot]) -> bool:
        """Whether something is said to be in, at or near what a name names."""
        return any(
            place.before in _PLACED
            or (
                self.language in ("tr", "az")
                and re.match(
                    r"['’](?:[dt][ae]n?|n[dt][ae]n?)(?!\w)", place.sentence.text[place.end :]
                )
            )
            for place in places
        )

    def _listed_together(self, key: str, face: str) -> bool:
        """Whether some sentence lists both, with only a comma or "and" between them."""
        one, other = (re.escape(fold(each, self.language)) for each in (key, face))
        joined = re.compile(rf"(?<!\w)(?:{one}{_AND}{other}|{other}{_AND}{one})(?!\w)")
        return any(joined.search(text) for text in self.folded)

    def _likeness(self, slot: Slot, places: list[Slot], face: str) -> float:
        """Return how much an option is of the key's sort, by all that can be seen from outside."""
        key = self.face(slot)
        kinds = {place.term.kind for place in places}
        value = 0.6 if slot.term.kind in kinds or {slot.term.kind, *kinds} <= set(WORDS) else 0.0
        value += 0.3 * (DEFINED in kinds)
        value += 0.5 if shape(face) == shape(key) else 0.0
        value += 0.4 if len(face.split()) == len(key.split()) else 0.0
        befores = {place.before for place in places if place.before}
        value += 0.7 if slot.before and slot.before in befores else 0.0
        value += 0.3 if slot.after and slot.after in {place.after for place in places} else 0.0
        endings = min(3, len(face), len(key))
        value += 0.35 if face[-endings:].lower() == key[-endings:].lower() else 0.0
        value += 0.25 if face[-1:].lower() == key[-1:].lower() else -0.1
        value += (
            0.15 if (face[:1].lower() in "aeiouäöü") == (key[:1].lower() in "aeiouäöü") else 0.0
        )
        value += 0.3 if places[0].sentence.source.passage == slot.sentence.source.passage else 0.0
        value += 0.7 * min(1.0, max(place.term.score for place in places))
        value += 0.5 * self._together(slot, places)
        near = self.nearness(key, face)
        if near is not None:
            value += 2.0 * near if near < SAME else -2.0
        value += (
            0.3 * (face.endswith("s") == key.endswith("s")) if language_has_s(self.language) else 0
        )
        value -= 0.5 * (max(len(face), len(key)) > 2.5 * min(len(face), len(key)) + 4)
        return value

    def nearness(self, one: str, other: str) -> float | None:
        """Return how near two terms are in meaning, as a cosine would be if terms of one text lay as far
        apart in every language and for every embedder; None without vectors."""
        first = self.vectors.get(fold(one, self.language))
        second = self.vectors.get(fold(other, self.language))
        if first is None or second is None:
            return None
        return MEDIAN + (_cosine(first, second) - self.middle) / self.spread * (HIGH - MEDIAN)

    def _together(self, slot: Slot, places: list[Slot]) -> float:
        """Return how alike the neighbours of all places of both are, 0..1."""
        own = self.seen.get(fold(slot.key, self.language), [slot])
        one, other = _neighbours(own), _neighbours(places)
        both = sum((one & other).values())
        return both / max(1, min(one.total(), other.total()))


def _cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _spread(vectors: list[list[float]]) -> tuple[float, float]:
    """Return the median of the cosines of all pairs, and how far above it the highest twentieth is."""
    some = vectors[:MOST_COMPARED]
    found = sorted(_cosine(one, other) for one, other in combinations(some, 2))
    if len(found) < FEWEST:
        return MEDIAN, HIGH - MEDIAN
    middle = found[len(found) // 2]
    return middle, max(0.05, found[int(0.95 * len(found))] - middle)


def language_has_s(language: str) -> bool:
    """Whether an s at the end tells many from one."""
    return language in ("en", "fr", "es", "pt", "nl", "")


def _neighbours(places: list[Slot]) -> Counter[str]:
    found: Counter[str] = Counter()
    for place in places:
        found[f"<{place.before}"] += 1
        found[f">{'…' if place.describes else place.after}"] += 1
    return found


def alike_in_length(one: str, other: str) -> bool:
    """Whether neither of two options stands out by its length."""
    short, long = sorted((len(one), len(other)))
    return long <= 2 * short + 4


def apart(one: str, other: str, language: str) -> bool:
    """Whether two options are different things, and not forms of one word."""
    first, second = fold(one, language), fold(other, language)
    if first == second or first in second or second in first:
        return False
    if set(content_words(one, language)) & set(content_words(other, language)):
        return False
    shorter, longest = min(len(first), len(second)), max(len(first), len(second))
    if one[:1].isupper() and first[:4] == second[:4] and shorter >= 4:
        return False  # China and Chinese
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))
    if shared >= 5 and shared >= 0.6 * longest:
        return False
    return not (shorter > 4 and OSA.distance(first, second) <= max(1, shorter // 5))
