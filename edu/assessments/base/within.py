"""An accepted text inside a short sentence: "It is due to osmosis." says what "osmosis" says.

Around it may stand words that say nothing of their own and words of the question. A denial before it, a
second answer beside it, or a word that makes another thing of it ("sodium chloride") keep it from being
right. Where a sentence says more than can be told here, it is "unsure".
"""

import re

from edu.assessments.base.words import ARTICLES, compare, fold, forms
from edu.common.language import content_words, detect, stem, stopwords

MOST_WORDS = 14
LEAST_LETTERS = 3
MOST_LISTED = 3  # words of a piece between commas that is but one more answer
_PIECES = re.compile(r"[,;:/|\n()\[\]•–—]+(?!\d)|(?<=\w)\.\s|\s-\s")
_NOT = (
    "not no never neither nor cannot isn wasn aren doesn don didn without except unlike instead "
    "rather false wrong opposite kein keine keinen keinem keiner nicht nie niemals ohne weder "
    "ausser statt falsch pas jamais ni sans sauf aucun aucune nunca ningun ninguna sin excepto "
    "falso nao nem sem non mai senza ne niet geen nooit zonder inte ingen aldrig ikke aldri degil "
    "yok asla не нет никогда без bez لا ليس ليست لم لن غير بدون"
)
NOT = frozenset(_NOT.split())
_LISTS = (
    "or and either both between versus vs oder und entweder beide sowohl ou et soit ambos veya ya или либо "
    "lub albo och eller og أو و"
)
LISTS = frozenset(_LISTS.split())
# Small words that list in one language and mean something else in another.
LISTS_OF = {"es": "o u y e", "it": "o od e ed", "pt": "e", "nl": "of en", "pl": "i", "tr": "ve"}
_FILLERS = (
    "because cause caused causes causing reason due called named name answer term word think believe guess "
    "probably maybe perhaps certainly clearly mainly means process known through thanks result grund wegen "
    "heisst genannt nennt antwort durch liegt ursache vermutlich wohl cause causee appelle appelee nomme "
    "reponse grace raison debido causa llama llamado respuesta gracias causado chama chamado resposta devido "
    "chiama chiamato risposta dovuto antwoord heet wegens door svar kallas heter neden denir cevap sebebi "
    "it its s they re that which is are was were the a an to of by"
)
FILLERS = frozenset(_FILLERS.split())
# What may follow an answer and lead to more words about it, without making another thing of it.
_TOWARDS = (
    "of in on by from at to for during among inside through into under over as von vom im in "
    "bei beim am an aus durch zu zur zum unter auf fur de du des d dans par en sur pour a al del "
    "por para do da no na em di della nel nella dal van door bij av i fran til fra"
)
TOWARDS = frozenset(_TOWARDS.split())


def within(response: str, accepted: list[str], stem_text: str, language: str = "") -> str:
    """Return "right" when `response` is a short sentence that gives an accepted text as its answer,
    "unsure" when it holds one and says more than can be told, else ""."""
    known = Known(stem_text, language, response)
    found = [_one(response, text, known) for text in accepted]
    return "right" if "right" in found else "unsure" if "unsure" in found else ""


class Known:
    """The words that say nothing of their own here: small ones, and those of the question."""

    def __init__(self, stem_text: str, language: str, response: str) -> None:
        language = language or detect(f"{stem_text} {response}", fallback="en")
        self.language = language
        small = {fold(word) for word in stopwords(language)} | {fold(w) for w in stopwords("en")}
        self.small = small | FILLERS | TOWARDS | ARTICLES
        self.lists = LISTS
        self.perhaps_lists = frozenset(LISTS_OF.get(language, "").split())
        self.denials = NOT - {"no"} if language == "pt" else NOT  # "no" is "in the" there
        self.asked = {fold(word) for word in content_words(stem_text, language)}
        plain = [word for word in fold(stem_text).split() if word not in self.small]
        self.asked |= {stem(word, language) for word in plain}

    def __contains__(self, word: str) -> bool:
        if word in self.denials or word in self.lists:
            return False
        return word in self.small or stem(word, self.language) in self.asked

    def may_follow(self, word: str) -> bool:
        """Whether a word right after an answer makes no other thing of it."""
        return word in self or word in self.denials


def _one(response: str, accepted: str, known: Known) -> str:
    if len(fold(accepted).replace(" ", "")) < LEAST_LETTERS:
        return ""
    pieces = [fold(each) for each in _PIECES.split(response)]
    pieces = [each for each in pieces if each]
    for number, piece in enumerate(pieces):
        found = _split(piece, accepted)
        if found is not None:
            others = pieces[:number] + pieces[number + 1 :]
            return _judged(*found, others, response, any(map(str.isdigit, accepted)), known)
    return ""


def _split(piece: str, accepted: str) -> tuple[list[str], list[str]] | None:
    """Return the words before and after the accepted text where it stands as whole words."""
    words = piece.split()
    for size in sorted({len(form.split()) for form in forms(accepted)}, reverse=True):
        for start in range(len(words) - size + 1):
            if compare(" ".join(words[start : start + size]), [accepted]).right:
                return words[:start], words[start + size :]
    return None


def _judged(
    before: list[str],
    after: list[str],
    others: list[str],
    response: str,
    figure: bool,
    known: Known,
) -> str:
    apart = [word for each in others for word in each.split()]
    rest = [*before, *after, *apart]
    if known.denials & {*before, *apart} or known.lists & {*before, *after}:
        return ""
    if figure and any(c.isdigit() for word in rest for c in word):
        return ""  # another figure beside it
    said = [word for word in rest if word not in known and word not in known.perhaps_lists]
    if any(_rival(each, known) for each in others) or (said and known.perhaps_lists & set(rest)):
        return ""
    if (before and before[-1] not in known) or (after and not known.may_follow(after[0])):
        # "sodium chloride" is no sodium; in a sentence it may be a verb that stands there
        return "unsure" if known.small & set(rest) else ""
    if known.denials & set(after) or len(rest) > MOST_WORDS:
        return "unsure"
    said = [word for word in rest if word not in known]
    sure = not said or _led_to(said, before, after, others, response, known)
    return "right" if sure else "unsure"


def _led_to(
    said: list[str],
    before: list[str],
    after: list[str],
    others: list[str],
    response: str,
    known: Known,
) -> bool:
    """Whether all that is said besides only goes on from the answer ("... of light"), and makes no
    longer name of it ("... of Orange")."""
    if not after or after[0] not in TOWARDS or others or len(said) > MOST_LISTED:
        return False
    names = {fold(word) for word in re.findall(r"[^\W\d_]\w*", response) if word[0].isupper()}
    return all(word in known for word in before) and not names & set(said)


def _rival(piece: str, known: Known) -> bool:
    """Whether what stands apart is but another answer."""
    words = piece.split()
    said = [word for word in words if word not in known]
    return bool(known.lists & set(words)) or (bool(said) and len(words) <= MOST_LISTED)
