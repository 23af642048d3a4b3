"""What is personal by its form or by the word before it: addresses of mail and of the web, numbers of
telephones, accounts, cards and papers, birth dates, names of users."""
# ruff: noqa: E501  (forms of one language stand on one line)

import ipaddress
import re
from collections.abc import Iterator

from edu.inference.base.personal import addresses
from edu.inference.base.personal.spans import (
    BIRTHDATE,
    CARD,
    EMAIL,
    HANDLE,
    IBAN,
    ID,
    IP,
    PHONE,
    URL,
    Span,
)

_IS = r"(?:\s*(?:[:：=#\-–]|is|was|are|ist|war|lautet|est|es|era|è|é|olan|هو|هي|это|-|是|为|は|が|는|은|है|si chiama|\))\s*){0,3}\s*[\"'«„“(]?"

_AT = r"(?:@|＠|\s?[\[({]\s?(?:at|ät|arroba|chiocciola|arobase|собака)\s?[\])}]\s?|\s(?:at|arroba|chiocciola|arobase)\s(?=[\w-]+(?:\.|\s(?:dot|punkt|punto|point|ponto)\s)))"
_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|punkt|punto|point|ponto)\s?[\])}]\s?|\s(?:dot|punkt|punto|point|ponto)\s)"
_MAIL = re.compile(
    rf"[A-Za-z0-9À-ɏЀ-ӿ.!#$%&'*+/=?^_`{{|}}~-]*[A-Za-z0-9À-ɏЀ-ӿ_][+\-]*{_AT}(?:[A-Za-z0-9À-ɏЀ-ӿ-]+{_DOT})+[A-Za-zÀ-ɏЀ-ӿ]{{2,24}}",
    re.I,
)

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”«»]+|"
    r"(?<![\w@.])(?:[\w-]+\.)+(?:com|org|net|edu|de|fr|es|it|me|io|gg|ru|br|tr|nl|pl|co|dev|page|site|blog|tv|be|"
    r"social|uk|at|ch|pt|us|in|jp|cn|kr|info|eu)/[^\s<>\"'“”«»]+",
    re.I,
)
_PERSONAL_URL = re.compile(
    r"//[^/]*@|~\w|/@|/(?:u|user|users|people|person|profile|profil|in|members?|students?|id)/|@|[?&](?:user|name|mail|email|"
    r"id|token|key|session|uid|student)\w*=|(?:facebook|instagram|tiktok|twitter|snapchat|linkedin|vk|"
    r"github|gitlab|t|x|discord|twitch|steamcommunity)\.(?:com|me|gg|tv)/\w",
    re.I,
)

_NUMBER = r"(?<![A-Za-z0-9.,+])[+(]{0,2}\d[\d \u00a0().\-–/]{5,22}\d(?![A-Za-z0-9])"
_DIGITS = re.compile(r"\d")
_PHONE_CUE = re.compile(
    r"(?:\b(?:tel|tele?phone?|phone|mobile?|cell|call|text|sms|ring|reach|contact\w*|kontakt\w*|whats ?app|signal|fax|number'?s|phones?|"
    r"telefon\w*|handy\w*|mobil\w*|nummer\w*|ruf\w*|anruf\w*|erreich\w*|téléphone\w*|portable|appel\w*|numéro|joindre|"
    r"teléfono|móvil|celular|ll[aá]m\w*|número|cellulare|telefono|chiam\w*|numero|telefone|telemóvel|lig\w*|"
    r"cep|numara\w*|tel\w*|ara\w*|тел\w*|номер\w*|звон\w*|позвон\w*|mob\w*|bel\w*|komórk\w*|dzwoń\w*|zadzwoń\w*)\b|"
    r"هاتف|جوال|رقم|اتصل|موبايل|电话|手机|號碼|号码|打给|電話|携帯|番号|전화|번호|연락|फ़ोन|फोन|नंबर|मोबाइल|โทร|เบอร์|טלפון|נייד)",
    re.I,
)
_PHONES = (
    re.compile(r"(?<![A-Za-z0-9+])(?:\+|00)\s?[1-9][\d \u00a0().\-–/]{6,20}\d(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9.,])\(?0\d{1,5}\)?[ \u00a0.\-–/]{1,3}\d[\d \u00a0.\-–/]{4,16}\d(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9.,])0\d{8,11}(?!\w)"),
    re.compile(r"(?<![A-Za-z0-9.,])(?:1[ .-])?\(?[2-9]\d{2}\)?[ .\-–]{1,2}\d{3}[.\-– ]\d{4}(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9.,])\(\d{2,5}\) ?\d{3,5}[ .\-–]?\d{2,5}(?:[ .\-–]?\d{2,4})?(?!\w)"),
    re.compile(r"(?<![A-Za-z0-9.,])8[ -]?\(?9\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9.,])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9.,])[6-9]\d{2}(?:[ .-]\d{2}){3}(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9.,])\d{2,4}[-–]\d{3,4}[-–]\d{4}(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9.,])[6-9]\d{4}[ -]\d{5}(?![A-Za-z0-9])"),
)  # fmt: skip

