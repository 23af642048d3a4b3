"""Does a sentence that a model wrote say what the sources say? Rules only; no model judges a model.

A rule that refuses too much costs a paraphrase under its quote; one that lets a false sentence through
costs trust. So everything that cannot be told is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from edu.agents.base.evidence import Piece, Question
from edu.common import language as words

NOT_CARRIED = "the sources do not carry it"
ENOUGH = 0.6  # share of a sentence's content words that its sources must have

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-ÖØ-Þ][\w'’-]{2,}|\b[A-Z]{2,}\b")
_NEGATION = {
    "en": r"not|no|never|none|nothing|neither|nor|cannot|without|hardly|n't",
    "de": r"nicht|kein\w*|nie|niemals|nichts|weder|ohne|kaum",
    "fr": r"ne|n'|pas|jamais|aucun\w*|rien|sans|ni",
    "es": r"no|nunca|jamás|ningun\w*|ningún|nada|sin|ni|tampoco",
    "it": r"non|mai|nessun\w*|niente|senza|né",
    "pt": r"não|nunca|nenhum\w*|nada|sem|nem",
    "nl": r"niet|geen|nooit|niets|zonder|noch",
    "tr": r"değil\w*|yok\w*|asla|hiç|hiçbir\w*|\w+(?:maz|mez|mıyor|miyor|muyor|müyor|madı|medi)\w*",
    "ar": r"لا|ليس\w*|لم|لن|غير|بدون|دون",
    "ru": r"не|нет|никогда|ни|без|нельзя",
}
_OPPOSITES = (
    (
        r"more|most|higher|rais(?:e|es|ed|ing)|increas\w*|rises?|rose|risen|rising|greater|larger|bigger|"
        r"gains?|gained|gaining|strengthen\w*|grows?|grew|grown|speeds? up|faster|wider|longer|hotter|"
        r"warmer|above|maximum",
        r"less|least|fewer|lower\w*|reduc\w*|decreas\w*|falls?|fell|fallen|falling|drops?|dropped|"
        r"smaller|los(?:e|es|ing|t)|weaken\w*|shrinks?|shrank|shrunk|slows?|slower|narrower|shorter|"
        r"colder|cooler|below|minimum",
    ),
    ("before|earlier", "after|later"),
    (r"enters?|entering|into", r"leav\w+|out"),
    ("always", "never"),
    ("all|every", "none"),
    ("first", "last"),
    ("high", "low"),
    ("north|northern", "south|southern"),
    ("east|eastern", "west|western"),
    (r"hot|warm", r"cold|cool"),
    ("positive", "negative"),
    ("same", "different"),
    ("with", "without"),
    ("possible", "impossible"),
)
_EFFECT_FIRST = (
    r"because(?: of)?|due to|owing to|caused by|results? from|as a result of|since|thanks to"
)
_CAUSE_FIRST = (
    r"so that|so(?! (?:many|much|few|little|far|long|called))|"
    r"therefore|thus|hence|leads? to|led to|causes?|caused|causing|results? in|resulted in|"
    r"as a result|which is why|which means|makes?|made"
)
_WAY = re.compile(r"\bfrom (.+?) (?:in)?to (.+?)(?=[.,;]|$)", re.IGNORECASE)
_CAUSAL = re.compile(rf"(?<!\w)(?:({_EFFECT_FIRST})|({_CAUSE_FIRST}))(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Alignment:
    """Of one sentence: the pieces that carry it (numbers in the list given, the best first), the share
    of its words that they have, and why it was refused ("" when it was not)."""

    carried_by: tuple[int, ...]
    support: float
    refused: str = ""


def align(sentence: str, pieces: Sequence[Piece], language: str) -> Alignment:
    """Find what carries `sentence` among `pieces`, all in one language."""
    stems = set(words.content_words(sentence, language))
    if not stems or not pieces:
        return Alignment((), 0.0, "it says nothing that could be checked")
    shares = [len(stems & set(piece.stems)) / len(stems) for piece in pieces]
    best = max(range(len(pieces)), key=lambda i: shares[i])
    carriers, have = [best], stems & set(pieces[best].stems)
    # A sentence may draw two quotes of one answer together; more than two is a new thought.
    others = sorted((i for i in range(len(pieces)) if i != best), key=lambda i: -shares[i])
    for i in others[:1]:
        more = (stems & set(pieces[i].stems)) - have
        if len(have) / len(stems) < 0.85 and len(more) >= 2:
            carriers.append(i)
            have |= more
    support = len(have) / len(stems)
    carrying = [pieces[i].text for i in carriers]
    said = " ".join(carrying)
    refused = (
        _new_number(sentence, said)
        or _new_name(sentence, " ".join(piece.text for piece in pieces), language)
        or (_flipped(sentence, carrying, language) if support >= 0.3 else "")
        or (_turned(sentence, said, language) if support >= 0.3 else "")
    )
    if not refused and support < ENOUGH:
        refused = NOT_CARRIED
    return Alignment(tuple(carriers), support, refused)


def _new_number(sentence: str, said: str) -> str:
    known = {_plain(n) for n in _NUMBER.findall(said)}
    for number in _NUMBER.findall(sentence):
        if _plain(number) not in known:
            return f"the number {number} is not in its source"
    return ""


def _plain(number: str) -> str:
    """Return a number without marks between thousands, so that 1,000 is 1000 and 0,5 is 0.5."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        return re.sub(r"[.,]", "", number)
    return number.replace(",", ".")


