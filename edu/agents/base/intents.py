"""What a learner wants, by the words of many languages. Rules: a model need not be asked for this.

A command is recognised when it is all that was said ("a hint, please"), or when it stands first and a
topic follows ("give me an example of osmosis"). A sentence that merely has such a word in it ("what was
the first hint that atoms exist?") is a question like any other.
"""

import re
from functools import cache

from edu.common import language as words

# A command in its ways of saying; it may be dressed in the words of _DRESS.
_COMMANDS: dict[str, str] = {
    "hint": r"""
        hints?|clues?|nudge|help|help me(?: out)?|i(?:['’]m| am) stuck
        hinweise?|tipps?|hilfe|hilf mir|ich komme nicht weiter
        indices?|aide[- ]moi|coup de pouce|je suis bloquée?
        pistas?|ayúdame|ayuda|estoy atascad[oa]
        suggeriment[oi]|indizi[o]?|aiutami|aiuto
        dicas?|ajuda[- ]me|me ajud[ae]|ajuda
        hulp|ik zit vast
        ipucu|yardım(?: et)?
        تلميحا?|ساعدني
        подсказк\w|подскажи|помоги(?: мне)?
    """,
    "check_me": r"""
        check me|test me|quiz me|ask me(?: something)?|question me
        (?:check|test) my (?:knowledge|understanding)|(?:ask|give) me a question
        (?:another|next|new) question|next one|practi[sc]e
        prüf(?:e)? mich|teste? mich|frag(?:e)? mich(?: ab| etwas)?|stell(?:e)? mir eine frage
        (?:nächste|neue|noch eine) frage|üben
        teste[- ]moi|interroge[- ]moi|pose[- ]moi une question|(?:autre|prochaine) question
        ponme a prueba|pregúntame(?: algo)?|hazme una pregunta|(?:otra|siguiente) pregunta
        examíname
        interrogami|mettimi alla prova|fammi una domanda|(?:altra|prossima) domanda
        testa[- ]me|me teste|faz[- ]me uma pergunta|me faça uma pergunta
        (?:outra|próxima) pergunta
        overhoor me|test mij|toets me|stel me een vraag|(?:volgende|nieuwe) vraag
        beni sına|beni test et|bana(?: bir)? soru sor|(?:başka|yeni|sonraki) soru
        اختبرني|اسألني(?: سؤالا)?|سؤال آخر
        проверь меня|спроси меня|задай(?: мне)? вопрос|(?:следующий|другой) вопрос
    """,
    "simpler": r"""
        simpler|more simply|simplify(?: it| this| that)?|easier
        (?:in )?simple(?:r)? (?:words|terms|language)|too (?:hard|difficult|complicated)
        i do(?:n['’]?t| not) (?:understand|get)(?: it| this| that)?
        (?:explain|say)(?: it| this| that)?(?: more)? (?:simpler|simply)|like i['’]?m five
        einfacher|(?:erklär(?:e)?|sag)(?: es| das| mir das)? einfacher|in einfachen worten
        zu (?:schwer|schwierig|kompliziert)|(?:das )?verstehe? ich nicht
        ich verstehe? (?:das|es) nicht
        plus simple(?:ment)?|plus facile|trop (?:dur|difficile|compliqué)|je ne comprends pas
        más (?:simple|sencillo|fácil)|más simplemente|muy difícil|no (?:lo )?entiendo
        più (?:semplice|facile|semplicemente)|troppo difficile|non (?:ho )?cap(?:isco|ito)
        mais (?:simples|fácil)|muito difícil|não (?:entendo|entendi|percebo|percebi)
        simpeler|eenvoudiger|makkelijker|te moeilijk|ik (?:begrijp|snap) het niet
        daha (?:basit|kolay)|çok zor|anlamadım|anlamıyorum
        أبسط|ابسط|بشكل أبسط|لا أفهم|لم أفهم
        проще|попроще|слишком сложно|(?:я )?не понимаю|не понял\w?
    """,
    "example": r"""
        examples?
        beispiele?
        exemples?
        ejemplos?
        esempi(?:o)?
        exemplos?
        voorbeeld(?:en)?
        örnek(?:ler)?(?: ver)?
        مثالا?|أمثلة
        примеры?|приведи пример
    """,
    "more": r"""
        tell me more|more(?: details?| information| please)?|(?:go|carry) on|continue|what else|anything else
        keep going|(?:say|explain) more|in more detail|more about (?:it|this|that)
        (?:erzähl|sag)(?:e)? mir mehr(?: dar[üu]ber| dazu)?|mehr(?: dazu| darüber| details)?|weiter so
        mach(?:e)? weiter|was noch|und weiter|genauer|ausführlicher
        (?:dis|dites|raconte)[- ]m[’']?en plus|dis[- ]moi en plus|(?:en )?plus de détails|continue[zr]?
        quoi d['’]autre
        (?:dime|cuéntame) más(?: sobre (?:eso|esto|ello))?|más detalles|continúa|sigue|qué más
        dimmi di più|più dettagli|continua|che altro
        (?:diz|conta|fala)[- ]me mais|mais detalhes|continua|o que mais
        vertel (?:me )?meer|meer (?:details|hierover)|ga door|wat nog meer
        (?:bana )?daha fazla(?:sını)? (?:anlat|söyle|bilgi ver)|daha fazla(?: bilgi| ayrıntı)?
        devam et|başka ne var
        (?:أخبرني|اخبرني|حدثني)(?: عنه)? (?:المزيد|أكثر)|المزيد|أكمل|واصل|ماذا أيضا
        расскажи(?:те)? (?:мне )?(?:больше|ещё|еще|подробнее)|подробнее|продолжай(?:те)?|что ещё|что еще
    """,
    "explain_differently": r"""
        (?:explain|say|put)(?: it| this| that)? (?:differently|again|in other words)
        (?:explain|say|put)(?: it| this| that)? (?:in )?(?:another|a different) way
        another explanation|differently|in other words|rephrase(?: it| this| that)?|another way
        (?:erklär(?:e)?|sag)(?: es| das| mir das)? (?:anders|noch ?mal|nochmal|noch einmal)
        anders|mit anderen worten|andere erklärung
        (?:explique|dis)(?:[- ]le)? autrement|autrement|en d['’]autres termes|autre explication
        (?:explícalo|dilo) de otra (?:manera|forma)|de otra (?:manera|forma)|en otras palabras
        otra explicación
        (?:spiegalo|dillo) (?:diversamente|in altro modo)|in altro modo|in altre parole
        altra spiegazione
        (?:explica|diz) de outra (?:forma|maneira)|de outra (?:forma|maneira)
        por outras palavras|em outras palavras
        leg het anders uit|anders uitgelegd|met andere woorden|andere uitleg
        başka türlü (?:açıkla|anlat)|farklı (?:açıkla|anlat)|başka bir deyişle
        بطريقة أخرى|اشرح(?:ها|ه)? بطريقة أخرى|بعبارة أخرى
        (?:объясни|скажи) (?:иначе|по-другому)|иначе|по-другому|другими словами
    """,
    "explain": r"""
        explain|describe|elaborate(?: on)?|tell me (?:more )?about|teach me(?: about)?
        explanation of
        erklär(?:e)?|beschreib(?:e)?|erläuter(?:e)?|erzähl(?:e)? mir (?:mehr )?(?:über|von)
        explique[zr]?|décri(?:s|vez)|parle[- ]moi de
        explica(?:me)?|explícame|describe|háblame de
        spiega(?:mi)?|descrivi|parlami di
        explica[- ]me|explique|descreva|fala[- ]me (?:de|sobre)
        leg (?!het anders).{0,40}uit|beschrijf|vertel me (?:meer )?over
        açıkla(?:yın)?|anlat(?:ın)?
        اشرح(?: لي)?|صف
        объясни(?:те)?|опиши(?:те)?|расскажи(?:те)?(?: мне)? (?:о|об|про)
    """,
    "unknown": r"""
        i do(?:n['’]?t| not) know|no idea|dunno|idk|skip|pass|i give up
        (?:das )?weiß ich nicht|ich weiß (?:es )?nicht|weiß nicht|keine ahnung|weiter
        je ne sais pas|aucune idée|je passe
        no (?:lo )?sé|ni idea|paso
        non (?:lo )?so|nessuna idea|passo
        não sei|nem ideia|passo
        (?:dat )?weet ik niet|ik weet het niet|geen idee
        bilmiyorum|fikrim yok|geç
        لا أعرف|لا اعرف|لا أدري
        (?:я )?не знаю|без понятия|пропустить
    """,
}
_DRESS = r"""
    please|pls|just|now|ok|okay|so|then|can|could|would|will|you|i|we|me|us|to|give|get|show|tell|have|need|
    want|like|may|let|a|an|another|one|some|more|the|next|first|for|of|on|about|with|it|this|that|in|do
    |bitte|mal|doch|noch|ein|eine|einen|einem|gib|gebt|mir|uns|zeig|kannst|könntest|du|ich|möchte|will|brauche|
    jetzt|dann|das|dazu|für|von|zu|zum|ist|mehr
    |s'il|te|plaît|plait|vous|donne|moi|nous|un|une|des|du|de|d|l|le|la|les|montre|peux|tu|je|veux|voudrais|
    encore|autre|plus|pour
    |por|favor|dame|da|me|una|unos|otra|otro|más|muestra|puedes|quiero|del|para|el|los|las|necesito
    |per|favore|dammi|uno|un'|altro|altra|mostrami|puoi|voglio|di|del|dello|della|vorrei|ancora
    |dá|dê|uma|um|outro|outra|mais|mostra|podes|pode|quero|do|da|preciso
    |alsjeblieft|geef|mij|een|nog|laat|zien|kun|je|ik|wil|meer|van|voor|over|het
    |lütfen|bana|bir|daha|ver|verir|misin|göster|istiyorum|için
    |من|فضلك|لو|سمحت|أعطني|اعطني|أعط|اعط|هات|اذكر|قدم|أريد|عن|على|لي|ل
    |пожалуйста|дай|дайте|мне|ещё|еще|один|одну|покажи|можешь|хочу|нужна|нужен|для
"""
_GREETINGS = """
    hi hello hey hiya yo good morning afternoon evening night thanks thank you very much cheers great nice
    cool ok okay fine super perfect bye goodbye see later welcome how are doing what's up lol haha wow yes
    no yeah yep nope sure alright there so a lot day
    hallo moin servus guten tag morgen abend gute nacht danke vielen dank schön sehr toll prima tschüss
    bis später gut ja nein klar wie geht's geht es dir
    bonjour salut bonsoir merci beaucoup bien super au revoir oui non d'accord ça va
    hola buenos días buenas tardes noches gracias muchas adiós hasta luego sí vale qué tal
    ciao buongiorno buonasera grazie mille arrivederci sì va bene come stai
    olá oi bom dia boa tarde noite obrigado obrigada muito tchau até logo sim tudo bem
    hoi dag goedemorgen bedankt dankjewel doei ja nee goed
    merhaba selam günaydın iyi akşamlar teşekkürler teşekkür ederim sağol hoşça kal evet hayır tamam nasılsın
    مرحبا أهلا اهلا السلام عليكم شكرا جزيلا صباح الخير مساء نعم لا حسنا كيف حالك وداعا
    привет здравствуй здравствуйте спасибо большое доброе утро добрый день вечер пока да нет хорошо как дела
"""
_SMALL_TALK = frozenset(words.fold(word) for word in _GREETINGS.split())
# Said by itself, each of these may answer a question instead.
_NO_GREETING_ALONE = """
    day morning evening afternoon night up good later very much a so are doing lot tag morgen abend nacht
    gut schön später sehr bien beaucoup au va dia días tardes noches tal bom noite tarde muito até
    giorno sera come stai molto dag günaydın akşamlar iyi صباح مساء الخير كيف утро день вечер большое как
    дела
"""
# "I see" and the like: they ask nothing and answer nothing.
_HEARD = re.compile(
    r"(?<!\w)(?:got it|i (?:see|got it|understand(?: it)?(?: now)?)|(?:that |it )?makes sense|understood|"
    r"(?:that|this) (?:helps|helped)|never ?mind|"
    r"alles klar|verstanden|(?:ich )?verstehe|das hilft|schon gut|"
    r"compris|je (?:comprends|vois)|entendido|ya (?:entiendo|veo)|(?:lo )?entiendo|de acuerdo|"
    r"(?:ho )?capito|d['’]accordo|percebi|entendi|begrepen|(?:ik )?snap (?:ik )?het|duidelijk|"
    r"anladım|فهمت|مفهوم|понятно|понял\w?|ясно)(?!\w)",
    re.IGNORECASE,
)
# Who begins so wants something done; a word for it that may stand for a thing as well is not here.
_REQUEST = re.compile(
    r"^\s*(?:(?:please|pls|ok(?:ay)?|so|and|but|well|now|just|bitte|und|also|aber|nur|s['’]il te plaît|et|"
    r"mais|por favor|y|pero|per favore|e|ma|mas|alsjeblieft|en|maar|lütfen|من فضلك|пожалуйста|и|но)[,\s]+)*"
    r"(?:(?:give|tell|show|teach|help|remind|find|send|bring) (?:me|us)|let(?:['’]s| us| me)|"
    r"(?:can|could|will|would) (?:you|we|i)|i(?: want|['’]d like| would like| need| have a question)|"
    r"summari[sz]e|sum up|translate|explain|describe|compare|"
    r"(?:gib|gebt|sag|zeig|erklär|erzähl|hilf|nenn)e? (?:mir|uns)|lass uns|kannst du|könntest du|"
    r"ich (?:will|möchte|brauche|habe eine frage)|fasse?|übersetze?|"
    r"(?:donne|dis|montre|explique|aide)[- ](?:moi|nous)|(?:peux|pourrais)[- ]tu|je (?:veux|voudrais)|"
    r"résume[rz]?|traduis|"
    r"(?:dame|dime|danos|muéstrame|explícame|ayúdame)|puedes|podrías|quiero|quisiera|resume|traduce|"
    r"(?:dammi|dimmi|mostrami|spiegami)|puoi|potresti|voglio|vorrei|riassumi|traduci|"
    r"(?:dá|diz|mostra|explica|ajuda)[- ]me|me (?:dê|diga|mostre)|podes|pode|poderia|quero|"
    r"geef|vertel|laat (?:me|mij|ons)|kun je|kan je|ik wil|vat|"
    r"bana|bize|özetle|yapabilir misin|istiyorum|"
    r"أعطني|اعطني|أخبرني|اخبرني|قل لي|أرني|هل يمكنك|أريد|لخص|ترجم|"
    r"дай(?:те)?|скажи(?:те)?|покажи(?:те)?|расскажи(?:те)?|можешь|можете|хочу|переведи)(?!\w)\s*\S",
    re.IGNORECASE,
)
# The answer itself is asked for: while a question is open that is what its hints lead to.
_ANSWER_WANTED = re.compile(
    r"(?:the (?:right |correct )?(?:answer|solution)|die (?:richtige )?(?:antwort|lösung)|"
    r"la (?:bonne )?(?:réponse|solution)|la (?:respuesta|solución)(?: correcta)?|"
    r"la (?:risposta|soluzione)(?: giusta)?|a (?:resposta|solução)(?: certa)?|"
    r"het (?:juiste )?antwoord|de oplossing|(?:doğru )?cevabı?|الإجابة|الاجابة|الجواب|الحل|"
    r"(?:правильный )?ответ)(?:\s+(?:please|now|bitte|söyle|ver|пожалуйста))*[\s.!?]*$",
    re.IGNORECASE,
)
_YES_OR_NO = "yes no yeah nope ja nein oui non sí si sì sim não nee evet hayır نعم لا да нет"
_ORDINALS = (
    r"first|erste\w*|premi\w+|primer\w*|prim[oa]|eerste|birinci|الأول\w*|перв\w+|1st|#1|no\.? 1",
    r"second|zweite\w*|deuxième|second\w*|segund\w+|tweede|ikinci|الثاني\w*|втор\w+|2nd|#2|no\.? 2",
    r"third|dritte\w*|troisième|tercer\w*|terz[oa]|terceir\w|derde|üçüncü|الثالث\w*|трет\w+|3rd|#3|no\.? 3",
    r"fourth|vierte\w*|quatrième|cuart\w|quart[oa]|vierde|dördüncü|الرابع\w*|четв[её]рт\w+|4th|#4|no\.? 4",
    r"fifth|fünfte\w*|cinquième|quint\w|vijfde|beşinci|الخامس\w*|пят\w+|5th|#5|no\.? 5",
)
_LAST = r"last|letzte\w*|dernière?|últim\w+|ultim[oa]|laatste|sonuncu|الأخير\w*|последн\w+"

