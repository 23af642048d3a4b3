"""Understands what was written or said: which language, what is wanted, and the whole question."""

from typing import Any, ClassVar

from edu.agents.base import Agent, asking, following, intents, overviews, tongue
from edu.agents.data import Request, Result, Toolbox
from edu.common import language as words

ANSWER_WORDS = 40  # more than this is no answer to a check question


class Text(Agent):
    """Reads the learner's words by rule; no model is asked.

    `Request.text` is what was typed, and `detail` may have: heard, seen (texts), wants (a button's
    intent), open ({"kind", "stem", "options": [{"id", "text"}], "resembles": whether the words are like its
    key} of the open check question), preferred and materials (the languages that the learner wishes and
    that their materials are in; `Request.language` is that of what they said before), previous
    ({"question", "sentences": [text], "language", and "form" and "target" when it was an overview} of
    the turn before).
    """

    name: ClassVar[str] = "text"
    about: ClassVar[str] = "Tells the language, what is wanted, and the whole question."
    tasks: ClassVar[tuple[str, ...]] = ("understand",)

    def run(self, request: Request, tools: Toolbox) -> Result:
        """Return `detail`: intent (question, answer, hint, check_me, simpler, example, explain,
        explain_differently, more, overview, smalltalk or empty), question (whole, "" for the one
        before), context (words of the picture), response (when intent is answer), follows (whether
        it goes on from the turn before), form and target (of an overview, see base/overviews)."""
        said = _joined(request.text, str(request.detail.get("heard") or ""))
        seen = str(request.detail.get("seen") or "")
        previous = request.detail.get("previous") or {}
        language = tongue.of(
            said or seen,
            previous=str(request.language or previous.get("language") or ""),
            preferred=str(request.detail.get("preferred") or ""),
            materials=str(request.detail.get("materials") or ""),
        )
        found = self._intent(said, seen, request, language)
        found = {"question": "", "context": "", "response": None, "follows": False, **found}
        if not found["question"] and found["intent"] == "question":
            found |= self._question(said, seen, previous, language)
        summary = f"{found['intent'].replace('_', ' ')}, {language}"
        if found["follows"]:
            summary += ", goes on from the question before"
        return Result(detail=found, language=language, summary=summary)

    def _intent(self, said: str, seen: str, request: Request, language: str) -> dict[str, Any]:
        wants = str(request.detail.get("wants") or "")
        question = request.detail.get("open")
        if wants and wants != "answer":
            told = intents.command(said)
            topic = told[1] if told and told[0] == wants else said
            return {"intent": wants, "question": topic if intents.has_words(topic) else ""}
        if not intents.has_words(said):
            return {"intent": "question" if intents.has_words(seen) else "empty"}
        told = intents.command(said)
        if question:
            answer = self._answer(said, told, question, language, wants == "answer")
            if answer is not None:
                return answer
        whole = overviews.asked(said)
        if whole is not None and (told is None or told[0] == "explain"):
            return {"intent": "overview", "question": said, "form": whole[0], "target": whole[1]}
        if told is not None and told[0] != "unknown":
            return {"intent": told[0], "question": told[1]}
        if intents.small_talk(said) and not intents.has_words(seen):
            return {"intent": "smalltalk"}
        return {"intent": "question"}

    def _answer(
        self,
        said: str,
        told: tuple[str, str] | None,
        question: dict[str, Any],
        language: str,
        surely: bool,
    ) -> dict[str, Any] | None:
        """Return the intent "answer" with its response when `said` answers the open question."""
        if told is not None and told[0] == "unknown":
            return {"intent": "answer", "response": None}
        if not surely and intents.wants_answer(said):
            return {"intent": "hint"}
        options = question.get("options") or []
        if options:
            named = intents.option_named(said, options)
            if named is not None or surely:
                return {"intent": "answer", "response": named or said}
            return None
        if surely:
            return {"intent": "answer", "response": said}
        if told is not None or len(said.split()) > ANSWER_WORDS:
            return None
        asks = asking.is_question(said, language) or _asks_elsewhere(said)
        if asks or intents.requests(said) or overviews.asked(said) is not None:
            return None
        whether = asking.kind_of(str(question.get("stem") or ""), language) == "whether"
        if intents.only_courteous(said, whether) or not question.get("resembles", True):
            return None
        return {"intent": "answer", "response": said}

    def _question(
        self, said: str, seen: str, previous: dict[str, Any], language: str
    ) -> dict[str, Any]:
        """Return the whole question: with the words of the one before when it goes on from it."""
        before = str(previous.get("question") or "")
        has_own = bool(words.content_words(said, language))
        if not said and seen:
            return {"question": _asked_in(seen, language), "context": seen}
        if seen and not has_own:
            return {"question": said, "context": seen}
        if before and not seen and following.goes_on(said, language):
            number = intents.which_one(said)
            listed = [str(each) for each in previous.get("sentences") or []]
            named = ""
            if number is not None and listed and number <= len(listed):
                named = listed[number - 1 if number > 0 else -1]
            if previous.get("form") and not named:
                # An overview has many subjects; the first sentence it showed names the first one.
                named = str(previous.get("target") or "") or (listed[0] if listed else "")
            kept = following.content_of(named or before, language)
            return {"question": f"{said} ({kept})", "context": seen, "follows": True}
        if not has_own:
            return {"intent": "empty"}
        return {"question": said, "context": seen}


def _asks_elsewhere(said: str) -> bool:
    """Whether `said` begins as questions of any language do; one word alone is no question."""
    return len(words.words(said)) > 1 and bool(asking.spoken_among(said))


def _joined(typed: str, heard: str) -> str:
    """Return typed and spoken words as one text; what was said twice is kept once."""
    typed, heard = typed.strip(), heard.strip()
    if typed and heard and heard.lower() not in typed.lower():
        return f"{typed} {heard}" if typed.lower() not in heard.lower() else heard
    return typed or heard


def _asked_in(seen: str, language: str) -> str:
    """Return the question that stands in the text of a picture, or the beginning of that text."""
    for start, end in words.sentences(seen, language):
        if seen[start:end].rstrip().endswith(("?", "؟", "？")):
            return " ".join(seen[start:end].split())
    return " ".join(seen.split()[:30])