def _new_name(sentence: str, said: str, language: str) -> str:
    if language == "de":  # every noun has a capital there: they count as words, not as names
        return ""
    known = {words.fold(word, language) for word in words.words(said)}
    for name in _NAME.findall(sentence):
        parts = [words.fold(part, language) for part in words.words(name)]
        if any(part not in known and part.removesuffix("s") not in known for part in parts):
            return f"“{name}” is not in its source"
    return ""


def _negations(text: str, language: str) -> int:
    pattern = _NEGATION.get(language)
    if not pattern:
        return 0
    return len(re.findall(rf"(?<!\w)(?:{pattern})(?!\w)|n['’]t\b", text.lower()))


def _flipped(sentence: str, carrying: list[str], language: str) -> str:
    said = " ".join(carrying)
    if bool(_negations(sentence, language)) != bool(_negations(said, language)):
        return "a “not” was put in or left out"
    if language != "en":
        return ""
    low, source = sentence.lower(), said.lower()
    for one, other in _OPPOSITES:
        for here, there in ((one, other), (other, one)):
            if _has(here, low) and not _has(here, source) and _has(there, source):
                return "it turns a comparison round"
    return ""


def _has(pattern: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text) is not None


def _turned(sentence: str, said: str, language: str) -> str:
    """Refuse a cause that the source does not name, and one that it names the other way round."""
    if language != "en":
        return ""
    mine, theirs = _way(sentence), _way(said)
    if mine and theirs and _crossed(mine, theirs):
        return "it takes the way from one to the other round"
    mine, theirs = _sides(sentence, language), _sides(said, language)
    if mine is None:
        return ""
    if theirs is None:
        return "it names a cause where the source names none"
    return "it takes cause and effect the wrong way round" if _crossed(mine, theirs) else ""


def _crossed(mine: tuple[set[str], set[str]], theirs: tuple[set[str], set[str]]) -> bool:
    """Whether the two sides have more in common crosswise than as they stand."""
    straight = len(mine[0] & theirs[0]) + len(mine[1] & theirs[1])
    return len(mine[0] & theirs[1]) + len(mine[1] & theirs[0]) > straight


def _way(text: str) -> tuple[set[str], set[str]] | None:
    """Return the words of both ends of "from A to B"."""
    found = _WAY.search(text)
    if not found:
        return None
    one, other = (set(words.content_words(part, "en")) for part in found.groups())
    return one - other, other - one


def _sides(text: str, language: str) -> tuple[set[str], set[str]] | None:
    """Return the words of the cause and those of the effect; None when no cause is named."""
    found = _CAUSAL.search(text)
    if not found:
        return None
    before = set(words.content_words(text[: found.start()], language))
    after = set(words.content_words(text[found.end() :], language))
    if found.group(1):
        if not before:  # "Because of A, B"
            head, _, tail = text[found.end() :].partition(",")
            return (
                set(words.content_words(head, language)),
                set(words.content_words(tail, language)),
            )
        return after, before
    return before, after


def asks_again(sentence: str, question: Question) -> bool:
    """Whether a sentence is a question, or little more than the one that was asked."""
    if sentence.rstrip("\"'”’»)").endswith(("?", "？", "؟")):
        return True
    stems = set(words.content_words(sentence, question.language))
    mine = set(question.stems)
    return bool(mine) and len(stems) <= len(mine) + 1 and mine <= stems


def copies(sentence: str, pieces: Sequence[Piece], language: str) -> bool:
    """Whether a sentence only repeats one of `pieces`, so that it adds nothing under the quote."""
    stems = set(words.content_words(sentence, language))
    return any(len(stems & set(p.stems)) / max(1, len(stems | set(p.stems))) >= 0.9 for p in pieces)
