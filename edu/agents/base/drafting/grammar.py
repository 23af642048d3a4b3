"""What can be told of a word from outside, without a dictionary: whether it names one thing or many,
how it is declined, whether it stands as a noun. Enough to see that a wrong option would not fit into a
sentence; where nothing can be told, endings must be the same."""

import re
from collections import Counter
from collections.abc import Iterable

from edu.common.general import ARTICLES
from edu.common.language import fold, stopwords, words
from edu.common.shapes import shape

_MANY_WORDS = (
    "people children men women feet teeth mice geese data bacteria phenomena criteria nuclei fungi "
    "larvae algae media strata stimuli police cattle"
)
_MANY_EN = frozenset(_MANY_WORDS.split())
_ONE_EN = re.compile(r"(?:ss|us|is|ics|news|series|species|lens)$")
_ONE_WORDS = (
    "corps temps processus virus poids prix voix cours univers tissu crisis análisis tesis dosis síntesis "
    "lunes oasis atlas lapis ônibus pires gás mes país gas dios interés francés inglés stress"
)
_ONE_ROMANCE = frozenset(_ONE_WORDS.split())
_ARTICLE_GROWN_ON = re.compile(r"^(?:و|ف)?(?:ال|بال|كال|لل)")
_ARABIC_MANY = re.compile(r"(?:ات|ون|ين)$")
_TURKISH = (
    ("many", re.compile(r"l[ae]r$")),
    ("of", re.compile(r"[ıiuü]n$")),
    ("from", re.compile(r"[dt][ae]n$")),
    ("in", re.compile(r"[dt][ae](?:ki)?$")),
    ("its", re.compile(r"(?:l[ae]r)?s?[ıiuü]$")),
    ("to", re.compile(r"[ae]$")),
)
# Declined languages where the ending says case and gender: an option must end as the key does.
_DECLINED = (
    "ru",
    "uk",
    "be",
    "bg",
    "sr",
    "mk",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "el",
    "lt",
    "lv",
    "ro",
    "hy",
)
_AGGLUTINATING = ("fi", "et", "hu", "eu", "ka", "kk", "az")
_HEAD_FIRST = ("fr", "es", "it", "pt", "ro", "ca", "ar", "he", "fa")
# Small words after which nouns and verbs may stand alike.
_EITHER_WORDS = (
    "and or as than to und oder als wie et ou comme y e o u como ni en of och eller ed od che that both so "
    "zu"
)
_EITHER = frozenset(_EITHER_WORDS.split())
# After these something is done.
_DOING_WORDS = {
    "en": "to can may might will would could should must not cannot it they we you he she who which also "
    "then often usually never always it's don't does did do",
    "fr": "il elle ils elles qui ne se peut peuvent pas y on nous vous",
    "es": "se no que puede pueden ellos ella él lo nos",
    "it": "si non che può possono egli essa essi ci",
    "pt": "se não que pode podem ele ela eles",
    "nl": "hij zij ze wij we kan kunnen te die niet men",
    "sv": "att kan han hon de som inte man",
}
_DOING = {language: frozenset(row.split()) for language, row in _DOING_WORDS.items()}


def head(text: str, language: str) -> str:
    """Return the word of a term that is declined and counted: "cell walls" -> walls."""
    found = text.split()
    if not found:
        return ""
    return found[0] if language in _HEAD_FIRST else found[-1]


def form(text: str, language: str) -> str:
    """Return a mark of number, case and gender, as far as they show: options of one gap have the same.
    "" where nothing shows."""
    word = head(fold(text, language), language)
    if language in ("en", ""):
        return _english(word, text)
    if language in ("fr", "es", "pt", "ca"):
        many = word.endswith(("s", "x", "aux")) and word not in _ONE_ROMANCE
        return "many" if many else "one"
    if language == "it":
        return word[-1:]
    if language == "tr":
        return next((name for name, pattern in _TURKISH if pattern.search(word)), "one")
    if language == "ar":
        grown = bool(_ARTICLE_GROWN_ON.match(word))
        end = "many" if _ARABIC_MANY.search(word) else "ه" if word[-1:] == "ه" else ""
        return f"{grown}{end}"
    if language in _DECLINED:
        return word[-1:] if not word[-1:].isdigit() else ""
    if language in _AGGLUTINATING:
        return word[-2:]
    if language == "de":
        return "en" if word.endswith("en") else ""
    if language in ("nl", "sv", "da", "no"):
        return "many" if re.search(r"(?:en|er|ar|s)$", word) else "one"
    return ""


def _english(word: str, text: str) -> str:
    if shape(text) in ("acronym",):
        return "one"
    if word in _MANY_EN or (word.endswith("s") and not _ONE_EN.search(word)):
        return "many"
    return "doing" if word.endswith("ing") and len(word) > 5 else "one"


def harmony(text: str) -> tuple[str, str]:
    """Return what the ending after a Turkish name goes by: its last vowel's sort and its last sound."""
    word = fold(text, "tr")
    vowels = re.findall("[aıoueiöü]", word)
    last = vowels[-1] if vowels else ""
    sort = next((group for group in ("aı", "ou", "ei", "öü") if last and last in group), "")
    sound = "vowel" if word[-1:] in "aıoueiöü" else "hard" if word[-1:] in "fstkçşhp" else "soft"
    return sort, sound


class Nouns:
    """How often each word of some texts stands as a noun does, and how often as a verb would."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self.language = language
        self.thing: Counter[str] = Counter()
        self.act: Counter[str] = Counter()
        small = stopwords(language)
        articles = ARTICLES.get(language, frozenset())
        doing = _DOING.get(language, frozenset())
        for text in texts:
            for line in re.split(r"[.!?;:\n]", text):
                found = [fold(word, language) for word in words(line)]
                for at, word in enumerate(found):
                    before = found[at - 1] if at else ""
                    after = found[at + 1] if at + 1 < len(found) else ""
                    lead = before in small and before not in _EITHER and before not in doing
                    self.thing[word] += before in articles or lead
                    followed = after in articles and before not in articles and bool(before)
                    self.act[word] += before in doing or followed

    def is_thing(self, text: str) -> bool:
        """Whether the head of a term was seen as a noun, and not as often as a verb. Languages without
        articles, and those that write nouns with capitals, are not asked."""
        if self.language not in _DOING:
            return True
        word = head(fold(text, self.language), self.language)
        return self.thing[word] > self.act[word]
