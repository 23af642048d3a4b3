"""Formulas in texts that are spoken: LaTeX and the signs of mathematics, in words.

In English, German, French and Spanish they become words of that language. In others LaTeX becomes plain
signs, which a voice names as its language does; no English is put in between.
"""

from edu.common.formulas.finding import stretches
from edu.common.formulas.reading import read
from edu.common.formulas.saying import signs, words
from edu.common.formulas.words import WORDS

VERSION = 1  # of what is said: speech that was kept under another one is made anew


def spoken(text: str, language: str) -> str:
    """Return `text` with its formulas as they are said in `language` (ISO 639-1)."""
    tongue = language.lower().replace("_", "-").partition("-")[0] or "en"
    found, at = [], 0
    for begin, end, inside in stretches(text):
        tree = read(inside)
        said = words(tree, tongue) if tongue in WORDS else signs(tree)
        found += [text[at:begin], said]
        at = end
    return "".join([*found, text[at:]]) if found else text
