"""Units beside figures, and figures that are dates: does a sentence give a figure of this measure?

The words of all languages stand together: a unit right behind a number is hardly mistaken for a word
of another language. Numbers are also read where they are written as words, and in any script's digits.
"""

import re
from functools import cache

_PARTS = (
    r"(?:kilo|zenti|centi|centí|santi|milli|mili|milí|nano|nanó|mikro|micro|"
    r"кило|санти|милли|нано|микро)?"
)
_METRE = (
    rf"{_PARTS}(?:meters?|metern|metres?|mètres?|metros?|metri|metre\w*|metr[aeó]\w*|метр\w*)|"
    r"kil[óô]metros?"
)
_UNITS: dict[str, str] = {
    "length": rf"{_METRE}|km|m|cm|mm|nm|µm|μm|feet|foot|ft|inch(?:es)?|miles?|mi|yards?|fuß|zoll|"
    r"meilen?|pieds?|pouces?|milles|pies?|pulgadas?|millas?|piedi|pollici|miglia|pés|polegadas?|milhas?|voet|mijl|ayak|inç"
    r"|light[- ]years?|lichtjahre?n?|années?-lumière|años luz|stories|storeys|floors|stockwerke?|"
    r"كيلومتر\w*|كيلو متر\w*|سنتيمتر\w*|ملليمتر\w*|مليمتر\w*|متر\w*|أمتار|كم|سم|مم|ميل\w*|أميال|قدم\w*|"
    r"أقدام|بوصة|км|см|мм|м|мил[ьяи]\w*|фут\w*",
    "area": r"(?:square|sq\.?) \w+|(?:quadrat)\w+|(?:kilo)?m[èe]tres? carrés|"
    r"(?:kil[óô])?metros? (?:cuadrados|quadrados)|"
    r"km²|m²|km2|m2|ha|hectares?|hektar\w*|hectáreas?|ettari|acres?|kilometrekare\w*|metrekare\w*|dönüm|"
    r"كيلومتر\w* مربع\w*|متر\w* مربع\w*|"
    r"هكتار\w*|квадратн\w+|гектар\w*",
    "volume": r"cubic \w+|kubik\w+|m³|cm³|km³|l|ml|dl|(?:milli|mili)?lit(?:ers?|ern?|res?|ros?|ri|re\w*)|"
    r"gallons?|barrels?|"
    r"لتر\w*|برميل|литр\w*|kübik \w+|mètres? cubes|metros? cúbicos",
    "mass": r"kg|g|mg|µg|μg|t|lbs?|oz|(?:kilo|milli|mili|mikro|micro)?gram(?:m|ms|me|mes|s|o|os|as|a|"
    r"mi)?\w{0,3}|grammes?|"
    r"tons?|tonnes?|tonnen|toneladas?|tonnellate|pounds?|pfund|livres?|libras?|ounces?|unzen|kilos?|"
    r"غرام\w*|جرام\w*|كيلوغرام\w*|كيلوجرام\w*|كغ|كجم|أطنان|طن\w*|رطل\w*|(?:кило|милли)?грамм\w*|кг|тонн\w*",
    "time": r"(?:milli|nano)?(?:seconds?|sekunden?|secondes?|segundos?|secondi|saniye\w*)|(?<=\s)s|ms|min|"
    r"minutes?|minuten?|minutos?|minuti|dakika\w*|hours?|hrs?|stunden?|heures?|horas?|ore|uren|uur|saat\w*|"
    r"days?|tage?n?|jours?|días?|giorni|giorno|dias?|dagen|gün\w*|weeks?|wochen?|semaines?|semanas?|"
    r"settimane|weken|hafta\w*|"
    r"months?|monate?n?|mois|mes(?:es)?|mesi|maanden|ay(?:lık|dır)?|years?(?:[- ]old)?|yrs?|jahre?n?|ans?|"
    r"années?|años?|anni|anos?|jaar|"
    r"jaren|yıl\w*|yaş\w*|sene\w*|decades?|jahrzehnte?n?|décennies?|décadas?|centuries|jahrhunderten?|"
    r"siècles|siglos|secoli|séculos|"
    r"ثاني?ة|ثوان|ثواني|دقيقة|دقائق|ساعة|ساعات|يوما?|أيام|أسبوعا?|أسابيع|شهرا?|أشهر|شهور|سنة|سنوات|سنين|"
    r"عاما?|أعوام|عقود|قرون|"
    r"секунд\w*|минут\w*|час\w{0,2}|д(?:ень|ня|ней)|недел\w*|месяц\w*|лет|год(?:а|ов)",
    "temperature": r"°\s?[CFK]?|º\s?[CFK]?|℃|degrees?|grad|degrés?|grados?|gradi|graus|graden|derece\w*|"
    r"درجة|درجات|"
    r"градус\w*|kelvin|celsius|fahrenheit",
    "money": r"€|\$|£|¥|₺|₽|(?:us )?dollars?|dólares|dollari|dolar\w*|euros?|eur|usd|avro\w*|cents?|pence|"
    r"pounds?|pfund|"
    r"francs?|franken|livres?|libras?|pesos?|pesetas?|yen|lira\w*|liras?|рубл\w*|доллар\w*|евро|دولار\w*|"
    r"يورو|جنيه\w*|ليرة|"
    r"ليرات|ريال\w*|درهم\w*|دينار\w*|yuan|rupees?",
    "share": r"%|٪|‰|per ?cent|percent|prozent|pour ?cent|por ?ciento|per cento|por cento|procent|في المئة|"
    r"في المائة|بالمئة|بالمائة|"
    r"процент\w*",
    "speed": r"(?:km|kilometers?|kilometres?|kilometer|miles?|meters?|m)\s?(?:/|per|pro|an|par|por|in der|"
    r"à l['’])\s?\w+|mph|km/h|m/s|"
    r"kmh|knots?|knoten|nœuds|nudos|saatte \w+|км/ч|м/с|كم/س\w*|كيلومترا? في الساعة",
    "often": r"times?|mal|fois|veces|volte|vezes|keer|kez|kere|defa|مرة|مرات|раза?|per (?:day|week|month|"
    r"year|hour|minute|second)|hz|hertz",
}
# What gives a figure of a measure without a number before its unit.
_ALONE: dict[str, str] = {
    "money": r"[$€£¥₺₽]\s?\d",
    "share": r"(?:yüzde|%)\s?\d|\b(?:half|one[- ](?:third|quarter|fifth|tenth)|two[- ]thirds|"
    r"three[- ]quarters|a (?:third|quarter)|"
    r"hälfte|(?:ein |zwei )?drittel|(?:ein |drei)?viertel|moitié|tiers|quart|mitad|tercio|cuarto|metà|"
    r"metade|um terço|"
    r"helft|yarısı|üçte|dörtte|نصف|ثلث|ربع|половин\w*|треть|четверть)\b|\d+ (?:in|out of|von|sur|"
    r"de cada) \d+|\d+:\d+",
    "often": r"\b(?:once|twice|daily|weekly|monthly|yearly|annually|every|each|einmal|zweimal|täglich|"
    r"wöchentlich|monatlich|jährlich|"
    r"alle \w+ (?:jahre|tage|stunden)|jede\w*|chaque|tou(?:te)?s les|quotidien\w*|annuel\w*|cada|diari\w+|"
    r"anual\w*|una vez|"
    r"ogni|her|yılda|günde|كل|سنويا|يوميا|кажд\w+|ежегодно)\b",
    "speed": r"\b(?:saatte|saniyede|speed of (?:light|sound)|lichtgeschwindigkeit)\b",
    "time": r"\b(?:a|an|one|einen?|eine[rm]?|un[ea]?|bir) (?:second|minute|hour|day|week|month|year|decade|"
    r"century|sekunde|stunde|tag|woche|"
    r"monat|jahr|jahrzehnt|jahrhundert|heure|jour|semaine|mois|an|siècle|hora|día|semana|mes|año|siglo|yıl|"
    r"gün|saat|hafta|ay)\b|"
    r"\baged? (?:of )?\d|\b(?:yılında|senelik)\b",
    "temperature": r"\b(?:absolute zero|room temperature|zimmertemperatur)\b",
}
_NUMBER_WORDS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens hundred hundreds "
    "thousand "
    "thousands million millions billion half third quarter percent twice once both several",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn zwanzig dreißig vierzig "
    "fünfzig sechzig "
    "siebzig achtzig neunzig hundert tausend million millionen milliarde milliarden hälfte drittel viertel "
    "prozent "
    "doppelt beide dutzend",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt "
    "trente quarante "
    "cinquante soixante cent cents mille million millions milliard milliards moitié tiers quart dizaine "
    "centaine",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta "
    "cuarenta "
    "cincuenta sesenta setenta ochenta noventa cien ciento cientos mil millón millones mitad tercio cuarto "
    "docena",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta "
    "cento mille "
    "mila milione milioni metà terzo quarto",
    "pt": "dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta quarenta cinquenta "
    "cem cento mil "
    "milhão milhões metade terço",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig veertig vijftig honderd "
    "duizend "
    "miljoen helft",
    "tr": "iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz "
    "bin milyon "
    "milyar yarım yarısı",
    "ar": "واحد واحدة اثنان اثنين اثنتان ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثماني ثمانية تسع "
    "تسعة عشر "
    "عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين مئة مائة ألف آلاف مليون ملايين مليار نصف ثلث "
    "ربع",
    "ru": "два две три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто "
    "тысяча "
    "тысяч тысячи миллион миллиона миллионов миллиард половина",
}
# What may stand between a number and its unit: "330 million square metres", "12,5 Millionen Euro".
_BETWEEN = (
    r"(?:[\s\u00a0\u202f-]*(?:hundreds?|thousand|million(?:en|s)?|billion(?:en|s)?|trillion|dozen|hundert|"
    r"tausend|"
    r"milliarden?|mrd\.?|mio\.?|mill[eó]n?(?:es)?|mille|mil|milliards?|cents?|de|d['’]|milion[ei]|"
    r"milh(?:ão|ões)|bin|"
    r"milyon|milyar|yüz|ألف|آلاف|مليون|ملايين|مليار|тысяч\w*|миллион\w*|миллиард\w*|and a half|et demie?|"
    r"y medio)){0,3}"
    r"[\s\u00a0\u202f-]*"
)
_FIGURE = r"\d+(?:[.,\u066b\u066c\u00a0\u202f ]\d+)*"
_REFERENCE = re.compile(r"\[\d+(?:[,–-]\s?\d+)*\]")
_YEAR = re.compile(r"(?<![\d.,$€£])(?:1\d|20)\d{2}s?(?![\d]|[.,]\d)")
_DAY = re.compile(r"\b\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}\b")


