"""Words of everyday language that look like terms and are none, and the words that stand before nouns.

Lower case, ISO 639-1 keys. A language that is not here only lacks this help.
"""

_ARTICLES = {
    "en": "the a an this these that those its their his her our your my each every some any no",
    "de": "der die das des dem den ein eine einen einem einer eines diese dieser dieses diesem diesen "
    "jede jeder jedes kein keine ihre ihr seine sein im am zum zur vom beim",
    "fr": "le la les un une des du au aux ce cette ces son sa ses leur leurs chaque l'",
    "es": "el la los las un una unos unas este esta estos estas su sus del al cada",
    "it": "il lo la i gli le un una uno del della dei delle degli dello nel nella al alla dal dalla ogni",
    "pt": "o a os as um uma uns umas do da dos das no na nos nas ao cada este esta seu sua",
    "nl": "de het een deze dit die elke elk zijn haar hun",
    "sv": "en ett den det de varje sin sitt sina",
}
_JOINERS = {
    "en": "of",
    "fr": "de du d' des",
    "es": "de del",
    "it": "di del della dei delle d'",
    "pt": "de do da dos das",
    "ro": "de",
}
_GENERAL = {
    "en": """
ability able according act action actual add addition age allow amount answer appear approach area ask
available average back bad base based basic basis begin beginning best better big body bring build call
called case cases cause caused causes center central century certain change changes chapter choose citation
city claim class clear close come comes common compared complete concept condition conditions consider
considered contain contains continue control country course create created current data date day days
decade describe described details develop developed difference differences different difficult direct
early easily easy effect effects end entire equal especially event events example examples exist fact
factor feature features field figure final finally find finding first five follow following follows
force form formed forms found four free full function general generally get give good government great
greater group groups grow half hand happen happens hard help helps hence high higher highest history home
hour hours house idea ideas important include included includes including increase increased individual
information involve issue issues item job keep key kind kinds large larger largest late lead leading leads
learn leave left lesson level levels life light likely limited line list little live local long longer look
lot low lower main mainly major manner mark material matter mean meaning means method methods middle million
minute minutes modern moment month months move moves multiple name named names nature need needs new non note
noted number numbers object occur occurs old open order original page part particular particularly parts
past people period person place places play point points popular position possible power practice present
previous primarily problem problems process produce produced product program provide provided provides
public purpose question questions range rate read real reason reasons receive recent recently reduce
reference related remain report require required requires research rest result results right rise role
rule run school second section seen sense separate series serve set short show shown shows side similar simple
simply single situation size small smaller social source space special specific stage standard start state
stated states step steps stop story strong structure study subject support system systems table task term
terms test text thing third thought thousand three time times title today top total town true try turn
north south east west northern southern eastern western neighborhood neighbourhood appearance combination
responsibility location origin presence absence member members majority minority
two type types understand unit usual value values variety version view war week weeks whole wide word
words work worked works world write written wrong year years young
""",
    "de": """
abschnitt anfang anteil anzahl arbeit art arten aufgabe aufgaben bedeutung begriff beginn beispiel beispiele
norden süden osten westen verlegung umsetzung prinzip prinzipien
bereich bereiche besonders bild buch dinge einfach ende ergebnis fall folge folgen form formen frage fragen
ganze gegensatz grund gruppe gruppen hälfte hand hilfe idee jahr jahre jahren jahrhundert jahrhunderts
jahrzehnt kapitel lage land leben leute mal menge mensch menschen merkmal million millionen mitte
möglichkeit monat monate name namen ort platz problem prozent punkt reihe rolle sache seite seiten sinn
stadt stand stelle stunde stunden stück tag tage tagen teil teile teilen text thema titel typ
unterschied unterschiede ursache verfahren verhältnis wahl wege weise welt wert werte wirkung woche wort
wörter zahl zahlen zeit zeiten ziel zustand zweck abbildung tabelle aussage antwort lektion
""",
    "fr": """
nord sud est ouest
an ans année années cas chapitre chose choses côté début différence différent différents effet ensemble
exemple exemples façon fin fois forme formes grand grande grands groupe groupes heure heures homme idée
important jour jours lieu manière million millions mois moment monde moyen niveau nom nombre objet ordre
page partie parties pays personne personnes petit petite place plupart point premier première problème
question questions raison résultat rôle section siècle sorte suite système temps terme titre travail type
types valeur vie ville mot mots
""",
    "es": """
norte sur este oeste
año años caso casos capítulo cosa cosas cuestión día días diferencia diferente ejemplo ejemplos fin forma
formas gran grande grupo grupos hecho hombre hora horas idea importante lado lugar manera mayor medio mes
millones modo momento mundo nivel nombre número objeto orden página país parte partes persona personas
primer primera principal problema proceso pregunta punto razón resultado sección siglo sistema tema
tiempo tipo tipos título trabajo valor vida ciudad palabra palabras vez
""",
    "it": """
anno anni caso casi capitolo cosa cose differenza diverso esempio esempi fatto fine forma forme giorno
giorni grande grandi gruppo gruppi idea importante lato livello luogo maggior maniera mese mesi metodo
milioni modo momento mondo nome numero oggetto ordine pagina paese parte parti persona persone persona primo
prima problema punto ragione risultato ruolo secolo sezione sistema tempo termine tipo tipi titolo
valore vita città parola parole domanda
""",
    "pt": """
ano anos caso casos capítulo coisa coisas dia dias diferença diferente exemplo exemplos fato fim forma
formas grande grandes grupo grupos hora ideia importante lado lugar maneira maior meio mês milhões modo
momento mundo nível nome número objeto ordem página país parte partes pessoa pessoas primeira primeiro
problema processo pergunta ponto razão resultado seção século sistema tema tempo tipo tipos título
trabalho valor vida cidade palavra palavras vez
""",
    "nl": """
aantal deel delen dag dagen ding dingen eeuw einde feit gebied geval gevallen groep groepen groot grote
hoofdstuk jaar jaren kant keer land leven maand manier mens mensen moment naam naar nieuwe niveau
onderwerp persoon plaats probleem punt reden resultaat rol soort soorten stad stuk tijd type uur
verschil verschillende vorm vormen voorbeeld voorbeelden vraag vragen waarde week wereld woord woorden
""",
    "sv": """
antal antalet art betydelse del delar dag dagar ställe exempel fall form former fråga frågor grund grupp
grupper kapitel land liv länge mål människa människor namn nivå ord plats problem punkt roll sak saker
sida sidor sätt skillnad slut stad stor stora stort tid tider typ typer värde värld år århundrade
""",
    "tr": """
kuzey güney doğu batı
adet ad alan arası bazı biçim bölüm bölge büyük dönem durum dünya düzey fark farklı gün günü grup hal
insan insanlar iş kadar kez kişi konu kısım küçük neden nokta olay önemli örnek rol sayı sayfa sayısı
sonra sorun soru şehir süre tane tür türü ülke yer yıl yıllar yılda yılında yüzyıl zaman kelime değer sonuç
""",
    "ru": """
век века вид виды возможность время вопрос вопросы год года году годы город группа день дело жизнь
значение имя количество конец лет люди место метод мир момент начало образ образом объект отношение
пример примеры период порядок причина проблема процесс раздел результат роль слово слова случай состав
способ страна тема тип типы точка уровень условие форма формы цель часть части человек число
""",
    "ar": """
اسم إطار أثناء أجل أمثلة أهم أول بداية بشكل تاريخ تم جزء جميع جانب جديد جديدة حال حالة حوالي دور دولة
سبيل المثال سنة سنوات شخص شكل طريق طريقة عالم عام عدد عملية فترة فرق فصل قسم قيمة
كبير كبيرة كلمة مثال مجموعة مدينة
مرة مستوى مشكلة مكان منطقة موضوع نتيجة نظام نهاية نوع هدف واحد واحدة وجود وقت يوم
""",
}

ARTICLES = {language: frozenset(words.split()) for language, words in _ARTICLES.items()}
JOINERS = {language: frozenset(words.split()) for language, words in _JOINERS.items()}
GENERAL = {language: frozenset(words.split()) for language, words in _GENERAL.items()}
