"""LaTeX as text: comments out, macros filled in, labels numbered, formulas kept as they are written."""

import re
import unicodedata
from collections import Counter
from functools import partial

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*)?")
_VERBATIM = re.compile(
    r"\\begin\{(verbatim\*?|lstlisting|minted|Verbatim|alltt|comment)\}(.*?)\\end\{\1\}", re.DOTALL
)
_MACRO = re.compile(
    r"\\(?:(?:re|provide)?newcommand\*?|DeclareMathOperator\*?|DeclareRobustCommand\*?)\s*"
    r"(?:\{\\([A-Za-z]+)\}|\\([A-Za-z]+))\s*(?:\[(\d)\])?\s*(?:\[([^\]]*)\])?\s*(?=\{)"
    r"|\\def\s*\\([A-Za-z]+)((?:#\d)*)\s*(?=\{)"
)
_CALLED = re.compile(r"\\([A-Za-z]+)")
_PLACED = re.compile(r"(\\[A-Za-z]+)?#(\d)")
_MOST_CALLS = 20_000
_DEEP = 12
_LONGEST = 100_000  # signs between two braces
HEADS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
}
NUMBERED = {
    **dict.fromkeys(("equation", "align", "gather", "multline", "eqnarray"), "equation"),
    **dict.fromkeys(("figure", "figure*"), "figure"),
    **dict.fromkeys(("table", "table*"), "table"),
}
_NAMED = {
    "textbackslash": "\\", "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "par": "\n\n",
    "textemdash": "—", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "S": "§", "P": "¶", "copyright": "©", "euro": "€",
    "pounds": "£", "textdegree": "°", "textmu": "µ", "textasciitilde": "~", "LaTeX": "LaTeX", "TeX": "TeX",
    "textbar": "|", "textless": "<", "textgreater": ">", "quad": " ", "qquad": " ", "newline": "\n",
    "linebreak": " ", "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“",
    "textquotedblleft": "“",
    "textquotedblright": "”", "slash": "/", "and": ", ", "today": "",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a",
    "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_ACCENT = re.compile(
    r"\\(['`^\"~=.]|[uvHckrdb](?![A-Za-z]))\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"
)
_MATH = re.compile(r"\$\$.*?\$\$|\$(?:\\.|[^$\\])+\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
# Commands whose words are not words of the text.
_SILENT = re.compile(
    r"\\(?:label|index|nocite|input|include)\*?\s*\{[^{}]*\}"
    r"|\\(?:vspace|hspace|includegraphics|bibliographystyle|bibliography|usepackage|"
    r"pagestyle|thispagestyle|setcounter|addtocounter|setlength|addtolength|vskip|hskip|color|definecolor|"
    r"hypersetup|graphicspath|addcontentsline|markboth|markright|phantom|hphantom|vphantom|"
    r"fontsize|selectlanguage|cline|cmidrule|rule|raisebox|resizebox|scalebox|captionsetup|newtheorem|"
    r"theoremstyle|geometry|documentclass|bibitem|printbibliography|pagenumbering|write|openout|"
    r"immediate|newcounter|newlength|newenvironment|renewenvironment|lstset|tikzset|usetikzlibrary)"
    r"\*?(?![A-Za-z])(?:\s*(?:\[[^\]]*\]|\([^)]*\)))*(?:\{[^{}]*\})*(?:\[[^\]]*\])?"
)


def _put(given: list[str], place: re.Match[str]) -> str:
    """Return what a macro was given in place of "#1"; a command before it stays a word of its own."""
    at = int(place[2]) - 1
    word = given[at] if 0 <= at < len(given) else ""
    return f"{place[1]} {word}" if place[1] and word[:1].isalpha() else (place[1] or "") + word


def group(text: str, at: int, pair: str = "{}") -> tuple[str, int]:
    """Return what stands between the braces that open at or after `at`, and where they end; "" and
    `at` where none open there."""
    start = at
    while start < len(text) and text[start] in " \t\n":
        start += 1
    if start >= len(text) or text[start] != pair[0]:
        return "", at
    depth, now, last = 0, start, min(len(text), start + _LONGEST)
    while now < last:
        sign = text[now]
        if sign == "\\":
            now += 1
        elif sign == pair[0] or sign == "{":
            depth += 1
        elif sign == pair[1] or sign == "}":
            depth -= 1
            if depth == 0:
                return text[start + 1 : now], now + 1
        now += 1
    return text[start + 1 : last], last


class Source:
    """A file before it is parted: without comments and definitions, and with listings taken out."""

    def __init__(self, text: str, most: int) -> None:
        self.most = most
        self.listings: list[str] = []
        self.macros: dict[str, tuple[int, str, str | None]] = {}
        self._calls = 0
        text = _VERBATIM.sub(self._listing, text)
        text = _COMMENT.sub(r"\1", text)
        self.head, self.text = "", text
        begin = text.find(r"\begin{document}")
        if begin >= 0:
            self.head = text[:begin]
            self.text = text[begin + len(r"\begin{document}") :].partition(r"\end{document}")[0]
        self.head = self._defined(self.head)
        self.text = self.filled(self._defined(self.text))
        self.labels = _labels(self.text)

    def _listing(self, match: re.Match[str]) -> str:
        if match[1] == "comment":
            return ""
        words = (
            re.sub(r"\A(?:\[[^\]]*\])?(?:\{[^}]*\})?", "", match[2])
            if match[1] != "verbatim"
            else match[2]
        )
        self.listings.append(words)
        return f"\n\n\x01{len(self.listings) - 1}\x02\n\n"

    def _defined(self, text: str) -> str:
        """Take the definitions out of `text` and keep them."""
        parts, at = [], 0
        while match := _MACRO.search(text, at):
            parts.append(text[at : match.start()])
            body, at = group(text, match.end())
            name = match[1] or match[2] or match[5]
            count = int(match[3] or 0) if not match[5] else len(match[6]) // 2
            if "DeclareMathOperator" in match[0]:
                body = rf"\operatorname{{{body}}}"
            self.macros[name] = (count, body, match[4])
        return "".join(parts) + text[at:]

    def filled(self, text: str, depth: int = 0) -> str:
        """Return `text` with the file's own macros filled in, as far as that comes to an end."""
        if not self.macros or depth > _DEEP:
            return text
        parts, at, size = [], 0, 0
        for match in _CALLED.finditer(text):
            if match.start() < at or match[1] not in self.macros or self._calls > _MOST_CALLS:
                continue
            self._calls += 1
            count, body, usual = self.macros[match[1]]
            end = match.end()
            given = []
            if usual is not None:
                first, after = group(text, end, "[]")
                given.append(first if after > end else usual)
                end = after
            while len(given) < count:
                word, after = group(text, end)
                if after == end:
                    break
                given.append(word)
                end = after
            body = _PLACED.sub(partial(_put, given), body)
            if count == 0 and text[end : end + 2] == "{}":
                end += 2
            body = self.filled(body, depth + 1) if "\\" in body else body
            size += len(body)
            if size > self.most:
                break
            parts += [text[at : match.start()], body]
            at = end
        return "".join(parts) + text[at:]

    def words(self, text: str) -> str:
        """Return the words of a stretch of source; formulas keep their dollars."""
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(_formula(match[0]))
            return f"\x03{len(kept) - 1}\x04"

        text = _MATH.sub(keep, text)
        text = re.sub(r"\\(eq|auto|c|C|page|name)?ref\*?\{([^{}]*)\}", self._number, text)
        text = re.sub(r"\\[A-Za-z]*cite[A-Za-z]*\*?(?:\[[^\]]*\])*\{([^{}]*)\}", r"[\1]", text)
        text = re.sub(r"\\href\{[^{}]*\}\s*\{([^{}]*)\}", r"\1", text)
        text = re.sub(r"\\(?:SI|qty)\{([^{}]*)\}\{\\?([^{}]*)\}", r"\1 \2", text)
        text = re.sub(r"\\verb\*?([^A-Za-z\s])(.*?)\1", r"\2", text)
        text = _SILENT.sub(" ", text)
        text = _ACCENT.sub(_accented, text)
        text = re.sub(r"\\\\(?:\[[^\]]*\])?|~", " ", text)
        text = re.sub(r"\\([&%$#_{}])", lambda match: f"\x05{ord(match[1])}\x06", text)
        text = re.sub(r"\\[ ,;:!/@-]", lambda match: "" if match[0][1] in "-/!@" else " ", text)
        text = re.sub(r"\\(?:begin|end)\{[^{}]*\}(?:\[[^\]]*\])?", " ", text)
        text = re.sub(r"\\([A-Za-z]+)\*?(?:\[[^\]\n]{0,80}\])?[ \t]*", _command, text)
        text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
        text = re.sub(r"[{}]", "", text)
        text = re.sub("\x05(\\d+)\x06", lambda match: chr(int(match[1])), text)
        return re.sub("\x03(\\d+)\x04", lambda match: kept[int(match[1])], text)

    def _number(self, match: re.Match[str]) -> str:
        found = ", ".join(self.labels.get(each.strip(), "?") for each in match[2].split(","))
        return f"({found})" if match[1] == "eq" else found


def _formula(said: str) -> str:
    """Return a formula between dollars, on one line and without its label."""
    inner = said.strip("$") if said.startswith("$") else said[2:-2]
    inner = re.sub(r"\\(?:label|tag|nonumber|notag)\*?(?:\{[^{}]*\})?", "", inner)
    return f"${' '.join(inner.split())}$" if inner.strip() else ""


def _accented(match: re.Match[str]) -> str:
    letter = (match[2] or match[3]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])


