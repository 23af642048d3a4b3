"""Which language a message is in. A few words tell little: whoever wrote them is asked first, by what
they spoke before and what they prefer; the language of their materials only counts where the words
themselves clearly speak for it."""

from edu.agents.base import asking
from edu.common import language as words

SHORT = 40  # letters; a longer text tells its language by itself
CLEAR = 0.9  # how sure the words must be to outweigh who wrote them
_FEW_SIGNS = 5  # different letters; "xxxxxxx" and "hahaha" are of no language


def of(text: str, previous: str = "", preferred: str = "", materials: str = "") -> str:
    """Return the language of `text`, "en" when nothing tells. `previous` is that of the turn before."""
    # A question in Latin letters does not go on in the Arabic of the one before.
    previous, preferred, materials = (
        each if words.in_letters_of(text, each) else "" for each in (previous, preferred, materials)
    )
    prior = previous or preferred or materials or "en"
    if not _tells(text):
        return prior
    letters = sum(character.isalpha() for character in text)
    surely = words.detect(text, fallback=prior)
    known = [each for each in (previous, preferred, materials) if each]
    if letters >= SHORT or (not known and surely != prior and not words.in_letters_of(text, prior)):
        return surely
    asked = asking.spoken_among(text)
    if asked:
        # "Define" is English and Spanish: whoever writes either is taken to go on in it.
        return next((each for each in known if each in asked), "") or _one(asked, surely)
    small = {each: _small(text, each) for each in known}
    best = max(small.values(), default=0)
    guessed = words.guess(text)
    if guessed and _small(text, guessed) >= best:
        # Against whoever wrote it a tie decides nothing; against their materials the letters do.
        lead = _small(text, guessed) - small.get(prior, 0)
        own = bool(previous or preferred) and not _spelt(text, guessed)
        return guessed if lead > 0 or (not own and _sentence(text)) else prior
    if best:
        return next(each for each in known if small[each] == best)
    if surely != prior:
        return surely  # its letters tell
    others = [each for each in (preferred, materials) if each and each != prior]
    others += [each for each in asking.LANGUAGES if each not in known and _small(text, each)]
    return words.likelier(text, prior, others, CLEAR) if _sentence(text) else prior


def _tells(text: str) -> bool:
    """Whether there is anything in `text` that a language could be told by."""
    letters = {character for character in text.lower() if character.isalpha()}
    latin = all(character < "\u0250" for character in letters)
    return len(letters) >= (_FEW_SIGNS if latin else 1)


def _one(asked: list[str], surely: str) -> str:
    return surely if surely in asked else asked[0]


def _spelt(text: str, language: str) -> bool:
    """Whether two words or more of `text` have letters that only `language` has."""
    return sum(words.guess(word) == language for word in words.words(text)) > 1


def _small(text: str, language: str) -> int:
    small = words.stopwords(language)
    return sum(words.fold(word, language) in small for word in words.words(text))


def _sentence(text: str) -> bool:
    """Whether there is more in `text` than names: a word or two of them in small letters."""
    said = words.words(text)
    return len(said) > 1 and not all(word[:1].isupper() for word in said)