_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])", re.I)
_CARD = re.compile(r"(?<![A-Za-z0-9.,])\d(?:[ \u00a0-]?\d){12,18}(?![A-Za-z0-9])")
_CARD_CUE = re.compile(
    r"card|karte|carte|tarjeta|carta|cartão|kart|карт|بطاقة|卡|カード|카드|कार्ड|visa|amex", re.I
)

_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.I)

_HANDLE = re.compile(r"(?<![\w@.＠/])[@＠](?=\w*[^\W_])[\w](?:[\w.\-]{0,38}\w)?")
_DECORATORS = frozenset(
    [
        "property",
        "staticmethod",
        "classmethod",
        "override",
        "media",
        "import",
        "param",
        "return",
        "returns",
        "app",
        "router",
        "pytest",
        "test",
        "dataclass",
        "cache",
        "abstractmethod",
        "component",
        "injectable",
        "autowired",
        "deprecated",
        "throws",
        "author",
        "see",
        "todo",
    ]
)
_HANDLE_CUE = re.compile(
    r"(?:\b(?:(?:follow|add|dm|find|message|pm) me(?: at| on| under| as|:)|folg\w* mir(?: als| unter)?|suis[- ]moi|sígueme|seguimi|user ?-?names?|user|log-?in|screen ?name|handle|nick(?:name)?|gamer ?-?tag|discord|snap(?:chat)?|"
    r"insta(?:gram)?|tik ?tok|twitter|skype|telegram|twitch|steam|roblox|github|benutzername|nutzername|"
    r"anmeldename|spitzname|account|konto|pseudo(?:nyme)?|identifiant|nom d['’]utilisateur|usuario|nombre de usuario|"
    r"utente|nome utente|nome de usuário|usuário|utilizador|kullanıcı ad\w*|takma ad\w*|hesab\w*|gebruikersnaam|"
    r"nazwa użytkownika|login\w*|логин\w*|никнейм\w*|ник|имя пользователя|аккаунт\w*)\b|"
    r"اسم المستخدم|حسابي|用户名|账号|帐号|ユーザー名|アカウント|아이디|닉네임|यूज़रनेम|यूजरनेम)"
    r"(?:\s+(?:on|auf|sur|en|su|no|em|at|bei|in|there|dort|ici|name|для|в|na)(?:\s+\w+)?)?"
    + _IS
    + r"@?"
    r"(?P<v>[A-Za-z0-9](?:[\w.\-#]{1,38})[\w#])",
    re.I,
)
_PLATFORM = re.compile(
    r"\b(?:instagram|insta|discord|tik ?tok|snap(?:chat)?|telegram|twitter|twitch|github|gitlab|roblox|steam|xbox|psn|playstation|"
    r"minecraft|fortnite|skype|facebook|youtube|reddit|threads|mastodon|bluesky|linkedin|whatsapp|signal|vk|вк|инстаграм\w*|телеграм\w*|انستغرام|تيليجرام|微信|微博|ライン|라인|카톡)(?!\w)"
    r"[^\n.!?]{0,28}?[\s:,«\"'(]@?(?P<v>(?=[\w\-.]*(?:[\d_]|\w[.\-]\w|(?-i:[a-z][A-Z])))[A-Za-z0-9][\w.\-]{1,38}\w)",
    re.I,
)
_TAG = re.compile(r"(?<![\w#])[^\W_][\w.]{1,31}#\d{4}(?!\d)")

