"""Source code of any language: its comments and what it defines, by rules that most languages keep."""

import re
from dataclasses import dataclass

MARKS = ("//", "#", "--", "%", ";", "!", "'", "REM ")
_NOT_COMMENTS = re.compile(
    r"#\s*(?:include|define|undef|if|ifdef|ifndef|else|elif|endif|pragma|import|region|endregion|line|"
    r"error|warning)\b|#!|#\[|--[->]|%\w+\(|!important|'[^']*'"
)
_BLOCKS = (("/*", "*/"), ("{-", "-}"), ("(*", "*)"), ("<#", "#>"), ("=begin", "=end"))
_EDGE = re.compile(
    r"^\s*(?:/\*+!?|\*+/|\*(?!\w)|///?!?|#+!?|--+\s?\|?|%+|;+|!+|'+|REM\b|\{-\|?|-\}|\(\*+|\*+\)|<#|#>)"
)
_TAGS = re.compile(r"</?(?:summary|remarks|para|param|returns|code|c|see|p|pre|b|i|ul|li)\b[^<>]*>")
_RULE = re.compile(r"^[\W_]{3,}$")

_NAME = r"[A-Za-z_$~?!'*+<>=/\w.:-]+"
_TYPES = (
    r"(?P<type>class|interface|struct|enum|trait|impl|protocol|extension|namespace|module|record|object|"
    r"union|program|unit|library|defmodule|data|newtype|instance|contract|mixin|actor)"
)
_CODES = (
    r"(?:function|func|fun|fn|def|defp|defn|defun|define|defmacro|sub|procedure|subroutine|proc|macro|"
    r"method)"
)
_BEFORE = (
    r"(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|sealed|open|"
    r"override|virtual|inline|extern|partial|pub(?:\([^)]*\))?|unsafe|const|data|local|pure|elemental|"
    r"recursive|shared|suspend|companion|case|readonly|declare|typedef|template\s*<[^>]*>)\s+)*"
)
_DEFINED = (
    re.compile(rf"^(?P<in>\s*)\(?{_BEFORE}{_TYPES}\s+(?P<name>[\w.$:-]+)(?=[\s({{:<;,\[]|$)"),
    re.compile(
        rf"^(?P<in>\s*)\(?{_BEFORE}{_CODES}\s*\*?\s+(?:\([^()]*\)\s*)?\(?"
        rf"(?:[\w\[\],\s]+=\s*)?(?P<name>{_NAME})",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?P<in>\s*)(?:export\s+)?(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::[^=]+)?=\s*(?:async\s*)?"
        r"(?:function\b|\([^()]*\)\s*(?::[^=]+)?=>|\w+\s*=>)"
    ),
    re.compile(r"^(?P<in>\s*)(?P<name>[\w.]+)\s*(?:<-|=)\s*function\s*\("),
    re.compile(r"^(?P<in>\s*)(?P<name>[\w-]+)\s*\(\)\s*\{"),
    re.compile(
        r"^(?P<in>\s*)create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|unique\s+|materialized\s+)*"
        r"(?P<type>table|view|function|procedure|trigger|index|type)\s+(?:if\s+not\s+exists\s+)?"
        r"(?P<name>[\w.\"`\[\]]+)",
        re.IGNORECASE,
    ),
)
# A function of C and its children: a type, a name, what it takes, and then a brace.
_TYPED = re.compile(
    r"^(?P<in>\s*)(?:[\w:<>,.*&\[\]~@?]+\s+)*[*&]*(?P<name>[\w:~]+)\s*\([^;{}]*\)?[^;{}=]*\{?\s*$"
)
_WORDS = frozenset(
    [
        *("if", "for", "while", "switch", "return", "else", "catch", "do", "try", "match", "when"),
        *("until", "unless", "foreach", "with", "using", "lock", "synchronized", "new", "throw"),
        *("await", "yield", "case", "and", "or", "not", "in", "is", "elif", "except", "assert"),
    ]
)


@dataclass(frozen=True)
class Part:
    """A stretch of a file from `line` (from 1) on. `name` begins a definition, `depth` (from 1) deep;
    else it is a comment that says something, or code."""

    line: int
    text: str
    name: str = ""
    depth: int = 0
    comment: bool = False


def parts(text: str) -> list[Part]:
    """Return definitions, the comments that stand at their heads, and the code between them. What
    follows a definition is told by its line to be outside of it, and not by a name of its own."""
    lines = text.split("\n")
    notes = _comments(lines, _mark(lines))
    braces = sum(line.rstrip().endswith(("{", "}", ";")) for line in lines) > 0.2 * len(lines)
    found: list[Part] = []
    above: list[
        tuple[int, bool]
    ] = []  # indents of definitions around, and whether they hold others
    start = at = 0
    while at < len(lines):
        end = notes.get(at)
        under = at if end is None else _under(lines, end + 1)
        defined = _defined(lines, under, braces)
        begun = _begun(defined, under, above) if defined else []
        top = end is not None and not found and not any(map(_says, lines[:at]))
        if begun or top:
            found += _code(lines, start, at)
            found += begun
            start = at
        if end is not None and (begun or top):
            found += _said(at, "\n".join(lines[at : end + 1]))
            start = end + 1
        if begun:
            last = _documented(lines, under)
            if last:
                found += _code(lines, start, under + 1)
                found += _said(under + 1, "\n".join(lines[under + 1 : last + 1]))
                start, under = last + 1, last
        at = max(under if begun else at, at if end is None else end) + 1
    return found + _code(lines, start, len(lines))


