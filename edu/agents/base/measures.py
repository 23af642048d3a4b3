"""Figures of one kind: what "how tall" or "wie schwer" asks to be measured, and which sentences do.

Pure rules. A question may allow several measures ("how long" is a length or a time), and a language
without rules here has none: then any figure is as good as another.
"""

import re
from functools import cache

# --- what is asked ------------------------------------------------------------------------------

# Per measure, the words that name it, and the adjectives that ask for it after "how".
_NAMED: dict[str, dict[str, str]] = {
    "en": {
        "count": r"(?:total )?numbers?|population|count|enrollment|attendance",
        "share": r"percentages?|percent|proportion|share|fraction|rate",
        "money": r"price|costs?|budget|salary|revenue|income|fee|fine|worth|debt|gdp|endowment",
        "length": r"height|length|width|depth|distance|diameter|radius|altitude|elevation|thickness|"
        r"wavelength|size",
        "area": r"area(?! of (?:study|research|expertise))|size",
        "volume": r"volume|capacity|size",
        "mass": r"weight|mass",
        "time": r"age|duration|lifespan|life expectancy|half-life|period",
        "temperature": r"temperature|(?:boiling|melting|freezing|flash) points?",
        "speed": r"speed|velocity",
        "amount": r"amount|quantity|value|density|pressure|frequency|voltage|energy",
    },
    "de": {
        "count": r"(?:\w*an)?zahl|einwohnerzahl|bevölkerung",
        "share": r"\w*anteil|prozentsatz|\w*quote|\w*rate",
        "money": r"\w*preis|\w*kosten|budget|gehalt|lohn|umsatz|\w*einkommen|schulden",
        "length": r"\w*höhe|\w*länge|\w*breite|\w*tiefe|entfernung|\w*abstand|\w*durchmesser|radius|dicke|"
        r"größe",
        "area": r"\w*fläche|größe",
        "volume": r"\w*volumen|rauminhalt|größe",
        "mass": r"\w*gewicht|\w*masse",
        "time": r"\w*alter|\w*dauer|halbwertszeit|lebenserwartung",
        "temperature": r"\w*temperatur|(?:siede|schmelz|gefrier)punkt",
        "speed": r"\w*geschwindigkeit",
        "amount": r"\w*menge|\w*wert|\w*dichte|\w*druck|frequenz|spannung|energie",
    },
    "fr": {
        "count": r"nombre|population",
        "share": r"pourcentage|proportion|part|taux",
        "money": r"prix|coût|budget|salaire|revenus?|dette",
        "length": r"hauteur|longueur|largeur|profondeur|distance|diamètre|rayon|altitude|épaisseur|taille",
        "area": r"superficie|surface|aire|taille",
        "volume": r"volume|capacité|contenance",
        "mass": r"poids|masse",
        "time": r"âge|durée|espérance de vie|demi-vie",
        "temperature": r"température|point d['’](?:ébullition|fusion)|point de (?:fusion|congélation)",
        "speed": r"vitesse",
        "amount": r"quantité|valeur|densité|pression|fréquence|tension|énergie",
    },
    "es": {
        "count": r"número|cantidad de (?:personas|habitantes)|población",
        "share": r"porcentaje|proporción|tasa|fracción",
        "money": r"precio|costo|coste|presupuesto|salario|sueldo|ingresos?|deuda",
        "length": r"altura|longitud|largo|anchura|ancho|profundidad|distancia|diámetro|radio|altitud|"
        r"grosor|tamaño",
        "area": r"superficie|área|extensión|tamaño",
        "volume": r"volumen|capacidad|tamaño",
        "mass": r"peso|masa",
        "time": r"edad|duración|esperanza de vida|vida media",
        "temperature": r"temperatura|punto de (?:ebullición|fusión|congelación)",
        "speed": r"velocidad",
        "amount": r"cantidad|valor|densidad|presión|frecuencia|voltaje|energía",
    },
    "it": {
        "count": r"numero|popolazione",
        "share": r"percentuale|proporzione|tasso|quota",
        "money": r"prezzo|costo|bilancio|stipendio|reddito|debito",
        "length": r"altezza|lunghezza|larghezza|profondità|distanza|diametro|raggio|altitudine|spessore",
        "area": r"superficie|area|estensione",
        "volume": r"volume|capacità",
        "mass": r"peso|massa",
        "time": r"età|durata|aspettativa di vita",
        "temperature": r"temperatura|punto di (?:ebollizione|fusione)",
        "speed": r"velocità",
        "amount": r"quantità|valore|densità|pressione|frequenza",
    },
    "pt": {
        "count": r"número|população",
        "share": r"percentagem|porcentagem|percentual|proporção|taxa",
        "money": r"preço|custo|orçamento|salário|renda|dívida",
        "length": r"altura|comprimento|largura|profundidade|distância|diâmetro|raio|altitude|espessura",
        "area": r"superfície|área|extensão",
        "volume": r"volume|capacidade",
        "mass": r"peso|massa",
        "time": r"idade|duração|expectativa de vida",
        "temperature": r"temperatura|ponto de (?:ebulição|fusão)",
        "speed": r"velocidade",
        "amount": r"quantidade|valor|densidade|pressão|frequência",
    },
    "nl": {
        "count": r"aantal|bevolking",
        "share": r"percentage|aandeel",
        "money": r"prijs|kosten|budget|salaris|inkomen|schuld",
        "length": r"hoogte|lengte|breedte|diepte|afstand|diameter|straal|dikte",
        "area": r"oppervlakte",
        "volume": r"volume|inhoud",
        "mass": r"gewicht|massa",
        "time": r"leeftijd|duur|levensverwachting",
        "temperature": r"temperatuur|(?:kook|smelt|vries)punt",
        "speed": r"snelheid",
        "amount": r"hoeveelheid|waarde|dichtheid|druk|frequentie",
    },
    "tr": {  # with the ending of "its": "yüksekliği nedir" asks for a figure, "yükseklik nedir" does not
        "count": r"sayısı|nüfusu",
        "share": r"oranı|yüzdesi",
        "money": r"fiyatı|maliyeti|bütçesi|maaşı|geliri|borcu",
        "length": r"yüksekliği|uzunluğu|genişliği|derinliği|mesafesi|uzaklığı|çapı|yarıçapı|kalınlığı|boyu",
        "area": r"alanı|yüzölçümü",
        "volume": r"hacmi|kapasitesi",
        "mass": r"ağırlığı|kütlesi",
        "time": r"yaşı|süresi|ömrü",
        "temperature": r"sıcaklığı|(?:kaynama|erime|donma) noktası",
        "speed": r"hızı",
        "amount": r"miktarı|değeri|yoğunluğu|basıncı|frekansı",
    },
    "ar": {
        "count": r"عدد|تعداد",
        "share": r"نسبة|معدل",
        "money": r"سعر|ثمن|تكلفة|ميزانية|راتب|دخل|قيمة",
        "length": r"ارتفاع|طول|عرض|عمق|مسافة|بعد|قطر|سمك",
        "area": r"مساحة",
        "volume": r"حجم|سعة",
        "mass": r"وزن|كتلة",
        "time": r"عمر|مدة|سن",
        "temperature": r"درجة حرارة|درجة (?:غليان|انصهار|تجمد)",
        "speed": r"سرعة",
        "amount": r"كمية|مقدار|قيمة|كثافة|ضغط|تردد",
    },
    "ru": {
        "count": r"число|количество|численность|население",
        "share": r"процент|доля",
        "money": r"цена|стоимость|бюджет|зарплата|доход|долг",
        "length": r"высота|длина|ширина|глубина|расстояние|диаметр|радиус|толщина",
        "area": r"площадь",
        "volume": r"объ[её]м|вместимость",
        "mass": r"вес|масса",
        "time": r"возраст|продолжительность|длительность",
        "temperature": r"температура|точка (?:кипения|плавления)",
        "speed": r"скорость",
        "amount": r"величина|значение|плотность|давление|частота",
    },
}
# What stands before such a word in a question for a figure; %s is the word.
_BEFORE_NAME = {
    "en": r"(?:(?:in|at|by|to|for|from|of) )?(?:what|which)(?:'s| is| was| are| were) (?:the|its|their|his|"
    r"her) (?:\w+ ){0,2}(?:%s)|(?:(?:in|at|by|to|for|from|of) )?(?:what|which) (?!is|was|are|"
    r"were)(?:\w+ )?(?:%s)",
    "de": r"(?:(?:in|bei|mit|auf|zu|um|aus) )?welche[nmrs]? (?:\w+ )?(?:%s)|was (?:ist|sind|war|"
    r"waren) (?:der|die|"
    r"das) (?:\w+ )?(?:%s) (?:von|vom|des|der|eine[sr])|wie (?:\w+ )?(?:ist|sind|war|waren|beträgt|"
    r"betrug) (?:"
    r"der|die|das|ihre?|seine?) (?:\w+ )?(?:%s)",
    "fr": r"(?:(?:à|de|en|sur|dans) )?quel(?:le)?s? (?:(?:est|était|sont|étaient|fut) )?(?:(?:la|le|son|sa|"
    r"leur) |"
    r"l['’])?(?:\w+ )?(?:%s)",
    "es": r"(?:(?:a|de|en|con) )?(?:qu[ée] (?!es |son |significa )(?:\w+ )?|cu[áa]l(?:es)? (?:es|era|son|"
    r"fue|eran) "
    r"(?:la|el|su|los|las) (?:\w+ )?)(?:%s)",
    "it": r"(?:(?:a|di|in|con) )?(?:che (?:%s)|qual(?:e|i)? (?:(?:è|era|sono|fu) )?(?:(?:il|la|i|le|sua|"
    r"suo) |"
    r"l['’])?(?:\w+ )?(?:%s))",
    "pt": r"(?:(?:a|de|em|com) )?(?:que (?:%s)|qua(?:l|is) (?:(?:é|era|são|foi) )?(?:(?:o|a|os|"
    r"as) )?(?:\w+ )?(?:%s))",
    "nl": r"(?:(?:op|in|bij|met) )?(?:welke? (?:%s)|(?:wat|hoe \w+) (?:is|was|zijn) (?:de|"
    r"het) (?:\w+ )?(?:%s))",
    "tr": r".*\b(?:%s)\b.*\b(?:kaç|ne kadar|nedir|neydi|kaçtır)",
    "ar": r"(?:كم|ما|ماهو|ماهي)(?: (?:هو|هي|كان|كانت|يبلغ|تبلغ|بلغ|بلغت))? (?:%s)",
    "ru": r"(?:как(?:ова|ово|ой|ая|ое)|при какой|с какой) (?:была |был |было )?(?:\w+ )?(?:%s)",
}
# Whole beginnings that ask for a figure by an adjective or a verb.
_BEGINS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "en": [
        (r"how many (?:seconds|minutes|hours|days|weeks|months|years|decades)", ("time",)),
        (r"how many (?:(?:kilo|centi|milli)?met\w+|miles|feet|inches|yards)", ("length",)),
        (r"how many (?:dollars|euros|pounds|cents)", ("money",)),
        (r"how many (?:degrees)", ("temperature",)),
        (r"how many", ("count",)),
        (
            r"how (?:much .*\b(?:costs?|paid|pays?|spen[dt]|earn(?:ed)?|money)|expensive|cheap)",
            ("money",),
        ),
        (r"how (?:much .*\bweighs?|heavy)|how much (?:do|does|did) .+ weigh", ("mass",)),
        (r"how much time", ("time",)),
        (r"how (?:old|long ago)", ("time", "date")),
        (r"how long", ("time", "length")),
        (r"how (?:tall|high|far|wide|deep|thick|thin|broad|short)", ("length",)),
        (r"how (?:hot|warm|cold|cool)", ("temperature",)),
        (r"how (?:fast|quick(?:ly)?|slow(?:ly)?)", ("speed", "time")),
        (r"how (?:big|large|small)", ("length", "area", "volume", "mass", "count")),
        (r"how (?:often|frequent(?:ly)?)", ("often",)),
        (r"how much", ("amount", "money", "mass", "share", "volume")),
    ],
    "de": [
        (r"wie viele? (?:sekunden|minuten|stunden|tage|wochen|monate|jahre)", ("time",)),
        (r"wie viele? (?:kilo|zenti|milli)?meter", ("length",)),
        (r"wie ?viele? (?:euro|dollar|mark|geld)|wie (?:viel|teuer|hoch) .*\bkoste\w*", ("money",)),
        (r"wie ?viele? grad", ("temperature",)),
        (r"wie ?viele? prozent", ("share",)),
        (r"wie ?viel (?:wiegt|wiegen|wog)|wie schwer", ("mass",)),
        (r"wie ?viele\b", ("count",)),
        (r"(?:seit )?wie lange", ("time",)),
        (r"wie lang\b", ("length", "time")),
        (r"wie alt", ("time", "date")),
        (r"wie (?:hoch|weit|breit|tief|dick|dünn)", ("length", "amount")),
        (r"wie (?:heiß|warm|kalt|kühl)", ("temperature",)),
        (r"wie (?:schnell|langsam)", ("speed", "time")),
        (r"wie (?:groß|gross|klein)", ("length", "area", "volume", "mass", "count")),
        (r"wie teuer", ("money",)),
        (r"wie (?:oft|häufig)", ("often",)),
        (r"wie ?viel\b", ("amount", "money", "mass", "share", "volume")),
    ],
    "fr": [
        (
            r"(?:depuis |pendant )?combien de (?:temps|secondes|minutes|heures|jours|semaines|mois|"
            r"années)",
            ("time",),
        ),
        (r"combien de (?:kilo|centi|milli)?mètres|combien mesure", ("length",)),
        (
            r"combien (?:coûte|vaut|gagne)|combien d['’](?:argent|euros)|combien de dollars",
            ("money",),
        ),
        (r"combien p[èe]se", ("mass",)),
        (r"combien de degrés", ("temperature",)),
        (r"combien de fois|à quelle fréquence", ("often",)),
        (r"quel âge", ("time", "date")),
        (r"combien (?:de |d['’])", ("count", "amount")),
        (r"combien dure", ("time",)),
        (r"combien", ("amount", "count", "money", "mass")),
    ],
    "es": [
        (
            r"(?:desde hace |durante |por )?cu[áa]nt[oa]s? (?:tiempo|segundos|minutos|horas|d[íi]as|semanas|"
            r"meses)",
            ("time",),
        ),
        (r"cu[áa]ntos años", ("time", "date")),
        (r"cu[áa]nto (?:dura|tarda|duró|tardó)", ("time",)),
        (r"cu[áa]nto mide|cu[áa]ntos (?:kil[óo]|cent[íi]|mil[íi])?metros", ("length",)),
        (r"cu[áa]nto (?:cuesta|vale|gana|costó)|cu[áa]nto dinero", ("money",)),
        (r"cu[áa]nto pesa", ("mass",)),
        (r"cu[áa]ntos grados", ("temperature",)),
        (r"cu[áa]ntas veces|con qu[ée] frecuencia", ("often",)),
        (r"qu[ée] tan (?:alt|larg|lejos|profund|anch)\w*", ("length",)),
        (r"qu[ée] tan pesad\w*", ("mass",)),
        (r"qu[ée] tan (?:caliente|frí)\w*", ("temperature",)),
        (r"qu[ée] tan rápid\w*", ("speed",)),
        (r"cu[áa]nt[oa]s\b", ("count",)),
        (r"cu[áa]nt[oa]\b", ("amount", "money", "mass", "share", "volume")),
    ],
    "it": [
        (
            r"(?:da |per )?quant[oi] (?:tempo|secondi|minuti|giorni|mesi|anni)|quante (?:ore|"
            r"settimane)",
            ("time", "date"),
        ),
        (r"quanto (?:dura|è durat)\w*", ("time",)),
        (
            r"quanto (?:è|era) (?:alt|lung|larg|profond|lontan|distante)\w*|quanti (?:chilo|"
            r"centi)?metri",
            ("length",),
        ),
        (r"quanto (?:costa|vale)", ("money",)),
        (r"quanto pesa", ("mass",)),
        (r"quante volte|con che frequenza", ("often",)),
        (r"quant[ie]\b", ("count",)),
        (r"quant[oa]\b", ("amount", "money", "mass", "length")),
    ],
    "pt": [
        (
            r"(?:há |por )?quant[oa]s? (?:tempo|segundos|minutos|horas|dias|semanas|meses|"
            r"anos)",
            ("time", "date"),
        ),
        (r"quanto (?:dura|demora)", ("time",)),
        (r"quanto mede|quantos (?:quil[ôo]|cent[íi])?metros", ("length",)),
        (r"quanto (?:custa|vale)", ("money",)),
        (r"quanto pesa", ("mass",)),
        (r"quantas vezes|com que frequência", ("often",)),
        (r"quant[oa]s\b", ("count",)),
        (r"quant[oa]\b", ("amount", "money", "mass", "volume")),
    ],
    "nl": [
        (
            r"hoeveel (?:seconden|minuten|uur|uren|dagen|weken|maanden|jaar|jaren)|"
            r"hoe lang",
            ("time", "length"),
        ),
        (r"hoe oud", ("time", "date")),
        (r"hoeveel (?:kilo|centi)?meter|hoe (?:hoog|ver|breed|diep|dik)", ("length",)),
        (r"hoeveel kost|hoe duur", ("money",)),
        (r"hoeveel weegt|hoe zwaar", ("mass",)),
        (r"hoe (?:heet|warm|koud)", ("temperature",)),
        (r"hoe (?:snel|langzaam)", ("speed", "time")),
        (r"hoe (?:groot|klein)", ("length", "area", "volume", "mass", "count")),
        (r"hoe (?:vaak)", ("often",)),
        (r"hoeveel\b", ("count", "amount", "money", "mass")),
    ],
    "tr": [
        (
            r".*\bkaç (?:saniye|dakika|saat|gün|hafta|ay|yıl|sene)\w*|.*\bne kadar (?:sür|zaman)\w*",
            ("time",),
        ),
        (r".*\bkaç yaş\w*", ("time", "date")),
        (
            r".*\bkaç (?:kilo|santi|mili)?metre\w*|.*\bne kadar (?:uzun|yüksek|uzak|derin|geniş|"
            r"kalın)\w*",
            ("length",),
        ),
        (
            r".*\bkaç (?:lira|dolar|euro|avro|para)\w*|.*\bne kadara\b|.*\bne kadar pahalı",
            ("money",),
        ),
        (r".*\bkaç (?:kilo|kilogram|gram|ton)\b|.*\bne kadar ağır\w*", ("mass",)),
        (r".*\bkaç derece\w*|.*\bne kadar (?:sıcak|soğuk)\w*", ("temperature",)),
        (r".*\byüzde kaç", ("share",)),
        (r".*\bkaç kez\b|.*\bne sıklık\w*", ("often",)),
        (r".*\bne kadar (?:hızlı|çabuk)\w*", ("speed", "time")),
        (r".*\bne kadar büyük\w*", ("length", "area", "volume", "mass", "count")),
        (r".*\bkaç(?:tır|tı|a|ı)?\b", ("count",)),
        (r".*\bne kadar", ("amount", "time", "length", "mass", "money")),
    ],
    "ar": [
        (
            r"كم (?:من الوقت|ثانية|دقيقة|ساعة|يوما?|أسبوعا?|شهرا?|سنة|عاما?)|كم (?:استغرق|تستغرق|يستغرق|دام|"
            r"تدوم|يدوم|استمر)\w*",
            ("time",),
        ),
        (r"كم (?:مترا?|كيلومترا?|سنتيمترا?)", ("length",)),
        (r"(?:ب)?كم (?:يكلف|تكلف|كلف|دولارا?|يورو)", ("money",)),
        (r"كم (?:يزن|تزن|كيلوغراما?)", ("mass",)),
        (r"كم مرة", ("often",)),
        (r"كم\b", ("count", "amount")),
    ],
    "ru": [
        (
            r"сколько (?:времени|секунд|минут|часов|дней|недель|месяцев|лет)|как долго",
            ("time", "date"),
        ),
        (r"сколько (?:кило|санти)?метров|как (?:высок|далеко|глубок|широк)\w*", ("length",)),
        (r"сколько стоит|сколько (?:рублей|долларов)", ("money",)),
        (r"сколько весит", ("mass",)),
        (r"сколько градусов", ("temperature",)),
        (r"сколько раз|как часто", ("often",)),
        (r"как быстро", ("speed", "time")),
        (r"сколько", ("count", "amount")),
    ],
}


@cache
def _asked(language: str) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    before = _BEFORE_NAME.get(language, "")
    named: dict[str, tuple[str, ...]] = {}
    for measure, pattern in _NAMED.get(language, {}).items():
        for one in _alternatives(pattern):  # "size" is named by several measures
            named[one] = (*named.get(one, ()), measure)
    by_measures: dict[tuple[str, ...], list[str]] = {}
    for one, measures in named.items():
        by_measures.setdefault(measures, []).append(one)
    rules = [
        (before.replace("%s", "|".join(each)), measures) for measures, each in by_measures.items()
    ]
    rules += _BEGINS.get(language, [])
    return [(re.compile(rf"¿?\s*(?:{rule})(?!\w)", re.IGNORECASE), found) for rule, found in rules]


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, those inside brackets left together."""
    found, depth = [""], 0
    for sign in pattern:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def asked(question: str, language: str) -> tuple[str, ...]:
    """Return the measures that would answer `question` (its lead, "and" or "please", taken off); none
    when it does not ask for a figure."""
    text = " ".join(question.replace("’", "'").split())
    for rule, measures in _asked(language):
        if rule.match(text):
            return measures
    return ()