# What nobody but a person is called: letters with a number hung on, `mia.1808`, `Wolf2087`, `sky_775`. Short
# capitals and what comes before a year are something else (`ISO-9001`, `post-1989`).
_BARE = re.compile(
    r"(?<![\w@./\\:#=&?$-])(?P<w>(?=[^\W\d_])(?:[^\W\d_]{1,24}[._-]){0,2}[^\W\d_]{2,24})(?P<s>[._-]?)(?P<d>\d{2,5})"
    r"(?![\w/\\(\[]|[.,:-]\w)"
)
_NOT_BARE = frozenset(
    [
        "mid",
        "pre",
        "post",
        "late",
        "early",
        "since",
        "circa",
        "anno",
        "ante",
        "année",
        "ano",
        "año",
        "jahr",
        "fig",
        "abb",
        "abbildung",
        "figure",
        "table",
        "tab",
        "eq",
        "eqn",
        "chapter",
        "chap",
        "ch",
        "vol",
        "no",
        "nr",
        "num",
        "sec",
        "section",
        "page",
        "pag",
        "pg",
        "art",
        "step",
        "line",
        "version",
        "ver",
    ]
)

_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = (
    rf"(?:\d{{1,4}}\s?[./\-–]\s?\d{{1,2}}\s?[./\-–]\s?\d{{2,4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er|º|ª|°|\.|-?го|-е)?\s+(?:of\s+|de\s+|d['’])?{_MONTH}(?:\s*,)?\s+(?:de\s+|del\s+|of\s+)?\d{{2,4}}|"
    rf"{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+\d{{4}}|"
    r"\d{2,4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일號号]?|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?{_MONTH}|\d{{1,2}}\.\d{{1,2}}\.)"
)
_BORN = (
    r"(?:\bborn\b|\bbirth\w*|\bb-?day\b|\bDOB\b|\bd\.o\.b\.?|\bgeb(?:oren|urts\w+)?\b\.?|\bn[ée]e?s?\b|\bnaissance\b|"
    r"\banniversaire\b|\bnac(?:í|ió|ido|ida|imiento)\b|\bcumpleaños\b|\bnat[oai]\b|\bnascit[ao]\b|\bcompleanno\b|"
    r"\bnasc(?:i|ido|ida|eu|imento)\b|\bnascid[ao]\b|\baniversário\b|\bdoğ(?:um|du\w*|muş\w*)\b|\bрожд\w+|\bрод(?:ил\w*|ился|ен\w*|ж\w*)|"
    r"\bнарод\w+|\burodz\w+|\bjarig\b|\bverjaardag\b|\bfödd?\w*|\bfødt?\w*|"
    r"ميلاد\w*|ولدت|مولود\w*|وُلدت|生日|出生|生于|誕生日|生年月日|生まれ|생일|생년월일|태어났|जन्म\w*|เกิด|נולד\w*|תאריך לידה)"
)
_BIRTH = re.compile(rf"{_BORN}(?P<between>[^\n.!?。؟]{{0,45}}?)(?P<v>{_DATE})", re.I)
_BIRTH_AFTER = re.compile(rf"(?P<v>{_DATE})[^\n.!?。؟]{{0,30}}?{_BORN}", re.I)
_BORN_IN = re.compile(
    r"\b(?:i was born|i'?m born|ich bin|wurde ich|je suis née?|nací|sono nat[oa]|nasci|doğum yılım|я родил\w+|"
    r"urodziłe?a?m się|ik ben geboren)\b[^\n.!?]{0,24}?(?P<v>(?:19[3-9]|20[0-2])\d)(?!\d)",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(1[0-9]|20)\d{2}(?!\d)")
OLDEST = 1920  # who was born earlier is history

_ID_CUE = re.compile(
    r"(?:\b(?:student|pupil|matric\w*|enrol\w*|passport|licen[cs]e|insurance|social security|tax|national|identity|"
    r"member(?:ship)?|customer|patient|library|employee|badge|account|candidate|exam|roll|registration|case)"
    r"[\w /-]{0,24}?(?:\bid\b|\bno\b\.?|\bnumber\b|\bcode\b|#|№)|"
    r"\b(?:ssn|nino|nhs|passport|student id|my id|id(?:[ -]?card)?(?: number| no\.?)|id:|id is|matrikel\w*|\w*ausweis\w*|personalausweis\w*|"
    r"reisepass\w*|versicherten\w*|versicherungs\w*|sozialversicherung\w*|steuer-?\w*|kunden\w*|mitglieds\w*|schüler\w*n(?:umme)?r\w*|"
    r"kenn(?:ummer|zeichen)|numéro (?:d['’]?\s?)?\w+(?: \w+)?|n° ?\w*|carte d['’]identité|carte \w+|passeport|sécurité sociale|matricule|"
    r"dni|nie|nif|cif|curp|número de \w+(?: social)?|pasaporte|matrícula|expediente|documento|codice fiscale|"
    r"matricola|passaporto|carta d['’]identità|tessera \w+|numero di \w+|cpf|rg|cnh|passaporte|identidade|bilhete|cartão \w+|"
    r"t\.?c\.?|kimlik\w*|öğrenci n\w+|pasaport\w*|sicil n\w+|паспорт\w*|снилс|инн|студенческ\w+|зачётк\w+|зачетк\w+|"
    r"pesel|dowód\w*|legitymacj\w*|indeks\w*|bsn|burgerservice\w*|paspoort\w*|studentnummer|studentennummer|personnummer)\b|"
    r"رقم (?:الهوية|الطالب|الجواز|جواز|القيد|بطاقة)\w*|جواز سفري?|هويتي|الرقم الجامعي|学号|学籍|身份证\w*|护照\w*|證號|学生番号|学籍番号|マイナンバー|"
    r"학번|주민등록번호|여권\w*|आधार|पासपोर्ट|रोल नंबर|รหัสนักศึกษา|ת\.?ז\.?)"
    r"(?P<between>[^\n.!?。؟\d]{0,34}?)(?P<v>(?=[\w\- ./]{0,14}\d)[A-Z0-9](?:[A-Z0-9\-/]|[ .](?=[A-Z]{0,2}\d)){3,24})(?!\w)",
    re.I,
)
_ID_FORMS = (
    re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"),  # US
    re.compile(r"(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?![A-Za-z0-9])"),  # Brazil
    re.compile(r"(?<!\w)[XYZ]?\d{7,8}-?[A-HJ-NP-TV-Z](?!\w)"),  # Spain
    re.compile(r"(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)", re.I),  # Italy
    re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)"),  # United Kingdom
    re.compile(r"(?<!\w)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d{2})?(?!\w)"),
    re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dX](?!\w)", re.I),  # China
    re.compile(r"(?<!\d)\d{6}-[1-8]\d{6}(?!\d)"),  # Korea
    re.compile(r"(?<![\w-])\d{3}-\d{3}-\d{3} \d{2}(?![A-Za-z0-9])"),  # Russia
    re.compile(r"(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])", re.I),
    re.compile(r"(?<!\w)(?:sk|pk|ghp|gho|xox[bp]|glpat|edu_pat)[-_][\w-]{12,}"),
)  # fmt: skip


