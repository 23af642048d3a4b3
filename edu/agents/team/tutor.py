"""Answers from the materials: finds the sentences that answer, quotes them, and says when none do.

The model, when there is one, is asked two things: whether borderline passages answer at all, and for a
paraphrase to stand under the quotes. What it writes is checked sentence by sentence before it shows.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from edu.agents.base import (
    Agent,
    align,
    answerable,
    asking,
    compose,
    evidence,
    patience,
    prompts,
    wording,
)
from edu.agents.base.answer import Answer, without_marks
from edu.agents.base.compose import Reading
from edu.agents.base.evidence import Piece, Question
from edu.agents.data import Cancelled, Check, Request, Result, Toolbox
from edu.common import language as words
from edu.common.sources import Source
from edu.inference import api as inference
from edu.inference.data import Message, ModelUnavailable

log = logging.getLogger(__name__)

SOURCES = 8
PROBE_SECONDS = 8.0
READ_WORDS = 120  # that a model is given: reading is the slow part of a small one
WORDS_SECONDS = {False: 40.0, True: 60.0}  # for the paraphrase: our own small model, a strong one
WORDS_TOKENS = {False: 120, True: 400}
NEAREST = 2  # passages shown when the materials do not answer


class Tutor(Agent):
    """Task "answer" is a short answer, "explain" a longer one in parts; "simpler", "example" and
    "explain_differently" go on from an answer (`detail["used"]`: the sentences it showed). "say" says
    the sentence `detail["say"]` of base/wording.

    `Request.text` is the whole question, `language` that of the answer, `detail["context"]` the text of
    a photo, `detail["materials"]` how many there are. `Result.detail` has sentences, probability,
    withheld (how many sentences were kept back), question (as it was looked up) and busy (whether the
    model was too slow, so that the quotes stand alone).
    """

    name: ClassVar[str] = "tutor"
    about: ClassVar[str] = (
        "Answers from the materials, sentence by sentence, or says that they do not."
    )
    tasks: ClassVar[tuple[str, ...]] = (
        "answer",
        "explain",
        "simpler",
        "example",
        "explain_differently",
        "say",
    )

    def run(self, request: Request, tools: Toolbox) -> Result:
        """Do the task; works without any model, less well."""
        answer = Answer(tools, request.language)
        if request.task == "say":
            answer.notice(wording.words(str(request.detail["say"]), request.language))
            return _result(answer, Reading(evidence.ask("", request.language)), "answered by rule")
        reading = replace(self._read(request, tools), language=request.language)
        if not reading.pieces:
            name = "abstain" if request.detail.get("materials") else "no_materials"
            answer.notice(wording.words(name, request.language))
            return replace(_result(answer, reading, "found nothing to quote"), abstained=True)
        reading = self._judge(reading, request, tools)
        going_on = request.task in ("simpler", "example", "explain_differently")
        if reading.probability < (answerable.ANSWER / 2 if going_on else answerable.ANSWER):
            return self._abstain(answer, reading, tools)
        used = [str(each) for each in request.detail.get("used") or []]
        chosen = compose.TASKS[request.task](answer, reading, used)
        if not answer.citations and not answer.withheld:
            return self._abstain(answer, reading, tools)
        tools.note(_checking(len(answer.citations)))
        self._in_other_words(answer, reading, chosen, request, tools)
        answer.close()
        return _result(answer, reading, _summary(answer, reading))

    # --- finding ----------------------------------------------------------------------------------

    def _read(self, request: Request, tools: Toolbox) -> Reading:
        """Search, and weigh every sentence found; once more in the materials' language if need be."""
        context = str(request.detail.get("context") or "")
        question = evidence.ask(request.text, request.language, context)
        reading = self._look_up(question, context, request.sources, tools)
        spoken = _language_of(reading.sources)
        foreign = spoken and request.language and spoken != request.language
        if foreign and reading.probability < answerable.SURE:
            translated = self._translate(request.text, spoken, tools)
            if translated:
                again = evidence.ask(translated, spoken, context)
                second = self._look_up(again, context, [], tools)
                if second.probability > reading.probability:
                    name = wording.language_name(spoken)
                    check = Check("question translated", True, f"looked up in {name}: {translated}")
                    second.checks.append(check)
                    return second
        return reading

    def _look_up(
        self, question: Question, context: str, given: Sequence[Source], tools: Toolbox
    ) -> Reading:
        if tools.cancelled():
            raise Cancelled
        query = f"{question.text} {' '.join(context.split()[:40])}".strip()
        sources = list(given) or tools.search(query, SOURCES)
        pieces = evidence.pieces(sources)
        similarities = self._similarities(query, pieces)
        ranks = [source.score for source in sources]
        weighed = evidence.weigh(question, pieces, similarities, ranks)
        vectors = similarities is not None
        known = inference.embeds(language=question.language)
        likely = answerable.probability(question, sources, weighed, vectors, known)
        return Reading(question, sources, pieces, weighed, likely, vectors)

    def _similarities(self, query: str, pieces: Sequence[Piece]) -> list[float] | None:
        """Return the cosine of each piece with the query; None while nobody can tell."""
        if not pieces:
            return None
        try:
            asked = inference.embed(texts=[query[:1000]], purpose="query")
            said = inference.embed(texts=[piece.text[:1000] for piece in pieces])
        except ModelUnavailable:
            return None
        if asked.model != said.model:
            return None
        mine = asked.rows[0]
        return [sum(a * b for a, b in zip(mine, row, strict=True)) for row in said.rows]

    def _translate(self, text: str, language: str, tools: Toolbox) -> str:
        """Return the question in another language, "" when no model does it well enough."""
        if not inference.can_chat():
            return ""
        tools.note(f"putting the question into {wording.language_name(language)}")
        prompt = prompts.translation(text, wording.language_name(language))
        try:
            reply = patience.within(
                PROBE_SECONDS,
                lambda: inference.chat(messages=prompt, max_tokens=80, stop=["\n"]),
                tools.cancelled,
            )
        except (ModelUnavailable, patience.TooSlow):
            return ""
        translated = without_marks(reply.text)
        sensible = 0 < len(translated) <= 3 * len(text) + 20
        return translated if sensible and words.detect(translated, language) == language else ""

    # --- judging ----------------------------------------------------------------------------------

    def _judge(self, reading: Reading, request: Request, tools: Toolbox) -> Reading:
        """Ask the model too whether the passages state what was asked, when there is one."""
        likely = reading.probability
        said = f"{likely:.2f} by words and meaning"
        asks = request.task == "answer" and asking.is_question(request.text, request.language)
        if asks and likely > answerable.HOPELESS and inference.can_chat():
            tools.note("asking whether these passages state it")
            prompt = prompts.about(_passages(reading), reading.question.text, prompts.ANSWERABLE)
            try:
                reply = patience.within(
                    PROBE_SECONDS,
                    lambda: inference.chat(messages=prompt, max_tokens=1, choices=["yes", "no"]),
                    tools.cancelled,
                )
                yes = reply.first.get("yes", 0.5)
                likely = answerable.with_model(likely, yes)
                said += f", the model says {yes:.2f}: {likely:.2f}"
            except (ModelUnavailable, patience.TooSlow):
                said += ", the model did not answer in time"
                reading = replace(reading, busy=True)
        answers = likely >= answerable.ANSWER
        checks = [*reading.checks, Check("materials answer this", answers, said)]
        return replace(reading, probability=likely, checks=checks)

    def _abstain(self, answer: Answer, reading: Reading, tools: Toolbox) -> Result:
        """Say that the materials do not say, and show what comes nearest."""
        answer.notice(wording.words("abstain", reading.language))
        near: list[Piece] = []
        for each in reading.weighed:
            if len(near) < NEAREST and all(each.piece.source != have.source for have in near):
                near.append(each.piece)
        first = True
        for piece in near:
            if first:
                answer.paragraph()
                answer.notice(wording.words("nearest", reading.language))
                answer.paragraph(listed=True)
            first = not answer.quote(reading.sources[piece.source], piece.text) and first
        result = _result(answer, reading, _abstained(reading))
        return replace(result, abstained=True)

    # --- the model's words ------------------------------------------------------------------------

    def _in_other_words(
        self,
        answer: Answer,
        reading: Reading,
        chosen: Sequence[Piece],
        request: Request,
        tools: Toolbox,
    ) -> None:
        """Add a paraphrase under the quotes, as much of it as passes the checks."""
        if not chosen or answer.withheld:
            return
        spoken = chosen[0].language
        if spoken and spoken != request.language:
            # Words in another language than their source cannot be held against it by rule.
            name = wording.language_name(spoken)
            answer.paragraph()
            answer.notice(wording.words("other_language", request.language, name=name))
            return
        strong = inference.strong_chat()
        plain = request.task == "answer" and reading.question.kind in compose.FACTS
        if not inference.can_chat() or (plain and not strong) or reading.busy:
            return
        task = {"explain": prompts.EXPLAIN, "simpler": prompts.SIMPLER}.get(
            request.task, prompts.PARAPHRASE
        ).format(language=wording.language_name(request.language))
        prompt = prompts.about(_passages(reading), reading.question.text, task)
        carriers = [*chosen, *(p for each in _window(reading) for p in each if p not in chosen)]
        tools.note("putting it in other words")
        kept = dropped = 0
        answer.paragraph(wording.words("words", request.language))
        try:
            for sentence in self._sentences(prompt, strong, request.language, tools):
                if self._admit(answer, sentence, carriers, reading, strong):
                    kept += 1
                else:
                    dropped += 1
        except (ModelUnavailable, patience.TooSlow) as error:
            log.info("no more words from the model: %s", type(error).__name__)
            reading.checks.append(Check("words of the model", False, "it did not finish in time"))
            reading.busy = True
        if kept or dropped:
            detail = f"kept {kept} of {kept + dropped} sentences"
            reading.checks.append(Check("words of the model", not dropped, detail))

    def _admit(
        self, answer: Answer, sentence: str, pieces: Sequence[Piece], reading: Reading, strong: bool
    ) -> bool:
        """Show a sentence of the model if its sources carry it; a strong model's may also be shown
        as its own when nothing in it contradicts them."""
        language = pieces[0].language
        asked = align.asks_again(sentence, reading.question)
        if asked or align.copies(sentence, pieces, language):
            return False
        found = align.align(sentence, pieces, language)
        refused = found.refused
        markers: list[int | None] = []
        if not refused:
            carried = [pieces[i] for i in found.carried_by]
            markers = [answer.cite(reading.sources[p.source], p.text) for p in carried]
            refused = "" if all(markers) else "its source cannot be shown"
        if not refused:
            reading.checks.append(
                Check("sentence aligned", True, f"{found.support:.2f}: {sentence}")
            )
            return answer.words(sentence, sorted({m for m in markers if m}))
        reading.checks.append(Check("sentence aligned", False, f"{refused}: {sentence}"))
        return strong and refused == align.NOT_CARRIED and answer.own(sentence)

    def _sentences(
        self, prompt: list[Message], strong: bool, language: str, tools: Toolbox
    ) -> Iterator[str]:
        """Yield the sentences of the model's answer, each as soon as it is whole."""
        heard = ""
        pieces = patience.stream_within(
            WORDS_SECONDS[strong],
            lambda: inference.chat_stream(messages=prompt, max_tokens=WORDS_TOKENS[strong]),
            tools.cancelled,
        )
        for piece in pieces:
            heard += piece
            whole = words.sentences(heard, language)
            for start, end in whole[:-1]:
                if sentence := without_marks(heard[start:end]):
                    yield sentence
            heard = heard[whole[-1][0] :] if whole else heard
        # A model that ran out of tokens stops in the middle: such an end is not shown.
        if heard.strip() and _is_whole(heard):
            yield without_marks(heard)


