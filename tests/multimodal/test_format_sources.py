"""Texts that are made for programs: notebooks, source code, LaTeX, subtitles."""

import base64
import json

import pytest

from edu.common.errors import EduError
from edu.multimodal.base import Limits, comments
from edu.multimodal.base.detect import detect
from edu.multimodal.base.tex import Source
from edu.multimodal.formats.ipynb import Ipynb
from edu.multimodal.formats.latex import Latex
from edu.multimodal.formats.subtitles import Subtitles
from tests.multimodal import drawn
from tests.multimodal.kinds import latex


def read(form, content, folder):
    place = folder / "file"
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return form.read(place, folder, Limits(), lambda share, stage: None)


C = """/* water.c */
#include <stdio.h>

/**
 * How much water moves.
 */
static double flow(double a, double b)
{
    // inner
    if (a > b) { return a - b; }
    while (wait(a)) {
    }
}
struct cell {
    int x;
};
"""
JAVA = """public class Cell {
    /** Moves it. */
    @Override
    public static List<String> move(int a) throws IOException {
        for (int i = 0; i < 3; i++) {
        }
    }
}
"""
RUST = "/// A cell.\n#[derive(Debug)]\npub struct Cell { x: i32 }\n"
RUST += "impl Flow for Cell {\n    pub fn flow(&self) { }\n}\n"
JS = "export class Cell {\n  move(a) {\n    return a;\n  }\n}\nexport const flow = async (a) => {\n};\n"


@pytest.mark.parametrize(
    ("source", "names", "said"),
    [
        (C, ["flow", "cell"], ["water.c", "How much water moves."]),
        (JAVA, ["Cell", "Cell.move"], ["Moves it."]),
        (RUST, ["Cell", "Flow", "Flow.flow"], ["A cell."]),
        (JS, ["Cell", "Cell.move", "flow"], []),
        ('def f(a,\n      b):\n    """Doc."""\n', ["f"], []),
        (
            "class A:\n    def f(self):\n        r'''Doc\n        two.'''\n",
            ["A", "A.f"],
            ["Doc\ntwo."],
        ),
        ("# Flow.\nflow <- function(a, b) {\n}\n", ["flow"], ["Flow."]),
        (
            "-- All cells.\nCREATE TABLE IF NOT EXISTS cells (\n id int);\n",
            ["cells"],
            ["All cells."],
        ),
        ("-- | Flow.\nmodule Water where\n", ["Water"], ["Flow."]),
        ("% Moves.\nfunction y = flow(a)\nend\n", ["flow"], ["Moves."]),
        ("// Flow.\nfunc (c *Cell) Flow(a int) int {\n}\n", ["Flow"], ["Flow."]),
        (";; Flow.\n(defn flow [a] a)\n", ["flow"], ["Flow."]),
        ("#!/bin/sh\n# Say.\nsay() {\n  echo 1\n}\n", ["say"], ["Say."]),
        ("", [], []),
    ],
)
def test_what_code_defines_is_found_by_rules_of_many_languages(source, names, said):
    path, found = [], []
    for part in comments.parts(source):
        if part.name:
            path = [*path[: part.depth - 1], part.name]
            found.append(".".join(path))
    assert found == names
    assert [part.text for part in comments.parts(source) if part.comment] == said
    lines = source.split("\n")
    for part in comments.parts(source):
        if not part.comment and not part.name:  # all code is there, at its line
            assert lines[part.line - 1] == part.text.lstrip("\n").split("\n")[0]


def test_a_notebook_of_the_old_kind_and_a_broken_one(tmp_path):
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Water"},
        {"cell_type": "code", "input": "1+1", "outputs": [{"output_type": "pyout", "text": "2"}]},
    ]
    found = read(Ipynb(), json.dumps({"worksheets": [{"cells": cells}]}), tmp_path)
    assert [(b.kind, b.text, b.locator["cell"]) for b in found.blocks] == [
        *(("heading", "Water", 1), ("code", "1+1", 2), ("code", "2", 2)),
    ]
    for bad in ("{", '{"cells": 5}', "[" * 100_000, '{"cells": [[[', "[]", '{"cells": {"a": 1}}'):
        try:
            assert read(Ipynb(), bad, tmp_path).blocks == []
        except EduError as error:
            assert error.detail.endswith(".")


