"""Answers from the materials: finds the sentences that answer, quotes them, and says when none do.

The model, when there is one, is asked two things: whether borderline passages answer at all, and for a
paraphrase to stand under the quotes. What it writes is checked sentence by sentence before it shows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import ClassVar

from edu.agents.base import (
    Agent,
    answerable,
    asking,
    choices,
    compose,
    evidence,
    extremes,
    instances,
    languages,
    listing,
    names,
    overview,
    parts,
    patience,
    prompts,
    rewording,
    several,
    stating,
    wording,
)
from edu.agents.base.answer import Answer, without_marks
from edu.agents.base.compose import Reading
from edu.agents.base.evidence import Piece, Question
from edu.agents.data import Cancelled, Check, Request, Result, Toolbox
from edu.common import language as words
from edu.common.sources import Source
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable

SOURCES = 8
PROBE_SECONDS = 8.0
NOT_SAID = 0.05  # how likely the materials answer on what they never name
NEAREST = 2  # passages shown when the materials do not answer
GOING_ON = ("simpler", "example", "explain_differently", "more")


class Tutor(Agent):
    """Task "answer" is a short answer, "explain" a longer one in parts; "simpler", "example",
    "explain_differently" and "more" go on from an answer (`detail["used"]`: the sentences it showed).
    "overview" tells what all the materials say, or the part of them that `detail["target"]` names, in
    the form `detail["form"]` of base/overviews. "say" says the sentence `detail["say"]` of base/wording.

    `Request.text` is the whole question, `language` that of the answer, `detail["context"]` the text of
    a photo, `detail["materials"]` how many there are, `detail["tone"]` "plain", "warm" (a closing word
    about how to go on) or "brief" (fewer sentences). `Result.detail` has sentences, probability,
    withheld (how many sentences were kept back), question (as it was looked up), busy (whether the
    model was too slow, so that the quotes stand alone) and signs (see base/stating.py, if any were read).
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
        "more",
        "overview",
        "say",
    )

    def run(self, request: Request, tools: Toolbox) -> Result:
        """Do the task; works without any model, less well."""
        answer = Answer(tools, request.language)
        if request.task == "say":
            answer.notice(wording.words(str(request.detail["say"]), request.language))
            return _result(answer, Reading(evidence.ask("", request.language)), "answered by rule")
        if request.task == "overview":
            written = overview.write(answer, request, tools)
            if written is not None:
                answer.close()
                return replace(
                    _result(answer, written, _summary(answer, written)),
                    abstained=not answer.citations and not answer.withheld,
                )
            # What it names is no part of the materials, but perhaps something that they speak of.
            request = replace(request, task=overview.instead(request))
        choice = choices.told(request.text, request.language)
        if request.task == "answer" and choice:
            return self._choice(answer, request, tools, choice)
        if request.task in ("answer", "explain"):
            sides = parts.sides(request.text, request.language)
            asked = parts.split(request.text, request.language)
            if sides or len(asked) > 1:
                return self._several(answer, request, tools, sides, asked)
        return self._one(answer, request, tools)

    def _one(self, answer: Answer, request: Request, tools: Toolbox) -> Result:
        """Answer one question."""
        reading = self._read(request, tools)
        if not reading.pieces:
            return self._nothing(answer, reading, request)
        reading = self._judge(reading, request, tools)
        enough = answerable.ANSWER / 2 if request.task in GOING_ON else answerable.ANSWER
        if reading.probability < enough:
            return self._abstain(answer, reading, tools)
        used = [str(each) for each in request.detail.get("used") or []]
        chosen = compose.TASKS[request.task](answer, reading, used)
        if not answer.citations and not answer.withheld and request.task != "more":
            return self._abstain(answer, reading, tools)
        return self._finish(answer, reading, chosen, request, tools)

    def _several(
        self,
        answer: Answer,
        request: Request,
        tools: Toolbox,
        sides: tuple[str, str] | None,
        asked: Sequence[str],
    ) -> Result:
        """Answer each of several questions, or speak of both sides of a comparison; name what the
        materials do not say."""
        whole = self._read(request, tools)
        if not whole.pieces:
            return self._nothing(answer, whole, request)
        topics = list(sides) if sides else several.complete(asked, request.language)
        readings = [self._read(replace(request, text=each), tools) for each in topics]
        if sides:
            readings = [several.of_side(each) for each in readings]
        else:
            each_asked = [replace(request, text=topic) for topic in topics]
            readings = [
                self._judge(reading, one, tools)
                for reading, one in zip(readings, each_asked, strict=True)
            ]
        likely = max(reading.probability for reading in readings)
        if likely < answerable.ANSWER:
            return self._abstain(answer, replace(whole, probability=likely), tools)
        for reading in readings:
            whole.checks.extend(reading.checks)
        if sides:
            chosen = several.compare(answer, whole, sides, readings)
        else:
            chosen = several.one_by_one(answer, request, asked, readings)
        if not answer.citations and not answer.withheld:
            return self._abstain(answer, whole, tools)
        whole.busy = any(reading.busy for reading in readings)
        return self._finish(answer, replace(whole, probability=likely), chosen, request, tools)

    def _choice(
        self, answer: Answer, request: Request, tools: Toolbox, choice: tuple[str, str, str]
    ) -> Result:
        """Answer which of two things it is by what the materials say of both."""
        whole = self._read(request, tools)
        if not whole.pieces:
            return self._nothing(answer, whole, request)
        asked, *sides = choice
        readings = [self._read(replace(request, text=f"{asked} {each}"), tools) for each in sides]
        likely = max(each.probability for each in (whole, *readings))
        whole = replace(whole, probability=likely)
        if likely < answerable.ANSWER:
            return self._abstain(answer, whole, tools)
        chosen = choices.answer_both(answer, whole, sides, readings)
        if not answer.citations and not answer.withheld:
            return self._abstain(answer, whole, tools)
        return self._finish(answer, replace(whole, unspoken=[]), chosen, request, tools)

    def _finish(
        self,
        answer: Answer,
        reading: Reading,
        chosen: Sequence[Piece],
        request: Request,
        tools: Toolbox,
    ) -> Result:
        tools.note(_checking(len(answer.citations)))
        self._name_what_is_beside(answer, reading, chosen, request.task)
        if reading.unsure and chosen:
            answer.paragraph()
            answer.notice(wording.words("unsure", reading.language))
        if not answer.withheld and rewording.allowed(reading, chosen, request.task):
            rewording.add(answer, reading, chosen, request, tools)
        elif chosen and not answer.withheld:
            _say_their_language(answer, chosen, request.language)
        if reading.tone == "warm" and chosen and not answer.withheld:
            answer.paragraph()
            answer.notice(wording.words("go_on", request.language))
        answer.close()
        return _result(answer, reading, _summary(answer, reading))

    def _name_what_is_beside(
        self, answer: Answer, reading: Reading, chosen: Sequence[Piece], task: str
    ) -> None:
        """Say which names of the question do not stand at what was quoted, so that nobody takes what
        is said of one thing for another's."""
        question = reading.question
        if task not in ("answer", "explain") or not chosen or reading.foreign:
            return
        named = names.named(question.text, question.language)
        beside = names.beside(named, reading.sources, reading.pieces, chosen)
        beside = [each for each in beside if each not in answer.markdown]  # said so already
        if beside:
            said = ", ".join(beside)
            answer.paragraph()
            answer.notice(wording.words("name_beside", reading.language, name=said))

    def _nothing(self, answer: Answer, reading: Reading, request: Request) -> Result:
        """Say that there is nothing to quote from."""
        name = "abstain" if request.detail.get("materials") else "no_materials"
        answer.notice(wording.words(name, request.language))
        return replace(_result(answer, reading, "found nothing to quote"), abstained=True)

    # --- finding ----------------------------------------------------------------------------------

    def _read(self, request: Request, tools: Toolbox) -> Reading:
        """Search, and weigh every sentence found; once more in the materials' language if need be."""
        context = str(request.detail.get("context") or "")
        question = evidence.ask(request.text, request.language, context)
        if request.task == "example":
            question = instances.asked(question)
        elif some := listing.kind_asked(request.text, request.language):
            stems = tuple(words.content_words(some, request.language))
            question = replace(question, kind="list", stems=stems)
        reading = self._look_up(question, context, request.sources, tools)
        spoken = _language_of(reading.sources)
        foreign = spoken and request.language and spoken != request.language
        if foreign and reading.probability < answerable.SURE:
            translated = self._translate(request.text, spoken, tools)
            if translated:
                again = evidence.ask(translated, spoken, context)
                second = self._look_up(again, context, [], tools)
                if second.probability > reading.probability:
                    name = languages.english_name(spoken)
                    check = Check("question translated", True, f"looked up in {name}: {translated}")
                    second.checks.append(check)
                    reading = second
        tone = str(request.detail.get("tone") or "")
        return replace(reading, language=request.language, tone=tone)

    def _look_up(
        self, question: Question, context: str, given: Sequence[Source], tools: Toolbox
    ) -> Reading:
        if tools.cancelled():
            raise Cancelled
        query = f"{question.text} {' '.join(context.split()[:40])}".strip()
        sources = list(given) or tools.search(query, SOURCES)
        sources, best = extremes.told(question, sources, tools.search)
        pieces = evidence.pieces(sources)
        similarities = self._similarities(query, pieces)
        ranks = [source.score for source in sources]
        vectors = similarities is not None
        known = inference.embeds(language=question.language)
        # Across languages there are hardly any words in common: vectors are all there is.
        foreign = question.language != _language_of(sources)
        weighed = evidence.weigh(question, pieces, similarities, ranks, known or foreign)
        likely = answerable.probability(question, sources, weighed, vectors, known)
        weighed = names.with_figures(question.stems, weighed)
        unspoken: list[str] = []
        if not foreign:
            named = names.named(question.text, question.language)
            unspoken = names.missing(named, names.texts(sources))
            weighed = names.prefer(named, sources, pieces, weighed)
        if best:
            likely, weighed = max(likely, answerable.SURE), extremes.prefer(best, weighed)
        if unspoken and not given:
            told = names.texts(tools.search(" ".join(unspoken), SOURCES))
            unspoken = names.missing(unspoken, told)
        if unspoken or asking.is_sum(question.text, [source.text for source in sources]):
            likely = min(likely, NOT_SAID)
        reading = Reading(question, sources, pieces, weighed, likely, vectors, known or foreign)
        return replace(reading, unspoken=unspoken, compared=bool(best))

    def _similarities(self, query: str, pieces: Sequence[Piece]) -> list[float] | None:
        """Return the cosine of each piece with the query; None while nobody can tell."""
        if not pieces:
            return None
        try:
            texts = [piece.text[:1000] for piece in pieces]
            asked = inference.embed(texts=[query[:1000]], purpose="query", matter=texts)
            said = inference.embed(texts=texts)
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
        tools.note(f"putting the question into {languages.english_name(language)}")
        prompt = prompts.translation(text, languages.english_name(language))
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
        spoken = likely = reading.probability
        if reading.compared and likely >= answerable.ANSWER:
            check = Check("materials answer this", True, "the figures of a table were compared")
            return replace(reading, checks=[*reading.checks, check])
        said = f"{likely:.2f} by words and meaning"
        language = "" if reading.foreign else reading.question.language
        asks = request.task == "answer" and asking.is_question(request.text, request.language)
        # What is not so is answered by what is: "Is brass pure copper?" is not said anywhere.
        asks = asks and asking.kind_of(request.text, request.language) != "whether"
        odds, signs = answerable.NO_SIGNS, {}
        if asks and likely >= answerable.ANSWER and not reading.foreign:
            told = stating.signs(reading.question, reading.sources, reading.pieces, reading.weighed)
            signs = asdict(told)
            odds = answerable.sign_odds(signs, language, reading.vectors and reading.known)
            likely = answerable.stated(spoken, odds, language)
            said += f", {likely:.2f} by what stands near"
        open_yet = spoken > answerable.HOPELESS and odds > answerable.LOST
        if asks and open_yet and inference.can_chat():
            tools.note("asking whether these passages state it")
            prompt = prompts.about(
                rewording.passages(reading), reading.question.text, prompts.ANSWERABLE
            )
            try:
                reply = patience.within(
                    PROBE_SECONDS,
                    lambda: inference.chat(messages=prompt, max_tokens=1, choices=["yes", "no"]),
                    tools.cancelled,
                )
                yes = reply.first.get("yes", 0.5)
                likely = answerable.stated(spoken, odds, language, yes)
                said += f", the model says {yes:.2f}: {likely:.2f}"
            except (ModelUnavailable, patience.TooSlow):
                said += ", the model did not answer in time"
                reading = replace(reading, busy=inference.chosen_chat())
        answers = likely >= answerable.ANSWER
        checks = [*reading.checks, Check("materials answer this", answers, said)]
        near = asks and spoken >= answerable.ANSWER and likely < answerable.UNSURE
        return replace(reading, probability=likely, checks=checks, unsure=near, signs=signs)

    def _abstain(self, answer: Answer, reading: Reading, tools: Toolbox) -> Result:
        """Say that the materials do not say, and show what comes nearest."""
        answer.notice(
            wording.words("cannot_tell" if reading.unsure else "abstain", reading.language)
        )
        if reading.tone == "warm":
            answer.notice(wording.words("not_your_fault", reading.language))
        if reading.unspoken:
            said = ", ".join(reading.unspoken)
            answer.notice(wording.words("name_missing", reading.language, name=said))
        spoken = _language_of(reading.sources)
        if spoken and reading.language and spoken != reading.language:
            name = languages.name(spoken, reading.language)
            answer.notice(wording.words("ask_in", reading.language, name=name))
        near: list[Piece] = []
        most = 1 if reading.tone == "brief" else NEAREST
        for each in reading.weighed:
            if len(near) < most and all(each.piece.source != have.source for have in near):
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


def _say_their_language(answer: Answer, chosen: Sequence[Piece], language: str) -> None:
    """Say so when what was quoted is in another language than the answer."""
    spoken = chosen[0].language
    if spoken and spoken != language:
        name = languages.name(spoken, language)
        answer.paragraph()
        answer.notice(wording.words("other_language", language, name=name))


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
            "signs": reading.signs,
        },
    )
