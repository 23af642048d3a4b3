"""Which language a text can be in, by the letters it is written in."""

import unicodedata
from collections import Counter

from django.conf.locale import LANG_INFO

# By the first word of a letter's Unicode name: the languages written so, the commonest first.
_WRITTEN = {
    "LATIN": (),
    "ARABIC": ("ar", "fa", "ur", "ps", "ku", "ug", "sd"),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt", "ba", "cv"),
    "GREEK": ("el",),
    "HEBREW": ("he", "iw", "yi"),
    "DEVANAGARI": ("hi", "mr", "ne", "sa", "kok", "bpy"),
    "BENGALI": ("bn", "as"),
    "GURMUKHI": ("pa",),
    "GUJARATI": ("gu",),
    "ORIYA": ("or",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "KANNADA": ("kn",),
    "MALAYALAM": ("ml",),
    "SINHALA": ("si",),
    "THAI": ("th",),
    "LAO": ("lo",),
    "MYANMAR": ("my",),
    "KHMER": ("km",),
    "TIBETAN": ("bo", "dz"),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "ETHIOPIC": ("am", "ti"),
    "CHEROKEE": ("chr",),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh", "yue", "cmn", "ja", "ko"),
    "TIFINAGH": ("zgh",),
}


def tongue(text: str, language: str) -> str:
    """Return `language` (ISO 639-1) if `text` can be written in it by its letters, else the commonest
    language that can be; for letters that are not known here, their name."""
    counts = Counter(
        unicodedata.name(letter, "LATIN").partition(" ")[0] for letter in text if letter.isalpha()
    )
    for sound in ("HIRAGANA", "KATAKANA", "HANGUL"):  # they stand among Chinese signs
        if counts[sound]:
            counts[sound] += counts.pop("CJK", 0)
    if not counts:
        return language
    script = counts.most_common(1)[0][0]
    base = language.lower().replace("_", "-").partition("-")[0]
    others = _WRITTEN.get(script)
    if script == "LATIN":
        latin = all(base not in each for each in _WRITTEN.values()) or base in ("sr", "ku", "zh")
        return language if latin else "en"
    if others is None:
        return script.lower()
    return language if base in others else others[0]


def named(language: str) -> str:
    """Return what a language is called in English; its code where that is not known."""
    return str(LANG_INFO.get(language.lower(), {}).get("name") or language)
