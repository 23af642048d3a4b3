"""A number, within a tolerance, perhaps with a unit."""

import math
import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from edu.assessments.base import numbers, units
from edu.assessments.base.kind import Clues, Grade, Kind, Ready, Sheet, bad, clean, stem_of
from edu.assessments.base.within import MOST_WORDS, Known
from edu.assessments.base.words import fold
from edu.common.text import gettext_noop as _

LARGEST = 1e300
_ABOUT = (
    "about around roughly approximately approx nearly almost exactly equals equal value result number total "
    "ungefahr etwa rund circa ca genau wert ergebnis zahl betragt gleich environ presque exactement "
    "valeur vaut egal resultat aproximadamente casi exactamente valor numero igual vale quasi valore "
    "uguale ongeveer bijna waarde yaklasik"
)
ABOUT = frozenset(_ABOUT.split())


class Number(Kind):
    """key: {"value", "tolerance" (absolute, 0 when left out), "unit"?}. A response is a number or a
    text with one, perhaps in a short sentence: 1,5 - 1.5e3 - 3/4 - 1 000 - 20 km/h - "it is about 3". A
    unit left out is taken as the one asked for; one that was not asked for is named and left aside."""

    name = "number"

    def ready(self, stem: str, options: list[str], key: dict[str, Any]) -> Ready:
        """A finite value, a tolerance that is not negative, and a unit of reasonable length."""
        key = key if isinstance(key, dict) else {}
        value = _number(key.get("value"))
        if value is None:
            raise bad(key=_("Give the right number as “value”."))
        tolerance = 0.0 if key.get("tolerance") is None else _number(key["tolerance"])
        if tolerance is None or tolerance < 0:
            raise bad(key=_("The tolerance is a number that is not below zero."))
        kept: dict[str, Any] = {"value": value, "tolerance": tolerance}
        if key.get("unit"):
            unit = clean(key["unit"])
            if len(unit) > 40:
                raise bad(key=_("The unit is too long."))
            kept["unit"] = unit
        if key.get("review") is True:
            kept["review"] = True
        return Ready(stem_of(stem), [], kept)

    def grade(self, sheet: Sheet, response: Any) -> Grade:
        """Right within the tolerance, after conversion when units are given."""
        if isinstance(response, list) and len(response) == 1:
            response = response[0]
        reading = _reading(response, sheet)
        if reading is None:
            said = gettext("This cannot be read as a number. Write one like 1.5, 3/4 or 2e3.")
            return Grade(0.0, said, parsed=False, read=_short(response))
        read = _short(response)
        if (
            any(c.isdigit() for c in reading.unit.replace("^", ""))
            and units.parse(reading.unit) is None
        ):
            return Grade(0.0, gettext("Give one number only."), parsed=False, read=read)
        asked = str(sheet.key.get("unit", ""))
        if not asked:
            return self._without_unit(sheet, reading, read)
        return self._with_unit(sheet, reading, asked, read)

    def _without_unit(self, sheet: Sheet, reading: numbers.Reading, read: str) -> Grade:
        values = list(reading.values)
        if reading.unit == "%":
            values += [value / 100 for value in values]
        if any(_within(sheet, value) for value in values):
            sure = 1.0 if len(values) == 1 and not reading.unit else 0.9
            return Grade(1.0, _beside(gettext("Right."), reading), sure, read)
        return Grade(0.0, _beside(_how_far(sheet, reading.values), reading), 1.0, read)

    def _with_unit(self, sheet: Sheet, reading: numbers.Reading, asked: str, read: str) -> Grade:
        plainly = any(_within(sheet, value) for value in reading.values)
        if not reading.unit:
            if plainly:
                said = gettext("Right, read as %(unit)s.") % {"unit": asked}
                return Grade(1.0, said, 0.9, read)
            return Grade(0.0, _how_far(sheet, reading.values), 1.0, read)
        given, wanted = units.parse(reading.unit), units.parse(asked)
        if fold(reading.unit, True).rstrip("s") == fold(asked, True).rstrip("s") and fold(asked):
            right = plainly and (reading.unit == asked or wanted is None or given == wanted)
            if right:
                return Grade(1.0, gettext("Right."), 1.0, read)
        if given is None or wanted is None:
            said = gettext("The unit “%(unit)s” is not the one asked for.") % {
                "unit": reading.unit[:40]
            }
            return Grade(0.0, said, 0.8, read)
        if given.powers != wanted.powers:
            said = gettext("“%(unit)s” measures something else than what is asked.") % {
                "unit": reading.unit[:40]
            }
            return Grade(0.0, said, 1.0, read)
        values = [
            (given.to_base(value) - wanted.offset) / wanted.factor for value in reading.values
        ]
        if any(_within(sheet, value) for value in values):
            return Grade(1.0, gettext("Right."), 1.0, read)
        if plainly:
            return Grade(0.0, gettext("The number would fit another unit: convert it."), 1.0, read)
        return Grade(0.0, _how_far(sheet, values), 1.0, read)

    def key_text(self, sheet: Sheet) -> str:
        """The value with its unit."""
        text = written(sheet.key["value"])
        if sheet.key["tolerance"]:
            text += f" ± {written(sheet.key['tolerance'])}"
        return f"{text} {sheet.key.get('unit', '')}".strip()

    def secrets(self, sheet: Sheet) -> list[str]:
        """The value as digits, in the usual spellings."""
        value = sheet.key["value"]
        plain = written(value)
        spellings = {plain, plain.replace(".", ",")}
        if float(value).is_integer() and abs(value) >= 1000:
            spellings |= {f"{int(value):,}", f"{int(value):,}".replace(",", "."),
                          f"{int(value):,}".replace(",", " ")}  # fmt: skip
        return sorted(spellings)

    def unit(self, sheet: Sheet) -> str:
        """The unit asked for."""
        return str(sheet.key.get("unit", ""))

    def clues(self, sheet: Sheet, order: list[str]) -> Clues:
        """Bounds that the value lies within, first wide, then narrower, neither with it in the middle."""
        value = float(sheet.key["value"])
        span = max(abs(value), 4 * sheet.key["tolerance"], 1.0)
        shift = (sum(map(ord, sheet.stem)) % 7) / 10  # where within the bounds: not guessable
        wide = _bounds(value, span * 2, shift)
        close = _bounds(value, span * 0.5, shift)
        text = gettext("It lies between %(low)s and %(high)s.")
        return Clues(
            text % {"low": wide[0], "high": wide[1]}, text % {"low": close[0], "high": close[1]}
        )


