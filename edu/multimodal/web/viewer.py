"""What the viewer draws of a material, put together from its passages."""

import math
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from edu.multimodal import api
from edu.multimodal.data import Heading, Material, Passage
from edu.multimodal.web.places import bits, clipped, clock, form_of, place, rows_of

PER_PART = 40  # passages of a text at once
ALL = 500  # passages of a picture or a recording: as many as there may be
SHEET = (1400, 1980)  # size of a page whose picture was not drawn yet


@dataclass(frozen=True)
class Wanted:
    """What an address asks for; numbers that cannot be read are as if they were not there."""

    passage: str = ""
    quote: str = ""
    page: int | None = None
    part: int | None = None
    second: float | None = None

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        """Read a query string."""
        second = _number(query.get("t", ""))
        return cls(
            passage=query.get("passage", "")[:60],
            quote=query.get("quote", "")[:2000],
            page=_whole(query.get("page", "")),
            part=_whole(query.get("part", "")),
            second=second if second is not None and 0 <= second < 1e6 else None,
        )


def _number(text: str) -> float | None:
    try:
        found = float(text[:20])
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _whole(text: str) -> int | None:
    found = _number(text)
    return int(found) if found is not None and 0 < found < 1e6 else None


def look(user: str, material: Material, wanted: Wanted) -> dict[str, Any]:
    """Return what is drawn: `view` names the template; `lost` says that the passage is not there."""
    view = form_of(material.kind).view
    if not material.passages:
        return {"view": view, "empty": True, "lost": False}
    focus = api.passages_by_id(passages=[wanted.passage]).get(wanted.passage)
    if focus is not None and focus.material != material.id:
        focus = None
    if focus is None and wanted.passage and wanted.quote:
        # The material was read anew since; what was quoted may stand there all the same.
        focus = api.quoting(user=user, material=material.id, quote=wanted.quote)
    eye = _Eye(user, material, wanted, focus)
    return {
        "view": view,
        "lost": bool(wanted.passage) and focus is None,
        "focus": focus,
        **getattr(eye, view)(),
    }


