"""Whole numbers in words, in the languages that edu meets most: twelve is 12, zwölf and on iki too.

Only to hold two answers against each other: what is not known here is simply not recognised.
"""

import re
from collections.abc import Iterator
from functools import cache

# Of each language: 0 to 20, the tens from 30 to 90, a hundred and a thousand.
_TABLE = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig "
    "hundert tausend",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt trente quarante cinquante soixante soixante-dix quatre-vingts "
    "quatre-vingt-dix cent mille",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta "
    "noventa cien mil",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta "
    "ottanta novanta cento mille",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis "
    "dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem mil",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig "
    "honderd duizend",
    "sv": "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
    "arton nitton tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra tusen",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście "
    "trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia "
    "trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt "
    "sto tysiąc",
    "ru": "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок "
    "пятьдесят шестьдесят семьдесят восемьдесят девяносто сто тысяча",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz on on-bir on-iki on-üç on-dört on-beş on-altı "
    "on-yedi on-sekiz on-dokuz yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin",
    "ar": "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة أحد-عشر اثنا-عشر ثلاثة-عشر أربعة-عشر "
    "خمسة-عشر ستة-عشر سبعة-عشر ثمانية-عشر تسعة-عشر عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون "
    "مائة ألف",
}
# How tens and ones stand together.
_JOINED = {
    "en": "{tens} {ones}", "de": "{ones}und{tens}", "fr": "{tens} {ones}", "es": "{tens} y {ones}",
    "it": "{tens}{ones}", "pt": "{tens} e {ones}", "nl": "{ones}en{tens}", "sv": "{tens}{ones}",
    "pl": "{tens} {ones}", "ru": "{tens} {ones}", "tr": "{tens} {ones}", "ar": "{ones} و{tens}",
}  # fmt: skip
_ONE_IN_COMPOUNDS = {"de": "ein"}
_OTHER_FORMS = {
    "a hundred": 100, "one hundred": 100, "a thousand": 1000, "one thousand": 1000, "einhundert": 100,
    "eintausend": 1000, "ein": 1, "eine": 1, "une": 1, "una": 1, "uma": 1, "um": 1, "zweiundzwanzig": 22,
    "vingt et un": 21, "quatre vingt": 80, "veintiuno": 21, "veintidós": 22, "veintitrés": 23,
    "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29, "ventuno": 21, "ventotto": 28, "одна": 1, "одно": 1, "две": 2, "عشر": 10,
    "ثلاث": 3, "أربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثمان": 8, "ثماني": 8, "تسع": 9, "اثنين": 2,
    "اثنتان": 2, "dreissig": 30, "zwo": 2, "fourty": 40, "dozen": 12, "a dozen": 12,
}  # fmt: skip
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\d.,]*\d)")


@cache
def _known() -> dict[str, int]:
    """Return the numbers up to 99, round hundreds and thousands, by their words."""
    found = dict(_OTHER_FORMS)
    for language, row in _TABLE.items():
        for words, value in _of(language, [each.replace("-", " ") for each in row.split()]):
            found.setdefault(words, value)
    return {_plain(words): value for words, value in found.items()}


def _of(language: str, row: list[str]) -> Iterator[tuple[str, int]]:
    small, tens = row[:21], [row[20], *row[21:28]]
    yield from ((words, value) for value, words in enumerate(small))
    join = _JOINED[language]
    for at, ten in enumerate(tens, 2):
        yield ten, 10 * at
        for one in range(1, 10):
            ones = _ONE_IN_COMPOUNDS.get(language, small[1]) if one == 1 else small[one]
            yield join.format(tens=ten, ones=ones), 10 * at + one
    for words, value in ((row[28], 100), (row[29], 1000)):
        yield words, value
        if language in ("en", "de", "fr", "nl", "tr", "it", "sv"):
            parted = "" if language in ("de", "nl", "it", "sv") else " "
            for many in range(2, 21):
                yield f"{small[many]}{parted}{words}", many * value


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[-‐‑–]", " ", text.casefold()).split())


def value_of(text: str) -> int | None:
    """Return the whole number that `text` is, in figures (1 500, 1,500, 1500) or in words; None for
    anything else, also for a number with something behind it."""
    plain = _plain(ungrouped(text))
    if re.fullmatch(r"[0-9]{1,15}", plain):
        return int(plain)
    return _known().get(plain)


def ungrouped(text: str) -> str:
    """Return `text` with the marks between thousands left out, and with European digits."""
    text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    return _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), text.strip())