def _window(reading: Reading) -> list[list[Piece]]:
    return evidence.window(reading.weighed, reading.pieces, READ_WORDS)


def _passages(reading: Reading) -> list[str]:
    """Return the passages that a model is given to read: the same ones, whatever it is asked."""
    return [" ".join(piece.text for piece in each) for each in _window(reading)]


def _is_whole(text: str) -> bool:
    return text.rstrip("\"'”’»)* \n").endswith((".", "!", "?", "。", "؟", "۔"))


def _language_of(sources: Sequence[Source]) -> str:
    """Return the language that most of the best sources are in."""
    spoken = Counter(source.language for source in sources if source.language)
    return spoken.most_common(1)[0][0] if spoken else ""


def _checking(count: int) -> str:
    return f"checking {count} quote{'s'[: count != 1]}"


def _summary(answer: Answer, reading: Reading) -> str:
    count = len(answer.citations)
    said = f"{count} quote{'s'[: count != 1]} from {_materials(reading, answer)}"
    own = sum(each["kind"] == "words" for each in answer.sentences)
    if own:
        said += f", {own} sentence{'s'[: own != 1]} in other words"
    refused = sum(not each.passed for each in reading.checks)
    if refused:
        said += f", {refused} check{'s'[: refused != 1]} refused something"
    if answer.withheld:
        said += f", {answer.withheld} kept back for an open question"
    return said


