"""Passages that say the same are one hit of a search, with the places where it stands as well.

A fingerprint of 64 bits (Charikar's simhash, of the words and pairs of words of a text) is kept with each
passage: those of texts that are nearly the same differ in few bits. Two that do are then compared word for
word, as a likeness by chance must hide nothing. Nothing is deleted: who searches in one material finds
its own copy.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from edu.common.language import words
from edu.common.sources import Place, Source
from edu.multimodal.data import Found
from edu.multimodal.models import Passage

# Bits of 64 in which the fingerprints of two versions may differ: on the paragraphs of SQuAD 2.0, 3 in 100
# pairs by chance, and 98 in 100 versions with every tenth word another one.
NEAR = 16
SAME = 0.75  # of the words and pairs of the longer one stand in the other
LOOKED_AT = 50  # hits that a search is asked for, so that copies do not take the places of others
PLAIN = 40  # words: in a shorter text another number is another matter
SHORT = 8  # words: a shorter text must be the same but for the number of its page
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")


def shingles(text: str) -> list[str]:
    """Return the words and the pairs of neighbouring words of `text`, however it is written; signs by
    two where no space parts words. Numbers at its ends, as of a page, are left out."""
    found: list[str] = []
    for word in words(unicodedata.normalize("NFKC", text).casefold()):
        if _SPACELESS.fullmatch(word):
            found += [word[at : at + 2] for at in range(len(word) - 1)]
        else:
            found.append(word)
    while len(found) > 1 and found[-1].isdigit():
        found.pop()
    while len(found) > 1 and found[0].isdigit():
        found.pop(0)
    return [*found, *(f"{one} {two}" for one, two in pairwise(found))]


def fingerprint(text: str) -> int:
    """Return the fingerprint of a text, as a signed number of 64 bits."""
    found = shingles(text) or [text.strip()]
    marks = b"".join(blake2b(each.encode(), digest_size=8).digest() for each in found)
    bits = np.unpackbits(np.frombuffer(marks, dtype=np.uint8).reshape(-1, 8), axis=1)
    most = (2 * bits.sum(axis=0, dtype=np.int64) > len(found)).astype(np.uint8)
    return int.from_bytes(np.packbits(most).tobytes(), signed=True)


def apart(one: int, two: int) -> int:
    """Return in how many bits two fingerprints differ."""
    return ((one ^ two) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()


def same(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether of two texts, by their shingles, the one says nothing that the other does not."""
    if min(len(one), len(two)) < 2 * SHORT:
        return list(one) == list(two)
    first, second = set(one), set(two)
    if min(len(one), len(two)) < 2 * PLAIN:
        numbers = {each for each in first ^ second if each[:1].isdigit() and " " not in each}
        if numbers & first and numbers & second:  # the same sum with other numbers is another one
            return False
    return len(first & second) >= SAME * max(len(first), len(second))


def once(found: Found, limit: int) -> Found:
    """Return the first `limit` hits that are not the same, each with the other places where it stands. Of
    those that are the same the best hit stays; copies are looked for among all hits of `found`."""
    ids = [hit.passage for hit in found.results]
    rows = Passage.objects.filter(id__in=ids).values_list("id", "fingerprint")
    marks = {str(each): mark for each, mark in rows if mark is not None}
    return Found(folded(found.results, marks)[: max(1, limit)], found.relevant)


def folded(hits: Sequence[Source], marks: Mapping[str, int]) -> list[Source]:
    """Return `hits`, best first, without those that are the same as one before, which gets their places.
    `marks` are fingerprints by passage; a passage without one gets it here."""
    first: list[Source] = []
    also: list[list[Place]] = []
    seen: list[int] = []
    said = cache(shingles)
    for hit in hits:
        mark = marks[hit.passage] if hit.passage in marks else fingerprint(hit.text)
        for at, other in enumerate(first):
            if apart(mark, seen[at]) <= NEAR and same(said(other.text), said(hit.text)):
                also[at].append(Place(hit.passage, hit.material, hit.title, hit.locator))
                break
        else:
            first.append(hit)
            also.append([])
            seen.append(mark)
    return [replace(hit, also=places) for hit, places in zip(first, also, strict=True)]