def told(text: str) -> Iterator[Span]:
    """Yield what is personal in the words of a person."""
    yield from _mails(text)
    yield from _urls(text, everything=True)
    yield from _numbers(text, strict=False)
    yield from _ips(text)
    yield from _handles(text)
    yield from _births(text)
    yield from _ids(text)
    yield from addresses.told(text)


def taught(text: str) -> Iterator[Span]:
    """Yield what in teaching matter is never the matter."""
    yield from _mails(text)
    yield from _urls(text, everything=False)
    yield from _numbers(text, strict=True)


def _mails(text: str) -> Iterator[Span]:
    if (
        "@" in text
        or "＠" in text
        or re.search(r"\b(?:at|arroba|chiocciola|arobase|собака|ät)\b", text, re.I)
    ):
        for match in _MAIL.finditer(text):
            yield Span(*match.span(), EMAIL, 9)


def _urls(text: str, everything: bool) -> Iterator[Span]:
    for match in _URL.finditer(text):
        found = match[0].rstrip(".,;:!?)]")
        path = re.sub(r"^(?:https?://)?[^/?#]*", "", found, flags=re.I)
        if _PERSONAL_URL.search(found) or (everything and len(path) > 1):
            yield Span(match.start(), match.start() + len(found), URL, 8)


def _numbers(text: str, strict: bool) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        found = re.sub(r"[\s\u00a0-]", "", match[0]).upper()
        for length in range(len(found), 14, -1):
            if _iban(found[:length]):
                yield Span(match.start(), _end(match, length), IBAN, 8)
                break
        else:
            groups = re.match(r"[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){3,}|[A-Z]{2}\d{13,}", match[0])
            if not strict and groups:
                yield Span(*match.span(), IBAN, 8)
    for match in _CARD.finditer(text):
        digits = "".join(_DIGITS.findall(match[0]))
        grouped = re.fullmatch(
            r"\d{4}([ \u00a0-])\d{4}\1\d{4}\1\d{4}|\d{4}[ -]\d{6}[ -]\d{5}", match[0]
        )
        near = _CARD_CUE.search(text, max(0, match.start() - 40), match.end() + 20)
        plain = len(digits) in (15, 16) and digits[0] in "23456"
        if (_luhn(digits) and (grouped or near or (plain and match[0] == digits))) or (
            not strict and (grouped or near)
        ):
            yield Span(*match.span(), CARD, 7)
    yield from _phones(text, strict)


