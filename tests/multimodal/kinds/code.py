"""A program in Python: a class with a method that is documented."""

FILE = "a.py"
SAYS = "Return how much water moves in a second."
PLACE = {"kind": "section", "path": ["Membrane", "flow"], "line": 6}


def content() -> bytes:
    """Return it."""
    return b'''#!/usr/bin/env python
"""Water through membranes."""
import math

class Membrane:
    def flow(self, a, b):
        """Return how much water moves
        in a second."""
        # the higher side gives
        def inner(): return a
        return math.sqrt(a - b)

LIMIT = 3
'''
