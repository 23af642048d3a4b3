"""Words by which a sentence leans on the ones before it, and the marks of captions and references.

A sentence that leans cannot stand alone as a question. In the languages that edu meets most; one that
is not here only lacks this help.
"""

import re
from functools import cache

# A sentence that begins with one of these cannot be understood without the one before it.
_BEGINNINGS = {
    "en": """this that these those it its they their them he she his her such both another others however
therefore thus hence moreover furthermore also but and or so then consequently instead nevertheless
nonetheless additionally similarly likewise meanwhile otherwise besides here there afterwards later
which who whose finally still yet overall we our i you your other one""",
    "de": """dies diese dieser dieses diesem diesen es er sie ihr ihre ihrer ihren ihrem sein seine seiner
seinem seinen solche solcher jene jener jenes jedoch daher deshalb außerdem dadurch dabei damit aber
und oder auch so dann beide hierbei hierdurch dazu deswegen somit dennoch zudem trotzdem stattdessen
danach dort hier darüber dafür dagegen darunter daraus daran darauf davon hierzu hierfür wir ich man
später schließlich andere anderer""",
    "fr": """ce cet cette ces c il elle ils elles son sa ses leur leurs cela ceci donc ainsi cependant mais
et ou toutefois pourtant aussi alors puis ensuite celui celle ceux celles enfin nous on je certains
autres notre""",
    "es": """este esta estos estas ese esa esos esas eso esto él ella ellos ellas su sus así sin pero y o
además también entonces luego ambos finalmente nosotros otros otras nuestro""",
    "it": """questo questa questi queste esso essa essi esse egli ella loro però quindi inoltre anche infine
noi suo sua suoi sue altri altre ma e""",
    "pt": """isto isso este esta esse essa estes estas esses essas ele ela eles elas seu sua seus suas porém
além também portanto enfim nós mas e outros""",
    "nl": """dit deze dat het hij zij ze hun haar echter daarom ook maar en dus we wij zijn""",
    "sv": """detta dessa denna dessa det han hon deras hans hennes därför också men och de""",
    "tr": """bu bunlar şu o onlar onun onların bunun bunların ayrıca ancak fakat ama böylece bununla buna onu
bunu böyle sonra daha diğer biz ben ve veya ya""",
    "ar": """هذا هذه هؤلاء ذلك تلك هو هي هم هما وهو وهي وهم وهذا وهذه وتلك وذلك لكن ولكن كما وكذلك أيضا
أيضًا لذلك ولذلك ثم وقد فقد كذلك بعد وكان وكانت كان كانت ومع كلاهما إنه إنها نحن حيث""",
    "ru": """это этот эта эти он она оно они его её их такой также однако поэтому затем мы я ещё и а но
или""",
    "uk": """це цей ця ці він вона воно вони його її їх такий також однак тому але""",
    "pl": """to ten ta te on ona ono oni jego jej ich jednak dlatego także ale""",
}
# Words that tie a sentence to the one before it, at its beginning or in its middle.
_TIES = {
    "en": r"however|therefore|thus|hence|also|too|instead|moreover|furthermore|nevertheless|"
    r"consequently|similarly|likewise|otherwise|meanwhile|accordingly|respectively|"
    r"for (?:example|instance)|in (?:contrast|addition|fact|other words|turn|"
    r"particular|this case|response)|by (?:contrast|then)|as a result|"
    r"on the other hand|stated another way|at (?:the|that) time|again|as well|then|"
    r"another|afterwards?|at first|even|there|here|either",
    "de": r"jedoch|daher|deshalb|auch|ebenfalls|außerdem|dagegen|hingegen|dennoch|somit|"
    r"folglich|ebenso|zudem|zum beispiel|beispielsweise|z\. ?b\.|im gegensatz dazu|"
    r"infolgedessen|dadurch|damals|dort|hier|wiederum|schließlich|allerdings|dabei|"
    r"damit|dann|sogar|daraufhin|danach|zuvor|davon|dafür",
    "fr": r"cependant|donc|ainsi|aussi|également|toutefois|pourtant|néanmoins|"
    r"par (?:exemple|conséquent|contre|ailleurs)|en (?:effet|outre|revanche|fait)|"
    r"de plus|ensuite|alors|enfin|là|y",
    "es": r"sin embargo|por (?:tanto|lo tanto|ejemplo|eso|otro lado)|así|también|además|"
    r"en (?:cambio|efecto|consecuencia|realidad)|no obstante|entonces|luego|allí|"
    r"tampoco|incluso",
    "it": r"tuttavia|quindi|anche|inoltre|invece|perciò|pertanto|per esempio|ad esempio|"
    r"infatti|poi|allora|lì",
    "pt": r"no entanto|portanto|assim|também|além disso|por (?:exemplo|isso)|porém|contudo|"
    r"então|depois|lá",
    "nl": r"echter|daarom|dus|ook|bovendien|daarentegen|bijvoorbeeld|toch|toen|daar|hier",
    "tr": r"ancak|ayrıca|bu nedenle|örneğin|dolayısıyla|böylece|fakat|ama|yine|aynı zamanda|"
    r"daha sonra|orada|de|da",
    "ar": r"لكن|ولكن|أيضا|أيضًا|كذلك|لذلك|ومع ذلك|على سبيل المثال|بالتالي|ثم|هناك|كما",
    "ru": r"однако|поэтому|также|тоже|например|затем|потом|таким образом|кроме того|там|"
    r"здесь",
}
_THE = {
    "en": "the", "de": "der die das", "fr": "le la les l", "es": "el la los las", "it": "il lo la i gli le",
    "pt": "o a os as", "nl": "de het",
}  # fmt: skip
# "In 2014, the group proclaimed ...": which group was said before.
_UNSAID = re.compile(
    r"^(?:[A-Z][a-z]+ )?(?:[^\WA-ZÄÖÜ]+[ ,]+){0,4}(?:the (?:group|company|team|agreement|deal|event|film|"
    r"book|report|study|law|act|treaty|project|programme|program|album|song|game|party)|(?:die (?:gruppe|"
    r"firma|mannschaft|vereinbarung|studie)|das (?:unternehmen|team|abkommen|ereignis|buch|gesetz|projekt)|"
    r"der (?:film|bericht|vertrag)))\b"
    r"(?! (?:of|der|des|von|vom|that|which|on|zu|zum|zur|für|über|for|called))",
    re.IGNORECASE,
)
_LEADS = frozenset(
    [
        "under",
        "after",
        "before",
        "during",
        "in",
        "at",
        "by",
        "with",
        "selon",
        "après",
        "pendant",
        "según",
        "tras",
    ]
)
_OF = frozenset(
    [
        "of",
        "that",
        "which",
        "who",
        "in",
        "for",
        "to",
        "von",
        "des",
        "der",
        "für",
        "de",
        "du",
        "des",
        "que",
        "del",
        "di",
        "della",
        "da",
        "do",
        "das",
        "van",
    ]
)
# Words that point back wherever they stand.
_BACK = {
    "en": r"this|these|those|such an?|the (?:former|latter|same|aforementioned|said|other two|two)",
    "de": r"dies|diese[rsmn]?|jene[rsmn]?|solche[rsmn]?|letztere[rsn]?|erstere[rsn]?|"
    r"(?:bereits|oben|schon) (?:erwähnt|genannt)\w*|besagte[rsmn]?",
    "fr": r"cette?|ces|celui-ci|celle-ci|ceux-ci|ce dernier|cette dernière",
    "es": r"est[eao]s?|es[eao]s?|dich[oa]s?",
    "it": r"quest[oaie]|quell[oaie]",
    "pt": r"est[ea]s?|ess[ea]s?|nest[ea]s?|ness[ea]s?|dest[ea]s?|dess[ea]s?",
    "nl": r"deze|dit",
    "tr": r"bu|bunun|bunlar\w*|söz konusu",
    "ar": r"و?هذا|و?هذه|و?ذلك|و?تلك|هؤلاء",
    "ru": r"этот|эта|это|эти|этой|этого|этих|этим|такие|такой",
}
# Persons and things named by a pronoun only.
_PRONOUNS = {
    "en": r"he|she|they|him|it|her|his|their|them|its|we|our|us|you|your",
    "de": r"er|sie|ihn|ihm|ihnen|ihr\w*|sein|seine\w*|es|wir|uns|unser\w*",
    "fr": r"ils?|elles?|leurs?|son|sa|ses|lui|nous|notre|nos",
    "es": r"él|ellas?|ellos|su|sus|nosotros|nuestr\w+",
    "it": r"egli|ella|loro|suo|sua|suoi|sue|lui|lei|noi",
    "pt": r"eles?|elas?|seus?|suas?|nós",
    "nl": r"hij|zij|ze|hem|hun|haar|wij|we|ons",
    "tr": r"o|onu|onun|onlar\w*|ona|biz\w*",
    "ar": r"هو|هي|هم|هما",
    "ru": r"он|она|они|его|её|их|ему|ей|им",
}

