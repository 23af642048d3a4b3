"""The gates that a drafted item has to pass before anybody sees it. Each is one small function over
the draft, whatever made it: a rule or a model. What fails is kept as refused, with the reason."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext

from edu.assessments.base.words import bare, fold
from edu.assessments.data import ItemDraft, Verdict
from edu.assessments.logic.gatewords import ABSOLUTE, ALIAS, EVERYTHING, HOSTILE
from edu.common.language import content_words, count_words, detect, sentences
from edu.common.pointing import CAPTION, REFERENCE, unnamed
from edu.common.shapes import alike, case, shape

GAP = "_____"
KINDS = ("choice", "cloze")


@dataclass(frozen=True)
class Other:
    """An item that the quiz has already."""

    stem: str
    key: dict[str, Any]
    options: list[str]


@dataclass(frozen=True)
class Draft:
    """A draft with what the gates work on."""

    kind: str
    stem: str
    options: list[str]
    right: list[str]
    wrong: list[str]
    passage: str
    quotes: list[str]
    language: str
    others: list[Other]

    @property
    def key(self) -> str:
        """The right answer that is shown."""
        return self.right[0] if self.right else ""

    @property
    def sentence(self) -> str:
        """The sentence of the passage that the stem and the key fit best."""
        wanted = set(content_words(self.stem.replace(GAP, " "), self.language))
        best, most = "", -1.0
        for start, end in sentences(self.passage, self.language):
            text = self.passage[start:end]
            found = set(content_words(text, self.language))
            value = len(wanted & found) + (1.5 if stands_in(self.key, text) else 0.0)
            if value > most:
                best, most = text, value
        return best


def run(draft: ItemDraft, others: list[Other]) -> list[Verdict]:
    """Return every gate's verdict, in a fixed order."""
    seen = _draft(draft, others)
    verdicts = []
    for name, gate in GATES.items():
        why = gate(seen)
        verdicts.append(Verdict(name, why == "", why))
    return verdicts


def _draft(draft: ItemDraft, others: list[Other]) -> Draft:
    right, wrong = [], []
    if draft.kind == "choice":
        correct = set(draft.key.get("correct", []))
        right = [text for index, text in enumerate(draft.options) if index in correct]
        wrong = [text for index, text in enumerate(draft.options) if index not in correct]
    elif draft.kind == "cloze":
        right = [str(one[0]) for one in draft.key.get("blanks", []) if one]
    passage = draft.passage_text
    language = draft.language or detect(passage or draft.stem)
    quotes = [citation.quote for citation in draft.citations]
    return Draft(
        draft.kind, draft.stem, draft.options, right, wrong, passage, quotes, language, others
    )