# In Turkish the topic stands before the command.
_VERB_LAST = {
    "example": r"^\s*(.+?)\s+(?:için|ile ilgili|hakkında)\s+(?:bana\s+)?(?:bir\s+)?örnek(?:ler)?"
    r"(?:\s+(?:ver|göster|söyle)\w*)?[\s.!?]*$",
    "explain": r"^\s*(.+?)\s+(?:bana\s+)?(?:kısaca\s+)?(?:açıkla|anlat)(?:yın|ın|ır mısın|r mısın)?"
    r"[\s.!?]*$",
}


@cache
def _dress() -> frozenset[str]:
    return frozenset(words.fold(each.strip()) for each in _DRESS.replace("\n", "").split("|"))


@cache
def _command(name: str) -> re.Pattern[str]:
    lines = [line.strip() for line in _COMMANDS[name].strip().splitlines()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE)


def has_words(text: str) -> bool:
    """Whether there is any letter or digit in `text`."""
    return any(character.isalnum() for character in text)


def command(text: str) -> tuple[str, str] | None:
    """Return (intent, topic) when `text` is a command: `topic` is what is left of it, "" when it is
    about whatever was spoken of last. None when it is none."""
    text = " ".join(text.split())
    for name in (
        "explain_differently",
        "more",
        "simpler",
        "example",
        "check_me",
        "hint",
        "unknown",
        "explain",
    ):
        for found in _command(name).finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            if not _only_dress(before):
                continue
            if _only_dress(after):
                return name, ""
            if name in ("example", "explain", "simpler") and _leads(name, after):
                return name, _undress(after)
        if name in _VERB_LAST:
            last = re.search(_VERB_LAST[name], text, re.IGNORECASE)
            if last and not _only_dress(last.group(1)):
                return name, _undress(last.group(1))
    return None


