"""An answer as it grows: sentences with their marks, shown as soon as they have passed their checks."""

import re
from typing import Any

from edu.agents.base import markdown, wording
from edu.agents.data import Cancelled, Toolbox
from edu.common.sources import Citation, Source

QUOTE, WORDS, OWN, NOTICE, HEADING = "quote", "words", "own", "notice", "heading"


class Answer:
    """Collects what is said in one run and says it at once.

    `sentences` are {"text", "markers", "grounded", "kind", "start"} in order ("start" is "paragraph",
    "item" of a list, or "" where the sentence goes on in its paragraph), `citations` are numbered from
    1, `markdown` is all of it. Nothing that would give away the answer to an open question gets in:
    `withheld` counts what was kept back.
    """

    def __init__(self, tools: Toolbox, language: str) -> None:
        self._tools, self._language = tools, language
        self.sentences: list[dict[str, Any]] = []
        self.citations: list[Citation] = []
        self.markdown = ""
        self.withheld = 0
        self.uncited = 0
        self._heading = ""
        self._new_paragraph = False
        self._list = False

    def paragraph(self, heading: str = "", listed: bool = False) -> None:
        """Begin a new paragraph, under a heading or as a list. It shows once a sentence is in it."""
        self._new_paragraph, self._heading, self._list = bool(self.markdown), heading, listed

    def quote(self, source: Source, text: str) -> bool:
        """Add a sentence of the materials with its marker; False when it does not stand in its
        passage or would give away the answer to an open question."""
        if self._leaks(text):
            return False
        marker = self._cite(source, text)
        if marker is None:
            self.uncited += 1
            return False
        self._say(" ".join(self.citations[marker - 1].quote.split()), [marker], QUOTE)
        return True

    def words(self, text: str, markers: list[int]) -> bool:
        """Add a sentence that says in other words what the sources behind `markers` say."""
        if self._leaks(text):
            return False
        self._say(text, markers, WORDS)
        return True

    def own(self, text: str) -> bool:
        """Add a sentence that is not from the materials, and say so."""
        if self._leaks(text):
            return False
        self._say(text, [], OWN)
        return True

    def notice(self, text: str) -> None:
        """Add a sentence about this conversation."""
        self._say(text, [], NOTICE)

    def close(self) -> None:
        """Say what was kept back, if anything was."""
        if self.withheld:
            self.paragraph()
            self.notice(wording.words("withheld", self._language))

    def cite(self, source: Source, text: str) -> int | None:
        """Return the marker of the citation that has `text` in its quote, a new one if need be; None
        when it does not stand in its passage or would give away an answer."""
        wanted = " ".join(text.split())
        for citation in self.citations:
            if wanted in " ".join(citation.quote.split()):
                return citation.marker
        return None if self._leaks(text) else self._cite(source, text)

    def _leaks(self, text: str) -> bool:
        if self._tools.cancelled():
            raise Cancelled
        said = " ".join(each["text"] for each in self.sentences if each["kind"] != HEADING)
        if self._tools.leaks(text) or (said and self._tools.leaks(f"{said} {text}")):
            self.withheld += 1
            return True
        return False

    def _cite(self, source: Source, text: str) -> int | None:
        citation = self._tools.cite(source, text)
        if citation is None:
            return None
        for have in self.citations:
            if have.passage == citation.passage and have.quote == citation.quote:
                return have.marker
        numbered = Citation(
            marker=len(self.citations) + 1,
            passage=citation.passage,
            material=citation.material,
            title=citation.title,
            locator=citation.locator,
            quote=citation.quote,
            url=citation.url,
        )
        self.citations.append(numbered)
        self._tools.show(numbered)
        return numbered.marker

    def _say(self, text: str, markers: list[int], kind: str) -> None:
        words = markdown.literal(text)
        marks = "".join(f"[{marker}]" for marker in markers)
        shown = f"{words} {marks}" if marks else words
        if kind == OWN:
            shown = f"*{shown}* ({wording.words('own', self._language)})"
        lead, start = "", "item" if self._list else ""
        if self._new_paragraph or self._heading or not self.markdown:
            start = start or "paragraph"
        if self._new_paragraph:
            lead = "\n\n"
        elif self.markdown:
            lead = "\n" if self._list else " "
        if self._heading:
            lead += f"**{markdown.literal(self._heading)}**\n\n"
            self._keep(self._heading, [], HEADING, "paragraph")
        if self._list:
            lead += "- "
        self._new_paragraph, self._heading = False, ""
        self._keep(text, markers, kind, start)
        self.markdown += lead + shown
        self._tools.say(lead + shown)

    def _keep(self, text: str, markers: list[int], kind: str, start: str) -> None:
        grounded = kind in (QUOTE, WORDS)
        self.sentences.append(
            {"text": text, "markers": markers, "grounded": grounded, "kind": kind, "start": start}
        )


def without_marks(text: str) -> str:
    """Return what a model wrote as plain words: no markers, no marks, no list signs."""
    text = re.sub(r"\[\d+(?:,\s*\d+)*\]|\(\d\)(?=[.\s]|$)", "", text)
    text = re.sub(r"[*_`#>]+", "", text)
    text = re.sub(r"^\s*(?:[-•]|\d{1,2}[.)])\s+", "", text, flags=re.MULTILINE)
    return " ".join(text.split()).replace(" .", ".")