def test_what_latex_would_set_is_read(tmp_path):
    blocks = read(Latex(), latex.content(), tmp_path).blocks
    said = [(block.kind, block.text) for block in blocks]
    assert ("text", "Water moves through a membrane: $\\pi = i c R T$") in said
    assert ("notes", "Not salt, 5 %.") in said
    assert ("list", "upright stems, see 1") in said
    assert ("table", "Substance | Mass\nWater | 18") in said
    assert ("code", "% kept") in said
    assert "unseen" not in str(said)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"``So'' --- \textit{so}~it \c{c}a \o re", "“So” — so it ça øre"),
        (r"\newcommand{\f}[2][x]{#1 of #2}\f{y}, \f[z]{y}", "x of y, z of y"),
        (r"\def\x{\y}\def\y{\x}before \x after", "before after"),
        (r"\newcommand{\a}{\a\a}" * 2 + r"\a end", "end"),
        (r"\href{http://x}{there} \cite[p.~3]{knuth} \verb|a_b|", "there [knuth] a_b"),
        (r"50\,\% of \$3 \& more \_", "50 % of $3 & more _"),
        (r"\section{A}\label{a}\section{B}\label{b} see \ref{b} and \ref{none}", "A B see 2 and ?"),
        ("{" * 300 + "deep" + "}" * 300, "deep"),
    ],
)
def test_commands_of_latex_become_what_they_stand_for(source, words):
    made = Source(source, 100_000)
    assert " ".join(made.words(made.text.replace("\\section", "")).split()) == words


def test_subtitles_without_empty_lines_between_them(tmp_path):
    text = "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Water\\Nmoves.\r\n2\r\n"
    text += "00:00:03,5 --> 00:00:04,0\r\nSo.\r\n"
    blocks = read(Subtitles(), text, tmp_path).blocks
    assert [(block.text, block.locator["start"]) for block in blocks] == [
        *(("Water moves.", 1.0), ("So.", 3.5)),
    ]


@pytest.mark.parametrize(
    ("times", "places", "seconds"),
    [
        ((("99:59:59,000", "00:00:01,000"),), [(1.0, 1.0)], 1.0),
        ((("00:00:02,000", "00:00:09,500"), ("00:00:10,000", "00:00:01,000")),
         [(2.0, 9.5), (10.0, 10.0)], 10.0),
        ((("00:00:02,000", "00:00:09,500"), ("99:00:00,000", "00:00:12,000")),
         [(2.0, 9.5), (12.0, 12.0)], 12.0),
    ],
)  # fmt: skip
def test_captions_that_end_before_they_begin_make_nothing_longer(tmp_path, times, places, seconds):
    cues = [f"{at}\n{a} --> {b}\nLine {at}.\n" for at, (a, b) in enumerate(times, 1)]
    found = read(Subtitles(), "\n".join(cues), tmp_path)
    seen = [(block.locator["start"], block.locator["end"]) for block in found.blocks]
    assert (seen, found.seconds) == (places, seconds)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", "1\n00:00:01,000 --> 00:00:02,000\nWater.\n", "subtitles"),
        ("a.txt", "\\documentclass{article}\n\\begin{document}x", "latex"),
        ("a.json", '{"cells": [{"cell_type": "code"}]}', "ipynb"),
        ("run", "#!/usr/bin/perl\nprint 1;\n", "code"),
        ("a.js", "alert(1)", "code"),
        ("a.ipynb", "Words, and no notebook.", "text"),
        ("a.vtt", "<html><script>x</script>", "html"),
    ],
)
def test_kinds_of_text_are_told_by_what_stands_in_them(tmp_path, name, content, kind):
    place = tmp_path / "file"
    place.write_text(content)
    assert detect(place, name)[0].name == kind


def test_pictures_that_a_cell_drew_stand_in_their_cell(tmp_path):
    coded = base64.b64encode(drawn.png(drawn.one("chart", 1)[0])).decode()
    book = {
        "cells": [
            {"cell_type": "markdown", "source": "# Rain"},
            {
                "cell_type": "code",
                "source": "plot(rain)",
                "outputs": [
                    {
                        "output_type": "display_data",
                        "data": {"image/png": [coded[:60], coded[60:]]},
                    },
                    {"output_type": "display_data", "data": {"image/png": "no picture"}},
                    {"output_type": "display_data", "data": {"image/svg+xml": "<svg/>"}},
                ],
            },
            {
                "cell_type": "markdown",
                "source": "So it is.",
                "attachments": {"a.png": {"image/png": coded}},
            },
            {"cell_type": "code", "outputs": [{"png": coded}], "attachments": 5},
        ]
    }
    (tmp_path / "a.ipynb").write_text(json.dumps(book))
    found = Ipynb().read(tmp_path / "a.ipynb", tmp_path, Limits(), lambda share, stage: None)
    assert [(each.locator["cell"], each.after) for each in found.pictures] == [
        (2, 1),
        (3, 2),
        (4, 2),
    ]
    assert found.pictures[0].locator["path"] == ["Rain"]
    assert not found.pictures[0].whole
    assert all((tmp_path / each.path).is_file() for each in found.pictures)
