"""Where somebody lives: streets with their number, in the ways in which languages write them, and what
follows words such as `my address is`."""
# ruff: noqa: E501  (forms of one language stand on one line)

import re
from collections.abc import Iterator

from edu.inference.base.personal.spans import ADDRESS, Span

_W = r"[^\W\d_][\w'’.\-]*"
_CAP = r"[A-ZÀ-ÖØ-ÞĀ-ŽЀ-ЯΑ-Ω][\w'’\-]*"
_UNIT = r"(?:\s*,?\s*(?:apt|apartment|flat|suite|ste|unit|floor|room|#|wohnung|whg|appt?|appartement|bâtiment|bât|piso|puerta|esc|int|interno|apto|andar|bloco|daire|kat|no|кв|квартира|корп|к|м)\.?\s*[:.]?\s*\w{1,5}\b\.?)*"
# A postal code and a place, before or after it.
_TAIL = (
    rf"(?:\s*,?\s*(?:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|[A-Z]{{0,2}}-?\d{{4,6}}(?:[- ]\d{{3,4}})?(?: [A-Z]{{2}}\b)?)(?:,?\s+{_CAP}(?:[ -](?:{_CAP}|am|an|de|la|sur|im|in|der))*)?|"
    rf"\s*,\s*{_CAP}(?:[ -](?:{_CAP}|am|an|de|la|le|sur|im|der|upon|on|под|на))*(?:\s*,?\s*(?:[A-Z]{{2}}\b\s*)?(?:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|\d{{4,6}}(?:-\d{{3,4}})?))?)?"
)
_NO = r"(?:\s*,?\s*(?:n[ºo°.]*|nr\.?|no\.?|num\.?|número|numero|№|д\.?|дом|буд\.?|рق?م)?\s*(?!\d{4,6}\s+[A-ZÀ-Þ])\d{1,5}(?:[\s\-/]?[a-zA-Zа-яА-Я]\b)?(?:[/\-–]\d{1,4})?(?:\s?(?:bis|ter))?)"

