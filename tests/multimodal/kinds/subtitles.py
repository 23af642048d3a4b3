"""Captions with styles, a remark, a speaker, and lines that roll."""

FILE = "a.vtt"
SAYS = "Plant cells swell by it."
PLACE = {"kind": "time", "start": 3604.0}


def content() -> bytes:
    """Return it."""
    return b"""WEBVTT - Water

STYLE
::cue { color: red }

NOTE not to be read

1
00:01.500 --> 00:04.000 align:start position:10%
<v Ann>Water moves through a <i>membrane</i>.</v>

00:04.000 --> 00:07.000
Water moves through a membrane.
Plant cells swell &amp; grow.

01:00:04.000 --> 01:00:07.000
Plant cells swell by it.
"""