def _leads(name: str, after: str) -> bool:
    """Whether what follows a command is its topic rather than the rest of another sentence."""
    if name == "simpler":
        return False
    if name == "explain":
        return True
    first = words.words(after)[:1]
    of = (
        "of",
        "for",
        "von",
        "für",
        "de",
        "d",
        "di",
        "van",
        "voor",
        "на",
        "عن",
        "على",
        "zu",
        "para",
        "per",
    )
    return bool(first) and words.fold(first[0]) in {words.fold(each) for each in of}


def is_dress(word: str) -> bool:
    """Whether a folded word only dresses a command, such as "please"."""
    return word in _dress()


def _only_dress(text: str) -> bool:
    return all(words.fold(word) in _dress() for word in words.words(text))


def _undress(text: str) -> str:
    """Return a topic without the words in front that only lead to it."""
    spans = words.word_spans(text)
    for start, end in spans:
        if words.fold(text[start:end]) not in _dress():
            return text[start:].strip(" .!?¡¿\"'“”")
    return ""


def small_talk(text: str) -> bool:
    """Whether `text` is nothing but a greeting, thanks or the like."""
    said = [words.fold(word).strip("'") for word in words.words(_HEARD.sub(" thanks ", text))]
    return bool(said) and len(said) <= 8 and all(word in _SMALL_TALK for word in said)