# "Second, ..." and "The first shows ...": one of several that were named before.
_COUNTED = re.compile(
    r"(?:(?:first|second|third|fourth|last|erst|zweit|dritt|premier|deuxièm|segund|primer)"
    r"(?:ly|ens|ement|e|o)?\s*,|"
    r"(?:the|der|die|das|le|la|el) (?:first|second|third|last|erste|zweite|dritte|letzte|premi\w+|"
    r"seconde?|deuxième|derni\w+|primer[oa]|segund[oa]) (?:is|was|are|were|has|had|shows?|ist|war|hat|"
    r"zeigt|est|fut|était|es|fue|era)\b)",
    re.IGNORECASE,
)
# "Some ..." says of no thing in particular what it says.
_VAGUE = re.compile(
    r"(?:some|several|certain|other|einige|manche|certains?|certaines|plusieurs|algun[oa]s|ciert[oa]s|"
    r"alcun[ie]|algun[ms]|bazı|birçok|بعض|некоторые)\s",
    re.IGNORECASE,
)


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(_BEGINNINGS.get(language, "").split())


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str] | None:
    found = {"back": _BACK, "pronouns": _PRONOUNS, "ties": _TIES}[kind].get(language)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE) if found else None


def leans(sentence: str, language: str) -> bool:
    """Whether a sentence begins with a word that points back."""
    if _COUNTED.match(sentence):
        return True
    first = re.match(r"\W*(\w+)", sentence)
    return bool(first) and first[1].lower() in _words(language)  # type: ignore[index]


