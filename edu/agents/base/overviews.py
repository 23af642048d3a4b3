"""Requests for all of a text rather than for one fact of it: "summarise chapter 2", "key points".

Recognised by rule in the languages of wording.py. What is left of the request, without the words for
"the text" and the like, is its target: a part, a material or a topic, "" for all there is.
"""

import re
from functools import cache

from edu.agents.base import intents
from edu.common import language as words

FORMS = ("terms", "outline", "points", "about", "summary")
TOPICAL = ("summary", "outline")  # of a topic that is no part of a material, they ask to explain it

# The triggers of each form; what stands around them is its target. Verbs that stand last in their
# language take it from before them (_LAST).
_TRIGGERS = {
    "terms": r"""
        (?:key|important|main|central|technical|new) (?:terms|words|vocabulary|concepts|notions)|keywords
        glossary|vocabulary list
        (?:schlüssel|fach|grund|kern)(?:begriffen?|wörter)
        (?:wichtig(?:e|en|sten)|zentralen?) (?:begriffen?|fachwörter)|glossar
        (?:termes|mots|notions|concepts)[- ](?:clés?|clefs|importants|importantes|principaux|essentiels)
        mots-clés|glossaire
        (?:términos|palabras|conceptos) (?:claves?|importantes|principales|fundamentales)|glosario
        (?:termini|parole|concetti) (?:chiave|importanti|principali)|glossario
        (?:termos|palavras|conceitos)[- ](?:chave|importantes|principais)|palavras-chave|glossário
        (?:kern|sleutel)(?:begrippen|woorden)|belangrijk(?:e|ste) (?:begrippen|termen)|begrippenlijst
        woordenlijst
        (?:anahtar|önemli|temel) (?:terim|kelime|kavram|sözcük)\w*|sözlükçe\w*|terimler\w*
        (?:المصطلحات|المفاهيم|الكلمات)(?: (?:الرئيسية|الأساسية|المهمة|المفتاحية))?
        أهم (?:المصطلحات|المفاهيم|الكلمات)|مسرد\w*
        (?:ключев\w+|основн\w+|главн\w+|важн\w+) (?:термин\w*|понят\w+|слов\w*)|глоссарий|словарь терминов
    """,
    "outline": r"""
        outline|table of contents
        structure(?= (?:of|in) (?:(?:the|this|my|our) )?(?:text|material|document|chapter|lecture)\b)
        structure(?= (?:of|in) (?:(?:the|this|my|our) )?(?:lesson|course|book|article)\b)
        gliederung|gliedere|inhaltsverzeichnis
        (?:der )?aufbau(?= (?:des|der|dieses|vom) (?:text|material|dokument|kapitel|skript|kurs|buch|artikel))
        plan(?= (?:du|de la|de l|des|de ce|détaillé))|table des matières|sommaire
        esquema|índice
        estructura(?= (?:del|de la|de este|de los) (?:text|materi|document|capítul|curs|libr|artícul))
        (?:schema|struttura)(?= (?:del|di questo|della)\b)|scaletta|indice
        esquema|sumário|índice|estrutura(?= (?:do|deste|da)\b)
        inhoudsopgave|hoofdlijnen|opzet(?= van\b)
        (?:ana )?taslak\w*|taslağ\w*|içindekiler\w*|ana hat\w*
        (?:مخطط|فهرس|هيكل|مخططا)(?: تفصيلي)?|الخطوط العريضة
        (?:план|структур\w+|оглавление)(?= (?:текст|материал|глав|документ|книг|лекци|курс|раздел)\w*)
        оглавление|составь план
    """,
    "points": r"""
        (?:key|main|important|essential|central) (?:points?|ideas?|facts|takeaways?|messages?)
        (?:key|main|important|essential|central) (?:statements?|things|findings)
        most important (?:points?|ideas?|facts|things|parts)|takeaways?|highlights|bullet points
        main thing to remember
        (?:kern|haupt)(?:aussagen?|punkte?n?|gedanken?|ideen?|thesen)|stichpunkte?n?
        (?:das |die )wichtigste[ns]?(?: (?:punkte|aussagen|fakten|ideen|inhalte|dinge|erkenntnisse))?
        (?:wichtigsten|wesentlichen|zentralen) (?:punkte|aussagen|fakten|ideen|inhalte|dinge)
        (?:points|idées|faits|éléments) (?:clés?|clefs|essentiel(?:le)?s|principa(?:ux|les)|importante?s)
        l'essentiel
        (?:puntos|ideas|hechos) (?:claves?|principales|esenciales|importantes)|lo (?:más importante|esencial)
        (?:punti|idee|fatti) (?:chiave|principali|essenziali|importanti)|l'essenziale
        (?:pontos|ideias|fatos|factos)[- ](?:chave|principais|essenciais|importantes)|o essencial
        (?:kern|hoofd)(?:punten|gedachten|zaken|ideeën)|belangrijkste (?:punten|ideeën|feiten)
        (?:ana|önemli|temel|kilit|anahtar) (?:nokta|fikir|fikr|düşünce|bilgi)\w*
        (?:النقاط|الأفكار|الحقائق) (?:الرئيسية|الأساسية|المهمة)|أهم (?:النقاط|الأفكار|ما)|رؤوس الأقلام
        (?:ключев\w+|основн\w+|главн\w+) (?:пункт\w*|мысл\w+|иде\w+|момент\w*|тезис\w*|положени\w+)
        самое (?:главное|важное)
    """,
    "summary": r"""
        summari[sz]e(?: up)?|sum(?: it| this| that)? up|recap|summary|summaries|overview|synopsis|gist|tl;?dr
        zusammenfassung|zusammenfassen|überblick|kurzfassung|resümee
        résume(?:r|z|-moi)?|résumé|synthèse|aperçu|vue d'ensemble
        resum(?:e|ir|en|a|ime|irme|irlo|elo)|resúme(?:me|lo|nos)|síntesis|sinopsis
        riassum(?:i|ere|imi)|riassunto|sintesi|sintetizza|riepilogo|riepiloga
        resum(?:a|e|o|ir|e-me)|síntese|visão geral
        samenvatting|samenvatten|samenvat|overzicht
        özetle(?:yin|yebilir|r|mek|rsen)?|özet(?:i|ini|le)?(?: çıkar(?:ır)?| ver(?:ir)?| yaz)?
        لخ[ّ]?ص(?:ي|لي|ها|ه)?|ملخصا?|تلخيص|خلاصة|اختصر|موجزا?|نبذة
        резюмируй|обобщи|перескажи(?: кратко)?|кратко (?:изложи|перескажи)|краткое содержание|резюме
        конспект|суммируй
    """,
}
_LAST = re.compile(
    r"(?:zusammenfassen|zusammen|gliedern|samenvatten|samen|özetle\w*|özet\w*(?: \w+)?|ana hat\w*|"
    r"taslak\w*|taslağ\w*|"
    r"içindekiler\w*|\w+ (?:nokta|fikir|düşünce|bilgi|terim|kelime|kavram|sözcük)\w*|sözlükçe\w*|"
    r"terimler\w*)$",
    re.IGNORECASE,
)
# Whole sentences with their target in a group.
_SENTENCES = (
    (
        "summary",
        r"fass(?:e|t|en sie)?\s+(?:mir\s+)?(?:bitte\s+)?(?P<t>.*?)\s*(?:kurz\s+)?zusammen\b",
    ),
    ("summary", r"vat\s+(?P<t>.*?)\s*(?:kort\s+)?samen\b"),
    (
        "about",
        r"what(?:['’]s| is| are| was| were)\s+(?P<t>(?:(?:this|that|it|the|these|those|my|our|chapter|"
        r"section|part|unit|"
        r"lesson|page|slide|all)\b.*?)|it)\s+(?:all\s+|mainly\s+|mostly\s+)?about\s*[?.!]*$",
    ),
    (
        "about",
        r"what (?:do|does) (?P<t>(?:this|that|it|the|these|my|our|chapter|section|part|unit|lesson|page|"
        r"slide)\b.*?)\s+"
        r"(?:talk about|deal with|cover|discuss|treat)\s*[?.!]*$",
    ),
    ("about", r"what(?:['’]s| is) the (?:main )?(?:topic|subject|theme) (?:of|in) (?P<t>.*)"),
    ("about", r"(?:worum|um was) geht(?:['’]s| es)?(?P<t>.*)"),
    ("about", r"wovon handel(?:t|n)(?P<t>.*)"),
    ("about", r"was ist das (?:haupt)?thema(?P<t>.*)"),
    (
        "about",
        r"de quoi (?:parle(?:nt)?|traite(?:nt)?|s['’]agit[- ]il|est[- ]il question)(?P<t>.*)",
    ),
    ("about", r"quel est le (?:sujet|thème)(?P<t>.*)"),
    ("about", r"¿?\s*(?:de|sobre) qu[ée] (?:tratan?|hablan?|van?)(?P<t>.*)"),
    ("about", r"¿?\s*cu[áa]l es el tema(?P<t>.*)"),
    ("about", r"di (?:che cosa|che|cosa) (?:parlano?|trattano?|si tratta)(?P<t>.*)"),
    ("about", r"(?:do|de|sobre) (?:o )?qu[eê] (?:tratam?|falam?)(?P<t>.*)"),
    ("about", r"waar gaa[nt]\s+(?P<t>.*?)\s*over\b\s*[?.!]*$"),
    ("about", r"(?P<t>.*?)\s*\bne(?:yle)? (?:hakkında|ilgili|anlatıyor|anlatır)\w*\s*[?.!]*$"),
    ("about", r"(?P<t>.*?)\s+(?:ana )?konusu ne(?:dir)?\s*[?.!]*$"),
    ("about", r"(?:عن ماذا|عم[ا]?|ماذا) (?:يتحدث|تتحدث|يتكلم|يدور|يتناول|تتناول)(?P<t>.*)"),
    ("about", r"ما (?:هو )?(?:موضوع|مضمون)(?P<t>.*)"),
    ("about", r"о ч[её]м (?:говорится|рассказывает\w*|ид[её]т речь)?(?P<t>.*)"),
)
_WHAT_IS_ONE = re.compile(
    r"(?:what(?:['’]s| is) an? |was ist eine? |qu['’]est[- ]ce qu['’]une? |¿?\s*qu[ée] es una? |"
    r"cos['’]è un['’]?\w* |o que é uma? |wat is een |что такое |ما (?:هو|هي) (?:الملخص|المخطط|الفهرس)|"
    r"(?:özet|taslak|terim|kavram|sözlükçe) (?:nedir|ne demek))",
    re.IGNORECASE,
)
# Words that lead to a trigger ("make a short ...", "what are the ...") ...
_LEADS = """
    what which are is was were the list name make write create produce draw prepare up quick short brief
    concise provide do does i should know learn remember tell say generate build extract find there
    was welche sind die der das nenne liste erstelle mach mache schreib schreibe kurze kurzer kurzen kurz
    gib erstellen
    schreiben eine einen zähle auf
    quels quelles quel quelle sont est fais faire fait écris rédige dresse court courte bref brève liste
    liste-moi
    cuáles cuál qué son haz hazme hacer escribe redacta breve corto corta enumera lista
    quali qual sono è fai fammi scrivi breve elenca
    quais qual são faz faça escreve escreva breve lista liste
    wat welke zijn maak schrijf kort korte noem
    nelerdir nedir neler hazırla çıkar yaz listele say kısa kısaca
    ما هي هو اكتب اعمل قدم ضع اذكر عدد قصيرا قصير باختصار
    какие каковы какой составь напиши сделай краткое краткий перечисли назови выдели
"""
# ... and words for everything there is, or that say nothing of which part is meant.
_WHOLE = """
    text texts material materials document documents file files page pages article book lecture course
    script notes
    handout slides presentation recording video reading pdf content contents whole entire all everything it
    this
    that these those here my our your of about for from in on the a an please briefly shortly quickly short
    uploaded course's text's
    texte texten textes material materialien materials unterlagen dokument dokuments dokumente datei skript
    skripts kurs
    kurses buch buches artikel artikels vorlesung folien inhalt inhalts inhalte ganze ganzen gesamten alles
    hier hierin
    des der die das den dem dieses dieser diesem diese diesen meine meiner meinen mein von vom in im aus zu
    zum
    aufnahme beim bei denn eigentlich kurz bitte hochgeladenen
    texte document documents fichier cours livre article support supports contenu tout toute ici ce cet
    cette ces
    mon ma mes nos notre du de la le les des d l dans sur enregistrement tous brièvement
    texto textos documento documentos archivo curso libro artículo apuntes contenido todo toda aquí este
    esta estos
    estas mi mis nuestros del de la el los las en sobre grabación brevemente
    testo documento materiale materiali corso libro articolo dispensa contenuto tutto questo questa questi
    il lo gli del
    dello della dei di nel nella su mio miei qui
    texto documento material materiais curso livro artigo ficheiro arquivo conteúdo tudo este esta estes o
    os as do da dos de
    no na em sobre meu meus isto isso aqui
    tekst document materiaal materialen cursus boek artikel bestand inhoud alles dit deze mijn van het de
    in over hier
    metin metni metnin metinde metinden belge belgeyi belgenin ders dersi dersin materyal materyali
    materyalin materyaller
    materyalleri materyallerin materyallerim materyallerimi materyallerimin notlar notları notlarımı dosya
    dosyayı dosyanın
    kitap kitabı kitabın makale makaleyi makalenin bu bunu bunun şu her şeyi hepsini burada için hakkında
    kısaca misin
    bana içerik içeriği içeriğini kurs kursu kursun
    النص نص المادة المواد مادة مواد الوثيقة المستند الملف الكتاب المقال الدرس الدورة المحتوى كل كله هذا هذه
    هنا في من عن
    على لهذا لهذه للنص للمادة لي موادي بإيجاز
    текст текста тексте тексту материал материала материалы материалов документ документа файл файла книга
    книги статья
    статьи лекция лекции курс курса содержание всё все весь этот эта это этого этой здесь из в о по мой мои
    моих этом
    моим кратко мне
"""


