"""A few lines of a passage around the words that were searched, with these words marked."""

from edu.common import language as languages
from edu.multimodal.logic.lexemes import lexemes, query_words

WORDS = 44  # of an excerpt
LEAD = 8  # words before the first match


def excerpt(text: str, query: str, language: str) -> list[list[str]]:
    """Return pieces of `text` in order as [words, mark]: `mark` is "mark" for what the query asks for,
    "cut" for the dots where something is left out, else ""."""
    spans = languages.word_spans(text)
    if not spans:
        return [[text[:300], ""]]
    wanted = {form for word in query_words(query, [language]) for form in word.forms}
    hits = [bool(wanted & set(lexemes(text[a:b], language))) for a, b in spans]
    first = _best(hits)
    last = min(len(spans), first + WORDS)
    begin = spans[first][0] if first else 0
    end = spans[last - 1][1] if last < len(spans) else len(text)
    pieces: list[list[str]] = [["… ", "cut"]] if first else []
    at = begin
    for number in range(first, last):
        if hits[number]:
            a, b = spans[number]
            pieces += [[text[at:a], ""], [text[a:b], "mark"]]
            at = b
    pieces.append([text[at:end], ""])
    if last < len(spans):
        pieces.append([" …", "cut"])
    return [piece for piece in pieces if piece[0]]


def _best(hits: list[bool]) -> int:
    """Return the word with which the excerpt that holds most matches begins."""
    if len(hits) <= WORDS:
        return 0
    best, most = 0, -1
    for start in range(len(hits)):
        if start and not hits[start]:
            continue
        count = sum(hits[start : start + WORDS - LEAD])
        if count > most:
            best, most = start, count
    return max(0, min(best - LEAD, len(hits) - WORDS))
