"""A web page."""

from tests.multimodal import samples

FILE = "a.html"
SAYS = "movement of water"
PLACE = {"kind": "section"}
content = samples.HTML.encode
