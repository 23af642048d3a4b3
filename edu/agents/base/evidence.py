"""Sentences of the materials, weighed against a question, and the few chosen that answer it.

Pure functions: whoever calls brings the sources and, if there are any, the vectors.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from edu.agents.base import asking, fitting, opposites
from edu.common import language as words
from edu.common.sources import Source

MOST_PIECES = 90
OTHERS = 3  # sentences of other passages that a model is given besides
LONG = 420  # characters; a "sentence" beyond this is a table, a list or unpunctuated speech
BEFORE = 0.7  # of what speaks for a sentence speaks for the next one that points back to it
# What the form of the answer counts for; more where it is told surely. More for names costs answers.
FIT = {"how_many": 0.18, "when": 0.18, "where": 0.18, "definition": 0.18}
OTHER_FIT = 0.12
MEANING_UNKNOWN = 0.15  # what vectors count for in a language that their model does not know
OPPOSITE = 0.6  # what is left of a sentence that dates the end where the beginning is asked for
GIVEN = 0.3  # speaks for a line that begins with the name of what is asked for
SAME = 0.7  # two sentences that share so much say the same

# Words that point back: a sentence that begins so needs the one before it.
_POINTS_BACK = {
    "en": "this these that those it its they their them he she his her such both here there then "
    "however therefore thus hence instead moreover furthermore also otherwise similarly likewise "
    "consequently because so but and yet nevertheless",
    "de": "dies diese dieser dieses das es sie er ihr ihre sein seine solche dabei dadurch daher deshalb "
    "dann jedoch außerdem somit dort hier also aber und beide",
    "fr": "ce cet cette ces cela ceci il elle ils elles son sa ses leur leurs ainsi donc cependant alors "
    "mais et puis",
    "es": "esto esta este estos estas eso esa ese ello ella él ellos ellas su sus así entonces además "
    "pero y por",
    "it": "questo questa questi queste ciò esso essa essi esse suo sua loro così quindi inoltre ma e",
    "pt": "isto este esta estes estas isso esse essa ele ela eles elas seu sua assim então além mas e",
    "nl": "dit dat deze die het zij hij hun zijn haar zulke daardoor daarom dus dan echter ook maar en",
    "tr": "bu bunlar şu o onlar böylece bundan bunun ayrıca ancak ama fakat",
    "ar": "هذا هذه هؤلاء ذلك تلك هو هي هم لذلك وهكذا لكن",
    "ru": "это этот эта эти он она оно они его её их поэтому однако также затем но и тогда такой",
}
_PRONOUNS = {
    "en": "it they he she",
    "de": "es sie er",
    "fr": "il elle ils elles",
    "es": "él ella ellos ellas",
    "it": "esso essa essi esse egli",
    "pt": "ele ela eles elas",
    "nl": "het hij zij ze",
    "ru": "он она оно они",
}
_EXAMPLE = {
    "en": r"for example|for instance|e\.g\.|imagine|think of|consider|an example|suppose",
    "de": r"zum beispiel|z\. ?b\.|beispielsweise|etwa wenn|stell dir|ein beispiel",
    "fr": r"par exemple|p\. ?ex\.|imagine|comme lorsque|un exemple",
    "es": r"por ejemplo|p\. ?ej\.|imagina|un ejemplo|toma por caso",
    "it": r"per esempio|ad esempio|immagina|un esempio",
    "pt": r"por exemplo|imagine|um exemplo",
    "nl": r"bijvoorbeeld|bv\.|stel je|een voorbeeld",
    "tr": r"örneğin|mesela|örnek olarak",
    "ar": r"على سبيل المثال|مثلا|مثال|تخيل",
    "ru": r"например|к примеру|представь|пример",
}
_LIST_MARK = re.compile(r"^(?:[-*•·▪◦‣–]|\d{1,3}[.)])\s+")
# "Inventor: Jonas Brell": short, and yet it says something of its own.
_NAMED = re.compile(r"[^\W\d_][^:：;]{1,50}[:：]\s+\S|[^\W\d_][^:：;]{0,20}：\S")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।:;][\"'”’»)\]]*$")


@dataclass(frozen=True)
class Piece:
    """One sentence: `text` stands verbatim in the text of source number `source`, as its number
    `place`; `stems` are its content words."""

    source: int
    place: int
    text: str
    stems: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True)
class Weighed:
    """A piece and what speaks for it: `coverage` (share of the question's weight in it), `similarity`
    (cosine, 0 when there are no vectors), `fit` (form of the answer) and the `score` of all, 0..1."""

    piece: Piece
    coverage: float
    similarity: float
    fit: float
    score: float


@dataclass(frozen=True)
class Question:
    """A question as it is weighed: its words, what it wants, and words that came with it (`context`,
    such as the text of a photo), which count for less; `measures` are those of a figure asked for."""

    text: str
    language: str
    kind: str
    stems: tuple[str, ...]
    context: tuple[str, ...] = field(default=())
    measures: tuple[str, ...] = field(default=())


def ask(text: str, language: str, context: str = "") -> Question:
    """Return `text` as a question to weigh."""
    stems = tuple(dict.fromkeys(words.content_words(text, language)))
    beside = tuple(dict.fromkeys(words.content_words(context, language)))[:60]
    kind, measures = asking.wanted(text, language)
    return Question(text, language, kind, stems, beside, measures)


def pieces(sources: Sequence[Source], most: int | None = MOST_PIECES) -> list[Piece]:
    """Return the sentences of `sources` in order, those of the first sources when there are more than
    `most`. Headings and scraps are left out; a list mark is not part of the sentence."""
    found: list[Piece] = []
    for number, source in enumerate(sources):
        language = source.language or words.guess(source.text)
        place = 0
        for start, end in words.sentences(source.text, language):
            for text in _cut(source.text[start:end]):
                stems = tuple(words.content_words(text, language))
                if stems and not _is_heading(text, stems):
                    found.append(Piece(number, place, text, stems, language))
                    place += 1
        if most is not None and len(found) >= most:
            break
    return found[:most]


def _cut(text: str) -> list[str]:
    """Return `text`, or its lines when it is too long for a sentence and has lines."""
    text = _LIST_MARK.sub("", text.strip())
    if "\n" not in text:
        return [text]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    first = lines[0]
    if len(lines) > 1 and len(first) < 70 and not _SENTENCE_END.search(first):
        # A heading stands on the sentence when the line after it starts anew.
        rest = text[text.index(first) + len(first) :].strip()
        if rest[:1].isupper() and _begins_sentence(first, rest):
            return [rest] if len(rest) <= LONG else _cut(rest)
    return [text] if len(text) <= LONG else [_LIST_MARK.sub("", line) for line in lines]


def _begins_sentence(first: str, rest: str) -> bool:
    """Whether `rest` is a sentence without `first`: a heading has few words, and the next line does
    not go on in the middle of one."""
    last = first.split()[-1].lower()
    small = words.stopwords(words.guess(first + " " + rest))
    return len(first.split()) <= 8 and last not in small and not first.endswith((",", "-"))


def _is_heading(text: str, stems: tuple[str, ...]) -> bool:
    if _NAMED.match(text):
        return False
    ends = _SENTENCE_END.search(text) is not None
    return not ends and (len(text.split()) < 4 or len(stems) < 2) and len(text) < 60


def weights(stems: Sequence[str], among: Sequence[Piece]) -> dict[str, float]:
    """Return how much each of `stems` says: the rarer among the pieces, the more."""
    spread = Counter(stem for piece in among for stem in set(piece.stems))
    total = len(among)
    return {s: math.log(1 + (total - spread[s] + 0.5) / (spread[s] + 0.5)) for s in stems}


def coverage(stems: Sequence[str], weight: dict[str, float], found: set[str]) -> float:
    """Return the share of the weight of `stems` that is in `found`, 0..1."""
    whole = sum(weight[s] for s in stems)
    return sum(weight[s] for s in stems if s in found) / whole if whole else 0.0


def weigh(
    question: Question,
    among: Sequence[Piece],
    similarities: Sequence[float] | None = None,
    ranks: Sequence[float] | None = None,
    known: bool = True,
) -> list[Weighed]:
    """Return every piece with what speaks for it, best first. `similarities` are cosines, one per
    piece, and `known` says whether their model knows the language: to one that does not, all is alike.
    `ranks` are the scores (0..1) of the sources in the search."""
    weight = weights([*question.stems, *question.context], among)
    found: list[Weighed] = []
    share = near = 0.0
    for number, piece in enumerate(among):
        goes_on = number > 0 and _is_next(piece, among[number - 1]) and points_back(piece)
        before = (BEFORE * share, BEFORE * near) if goes_on else (0.0, 0.0)
        cosine = similarities[number] if similarities is not None else 0.0
        own = _share(question, weight, set(piece.stems))
        # "This happens because ..." is about what stands before it, though it does not name it.
        share = max(own, before[0])
        near = max(min(1.0, max(0.0, (cosine - 0.1) / 0.7)), before[1])
        fit = fitting.fits(
            question.kind, piece.text, question.stems, piece.language, question.measures
        )
        rank = ranks[piece.source] if ranks else 0.0
        if similarities is not None:
            score = (
                0.40 * near + 0.25 * share + FIT.get(question.kind, OTHER_FIT) * fit + 0.23 * rank
            )
        else:
            score = 0.60 * share + 0.15 * fit + 0.25 * rank
        score *= _weight_of_form(piece)
        if _gives(piece, question):
            score = min(1.0, score + GIVEN)
        if question.kind == "when" and opposites.against(question.text, piece.text, piece.language):
            score *= OPPOSITE
        found.append(Weighed(piece, own, cosine, fit, score))
    return sorted(found, key=lambda each: (-each.score, each.piece.source, each.piece.place))


def labelled(piece: Piece) -> bool:
    """Whether a piece is a line that names what it gives; it speaks of what its whole passage does."""
    return "; " not in piece.text and _NAMED.match(piece.text) is not None


def _gives(piece: Piece, question: Question) -> bool:
    """Whether a line names what it gives, and that is asked for: "Skipper: Nuala Breen"."""
    if not labelled(piece):
        return False
    label = words.content_words(re.split("[:：]", piece.text, maxsplit=1)[0], piece.language)
    return bool(label) and set(label) <= set(question.stems)


def _share(question: Question, weight: dict[str, float], have: set[str]) -> float:
    """Return the share of the question's weight that a piece has; what came with it counts little."""
    beside = coverage(question.context, weight, have) if question.context else 0.0
    if not question.stems:
        return beside
    own = coverage(question.stems, weight, have)
    return 0.8 * own + 0.2 * min(1.0, 3 * beside) if question.context else own


def _weight_of_form(piece: Piece) -> float:
    """Return how fit a piece is to be read alone: questions, scraps and very long ones count less."""
    if piece.text.rstrip("\"'”’»)").endswith(("?", "؟", "？")):
        return 0.6
    if len(piece.stems) < 3 and not _NAMED.match(piece.text):
        return 0.75
    return 0.85 if len(piece.text) > LONG else 1.0


def alike(one: Piece, other: Piece) -> float:
    """Return how much two pieces share of the words of the shorter one, 0..1."""
    a, b = set(one.stems), set(other.stems)
    return len(a & b) / max(1, min(len(a), len(b)))


def choose(
    question: Question, weighed: Sequence[Weighed], among: Sequence[Piece], most: int, keep: float
) -> list[Piece]:
    """Return at most `most` pieces that answer together, the best one first: others must reach
    `keep` (0..1) of its score and say something new. One that points back brings what it points to.
    """
    if not weighed:
        return []
    best = weighed[0]
    if _gives(best.piece, question):
        return [best.piece]
    chosen: list[Piece] = []
    for each in weighed:
        if len(chosen) >= most:
            break
        near = _is_next(each.piece, best.piece)
        if each is not best and each.score < best.score * (keep - 0.12 if near else keep):
            continue
        if any(alike(each.piece, have) >= SAME for have in chosen):
            continue
        before = _before(each.piece, among) if points_back(each.piece) else None
        if before is not None and before not in chosen:
            # Without what it points to the sentence says little; with it, it counts as two.
            if len(chosen) + 2 > max(most, 2):
                continue
            chosen.append(before)
        chosen.append(each.piece)
    return in_reading_order(chosen, best.piece)


def in_reading_order(chosen: Sequence[Piece], first: Piece) -> list[Piece]:
    """Return `chosen` with those of the passage of `first` in front, each passage in its order."""
    return sorted(chosen, key=lambda p: (p.source != first.source, p.source, p.place))


def window(weighed: Sequence[Weighed], among: Sequence[Piece], most: int) -> list[list[Piece]]:
    """Return what a model is given to read, at most about `most` words: the best sentence with those
    around it, then the best sentences of other passages, each passage in its order."""
    if not weighed:
        return []
    best = weighed[0].piece
    around = sorted(
        (piece for piece in among if piece.source == best.source),
        key=lambda piece: abs(piece.place - best.place),
    )
    others = [each.piece for each in weighed if each.piece.source != best.source]
    chosen: list[Piece] = []
    room = most
    for piece in [*around, *others[:OTHERS]]:
        count = len(piece.text.split())
        if chosen and count > room:
            continue
        chosen.append(piece)
        room -= count
    by_source: dict[int, list[Piece]] = {}
    for piece in in_reading_order(chosen, best):
        by_source.setdefault(piece.source, []).append(piece)
    return list(by_source.values())


def points_back(piece: Piece) -> bool:
    """Whether a piece begins with words that stand for something said before."""
    said = [words.fold(word, piece.language) for word in words.words(piece.text)[:2]]
    if not said:
        return False
    # "As soon as it ...": a pronoun right after the first word stands for what was named before.
    second = len(said) > 1 and said[1] in _PRONOUNS.get(piece.language, "").split()
    return second or said[0] in _POINTS_BACK.get(piece.language, "").split()


def has_pronoun(text: str, language: str) -> bool:
    """Whether "it", "they" and the like stand in `text`."""
    pronouns = _PRONOUNS.get(language, "").split()
    return any(words.fold(each, language) in pronouns for each in words.words(text))


def gives_example(piece: Piece) -> bool:
    """Whether a piece says that it is an example."""
    pattern = _EXAMPLE.get(piece.language)
    return bool(pattern and re.search(rf"(?<!\w)(?:{pattern})", piece.text, re.IGNORECASE))


def _is_next(piece: Piece, other: Piece) -> bool:
    return piece.source == other.source and abs(piece.place - other.place) == 1


def _before(piece: Piece, among: Sequence[Piece]) -> Piece | None:
    for each in among:
        if each.source == piece.source and each.place == piece.place - 1:
            return each
    return None