@cache
def _set(listed: str) -> frozenset[str]:
    return frozenset(words.fold(word) for word in listed.split())


@cache
def _trigger(form: str) -> re.Pattern[str]:
    lines = [line.strip() for line in _TRIGGERS[form].strip().splitlines()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE)


@cache
def _sentence(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{pattern}", re.IGNORECASE)


def asked(text: str) -> tuple[str, str] | None:
    """Return (form, target) when `text` asks for an overview; None when it does not."""
    text = " ".join(text.split())
    plain = _undressed(text)
    if _WHAT_IS_ONE.match(plain):
        return None  # "what is an outline?" asks what the word means
    for form, pattern in _SENTENCES:
        found = _sentence(pattern).search(plain)
        if found:
            return form, _target(found.group("t"))
    for form in FORMS:
        if form not in _TRIGGERS:
            continue
        for found in _trigger(form).finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            if _only_leads(before):
                return form, _target(after)
            if _LAST.search(found.group()) and _only_leads(after):
                return form, _target(before)
    return None


def _undressed(text: str) -> str:
    """Return `text` without "please" and "can you tell me" in front."""
    lead = re.match(
        r"(?:(?:please|ok|so|and|bitte|und|also|s['’]il te plaît|et|por favor|y|lütfen|من فضلك|пожалуйста|"
        r"und)[,\s]+|"
        r"(?:can|could) you (?:please )?(?:tell me )?|(?:please )?tell me,? |"
        r"kannst du (?:mir )?(?:bitte )?(?:sagen,? )?)*",
        text,
        re.IGNORECASE,
    )
    return text[lead.end() :] if lead else text


def _only_leads(text: str) -> bool:
    return all(_idle(words.fold(each).strip("'")) for each in words.words(text))


def _idle(word: str) -> bool:
    """Whether a folded word leads to a trigger, means all there is, or dresses the request."""
    return word in _set(_LEADS) or word in _set(_WHOLE) or intents.is_dress(word)


def _target(text: str) -> str:
    """Return what is left of `text` without words for the whole and dress at its ends."""
    spans = words.word_spans(text)
    said = [words.fold(text[start:end]) for start, end in spans]
    idle = [_idle(word) for word in said]
    kept = [at for at, each in enumerate(idle) if not each]
    if not kept:
        return ""
    return text[spans[kept[0]][0] : spans[kept[-1]][1]].strip(" \"'“”„«»")
