"""Does a sentence have the form of the answer that a question wants: a figure, a date, a name, a place?

Pure rules, and soft ones: they order sentences that speak of the same thing, and refuse none. What
cannot be told in a language counts as half.
"""

import re
from collections.abc import Sequence
from functools import cache

from edu.agents.base import units
from edu.common import language as words

HALF = 0.5
_MONTHS = {
    "en": r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|oct|nov|dec",
    "de": r"januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember",
    "fr": r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "es": r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
    "it": r"gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    "pt": r"janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    "nl": r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "tr": r"(?:ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık)\w*",
    "ar": r"يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|"
    r"آذار|نيسان|"
    r"أيار|حزيران|تموز|آب|أيلول|تشرين",
    "ru": r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
}
# Words that place something in time without a date.
_TIME = {
    "en": r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|centuries|decades?|years?|"
    r"today|after|before|until|since|during|spring|summer|autumn|winter|morning|night|age|era|period|ago|"
    r"when",
    "de": r"montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|jahrhundert\w*|"
    r"jahrzehnt\w*|"
    r"jahr\w*|nach|vor|seit|bis|während|frühling|sommer|herbst|winter|zeit|heute|als|wenn|sobald",
    "fr": r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|siècle\w*|an|ans|année\w*|après|avant|depuis|"
    r"pendant|printemps|été|automne|hiver|époque|période|lorsque?|quand|jusque?",
    "es": r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|siglos?|años?|después|antes|desde|durante|"
    r"primavera|"
    r"verano|otoño|invierno|época|período|periodo|hasta|cuando|hace",
    "it": r"secol[oi]|ann[oi]|dopo|prima|da|durante|primavera|estate|autunno|inverno|epoca|periodo|fino|"
    r"quando|fa",
    "pt": r"séculos?|anos?|depois|antes|desde|durante|primavera|verão|outono|inverno|época|período|até|"
    r"quando|há",
    "nl": r"eeuw\w*|jaar|jaren|na|voor|sinds|tijdens|lente|zomer|herfst|winter|tijdperk|periode|tot|toen|"
    r"geleden",
    "tr": r"yüzyıl\w*|yıl\w*|sonra\w*|önce\w*|beri|sırasında|ilkbahar\w*|yaz|sonbahar\w*|kış\w*|dönem\w*|"
    r"çağ\w*|kadar",
    "ar": r"القرن|قرن|عام|سنة|بعد|قبل|منذ|خلال|الربيع|الصيف|الخريف|الشتاء|عصر|فترة|حتى|عندما",
    "ru": r"век\w*|год\w*|после|до|с|во время|весн\w+|лет\w+|осен\w+|зим\w+|эпох\w+|период\w*|когда|назад",
}
# What names a person by office or calling, before or instead of a name.
_PERSONS = {
    "en": r"mr|mrs|ms|dr|sir|lord|lady|king|queen|prince(?:ss)?|emperor|empress|pope|saint|president|"
    r"minister|"
    r"general|scientist|physicist|chemist|biologist|mathematician|philosopher|engineer|architect|author|"
    r"writer|"
    r"poet|painter|composer|inventor|explorer|founder|doctor|professor|people|men|women|army|company|"
    r"government",
    "de": r"herr|frau|dr|könig\w*|kaiser\w*|papst|graf|fürst\w*|präsident\w*|minister\w*|general|forscher\w*|"
    r"wissenschaftler\w*|physiker\w*|chemiker\w*|biolog\w+|mathematiker\w*|philosoph\w*|ingenieur\w*|"
    r"architekt\w*|"
    r"autor\w*|schriftsteller\w*|dichter\w*|maler\w*|komponist\w*|erfinder\w*|entdecker\w*|gründer\w*|"
    r"professor\w*",
    "fr": r"roi|reine|empereur|pape|président\w*|ministre|général|savant\w*|scientifique|physicien\w*|"
    r"chimiste|"
    r"biologiste|mathématicien\w*|philosophe|ingénieur\w*|architecte|auteur\w*|écrivain\w*|poète|peintre|"
    r"inventeur|"
    r"explorateur|fondateur|professeur|m|mme|dr",
    "es": r"rey|reina|emperador|papa|president[ea]|ministr[oa]|general|científic[oa]|físic[oa]|químic[oa]|"
    r"biólog[oa]|"
    r"matemátic[oa]|filósof[oa]|ingenier[oa]|arquitect[oa]|autora?|escritora?|poeta|pintora?|inventora?|"
    r"fundadora?|"
    r"profesora?|sr|sra|dr",
    "tr": r"kral\w*|kraliçe\w*|padişah\w*|sultan\w*|imparator\w*|papa\w*|başkan\w*|bakan\w*|general\w*|"
    r"bilim (?:adam|insan)\w*|"
    r"fizikçi\w*|kimyager\w*|biyolog\w*|matematikçi\w*|filozof\w*|mühendis\w*|mimar\w*|yazar\w*|şair\w*|"
    r"ressam\w*|"
    r"mucit\w*|kaşif\w*|kurucu\w*|profesör\w*|bey|hanım|dr|paşa\w*",
    "ar": r"الملك|ملك|الملكة|الإمبراطور|البابا|الرئيس|رئيس|الوزير|وزير|الجنرال|العالم|عالم|الفيزيائي|"
    r"الكيميائي|الفيلسوف|"
    r"المهندس|المعماري|الكاتب|كاتب|المؤلف|الشاعر|الرسام|المخترع|المكتشف|مؤسس|الأستاذ|الدكتور|السلطان|"
    r"الخليفة|الأمير|العلماء|السيد",
    "ru": r"корол\w+|царь|царица|император\w*|папа|президент\w*|министр\w*|генерал\w*|уч[её]н\w+|физик\w*|"
    r"химик\w*|"
    r"биолог\w*|математик\w*|философ\w*|инженер\w*|архитектор\w*|автор\w*|писател\w+|поэт\w*|художник\w*|"
    r"изобретател\w+",
}
# What places something: a word of place before a name, and what stands for a place itself.
_AT = {
    "en": r"in|at|near|from|to|on|off|outside|inside|between|around|across|throughout|of|into|through|"
    r"north|south|east|west",
    "de": r"in|im|bei|beim|nahe|aus|nach|an|am|auf|vor|zwischen|um|durch|nördlich|südlich|östlich|westlich|"
    r"von",
    "fr": r"à|au|aux|en|dans|près de|de|du|vers|sur|entre|chez|nord de|sud de",
    "es": r"en|cerca de|de|del|desde|hacia|a|al|sobre|entre|norte de|sur de|por",
    "it": r"a|ad|in|nel|nella|presso|da|dal|di|del|della|su|tra|vicino a",
    "pt": r"em|no|na|nos|nas|perto de|de|do|da|para|entre|sobre",
    "nl": r"in|te|bij|naar|uit|van|op|tussen|nabij|door",
}
_PLACES = {
    "en": r"north\w*|south\w*|east\w*|west\w*|coast|border|river|island|valley|mountains?|sea|ocean|lake|"
    r"city|town|"
    r"village|country|region|province|area|inside|outside|surface|centre|center|between|above|below|beneath",
    "de": r"nord\w*|süd\w*|ost\w*|west\w*|küste|grenze|fluss|insel\w*|tal|gebirge|meer|ozean|see|stadt|"
    r"dorf|land|region|"
    r"provinz|gebiet|innerhalb|außerhalb|oberfläche|zwischen|oberhalb|unterhalb|inner\w+|mitte",
    "fr": r"nord|sud|est|ouest|côte|frontière|fleuve|rivière|île\w*|vallée|montagnes?|mer|océan|lac|ville|"
    r"village|pays|"
    r"région|province|intérieur|extérieur|surface|centre|entre|dessus|dessous",
    "es": r"norte|sur|este|oeste|costa|frontera|río|isla\w*|valle|montañas?|mar|océano|lago|ciudad|pueblo|"
    r"país|región|"
    r"provincia|interior|exterior|superficie|centro|entre|encima|debajo",
    "tr": r"kuzey\w*|güney\w*|doğu\w*|batı\w*|kıyı\w*|sınır\w*|nehir|nehri\w*|ada\w*|vadi\w*|dağ\w*|"
    r"deniz\w*|okyanus\w*|"
    r"göl\w*|şehir|şehr\w*|kent\w*|köy\w*|ülke\w*|bölge\w*|içinde|dışında|yüzey\w*|merkez\w*|arasında|"
    r"üzerinde|altında",
    "ar": r"شمال\w*|جنوب\w*|شرق\w*|غرب\w*|ساحل|حدود|نهر|جزيرة|وادي|جبال|جبل|بحر|محيط|بحيرة|مدينة|قرية|دولة|"
    r"بلد|منطقة|"
    r"إقليم|داخل|خارج|سطح|مركز|بين|فوق|تحت",
    "ru": r"север\w*|юг\w*|южн\w*|восток\w*|восточн\w*|запад\w*|побереж\w+|границ\w+|рек\w+|остров\w*|"
    r"долин\w+|гор\w+|"
    r"мор\w+|океан\w*|озер\w+|город\w*|деревн\w+|стран\w+|област\w+|регион\w*|внутри|снаружи|между|центр\w*",
}
_CAUSE = {
    "en": r"because|since|therefore|thus|hence|so that|due to|owing to|as a result|caus\w+|reason\w*|"
    r"in order to|leads? to|led to|result\w*|which is why|so|allow\w*|prevent\w*|depend\w*|explain\w*",
    "de": r"weil|da|denn|deshalb|daher|darum|deswegen|somit|aufgrund|wegen|grund\w*|ursache\w*|sodass|"
    r"damit|führt\w* zu|dadurch",
    "fr": r"parce|car|puisque|donc|ainsi|grâce|cause\w*|raison\w*|afin|en effet|c'est pourquoi",
    "es": r"porque|ya que|deb(?:e|en|ido|ió)|gracias a|por eso|así|causa\w*|razón|razones|puesto que|"
    r"por lo tanto|para que",
    "it": r"perch[ée]|poich[ée]|quindi|dunque|caus\w+|motiv\w+|affinch[ée]|a causa",
    "pt": r"porque|pois|portanto|devido|caus\w+|razão|razões|por isso|para que",
    "nl": r"omdat|want|doordat|daarom|dus|vanwege|oorzak\w*|reden\w*|zodat",
    "tr": r"çünkü|nedeniyle|yüzünden|dolayı|sebep\w*|neden\w*|için",
    "ar": r"لأن\w*|بسبب|لذلك|ولذلك|نتيجة|من أجل|لكي",
    "ru": r"потому|поэтому|так как|из-за|поскольку|причин\w*|чтобы|благодаря|следовательно",
}
_DEFINES = {
    "en": r"\b(?:is|are|was|were|means|refers? to|denotes?|describes?|(?:is|are) (?:called|known as|defined)|"
    r"consists? of|names?|stands? for)\b",
    "de": r"\b(?:ist|sind|war|waren|bedeutet|bezeichnet|nennt man|heißt|versteht man|besteht aus)\b",
    "fr": r"\b(?:est|sont|était|signifie|désigne|s'appelle|appelle|consiste)\b",
    "es": r"\b(?:es|son|era|fue|significa|se llama|se denomina|consiste|se refiere)\b",
    "it": r"\b(?:è|sono|era|significa|si chiama|indica|consiste)\b",
    "pt": r"\b(?:é|são|era|significa|chama-se|designa|consiste)\b",
    "nl": r"\b(?:is|zijn|was|betekent|heet|noemt men|bestaat uit)\b",
    "tr": r"(?:dir|dır|dur|dür|tir|tır|tur|tür|denir|demektir|adı verilir)\b",
    "ar": r"(?:هو|هي|يعني|تعني|يسمى|تسمى|عبارة عن)",
    "ru": r"(?:—|–| - |это|является|называ\w+|означает)",
}
# What stands right before the name of a thing that was described.
_NAMING = {
    "en": r"\b(?:called|known as|termed|named)\b",
    "de": r"\b(?:heißt|heißen|nennt man|genannt|bezeichnet man als)\b",
    "fr": r"\b(?:appelle|appelé\w*|nomme|nommé\w*)\b",
    "es": r"\b(?:llaman?|denominan?|conoce\w* como|llamad[oa]s?)\b",
    "it": r"\b(?:chiama\w*|chiamat[oaie]|dett[oaie])\b",
    "pt": r"\b(?:chama-se|chamad[oa]s?|denomina-se|conhecid[oa]s? como)\b",
    "nl": r"\b(?:heet|heten|noemt men|noemen we|genoemd)\b",
    "ar": r"(?<!\w)(?:يسمى|تسمى|يسمي|تسمي)(?!\w)",
    "ru": r"\bназыва\w+\b",
}
_LISTS = re.compile(r"(?:[^,;]+[,;،]){2,}|\n\s*(?:[-*•·–]|\d+[.)])\s")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-ÖØ-ÞÄÖÜ\u0400-\u042f][\w'’-]+")
_FULL_NAME = re.compile(
    r"\b[A-ZÀ-ÖØ-ÞÇĞİÖŞÜ\u0400-\u042f][\w'’-]+(?: (?:[A-Z]\.|von|van|de|der|di|da|al-|ibn|la|le|"
    r"du))* [A-ZÀ-ÖØ-ÞÇĞİÖŞÜ\u0400-\u042f][\w'’-]+"
)
_TURKISH_AT = re.compile(
    r"\b[A-ZÇĞİÖŞÜ]\w+['’](?:n?[dt][ae]n?|[yn]?[ae])\b|(?<!^)\b[A-ZÇĞİÖŞÜ]\w+n?[dt][ae]n?\b|"
    r"\w+(?:nda|nde|ında|inde|unda|ünde)\b"
)
_ARABIC_AT = re.compile(r"(?<!\w)(?:في|من|إلى|على|قرب|عند|ب\w{4,})(?!\w)")
_CAPITALS = re.compile(r"[A-Za-zА-Яа-я]")


def fits(
    kind: str, sentence: str, topic: Sequence[str], language: str, measures: Sequence[str] = ()
) -> float:
    """Return how well `sentence` has the form of an answer of `kind`, 0..1; HALF where it cannot be
    told. `topic` holds the stems that the question is about, `measures` what is to be measured."""
    if kind == "how_many":
        return _figure(sentence, topic, language, measures)
    if kind == "when":
        return _time(sentence, language)
    if kind == "who":
        return _person(sentence, topic, language)
    if kind == "where":
        return _place(sentence, topic, language)
    if kind == "why":
        cause = _pattern(_CAUSE.get(language, ""))
        return HALF if cause is None else 1.0 if cause.search(sentence.lower()) else 0.1
    if kind in ("list", "compare"):
        return 1.0 if _LISTS.search(sentence) else 0.3
    if kind == "definition":
        return _defines(sentence, topic, language)
    return HALF


def _figure(sentence: str, topic: Sequence[str], language: str, measures: Sequence[str]) -> float:
    """Return 1 for a figure of what is asked, less for one of something else, little for a date."""
    if any(units.gives(measure, sentence, language) for measure in measures):
        return 1.0
    if "date" in measures and units.has_year(sentence):
        return 0.8
    after = units.counts(sentence, _pattern(_MONTHS.get(language, "")), language)
    if not after:
        return 0.15 if units.has_year(sentence) else 0.0
    exact = [each for each in measures if each not in ("count", "amount", "date")]
    if exact and "count" not in measures and "amount" not in measures:
        return 0.4  # a figure, but of no such thing as far as can be told
    about = set(topic)
    named = any(about & set(words.content_words(each, language)) for each in after)
    return 1.0 if named else 0.75


def _time(sentence: str, language: str) -> float:
    if units.has_year(sentence):
        return 1.0
    low = sentence.lower()
    month = _pattern(_MONTHS.get(language, ""))
    if month and month.search(low) and re.search(r"\d", low):
        return 1.0
    named = _pattern(_TIME.get(language, ""))
    found = bool(named and named.search(low)) or bool(month and month.search(low))
    return 0.6 if found else 0.4 if re.search(r"\d", low) or named is None else 0.0


def _names(sentence: str, topic: Sequence[str], language: str) -> list[str]:
    """Return the words with a capital inside a sentence that the question does not name itself."""
    about = set(topic)
    found = _NAME.findall(sentence)
    return [each for each in found if not about & set(words.content_words(each, language))]


def _person(sentence: str, topic: Sequence[str], language: str) -> float:
    """Return how likely a sentence names somebody whom the question does not name itself."""
    called = _pattern(_PERSONS.get(language, ""))
    titled = bool(called and called.search(sentence.lower()))
    if not _CAPITALS.search(sentence):
        return 0.9 if titled else HALF
    full = [
        each
        for each in _FULL_NAME.findall(sentence)
        if not set(topic) & set(words.content_words(each, language))
    ]
    if full:
        return 1.0
    if language == "de":  # every noun has a capital there
        return 0.8 if titled else 0.4
    if _names(sentence, topic, language):
        return 0.85
    return 0.6 if titled else 0.2


def _place(sentence: str, topic: Sequence[str], language: str) -> float:
    """Return how likely a sentence says a place that the question does not name itself."""
    if language == "tr" and _TURKISH_AT.search(sentence):
        return 0.9
    if language == "ar":
        return 0.8 if _ARABIC_AT.search(sentence) else 0.3
    at = _AT.get(language)
    for found in _at_name(at).finditer(sentence) if at else ():
        if not set(topic) & set(words.content_words(found.group(1), language)):
            return 0.8 if language == "de" else 1.0
    if at is None and _names(sentence, topic, language):
        return 0.8
    place = _pattern(_PLACES.get(language, ""))
    return 0.7 if place and place.search(sentence.lower()) else 0.2 if place else HALF


@cache
def _at_name(at: str) -> re.Pattern[str]:
    article = r"(?:(?:the|der|die|das|dem|den|la|le|les|el|los|las|il|o|a|de|het) |l['’])?"
    return re.compile(
        rf"(?<!\w)(?:{at}|{at.title()}) {article}([A-ZÀ-ÖØ-ÞÇĞİÖŞÜ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)*)"
    )


def _defines(sentence: str, topic: Sequence[str], language: str) -> float:
    """Return 1 when the topic comes first and a word of definition follows at once."""
    verb = _DEFINES.get(language)
    found = re.search(verb, sentence, re.IGNORECASE) if verb else None
    if not found or not topic:
        return 0.3 if verb else HALF
    if _names_it(sentence, topic, language):
        return 1.0
    before = set(words.content_words(sentence[: found.start()], language))
    if not set(topic) & before and language != "tr":
        after = words.content_words(sentence[found.end() :][:80], language)[:3]
        return 0.6 if set(topic) & set(after) else 0.1
    # A long way from the topic to the verb is a story about it, not its definition.
    return 1.0 if len(before) <= len(topic) + 1 else 0.6 if len(before) <= len(topic) + 4 else 0.3


def _names_it(sentence: str, topic: Sequence[str], language: str) -> bool:
    """Whether a sentence ends in giving its meaning the name that is asked for: "... is called X"."""
    naming = _NAMING.get(language)
    found = re.search(naming, sentence, re.IGNORECASE) if naming else None
    if not found:
        return False
    named = words.content_words(sentence[found.end() :][:80], language)[: len(topic) + 1]
    return bool(named) and set(topic) <= set(named)


@cache
def _pattern(alternatives: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None
