"""A model's words under the quotes: whether it may be asked for them at all, and which of them pass.

THE RULE: only a chat server that the operator set (`EDU_MODEL_URL`) is asked to say in other words what
the quotes say, and only where question and quotes are in one language, because a sentence is held
against its source word by word. Our own small model is never asked: read beside the quotes of 16 answers
in English, German, French, Spanish, Turkish and Arabic it only repeated the quote, after 7 to 49 seconds.
The quotes then stand alone, at once.
"""

import logging
from collections.abc import Iterator, Sequence

from edu.agents.base import align, compose, evidence, languages, patience, prompts, wording
from edu.agents.base.answer import Answer, without_marks
from edu.agents.base.compose import Reading
from edu.agents.base.evidence import Piece
from edu.agents.data import Check, Request, Toolbox
from edu.common import language as words
from edu.inference import api as inference
from edu.inference.data import Message, ModelUnavailable

log = logging.getLogger(__name__)

READ_WORDS = 120  # that a model is given: reading is the slow part of a small one
SECONDS = 60.0
TOKENS = 400


def allowed(reading: Reading, chosen: Sequence[Piece], task: str) -> bool:
    """Whether THE RULE of this module lets a model reword `chosen` for an answer to `reading`."""
    if not chosen or reading.busy or not (inference.can_chat() and inference.chosen_chat()):
        return False
    if any(piece.language not in ("", reading.language) for piece in chosen):
        return False
    fact = task == "answer" and reading.question.kind in compose.FACTS
    return not fact or inference.strong_chat()


def add(
    answer: Answer, reading: Reading, chosen: Sequence[Piece], request: Request, tools: Toolbox
) -> None:
    """Add a paraphrase under the quotes, as much of it as passes the checks."""
    strong = inference.strong_chat()
    task = {"explain": prompts.EXPLAIN, "simpler": prompts.SIMPLER}.get(
        request.task, prompts.PARAPHRASE
    ).format(language=languages.english_name(request.language))
    task += prompts.TONES.get(reading.tone, "")
    prompt = prompts.about(passages(reading), reading.question.text, task)
    carriers = [*chosen, *(p for each in _window(reading) for p in each if p not in chosen)]
    tools.note("putting it in other words")
    kept = dropped = 0
    answer.paragraph(wording.words("words", request.language))
    try:
        for sentence in _sentences(prompt, request.language, tools):
            if _admit(answer, sentence, carriers, reading, strong):
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


def passages(reading: Reading) -> list[str]:
    """Return the passages that a model is given to read: the same ones, whatever it is asked."""
    return [" ".join(piece.text for piece in each) for each in _window(reading)]


def _window(reading: Reading) -> list[list[Piece]]:
    return evidence.window(reading.weighed, reading.pieces, READ_WORDS)


def _admit(
    answer: Answer, sentence: str, pieces: Sequence[Piece], reading: Reading, strong: bool
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
        reading.checks.append(Check("sentence aligned", True, f"{found.support:.2f}: {sentence}"))
        return answer.words(sentence, sorted({m for m in markers if m}))
    reading.checks.append(Check("sentence aligned", False, f"{refused}: {sentence}"))
    return strong and refused == align.NOT_CARRIED and answer.own(sentence)


def _sentences(prompt: list[Message], language: str, tools: Toolbox) -> Iterator[str]:
    """Yield the sentences of the model's answer, each as soon as it is whole."""
    heard = ""
    pieces = patience.stream_within(
        SECONDS,
        lambda: inference.chat_stream(messages=prompt, max_tokens=TOKENS),
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


def _is_whole(text: str) -> bool:
    return text.rstrip("\"'”’»)* \n").endswith((".", "!", "?", "。", "؟", "۔"))
