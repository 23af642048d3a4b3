"""Words as the search index knows them: stems of content words, without accents.

They are made here and not by PostgreSQL's own parser, so that a language has the same stemmer, and
Chinese or Thai are cut the same way, whatever server is used.
"""

import re
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

# 4,310 and 4.310 and 1,00,000, with or without a fraction; what spaces or apostrophes part comes as words.
_GROUPED = re.compile(
    r"(?:([1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.([0-9]+))?"
    r"|([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?)"
)
_PARTED = re.compile(
    r"(?<![\w.,:'’])(?<![0-9][ \u00a0\u2009\u202f])[1-9][0-9]{0,2}"
    r"(?:(?:[ \u00a0\u2009\u202f][0-9]{3}){1,3}|(?:['’][0-9]{3})+)"
    r"(?!\w|[.,:'’]?[0-9]|[ \u00a0\u2009\u202f][0-9])"
)
_WHOLE = re.compile(r"[1-9][0-9]{3,14}")


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
    text = _PARTED.sub(lambda match: f"{match[0]} {_digits(match[0])}", text)
    found = (_plain(bare(word)) for word in languages.content_words(text, language))
    return [word for word in found if word and len(word) <= LONGEST and "\x00" not in word]


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())


def _plain(word: str) -> str:
    """Return a number without what sets its thousands apart; any other word as it is."""
    if not (grouped := _GROUPED.fullmatch(word)):
        return word
    whole, fraction = grouped[1] or grouped[3], grouped[2] or grouped[4]
    return f"{_digits(whole)}.{fraction}" if fraction else _digits(whole)


def _spelt(form: str) -> list[str]:
    """Return how the index spelt a number of this lexeme before it left out what sets thousands apart."""
    if not _WHOLE.fullmatch(form):
        return []
    return [f"{int(form):,}", f"{int(form):,}".replace(",", ".")]


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
    query = query[:2000]
    # An index of before has only the parts of 4 310; the last tells most.
    last = {_digits(each[0]): each[0][-3:] for each in _PARTED.finditer(query)}
    query = _PARTED.sub(lambda match: _digits(match[0]), query)
    for word in languages.words(query):
        ours = lexemes(word, own) if own else lexemes(word, "en")
        if not ours:
            continue
        if len(ours) > 1:  # a run of signs without spaces: each pair is a word
            for pair in ours:
                found.setdefault((pair,), QueryWord(pair, (pair,)))
            continue
        forms = dict.fromkeys(form for each in spoken or [own] for form in lexemes(word, each))
        forms.setdefault(ours[0])
        if ours[0][0].isdigit():
            more = [word, *_spelt(ours[0]), *([last[word]] if word in last else [])]
            forms |= dict.fromkeys(more)
        found.setdefault(tuple(forms), QueryWord(word, tuple(forms)))
    return list(found.values())[:MOST_QUERY_WORDS]
