"""The most and the least of a table: "Which lighthouse is the highest?" is told by comparing figures.

No likeness of words finds that row, and a model that reads figures is often wrong. Rows are those that
the reader of tables makes: "Lighthouse: Brenn Point; Height (m): 22". Pure rules, by language.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from edu.agents.base.evidence import Question, Weighed
from edu.common import language as words
from edu.common.sources import Source

MOST_ROWS = 3  # that share the first place
FEWEST = 2  # rows: one alone is the most of nothing
MORE = 40  # passages among which the rest of a table is looked for
OTHERS = 0.3  # of its score is left to a row that was compared and is not the one

Search = Callable[[str, int], list[Source]]

# What a column is called whose figures an adjective compares, in all languages together.
_COLUMNS = {
    "high": r"height|altitude|elevation|höhe|hauteur|altura|altitud|altezza|hoogte|yüksek|высот|ارتفاع",
    "long": r"length|duration|distance|länge|dauer|entfernung|longueur|durée|longitud|duración|distancia|"
    r"lunghezza|durata|comprimento|duração|lengte|duur|uzunlu|süre|длин|продолжит|طول|مدة",
    "deep": r"depth|tiefe|profond|profundi|diepte|derinli|глубин|عمق",
    "heavy": r"weight|mass|gewicht|poids|peso|masa|ağırlı|kütle|вес|масс|وزن|كتلة",
    "large": r"size|area|capacity|volume|population|inhabitants|diameter|größe|fläche|einwohner|"
    r"durchmesser|volumen|taille|superficie|surface|capacité|habitants|tamaño|población|capacidad|"
    r"grandezza|superfici|popolazione|tamanho|população|grootte|oppervlak|inwoners|alan|nüfus|hacim|"
    r"площад|населен|объ[её]м|مساحة|سكان|حجم",
    "old": r"\bage\b|\balter\b|\bâge|edad|età|idade|leeftijd|yaş|возраст|العمر",
    "early": r"year|date|opened|built|founded|born|since|jahr|eröffnet|gebaut|gegründet|geboren|année|"
    r"ouvert|construit|fondé|\baño|construid|fundad|\banno|costruit|\bano\b|constru|jaar|geopend|gebouwd|"
    r"yıl|tarih|\bгод|дата|سنة|عام|تاريخ",
    "fast": r"speed|velocity|geschwindigkeit|vitesse|velocidad|velocità|velocidade|snelheid|hız|скорост|سرعة",
    "hot": r"temperatur|température|sıcaklı|температур|حرارة",
    "dear": r"price|cost|preis|kosten|prix|coût|precio|coste|prezzo|costo|preço|custo|prijs|fiyat|ücret|"
    r"цен|стоимост|سعر|ثمن|تكلفة",
}
# Per language: superlatives, the kinds of columns that they compare, and which end is asked for. For
# those without a kind the question names the column, or there is only one with figures.
_ASKED: dict[str, list[tuple[str, tuple[str, ...], int]]] = {
    "en": [
        (r"highest|tallest", ("high",), 1),
        (r"lowest", ("high",), -1),
        (r"longest", ("long",), 1),
        (r"shortest", ("long", "high"), -1),
        (r"deepest", ("deep",), 1),
        (r"shallowest", ("deep",), -1),
        (r"heaviest", ("heavy",), 1),
        (r"lightest", ("heavy",), -1),
        (r"largest|biggest|greatest", ("large",), 1),
        (r"smallest", ("large",), -1),
        (r"oldest|earliest", ("old", "early"), 1),
        (r"newest|youngest|latest|most recent", ("old", "early"), -1),
        (r"fastest|quickest", ("fast",), 1),
        (r"slowest", ("fast",), -1),
        (r"hottest|warmest", ("hot",), 1),
        (r"coldest|coolest", ("hot",), -1),
        (r"most expensive|dearest", ("dear",), 1),
        (r"cheapest|least expensive", ("dear",), -1),
        (r"most|maximum", (), 1),
        (r"least|fewest|minimum", (), -1),
    ],
    "de": [
        (r"höchste\w*", ("high",), 1),
        (r"niedrigste\w*|tiefste\w* gelegene\w*", ("high",), -1),
        (r"längste\w*", ("long",), 1),
        (r"kürzeste\w*", ("long",), -1),
        (r"tiefste\w*", ("deep",), 1),
        (r"flachste\w*", ("deep",), -1),
        (r"schwerste\w*", ("heavy",), 1),
        (r"leichteste\w*", ("heavy",), -1),
        (r"größte\w*", ("large",), 1),
        (r"kleinste\w*", ("large",), -1),
        (r"älteste\w*|früheste\w*", ("old", "early"), 1),
        (r"neueste\w*|neuste\w*|jüngste\w*|späteste\w*", ("old", "early"), -1),
        (r"schnellste\w*", ("fast",), 1),
        (r"langsamste\w*", ("fast",), -1),
        (r"heißeste\w*|wärmste\w*", ("hot",), 1),
        (r"kälteste\w*", ("hot",), -1),
        (r"teuerste\w*", ("dear",), 1),
        (r"billigste\w*|günstigste\w*", ("dear",), -1),
        (r"meisten|am meisten|maximale\w*", (), 1),
        (r"wenigsten|am wenigsten|minimale\w*|geringste\w*", (), -1),
    ],
    "fr": [
        (r"(?:le|la|les) plus (?:haut|élevé|grand)\w*", ("high", "large"), 1),
        (r"(?:le|la|les) (?:plus bas\w*|moins (?:haut|élevé)\w*)", ("high",), -1),
        (r"(?:le|la|les) plus long\w*", ("long",), 1),
        (r"(?:le|la|les) plus court\w*", ("long",), -1),
        (r"(?:le|la|les) plus profond\w*", ("deep",), 1),
        (r"(?:le|la|les) plus lourd\w*", ("heavy",), 1),
        (r"(?:le|la|les) plus lég\w*", ("heavy",), -1),
        (r"(?:le|la|les) plus petit\w*", ("large", "high"), -1),
        (r"(?:le|la|les) plus (?:vieux|vieille|ancien)\w*", ("old", "early"), 1),
        (r"(?:le|la|les) plus (?:jeune|récent)\w*", ("old", "early"), -1),
        (r"(?:le|la|les) plus rapid\w*", ("fast",), 1),
        (r"(?:le|la|les) plus lent\w*", ("fast",), -1),
        (r"(?:le|la|les) plus chaud\w*", ("hot",), 1),
        (r"(?:le|la|les) plus froid\w*", ("hot",), -1),
        (r"(?:le|la|les) plus ch(?:er|ère)s?", ("dear",), 1),
        (r"(?:le|la|les) moins ch(?:er|ère)s?", ("dear",), -1),
        (r"le plus (?:de|d['’])", (), 1),
        (r"le moins (?:de|d['’])", (), -1),
    ],
    "es": [
        (r"m[áa]s alt[oa]s?", ("high",), 1),
        (r"m[áa]s baj[oa]s?", ("high",), -1),
        (r"m[áa]s larg[oa]s?", ("long",), 1),
        (r"m[áa]s cort[oa]s?", ("long",), -1),
        (r"m[áa]s profund[oa]s?", ("deep",), 1),
        (r"m[áa]s pesad[oa]s?", ("heavy",), 1),
        (r"m[áa]s liger[oa]s?|m[áa]s livian[oa]s?", ("heavy",), -1),
        (r"m[áa]s grandes?|mayor", ("large",), 1),
        (r"m[áa]s pequeñ[oa]s?|menor", ("large",), -1),
        (r"m[áa]s (?:viej|antigu)[oa]s?", ("old", "early"), 1),
        (r"m[áa]s (?:nuev[oa]s?|recientes?|j[óo]ven(?:es)?)", ("old", "early"), -1),
        (r"m[áa]s r[áa]pid[oa]s?", ("fast",), 1),
        (r"m[áa]s lent[oa]s?", ("fast",), -1),
        (r"m[áa]s c[áa]lid[oa]s?|m[áa]s calientes?", ("hot",), 1),
        (r"m[áa]s fr[íi][oa]s?", ("hot",), -1),
        (r"m[áa]s car[oa]s?", ("dear",), 1),
        (r"m[áa]s barat[oa]s?", ("dear",), -1),
        (r"m[áa]s", (), 1),
        (r"menos", (), -1),
    ],
    "tr": [
        (r"en yüksek|en uzun boylu", ("high",), 1),
        (r"en alçak|en düşük", ("high",), -1),
        (r"en uzun", ("long",), 1),
        (r"en kısa", ("long",), -1),
        (r"en derin", ("deep",), 1),
        (r"en ağır", ("heavy",), 1),
        (r"en hafif", ("heavy",), -1),
        (r"en büyük|en geniş", ("large",), 1),
        (r"en küçük", ("large",), -1),
        (r"en eski|en yaşlı", ("old", "early"), 1),
        (r"en yeni|en genç", ("old", "early"), -1),
        (r"en hızlı", ("fast",), 1),
        (r"en yavaş", ("fast",), -1),
        (r"en sıcak", ("hot",), 1),
        (r"en soğuk", ("hot",), -1),
        (r"en pahalı", ("dear",), 1),
        (r"en ucuz", ("dear",), -1),
        (r"en (?:çok|fazla)", (), 1),
        (r"en az", (), -1),
    ],
}
# "The second highest", "three of the largest", "opened after 1930": more than one comparison tells.
_MORE = re.compile(
    r"\d|(?<!\w)(?:second|third|fourth|fifth|two|three|four|five|except|zweit\w*|dritt\w*|zwei|drei|vier|"
    r"außer|deuxième|second\w*|troisième|deux|trois|sauf|segund[oa]s?|tercer[oa]?s?|dos|tres|excepto|"
    r"ikinci|üçüncü|iki|üç|hariç)(?!\w)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand |sub)?totals?|sums?|summe|gesamt|insgesamt|average|mean|durchschnitt|mittelwert|somme|"
    r"moyenne|suma|promedio|totale|media|totaal|gemiddeld\w*|toplam|ortalama|итого|всего|среднее|المجموع",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[(\[][^)\]]*[)\]]")
_FIGURE = re.compile(r"[-−]?\d+(?:[.,'\u00a0\u202f\u066b\u066c ]\d+)*")
_THOUSANDS = re.compile(r"[-−]?\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*")


@dataclass(frozen=True)
class Row:
    """A row of a table: its line, the number of its source, and what stands in each column."""

    text: str
    source: int
    cells: dict[str, str]


@cache
def _rules(language: str) -> list[tuple[re.Pattern[str], tuple[str, ...], int]]:
    return [
        (re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE), kinds, end)
        for said, kinds, end in _ASKED.get(language, ())
    ]


def asked(question: Question) -> tuple[tuple[str, ...], int] | None:
    """Return the kinds of columns that a question compares, and 1 for the most, -1 for the least; None
    where it asks for neither, or for more than that."""
    if _MORE.search(question.text):
        return None
    for rule, kinds, end in _rules(question.language):
        if rule.search(question.text):
            return kinds, end
    return None


def rows(text: str, source: int = 0) -> list[Row]:
    """Return the rows of a table in a text: lines of two cells or more that are named alike."""
    found: list[Row] = []
    for line in text.split("\n"):
        pairs = [part.partition(": ") for part in line.strip().split("; ")]
        if len(pairs) > 1 and all(name and middle for name, middle, _ in pairs):
            found.append(Row(line.strip(), source, {name: cell for name, _, cell in pairs}))
    return found


def told(
    question: Question, sources: Sequence[Source], search: Search
) -> tuple[list[Source], list[str]]:
    """Return the rows that a question for the most or the least asks for, and `sources` with theirs in
    front; no rows where none of the sources is a table that tells. The rest of a table that is longer
    than what was found is looked up by `search`, which takes (query, limit)."""
    wanted = asked(question)
    if wanted is None:
        return list(sources), []
    for number, source in enumerate(sources):
        table = rows(source.text, number)
        column = _column(question, wanted[0], table)
        if not column:
            continue
        name, turned = column
        names = list(table[0].cells)
        more = [
            each
            for each in search(" ".join([*names, source.title]), MORE)
            if each.material == source.material and each.passage not in {s.passage for s in sources}
        ]
        all_ = [*sources, *more]
        whole = [
            row
            for at, each in enumerate(all_)
            if each.material == source.material
            for row in rows(each.text, at)
            if next(iter(row.cells)) == names[0] and name in row.cells
        ]
        if _narrowed(question, name, whole):
            return list(sources), []
        best = _first(whole, name, -wanted[1] if turned else wanted[1])
        if best:
            front = list(dict.fromkeys(row.source for row in best))
            rest = [at for at in range(len(sources)) if at not in front]
            return [all_[at] for at in [*front, *rest]], [row.text for row in best]
    return list(sources), []


def prefer(best: Sequence[str], weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return `weighed` anew with the rows `best` in front, and other rows of tables far behind."""
    top = max((each.score for each in weighed), default=0.0)
    found = []
    for each in weighed:
        if each.piece.text in best:
            each = replace(each, score=max(top, 0.5))
        else:
            each = replace(each, score=each.score * OTHERS)
        found.append(each)
    return sorted(found, key=lambda each: (-each.score, each.piece.source, each.piece.place))