def _materials(reading: Reading, answer: Answer) -> str:
    count = len({citation.material for citation in answer.citations})
    return f"{count} material{'s'[: count != 1]}"


def _abstained(reading: Reading) -> str:
    count = len({source.material for source in reading.sources})
    return f"looked through {count} material{'s'[: count != 1]}, none of them says it"


def _result(answer: Answer, reading: Reading, summary: str) -> Result:
    quoted = all(each.quote for each in answer.citations)
    checks = [*reading.checks]
    if answer.citations or answer.uncited:
        detail = f"{len(answer.citations)} verbatim, {answer.uncited} left out"
        checks.append(Check("quotes stand in their passages", quoted, detail))
    if answer.withheld:
        detail = f"{answer.withheld} sentences kept back"
        checks.append(Check("no answer to an open question given away", False, detail))
    first = answer.citations[0].passage if answer.citations else ""
    objective = next((s.objective for s in reading.sources if s.passage == first), None)
    return Result(
        text=answer.markdown,
        citations=answer.citations,
        checks=checks,
        summary=summary,
        language=reading.language,
        detail={
            "sentences": answer.sentences,
            "probability": round(reading.probability, 4),
            "withheld": answer.withheld,
            "question": reading.question.text,
            "objective": objective,
            "busy": reading.busy,
        },
    )
