"""Questions that give what a term means and ask for the term."""

import re
from dataclasses import dataclass

from edu.agents.base.drafting.slots import Sentence, fit
from edu.common.definitions import definitions
from edu.common.general import GENERAL
from edu.common.language import content_words, count_words, fold
from edu.common.pointing import leans, points_back, pronouns

# What is asked, with the meaning in the language's own quotation marks. A language that is not here is
# asked by gaps only.
ASKED = {
    "en": "Which term is described here: “{meaning}”?",
    "de": "Welcher Begriff ist hier beschrieben: „{meaning}“?",
    "fr": "Quel terme est décrit ici : « {meaning} » ?",
    "es": "¿Qué término se describe aquí: «{meaning}»?",
    "it": "Quale termine è descritto qui: «{meaning}»?",
    "pt": "Que termo é descrito aqui: «{meaning}»?",
    "nl": "Welk begrip wordt hier beschreven: “{meaning}”?",
    "sv": "Vilket begrepp beskrivs här: ”{meaning}”?",
    "pl": "Jaki termin jest tu opisany: „{meaning}”?",
    "ru": "Какой термин здесь описан: «{meaning}»?",
    "uk": "Який термін тут описано: «{meaning}»?",
    "tr": "Burada hangi terim anlatılıyor: “{meaning}”?",
    "ar": "ما المصطلح الموصوف هنا: «{meaning}»؟",
}
LONGEST = 220
PARTS = re.compile(
    r"consist|made (?:up )?of|besteh|consiste|compon|formad|bestaat|består|состоит|polega|يتكون|تتكون",
    re.I,
)


@dataclass(frozen=True)
class Defined:
    """A term with what its sentence says it is."""

    sentence: Sentence
    term: str
    stem: str
    stems: frozenset[str]
    worth: float


def defined_in(sentence: Sentence, known: set[str]) -> Defined | None:
    """Return the question that a defining sentence makes; None when it is none. `known` are the folded
    key terms of the materials."""
    template = ASKED.get(sentence.language)
    found = definitions(sentence.text, sentence.language) if template else []
    if not found or template is None:
        return None
    term, language = found[0].term.strip(), sentence.language
    meaning = cut(found[0].meaning)
    stems = frozenset(content_words(term, language))
    asked = content_words(meaning, language)
    if not stems or stems & set(asked) or not count_words(meaning) >= 5 or len(set(asked)) < 4:
        return None
    if len(term.split()) > 4 or fold(term, language) in GENERAL.get(language, frozenset()):
        return None
    between = sentence.text[sentence.text.find(term) + len(term) : sentence.text.find(meaning[:20])]
    if PARTS.search(between):
        return None  # what something is made of is not what it is
    if leans(meaning, language) or points_back(meaning, language) or pronouns(meaning, language):
        return None
    if re.search(r"\be\.g\.|\bz\. ?B\.|\(|\"|“|„|«", meaning) or not _begins(sentence, term):
        return None
    worth = 0.9 + 0.4 * (fold(term, language) in known) + 0.3 * fit(sentence.text, language)
    return Defined(sentence, term, template.format(meaning=meaning), stems, worth)


def _begins(sentence: Sentence, term: str) -> bool:
    """The term is what the sentence is about: it stands near its beginning, or is what something is
    called at its end."""
    at = sentence.text.find(term)
    before = count_words(sentence.text[:at]) if at > 0 else 0
    after = count_words(sentence.text[at + len(term) :]) if at >= 0 else 0
    return at >= 0 and (before <= 3 or after <= 3)


def cut(meaning: str) -> str:
    """Return a meaning without what follows its first full thought, when it is long."""
    meaning = meaning.strip().rstrip(".;:, ")
    if len(meaning) <= LONGEST:
        return meaning
    for mark in ("; ", ", which ", ", and ", ", wobei ", ", "):
        at = meaning.rfind(mark, 60, LONGEST)
        if at > 0:
            return meaning[:at]
    return ""
