"""A text in Markdown."""

from tests.multimodal import samples

FILE = "a.md"
SAYS = "upright stems"
PLACE = {"kind": "section", "path": ["Water in plants", "Turgor"]}
NAMELESS = False
content = samples.MARKDOWN.encode