def unnamed(sentence: str, language: str) -> bool:
    """Whether what a sentence speaks of was named before: its first words, or those after an opening
    such as "In 1899, ..." or "When melted, ...", lean on what is not there."""
    first = " ".join(sentence.split()[:5])
    found = re.match(r"[^,،]{3,60}[,،]\s*((?:\S+\s*){1,2})", sentence)
    opening = f"{first} … {found[1]}" if found else first
    if _UNSAID.search(" ".join(sentence.split()[:8])):
        return True
    back = points_back(opening, language) or pronouns(opening, language) or ties(opening, language)
    return leans(sentence, language) or bool(back)


def points_back(text: str, language: str) -> bool:
    """Whether there is a "this" or "the latter" anywhere in it."""
    pattern = _pattern("back", language)
    return bool(pattern and pattern.search(text))


def ties(text: str, language: str) -> int:
    """Return how many words like "however" or "for example" tie it to what was said before."""
    pattern = _pattern("ties", language)
    return len(pattern.findall(text)) if pattern else 0


def known_thing(sentence: str, language: str) -> str:
    """Return the noun of a beginning like "The treaty offered ...", which was named before; "" for other
    beginnings, also for "The treaty of Rome ..."."""
    found = re.findall(r"\w+", sentence[:80])
    opening = re.match(r"(\w+)\s+\w+\s+\w+,", sentence)
    if opening and language in ("en", "fr", "es") and opening[1].lower() in _LEADS:
        found = [*found[1:3], ""]  # "Under the deal, ..."
    if len(found) < 3 or found[0].lower() not in _THE.get(language, "").split():
        return ""
    alone = found[2].lower() not in _OF and not found[2][:1].isupper() and found[1][1:].islower()
    if language == "de":
        alone = alone and found[1][:1].isupper()
    return found[1] if alone and (language == "de" or found[1].islower()) else ""


def vague(sentence: str) -> bool:
    """Whether a sentence begins with "Some ...", so that many things might be meant."""
    return bool(_VAGUE.match(sentence))


def pronouns(text: str, language: str) -> int:
    """Return how many pronouns of the third person (and "we") a text has."""
    pattern = _pattern("pronouns", language)
    return len(pattern.findall(text)) if pattern else 0


REFERENCE = re.compile(
    r"\b(?:as (?:shown|seen|mentioned|described|noted) (?:above|below|earlier|in)|the (?:former|latter)\b|"
    r"(?:see|cf\.|siehe|vgl\.|voir|véase|bkz\.?)\s+(?:also\s+)?(?:the\s+)?"
    r"(?:fig|table|page|section|chapter|abb|tab|seite|kapitel)|(?:figure|fig\.|table|abbildung|abb\.|"
    r"tabelle|tableau|tabla|şekil|tablo)\s*\d|the (?:above|following|preceding)\b|wie oben|siehe oben|"
    r"ci-dessus|ci-dessous|arriba mencionad|\(see\b|\[(?:\d+|citation needed|note \d+|Anm\.[^\]]*)\]|https?://|www\.)",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"^\s*(?:figure|fig|table|tab|abbildung|abb|tabelle|figura|tabla|tableau|şekil|tablo|شكل|جدول|chapter|"
    r"section|kapitel|chapitre|capítulo|bölüm|exercise|aufgabe|question|source|quelle)\s*\.?\s*\d",
    re.IGNORECASE,
)
