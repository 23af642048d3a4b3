"""The words that the gates look for, in the languages that edu meets most."""

import re

# A sentence that begins with one of these cannot be understood without the one before it.
_DANGLING = """
this that these those it its they their them he she his her such both another others however
therefore thus hence moreover furthermore also but and or so then consequently instead
nevertheless nonetheless additionally similarly likewise meanwhile otherwise besides here there
afterwards later which who whose
dies diese dieser dieses diesem diesen es er sie ihr ihre ihrer sein seine seiner solche jene jener
jedoch daher deshalb außerdem ausserdem dadurch dabei damit aber und oder auch so dann beide
hierbei hierdurch dazu deswegen somit dennoch zudem trotzdem stattdessen danach dort hier darüber
ce cet cette ces il elle ils elles son sa ses leur leurs cela ceci donc ainsi cependant mais et ou
toutefois pourtant aussi alors puis ensuite celui celle ceux celles
este esta estos estas ese esa esos esas eso esto él ella ellos ellas su sus así sin pero y o además
también entonces luego ambos
questo questa questi queste esso essa essi esse egli ella loro però quindi inoltre anche
isto isso esse essa estes estas ele ela eles elas seu sua porém além também portanto
dit deze die dat het hij zij hun haar echter daarom ook maar en dus
bu bunlar şu o onlar onun bunun ayrıca ancak fakat ama böylece bununla buna onu bunu
هذا هذه هؤلاء ذلك تلك هو هي هم وهو وهي وهذا وهذه لكن ولكن كما وكذلك أيضا لذلك ثم وقد فقد كذلك
это этот эта эти он она оно они его её их такой также однако поэтому
"""
DANGLING = frozenset(_DANGLING.split())
POINTING = re.compile(
    r"\b(?:as (?:shown|seen|mentioned|described|noted) (?:above|below|earlier|in)|the (?:former|latter)\b|"
    r"(?:see|cf\.|siehe|vgl\.|voir|véase|bkz\.?)\s+(?:also\s+)?(?:the\s+)?"
    r"(?:fig|table|page|section|chapter|abb|tab|seite|kapitel)|(?:figure|fig\.|table|abbildung|abb\.|"
    r"tabelle|tableau|tabla|şekil|tablo)\s*\d|the (?:above|following|preceding)\b|wie oben|siehe oben|"
    r"ci-dessus|ci-dessous|arriba mencionad|\(see\b|\[\d+\]|https?://|www\.)",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"^\s*(?:figure|fig|table|tab|abbildung|abb|tabelle|figura|tabla|tableau|şekil|tablo|شكل|جدول|chapter|"
    r"section|kapitel|chapitre|capítulo|bölüm|exercise|aufgabe|question|source|quelle)\s*\.?\s*\d",
    re.IGNORECASE,
)
_ABSOLUTE = (
    "always never only every all none nobody immer nie niemals nur alle keine toujours jamais seulement "
    "tous aucun siempre nunca solo sólo todos ninguno her asla sadece hiçbir دائما أبدا فقط"
)
ABSOLUTE = frozenset(_ABSOLUTE.split())
EVERYTHING = re.compile(
    r"\b(?:(?:all|none|both|any|either|neither) of (?:the|these)|all (?:the )?above|none above|"
    r"(?:alle|keine|keines) (?:der|davon|oben)|(?:toutes?|aucune?) (?:de ces|ces|des)|"
    r"(?:todas?|ninguna?) (?:las|de las)|hepsi|hiçbiri|كل ما سبق|لا شيء)",
    re.IGNORECASE,
)
HOSTILE = re.compile(
    r"<\s*[/!a-z?]|&(?:lt|gt|#\d|#x)|javascript:|data:text|!?\[[^\]]*\]\([^)]*\)|```|\{\{|\{%|\$\{|"
    r"https?://|www\.|on(?:error|load|click)\s*=|"
    r"ignore (?:all |the |any )?(?:previous|above|prior) |system prompt|you are (?:now )?(?:an? )?(?:ai|"
    r"assistant|language model)|<\|im_|\[/?inst\]|as an ai\b",
    re.IGNORECASE,
)
# What stands between a thing and its other name.
ALIAS = (
    r"⟨|or|also (?:called|known as|termed|named)|(?:also )?known as|i e|that is|called|"
    r"oder|auch|auch (?:als|genannt)|genannt|bzw|ou|aussi (?:appelé|appelée|nommé)|appelée?|"
    r"o|también (?:llamado|llamada|conocido como)|llamad[oa]|veya|ya da|diğer adıyla|أو|المعروف باسم"
)
