"""Slides."""

from tests.multimodal import samples

FILE = "a.pptx"
SAYS = "from less solute to more solute"
PLACE = {"kind": "slide", "slide": 2}
content = samples.pptx
