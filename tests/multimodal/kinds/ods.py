"""A sheet whose cells stand for many, and which ends far below."""

from tests.multimodal.kinds.odt import packed

FILE = "a.ods"
SAYS = "Day: Tuesday; Rain: 4.5 mm"
PLACE = {"kind": "cell", "sheet": "Rain", "range": "B4:C6"}


def cell(text: str, more: str = "") -> str:
    """Return a cell."""
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """Return a row that begins in the second column."""
    return f"<table:table-row {more}><table:table-cell/>{''.join(cells)}</table:table-row>"


BODY = (
    '<table:table table:name="Rain">'
    + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    + row(cell("Day"), cell("Rain"))
    + row(cell("Monday"), cell("3 mm", 'office:value-type="float"'))
    + row(cell("Tuesday"), cell("4.5 mm", 'office:value-type="float"'))
    + row(cell("Wednesday"), cell("0 mm", 'office:value-type="float"'))
    + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    + "</table:table>"
)


def content() -> bytes:
    """Return it."""
    return packed("spreadsheet", BODY)
