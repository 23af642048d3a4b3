"""Two slides, the second with its title below its text in the file, and with notes."""

from tests.multimodal.kinds.odt import packed

FILE = "a.odp"
SAYS = "Ask what happens to a cell in salt water."
PLACE = {"kind": "slide", "slide": 2}

BODY = """<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Water</text:p>
</draw:text-box></draw:frame></draw:page><draw:page><draw:frame svg:y="9cm"><draw:text-box>
<text:list><text:list-item><text:p>second</text:p></text:list-item></text:list></draw:text-box>
</draw:frame><draw:frame svg:y="5cm"><draw:text-box><text:p>first</text:p></draw:text-box></draw:frame>
<draw:frame presentation:class="title" svg:y="1cm"><draw:text-box><text:p>Osmosis</text:p>
</draw:text-box></draw:frame><presentation:notes><draw:frame presentation:class="notes">
<draw:text-box><text:p>Ask what happens to a cell in salt water.</text:p></draw:text-box></draw:frame>
</presentation:notes></draw:page>"""


def content() -> bytes:
    """Return it."""
    return packed("presentation", BODY)