def only_courteous(text: str, whether: bool) -> bool:
    """Whether `text` is small talk beside an open question, rather than its answer: "night" alone may be
    what is asked for, and so may "yes" where something is so or not (`whether`)."""
    said = [words.fold(word).strip("'") for word in words.words(text)]
    alone = f"{_NO_GREETING_ALONE} {_YES_OR_NO if whether else ''}".split()
    return small_talk(text) and not (len(said) == 1 and said[0] in map(words.fold, alone))


def requests(text: str) -> bool:
    """Whether `text` asks to have something done."""
    return _REQUEST.match(text) is not None


def wants_answer(text: str) -> bool:
    """Whether `text` asks for the answer to the question that is open."""
    found = _ANSWER_WANTED.search(text)
    return found is not None and (requests(text) or not text[: found.start()].strip())


def which_one(text: str) -> int | None:
    """Return the number, from 1, that "the second one" names; -1 for the last; None for none."""
    low = text.lower()
    if len(words.words(low)) > 9:
        return None
    for number, pattern in enumerate(_ORDINALS, start=1):
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", low):
            return number
    return -1 if re.search(rf"(?<!\w)(?:{_LAST})(?!\w)", low) else None


def option_named(text: str, options: list[dict[str, str]]) -> str | None:
    """Return the id of the option that `text` names by its letter, its number or its words."""
    from rapidfuzz import fuzz

    plain = " ".join(words.fold(word) for word in words.words(text))
    named = re.fullmatch(r"(?:option |answer |antwort |opción |réponse )?([a-h]|[1-8])", plain)
    if named:
        sign = named.group(1)
        place = ord(sign) - ord("a") if sign.isalpha() else int(sign) - 1
        by_words = [o["id"] for o in options if " ".join(o["text"].lower().split()) == sign]
        if by_words:  # an option that is itself "2" is meant before the second one
            return by_words[0]
        return options[place]["id"] if place < len(options) else None
    marks = []
    for option in options:
        said = " ".join(words.fold(word) for word in words.words(option["text"]))
        marks.append((fuzz.ratio(plain, said), option["id"]))
    marks.sort(reverse=True)
    clear = len(marks) == 1 or marks[0][0] - marks[1][0] >= 12 or marks[0][0] == 100
    return marks[0][1] if marks and marks[0][0] >= 78 and clear else None
