"""A formula, LaTeX or plain signs, as a tree.

Nodes are tuples, the first of which says what they are:
row (nodes), text (letters or a number), sign (a character), greek (name, whether it is a capital), frac and
choose (two nodes), root (its number or None, a node), sup and sub (a node, a node), large (name, what is
under it and over it, or None), fn (name), accent (name, a node), group (a node), abs (a node), matrix (rows
of cells).
"""

import re
import unicodedata
from typing import Any

from edu.common.formulas.words import (
    ACCENTS,
    COMMANDS,
    FUNCTIONS,
    GREEK,
    LARGE,
    OTHER_GREEK,
)

Node = tuple[Any, ...]
DEEPEST = 40

_LETTERS = {sign: name for name, sign in GREEK.items()} | OTHER_GREEK
_CAPITALS = {sign.upper(): name for name, sign in GREEK.items()}
_LARGE = {sign: name for name, sign in LARGE.items() if sign}
_ROOTS = {"\u221a": None, "\u221b": "3", "\u221c": "4"}
_PIECE = re.compile(
    r"\\[a-zA-Z]+\*?|\\.|\d+(?:[.,]\d+)*|[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u0370-\u03ff]+"
    r"|\s+|.",
    re.S,
)
_SKIPPED = {"left", "right", "big", "Big", "bigg", "Bigg", "displaystyle", "textstyle", "limits",
            "nolimits", "quad", "qquad", "nonumber", "notag", "hline", "bigl", "bigr"}  # fmt: skip
_TEXTS = {"text", "textrm", "textbf", "textit", "mathrm", "operatorname", "mbox", "mathit", "mathbf",
          "mathbb", "mathcal", "mathfrak", "mathsf", "boldsymbol", "bm"}  # fmt: skip
_FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac"}
_OPEN = {"(": ")", "[": "]"}


def read(formula: str) -> Node:
    """Return the tree of a formula. What is not known is left out, and what is not closed ends at the end."""
    return _Reader(formula).row(())


