"""LaTeX sources: sections, paragraphs, lists, tables, listings; formulas as they are written."""

import re
from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, table_text, tidy, tidy_lines
from edu.multimodal.base.album import Album, said_of
from edu.multimodal.base.places import Places
from edu.multimodal.base.plain import text_of
from edu.multimodal.base.tex import HEADS, Source, group
from edu.multimodal.data import READING_TEXT, Block, Document

_FORMULAS = r"(?:equation|align|gather|multline|eqnarray|displaymath|flalign|alignat)\*?"
_PIECE = re.compile(
    rf"\\(?P<head>{'|'.join(HEADS)})\*?(?![A-Za-z])\s*(?=[\[{{])"
    rf"|\\begin\{{(?P<formula>{_FORMULAS})\}}|\\begin\{{(?P<table>tabular[x*]?|longtable|array)\}}"
    r"|(?P<shown>\$\$|\\\[)|\\(?P<item>item)(?![A-Za-z])|\\(?P<beside>caption|footnote|title)\*?(?=[\[{\s])"
    r"|\\begin\{(?P<drawn>tikzpicture|pgfpicture|thebibliography|picture)\}"
    r"|\\begin\{(?P<named>theorem|lemma|definition|proposition|corollary|example|exercise|remark|proof|"
    r"solution|problem|note)\*?\}(?:\[(?P<of>[^\]]*)\])?"
    r"|\\(?P<edge>begin|end)\{(?:wrapfigure|figure|SCfigure|sidewaysfigure|subfigure|marginfigure)\*?\}"
    r"|\\(?P<graphic>includegraphics)\*?(?=[\[{\s])"
    r"|\\end\{(?P<end>itemize|enumerate|description)\}|\x01(?P<listing>\d+)\x02|(?P<break>\n[ \t]*\n)"
)
_ALT = re.compile(r"(?:^|,)\s*alt\s*=")
_BEGINS = re.compile(r"\\documentclass\b|\\begin\{document\}|\\(?:chapter|section)\*?\{")


