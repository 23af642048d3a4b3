"""What kind of figure a picture is, by how it looks and what was read in it; by rule, without a model."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

PHOTO, CHART, DIAGRAM, FORMULA, TABLE, HANDWRITING, TEXT = KINDS = (
    *("photo", "chart", "diagram", "formula", "table", "handwriting", "text"),
)
Line = Mapping[str, Any]  # text, box, sure (0 to 1)

_NUMBER = re.compile(r"^[−-]?\d[\d.,:/]*\s?%?$|^%$")
_MATHS = re.compile(r"[=+−×÷√∫∑π^<>≤≥±∞²³·∂]|lim\b|\w/\w|\bd[xyt]\b")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_CLEAR = 0.87  # a reader of print is surer of it than of handwriting: .93 to .97, and .75 to .83


def kind_of(look: Mapping[str, Any], lines: Sequence[Line]) -> str:
    """Return one of KINDS, or "" where nothing is known. `look` is what base/looks.py measured."""
    if "few" not in look:
        return ""
    words = [word for line in lines for word in line["text"].split()]
    covered = sum(_area(line["box"]) for line in lines)
    numbers = sum(bool(_NUMBER.match(word)) for word in words)
    straight = look["across"] + look["down"]
    coloured = look["solid"] > 0.015 or look["hue"] > 0.04
    wordy = len(lines) >= 4 and len(words) >= 12
    if look["few"] < 0.6 and not (wordy and covered > 0.15):
        return PHOTO
    if _is_table(look, lines, words) and not coloured:
        return TABLE
    if not coloured and straight < 3 and (_is_formula(lines, words) or _is_strip(look, lines)):
        return FORMULA
    unsure = _sure(lines) < _CLEAR
    boxed = look["short"] >= 3
    if wordy and unsure and not boxed and straight < 2 and look["solid"] < 0.02:
        return HANDWRITING
    if len(words) >= 40 and covered > 0.1 and not (coloured and numbers > 0.4 * len(words)):
        return TEXT if not unsure else HANDWRITING
    if numbers >= 3 and numbers >= 0.25 * len(words) and (coloured or straight):
        return CHART
    if coloured and look["solid"] > 0.06 and numbers >= 2:
        return CHART
    strewn = (
        len(words) <= 2 * len(lines) and len({round(each["box"][0] * 12) for each in lines}) > 1
    )
    if lines and not boxed and not straight and not coloured and not strewn:
        return HANDWRITING if unsure else TEXT
    if not lines and look["few"] < 0.8:
        return PHOTO
    return DIAGRAM


def _is_table(look: Mapping[str, Any], lines: Sequence[Line], words: list[str]) -> bool:
    """Whether there are ruled rows and columns with words in them, or words in columns as of a table."""
    ruled = look["across"] >= 3 and (look["down"] >= 2 or look["across"] >= 5)
    if ruled and (len(words) >= 6 or min(look["across"], look["down"]) >= 4):
        return True
    celled = sum(line["text"].count("\t") >= 2 for line in lines)  # as readers part cells of a row
    if celled >= 3 and 2 * celled > len(lines):
        return True
    if look["short"] >= 6:  # boxes
        return False
    starts = Counter(round(line["box"][0] * 40) for line in lines)
    rows = Counter(round(line["box"][1] * 60) for line in lines)
    columns = sum(count >= 3 for count in starts.values())
    full = sum(count >= 3 for count in rows.values())
    return columns >= 3 and full >= 3 and len(words) < 4 * len(lines)


def _is_formula(lines: Sequence[Line], words: list[str]) -> bool:
    """Whether hardly more than one expression stands there."""
    said = " ".join(words)
    if not said or len(said) > 70 or len(lines) > 3:
        return False
    return bool(_MATHS.search(said)) and len(_LONG_WORD.findall(said)) <= 1


def _is_strip(look: Mapping[str, Any], lines: Sequence[Line]) -> bool:
    """Whether it is one low line of signs that a reader of words makes nothing, or hardly anything, of."""
    low = look.get("wide", 0) > 2.5 * look.get("high", 1)
    return bool(low and look["ink"] and len(lines) < 2 and (not lines or _sure(lines) < _CLEAR))


def _area(box: Sequence[float]) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _sure(lines: Sequence[Line]) -> float:
    """Return how sure the reader is of all signs together."""
    total = sum(len(line["text"]) for line in lines)
    return (
        sum(line.get("sure", 1.0) * len(line["text"]) for line in lines) / total if total else 1.0
    )
