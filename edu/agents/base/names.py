"""Names in a question, and whether what was read speaks of them. Pure rules.

A question about Tambora is not answered by a sentence about Krakatau, however alike they are. Only what
surely is a name counts: a word with a capital inside the question; in German, where every noun has one,
one that stands right after a preposition. Scripts without capitals have none that could be told.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from edu.agents.base.evidence import Piece, Weighed, labelled
from edu.common.sources import Source

_LEAST = 4  # letters; shorter ones are told from their long form by nobody ("US", "UK")
_ENDING = 3  # letters at the end of a name that grammar may change
_LIKE = 0.84  # a name so like a word of the materials is that word, misspelt
_BIG = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ\u0400-\u042f"
_NAME = re.compile(rf"(?<![\w'’.-])[{_BIG}][\w-]+")
_GERMAN = re.compile(rf"(?<!\w)(?:in|von|aus|nach|bei|gegen|des) ([{_BIG}][\w-]+)(?=[\s?.,;!]|$)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;¿¡«“\"(]\s*)$")
_SPELT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ß", "ss"), ("ё", "е"), ("ı", "i"))
_GERMAN_LEAST = 5
_LOOKED_AT = 15  # of what was weighed
_OTHER_FIGURE = 0.85  # of the score of a sentence that has not the figures that another has
_LOST = 0.15  # of the score of a sentence that has none of the names near it


def named(question: str, language: str) -> list[str]:
    """Return the names that `question` has, as they stand there, each once."""
    if language == "de":
        found = [each for each in _GERMAN.findall(question) if len(each) >= _GERMAN_LEAST]
        # A material or a quality has no article there either: what ends like a noun is none.
        return list(dict.fromkeys(each for each in found if not _german_noun(each)))
    found = []
    for match in _NAME.finditer(question):
        if _SENTENCE_START.search(question[: match.start()]):
            continue
        parts = [each for each in match.group().split("-") if each[:1].isupper()]
        found += [each for each in parts if len(each) >= _LEAST and not each.isupper()]
    return list(dict.fromkeys(found))


def _german_noun(word: str) -> bool:
    low = word.casefold()
    return low.endswith(
        (
            "ung",
            "heit",
            "keit",
            "schaft",
            "tion",
            "ismus",
            "tät",
            "en",
            "er",
            "nis",
            "ie",
            "ik",
            "es",
        )
    )


def missing(names: Sequence[str], texts: Iterable[str]) -> list[str]:
    """Return those of `names` that none of `texts` has, whatever their ending or spelling."""
    said = {word for text in texts for word in re.findall(r"\w+", _plain(text))}
    return [each for each in names if not _has(_plain(each), said)]


def with_figures(stems: Sequence[str], weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return `weighed` anew, those less that do not have the figures and years among `stems`, when one
    of the best has them: of the rows of a table, the one that is asked for."""
    figures = {each for each in stems if each[:1].isdigit()}
    best = weighed[:_LOOKED_AT]
    if not figures or not any(figures <= set(each.piece.stems) for each in best):
        return list(weighed)
    found = [
        each
        if figures <= set(each.piece.stems)
        else replace(each, score=each.score * _OTHER_FIGURE)
        for each in weighed
    ]
    return sorted(found, key=lambda each: -each.score)


def _has(name: str, said: set[str]) -> bool:
    root = name[: max(_LEAST, len(name) - _ENDING)]
    if name in said or any(word.startswith(root) for word in said):
        return True
    near = [word for word in said if abs(len(word) - len(name)) < 3]
    return bool(get_close_matches(name, near, 1, _LIKE))


def texts(sources: Iterable[Source]) -> list[str]:
    """Return all that is said and written over it in `sources`."""
    return [text for each in sources for text in (each.title, *each.path, each.text)]


def beside(
    names: Sequence[str],
    sources: Sequence[Source],
    pieces: Sequence[Piece],
    chosen: Sequence[Piece],
) -> list[str]:
    """Return those of `names` that neither `chosen` nor the sentences next to them, nor the titles and
    headings over them, have."""
    if not names:
        return []
    near = [
        each.text
        for each in pieces
        if any(
            each.source == one.source and (abs(each.place - one.place) <= 1 or labelled(one))
            for one in chosen
        )
    ]
    over = [
        text for one in chosen for text in (sources[one.source].title, *sources[one.source].path)
    ]
    return missing(names, [*near, *over])


def prefer(
    names: Sequence[str],
    sources: Sequence[Source],
    pieces: Sequence[Piece],
    weighed: Sequence[Weighed],
) -> list[Weighed]:
    """Return `weighed` anew, those less that do not stand near all of `names`."""
    if not names:
        return list(weighed)
    found = []
    for number, each in enumerate(weighed):
        if number < _LOOKED_AT:
            lost = len(beside(names, sources, pieces, [each.piece])) / len(names)
            each = replace(each, score=each.score * (1 - _LOST * lost))
        found.append(each)
    return sorted(found, key=lambda each: -each.score)


def _plain(text: str) -> str:
    """Return `text` so that two spellings of a name become one: small, without accents."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    for spelt, plain in _SPELT:
        text = text.replace(spelt, plain)
    return text