def _said(at: int, comment: str) -> list[Part]:
    said = plain(re.sub(r"^\s*[rRuU]?(\"\"\"|''')", "", comment)).strip("\"' ")
    return [Part(at + 1, said, comment=True)] if said else []


def _under(lines: list[str], at: int) -> int:
    """Return the line that a comment above line `at` is about."""
    while (
        at < len(lines) and len(lines[at]) < 200 and lines[at].lstrip().startswith(("@", "[", "#["))
    ):
        at += 1
    return at


def plain(comment: str) -> str:
    """Return the words of a comment."""
    said = []
    for line in comment.split("\n"):
        line = _EDGE.sub("", line)
        line = _TAGS.sub(" ", re.sub(r"(?:\*/|-\}|\*\)|#>|-->)\s*$", "", line)).strip()
        said.append("" if _RULE.match(line) else line)
    return "\n".join(said).strip()


def _mark(lines: list[str]) -> str:
    """Return the sign that most lines that are comments begin with; "" when there are none."""
    counts = dict.fromkeys(MARKS, 0)
    for line in lines[:5000]:
        begin = line.lstrip()
        for mark in MARKS:
            if begin.startswith(mark) and not _NOT_COMMENTS.match(begin):
                counts[mark] += 1
    best = max(MARKS, key=lambda mark: counts[mark])
    return best if counts[best] else ""


def _comments(lines: list[str], mark: str) -> dict[int, int]:
    """Return the first and the last line of comments that fill their lines."""
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        begin = lines[at].lstrip()
        block = next((each for each in _BLOCKS if begin.startswith(each[0])), None)
        if block and not (block[0] == "(*" and mark == ";"):
            end = at
            while end < len(lines) - 1 and block[1] not in lines[end][2 if end == at else 0 :]:
                end += 1
            found[at] = end
            at = end + 1
        elif begin.startswith(('"""', "'''")) and not any(map(_says, lines[:at])):
            end = _string(lines, at)
            found[at] = end
            at = end + 1
        elif mark and begin.startswith(mark) and not _NOT_COMMENTS.match(begin):
            end = at
            while end + 1 < len(lines) and _goes_on(lines[end + 1].lstrip(), mark):
                end += 1
            found[at] = end
            at = end + 1
        else:
            at += 1
    return found


def _says(line: str) -> bool:
    """Tell whether a line at the top of a file is more than a blank or a note to programs."""
    return bool(line.strip()) and not line.startswith("#")


def _goes_on(line: str, mark: str) -> bool:
    return line.startswith(mark) and not _NOT_COMMENTS.match(line)


def _string(lines: list[str], at: int) -> int:
    """Return the last line of a string that begins in line `at` with three quotation marks."""
    begin = lines[at].lstrip().lstrip("rRuUbB")
    quote = begin[:3]
    if quote in begin[3:]:
        return at
    for end in range(at + 1, min(len(lines), at + 400)):
        if quote in lines[end]:
            return end
    return at


def _documented(lines: list[str], at: int) -> int:
    """Return the last line of the string that documents what is defined in line `at`; 0 for none."""
    under = at + 1
    while under < min(len(lines), at + 30) and not lines[under - 1].rstrip().endswith(":"):
        under += 1
    if under < len(lines) and lines[under].lstrip().lstrip("rRuU").startswith(('"""', "'''")):
        return _string(lines, under) if under == at + 1 else 0
    return 0


def _defined(lines: list[str], at: int, braces: bool) -> tuple[str, int, bool] | None:
    """Return the name that a line defines, its indent, and whether it may hold other definitions."""
    if at >= len(lines) or len(lines[at]) > 400:
        return None
    line = lines[at]
    for form in _DEFINED:
        match = form.match(line)
        if match and match["name"].lower() not in _WORDS:
            holds = bool(match.groupdict().get("type"))
            return match["name"].strip('"`[]:({'), _indent(match["in"]), holds
    if not braces or not line.strip() or line.lstrip()[0] in "#/*@}":
        return None
    under = next((each for each in lines[at + 1 : at + 4] if each.strip()), "")
    if not line.rstrip().endswith("{") and not under.lstrip().startswith("{"):
        return None
    match = _TYPED.match(line)
    first = line.split("(")[0].split()
    if match and "(" in line and first and not ({match["name"], first[0]} & _WORDS):
        return match["name"], _indent(match["in"]), False
    return None


def _indent(blanks: str) -> int:
    return len(blanks.expandtabs(4))


def _begun(defined: tuple[str, int, bool], at: int, above: list[tuple[int, bool]]) -> list[Part]:
    """Begin a definition; one inside of a function is a part of that."""
    name, indent, holds = defined
    while above and above[-1][0] >= indent:
        above.pop()
    if above and not above[-1][1]:
        return []
    above.append((indent, holds))
    return [Part(at + 1, "", name, len(above))]


_MOST_LINES, _MOST_SIGNS = 40, 1200  # of code in one part


def _code(lines: list[str], start: int, end: int) -> list[Part]:
    """Return lines of code in parts that are not too long, cut at empty lines where there are any."""
    found = []
    while start < end:
        stop, signs = start, 0
        while stop < end and stop - start < _MOST_LINES and signs < _MOST_SIGNS:
            signs += len(lines[stop]) + 1
            stop += 1
        if stop < end:
            empty = [at for at in range(start + 5, stop) if not lines[at].strip()]
            stop = empty[-1] if empty else stop
        text = "\n".join(lines[start:stop])
        if text.strip():
            skipped = next(at for at in range(start, stop) if lines[at].strip())
            found.append(Part(skipped + 1, text))
        start = stop
    return found
