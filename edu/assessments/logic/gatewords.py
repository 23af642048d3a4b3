"""The words that the gates look for, in the languages that edu meets most."""

import re

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
