"""Names of people: those who are known, those that stand where names stand, and those that are on a list.

In the words of a person rather one too many is taken for a name than one too few: it is put back after.
What stands in the teaching matter is left, unless it is one of the people of the course.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from edu.inference.base.personal import cues, lists
from edu.inference.base.personal.people import People
from edu.inference.base.personal.small import NEVER, PARTICLES, SMALL
from edu.inference.base.personal.spans import NAME, Span
from edu.inference.base.personal.tokens import (
    CASED,
    Token,
    Vocabulary,
    family,
    given,
    ordinary,
    tokens,
)

_SENTENCE = re.compile(r"(?:^|[.!?:;…。؟\n\"“„«»(\[•*>-])[\s\"'“„«(\[*>-]*$")
_GERMAN = re.compile(
    r"\b(?:ich|und|der|die|das|ist|nicht|mir|mein\w*|ein\w*|wie|was|bitte|für|mit|wir|kann|habe|hat|auf|von)\b",
    re.I,
)


def told(text: str, people: People, matter: Vocabulary) -> Iterator[Span]:
    """Yield the names in the words of a person."""
    found = tokens(text)
    yield from people.whole(text)
    yield from people.parts(text, found, matter)
    at = {token.start: number for number, token in enumerate(found)}
    for match in cues.STRONG.finditer(text):
        yield from _strong(text, found, at.get(match.end()))
    for match in cues.TITLE.finditer(text):
        number = at.get(match.end())
        if number is not None and found[number].big:
            yield from _run(text, found, number, matter, sure=True)
    for match in cues.KIN.finditer(text):
        number = at.get(match.end())
        if number is not None and found[number].big and found[number].low not in SMALL:
            yield from _run(text, found, number, matter, sure=True)
    for match in cues.ARABIC.finditer(text):
        number = at.get(match.end())
        if (
            number is not None
            and found[number].low not in SMALL
            and found[number].low not in matter
        ):
            tied = found[number].low in cues.COMPOUND and number + 1 < len(found)
            yield Span(found[number].start, found[number + tied].end, NAME, 3)
    yield from _arabic(found)
    yield from _signed(text, found)
    german = len(_GERMAN.findall(text)) >= 2
    weak = {match.end() for match in cues.WEAK.finditer(text)}
    yield from _listed(text, found, matter, weak, german)
    yield from _uncased(text, matter)


def _strong(text: str, found: Sequence[Token], number: int | None) -> Iterator[Span]:
    """Yield what comes after words such as `my name is`, whatever it is."""
    if number is None:
        return
    first = last = found[number]
    if not first.big and CASED.match(first.word) and (first.low in SMALL and not given(first.low)):
        return
    count = 1
    for token in found[number + 1 : number + 6]:
        between = text[last.end : token.start]
        if between.strip(" \u00a0") or (last.word.endswith(".") and len(last.word) > 2):
            break
        joined = token.low in PARTICLES and first.big
        cased = CASED.match(token.word)
        goes_on = token.big if (cased and first.big) else token.low not in SMALL
        if not cased:
            tied = last.low in cues.COMPOUND or token.low.startswith("ال")
            goes_on = count < 2 or tied or given(token.low) or family(token.low)
            goes_on = goes_on and token.low not in SMALL
        elif not first.big:
            goes_on = goes_on and count < 3 and (count < 2 or not ordinary(token.low))
        if not goes_on and not joined:
            break
        last, count = token, count + 1
    end = last.end
    while count > 1 and found[number + count - 1].low in PARTICLES:
        count -= 1
        end = found[number + count - 1].end
    yield Span(first.start, end, NAME, 6)


def _arabic(found: Sequence[Token]) -> Iterator[Span]:
    """Yield what comes after the Arabic for `I am`, where it is listed or looks like a whole name."""
    for number, token in enumerate(found[:-1]):
        if token.low not in ("أنا", "انا"):
            continue
        row = found[number + 1 : number + 4]
        listed = [n for n, each in enumerate(row[:2]) if _of_list(each)]
        first = row[0].low not in SMALL and not ordinary(row[0].low)
        if first and len(row) > 1 and row[1].low.startswith("ال") and row[1].low not in SMALL:
            listed.append(1)
        if listed:
            yield Span(row[0].start, row[max(listed)].end, NAME, 3)


def _of_list(token: Token) -> bool:
    return token.low not in SMALL and (given(token.low) or family(token.low))


def _signed(text: str, found: Sequence[Token]) -> Iterator[Span]:
    """Yield the name that a letter is signed with."""
    ending = max(0, len(text.rstrip()) - 120)
    match = cues.SIGNED.search(text.rstrip(), ending)
    if not match or not cues.CLOSING.search(text[ending : match.start("v")]):
        return
    row = [each for each in found if match.start("v") <= each.start < match.end("v")]
    named = [
        each for each in row if each.big or not CASED.match(each.word) or each.low in PARTICLES
    ]
    if 0 < len(row) <= 4 and named == row and any(each.low not in SMALL for each in row):
        yield Span(row[0].start, row[-1].end, NAME, 5)


def _run(
    text: str, found: Sequence[Token], number: int, matter: Vocabulary, sure: bool
) -> Iterator[Span]:
    """Yield the words with a capital from one on that are not of the matter."""
    for token in _sequence(text, found, number):
        if token.low in PARTICLES and not token.big:
            continue
        if token.low not in matter and (sure or not ordinary(token.low)):
            yield Span(token.start, token.end, NAME, 4)


def _sequence(text: str, found: Sequence[Token], number: int) -> list[Token]:
    """Return the words with a capital that stand together from one on, with particles between them."""
    row = [found[number]]
    at = number + 1
    while at < len(found):
        token = found[at]
        between = text[row[-1].end : token.start]
        if between not in (" ", "\u00a0", " \n", "\n", "  ") or "\n" in between:
            break
        small = token.low in PARTICLES and at + 1 < len(found) and found[at + 1].big
        if row[-1].word.endswith(".") and len(row[-1].word) > 3:
            break
        if not token.big and not small:
            break
        row.append(token)
        at += 1
    while row and not row[-1].big:
        row.pop()
    return row


def _listed(
    text: str, found: Sequence[Token], matter: Vocabulary, weak: set[int], german: bool
) -> Iterator[Span]:
    """Yield words with a capital that are, or stand like, names."""
    at = 0
    while at < len(found):
        token = found[at]
        if not CASED.match(token.word):
            if _lone(token, found, at, matter):
                yield Span(token.start, token.end, NAME, 3)
            at += 1
            continue
        if not token.big:
            known = len(token.low) > 3 and given(token.low) and not ordinary(token.low)
            if known and token.start in weak and token.low not in matter:
                yield Span(token.start, token.end, NAME, 3)
            at += 1
            continue
        row = _sequence(text, found, at)
        yield from _judged(text, row, matter, weak, german)
        at += max(1, len(row))


def _lone(token: Token, found: Sequence[Token], at: int, matter: Vocabulary) -> bool:
    """Whether a word of a script without capitals is a name."""
    if len(token.low) < 3 or token.low in matter or token.low in SMALL:
        return False
    if not (given(token.low) or family(token.low)):
        return False
    beside = [found[n] for n in (at - 1, at + 1) if 0 <= n < len(found)]
    pair = any(
        (given(each.low) or family(each.low)) and each.low not in SMALL and len(each.low) > 2
        for each in beside
    )
    return pair or not ordinary(token.low)


def _judged(
    text: str, row: Sequence[Token], matter: Vocabulary, weak: set[int], german: bool
) -> Iterator[Span]:
    row = list(row)
    opening = _opens(text, row[0].start)
    # The first word of a sentence has a capital whatever it is.
    with_me = bool(cues.WITH_ME.match(text, row[-1].end))
    while row and opening and ordinary(row[0].low) and (len(row) > 1 or row[0].start not in weak):
        if with_me and len(row) == 1 and row[0].low not in SMALL | NEVER:
            break
        if (
            given(row[0].low)
            and len(row) > 1
            and row[0].low not in SMALL
            and not ordinary(row[1].low)
        ):
            break
        row.pop(0)
    if not row or _place(text, row):
        return
    big = [
        each for each in row if each.big and not (len(each.low) == 1 and each.word.endswith("."))
    ]
    if not big:
        return
    cued = (
        row[0].start in weak
        or bool(cues.BEFORE.search(text[max(0, row[0].start - 24) : row[0].start]))
        or bool(cues.AFTER.match(text, row[-1].end))
        or bool(cues.TURKISH_AFTER.match(text, row[-1].end))
    )
    strange = [each for each in big if each.low not in matter]
    if not strange:
        return
    listed = [each for each in strange if given(each.low) and not ordinary(each.low)]
    kin = [each for each in strange if family(each.low) and not ordinary(each.low)]
    shouted = all(each.word.isupper() and len(each.word) > 1 for each in big)
    unknown = [each for each in strange if not ordinary(each.low) and not each.word.isupper()]
    if len(big) > 1:
        likely = (
            bool(listed or kin) or len(unknown) == len(big) or (cued and unknown and not german)
        )
        likely = likely or (
            any(given(each.low) for each in strange) and any(family(e.low) for e in big)
        )
        maybe = [each for each in strange if given(each.low) and each.low not in SMALL | NEVER]
        likely = likely or (bool(maybe) and (not german or not ordinary(big[-1].low)))
        if shouted:
            likely = bool(listed or kin)
    else:
        likely = (
            bool(listed)
            or (bool(kin) and cued)
            or (cued and bool(unknown) and not german and not opening)
        )
        likely = likely or (
            bool(unknown) and bool(cues.AFTER.match(text, row[-1].end)) and not german
        )
        likely = likely or (
            cued
            and any(given(each.low) for each in strange)
            and not german
            and row[0].low not in SMALL
        )
        alone = given(row[0].low) and row[0].low not in SMALL | NEVER and not _place(text, row)
        likely = likely or (alone and not opening and not german)
        likely = likely or (with_me and row[0].low not in SMALL | NEVER)
        if german and not likely:
            likely = cued and any(family(e.low) for e in strange) and not ordinary(strange[0].low)
    if not likely:
        return
    if len(strange) == len(big):
        yield Span(row[0].start, row[-1].end, NAME, 3)
    else:
        for each in strange:
            yield Span(each.start, each.end, NAME, 3)


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins here."""
    before = text[max(0, at - 30) : at]
    return bool(_SENTENCE.search(before)) and (at < 30 or bool(before.strip("\"'“„«([*> -")))


def _place(text: str, row: Sequence[Token]) -> bool:
    whole = unicodedata.normalize("NFC", text[row[0].start : row[-1].end]).casefold()
    if whole in lists.countries():
        return True
    return whole in lists.places() and (len(row) > 1 or not given(row[0].low))


def _uncased(text: str, matter: Vocabulary) -> Iterator[Span]:
    """Yield names in scripts without spaces, by what stands beside them."""
    for form, sign in ((cues.HAN, "\u4e00"), (cues.KANA, "\u3040"), (cues.HANGUL, "가")):
        if not any(each >= sign for each in text):
            continue
        for match in form.finditer(text):
            for group, said in match.groupdict().items():
                if said and said not in cues.NO_NAMES and not matter.holds(said):
                    yield Span(*match.span(group), NAME, 5)