@cache
def _number(language: str) -> str:
    listed = _NUMBER_WORDS.get(language, "").split()
    return rf"(?:{_FIGURE}|\b(?:{'|'.join(listed)})\b)" if listed else f"(?:{_FIGURE})"


@cache
def _of(measure: str, language: str) -> re.Pattern[str] | None:
    unit = _UNITS.get(measure)
    parts = [rf"{_number(language)}{_BETWEEN}(?:{unit})(?!\w)"] if unit else []
    if measure in _ALONE:
        parts.append(_ALONE[measure])
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def gives(measure: str, sentence: str, language: str) -> bool:
    """Whether `sentence` has a figure with a unit of `measure` (see measures.py)."""
    pattern = _of(measure, language)
    return bool(pattern and pattern.search(sentence))


def has_year(sentence: str) -> bool:
    """Whether there is a year or a day in digits in `sentence`."""
    return bool(_YEAR.search(sentence) or _DAY.search(sentence))


@cache
def _counted(language: str) -> re.Pattern[str]:
    return re.compile(rf"({_number(language)}){_BETWEEN}((?:[^\W\d]+[\s-]*){{0,4}})", re.IGNORECASE)


def counts(sentence: str, months: re.Pattern[str] | None, language: str) -> list[str]:
    """Return the few words after each number of `sentence` that is no date and no reference."""
    said = _DAY.sub(" ", _REFERENCE.sub(" ", sentence))
    found = []
    for match in _counted(language).finditer(said):
        number, after = match.group(1), match.group(2)
        beside = (
            said[max(0, match.start() - 14) : match.start()] + " | " + " ".join(after.split()[:1])
        )
        if _YEAR.fullmatch(number) or (
            months and re.fullmatch(r"\d{1,2}", number) and months.search(beside.lower())
        ):
            continue
        found.append(after)
    return found