def stands_in(words_of: str, text: str) -> bool:
    """Whether a short text stands in a longer one, as whole words, whatever their case."""
    needle, hay = fold(words_of, True), fold(text, True)
    if not needle:
        return False
    if re.search(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", needle):
        return needle.replace(" ", "") in hay.replace(" ", "")
    return f" {needle} " in f" {hay} "


# --- the gates: each returns why it refuses, or "" ----------------------------------------------


def kind_made_here(draft: Draft) -> str:
    """Generated items are choice or cloze, with one right answer for each question or gap."""
    if draft.kind not in KINDS:
        return gettext("Questions from the materials are choice or cloze.")
    if not draft.right or (draft.kind == "choice" and len(draft.right) != 1):
        return gettext("It has not exactly one right answer.")
    return ""


def no_markup(draft: Draft) -> str:
    """Nothing but plain words, and no orders to a machine."""
    for text in (draft.stem, *draft.options, *draft.right):
        if HOSTILE.search(text) or any(
            unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") and c not in "\u200c\u200d\u200f\n"
            for c in text
        ):
            return gettext("It holds markup, an address or orders.")
    return ""


def stem_sound(draft: Draft) -> str:
    """A whole sentence that is understood by itself."""
    stem = draft.stem.strip()
    plain = stem.replace(GAP, "x")
    if not 15 <= len(stem) <= 400 or count_words(plain) < (5 if draft.kind == "cloze" else 3):
        return gettext("The question is too short or too long.")
    if not re.search(r"[.?!…:؟۔।。？！][\"'”’»)\]]*$", stem):
        return gettext("The question has no end.")
    if CAPTION.match(stem) or REFERENCE.search(stem):
        return gettext("It is a heading, a caption, or points at something that is not there.")
    statement = draft.kind == "cloze" or GAP in stem or stem.endswith(".")
    if statement and unnamed(stem.replace(GAP, "X"), draft.language):
        return gettext("It begins with a word that points back to what is not shown.")
    for opening, closing in ("()", "[]", "“”", "«»", "„“"):
        if opening != "„" and stem.count(opening) != stem.count(closing) and "„" not in stem:
            return gettext("Its brackets or quotation marks are not closed.")
    if stem.count('"') % 2:
        return gettext("Its brackets or quotation marks are not closed.")
    signs = sum(not (c.isalpha() or c.isspace() or unicodedata.category(c) == "Mn") for c in plain)
    if signs > 0.3 * len(plain):
        return gettext("It is more signs than words.")
    return ""


def answerable(draft: Draft) -> str:
    """The passage states the answer, and speaks of what the question asks."""
    if not draft.passage.strip():
        return gettext("There is no passage that would answer it.")
    if any(not stands_in(quote, draft.passage) for quote in draft.quotes):
        return gettext("Its quote does not stand in the passage.")
    if not all(stands_in(text, draft.passage) for text in draft.right):
        return gettext("The passage does not state the answer.")
    asked = set(content_words(draft.stem.replace(GAP, " "), draft.language))
    if not asked:
        return gettext("The question asks about nothing.")
    near = _around(draft.passage, draft.sentence, draft.language)
    share = len(asked & set(content_words(near, draft.language))) / len(asked)
    if share < (0.8 if draft.kind == "cloze" else 0.5):
        return gettext("The place with the answer does not speak of what is asked.")
    return ""


def _around(passage: str, sentence: str, language: str) -> str:
    """Return a sentence with the one before and the one after it."""
    spans = sentences(passage, language)
    for index, (start, end) in enumerate(spans):
        if passage[start:end] == sentence:
            return passage[spans[max(0, index - 1)][0] : spans[min(len(spans) - 1, index + 1)][1]]
    return sentence


def one_key(draft: Draft) -> str:
    """No wrong option is right too, or says the same as the key."""
    key = set(content_words(draft.key, draft.language)) or {fold(draft.key)}
    slot = draft.sentence
    for option in draft.wrong:
        said = set(content_words(option, draft.language)) or {fold(option)}
        if key <= said or said <= key:
            return gettext("“%(option)s” says nearly the same as the key.") % {"option": option}
        one, other = fold(option).replace(" ", ""), fold(draft.key).replace(" ", "")
        words_only = not any(c.isdigit() for c in one + other)
        inside = min(len(one), len(other)) > 3 and (one in other or other in one)
        if words_only and (inside or _inflected(option, draft.key)):
            return gettext("“%(option)s” says nearly the same as the key.") % {"option": option}
        if stands_in(option, slot):
            return gettext("“%(option)s” stands in the same sentence as the key.") % {
                "option": option
            }
        if _alias(draft, option):
            return gettext("“%(option)s” is another name of the key.") % {"option": option}
        if _fits_elsewhere(draft, option, slot):
            return gettext("“%(option)s” fits the question as well.") % {"option": option}
    return ""


def _inflected(option: str, key: str) -> bool:
    """Whether each word of one is a form of the other's, for forms that no stemmer knows."""
    pairs = list(zip(fold(option).split(), fold(key).split(), strict=False))
    if len(fold(option).split()) != len(fold(key).split()):
        return False
    return all(one == other or _same_root(one, other) for one, other in pairs)


def _same_root(one: str, other: str) -> bool:
    pairs = zip(one, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    longest = max(len(one), len(other))
    return shared >= 5 and shared >= 0.6 * longest


def _alias(draft: Draft, option: str) -> bool:
    for start, end in sentences(draft.passage, draft.language):
        text = fold(draft.passage[start:end].replace("(", " ⟨ "), True)
        one, other = re.escape(fold(draft.key, True)), re.escape(fold(option, True))
        for first, second in ((one, other), (other, one)):
            if re.search(rf"\b{first}\b\W+(?:{ALIAS})\W+(?:\w+\W+)?{second}\b", text):
                return True
    return False


def _fits_elsewhere(draft: Draft, option: str, slot: str) -> bool:
    """Another sentence holds the option and as many of the question's words as the key's own."""
    asked = set(content_words(draft.stem.replace(GAP, " "), draft.language))
    if len(asked) < 2:
        return False
    own = len(asked & set(content_words(slot, draft.language)))
    for start, end in sentences(draft.passage, draft.language):
        text = draft.passage[start:end]
        if text == slot or not stands_in(option, text):
            continue
        if len(asked & set(content_words(text, draft.language))) >= max(2, 0.8 * own):
            return True
    return False


def plausible(draft: Draft) -> str:
    """Options that differ, and of which none stands out by its looks."""
    if draft.kind != "choice":
        return ""
    if not 2 <= len(draft.wrong) <= 7:
        return gettext("A question needs three options at least.")
    folded = [bare(fold(text, True)).replace(" ", "") for text in draft.options]
    if len(set(folded)) < len(folded) or not all(folded):
        return gettext("Two options say the same.")
    stems = [" ".join(sorted(content_words(text, draft.language))) for text in draft.options]
    if len({each or text for each, text in zip(stems, folded, strict=True)}) < len(folded):
        return gettext("Two options say the same.")
    for option in draft.wrong:
        if EVERYTHING.search(option):
            return gettext("“%(option)s” is no option.") % {"option": option}
        if not alike(option, draft.key):
            return gettext("“%(option)s” is of another sort than the key.") % {"option": option}
        short, long = sorted((len(option), len(draft.key)))
        if long > 3 * short + 6:
            return gettext("The options differ too much in length.")
    if len({case(text) == "lower" for text in draft.options}) > 1:
        return gettext("Some options begin with a capital and some do not.")
    return ""


def no_cue(draft: Draft) -> str:
    """Nothing in the looks of the question tells the key."""
    asked = set(content_words(draft.stem.replace(GAP, " "), draft.language))
    for right in draft.right:
        own = set(content_words(right, draft.language))
        theirs = [set(content_words(text, draft.language)) for text in draft.wrong]
        if draft.kind == "cloze" and own & asked:
            return gettext("A word of the key stands in the question.")
        if any(word in asked and not any(word in each for each in theirs) for word in own):
            return gettext("A word of the key stands in the question.")
        if len(right) > 4 and stands_in(right, draft.stem):
            return gettext("A word of the key stands in the question.")
    if draft.kind == "choice":
        return _looks(draft)
    return ""


def _looks(draft: Draft) -> str:
    longest = max(len(text) for text in draft.wrong)
    shortest = min(len(text) for text in draft.wrong)
    if len(draft.key) > 24 and len(draft.key) > 1.7 * longest:
        return gettext("The key stands out by its length.")
    if shortest > 24 and 1.7 * len(draft.key) < shortest:
        return gettext("The key stands out by its length.")
    absolute = [bool(set(fold(text, True).split()) & ABSOLUTE) for text in draft.options]
    if any(absolute) and not all(absolute):
        return gettext("Words like “always” and “never” give options away.")
    before = re.search(r"(\w+['’]?)\s*" + GAP, draft.stem)
    if before and draft.language in ("en", ""):
        article = before[1].lower()
        vowels = [text[:1].lower() in "aeiou" for text in draft.options]
        if article in ("a", "an") and len(set(vowels)) > 1:
            return gettext("“a” or “an” before the gap gives the key away.")
    digits = {shape(text) in ("number", "quantity", "year", "mixed") for text in draft.options}
    if len(digits) > 1:
        return gettext("The key stands out by its looks.")
    return ""


def not_twice(draft: Draft) -> str:
    """The quiz has nothing like it yet."""
    mine = set(content_words(draft.stem.replace(GAP, " "), draft.language))
    key = fold(draft.key)
    for other in draft.others:
        theirs = set(content_words(other.stem.replace(GAP, " "), draft.language))
        together = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        same_key = key in {fold(text) for text in _keys_of(other)}
        if (
            fold(draft.stem) == fold(other.stem)
            or together >= 0.75
            or (same_key and together >= 0.3)
        ):
            return gettext("The quiz asks this already.")
    return ""


def _keys_of(other: Other) -> list[str]:
    if "correct" in other.key:
        return [other.options[each] for each in other.key["correct"] if each < len(other.options)]
    return [text for one in other.key.get("blanks", []) for text in one]


GATES: dict[str, Callable[[Draft], str]] = {
    "kind": kind_made_here,
    "plain words": no_markup,
    "sound": stem_sound,
    "answerable": answerable,
    "one key": one_key,
    "plausible": plausible,
    "no cue": no_cue,
    "new": not_twice,
}
