"""Words as the search index knows them: stems of content words, without accents.

They are made here and not by PostgreSQL's own parser, so that a language has the same stemmer, and
Chinese or Thai are cut the same way, whatever server is used.
"""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from edu.common import language as languages

LONGEST = 60  # characters of a lexeme; longer ones are not words
LAST_POSITION = 16000  # PostgreSQL keeps no higher ones
MOST_PLACES = 200  # of one lexeme in a passage
MOST_HEADING = 60
MOST_SENTENCES = 24
MOST_QUERY_WORDS = 32


@lru_cache(maxsize=65536)
def bare(lexeme: str) -> str:
    """Return `lexeme` without accents on Latin, Greek and Cyrillic letters."""
    apart = unicodedata.normalize("NFD", lexeme)
    if len(apart) == len(lexeme):
        return lexeme
    return unicodedata.normalize(
        "NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn")
    )


def lexemes(text: str, language: str) -> list[str]:
    """Return the lexemes of `text` in order, with repeats; `language` may be "" for unknown."""
    found = (bare(word) for word in languages.content_words(text, language))
    return [word for word in found if word and len(word) <= LONGEST and "\x00" not in word]


def quoted(lexeme: str) -> str:
    """Return `lexeme` as a constant of the tsvector and tsquery languages."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def sentence_texts(text: str, language: str) -> list[str]:
    """Return the sentences of a passage; what is hardly one goes with the one before it."""
    found: list[str] = []
    at = 0
    for start, end in languages.sentences(text, language):
        part = text[start:end]
        if found and (len(part.split()) < 3 or len(found) >= MOST_SENTENCES):
            found[-1] = text[at:end]
        else:
            found.append(part)
            at = start
    return found


@dataclass(frozen=True)
class Indexed:
    """A passage as search sees it: `vector` is a tsvector spelt out, `breaks` the places of the last
    lexeme of each sentence, `distinct` its lexemes."""

    vector: str
    breaks: list[int]
    distinct: frozenset[str]


def index(text: str, headings: str, language: str) -> Indexed:
    """Return what search needs of a passage. The words of its headings stand before its text."""
    heading = lexemes(headings, language)[:MOST_HEADING]
    places: dict[str, list[str]] = defaultdict(list)
    for at, lexeme in enumerate(heading, 1):
        places[lexeme].append(f"{at}A")
    at, breaks = len(heading), []
    for sentence in sentence_texts(text, language):
        for lexeme in lexemes(sentence, language):
            at += 1
            if at <= LAST_POSITION and len(places[lexeme]) < MOST_PLACES:
                places[lexeme].append(str(at))
        breaks.append(at)
    spelt = " ".join(f"{quoted(word)}:{','.join(each)}" for word, each in places.items() if each)
    return Indexed(spelt, breaks, frozenset(word for word, each in places.items() if each))


@dataclass(frozen=True)
class QueryWord:
    """A word of a question: `forms` are the lexemes that it may be in the course's languages."""

    text: str
    forms: tuple[str, ...]


def query_words(query: str, spoken: list[str]) -> list[QueryWord]:
    """Return the content words of `query`, each once. `spoken` are the languages of the course's
    passages, commonest first; small words are told by the language that the query is in."""
    own = languages.guess(query) or (spoken[0] if spoken else "")
    found: dict[tuple[str, ...], QueryWord] = {}
    for word in languages.words(query[:2000]):
        ours = lexemes(word, own) if own else lexemes(word, "en")
        if not ours:
            continue
        if len(ours) > 1:  # a run of signs without spaces: each pair is a word
            for pair in ours:
                found.setdefault((pair,), QueryWord(pair, (pair,)))
            continue
        forms = dict.fromkeys(form for each in spoken or [own] for form in lexemes(word, each))
        forms.setdefault(ours[0])
        found.setdefault(tuple(forms), QueryWord(word, tuple(forms)))
    return list(found.values())[:MOST_QUERY_WORDS]