def _phones(text: str, strict: bool) -> Iterator[Span]:
    for match in _PHONES[0].finditer(text):
        if 7 <= len(_DIGITS.findall(match[0])) <= 15:
            yield Span(*match.span(), PHONE, 5)
    for match in re.finditer(_NUMBER, text):
        count = len(_DIGITS.findall(match[0]))
        near = _PHONE_CUE.search(text, max(0, match.start() - 30), match.start())
        years = re.fullmatch(r"\d{4}\s?[-–]\s?\d{4}", match[0])
        if near and not years and (7 if strict else 6) <= count <= 15:
            yield Span(*match.span(), PHONE, 5)
    if strict:
        return
    for form in _PHONES[1:]:
        for match in form.finditer(text):
            count = len(_DIGITS.findall(match[0]))
            dated = re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", match[0].strip("()"))
            if 8 <= count <= 14 and not dated:
                yield Span(*match.span(), PHONE, 4)


def _ips(text: str) -> Iterator[Span]:
    """Yield the addresses of machines that can be reached: those for one's own network and for examples
    are everybody's."""
    for form in (_IPV4, _IPV6):
        for match in form.finditer(text):
            try:
                found = ipaddress.ip_address(match[0])
            except ValueError:
                continue
            if found.is_global and not found.is_multicast:
                yield Span(*match.span(), IP, 6)


def _handles(text: str) -> Iterator[Span]:
    for match in _HANDLE.finditer(text):
        if match[0][1:].casefold() not in _DECORATORS:
            yield Span(*match.span(), HANDLE, 3)
    for match in _HANDLE_CUE.finditer(text):
        said = match["v"]
        direct = re.search(r"[:：=\"'«„“]\s*@?$", text[: match.start("v")])
        if re.search(r"[\d_#]|[.\-]\w|[a-z][A-Z]", said) or direct:
            yield Span(*match.span("v"), HANDLE, 4)
    for match in _PLATFORM.finditer(text):
        yield Span(*match.span("v"), HANDLE, 3)
    for match in _BARE.finditer(text):
        if _is_bare(match["w"], match["s"], match["d"]):
            yield Span(*match.span(), HANDLE, 3)
    for match in _TAG.finditer(text):
        yield Span(*match.span(), HANDLE, 4)


def _is_bare(letters: str, sign: str, digits: str) -> bool:
    """Whether such a word is likelier somebody than a norm, a nuclide, a figure or a year of something."""
    last = re.split(r"[._-]", letters)[-1]
    if last.casefold() in _NOT_BARE or not letters.isascii() or len(letters) < 3:
        return False
    if letters.isupper() and len(letters) < 6 and len(digits) < 5:
        return len(letters) > 3 and sign in ("", "_") and len(digits) == 4
    if sign == "_":
        return len(digits) >= 3
    return len(digits) >= 4 or (not sign and len(digits) == 3 and len(letters) >= 6)


def _births(text: str) -> Iterator[Span]:
    for form in (_BIRTH, _BIRTH_AFTER):
        for match in form.finditer(text):
            year = _YEAR.search(match["v"])
            if not year or int(year[0]) >= OLDEST:
                yield Span(*match.span("v"), BIRTHDATE, 6)
    for match in _BORN_IN.finditer(text):
        yield Span(*match.span("v"), BIRTHDATE, 6)


def _ids(text: str) -> Iterator[Span]:
    for match in _ID_CUE.finditer(text):
        if sum(sign.isdigit() for sign in match["v"]) >= 3:
            yield Span(*match.span("v"), ID, 6)
    for form in _ID_FORMS:
        for match in form.finditer(text):
            yield Span(*match.span(), ID, 6)


def _end(match: re.Match[str], length: int) -> int:
    """Return where the first `length` signs that are no white space end."""
    count = 0
    for at in range(match.start(), match.end()):
        count += match.string[at].isalnum()
        if count == length:
            return at + 1
    return match.end()


def _iban(found: str) -> bool:
    turned = found[4:] + found[:4]
    if not turned.isascii() or not turned.isalnum():
        return False
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _luhn(digits: str) -> bool:
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
