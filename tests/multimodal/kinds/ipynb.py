"""A notebook: a heading, code, and what it printed in colours."""

import json

FILE = "a.ipynb"
SAYS = "pressure = 7.5 bar"
PLACE = {"kind": "section", "path": ["Water", "Osmosis"], "cell": 2}

CELLS = [
    {
        "cell_type": "markdown",
        "source": ["# Water\n", "\n", "## Osmosis\n", "Water *moves*.<script>x</script>"],
    },
    {
        "cell_type": "code",
        "source": "print(pressure)",
        "outputs": [
            {"output_type": "stream", "text": ["\u001b[31mpressure\u001b[0m = 7.5 bar\n"]},
            {
                "output_type": "display_data",
                "data": {"image/png": "iVBORw0=", "text/html": "<b>x</b>"},
            },
            {"output_type": "error", "ename": "ValueError", "evalue": "too salty"},
        ],
    },
    {"cell_type": "code", "source": 5, "outputs": [None, {"data": "x"}]},
]


def content() -> bytes:
    """Return it."""
    return json.dumps({"nbformat": 4, "cells": CELLS, "metadata": {}}).encode()