def _column(
    question: Question, kinds: tuple[str, ...], table: list[Row]
) -> tuple[str, bool] | None:
    """Return the column to compare, and whether its figures go the other way: the oldest was built in
    the earliest year. It is the one that the question names, or one that its adjective is about."""
    if len(table) < FEWEST:
        return None
    label, *names = table[0].cells
    names = [name for name in names if _figures([row.cells.get(name, "") for row in table])]
    asks = set(question.stems)
    about = bool(asks & set(words.content_words(label, question.language)))
    for name in names:
        stems = set(words.content_words(_UNIT.sub("", name), question.language))
        if stems and stems <= asks:
            return name, False
    if not about:
        return None
    for kind in kinds:
        for name in names:
            if re.search(_COLUMNS[kind], name, re.IGNORECASE):
                return name, kind == "early"
    return (names[0], False) if len(names) == 1 and not kinds else None


def _narrowed(question: Question, name: str, table: Sequence[Row]) -> bool:
    """Whether a question speaks of only some of the rows: a word of it stands in a cell."""
    label = next(iter(table[0].cells))
    meant = set(words.content_words(f"{label} {name}", question.language))
    said = {
        stem
        for row in table
        for cell in row.cells.values()
        for stem in words.content_words(cell, question.language)
    }
    return bool((set(question.stems) - meant) & said)


