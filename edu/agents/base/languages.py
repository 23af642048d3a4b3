"""Names of languages: in English for a model's prompt, in the asker's language for a sentence."""

_ENGLISH = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "tr": "Turkish",
    "ar": "Arabic",
    "ru": "Russian",
    "pl": "Polish",
    "uk": "Ukrainian",
    "sv": "Swedish",
    "da": "Danish",
    "no": "Norwegian",
    "fi": "Finnish",
    "cs": "Czech",
    "el": "Greek",
    "hu": "Hungarian",
    "ro": "Romanian",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "hi": "Hindi",
    "he": "Hebrew",
    "fa": "Persian",
    "th": "Thai",
    "vi": "Vietnamese",
    "id": "Indonesian",
}
# How each language of wording.py names the others, in the order of _ORDER, as it fits after "in".
_ORDER = ("en", "de", "fr", "es", "it", "pt", "nl", "tr", "ar", "ru")
_NAMED = {
    "de": "Englisch Deutsch Französisch Spanisch Italienisch Portugiesisch Niederländisch Türkisch "
    "Arabisch Russisch",
    "fr": "anglais allemand français espagnol italien portugais néerlandais turc arabe russe",
    "es": "inglés alemán francés español italiano portugués neerlandés turco árabe ruso",
    "it": "inglese tedesco francese spagnolo italiano portoghese olandese turco arabo russo",
    "pt": "inglês alemão francês espanhol italiano português neerlandês turco árabe russo",
    "nl": "Engels Duits Frans Spaans Italiaans Portugees Nederlands Turks Arabisch Russisch",
    "tr": "İngilizce Almanca Fransızca İspanyolca İtalyanca Portekizce Felemenkçe Türkçe Arapça Rusça",
    "ar": "الإنجليزية الألمانية الفرنسية الإسبانية الإيطالية البرتغالية الهولندية التركية العربية الروسية",
    "ru": "английский немецкий французский испанский итальянский португальский нидерландский турецкий "
    "арабский русский",
}


def english_name(code: str) -> str:
    """Return the English name of a language (ISO 639-1), or its code."""
    return _ENGLISH.get(code, code)


def name(code: str, language: str) -> str:
    """Return the name of a language as one says it in `language`, else its English name."""
    known = dict(zip(_ORDER, _NAMED.get(language, "").split(), strict=False))
    return known.get(code) or english_name(code)