class _Reader:
    def __init__(self, formula: str) -> None:
        latex = any(sign in formula for sign in "\\^_{}")
        self.pieces: list[str] = []
        for piece in _PIECE.findall(formula):
            if latex and piece.isalpha() and piece not in FUNCTIONS:
                self.pieces += list(piece)
            else:
                self.pieces.append(piece)
        self.at = 0
        self.deep = 0

    def _peek(self) -> str:
        while self.at < len(self.pieces) and (
            self.pieces[self.at].isspace()
            or self.pieces[self.at] in ("\\,", "\\;", "\\:", "\\!", "\\ ")
        ):
            self.at += 1
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def _next(self) -> str:
        piece = self._peek()
        self.at += 1
        return piece

    def row(self, ends: tuple[str, ...]) -> Node:
        """Read up to one of `ends`, which is taken."""
        found: list[Node] = []
        self.deep += 1
        while (piece := self._peek()) and piece not in ends:
            if self.deep > DEEPEST:
                self.at += 1
                continue
            self._one(found)
        self.at += 1
        self.deep -= 1
        return found[0] if len(found) == 1 else ("row", found)

    def _one(self, found: list[Node]) -> None:
        """Read one thing, with what stands on and under it."""
        piece = self._peek()
        folded = _script(piece)
        if piece in ("^", "_") or folded:
            self.at += 1
            base = found.pop() if found and found[-1][0] != "sign" else ("text", "")
            kind = "sup" if piece == "^" or (folded and folded[0] == "^") else "sub"
            script = self._scripts(folded) if folded else self.argument()
            stacked = base[0] in ("sup", "sub") and (
                base[0] == kind or base[1][0] in ("sup", "sub")
            )
            found += [base, script] if stacked else [_scripted(kind, base, script)]
            return
        if piece == "'" and found:
            self.at += 1
            found.append(("sign", "\u2032"))
            return
        node = self.atom()
        if node is not None:
            found.append(node)

    def _scripts(self, first: tuple[str, str]) -> Node:
        """Read a run of raised, or lowered, characters."""
        text = first[1]
        while (more := _script(self._peek())) and more[0] == first[0]:
            text += more[1]
            self.at += 1
        return read(text) if len(text) > 1 or not text.isalnum() else ("text", text)

    def argument(self) -> Node:
        """Read what a command or a sign applies to: what is in braces, or the next thing."""
        piece = self._peek()
        if piece == "{":
            self.at += 1
            return self.row(("}",))
        if piece.isdigit() and len(piece) > 1:  # x^23 is x squared, and 3
            self.pieces[self.at] = piece[1:]
            return ("text", piece[0])
        if piece in ("-", "+", "\u2212"):
            self.at += 1
            return ("row", [("sign", "-" if piece != "+" else "+"), self.argument()])
        return self.atom() or ("text", "")

    def atom(self) -> Node | None:
        """Read one thing; None for what says nothing."""
        piece = self._next()
        if self.deep > DEEPEST:
            return None
        self.deep += 1
        try:
            return self._atom(piece)
        finally:
            self.deep -= 1

    def _atom(self, piece: str) -> Node | None:
        if not piece or piece in ("&", "\\\\", "~", "}", "{}", "\\{", "\\}"):
            return ("sign", ",") if piece == "\\\\" else None
        if piece == "{":
            return self.row(("}",))
        if piece in _OPEN:
            return ("group", self.row((_OPEN[piece],)))
        if piece == "|" or piece in ("\\vert", "\\lvert"):
            return ("abs", self.row(("|", "\\vert", "\\rvert")))
        if piece in _ROOTS:
            return ("root", _ROOTS[piece], self._bare_root())
        if piece.startswith("\\"):
            return self._command(piece[1:].rstrip("*"))
        return _plain(piece)

    def _bare_root(self) -> Node:
        found = self.argument()
        return found[1] if found[0] == "group" else found

    def _command(self, name: str) -> Node | None:
        name = name.removeprefix("var") if name.startswith("var") and name[3:] in GREEK else name
        if name in _FRACTIONS:
            return ("frac", self.argument(), self.argument())
        if name in ("binom", "dbinom", "tbinom"):
            return ("choose", self.argument(), self.argument())
        if name == "sqrt":
            number = None
            if self._peek() == "[":
                self.at += 1
                number = self.row(("]",))
            return ("root", number, self.argument())
        if name in ACCENTS:
            short = {"overline": "bar", "widehat": "hat", "overrightarrow": "vec"}.get(name, name)
            return ("accent", short, self.argument())
        if name in _TEXTS:
            return self._text()
        if name in LARGE:
            return ("large", name, None, None)
        if name in FUNCTIONS:
            return ("fn", name)
        if name.lower() in GREEK and name[0].lower() + name[1:] in GREEK:
            return ("greek", name.lower(), name[0].isupper())
        if name in ("begin", "end"):
            return self._environment() if name == "begin" else (self.argument(), None)[1]
        if name in COMMANDS:
            sign = COMMANDS[name]
            return _plain(sign)
        if name in _SKIPPED:
            if name in ("left", "right") and self._peek() == ".":
                self.at += 1
            return None
        return _plain(name) if len(name) == 1 and not name.isalpha() else None

    def _text(self) -> Node:
        if self._peek() != "{":
            return self.argument()
        self.at += 1
        words = ""
        while self.at < len(self.pieces) and self.pieces[self.at] != "}":
            words += self.pieces[self.at]
            self.at += 1
        self.at += 1
        return ("text", " ".join(words.split()))

    def _environment(self) -> Node | None:
        name = ""
        if self._peek() == "{":
            self.at += 1
            while (piece := self._next()) and piece != "}":
                name += piece
        rows: list[list[Node]] = [[]]
        cell: list[Node] = []
        while (piece := self._peek()) and piece != "\\end":
            if piece in ("&", "\\\\"):
                self.at += 1
                rows[-1].append(("row", cell))
                cell = []
                if piece == "\\\\":
                    rows.append([])
            else:
                self._one(cell)
        self.at += 1
        self.argument()
        rows[-1].append(("row", cell))
        if "matrix" in name or name == "array":
            return ("matrix", [row for row in rows if any(each[1] for each in row)])
        flat = [node for row in rows for each in row for node in (*each[1], ("sign", ","))]
        return ("row", flat[:-1])


def _plain(piece: str) -> Node:
    if piece in _LETTERS:
        return ("greek", _LETTERS[piece], False)
    if piece in _CAPITALS and piece not in "ABEZHIKMNOPTYX":
        return ("greek", _CAPITALS[piece], True)
    if piece in _LARGE:
        return ("large", _LARGE[piece], None, None)
    if piece in FUNCTIONS:
        return ("fn", piece)
    folded = unicodedata.normalize("NFKC", piece)
    if "\u2044" in folded:  # a half and the like
        over, _, under = folded.partition("\u2044")
        return ("frac", ("text", over), ("text", under))
    if piece[0].isalnum():
        return ("text", piece)
    return ("sign", piece)


def _script(piece: str) -> tuple[str, str] | None:
    """Return ("^" or "_", the plain character) of a raised or lowered one."""
    if len(piece) != 1:
        return None
    kind = unicodedata.decomposition(piece)
    if not kind.startswith(("<super>", "<sub>")) or piece in "\u00aa\u00ba":
        return None
    return "^" if kind.startswith("<super>") else "_", unicodedata.normalize("NFKC", piece)


def _scripted(kind: str, base: Node, script: Node) -> Node:
    """Return a node with something on or under it; a sum takes it as its bounds."""
    if base[0] == "large":
        return ("large", base[1], script, base[3]) if kind == "sub" else (*base[:3], script)
    if kind == "sup" and script == ("sign", "\u00b0"):
        return ("row", [base, script])
    if kind == "sup" and script[0] == "sign" and script[1] in "\u2032*":
        return ("row", [base, script])
    return (kind, base, script)