def _first(table: Sequence[Row], name: str, end: int) -> list[Row]:
    """Return the rows with the most (`end` 1) or the least (-1) in a column; sums are no rows."""
    table = [
        row for row in table if not _TOTAL.fullmatch(next(iter(row.cells.values())).strip(" :"))
    ]
    figures = _figures([row.cells[name] for row in table])
    pairs = [
        (end * figure, row)
        for figure, row in zip(figures, table, strict=False)
        if figure is not None
    ]
    if len(pairs) < FEWEST:
        return []
    most = max(figure for figure, _ in pairs)
    best = [row for figure, row in pairs if figure == most]
    return best if len(best) <= MOST_ROWS else []


def _figures(cells: Sequence[str]) -> list[float | None]:
    """Return the figure that each cell begins with, None for a cell without; nothing where most have
    none. Whether a point or a comma parts thousands is told by all cells together."""
    found = [_FIGURE.search(cell) for cell in cells]
    said = [match[0].strip() for match in found if match]
    if len(said) * 5 < len(cells) * 4:
        return []
    parted = [each for each in said if re.search(r"[.,']", each)]
    thousands = bool(parted) and all(_THOUSANDS.fullmatch(each) for each in parted)
    return [_figure(match[0], thousands) if match else None for match in found]


def _figure(said: str, thousands: bool) -> float:
    plain = re.sub(r"[\s'\u00a0\u202f\u066c]", "", said).replace("−", "-").replace("\u066b", ".")
    if thousands:
        return float(re.sub(r"[.,]", "", plain))
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return float(plain)
    return float(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
