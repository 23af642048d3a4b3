"""The most and the least of a table are told by comparing its figures."""

import pytest

from edu.agents.base import evidence, extremes
from edu.common.sources import Source

LIGHTS = """Lighthouse: Skarholm; Height m: 38; Range nm: 21; Keeper: Ingrid Moe
Lighthouse: Isle of Vay; Height m: 51; Range nm: 26; Keeper: Ann Sorley
Lighthouse: Grey Ness; Height m: 17; Range nm: 11; Keeper: Per Lunde"""
DAMS = """Reservoir: Lough Ardell; Opened: 1911; Capacity (million m3): 14.2
Reservoir: Hestwater; Opened: 1938; Capacity (million m3): 1,061.7
Reservoir: Upper Cray; Opened: 1954; Capacity (million m3): 9.8
Total; Capacity (million m3): 1"""
STAEDTE = """Stadt: Lenz; Einwohner: 12.400; Höhe (m): 410
Stadt: Aarau; Einwohner: 9.100; Höhe (m): 380
Stadt: Thal; Einwohner: 104.000; Höhe (m): 512"""


def source(text, passage="p0"):
    return Source(
        passage=passage, material="m", title="T", text=text, locator={}, score=1.0, language=""
    )


@pytest.mark.parametrize(
    ("question", "language", "text", "row"),
    [
        ("Which lighthouse is the highest?", "en", LIGHTS, "Isle of Vay"),
        ("Which lighthouse has the shortest range?", "en", LIGHTS, "Grey Ness"),
        ("Which reservoir has the smallest capacity?", "en", DAMS, "Upper Cray"),
        ("Which reservoir is the largest?", "en", DAMS, "Hestwater"),
        ("What is the oldest reservoir?", "en", DAMS, "Lough Ardell"),
        ("Welche Stadt hat die meisten Einwohner?", "de", STAEDTE, "Thal"),
        ("Welche Stadt ist die kleinste?", "de", STAEDTE, "Aarau"),
        ("Which keeper is the oldest?", "en", LIGHTS, None),
        ("Which lighthouse is the second highest?", "en", LIGHTS, None),
        ("Which lighthouse of Ann Sorley is the lowest?", "en", LIGHTS, None),
        ("Which reservoir opened after 1930 is the largest?", "en", DAMS, None),
        ("Welche Stadt hat die drittmeisten Einwohner?", "de", STAEDTE, None),
        ("How high is Skarholm?", "en", LIGHTS, None),
        ("Which lighthouse is the heaviest?", "en", LIGHTS, None),
        ("Which lighthouse is the highest?", "en", "Light is the highest form of energy.", None),
    ],
)
def test_the_row_is_told_by_its_figure(question, language, text, row):
    found, best = extremes.told(evidence.ask(question, language), [source(text)], lambda *_: [])
    assert [each.split("; ")[0].split(": ")[1] for each in best] == ([row] if row else [])
    assert len(found) == 1


def test_the_rest_of_a_long_table_is_looked_up_and_goes_in_front():
    rest = source(
        "Lighthouse: Farne; Height m: 90; Range nm: 1\nLighthouse: Low; Height m: 2", "p9"
    )
    question = evidence.ask("Which lighthouse is the tallest?", "en")
    found, best = extremes.told(question, [source(LIGHTS)], lambda *_: [rest, source(LIGHTS)])
    assert best == ["Lighthouse: Farne; Height m: 90; Range nm: 1"]
    assert [each.passage for each in found] == ["p9", "p0"]
    weighed = evidence.weigh(question, evidence.pieces(found))
    assert extremes.prefer(best, weighed)[0].piece.text == best[0]
