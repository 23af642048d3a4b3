"""A small table of units, enough for school and first years: SI with prefixes and the usual others."""

import re
from dataclasses import dataclass, field

# name -> (factor to base units, exponents of the base units)
_BASE: dict[str, tuple[float, dict[str, int]]] = {
    "m": (1, {"m": 1}), "g": (1e-3, {"kg": 1}), "s": (1, {"s": 1}), "A": (1, {"A": 1}),
    "K": (1, {"K": 1}), "mol": (1, {"mol": 1}), "cd": (1, {"cd": 1}),
    "Hz": (1, {"s": -1}), "N": (1, {"kg": 1, "m": 1, "s": -2}),
    "Pa": (1, {"kg": 1, "m": -1, "s": -2}), "J": (1, {"kg": 1, "m": 2, "s": -2}),
    "W": (1, {"kg": 1, "m": 2, "s": -3}), "C": (1, {"A": 1, "s": 1}),
    "V": (1, {"kg": 1, "m": 2, "s": -3, "A": -1}), "F": (1, {"kg": -1, "m": -2, "s": 4, "A": 2}),
    "Ω": (1, {"kg": 1, "m": 2, "s": -3, "A": -2}), "T": (1, {"kg": 1, "s": -2, "A": -1}),
    "Wb": (1, {"kg": 1, "m": 2, "s": -2, "A": -1}), "H": (1, {"kg": 1, "m": 2, "s": -2, "A": -2}),
    "Bq": (1, {"s": -1}), "Gy": (1, {"m": 2, "s": -2}), "Sv": (1, {"m": 2, "s": -2}),
    "L": (1e-3, {"m": 3}), "l": (1e-3, {"m": 3}), "eV": (1.602176634e-19, {"kg": 1, "m": 2, "s": -2}),
    "bar": (1e5, {"kg": 1, "m": -1, "s": -2}), "cal": (4.184, {"kg": 1, "m": 2, "s": -2}),
    "t": (1000, {"kg": 1}), "B": (8, {"bit": 1}), "bit": (1, {"bit": 1}),
    "M": (1000, {"mol": 1, "m": -3}), "Wh": (3600, {"kg": 1, "m": 2, "s": -2}),
}  # fmt: skip
_ALONE: dict[str, tuple[float, dict[str, int]]] = {
    "min": (60, {"s": 1}), "h": (3600, {"s": 1}), "d": (86400, {"s": 1}), "wk": (604800, {"s": 1}),
    "a": (31557600, {"s": 1}), "ha": (1e4, {"m": 2}), "atm": (101325, {"kg": 1, "m": -1, "s": -2}),
    "mmHg": (133.322387415, {"kg": 1, "m": -1, "s": -2}), "u": (1.66053906660e-27, {"kg": 1}),
    "in": (0.0254, {"m": 1}), "ft": (0.3048, {"m": 1}), "yd": (0.9144, {"m": 1}),
    "mi": (1609.344, {"m": 1}), "lb": (0.45359237, {"kg": 1}), "oz": (0.028349523125, {"kg": 1}),
    "gal": (3.785411784e-3, {"m": 3}), "mph": (0.44704, {"m": 1, "s": -1}),
    "kn": (0.514444, {"m": 1, "s": -1}), "°": (0.017453292519943295, {}), "rad": (1, {}),
    "%": (0.01, {}), "‰": (0.001, {}), "ppm": (1e-6, {}), "dB": (1, {"dB": 1}),
    "$": (1, {"$": 1}), "€": (1, {"€": 1}), "£": (1, {"£": 1}), "¥": (1, {"¥": 1}),
    "₺": (1, {"₺": 1}), "₹": (1, {"₹": 1}), "hp": (745.699872, {"kg": 1, "m": 2, "s": -3}),
    "AU": (1.495978707e11, {"m": 1}), "ly": (9.4607304725808e15, {"m": 1}),
}  # fmt: skip
_PREFIXES = {
    "Y": 1e24, "Z": 1e21, "E": 1e18, "P": 1e15, "T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3, "h": 1e2,
    "da": 10.0, "d": 1e-1, "c": 1e-2, "m": 1e-3, "µ": 1e-6, "u": 1e-6, "n": 1e-9, "p": 1e-12,
    "f": 1e-15,
}  # fmt: skip
_WORDS = {
    "m": "meter meters metre metres metro metros mètre mètres metri",
    "km": "kilometer kilometers kilometre kilometres kilómetros kilomètres kilometern",
    "cm": "centimeter centimeters centimetre centimetres zentimeter centimètres",
    "mm": "millimeter millimeters millimetre millimetres", "g": "gram grams gramme gramm gramo gramos",
    "kg": "kilogram kilograms kilogramm kilo kilos kilogramo kilogramos",
    "s": "sec secs second seconds sekunde sekunden seconde secondes segundo segundos saniye",
    "min": "mins minute minutes minuten minuto minutos dakika",
    "h": "hr hrs hour hours stunde stunden heure heures hora horas saat std",
    "d": "day days tag tage tagen jour jours día días gün",
    "wk": "week weeks woche wochen semaine semaines", "t": "ton tons tonne tonnes",
    "a": "yr yrs year years jahr jahre jahren an ans année années año años yıl",
    "L": "liter liters litre litres litro litros", "mL": "milliliter milliliters millilitre millilitres",
    "N": "newton newtons", "J": "joule joules", "W": "watt watts", "Pa": "pascal pascals",
    "V": "volt volts", "A": "amp amps ampere amperes", "Ω": "ohm ohms Ω Ω", "Hz": "hertz",
    "K": "kelvin kelvins", "mol": "mole moles", "°": "deg degree degrees grad", "mi": "mile miles",
    "ft": "foot feet", "in": "inch inches", "lb": "lbs pound pounds", "oz": "ounce ounces",
    "%": "percent prozent pourcent", "°C": "celsius degc c° ℃", "°F": "fahrenheit degf ℉",
    "$": "dollar dollars usd", "€": "euro euros eur", "£": "gbp", "rad": "radian radians",
}  # fmt: skip
_SPELLED = {word: unit for unit, words in _WORDS.items() for word in words.split()}
_HEAT = {"K": (1.0, 0.0), "°C": (1.0, 273.15), "°F": (5 / 9, 459.67 * 5 / 9)}
_PART = re.compile(r"([^\d\s*·⋅.^/+\-()]+)\s*(?:\^|\*\*)?\s*([+-]?\d+)?")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@dataclass(frozen=True)
class Unit:
    """`factor` and `offset` lead to base units; `powers` are those of the base units."""

    factor: float
    powers: dict[str, int] = field(default_factory=dict)
    offset: float = 0.0

    def to_base(self, value: float) -> float:
        """Return `value` in base units."""
        return value * self.factor + self.offset


