"""Written work on a photo, in steps: each with its lines' place on the picture."""

import re
from collections.abc import Sequence
from statistics import median
from typing import Any

from edu.multimodal.base.layout import marked

MOST = 100  # steps of one picture
_SUM = re.compile(r"[=≈≠<>≤≥→⇒]|\d\s*[+−\-·×÷*/:^]\s*[\dA-Za-z(]")
_NUMBERED = re.compile(
    r"^\s*(?:\(?[0-9a-zA-Z]{1,2}[.):]|[•\-–*])\s|"
    r"^\s*(?:step|schritt|étape|paso|adım)\s",
    re.IGNORECASE,
)
_END = (".", "!", "?", ":", "。", "؟", "！", "？", "।")
Line = dict[str, Any]  # text, box


def steps_of(lines: Sequence[Line]) -> list[list[Any]]:
    """Return [text, box] of each step that `lines` (in reading order) form. What stands side by side is
    one row; a sum is a step, and so is what has a number or a point before it; running text goes on until
    it ends or white space comes."""
    rows = _rows(lines)
    if not rows:
        return []
    usual = median(row["box"][3] - row["box"][1] for row in rows)
    steps: list[Line] = []
    for row in rows:
        if steps and _goes_on(steps[-1], row, usual):
            steps[-1] = {
                "text": f"{steps[-1]['text']} {row['text']}",
                "box": _around(steps[-1]["box"], row["box"]),
                "last": row["box"],
                "sum": False,
            }
        else:
            sum_ = bool(_SUM.search(row["text"]))
            steps.append({**row, "last": row["box"], "sum": sum_})
    return [[step["text"], step["box"]] for step in steps[:MOST]]


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return lines that stand side by side as one."""
    rows: list[Line] = []
    for line in lines:
        row = rows[-1] if rows else None
        line = {**line, "text": " ".join(line["text"].split())}
        if row is not None and _beside(row["box"], line["box"]):
            one, two = (row, line) if row["box"][0] <= line["box"][0] else (line, row)
            text = f"{one['text']} {two['text']}"
            rows[-1] = {"text": text, "box": _around(row["box"], line["box"])}
        else:
            rows.append({"text": line["text"], "box": list(line["box"])})
    return rows


def _beside(one: Sequence[float], two: Sequence[float]) -> bool:
    shared = min(one[3], two[3]) - max(one[1], two[1])
    return shared > 0.6 * min(one[3] - one[1], two[3] - two[1])


def _goes_on(step: Line, row: Line, usual: float) -> bool:
    """Tell whether a row belongs to the step before it."""
    if (
        step["sum"]
        or _SUM.search(row["text"])
        or _NUMBERED.match(row["text"])
        or marked(row["text"])
    ):
        return False
    if step["text"].rstrip().endswith(_END):
        return False
    return bool(row["box"][1] - step["last"][3] < 1.1 * usual)


def _around(one: Sequence[float], two: Sequence[float]) -> list[float]:
    return [min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])]
