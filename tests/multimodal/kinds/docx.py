"""A Word file."""

from tests.multimodal import samples

FILE = "a.docx"
SAYS = "In case 1.0"
PLACE = {"kind": "section", "path": ["Water in plants", "Chapter 1", "Osmosis"]}
content = samples.docx