def parse(text: str) -> Unit | None:
    """Return the unit that `text` names, or None when the table does not know it."""
    text = text.strip().translate(_SUPERSCRIPTS).replace("μ", "µ").replace("Ω", "Ω")
    text = _SPELLED.get(text.lower(), text)
    text = re.sub(r"°\s+(?=[CF])", "°", text)
    if text in ("°C", "°F"):
        factor, offset = _HEAT[text]
        return Unit(factor, {"K": 1}, offset)
    if not text or len(text) > 60:
        return None
    powers: dict[str, int] = {}
    factor, below = 1.0, False
    text = re.sub(r"\s+(?:per|pro|por|par)\s+", "/", text)
    for piece in re.split(r"(/)", text):
        if piece == "/":
            below = True
            continue
        rest = piece.strip(" ()")
        if rest == "1":
            continue
        for name, power in _PART.findall(rest):
            one = _single(name)
            if one is None or abs(int(power or 1)) > 9:
                return None
            exponent = int(power or 1) * (-1 if below else 1)
            factor *= one[0] ** exponent
            for base, count in one[1].items():
                powers[base] = powers.get(base, 0) + count * exponent
        if re.sub(r"[\s*·⋅.()^+-]", "", _PART.sub("", rest)):
            return None
    return Unit(factor, {base: count for base, count in powers.items() if count})


def _single(name: str) -> tuple[float, dict[str, int]] | None:
    for spelled in (name, _SPELLED.get(name.lower(), "")):
        if spelled in _ALONE:
            return _ALONE[spelled]
        if spelled in _BASE:
            return _BASE[spelled]
        for prefix, factor in _PREFIXES.items():
            if spelled.startswith(prefix) and spelled[len(prefix) :] in _BASE:
                base, powers = _BASE[spelled[len(prefix) :]]
                return base * factor, powers
    lower = {"kg": "kg", "km": "km", "hz": "Hz", "pa": "Pa", "kpa": "kPa", "j": "J", "kj": "kJ", "w": "W",
             "kw": "kW", "v": "V", "n": "N", "ml": "mL", "cm": "cm", "mm": "mm", "mol": "mol"}  # fmt: skip
    again = lower.get(name.lower(), "")
    return _single(again) if again and again != name else None
