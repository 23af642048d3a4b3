"""The tree of a formula in words, or in plain signs."""

from edu.common.formulas.reading import Node
from edu.common.formulas.words import CAPITAL, GREEK, LARGE, PARTS, SIGNS, WORDS, greek

_CALLED = frozenset("fghuvFGHPEL")  # letters that are functions where a bracket follows
_SUPER = str.maketrans(
    "0123456789+-n",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207f",
)


def words(tree: Node, language: str) -> str:
    """Return a formula in words; `language` is one of WORDS."""
    return _Voice(language).say(tree).strip(" ,")


class _Voice:
    def __init__(self, language: str) -> None:
        self.language = language
        self.names = WORDS[language]

    def say(self, node: Node) -> str:
        """Return a node in words."""
        said: str = getattr(self, f"_{node[0]}")(*node[1:])
        return " ".join(said.split()).replace(" ,", ",").replace(",,", ",")

    def _put(self, name: str, *parts: str) -> str:
        return self.names[name].format(*parts)

    def _row(self, nodes: list[Node]) -> str:
        found: list[str] = []
        for at, node in enumerate(nodes):
            before = nodes[at - 1] if at else None
            if node[0] == "group" and before is not None and self._called(before):
                found[-1] = self._put("of", found[-1], self.say(node[1]))
                continue
            found.append(self.say(node))
        return " ".join(found)

    def _called(self, node: Node) -> bool:
        if node[0] in ("sub", "sup"):
            return self._called(node[1])
        return node[0] == "fn" or (node[0] == "text" and node[1] in _CALLED)

    def _text(self, text: str) -> str:
        return text

    def _sign(self, sign: str) -> str:
        name = SIGNS.get(sign)
        return self.names[name] if name else ("," if sign in ",;" else "")

    def _greek(self, name: str, capital: bool) -> str:
        said = greek(name, self.language)
        return CAPITAL[self.language].format(said) if capital else said

    def _fn(self, name: str) -> str:
        return self.names[name]

    def _frac(self, over: Node, under: Node) -> str:
        part = (
            PARTS[self.language].get((over[-1], under[-1]))
            if over[0] == under[0] == "text"
            else None
        )
        if part:
            return part
        short = _short(over) and _short(under)
        return self._put("over" if short else "fraction", self.say(over), self.say(under))

    def _choose(self, over: Node, under: Node) -> str:
        return self._put("choose", self.say(over), self.say(under))

    def _root(self, number: Node | str | None, inside: Node) -> str:
        which = self.say(number) if isinstance(number, tuple) else number
        if which in (None, "2"):
            said = self._put("root", self.say(inside))
        elif which == "3":
            said = self._put("root3", self.say(inside))
        else:
            said = self._put("rootn", str(which), self.say(inside))
        return said if _short(inside) else self._put("ended", said)

    def _sup(self, base: Node, script: Node) -> str:
        said = self.say(base)
        if script == ("text", "2"):
            return self._put("squared", said)
        if script == ("text", "3"):
            return self._put("cubed", said)
        return self._put("power", said, self.say(script)) + ("" if _short(script) else ",")

    def _sub(self, base: Node, script: Node) -> str:
        if (
            base[0] == "text"
            and script[0] == "text"
            and script[1].isdigit()
            and base[1][:1].isupper()
        ):
            return f"{self.say(base)} {script[1]}"  # as in H2O
        return self._put("sub", self.say(base), self.say(script)) + ("" if _short(script) else ",")

    def _large(self, name: str, low: Node | None, high: Node | None) -> str:
        said = self.names[name]
        if name == "lim" and low is not None:
            other = _Voice(self.language)
            other.names = {**self.names, "to": self.names["toward"]}
            return self._put("as", said, other.say(low))
        if low is not None and high is not None:
            return self._put("fromto", said, self.say(low), self.say(high))
        if low is not None:
            return self._put("overset", said, self.say(low))
        return (
            self._put("upto", said, self.say(high))
            if high is not None
            else self._put("plain", said)
        )

    def _accent(self, name: str, inside: Node) -> str:
        return self._put(name, self.say(inside))

    def _group(self, inside: Node) -> str:
        return self.say(inside) if _short(inside) else self._put("group", self.say(inside))

    def _abs(self, inside: Node) -> str:
        return self._put("abs", self.say(inside))

    def _matrix(self, rows: list[list[Node]]) -> str:
        row = f", {self.names['row']}: "
        return self._put("matrix", row.join(", ".join(map(self.say, each)) for each in rows))


def _short(node: Node) -> bool:
    """Whether a node is one thing to the ear, so that nobody asks where it ends."""
    if node[0] == "row":
        return len(node[1]) <= 1 or (len(node[1]) == 2 and node[1][0][0] == "sign")  # minus 1
    if node[0] in ("sup", "sub"):
        return _short(node[1]) and _short(node[2])
    return node[0] in ("text", "greek", "fn", "sign")


def signs(node: Node) -> str:
    """Return a formula in plain signs, for a voice that knows what its language calls them."""
    said = _Signs().write(node)
    return " ".join(said.split())


class _Signs:
    def write(self, node: Node) -> str:
        """Return a node in signs."""
        return str(getattr(self, f"_{node[0]}")(*node[1:]))

    def _bracketed(self, node: Node) -> str:
        return self.write(node) if _short(node) else f"({self.write(node)})"

    def _row(self, nodes: list[Node]) -> str:
        return " ".join(map(self.write, nodes))

    def _text(self, text: str) -> str:
        return text

    def _sign(self, sign: str) -> str:
        return sign

    def _greek(self, name: str, capital: bool) -> str:
        return GREEK[name].upper() if capital else GREEK[name]

    def _fn(self, name: str) -> str:
        return name

    def _frac(self, over: Node, under: Node) -> str:
        return f"{self._bracketed(over)} / {self._bracketed(under)}"

    def _choose(self, over: Node, under: Node) -> str:
        return f"({self.write(over)} , {self.write(under)})"

    def _root(self, number: Node | str | None, inside: Node) -> str:
        which = self.write(number) if isinstance(number, tuple) else number or ""
        return f"{which}\u221a{self._bracketed(inside)}"

    def _sup(self, base: Node, script: Node) -> str:
        raised = self.write(script).replace(" ", "")
        if raised and all(sign in "0123456789+-n" for sign in raised):
            return self.write(base) + raised.translate(_SUPER)
        return f"{self.write(base)} ^ {self._bracketed(script)}"

    def _sub(self, base: Node, script: Node) -> str:
        return f"{self.write(base)} {self.write(script)}"

    def _large(self, name: str, low: Node | None, high: Node | None) -> str:
        bounds = [self.write(each) for each in (low, high) if each is not None]
        return " ".join([LARGE[name] or name, *bounds])

    def _accent(self, name: str, inside: Node) -> str:
        return self.write(inside)

    def _group(self, inside: Node) -> str:
        return f"({self.write(inside)})"

    def _abs(self, inside: Node) -> str:
        return f"|{self.write(inside)}|"

    def _matrix(self, rows: list[list[Node]]) -> str:
        return "; ".join(", ".join(map(self.write, each)) for each in rows)
