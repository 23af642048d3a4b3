"""What the author of a tagged PDF says of its pictures, and which of what is drawn on a page each means."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from edu.multimodal.base.album import said_of

_MOST = 20_000  # elements of one page
_MOST_OBJECTS = 20_000
_DEEP = 60
_LONGEST = 8000  # bytes of what is said of one


def described(page: Any, raw: Any) -> list[tuple[str, set[int]]]:
    """Return what is said of pictures on a page of pdfium, and the marks of the content that each is."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    found: list[tuple[str, set[int]]] = []
    try:
        heads = range(min(_MOST, max(0, raw.FPDF_StructTree_CountChildren(tree))))
        above = [raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in heads]
        for element in _below(above, raw):
            if _said(element, raw.FPDF_StructElement_GetType) != "Figure":
                continue
            said, _guessed = said_of(_said(element, raw.FPDF_StructElement_GetAltText))
            if said:
                marks = {mark for each in _below([element], raw) for mark in _marks(each, raw)}
                found.append((said, marks))
    finally:
        raw.FPDF_StructTree_Close(tree)
    return [each for each in found if each[1]]


def _below(elements: list[Any], raw: Any) -> Iterator[Any]:
    """Yield elements and all below them, parents first."""
    waiting = [(each, 0) for each in reversed(elements)]
    seen = 0
    while waiting and seen < _MOST:
        element, depth = waiting.pop()
        if not element:
            continue
        seen += 1
        yield element
        if depth < _DEEP:
            count = min(_MOST, max(0, raw.FPDF_StructElement_CountChildren(element)))
            children = [raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count)]
            waiting += [(each, depth + 1) for each in reversed(children)]


def _marks(element: Any, raw: Any) -> Iterator[int]:
    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    for at in range(min(_MOST, max(0, count))):
        mark = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
        if mark >= 0:
            yield int(mark)


def _said(element: Any, ask: Callable[[Any, Any, int], int]) -> str:
    size = int(ask(element, None, 0))
    if not 2 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(element, buffer, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def boxes(
    page: Any, raw: Any, said: list[tuple[str, set[int]]]
) -> list[tuple[str, list[Any], bool]]:
    """Return for each of what is said the bounds, in the file's units, of all that is drawn for it, and
    whether a picture of dots is among it: then there may be words in it that the page does not know."""
    owner = {mark: number for number, (_text, marks) in enumerate(said) for mark in marks}
    found: list[list[Any]] = [[] for _each in said]
    dotted: set[int] = set()
    for count, thing in enumerate(page.get_objects(max_depth=1)):
        number = owner.get(raw.FPDFPageObj_GetMarkedContentID(thing.raw))
        if number is not None:
            found[number].append(thing.get_bounds())
            if thing.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
                dotted.add(number)
        if count > _MOST_OBJECTS:
            break
    return [(text, found[at], at in dotted) for at, (text, _marks) in enumerate(said)]
