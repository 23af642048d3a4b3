"""Compares words as a fair teacher does: case, accents, articles and slips of the finger do not
matter; another word does, however near its letters are."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import OSA, Levenshtein

from edu.assessments.base.spelled import ungrouped, value_of

# Words that may stand before an answer without being part of it.
_ARTICLES = (
    "the a an der die das dem den des ein eine einen einem einer eines le la les un une des du "
    "el los las una unos unas il lo gli uno o os as um uma de het een bir en ett"
)
ARTICLES = frozenset(_ARTICLES.split())
LEADS = re.compile(
    r"^(?:(?:i think|i believe|i guess|maybe|the answer is|answer|it is|it was|its|it s|they are|these are|"
    r"this is|ich denke|die antwort ist|das ist|es ist|es sind|das sind|c est|ce sont|la reponse est|"
    r"je pense que c est|es la|es el|es|son|la respuesta es|creo que es|cevap|bence|هو|هي|الجواب هو|"
    r"الإجابة هي)\s*:?\s+)+"
)
_PERCENT = re.compile(
    r"\b(?:percent|per cent|prozent|pour ?cent|por ciento|por cento|per cento|procent|yuzde|"
    r"процент\w*|(?:ب|في )الم(?:ا|ي)?(?:ي|ئ)?ه)(?!\w)"
)
# Pairs of endings and beginnings that make another word, though only a letter or two differ.
BEGINNINGS = (
    ("hypo", "hyper"), ("endo", "exo"), ("intra", "inter"), ("ab", "ad"), ("af", "ef"),
    ("im", "em"), ("in", "ex"), ("micro", "macro"), ("homo", "hetero"), ("mito", "meio"),
    ("pre", "pro"), ("sub", "super"), ("uni", "bi"), ("mono", "poly"), ("milli", "kilo"),
    ("milli", "mega"), ("an", "cat"), ("ana", "cata"), ("pro", "pho"), ("in", "un"), ("co", "con"),
    ("bio", "geo"), ("infra", "ultra"), ("em", "im"), ("anti", "ante"), ("para", "peri"),
)  # fmt: skip
ENDINGS = (
    ("ate", "ite"), ("ate", "ide"), ("ite", "ide"), ("ose", "ase"), ("ane", "ene"), ("ane", "yne"),
    ("ene", "yne"), ("ic", "ous"), ("er", "ee"), ("or", "ee"), ("sis", "tic"), ("at", "it"),
    ("an", "en"), ("en", "in"), ("log", "loge"), ("less", "ful"), ("ar", "er"), ("cyte", "cide"),
)  # fmt: skip
# Words that one letter turns into each other although both are words of some subject.
_CONFUSED = """
neuron/neutron silicon/silicone ileum/ilium complement/compliment desert/dessert
casual/causal cation/caution statue/statute martial/marital trial/trail angel/angle
diary/dairy quiet/quite united/untied moral/morale human/humane planed/planned
conscience/conscious device/devise advice/advise council/counsel decent/descent
dissent/descent weather/whether breath/breathe cloth/clothe latter/later
matter/mater canal/channel canvas/canvass carton/cartoon coma/comma costume/custom
collage/college personal/personnel perspective/prospective precede/proceed
sedimentary/sedentary stationary/stationery mucosa/mucous retina/retinal
atrium/antrum malleus/malleolus peroneal/perineal perineum/peritoneum
glucagon/glycogen glycogen/glycol thymus/thymine uracil/uric lactose/lactase
parallel/parallax metre/metric hydrate/hydride barium/radium
kelvin/calvin eclipse/ellipse tropic/trophic
"""
CONFUSED = tuple(frozenset(pair.split("/")) for pair in _CONFUSED.split())
NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "awdxz", "d": "sefxc", "f": "drgcv", "g": "fthvb",
    "h": "gyjbn", "j": "hukmn", "k": "jilm", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv",
    "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip
LONG = 6  # letters, above which a word may have any one slip
VOWELS = frozenset("aeiouy")
SAME_SOUND = (frozenset("ckq"), frozenset("sz"), frozenset("sc"), frozenset("fv"), frozenset("iy"))


@dataclass(frozen=True)
class Match:
    """How a response stands to what is accepted: `how` is "same", "accents" (marks left out), "typo",
    "near" (close, but perhaps another word), "right" or "unsure" (within a sentence) or "other";
    `accepted` is the text it was held against."""

    how: str
    accepted: str = ""

    @property
    def right(self) -> bool:
        """Whether it is to be counted as right."""
        return self.how in ("same", "accents", "typo", "right")


def fold(text: str, accents: bool = False) -> str:
    """Return `text` for comparing: one case, plain quotes and dashes, single blanks, no punctuation at
    the ends or between words; without accents unless they are to be kept."""
    text = unicodedata.normalize("NFKC", text).replace("ı", "i").replace("İ", "i").casefold()
    text = text.replace("ـ", "").replace("\u00ad", "").replace("\u200c", "").replace("\u200b", "")
    decomposed = unicodedata.normalize("NFD", text)
    if not accents:
        decomposed = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
        decomposed = decomposed.translate(_LETTERS)
    text = unicodedata.normalize("NFC", decomposed)
    text = re.sub(r"(?<=\d)[.,](?=\d)", "\ue000", text)  # a decimal mark is not punctuation
    text = re.sub(r"[^\w\s\ue000%°+²³]", " ", text).replace("_", " ")
    return " ".join(text.replace("\ue000", ".").split())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "أ": "ا", "إ": "ا",
                          "آ": "ا", "ى": "ي", "ة": "ه", "ٱ": "ا"})  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def bare(folded: str) -> str:
    """Return folded text without lead-ins and articles before it, unless nothing would be left."""
    words = (LEADS.sub("", folded + " ").strip() or folded).split()
    while len(words) > 1 and (words[0] in ARTICLES or (words[0] == "l" and len(words[1]) > 2)):
        words = words[1:]
    if words and words[0].startswith("ال") and len(words[0]) > 4:
        words[0] = words[0][2:]
    return " ".join(words)


def forms(text: str) -> set[str]:
    """Return the folded spellings in which `text` may be written."""
    spelled = {fold(text), fold(text.translate(_UMLAUTS))}
    joined = {each.replace(" ", "") for each in spelled if re.search(r"[-‐‑–]", text)}
    return {each for each in spelled | joined | {bare(one) for one in spelled} if each}


def compare(response: str, accepted: list[str], strict: bool = False) -> Match:
    """Hold `response` against every accepted text and return the best match. `strict` forgives case
    and blanks only."""
    marked = fold(response, accents=True)
    best = Match("other")
    order = ("same", "accents", "typo", "near", "other")
    for text in accepted:
        found = _held_against(response, marked, text, strict)
        if order.index(found.how) < order.index(best.how):
            best = found
    return best


def _held_against(response: str, marked: str, accepted: str, strict: bool) -> Match:
    full = fold(accepted, accents=True)
    if marked == full or (bare(marked) == bare(full) and not strict):
        return Match("same", accepted)
    if strict:
        return Match("other")
    if not full:  # an answer of signs alone, such as "+" or "<="
        return Match("same" if response.strip() == accepted.strip() else "other", accepted)
    if _same_figure(response, accepted):
        return Match("same", accepted)
    theirs, ours = forms(response), forms(accepted)
    if theirs & ours:
        one, other = (bare(each).replace(" ", "") for each in (marked, full))
        return Match("same" if one == other else "accents", accepted)
    name = accepted.strip()[:1].isupper()
    hows = [_near(one, other, name) for one in theirs for other in ours]
    return Match("typo" if "typo" in hows else "near" if "near" in hows else "other", accepted)


def _same_figure(response: str, accepted: str) -> bool:
    """Whether both are one number, in figures or in words, perhaps with the same thing behind it."""
    value = value_of(accepted)
    if value is not None:
        return value_of(bare(fold(response))) == value or value_of(response) == value
    if not any(c.isdigit() for c in accepted):
        return False
    return _measure(response) == _measure(accepted)


def _measure(text: str) -> tuple[str, bool]:
    """Return a figure with what it measures, without blanks, and apart whether it is in percent."""
    folded = _PERCENT.sub("%", bare(fold(ungrouped(text))))
    return "".join(folded.replace("%", "").split()), "%" in folded


def _near(response: str, accepted: str, name: bool) -> str:
    ours, theirs = accepted.split(), response.split()
    if len(ours) != len(theirs):
        if response.replace(" ", "") == accepted.replace(" ", "") and len(accepted) > 6:
            return "typo"
        return "near" if accepted in response and len(theirs) <= len(ours) + 2 else "other"
    hows = [_word(one, other, name) for one, other in zip(theirs, ours, strict=True)]
    if "other" in hows:
        return "other"
    return "near" if "near" in hows else "typo"


def _word(response: str, accepted: str, name: bool = False) -> str:
    if response == accepted:
        return "same"
    if any(c.isdigit() for c in response + accepted):
        return "other"
    if min(len(response), len(accepted)) > 2 and response.rstrip("s") == accepted.rstrip("s"):
        return "typo"  # one or many
    limit = allowed_slips(accepted)
    distance = OSA.distance(response, accepted)
    if distance > max(limit, 1) or len(accepted) < 3:
        return "other"
    if limit == 0 or distance > limit or _another_word(response, accepted):
        return "near"
    # One slip in a long word is forgiven whatever the letter; names are too near to one another.
    forgiven = distance == 1 and len(accepted) > LONG and not name
    return "typo" if forgiven or _slip(response, accepted) else "near"


def allowed_slips(word: str) -> int:
    """Return how many slips of the finger a word of this length may have."""
    length = len(word)
    return 0 if length < 5 else 1 if length < 9 else 2 if length < 15 else 3


def _another_word(response: str, accepted: str) -> bool:
    if frozenset((response, accepted)) in CONFUSED:
        return True
    for one, other in BEGINNINGS:
        for first, second in ((one, other), (other, one)):
            if response.startswith(first) and accepted.startswith(second):
                rest, wanted = response[len(first) :], accepted[len(second) :]
                if OSA.distance(rest, wanted) <= 1:
                    return True
    for one, other in ENDINGS:
        for first, second in ((one, other), (other, one)):
            ends = response.endswith(first) and accepted.endswith(second)
            if ends and response[: -len(first)] == accepted[: -len(second)]:
                return True
    return response[0] != accepted[0] and OSA.distance(response[1:], accepted[1:]) == 0


def _slip(response: str, accepted: str) -> bool:
    """Are all the edits that lead from one to the other such as fingers or ears make?"""
    edits = Levenshtein.editops(accepted, response)
    if len(edits) > OSA.distance(response, accepted):
        return True  # neighbours that changed places
    before = None
    for edit in edits:
        if edit.tag == "replace":
            if not _alike(response[edit.dest_pos], accepted[edit.src_pos]):
                return False
            before = None
            continue
        if before is not None and before.tag == edit.tag:
            apart = abs(edit.src_pos - before.src_pos) + abs(edit.dest_pos - before.dest_pos)
            if apart == 1:
                return False  # a whole syllable more or less: Austria is not Australia
        before = edit
    return True


def _alike(one: str, other: str) -> bool:
    if one in VOWELS and other in VOWELS:
        return True
    if not (one.isascii() and other.isascii()):
        return True
    near = other in NEIGHBOURS.get(one, "") or one in NEIGHBOURS.get(other, "")
    return near or any(one in group and other in group for group in SAME_SOUND)
