"""Where formulas stand in a text."""
# ruff: noqa: UP031  (patterns are full of braces)

import re
from collections.abc import Iterator

from edu.common.formulas.words import ACCENTS, COMMANDS, FUNCTIONS, GREEK, LARGE

LONGEST = 2000  # signs of one formula

_ENVIRONMENTS = r"equation|align|aligned|gather|multline|eqnarray|displaymath|math"
_MARKED = re.compile(
    r"\$\$(?P<a>.{1,%(n)d}?)\$\$"
    r"|\\\[(?P<b>.{1,%(n)d}?)\\\]"
    r"|\\\((?P<c>.{1,%(n)d}?)\\\)"
    r"|\\begin\{(?P<name>%(e)s)\*?\}(?P<d>.{1,%(n)d}?)\\end\{(?P=name)\*?\}"
    # As Pandoc has it, so that "$5 and $10" are amounts: no blank inside, no figure behind.
    r"|(?<![\\$\w])\$(?P<f>(?=[^\s$])[^$\n]{1,400}?(?<=[^\s\\$]))\$(?![\d$])"
    % {"n": LONGEST, "e": _ENVIRONMENTS},
    re.S,
)
_KNOWN = "|".join(
    sorted(
        {
            *COMMANDS, *GREEK, *(each.capitalize() for each in GREEK), *FUNCTIONS, *LARGE, *ACCENTS,
            "frac", "dfrac", "tfrac", "sqrt", "binom", "varepsilon", "vartheta", "varphi",
        },
        key=len,
        reverse=True,
    )
)  # fmt: skip
_BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_BARE = re.compile(
    r"(?:[^\s\\${}]{0,40})\\(?:%s)(?![a-zA-Z])(?:\s*%s|\\[a-zA-Z]+ ?|\[[^\]\s]*\]"
    r"|[^\s\\{}.,;:?!]|[.,:](?=[^\s])|\s(?=[-+=<>*/^_&]\s?\S)|(?<=[-+=<>*/])\s)*"
    % (_KNOWN, _BRACED)
)
_UP = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207f\u2071"
_DOWN = "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u2099\u1d62\u2c7c"
_STRONG = (
    _UP
    + _DOWN
    + "\u221a\u221b\u221c\u2211\u220f\u222b\u222c\u222e\u221e\u2202\u2207\u2208\u2209\u2282"
    "\u2286\u2283\u222a\u2229\u2205\u2200\u2203\u00ac\u2227\u2228\u21d2\u21d4\u2264\u2265\u2260\u2248"
    "\u2261\u221d\u00b1\u2213\u00d7\u00f7\u22c5\u2192\u21cc\u226a\u226b\u2245\u223c\u21a6\u2216\u2225"
    "\u22a5\u2220\u2234\u00bd\u2153\u2154\u00bc\u00be\u2212"
)
_LETTER = r"[^\W\d_%s\u2070-\u209c\u2150-\u215f]" % "\u00b2\u00b3\u00b9\u00bc\u00bd\u00be"
_TERM = (
    r"(?:(?:%(f)s)(?!%(l)s)|\d+(?:[.,]\d+)*|%(l)s(?!%(l)s)|%(l)s{2,3}(?=\^|[\u00b2\u00b3\u207a\u207b])"
    % {
        "f": "|".join(FUNCTIONS),
        "l": _LETTER,
    }
    + r"|[A-Z][a-z]?(?=[A-Z]?[a-z]?[\u2080-\u2089])|[%s])"
    % (re.escape(_STRONG) + "\u00b7\u2032\u2033\u2026\u22ef\u00b0")
)
_PLAIN = re.compile(
    r"(?<![\w%(s)s\\])(?:%(t)s|[(\[|])(?:\s?(?:%(t)s|[-+=<>*/^_()\[\]|{}!%%,]))*"
    % {"t": _TERM, "s": re.escape(_STRONG)}
)
_EQUATION = re.compile(r"(?:[\w)\]]\s*=\s*[-\w(\[])|(?:[\w)\]]\^[-\w({])")
_GREEK = re.compile(r"[\u0370-\u03ff]")


def stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (begin, end, formula) of the formulas in `text`, in order."""
    at = 0
    for found in _MARKED.finditer(text):
        yield from _unmarked(text, at, found.start())
        inside = next(found[name] for name in "abcdf" if found[name] is not None)
        yield found.start(), found.end(), inside
        at = found.end()
    yield from _unmarked(text, at, len(text))


def _unmarked(text: str, at: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in _BARE.finditer(text, at, end) if "\\" in text else ():
        yield from _plain(text, at, found.start())
        yield found.start(), found.end(), found[0]
        at = found.end()
    yield from _plain(text, at, end)


def _plain(text: str, at: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield stretches of single letters, numbers and signs that only a formula has."""
    greek = bool(re.search(r"[\u0370-\u03ff]{2,}", text))  # a text in Greek is no formula
    for found in _PLAIN.finditer(text, at, end):
        part = found[0].rstrip(" ([{-+*/=<>|,")
        strong = any(sign in _STRONG for sign in part) or _EQUATION.search(part)
        if not strong and not (not greek and _GREEK.search(part)):
            continue
        if greek and not any(sign in _STRONG for sign in part):
            continue
        yield found.start(), found.start() + len(part), part