class Latex(Format):
    """See the module."""

    name = "latex"
    label = "LaTeX"
    called = _("Text")
    family = "text"
    media_types = ("text/x-tex",)
    extensions = ("tex", "latex", "ltx")
    score = 12
    version = 2  # what authors say of pictures

    def claims(self, text: str, ending: str) -> bool:
        """By its name, or because it says what kind of document it is."""
        if ending in self.extensions:
            return True
        found = _BEGINS.search(text[:4000]) if ending in ("", "txt") else None
        return bool(found) and "\\documentclass" in text[:4000]

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read what would be set; see Format.read."""
        progress(0.0, READING_TEXT)
        source = Source(text_of(path, limits), limits.characters)
        reading = _Reading(source, Album(work, limits))
        reading.read(source.text)
        titled = re.search(r"\\title\b", source.head)
        title = group(source.head, titled.end())[0] if titled else ""
        named = tidy(source.words(source.filled(title))) or reading.title
        first = next((block.text for block in reading.blocks if block.kind == "heading"), "")
        return Document((named or first)[:200], reading.blocks, reading.album.pictures)


class _Reading:
    """One source while it is read."""

    def __init__(self, source: Source, album: Album) -> None:
        self.source, self.album = source, album
        self.figures = 0  # that are open, one in another
        self.told = False  # whether the figure has said what it shows, or is no picture
        self.blocks: list[Block] = []
        self.places = Places()
        self.words: list[str] = []
        self.notes: list[str] = []
        self.kind = "text"
        self.title = ""

    def read(self, text: str) -> None:
        """Part `text` at what begins or ends a paragraph."""
        at = 0
        while match := _PIECE.search(text, at):
            self.words.append(text[at : match.start()])
            at = match.end()
            found = match.lastgroup
            if match["head"]:
                _short, at = group(text, at, "[]")
                title, at = group(text, at)
                self._flush()
                self._heading(title, HEADS[match["head"]])
            elif match["formula"] or match["shown"]:
                if match["shown"]:
                    close = "$$" if match["shown"] == "$$" else "\\]"
                else:
                    close = rf"\end{{{match['formula']}}}"
                end = text.find(close, at)
                end = len(text) if end < 0 else end
                formula = re.sub(r"^\{\d+\}", "", text[at:end])
                self.words.append(f" $${formula}$$ ")
                at = end + len(close)
            elif match["table"]:
                end = text.find(rf"\end{{{match['table']}}}", at)
                end = len(text) if end < 0 else end
                self._flush()
                self._table(text[at:end])
                at = min(len(text), end + len(match["table"]) + 6)
            elif match["drawn"]:
                end = text.find(rf"\end{{{match['drawn']}}}", at)
                end = len(text) if end < 0 else end + len(match["drawn"]) + 6
                if match["drawn"] == "thebibliography":
                    self._flush()
                    for entry in re.split(r"\\bibitem(?:\[[^\]]*\])?\{[^{}]*\}", text[at:end])[1:]:
                        self.words.append(entry)
                        self._flush("list")
                at = end
            elif match["item"]:
                self._flush()
                self.kind = "list"
                label, at = group(text, at, "[]")
                self.words.append(f"{label} " if label else "")
            elif match["beside"]:
                _short, at = group(text, at, "[]")
                said, at = group(text, at)
                self._beside(match["beside"], said)
            elif match["edge"]:
                self._flush()
                self.figures = max(0, self.figures + (1 if match["edge"] == "begin" else -1))
                self.told = False
            elif match["graphic"]:
                options, at = group(text, at, "[]")
                name, at = group(text, at)
                option = _ALT.search(options)
                said = self._said(options, option.end()) if option else ""
                if said_of(said)[0]:
                    self._flush()
                    self.told |= self._picture(said, name)
            elif match["named"]:
                self._flush()
                of = f" ({match['of']})" if match["of"] else ""
                self.words.append(f"{match['named'].capitalize()}{of}: ")
            elif match["listing"]:
                self._flush()
                code = tidy_lines(self.source.listings[int(match["listing"])])
                if code:
                    self.blocks.append(Block("code", code, self.places.paragraph()))
            elif match["end"]:
                self._flush()
                self.kind = "text"
            elif found == "break":
                self._flush()
        self.words.append(text[at:])
        self._flush()

    def _flush(self, kind: str = "") -> None:
        text = tidy(self.source.words("".join(self.words)))
        self.words = []
        if any(sign.isalnum() for sign in text):
            self.blocks.append(Block(kind or self.kind, text, self.places.paragraph()))
        for note in self.notes:
            self.blocks.append(Block("notes", note, self.places.paragraph()))
        self.notes = []

    def _heading(self, title: str, level: int) -> None:
        text = tidy(self.source.words(title))
        if text:
            self.kind = "text"
            self.blocks.append(Block("heading", text, self.places.heading(text, level), level))

    def _beside(self, what: str, said: str) -> None:
        """Keep a caption or a note for itself, and the title for the whole."""
        text = tidy(self.source.words(said))
        if what == "title":
            self.title = text
        elif text and what == "caption" and self.figures and not self.told:
            self._flush()
            self.told = self._picture(text, "")
            if not self.told:
                self.blocks.append(Block("caption", text, self.places.paragraph()))
        elif text and what == "caption":
            self.blocks.append(Block("caption", text, self.places.paragraph()))
        elif text:
            self.notes.append(text)

    def _said(self, options: str, at: int) -> str:
        """Return what stands in the options of a picture from `at` on: in braces, or up to a comma."""
        said, end = group(options, at)
        return tidy(self.source.words(said if end > at else options[at:].partition(",")[0]))

    def _picture(self, said: str, name: str) -> bool:
        self.places.paragraph()
        return self.album.add(b"", self.places.here(), len(self.blocks) - 1, said, name=name)

    def _table(self, text: str) -> None:
        self.told = True
        _place, at = group(text, 0, "[]")
        _columns, after = group(text, at)
        second, last = group(text, after)  # tabularx takes a width first
        text = text[last if last > after and not second.count("&") else after :]
        text = re.sub(
            r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot)\b", "", text
        )
        text = re.sub(r"\\(?:cline|cmidrule)(?:\([^)]*\))?\{[^}]*\}", "", text)
        text = re.sub(r"\\multi(?:column|row)\{[^{}]*\}\{[^{}]*\}", "", text)
        rows = [
            [tidy(self.source.words(cell)) for cell in re.split(r"(?<!\\)&", row)]
            for row in re.split(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline", text)
        ]
        said = table_text([row for row in rows if any(row)])
        if said:
            self.blocks.append(Block("table", said, self.places.paragraph()))