def _command(match: re.Match[str]) -> str:
    said = _NAMED.get(match[1])
    return "" if said is None else said


def _labels(text: str) -> dict[str, str]:
    """Return the number that each label stands for, counted as the text would be set."""
    counts: Counter[str] = Counter()
    has_chapters = r"\chapter" in text
    numbers: dict[str, str] = {}
    stack: list[tuple[str, str]] = []
    section = ""
    form = re.compile(
        r"\\(part|chapter|section|subsection|subsubsection)(\*?)\s*[\[{]|\\(begin|end)\{([A-Za-z]+\*?)\}"
        r"|\\(label)\{([^{}]*)\}|\\(item|caption)\b"
    )
    for match in form.finditer(text):
        if match[1] and not match[2]:
            counts[match[1]] += 1
            order = ("chapter", "section", "subsection", "subsubsection")
            if match[1] in order:
                at = order.index(match[1])
                for deeper in order[at + 1 :]:
                    counts[deeper] = 0
                first = 0 if has_chapters else 1
                section = ".".join(str(counts[each]) for each in order[first : at + 1])
        elif match[3] == "begin":
            kind = NUMBERED.get(match[4], "" if match[4].endswith("*") else match[4])
            counts[kind] += 1 if kind else 0
            stack.append((match[4], str(counts[kind]) if kind and kind != "document" else ""))
        elif match[3] == "end":
            while stack and stack.pop()[0] != match[4]:
                pass
        elif match[5]:
            inside = next((number for name, number in reversed(stack) if number), "")
            numbers[match[6].strip()] = inside or section
    return numbers
