"""Hears recordings and speaks answers."""

from typing import ClassVar

from edu.agents.base import Agent, languages, patience
from edu.agents.base.markdown import spoken
from edu.agents.data import Cancelled, Check, Request, Result, Toolbox
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable, Transcript

SLOWEST = 8.0  # seconds of waiting for each second of sound, at the most
LEAST_WAIT, LONGEST_WAIT = 60.0, 1800.0
MOST_SPOKEN = 1500  # characters; beyond this nobody listens, and the text is on the page
UNSURE = 0.5  # mean probability of the words below which the learner is told to look


class Speech(Agent):
    """Task "hear": `Request.sound` to `text`, "" when there are no words in it; `detail` has seconds
    (of sound), sure (0..1, how sure the words are) and words. Task "speak": `Request.text` (an answer
    in Markdown) to `sound`, a WAV; `Request.detail` may have voice and speed, and seconds of the
    sound to be heard."""

    name: ClassVar[str] = "speech"
    about: ClassVar[str] = "Hears what was recorded, and reads answers aloud."
    tasks: ClassVar[tuple[str, ...]] = ("hear", "speak")

    def run(self, request: Request, tools: Toolbox) -> Result:
        """Do the task; raise ModelUnavailable when no model does it in time."""
        return self._hear(request, tools) if request.task == "hear" else self._speak(request, tools)

    def _hear(self, request: Request, tools: Toolbox) -> Result:
        sound = request.sound or b""
        length = float(request.detail.get("seconds") or 0.0)
        wait = min(LONGEST_WAIT, max(LEAST_WAIT, SLOWEST * length))
        tools.note("listening")
        try:
            heard = patience.within(
                wait,
                lambda: inference.transcribe(sound=sound, language=request.language),
                tools.cancelled,
            )
        except patience.TooSlow:
            raise ModelUnavailable(kind="hearing") from None
        text = heard.text.strip()
        sure = _sure(heard)
        count = len(text.split())
        if not text:
            summary = f"heard no words in {heard.seconds:.0f} s"
        else:
            tongue = languages.english_name(heard.language)
            summary = f"heard {count} word{'s'[: count != 1]} in {heard.seconds:.0f} s ({tongue})"
        checks = [Check("heard", bool(text), summary)]
        if text and sure < UNSURE:
            checks.append(Check("heard clearly", False, "some of the words are not sure"))
        return Result(
            text=text,
            language=heard.language if text else "",
            checks=checks,
            summary=summary,
            detail={"seconds": round(heard.seconds, 2), "sure": round(sure, 3), "words": count},
        )

    def _speak(self, request: Request, tools: Toolbox) -> Result:
        text = _short(spoken(request.text))
        if not text:
            return Result(summary="nothing to say aloud")
        if tools.cancelled():
            raise Cancelled
        tools.note("reading the answer aloud")
        try:
            speech = patience.within(
                LEAST_WAIT,
                lambda: inference.speak(
                    text=text,
                    voice=str(request.detail.get("voice") or ""),
                    speed=float(request.detail.get("speed") or 1.0),
                    language=request.language or "en",
                ),
                tools.cancelled,
            )
        except patience.TooSlow:
            raise ModelUnavailable(kind="speaking") from None
        return Result(
            sound=speech.wav,
            text=text,
            summary=f"spoke for {speech.seconds:.0f} s",
            detail={"seconds": round(speech.seconds, 2), "voice": speech.voice},
        )


def _sure(heard: Transcript) -> float:
    """Return the mean probability of the words; 1 when the model tells none."""
    marks = [word.probability for segment in heard.segments for word in segment.words]
    return sum(marks) / len(marks) if marks else 1.0


def _short(text: str) -> str:
    """Return `text` up to the last whole sentence within MOST_SPOKEN characters."""
    if len(text) <= MOST_SPOKEN:
        return text
    cut = text[:MOST_SPOKEN]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? ", "。", "؟ "))
    return cut[: end + 1] if end > 0 else cut
