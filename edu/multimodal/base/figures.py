"""Figures of spreadsheets as the sheet shows them: a cell keeps 0.25 and the format "0 %"."""

import re
from datetime import datetime, timedelta
from functools import lru_cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    48: "##0.0E+0",
    49: "@",
    # 14 and 22 follow the machine that shows them; this order is read the same way everywhere.
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy-mm-dd h:mm",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]|(\[(?:h+|m+|s+)\])|\[[^\]]*\]'
    r"|(AM/PM|A/P|General|E[+-]0+|[#0?][#0?,]*|\.[0#?]+,*|[ymdhs]+|%|/)|(.)",
    re.IGNORECASE,
)
_LAST_DAY = 2_958_466  # the day after 9999-12-31
_LONGEST = 400  # signs of a format


def shown(value: str, code: str, since_1904: bool = False) -> str:
    """Return the number `value`, as a file writes it down, in the format `code`; `value` itself where
    it is no number, and the plain number where the format is beyond us."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number != number or number in (float("inf"), float("-inf")):
        return value
    parts = _sections(code[:_LONGEST])
    section = parts[0]
    if len(parts) > 1 and number < 0:
        section, number = parts[1], -number
        if not any(kind for kind, _ in section):
            return "".join(sign for _, sign in section)
    elif len(parts) > 2 and number == 0:
        section = parts[2]
    kinds = {kind for kind, _ in section}
    if kinds & {"date", "spell"}:
        return _date(number, section, since_1904)
    if "digits" not in kinds and "point" not in kinds:
        if not section and len(parts) > 1:
            return ""  # such a format hides what it is given
        if not section or "general" in kinds or "text" in kinds:
            said = [general(number) if kind in ("general", "text") else s for kind, s in section]
            return "".join(said).strip() or general(number)
        return "".join(sign for _, sign in section).strip()
    return _number(number, section)


def general(number: float) -> str:
    """Return a number as a sheet without a format shows it."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.11g}".replace("e+", "E+").replace("e-", "E-")


@lru_cache(maxsize=2000)
def _sections(code: str) -> list[list[tuple[str, str]]]:
    """Return the parts of a format (of positive numbers, negative ones, zero, text), each as tokens
    (kind, text); a token without a kind is shown as it is."""
    parts: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code):
        quoted, escaped, money, spell, token, sign = match.groups()
        if sign == ";":
            parts.append([])
        elif quoted is not None or escaped is not None or money is not None:
            parts[-1].append(("", quoted or escaped or money or ""))
        elif spell:
            parts[-1].append(("spell", spell.lower()))
        elif token:
            parts[-1].append((_kind(token), token))
        elif sign:
            parts[-1].append(("text" if sign == "@" else "", sign))
    return parts


def _kind(token: str) -> str:
    low = token.lower()
    if low == "general":
        return "general"
    if low[0] in "ymdhs" or low in ("am/pm", "a/p"):
        return "date"
    return {"%": "percent", ".": "point", "E": "power", "e": "power", "/": "over"}.get(
        token[0], "digits"
    )


def _number(number: float, section: list[tuple[str, str]]) -> str:
    kinds = [kind for kind, _ in section]
    number *= 100 ** kinds.count("percent")
    if "over" in kinds:
        return _fraction(number, section)
    whole = next((text for kind, text in section if kind == "digits"), "")
    after = next((text for kind, text in section if kind == "point"), ".")
    power = next((text for kind, text in section if kind == "power"), "")
    thousands = "," in whole.rstrip(",")
    last = after if len(after) > 1 else whole
    number /= 1000 ** (len(last) - len(last.rstrip(",")))
    after = after.rstrip(",")
    places, needed = len(after) - 1, after.count("0")
    if power:
        mantissa, _, exponent = f"{number:.{places}e}".partition("e")
        size = int(exponent)
        sign = "-" if size < 0 else "+" if "+" in power else ""
        said = f"{mantissa}E{sign}{abs(size):0{power.count('0')}}"
    else:
        said = f"{number:{',' if thousands else ''}.{places}f}"
        before, _, behind = said.partition(".")
        behind = behind[:needed] + behind[needed:].rstrip("0")
        least = whole.count("0")
        negative, before = before.startswith("-"), before.lstrip("-")
        before = before.zfill(least) if not thousands else before
        if before == "0" and not least and behind:
            before = ""
        if negative and any(sign in "123456789" for sign in before + behind):
            before = "-" + before
        said = before + ("." + behind if behind else "")
    out, placed = [], False
    for kind, text in section:
        if kind in ("digits", "point", "power"):
            out.append("" if placed else said)
            placed = True
        else:
            out.append(text)
    return "".join(out).strip()


def _fraction(number: float, section: list[tuple[str, str]]) -> str:
    from fractions import Fraction

    widest = max(len(text) for kind, text in section if kind == "digits")
    near = Fraction(abs(number)).limit_denominator(10 ** min(widest, 4) - 1)
    whole, rest = divmod(near, 1)
    said = f"{rest.numerator}/{rest.denominator}" if rest else ""
    minus = "-" if number < 0 and near else ""
    return minus + (f"{whole} {said}".strip() if whole or not rest else said)


def _date(number: float, section: list[tuple[str, str]], since_1904: bool) -> str:
    if number < 0 or number > _LAST_DAY:
        return general(number)
    spell = any(kind == "spell" for kind, _ in section)
    texts = [text.lower() for _, text in section]
    fine = any("s" in text for (kind, _), text in zip(section, texts, strict=True) if kind)
    step = 1.0 if fine else 60.0
    seconds = round(number * 86400 / step) * step
    if since_1904:
        moment = datetime(1904, 1, 1) + timedelta(seconds=seconds)
    else:  # the 29th of February 1900 that never was is counted
        first = datetime(1899, 12, 30) if number >= 60 else datetime(1899, 12, 31)
        moment = first + timedelta(seconds=seconds)
    half = any(text in ("am/pm", "a/p") for text in texts)
    said, last = [], ""
    for at, (kind, text) in enumerate(section):
        low = texts[at]
        if kind == "spell":
            unit = {"h": 3600, "m": 60, "s": 1}[low[1]]
            said.append(str(int(seconds // unit)).zfill(len(low) - 2))
            last = low[1]
        elif kind != "date":
            # Fractions of a second are left out.
            said.append("" if kind == "point" or (kind == "digits" and spell) else text)
        elif low in ("am/pm", "a/p"):
            mark = "AM" if moment.hour < 12 else "PM"
            said.append(mark if low == "am/pm" else mark[0])
        else:
            soon = next(
                (
                    t[0]
                    for (k, _), t in zip(section[at + 1 :], texts[at + 1 :], strict=True)
                    if k == "date"
                ),
                "",
            )
            minutes = low[0] == "m" and len(low) < 3 and (last == "h" or soon == "s")
            said.append(_field("n" if minutes else low[0], len(low), moment, half))
            last = low[0]
    return "".join(said).strip()


def _field(unit: str, width: int, moment: datetime, half: bool) -> str:
    if unit == "y":
        return f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}"
    if unit == "m" and width > 2:
        name = _MONTHS[moment.month - 1]
        return name[:3] if width == 3 else name[0] if width == 5 else name
    if unit == "d" and width > 2:
        name = _DAYS[moment.weekday()]
        return name[:3] if width == 3 else name
    hour = (moment.hour % 12 or 12) if half else moment.hour
    found = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}
    return str(found[unit]).zfill(min(width, 2))
