"""Quotes: found verbatim in their passage, or refused."""

import unicodedata
from functools import lru_cache
from urllib.parse import quote as escaped

from edu.common.sources import Citation, Locator
from edu.multimodal.base.cells import box_of, name_of
from edu.multimodal.logic.reads import passages_by_id
from edu.multimodal.logic.seconds import Spells, said_at
from edu.multimodal.models import Material, Passage

SHOWN = 200  # characters of a quote in an address
_SAME = {
    **dict.fromkeys("‘’‚‛`´ʼ′", "'"),
    **dict.fromkeys("“”„‟«»‹›″", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    "…": "...",
    "\u00ad": "",  # soft hyphen
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\u2060": "",
    "\ufeff": "",
}


@lru_cache(maxsize=4096)
def _sign(character: str) -> str:
    """Return what one sign is compared as: small ligatures, quotes and hyphens in one form."""
    same = _SAME.get(character)
    if same is not None:
        return same
    folded = unicodedata.normalize("NFKC", character)
    return "".join(_SAME.get(each, each) for each in folded)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return `text` in one spelling, and for each sign of it the place in `text` it came from. White
    space is one blank; hyphens inside words, and those that break a word at a line's end, are left out,
    so that a word is the same however it is parted."""
    signs: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1  # a sign may be spelt with marks after it
        for sign in unicodedata.normalize("NFC", "".join(_sign(each) for each in text[at:end])):
            if sign.isspace():
                if sign == "\n" and _hyphen(signs) and text[end : end + 1].isalpha():
                    signs.pop()
                    places.pop()
                elif signs and signs[-1] != " ":
                    signs.append(" ")
                    places.append(at)
                continue
            if sign.isalpha() and _hyphen(signs):
                signs.pop()
                places.pop()
            signs.append(sign)
            places.append(at)
        at = end
    return "".join(signs), places


def _hyphen(signs: list[str]) -> bool:
    return len(signs) > 1 and signs[-1] == "-" and signs[-2].isalpha()


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Return where `quote` stands in `text` as (start, end), or None.

    White space, ligatures, the forms of quotation marks and dashes, and hyphens inside words do not
    matter; letters and their case do.
    """
    plain = quote.strip()
    if not any(sign.isalnum() for sign in plain):
        return None
    at = text.find(plain)
    if at >= 0:
        return at, at + len(plain)
    wanted = _folded(plain)[0].strip()
    folded, places = _folded(text)
    at = folded.find(wanted) if wanted else -1
    if at < 0:
        return None
    end = places[at + len(wanted) - 1] + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return places[at], end


def narrowed(locator: Locator, span: tuple[int, int], length: int, times: Spells = ()) -> Locator:
    """Return the place of the quote itself. Speech can tell, by the `times` of its words; a passage
    that was heard before those were kept is taken to be spoken evenly. For sheets see `rows_of`."""
    if locator.get("kind") != "time" or locator.get("seen"):
        return locator
    if times:
        start, end = said_at(times, *span)
    else:
        begin, seconds = locator["start"], locator["end"] - locator["start"]
        start, end = (round(begin + seconds * at / max(1, length), 2) for at in span)
    return {**locator, "start": start, "end": end}


def rows_of(locator: Locator, span: tuple[int, int], text: str) -> Locator:
    """Return the rows of a sheet that a quote stands in, where each line of the passage is one."""
    box = box_of(str(locator.get("range", ""))) if locator.get("kind") == "cell" else None
    if box is None or text.count("\n") != box[2] - box[0]:
        return locator
    first, last = (text.count("\n", 0, at) for at in span)
    return {**locator, "range": name_of((box[0] + first, box[1], box[0] + last, box[3]))}


def link(material: str, passage: str, quote: str) -> str:
    """Return the address that opens the material at the passage with the quote marked."""
    shown = escaped(quote[:SHOWN], safe="")
    return f"/materials/{material}/?passage={passage}&quote={shown}#p-{passage}"


def cite(passage: str, quote: str) -> Citation | None:
    """Return the citation of `quote` (marker 0), its words as they stand in the passage; None when
    they do not stand there."""
    found = passages_by_id([passage]).get(passage)
    span = find_quote(found.text, quote) if found else None
    if found is None or span is None:
        return None
    exact = found.text[span[0] : span[1]]
    title = Material.objects.values_list("title", flat=True).get(id=found.material)
    times: Spells = ()
    place = rows_of(found.locator, span, found.text)
    if found.locator.get("kind") == "time":
        times = Passage.objects.values_list("times", flat=True).get(id=found.id)
    return Citation(
        marker=0,
        passage=found.id,
        material=found.material,
        title=title,
        locator=narrowed(place, span, len(found.text), times),
        quote=exact,
        url=link(found.material, found.id, exact),
    )