def written(value: float) -> str:
    """Return a number as people write it."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def _bounds(value: float, span: float, shift: float) -> tuple[str, str]:
    low, high = value - span * (0.2 + shift), value + span * (0.9 - shift)
    step = 10 ** math.floor(math.log10(max(span, 1e-12)) - 0.5)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    if written(low) == written(value):
        low -= step
    if written(high) == written(value):
        high += step
    return written(float(f"{low:.6g}")), written(float(f"{high:.6g}"))


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        reading = numbers.read(value)
        if reading is None or reading.unit:
            return None
        value = reading.values[0]
    try:
        number = float(value)
    except OverflowError:
        return None
    if not math.isfinite(number) or abs(number) > LARGEST:
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _beside(said: str, reading: numbers.Reading) -> str:
    """Name the unit that nobody asked for, so that nobody thinks it was counted."""
    if reading.unit in ("", "%"):
        return said
    unit = gettext("No unit was asked for: “%(unit)s” is left aside.") % {"unit": reading.unit[:40]}
    return f"{said} {unit}"


def _reading(response: Any, sheet: Sheet) -> numbers.Reading | None:
    if isinstance(response, str):
        found = numbers.read(response)
        return _in_sentence(response, sheet) if found is None else _unit_only(found, sheet)
    value = _number(response)
    return None if value is None else numbers.Reading([float(value)], "")


def _in_sentence(text: str, sheet: Sheet) -> numbers.Reading | None:
    """Read the number of a short sentence ("The value is 3.14") that says nothing else before it."""
    first = re.search(r"[$€£¥₺₹]?\s*[+\-−–]?\d", text[: numbers.MOST_LENGTH])
    if first is None or not first.start():
        return None
    known = Known(sheet.stem, sheet.language, text)
    before = fold(text[: first.start()]).split()
    if len(before) > MOST_WORDS or not all(word in known or word in ABOUT for word in before):
        return None
    found = numbers.read(text[first.start() :])
    return None if found is None else _unit_only(found, sheet)


def _unit_only(reading: numbers.Reading, sheet: Sheet) -> numbers.Reading:
    """Leave out the small words and marks behind the number and its unit."""
    unit = reading.unit.rstrip(" .!?")
    if units.parse(unit) is not None or any(c.isdigit() for c in unit):
        return replace(reading, unit=unit)
    known, pieces = Known(sheet.stem, sheet.language, unit), unit.split()
    for count in range(len(pieces) - 1, -1, -1):
        head, rest = " ".join(pieces[:count]), fold(" ".join(pieces[count:])).split()
        if (not head or units.parse(head)) and all(word in known or word in ABOUT for word in rest):
            return replace(reading, unit=head)
    return replace(reading, unit=unit)


def _within(sheet: Sheet, value: float) -> bool:
    wanted, tolerance = float(sheet.key["value"]), float(sheet.key["tolerance"])
    slack = 1e-9 * max(1.0, abs(wanted), abs(tolerance))
    if wanted and abs(wanted) < 1e-3:
        slack = 1e-9 * abs(wanted)
    return abs(value - wanted) <= tolerance + slack


def _how_far(sheet: Sheet, values: list[float]) -> str:
    wanted = float(sheet.key["value"])
    if any(value == -wanted for value in values) and wanted:
        return gettext("Not right: look at the sign.")
    for value in values:
        ratio = value / wanted if wanted else 0.0
        if ratio > 0 and abs(math.log10(ratio) - round(math.log10(ratio))) < 1e-9 and ratio != 1:
            return gettext("Not right: look at the powers of ten.")
    return gettext("Not right.")


def _short(response: Any) -> str:
    return clean(response)[:200] if isinstance(response, (str, int, float)) else ""
