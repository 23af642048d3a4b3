"""What a course is about, from its passages alone: the objectives to propose.

Headings that people wrote come first; where there are too many, neighbours that speak of the same are
put together; where there are none, the key terms of stretches of text stand in for them.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from edu.common.definitions import definitions
from edu.common.language import content_words, count_words, detect
from edu.common.terms import Term, key_terms
from edu.courses.data import Proposal

FEWEST, MOST = 3, 10
_STRETCH = 350  # words that a proposal stands on, at the least, where there are no headings
_TERMS = 8
_WEIGHT = 20  # content words under which a heading stands for nothing
_LARGEST = 0.7  # of all words: one topic with more hides others
_NUMBERING = re.compile(
    r"^\s*(?:(?:chapter|lesson|unit|part|section|module|week|lecture|kapitel|lektion|teil|abschnitt|einheit|"
    r"chapitre|leçon|partie|capítulo|lección|unidad|tema|capitolo|lezione|unità|hoofdstuk|les|bölüm|ünite|"
    r"глава|урок|раздел|розділ|rozdział|lekcja|kapitola|الفصل|الدرس|الوحدة)\s+(?:[\divxlc]+|الأول|الثاني|الثالث)"
    r"\b\s*[.:–—-]*|§?\s*\d{1,2}(?:\.\d{1,3})*\s*(?:[.):–—-]+\s*|\s)|[ivxlc]+[.)]|[A-Z][.)])\s*",
    re.IGNORECASE,
)
_EMPTY_TITLES = """
introduction|overview|summary|conclusion|conclusions|contents|table of contents|index|
concept index|subject index|general index|references|bibliography|literature|further reading|
appendix|preface|foreword|acknowledgements|acknowledgments|glossary|exercises|exercise|problems|
questions|review questions|answers|solutions|notes|outline|agenda|thank you|abstract|discussion|
results|methods|learning objectives|objectives|key terms|see also|external links|figures|tables|
einleitung|einführung|überblick|zusammenfassung|fazit|schluss|inhalt|inhaltsverzeichnis|
register|sachregister|stichwortverzeichnis|literatur|literaturverzeichnis|quellen|anhang|
vorwort|glossar|übungen|übung|aufgaben|fragen|lösungen|anmerkungen|lernziele|gliederung|
vielen dank|danke|ausblick|weblinks|siehe auch|einzelnachweise|aperçu|résumé|sommaire|
table des matières|références|bibliographie|annexe|préface|exercices|réponses|remerciements|
objectifs|merci|introducción|resumen|conclusión|conclusiones|índice|contenido|referencias|
bibliografía|anexo|prólogo|ejercicios|preguntas|respuestas|objetivos|gracias|glosario|
introduzione|sommario|riassunto|conclusione|conclusioni|indice|riferimenti|bibliografia|
appendice|esercizi|domande|obiettivi|grazie|introdução|resumo|conclusão|sumário|referências|
exercícios|perguntas|inleiding|samenvatting|conclusie|inhoud|literatuur|bijlage|oefeningen|
vragen|giriş|özet|sonuç|içindekiler|kaynaklar|kaynakça|ek|alıştırmalar|sorular|önsöz|введение|
заключение|содержание|литература|выводы|упражнения|вопросы|вступ|висновки|зміст|література|
wstęp|podsumowanie|spis treści|ćwiczenia|pytania|inledning|sammanfattning|innehåll|övningar|
مقدمة|المقدمة|خاتمة|الخاتمة|ملخص|الملخص|الفهرس|المراجع|تمارين|أسئلة|
"""
_NO_TITLE = frozenset(each.strip() for each in _EMPTY_TITLES.replace("\n", "").split("|"))


@dataclass(frozen=True)
class Said:
    """A passage: its text, the headings above it, its language, and the material that it is of."""

    text: str
    path: tuple[str, ...] = ()
    language: str = ""
    material: str = ""


@dataclass
class _Topic:
    """Passages that go together, and what people called them."""

    titles: list[str]
    passages: list[Said]
    words: Counter[str] = field(default_factory=Counter)

    def join(self, other: "_Topic") -> None:
        self.titles += [each for each in other.titles if each not in self.titles]
        self.passages += other.passages
        self.words.update(other.words)


def propose(passages: Sequence[Said], language: str = "", most: int = MOST) -> list[Proposal]:
    """Return three to ten objectives that `passages` (of one material or a whole course, in order) are
    about, in the order in which they are taught; fewer when there is hardly any text, or `most` is less."""
    if not passages:
        return []
    language = language or detect(" ".join(each.text for each in passages[:20]))
    topics = _by_headings(passages, language)
    if len(topics) < FEWEST:
        by_terms = _by_stretches(passages, language)
        topics = by_terms if len(by_terms) > len(topics) else topics
    topics = _fewer(topics, most)
    return _titled(topics, language)


def clean(heading: str) -> str:
    """Return a heading as the title of an objective: no number, no shouting; "" when it says nothing."""
    title = " ".join(heading.split())
    for _ in range(2):
        title = _NUMBERING.sub("", f"{title} ", count=1).strip(" .:–—-\t")
    plain = title.casefold().strip(" .:!?")
    if plain in _NO_TITLE or "@" in title or sum(map(str.isalpha, title)) < 3:
        return ""
    if title.isupper() and len(title) > 5:
        title = title[:1] + title[1:].lower()
    title = re.sub(
        r"\s*\((?:cont(?:inued|\.)?|forts(?:etzung|\.)?|suite|\d+(?:/\d+)?)\)$",
        "",
        title,
        flags=re.I,
    )
    return _capital(title[:120])


def _by_headings(passages: Sequence[Said], language: str) -> list[_Topic]:
    """Return topics by the level of headings that parts the passages best."""
    best: list[_Topic] = []
    deepest = max(len(each.path) for each in passages)
    for depth in range(deepest):
        topics = _weighty(_at_depth(passages, depth, language))
        sizes = [sum(topic.words.values()) for topic in topics]
        if len(topics) >= FEWEST and max(sizes) <= _LARGEST * sum(sizes):
            return topics
        if len(topics) > len(best):
            best = topics
    return best


def _weighty(topics: list[_Topic]) -> list[_Topic]:
    """Return topics with a title and enough words; others join the one before them, or the next."""
    enough = min(_WEIGHT, max(sum(topic.words.values()) for topic in topics) // 4)
    found: list[_Topic] = []
    waiting: list[_Topic] = []
    for topic in topics:
        if topic.titles and sum(topic.words.values()) >= enough:
            for light in waiting:
                topic.passages = light.passages + topic.passages
                topic.words.update(light.words)
            waiting = []
            found.append(topic)
        elif found:
            found[-1].passages += topic.passages
            found[-1].words.update(topic.words)
        else:
            waiting.append(topic)
    return found


def _at_depth(passages: Sequence[Said], depth: int, language: str) -> list[_Topic]:
    """Return topics by the heading at `depth`; what has none that deep goes by its deepest."""
    topics: list[_Topic] = []
    known: dict[tuple[str, ...], _Topic] = {}
    for each in passages:
        titles = [title for title in map(clean, each.path[: depth + 1]) if title]
        title = titles[-1] if titles and len(each.path) > depth - 1 else ""
        key = tuple(sorted(set(content_words(title, language)))) or (title,)
        if not title:
            # Introductions and the like belong to what comes after them, or before.
            key = ("",)
        if key not in known:
            known[key] = _Topic([title] if title else [], [])
            topics.append(known[key])
        known[key].passages.append(each)
        known[key].words.update(content_words(each.text, each.language or language))
    return topics


def _by_stretches(passages: Sequence[Said], language: str) -> list[_Topic]:
    """Return topics that are stretches of text, parted where the words change most."""
    words = [Counter(content_words(each.text, each.language or language)) for each in passages]
    total = sum(count_words(each.text) for each in passages)
    wanted = max(1, min(6, total // _STRETCH, len(passages)))
    wanted = max(wanted, min(FEWEST, len(passages)))
    topics = [
        _Topic([], [each], Counter(count)) for each, count in zip(passages, words, strict=True)
    ]
    _merge(topics, wanted)
    if len(topics) < FEWEST:
        return _by_terms(passages, words, language)
    return topics


def _by_terms(passages: Sequence[Said], words: list[Counter[str]], language: str) -> list[_Topic]:
    """Return a topic for each of the best terms of a text too short to be parted."""
    terms = [
        term
        for term in key_terms([each.text for each in passages], language, 20)
        if term.kind in ("term", "name") and len(term.text) > 2
    ]
    topics: list[_Topic] = []
    used: set[str] = set()
    for term in terms:
        key = set(content_words(term.text, language))
        if key & used:
            continue
        used |= key
        about = [each for each in passages if term.text.casefold() in each.text.casefold()]
        topics.append(_Topic([_capital(term.text)], about or list(passages[:1]), Counter(key)))
        if len(topics) == FEWEST:
            break
    return topics


def _fewer(topics: list[_Topic], most: int) -> list[_Topic]:
    """Put topics together until there are not too many."""
    topics = list(topics)
    _merge(topics, most)
    return topics


def _merge(topics: list[_Topic], wanted: int) -> None:
    """Join the two neighbours that are most alike, and small, until `wanted` are left."""
    weigh = _rarity([topic.words for topic in topics])
    size = sum(sum(topic.words.values()) for topic in topics) / max(1, wanted)

    def pull(pair: tuple[int, tuple[_Topic, _Topic]]) -> float:
        one, two = pair[1]
        both = sum(one.words.values()) + sum(two.words.values())
        far = one.passages[-1].material != two.passages[0].material
        return _likeness(one.words, two.words, weigh) - 0.5 * both / max(1.0, size) - 0.2 * far

    while len(topics) > wanted:
        at, _pair = max(enumerate(pairwise(topics)), key=pull)
        topics[at].join(topics.pop(at + 1))


def _rarity(groups: Sequence[Counter[str]]) -> dict[str, float]:
    """Return the weight of each word: much for those that few groups have."""
    spread = Counter(word for group in groups for word in group)
    return {word: math.log(1 + len(groups) / count) for word, count in spread.items()}


def _likeness(one: Counter[str], two: Counter[str], weigh: dict[str, float]) -> float:
    """Return the cosine of two bags of words, 0..1."""
    shared = sum(one[word] * two[word] * weigh[word] ** 2 for word in one.keys() & two.keys())
    lengths = [math.sqrt(sum((n * weigh[w]) ** 2 for w, n in bag.items())) for bag in (one, two)]
    return shared / (lengths[0] * lengths[1]) if all(lengths) else 0.0


def _titled(topics: list[_Topic], language: str) -> list[Proposal]:
    """Give each topic a title of its own, and the terms that mark it and no other."""
    found = [
        key_terms([each.text for each in topic.passages], language, 40, headings=topic.titles)
        for topic in topics
    ]
    spread = Counter(term.text.casefold() for terms in found for term in terms)
    proposals: list[Proposal] = []
    taken: set[str] = set()
    for topic, terms in zip(topics, found, strict=True):
        own = sorted(
            (term for term in terms if term.kind in ("term", "name")),
            key=lambda term: -term.score * math.log2(1 + term.count) / spread[term.text.casefold()],
        )
        title = _title(topic, own, language, taken)
        if not title:
            continue
        taken.add(title.casefold())
        steady = [term.text for term in own if term.count > 1 or " " in term.text]
        words = (steady if len(steady) > 2 else [term.text for term in own])[:_TERMS]
        proposals.append(Proposal(title, _description(topic, title, own, language), words))
    return proposals


def _title(topic: _Topic, own: list[Term], language: str, taken: set[str]) -> str:
    """Return the heading that says best what a topic is about, or its best term."""
    heads = [title for title in topic.titles if title.casefold() not in taken]
    if heads:
        total = sum(topic.words.values()) or 1

        def fit(title: str) -> float:
            words = content_words(title, language)
            said = sum(topic.words[word] for word in set(words)) / total
            return said - 0.002 * max(0, len(title) - 60) - 0.01 * topic.titles.index(title)

        return max(heads, key=fit)
    used = {word for title in taken for word in content_words(title, language)}
    for lone in (False, True):
        for term in own[:12]:
            fresh = not used & set(content_words(term.text, language))
            if fresh and (lone or " " in term.text or language == "de") and term.count > 1:
                return _capital(term.text)
    return _capital(own[0].text) if own and own[0].text.casefold() not in taken else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _description(topic: _Topic, title: str, own: Iterable[Term], language: str) -> str:
    """Return a sentence of the materials that says what the topic is; "" when none does."""
    wanted = [set(content_words(title, language))]
    wanted += [set(content_words(term.text, language)) for term in list(own)[:4]]
    best = ""
    rank = len(wanted)
    for passage in topic.passages[:40]:
        if passage.language not in ("", language):
            continue
        for each in definitions(passage.text, language):
            key = set(content_words(each.term, language))
            at = next((n for n, words in enumerate(wanted) if key and key <= words), rank)
            if at < rank and len(each.sentence) <= 240:
                best, rank = each.sentence, at
    return best