_STREETS = tuple(
    re.compile(form)
    for form in (
        # 12 Baker Street
        rf"(?<![\w.])\d{{1,5}}(?:[-–]\d{{1,5}})?[A-Za-z]?,?\s+(?:[NSEW]\.?\s+|North |South |East |West |Old |New )?(?:(?:{_CAP}\.?|\d{{1,5}}(?:st|nd|rd|th)|of|the)\s+){{1,4}}"
        r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Square|Sq|Terrace|Close|"
        r"Crescent|Cres|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Gardens|Row|Mews|Hill|Trail|Alley|Walk|Grove|Loop|Rise|View|Park|Green|Hills|Heights|Quay|Turnpike|Tpke|Plaza|Path|Pike|Run|Crossing|Landing|Point|Bend|Branch|Bridge|Canyon|Commons?|Corners?|Course|Cove|Creek|Crossroads?|Curve|Dale|Divide|Estates?|Expressway|Extension|Falls?|Ferry|Fields?|Flats?|Ford|Forest|Forge|Forks?|Freeway|Garden|Gateway|Glen|Harbor|Haven|Hollow|Inlet|Island|Isle|Junction|Knolls?|Lake|Lodge|Manor|Meadows?|Mills?|Mission|Motorway|Mount(?:ain)?|Neck|Orchard|Oval|Overpass|Pass|Passage|Pines?|Plains?|Port|Prairie|Ramp|Ranch|Rapids?|Rest|Ridge|River|Route|Shoals?|Shores?|Skyway|Springs?|Spur|Station|Stream|Summit|Trace|Track|Tunnel|Underpass|Union|Valley|Viaduct|Village|Ville|Vista|Wells?|Stravenue|Center|Centre|Arcade|Parade|Esplanade|Yard|Wharf)\b\.?"
        rf"(?i:{_UNIT}){_TAIL}",
        # Hauptstraße 5, Kerkstraat 12, Storgatan 3, Lange Straße 12
        rf"\b(?:{_CAP}[\s-]){{0,2}}(?:[A-ZÄÖÜÅØÆ][\wäöüßåøæéè\-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|gässchen|ring|damm|ufer|steig|pfad|markt|hof|berg|graben|chaussee|zeile|brücke|siedlung|straat|laan|gracht|plein|kade|dijk|singel|steeg|straatje|pad|gatan|vägen|gränd|gata|veien|vegen|vej|gade|alle|katu|tie|kuja)|Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Chaussee|Zeile|Brücke|Steig|Straat|Laan|Plein)"
        rf"\s*,?\s*(?:Nr\.?\s*)?\d{{1,4}}\s?[a-zA-Z]?\b(?:[-–/]\d{{1,4}})?(?i:{_UNIT}){_TAIL}",
        rf"\b(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Unter der|Hinter der|Hinter dem|Hinter den|Vor dem|Vor der|Vor den|Zu den|Auf den|Bei den|An dem|Bei der|Beim|Alte|Alter|Neue|Neuer|Große|Kleine|Untere|Obere)\s+{_CAP}(?:\s+{_CAP})?\s+\d{{1,3}}\s?[a-z]?\b{_TAIL}",
        # Straße des 17. Juni 135, Kolonie Abendruh 7
        rf"\b(?:Stra(?:ß|ss)e|Platz|Allee|Kolonie|Siedlung|Hof)\s+(?:(?:des|der|dem|den|am|an|zum|zur|vor|im)\s+)*(?:\d{{1,2}}\.\s+)?(?:{_CAP}|[IVX]+)(?:[\s-]+(?:(?:und|der|am)\s+)?{_CAP}){{0,3}}\s+\d{{1,4}}\s?[a-z]?\b{_TAIL}",
        # 12 venelle du Moulin
        rf"(?<![\w.])\d{{1,4}}(?:\s?(?:bis|ter|[A-D]))?\s*,?\s+(?i:venelle|parc|cour|grande?[ -]rue|cité|clos|domaine|montée|traverse|voie|villa|sente|corniche|mail|rond-point|côte|porte|pont)\s+(?:(?i:de|du|des|la|le|les|l['’]|d['’]|à|aux?|en|sur|saint|sainte)\s*)*(?:[dlDL]['’])?{_CAP}(?:[\s-](?:(?:de|du|des|la|le|les|et|à|en)\s)*(?:[dl]['’])?{_CAP})*{_TAIL}",
        # Ladeira do Ari Barroso 551
        rf"(?<!\w)(?:[Rr]otatória|[Rr]ibanceira|[Ll]adeira|[Bb]eco|[Rr]odovia|[Vv]iela|[Ss]ervidão|[Qq]uadra|[Jj]ardim|[Pp]arque|[Vv]ila|[Cc]onjunto)\s+(?:(?:de|do|da|dos|das|e)\s+)*(?:{_CAP}|\d{{1,3}})(?:\s+(?:(?:de|do|da|dos|das|e)\s+)*(?:{_CAP}|\d{{1,3}}(?=\s+\d)))*{_NO}(?i:{_UNIT}){_TAIL}",
        # 12 rue de la Paix, rue de la Paix 12
        rf"(?<![\w.])(?:\d{{1,4}}(?:\s?(?:bis|ter|[A-D]))?\s*,?\s+)?(?i:rue|avenue|av\.|boulevard|bd\.?|promenade|prom\.|esplanade|faubourg|hameau|place|allées?|chemin|impasse|quai|cours|route|passage|square|sentier|ruelle|résidence|lotissement)\s+(?:(?:de|du|des|la|le|les|l['’]|d['’]|à|aux?|et|en|sur|saint|sainte)\s*)*(?:[dlDL]['’])?{_CAP}(?:[\s-](?:(?:de|du|des|la|le|les|et|à|en|l['’]|d['’])[\s]?)*(?:[dl]['’])?(?:{_CAP}|\d{{1,2}}(?=\s{_CAP})|mai|juin|août|novembre|septembre))*{_NO}?(?i:{_UNIT}){_TAIL}",
        # Calle Mayor 3, Via Roma 10, Rua Augusta, 100
        rf"(?<!\w)(?:\d{{1,5}}\s*,?\s+)?(?:[Cc]alle|[Cc]/|[Aa]venida|[Aa]vda?\.?|[Aa]v\.|[Pp]laza|[Pp]za\.?|[Pp]aseo|[Cc]amino|[Cc]arrera|[Rr]onda|[Tt]ravesía|[Cc]arretera|[Gg]lorieta|[Rr][uú]a|[Cc]arrer|[Pp]asseig|[Rr]ambla|[Bb]arrio|[Uu]rbanización|[Rr]\.|[Pp]raça|[Tt]ravessa|[Ee]strada|[Aa]lameda|[Ll]argo|[Vv]ia|[Vv]iale|[Pp]iazza(?:le)?|[Cc]orso|[Vv]icolo|[Ss]trada|[Ll]ungomare|[Cc]ontrada)\s+(?:[A-Z][a-z]{{1,4}}\.\s+)?(?:(?:de|del|della|dello|delle|degli|dei|di|da|do|dos|das|la|las|los|el|d['’]|san|santa|e|y|al|alla|fra)\s*)*{_CAP}(?:\s+(?:(?:de|del|della|dello|delle|degli|dei|di|da|do|dos|das|la|las|los|el|e|y|d['’])\s*)*{_CAP})*{_NO}?(?i:{_UNIT}){_TAIL}",
        # Atatürk Caddesi No: 5
        rf"(?:{_CAP}\s+|\d{{1,5}}\.\s+){{1,4}}(?:Cadde(?:si)?|Cad\.?|Sokak|Sokağı|Sok\.?|Sk\.?|Mahallesi|Mah\.?|Bulvarı|Blv\.?|Apartmanı|Apt\.?|Sitesi)(?!\w)(?:\s*,?\s*(?:(?:{_CAP}\s+|\d{{1,5}}\.\s+){{1,3}}(?:Caddesi|Cad\.?|Sokak|Sokağı|Sok\.?|Sk\.?|Apartmanı|Apt\.?|Bulvarı)|(?:No|Nu|Kat|K|D|Daire|Blok)[.: ]*\d{{1,5}}\w?|\d{{1,5}}(?:/\d{{1,5}})?\w?))*(?:\s*,?\s*\d{{5}})?(?:\s*,?\s+{_CAP}(?:/{_CAP})?)?",
        # ул. Ленина, д. 5, кв. 3; вул. Шевченка, 12; ul. Długa 5/3
        rf"(?<!\w)(?i:ул\.?|алле[яеи]|тупик|лини[яи]|улица|улице|улицы|проспект[еа]?|пр-т|пр\.|просп\.|переулок|переулке|пер\.|бульвар[е]?|б-р|шоссе|набережная|набережной|наб\.|площадь|площади|пл\.|проезд|вул\.?|вулиця|вулиці|ul\.|ulica|ulicy|al\.|aleja|alei|os\.|osiedle|osiedlu|plac|ulice|улiца)\s*(?:{_W}\s+){{0,2}}(?:{_CAP}|\d{{1,2}}-[а-я]{{1,3}})\.?(?:\s+(?:{_CAP}\.?|\d{{1,2}}-[а-я]{{1,3}}))*\s*,?\s*(?:д\.?|дом|буд\.?|будинок|№|nr)?\s*\d{{1,4}}\s?[а-яa-zА-ЯA-Z]?\b(?:/\d{{1,5}})?(?:\s*,?\s*(?:кв\.?|квартира|корп\.?|к\.|стр\.?|m\.|lok\.)\s*\d{{1,5}})*{_TAIL}",
        # in any language: a street and its number, a postal code and a place
        rf"(?:{_CAP}\.?\s+){{1,5}}\d{{1,5}}\s?[a-zA-Z]?\s*,\s*[A-Z0-9][A-Z0-9\-]{{2,8}}(?:\s[A-Z0-9]{{2,3}})?\s+{_CAP}(?:[ -][\w'’]+(?=[ -]{_CAP})|[ -]{_CAP})*",
        rf"(?<![\w.])\d{{1,5}}\s*,?\s+(?:{_CAP}\.?\s+|(?:de|du|des|la|le|del|della|di|da|do|dos|van|von|der)\s+){{1,5}}{_CAP}?\s*,\s*[A-Z0-9][A-Z0-9\-]{{2,8}}(?:\s[A-Z0-9]{{2,3}})?\s+{_CAP}(?:[ -][\w'’]+(?=[ -]{_CAP})|[ -]{_CAP})*",
        # شارع التحرير رقم ٥
        r"(?:\d{1,5}\s*,?\s*)?(?:شارع|طريق|حي|ميدان|زقاق|حارة|نهج)\s+[\u0600-\u06ff]+(?:\s+[\u0600-\u06ff]+){0,3}?(?:\s*[،,]?\s*(?:رقم|بناية|عمارة|مبنى|شقة|منزل|بيت)\s*[\d٠-٩]+|\s*[،,]?\s*[\d٠-٩]+)+",
        # 北京市朝阳区建国路88号
        r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|区|县|區|縣)){0,4}[\u4e00-\u9fff\d]{1,10}(?:路|街|巷|道|弄|大街|胡同|里|段)\s*\d{1,5}\s*(?:号|號|弄)(?:[\d\u4e00-\u9fff]{0,6}(?:室|楼|樓|单元|層|层|栋))*",
        r"(?:〒\s*\d{3}-\d{4}\s*)?(?:[\u3040-\u30ff\u4e00-\u9fff]{2,4}?[都道府県])?[\u3040-\u30ff\u4e00-\u9fff]{1,6}?[市区町村郡](?:[\u3040-\u30ff\u4e00-\u9fff]{1,8})?\s*\d{1,5}(?:丁目|番地?|号|[-－ー]\d{1,5})[\d番地号\-－]*",
        r"(?:[가-힣]{1,6}(?:특별시|광역시|시|도|군)\s+){0,2}(?:[가-힣]{1,6}[구군읍면]\s+)?[가-힣\d]{1,12}(?:로|길)\s?\d{1,5}(?:번길)?(?:\s?\d{1,5})?(?:-\d{1,5})?(?:\s*[가-힣\d]{1,6}(?:동|호|층))*",
    )
)
_CUE = re.compile(
    r"(?:\bmy (?:home |postal |mailing |full )?address(?: is|:)|\bI live (?:in|at|on)\b|\b(?:moved|move|moving) to\b|\bnous avons déménagé (?:au|à|dans)|\bje (?:vais|viens d['’]) ?(?:em)?ménager? (?:au|à|dans)|\bnos mudamos a\b|\bci siamo trasferiti (?:in|a)\b|\bпереехали? (?:на|в)\b|\b(?:zijn )?verhuisd naar\b|\b(?:nos )?mudamos (?:para|a)\b|\bziehen (?:in|nach)\b|\bwe live (?:in|at|on)\b|\baddress:|\b(?:meine|unsere) (?:Anschrift|Adresse)(?: ist| lautet|:)|\b(?:Anschrift|Adresse):|"
    r"\b(?:ich wohne|wir wohnen)\b|\b(?:mon|notre) adresse(?: est|:| postale est| c['’]est)|\b(?:j['’]habite|nous habitons|je vis)\b|\bmi (?:dirección|domicilio)(?: es|:)|\b(?:vivo|vivimos|resido) en\b|"
    r"\bil mio indirizzo(?: è|:)|\b(?:abito|abitiamo|vivo) (?:in|a|al)\b|\bo? ?meu endereço(?: é|:)|\ba minha morada(?: é|:)|\b(?:moro|moramos|vivo) (?:na|no|em)\b|\b(?:ev )?adresim:?|"
    r"\b(?:мой|наш) (?:домашний )?адрес(?:\s?[:—-])?|\b(?:я )?живу (?:на|в|по)\b|\b(?:моя|наша) адреса|\bmój adres(?: to|:)|\bmieszkam (?:na|przy|w)\b|\bmijn adres(?: is|:)|\bik woon (?:op|aan|in)\b|"
    r"عنواني(?: هو)?:?|أسكن في|أعيش في|我(?:家)?住在|我的地址是?|地址[:：]|私の住所は|住所[は:：]|(?:제|우리 집|집) 주소는|मेरा पता(?: है)?:?|मैं .{0,12}में रहता|ที่อยู่(?:ของ\w+)?(?:คือ)?)"
    r"\s*(?P<v>[^\n!?。؟;]{4,110})",
    re.I,
)
# A line of a form that asks where somebody lives.
_FORM = re.compile(
    r"(?:^|\n)[ \t]*(?:home |postal |street )?(?:street|address|straße|strasse|anschrift|adresse|rue|calle|dirección|domicilio|via|"
    r"indirizzo|rua|endereço|morada|sokak|adres|улица|адрес|вулиця|адреса|ulica|straat|gata|adress|gade|osoite|utca|cím|"
    r"العنوان|地址|住所|주소)[ \t]*[:：][ \t]*(?P<v>[^\n]{4,110})",
    re.I,
)
_PLACE = re.compile(r"\d")
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d]{3}|\d[\d ]{2})[.!?](?=\s+[^\W\d_a-z])|\s(?:and|und|et|y|e|ve|и|and my|but|aber|mais|pero|ma|mas|ama|но)\s(?=[a-zà-ÿа-яıçğöşü])"
)


def told(text: str) -> Iterator[Span]:
    """Yield the addresses in the words of a person."""
    for form in _STREETS:
        for match in form.finditer(text):
            if re.search(r"[\d٠-٩]", match[0]):
                yield Span(*match.span(), ADDRESS, 3)
    for match in _FORM.finditer(text):
        if re.search(r"[\d٠-٩]", match["v"]):
            yield Span(*match.span("v"), ADDRESS, 2)
    for match in _CUE.finditer(text):
        said = match["v"]
        said = said[: _end(said)]
        if re.search(r"[\d٠-٩]", said):
            yield Span(match.start("v"), match.start("v") + len(said), ADDRESS, 2)


def _end(said: str) -> int:
    """Return where the sentence ends: not at the full stop of a short word that a number follows."""
    for match in _SENTENCE_END.finditer(said):
        short = re.search(r"\b[^\W\d_a-z][^\W\d_]{1,4}$", said[: match.start()])
        if not (short and re.search(r"\d", said[match.end() : match.end() + 40])):
            return match.start()
    return len(said)
