"""A table with semicolons, in an old encoding."""

FILE = "a.csv"
SAYS = "Stoff: Kohlensäure; Masse: 44,01"
PLACE = {"kind": "cell", "range": "A2:C5"}


def content() -> bytes:
    """Return it."""
    lines = ["Stoff;Masse;Formel", "Wasser;18,02;H2O", "Salz;58,44;NaCl"]
    lines += ["Kohlensäure;44,01;CO2", '"Zucker; weiß";342,3;C12H22O11']
    return "\r\n".join(lines).encode("cp1252")
