"""Numbers, years and dates that might have stood there instead: near, and written the same way."""

import random
import re

from edu.common.shapes import shape

_FIGURE = re.compile(r"\d+(?:[.,\u202f ]\d{3})*(?:[.,]\d+)?")
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
EARLIEST, LATEST = 1000, 2030


def near(text: str, dice: random.Random, count: int = 3, latest: int = LATEST) -> list[str]:
    """Return `count` figures like `text`, none equal to it; fewer when it cannot be changed. No year is
    after `latest`."""
    year = _YEAR.search(text)
    if year and (
        shape(text) == "year" or len(_FIGURE.findall(text)) > 1 or re.search(r"[^\W\d]", text)
    ):
        return _years(text, year, dice, count, max(latest, int(year[1])))
    figures = list(_FIGURE.finditer(text))
    if len(figures) != 1:
        return []
    return _numbers(text, figures[0], dice, count)


def years_in(text: str) -> list[int]:
    """Return the years that a text names."""
    return [int(found[1]) for found in _YEAR.finditer(text)]


def _years(
    text: str, year: re.Match[str], dice: random.Random, count: int, latest: int
) -> list[str]:
    value = int(year[1])
    steps = [s for s in range(-25, 26) if abs(s) > 1 and EARLIEST <= value + s <= latest]
    # The right one must stand now first, now last, now in between.
    shift = dice.choice((-14, 0, 14))
    chosen: list[int] = []
    for step in sorted(steps, key=lambda step: (abs(step + shift) % 11, dice.random())):
        if all(abs(step - other) > 2 for other in chosen):
            chosen.append(step)
        if len(chosen) == count:
            break
    return [f"{text[: year.start()]}{value + step}{text[year.end() :]}" for step in chosen]


def _numbers(text: str, figure: re.Match[str], dice: random.Random, count: int) -> list[str]:
    written = figure[0]
    grouped = re.fullmatch(r"\d{1,3}(?:([.,\u202f ])\d{3})+", written)
    mark = re.search(r"[.,](\d+)$", written) if not grouped else None
    digits = len(mark[1]) if mark else 0
    plain = re.sub(r"\D", "", written)
    if len(plain) > 12 or int(plain) == 0:
        return []
    value = int(plain)
    factors = [0.4, 0.5, 0.6, 0.75, 0.8, 1.2, 1.25, 1.4, 1.5, 1.75, 2.0, 2.5]
    dice.shuffle(factors)
    step = 10 ** (len(plain) - len(plain.rstrip("0"))) if not digits else 1
    ceiling = 100 * 10**digits if re.search(r"%|percent|Prozent|per cent", text) else None
    least = 1000 if grouped else 1  # else one would stand out by having no mark
    made: list[int] = []
    for factor in factors + [1 + n / max(1, value) for n in (1, 2, 3, -1, 5)]:
        other = round(value * factor / step) * step
        if other < least or other == value or other in made or (ceiling and other > ceiling):
            continue
        made.append(other)
        if len(made) == count:
            break
    return [
        f"{text[: figure.start()]}{_written(each, digits, mark, grouped)}{text[figure.end() :]}"
        for each in made
    ]


def _written(
    value: int, digits: int, mark: re.Match[str] | None, grouped: re.Match[str] | None
) -> str:
    if mark:
        whole, rest = divmod(value, 10**digits)
        return f"{whole}{mark[0][0]}{rest:0{digits}d}"
    if grouped and value >= 1000:
        return f"{value:,}".replace(",", grouped[1])
    return str(value)
