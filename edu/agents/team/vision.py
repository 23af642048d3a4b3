"""Sees what is on a photo: the text in it, and what it shows when a model that sees is set."""

from typing import ClassVar

from edu.agents.base import Agent, patience
from edu.agents.data import Cancelled, Check, Request, Result, Toolbox
from edu.inference import api as inference
from edu.inference.data import Line, ModelUnavailable, PictureText

READ_SECONDS = 90.0
SEE_SECONDS = 60.0
UNSURE = 0.6  # a line below this is shown, but said to be unsure
USELESS = 0.25  # a line below this is noise
MOST_CHARACTERS = 6000
PROMPT = (
    "Describe for a learner what this picture shows, in at most three plain sentences. Name what is "
    "drawn and how it is labelled. Do not guess what cannot be seen. Do not solve any exercise in it."
)


class Vision(Agent):
    """`Request.picture` to `text`: the lines that were read, then, when a model sees, a description.
    `detail` has read (the lines), described, confidence (0..1 of the lines), unsure (how many lines)
    and engine. `Request.language` is that of the materials, when it is known."""

    name: ClassVar[str] = "vision"
    about: ClassVar[str] = "Reads the text in a photo, and says what it shows when a model can see."
    tasks: ClassVar[tuple[str, ...]] = ("see",)

    def run(self, request: Request, tools: Toolbox) -> Result:
        """Return what could be read and seen; a picture without text is no error."""
        picture = request.picture or b""
        tools.note("reading the photo")
        found, trouble = self._read(picture, request.language, tools)
        lines = [line for line in found.lines if line.confidence >= USELESS and line.text.strip()]
        described = self._describe(picture, tools) if inference.can_see() else ""
        if trouble and not described:
            raise ModelUnavailable(kind="reading")
        read = "\n".join(line.text.strip() for line in lines)[:MOST_CHARACTERS]
        confidence = _mean(lines)
        unsure = sum(line.confidence < UNSURE for line in lines)
        summary = _summary(lines, confidence, described)
        checks = [Check("text read", bool(lines), summary)]
        if unsure:
            checks.append(
                Check("read clearly", False, f"{unsure} of {len(lines)} lines are unsure")
            )
        return Result(
            text="\n\n".join(part for part in (read, described) if part),
            checks=checks,
            summary=summary,
            detail={
                "read": read,
                "described": described,
                "confidence": round(confidence, 3),
                "unsure": unsure,
                "engine": found.engine,
            },
        )

    def _read(self, picture: bytes, language: str, tools: Toolbox) -> tuple[PictureText, bool]:
        """Return the text in the picture, and whether reading it failed."""
        tongues = [language] if language else []
        try:
            found = patience.within(
                READ_SECONDS,
                lambda: inference.read_picture(picture=picture, languages=tongues),
                tools.cancelled,
            )
        except (ModelUnavailable, patience.TooSlow):
            return PictureText([]), True
        return found, False

    def _describe(self, picture: bytes, tools: Toolbox) -> str:
        if tools.cancelled():
            raise Cancelled
        tools.note("looking at the photo")
        try:
            reply = patience.within(
                SEE_SECONDS,
                lambda: inference.see(picture=picture, prompt=PROMPT),
                tools.cancelled,
            )
        except (ModelUnavailable, patience.TooSlow):
            return ""
        return " ".join(reply.text.split())[:1500]


def _mean(lines: list[Line]) -> float:
    """Return the confidence of all characters together."""
    total = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / total if total else 0.0


def _summary(lines: list[Line], confidence: float, described: str) -> str:
    if not lines:
        return "found no text in the photo" + (", described it" if described else "")
    count = len(lines)
    text = f"read {count} line{'s'[: count != 1]} in the photo, {round(confidence * 100)} % sure"
    return text + (", described it" if described else "")