class _Eye:
    """One look at one material."""

    def __init__(
        self, user: str, material: Material, wanted: Wanted, focus: Passage | None
    ) -> None:
        self.user = user
        self.material = material
        self.wanted = wanted
        self.focus = focus
        span = api.find_quote(text=focus.text, quote=wanted.quote) if focus else None
        self.span = span or None

    def page(self) -> dict[str, Any]:
        """One page of a PDF: its picture, and its text beside it."""
        last = max(1, self.material.pages)
        asked = self.focus.locator.get("page") if self.focus else self.wanted.page
        number = max(1, min(last, int(asked or 1)))
        found = api.page_passages(user=self.user, material=self.material.id, page=number)
        return {
            "number": number,
            "last": last,
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if number < last else None,
            "shown": self._shown(found, 3),
            "outline": self._outline(lambda each: each.locator.get("page")),
            **self._picture(number),
        }

    def picture(self) -> dict[str, Any]:
        """A picture, and the text that was read in it."""
        return {"number": 1, "shown": self._shown(self._from(0, ALL), 3), **self._picture(1)}

    def slides(self) -> dict[str, Any]:
        """Slides with their text and notes, as many as fit one part."""
        start = None
        if self.focus is None and self.wanted.page:
            there = api.page_passages(
                user=self.user, material=self.material.id, page=self.wanted.page
            )
            start = there[0].ordinal if there else None
        drawn = self._part(start)
        slides: list[dict[str, Any]] = []
        for each in drawn.pop("shown"):
            number = each["passage"].locator.get("slide")
            if not slides or slides[-1]["number"] != number:
                slides.append({"number": number, "shown": []})
            slides[-1]["shown"].append(each)
        return {"slides": slides, **drawn}

    def text(self) -> dict[str, Any]:
        """Passages by their headings, one part at a time."""
        return self._part(None)

    def sound(self) -> dict[str, Any]:
        """A recording: what is said in lines that know their seconds."""
        shown = self._shown(self._from(0, ALL), 2)
        lines: dict[str, list[dict[str, Any]]] = {}
        second = self.wanted.second
        if self.focus is not None:
            cited = api.cite(passage=self.focus.id, quote=self.wanted.quote)
            second = float((cited or self.focus).locator.get("start", 0))
        for cue in api.cues(user=self.user, material=self.material.id):
            own = self.span if self.focus and cue.passage == self.focus.id else None
            cut = clipped(own, cue.begin, cue.begin + len(cue.text))
            line = {"start": cue.start, "end": cue.end, "bits": bits(cue.text, cut)}
            lines.setdefault(cue.passage, []).append(line)
        for each in shown:
            each["lines"] = lines.get(each["passage"].id, [])
            each["seen"] = bool(each["passage"].locator.get("seen"))
        return {
            "shown": shown,
            "second": second,
            "film": self.material.media_type.startswith("video/"),
        }

    def said(self) -> dict[str, Any]:
        """Subtitles: what a recording says that is not here to be heard."""
        return {**self.sound(), "silent": True}

    def _from(self, ordinal: int, limit: int) -> list[Passage]:
        return api.passages_from(
            user=self.user, material=self.material.id, ordinal=ordinal, limit=limit
        )

    def _part(self, start: int | None) -> dict[str, Any]:
        parts = max(1, math.ceil(self.material.passages / PER_PART))
        if self.focus is not None:
            start = self.focus.ordinal
        number = self.wanted.part or 1
        if start is not None:
            number = start // PER_PART + 1
        number = max(1, min(parts, number))
        found = self._from((number - 1) * PER_PART, PER_PART)
        return {
            "part": number,
            "parts": parts,
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if number < parts else None,
            "shown": self._shown(found, 2),
            "outline": self._outline(lambda each: each.ordinal // PER_PART + 1),
        }

    def _outline(self, where: Any) -> list[dict[str, Any]]:
        found: list[Heading] = api.headings(user=self.user, material=self.material.id)
        if len(found) < 2:
            return []
        return [
            {
                "title": each.title,
                "depth": min(3, each.depth),
                "where": where(each),
                "passage": each.passage,
                "place": place(each.locator),
            }
            for each in found
        ]

    def _shown(self, found: list[Passage], level: int) -> list[dict[str, Any]]:
        """Return passages as they are drawn; headings begin as <h`level`>."""
        shown = []
        before: list[str] = []
        for each in found:
            same = 0
            while same < min(len(each.path), len(before)) and each.path[same] == before[same]:
                same += 1
            headings = list(each.path)
            if each.kind == "notes" and headings and each.locator.get("kind") == "slide":
                headings[-1] = _(headings[-1])  # not the file's word for it, but ours
            here = self.focus is not None and each.id == self.focus.id
            span = self.span if here else None
            box = each.locator.get("box")
            shown.append(
                {
                    "passage": each,
                    "headings": [
                        {"title": title, "level": min(6, level + depth)}
                        for depth, title in enumerate(headings[same:], same)
                    ],
                    "here": here,
                    "marked": bool(span),
                    "bits": bits(each.text, span),
                    "table": rows_of(each.text, span) if each.kind == "table" else None,
                    "place": place(each.locator),
                    "exact": any(name in each.locator for name in ("range", "line", "cell")),
                    "clock": clock(each.locator.get("start", 0)),
                    "box": _box(box) if box else None,
                }
            )
            before = each.path
        return shown

    def _picture(self, number: int) -> dict[str, Any]:
        size = None
        for width in (1400, 700):
            size = size or api.page_size(
                user=self.user, material=self.material.id, page=number, width=width
            )
        return {"size": size or SHEET, "drawn": bool(size)}


def _box(box: list[float]) -> dict[str, int]:
    """Return a box of fractions in thousandths, with a little room around the words."""
    x0, y0, x1, y1 = (max(0.0, min(1.0, float(edge))) for edge in box)
    left, top = max(0.0, x0 - 0.008), max(0.0, y0 - 0.004)
    right, bottom = min(1.0, x1 + 0.008), min(1.0, y1 + 0.004)
    return {
        "x": round(1000 * left),
        "y": round(1000 * top),
        "wide": max(4, round(1000 * (right - left))),
        "high": max(4, round(1000 * (bottom - top))),
    }
