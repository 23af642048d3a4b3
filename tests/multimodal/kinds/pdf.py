"""A PDF of two pages."""

from tests.multimodal import samples

FILE = "a.pdf"
SAYS = "In case 3.0"
PLACE = {"kind": "page", "page": 2}
content = samples.pdf
