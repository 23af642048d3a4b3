"""Reads numbers and units as people write them: 1,5 and 1.5e3, 3/4, 1 000, 5 km/h."""

import math
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

MOST_LENGTH = 200
MOST_EXPONENT = 300

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LEAD = re.compile(
    r"^\s*(?:[^\W\d_]{1,12}\s*[=:]|[=≈~≅∼]|(?:about|approx\.?|ca\.?|circa|etwa|env\.?)\s)\s*", re.I
)
_PLAIN = r"[+-]?(?:\d[\d .,'\u00a0\u202f\u2009’_]*\d|\d+|[.,]\d+)[.,]?"
_POWER = (
    r"(?:\s*(?:[*x×·⋅]\s*10\s*(?:\^|\*\*)?\s*\(?([+-]?\d{1,4})\)?|[eE]([+-]?\d{1,4})(?![a-zA-Z])))?"
)
_NUMBER = re.compile(rf"^({_PLAIN}){_POWER}")
_FRACTION = re.compile(r"^([+-]?)(?:(\d{1,9})\s+)?(\d{1,15})\s*[/⁄]\s*(\d{1,15})(?![\d.,])")
_CURRENCY = "$€£¥₺₹"


@dataclass(frozen=True)
class Reading:
    """What a text says: the values it may mean (1,000 is a thousand here and one there), and the text
    that stands after (or, for money, before) the number."""

    values: list[float]
    unit: str


def read(text: str) -> Reading | None:
    """Return what `text` says, or None when there is no number at its beginning."""
    if len(text) > MOST_LENGTH:
        return None
    text = _tidy(text)
    money = text[:1] if text[:1] in _CURRENCY and text else ""
    text = text[len(money) :].strip()
    text = _LEAD.sub("", text, count=1).strip()
    fraction = _FRACTION.match(text)
    if fraction:
        return _fraction(fraction, text, money)
    number = _NUMBER.match(text)
    if not number:
        return None
    exponent = int(number[2] or number[3] or 0)
    if abs(exponent) > MOST_EXPONENT:
        return None
    values = [value * 10.0**exponent for value in _values(number[1])]
    values = [value for value in values if math.isfinite(value)]
    unit = text[number.end() :].strip().rstrip(".").strip()
    return Reading(values, money or unit) if values else None


def _tidy(text: str) -> str:
    text = re.sub(r"(?<=\d)([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)", lambda m: "^" + m[1].translate(_SUPERSCRIPTS), text)
    text = re.sub(
        r"[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]", lambda m: " " + unicodedata.normalize("NFKC", m[0]) + " ", text
    )
    text = "".join(
        str(unicodedata.decimal(c)) if unicodedata.decimal(c, None) is not None else c for c in text
    )
    for minus in "−–‒—﹣－":
        text = text.replace(minus, "-")
    text = text.replace("٫", ".").replace("٬", ",").replace("⁄", "/")
    return re.sub(r"^([+-])\s+(?=\d)", r"\1", " ".join(text.split(" ")).strip())


def _fraction(found: re.Match[str], text: str, money: str) -> Reading | None:
    sign, whole, above, below = found.groups()
    if int(below) == 0:
        return None
    value = Fraction(int(whole or 0)) + Fraction(int(above), int(below))
    try:
        number = float(-value if sign == "-" else value)
    except OverflowError:
        return None
    return Reading([number], money or text[found.end() :].strip())


def _values(written: str) -> list[float]:
    """Return the values that digits with marks between may have, the likelier first."""
    digits = re.sub(r"[ '\u00a0\u202f\u2009’_]", "", written.rstrip(".,"))
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return [float(digits)]
    if len(set(marks)) == 2:  # 1.234,5 or 1,234.5: the last one is the decimal mark
        last = marks[-1]
        if marks.count(last) > 1:
            return []
        return [float(digits.replace("," if last == "." else ".", "").replace(last, "."))]
    mark = marks[0]
    grouped = re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+", digits) is not None
    thousands = float(digits.replace(mark, "")) if grouped else None
    if len(marks) > 1:
        return [thousands] if thousands is not None else []
    decimal = float(digits.replace(mark, "."))
    if thousands is None or digits.lstrip("+-").startswith("0"):
        return [decimal]
    return [thousands, decimal] if mark == "," else [decimal, thousands]
