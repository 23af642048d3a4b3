"""Words beside which a name stands, in many languages."""
# ruff: noqa: E501  (forms of one language stand on one line)

import re

# After these whatever comes is a name, in small letters too.
STRONG = re.compile(
    r"(?:\b(?:my (?:full |first |last |given |family |real )?name(?:'s| is|:)|name(?:'s| is|:)|i am called|i'm called|call me|signed,?|named|whose name is|"
    r"(?:his|her|their|our|the) (?:\w+ )?name(?:'s| is| was)|goes by|"
    r"ich heiße|ich heisse|heißt|heisst|heißen|mein(?:e)? (?:voller |vor|nach)?name(?:n)? (?:ist|lautet)|name:|nenn(?:t|en sie)? mich|namens|er heißt|sie heißt|gez\.|"
    r"je m['’]appelle|moi c['’]est|mon (?:nom|prénom)(?: complet)? (?:est|c['’]est)|nom:|prénom:|s['’]appelle(?:nt)?|se nomme|nommée?|appelez[- ]moi|"
    r"me llamo|mi nombre(?: completo)? es|nombre:|se llaman?|llamad[oa]|soy yo,|ll[aá]mame|"
    r"mi chiamo|il mio nome è|nome:|si chiama(?:no)?|di nome|chiamat[oa]|chiamami|"
    r"(?:eu )?me chamo|chamo-me|(?:o )?meu nome(?: completo)? é|se chama(?:m)?|chama-se|chamad[oa]|"
    r"(?:benim )?adım|ismim|adı soyadı:|ad soyad:|bana|adı|ismi|"
    r"меня зовут|мо[её] имя|его зовут|е[её] зовут|их зовут|зовут|по имени|фио:|имя:|подпись:?|"
    r"мене звати|мене звуть|моє ім['’]я|його звати|її звати|звати|звуть|"
    r"nazywam się|mam na imię|nazywa się|ma na imię|imieniem|imię:|"
    r"ik heet|mijn naam is|heet|genaamd|naam:|jag heter|mitt namn är|heter|jeg heter|jeg hedder|hedder|mit navn er|navnet mitt er|minun nimeni on|nimeni on|nimi:|"
    r"mă numesc|mă cheamă|numele meu este|jmenuji se|jmenuje se|volám sa|a nevem|úgy hívják|hívnak|με λένε|ονομάζομαι|το όνομά μου είναι|τον λένε|τη λένε|tên (?:tôi|em|mình) là|nama saya|bernama)"
    r"(?!\w)|اسمي(?: هو)?|إسمي|اسمه|اسمها|أدعى|يدعى|تدعى|الاسم:|اسم \w+|(?<!\w)(?:נקרא|קוראים לי|שמי|השם שלי|שמו|שמה)|"
    r"मेरा(?: पूरा)? नाम|(?:उसका|उनका|इसका) नाम|नाम:|ผมชื่อ|ฉันชื่อ|ดิฉันชื่อ|หนูชื่อ|ชื่อ|আমার নাম|என் பெயர்)"
    r"\s*[:,\-–]?\s*[\"'«„“]?",
    re.I,
)
# After these a word that begins with a capital, or that is a known name, is one.
WEAK = re.compile(
    r"(?:\b(?:i am|i'm|im|this is|it's|it is|hi|hello|hey|dear|hiya|thanks|thank you|cheers|regards|best(?: wishes| regards)?|sincerely|yours(?: truly| sincerely| faithfully)?|love|bye|from|written by|by|to|for|with|told|tell|ask(?:ed)?|met|and|or|"
    r"(?:my|our|his|her|their|your|a) (?:\w+ )?(?:friend|best friend|classmate|class mate|brother|sister|mother|father|mum|mom|dad|son|daughter|teacher|tutor|cousin|uncle|aunt|grandma|grandpa|grandmother|grandfather|husband|wife|partner|boss|coach|doctor|neighbou?r|girlfriend|boyfriend|colleague|roommate|therapist|twin|niece|nephew|boy|girl|student|pupil|mate|lab partner|desk mate)s?,?(?: is| was| called)?|"
    r"ich bin|das ist|hallo|hi|liebe[rs]?|lieber|guten (?:tag|morgen|abend)|servus|moin|grüße?|gruß|viele grüße|mit freundlichen grüßen|herzliche grüße|lg|mfg|danke|dein|deine|euer|eure|von|mit|für|an|und|oder|hat|"
    r"mein(?:e[nmr]?)? (?:\w+ )?(?:freund(?:in)?|schwester|bruder|mutter|vater|mama|papa|lehrer(?:in)?|onkel|tante|oma|opa|sohn|tochter|mann|frau|kollegin|kollege|cousin|cousine|mitschüler(?:in)?|nachbar(?:in)?|trainer(?:in)?|chef(?:in)?|klassenkamerad(?:in)?|banknachbar(?:in)?|zwilling\w*)|"
    r"je suis|c['’]est|bonjour|salut|cher|chère|coucou|cordialement|bien à vous|bises|merci|amicalement|avec|pour|par|chez|et|ou|à|dit|"
    r"(?:mon|ma|mes|notre|son|sa) (?:\w+ )?(?:amie?|copain|copine|sœur|soeur|frère|mère|père|maman|papa|prof(?:esseure?)?|oncle|tante|cousine?|fils|fille|mari|femme|voisine?|collègue|camarade(?: de classe)?|grand-mère|grand-père|entraîneur)|"
    r"soy|hola|querid[oa]s?|estimad[oa]|buenos días|buenas tardes|saludos?|atentamente|un abrazo|gracias|con|para|por|y|o|a|dice|dijo|firmado|"
    r"(?:mi|mis|nuestr[oa]|su|tu) (?:\w+ )?(?:amig[oa]|herman[oa]|madre|padre|mamá|papá|profesora?|maestr[oa]|tí[oa]|prim[oa]|hij[oa]|marido|esposa|novi[oa]|vecin[oa]|compañer[oa](?: de clase)?|abuel[oa]|jef[ea]|entrenador)|"
    r"sono|ciao|car[oa]|gentile|buongiorno|salve|saluti|cordiali saluti|grazie|con|per|da|e|"
    r"(?:mio|mia|miei|nostr[oa]|suo|sua) (?:\w+ )?(?:amic[oa]|fratello|sorella|madre|padre|mamma|papà|prof(?:essore(?:ssa)?)?|professoressa|maestr[oa]|zi[oa]|cugin[oa]|figli[oa]|marito|moglie|vicin[oa]|compagn[oa](?: di classe)?|nonn[oa]|allenatore)|"
    r"(?:eu )?sou(?: [oa])?|olá|oi|car[oa]|prezad[oa]|bom dia|boa tarde|abraços?|atenciosamente|obrigad[oa],?|com|para|por|"
    r"(?:meu|minha|nosso|nossa|seu|sua) (?:\w+ )?(?:amig[oa]|irmão|irmã|mãe|pai|professora?|ti[oa]|prim[oa]|filh[oa]|marido|esposa|namorad[oa]|vizinh[oa]|colega(?: de turma)?|av[óô]|chefe|treinador)|"
    r"ben|merhaba|selam|sevgili|sayın|saygılarımla|teşekkürler|sevgiler|ile|ve|"
    r"(?:arkadaşım|kardeşim|ablam|abim|annem|babam|öğretmenim|hocam|amcam|teyzem|kuzenim|komşum|dayım|halam|oğlum|kızım|eşim|sınıf arkadaşım|dedem|ninem|patronum)|"
    r"я|это|привет|здравствуйте|здравствуй|дорог(?:ой|ая)|уважаем(?:ый|ая)|с уважением|спасибо|от|с|со|и|для|к|у|"
    r"(?:мо[йяеюи]\w*|наш\w*|его|е[её]) (?:\w+ )?(?:друг\w*|подруг\w*|брат\w*|сестр\w*|мам\w*|пап\w*|мать|отец|отца|учител\w*|дяд\w*|т[её]т\w*|сын\w*|доч\w*|муж\w*|жен\w*|сосед\w*|однокласс\w*|одногрупп\w*|бабушк\w*|дедушк\w*|коллег\w*|тренер\w*)|"
    r"привіт|дорог(?:ий|а)|з повагою|мій друг|моя подруга|мій брат|моя сестра|cześć|drog[ai]|pozdrawiam|dzięki|jestem|mój (?:przyjaciel|kolega|brat)|moja (?:przyjaciółka|koleżanka|siostra)|"
    r"ik ben|beste|groeten|groetjes|met vriendelijke groet(?:en)?|mijn (?:vriend(?:in)?|broer|zus|moeder|vader|leraar|lerares|oom|tante|klasgeno(?:ot|te)|buurman|buurvrouw)|hej|kära|käre|kjære|kære|med vänlig hälsning|hilsen|min (?:vän|kompis|bror|syster|ven|venn|søster|lærer|lärare))"
    r"(?!\w)(?:['’]s)?[,:]?\s*(?:\n\s*)?[\"'«„“(]?)",
    re.I,
)  # fmt: skip
# After somebody's friend, sister or teacher a word that begins with a capital is a name, whichever it is.
_MINE = (
    r"(?:my|our|his|her|their|your|a|mein\w*|unser\w*|dein\w*|sein\w*|ihr\w*|mon|ma|mes|notre|son|sa|ton|ta|mis?|nuestr[oa]s?|su|tu|mi[oa]|miei|"
    r"nostr[oa]|suo|sua|meu|minha|nosso|nossa|seu|mijn|onze|ons|min|mój|moja|moim|mojej|мо\w+|наш\w*|его|её|ее|мій)"
)
_KIN = (
    r"(?:best friend|friend|class ?mate|brother|sister|mother|father|mum|mom|dad|son|daughter|teacher|tutor|cousin|uncle|aunt|grand(?:ma|pa|mother|father)|husband|wife|"
    r"partner|boss|coach|neighbou?r|girlfriend|boyfriend|colleague|room ?mate|twin|niece|nephew|lab partner|pal|buddy|"
    r"freund(?:in)?|schwester|bruder|mutter|vater|mama|papa|lehrer(?:in)?|onkel|tante|oma|opa|sohn|tochter|mann|frau|kolleg(?:in|en?)|cousine?|mitschüler(?:in)?|nachbar(?:in|n)?|trainer(?:in)?|chef(?:in)?|klassenkamerad(?:in|en)?|neffen?|nichte|"
    r"amie?|copain|copine|s(?:œ|oe)ur|frère|mère|père|maman|prof(?:esseure?)?|oncle|cousin|fils|fille|mari|femme|voisine?|collègue|camarade|"
    r"amig[oa]|herman[oa]|madre|padre|mamá|papá|profesora?|maestr[oa]|tí[oa]|prim[oa]|hij[oa]|marido|esposa|novi[oa]|vecin[oa]|compañer[oa]|abuel[oa]|"
    r"amic[oa]|fratello|sorella|mamma|papà|professor(?:e|essa)|zi[oa]|cugin[oa]|figli[oa]|marito|moglie|vicin[oa]|compagn[oa]|nonn[oa]|"
    r"irmão|irmã|mãe|pai|professora?|ti[oa]|filh[oa]|namorad[oa]|vizinh[oa]|colega|av[óô]|"
    r"vriend(?:in)?|broer(?:tje)?|zus(?:je)?|moeder|vader|leraar|lerares|oom|klasgeno(?:ot|te)|buur(?:man|vrouw)|neef|nicht|vän|kompis|bror|syster|ven|venn|søster|"
    r"друг\w*|подруг\w*|брат\w*|сестр\w*|мам\w*|пап\w*|учител\w*|дяд\w*|т[её]т\w*|сын\w*|доч\w*|муж\w*|жен\w*|сосед\w*|одноклассни\w*|бабушк\w*|дедушк\w*|"
    r"przyjaci\w+|koleg\w*|koleżank\w*|brat\w*|siostr\w*|mam\w*|tat\w*|nauczyciel\w*)"
)
_MORE = r"(?:\s+(?:de classe|de clase|di classe|de turma|called|named|is))?"
KIN = re.compile(
    rf"\b{_MINE}\s+(?:[^\W\d_]+\s+)?{_KIN}{_MORE}(?!\w)[,:]?\s+[\"'«„“(]?|"
    r"\b(?:(?:sınıf )?arkadaş(?:ım|ımız)|kardeşim|ablam|abim|ağabeyim|annem|babam|öğretmen(?:im|imiz)|hocam|amcam|teyzem|kuzenim|komşum|dayım|halam|oğlum|kızım|eşim|dedem|ninem)[,:]?\s+",
    re.I,
)
ARABIC = re.compile(
    r"(?<!\w)(?:صديق(?:ي|تي)|أخ(?:ي|تي)|اخي|اختي|معلم(?:ي|تي)|أستاذ(?:ي|تي)|مدرس(?:ي|تي)|زميل(?:ي|تي)|عم(?:ي|تي)|خال(?:ي|تي)|ابن(?:ي|تي)|والد(?:ي|تي)|أمي|أبي|جد(?:ي|تي)|زوج(?:ي|تي)|جار(?:ي|تي)|"
    r"السيدة?|الأستاذة?|الدكتورة?|المعلمة?|الآنسة|عزيزت?ي|مرحبا(?: يا)?|أهلا(?: يا)?|يا)[،,:]?\s+"
)
_TIED = "عبد أبو ابو بن ابن آل نور أم ام سيف شمس بنت"
COMPOUND = frozenset(_TIED.split())
"""Parts of Arabic names that never stand alone."""
# The line that a letter ends with.
SIGNED = re.compile(r"(?:[,،!.，。]|\n)[ \t\n]{0,5}(?P<v>[^\n,،.!?؟:;，。]{2,40})[.!]?$")
CLOSING = re.compile(
    r"(?:regards|wishes|sincerely|truly|faithfully|yours|love|cheers|thanks?(?: (?:you|a lot|so much|very much|in advance))?|thx|best|bye|xoxo|"
    r"grüße?n?|grüsse|gruß|danke(?: \w+)?|lg|vg|mfg|cordialement|bien à vous|bises|merci(?: beaucoup| d'avance)?|amicalement|salutations|saludos?|atentamente|abrazos?|gracias|"
    r"saluti|grazie(?: mille)?|abraços?|atenciosamente|obrigad[oa]|saygılar(?:ımla)?|sevgiler|teşekkürler|teşekkür ederim|уважением|спасибо|приветом|повагою|дякую|"
    r"groet(?:en|jes)?|bedankt|dank je(?: wel)?|pozdrawiam|dziękuję|dzięki|hälsning(?:ar)?|hilsen|tack|takk|tak|شكرا(?: لك| جزيلا)?|تحياتي|مع التحية|谢谢|敬上|此致|ありがとう(?:ございます)?|よろしく(?:お願いします)?|감사합니다)[\s,،!.。，]*$",
    re.I,
)
# Titles: what comes after them is a name, if it begins with a capital.
TITLE = re.compile(
    r"\b(?:[Mm]rs?|[Mm]s|[Mm]iss|[Mm]ister|[Ss]ir|[Mm]adam|[Mm]a['’]am|[Dd]r|[Pp]rof(?:essor)?|[Cc]oach|[Nn]urse|[Aa]unt(?:ie|y)?|[Uu]ncle|[Gg]rand(?:ma|pa)|[Tt]eacher|[Pp]rincipal|[Hh]err[n]?|[Ff]rau|[Ff]räulein|[Oo]nkel|[Tt]ante|[Oo]ma|[Oo]pa|[Pp]rofessorin|"
    r"[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Mm]me|[Mm]lle|M|[Mm]aître|[Tt]onton|[Tt]ata|[Ss]eñora?|[Ss]eñorita|[Ss]ra?|[Ss]rta|[Dd]on|[Dd]oña|[Pp]rofesora?|[Mm]aestr[oa]|[Tt]í[oa]|[Ss]ignora?|[Ss]ignorina|[Ss]ig(?:\.ra)?|[Dd]ott(?:\.ssa)?|[Dd]ottor(?:e|essa)|[Dd]octora?|[Dd]outora?|[Dd]oktor|[Dd]octeure?|[Ii]nfermiera|[Ee]nfermera|[Dd]okter|[Pp]rof\.ssa|[Zz]i[oa]|"
    r"[Ss]enhora?|[Dd]ona|[Pp]rofessora|[Tt]i[oa]|[Bb]ay|[Bb]ayan|[Ss]ayın|[Пп]ан[іиа]?|[Гг]осподин\w*|[Гг]оспож\w*|[Дд]яд[яюией]+|[Тт][её]т[яюеёй]+|[Уу]чител\w+|[Дд]октор\w*|[Пп]рофессор\w*|[Тт]оварищ|г-н|г-жа|[Pp]ani?|[Pp]ana|[Mm]eneer|[Mm]evrouw|[Mm]eester|[Jj]uf|[Ff]ru|[Ff]röken)(?:\.|(?=\s))\s*(?:(?:[Dd]r|[Pp]rof)\.\s*)?"
)
# Before these stands a name, if it begins with a capital.
AFTER = re.compile(
    r"(?:'s|’s)?,?\s+(?:here\b|again\b|hier\b|wieder\b|ici\b|encore\b|de nuevo|otra vez|aquí|di nuovo|ancora|qui\b|de novo|aqui\b|outra vez|yine\b|burada|снова|опять|здесь|weer\b|znowu|igen|said|says|told|tells|asked|asks|thinks|thought|helped|helps|gave|gives|showed|shows|wrote|writes|called|sent|sends|wants|wanted|likes|liked|explained|explains|and (?:i|me)\b|from my|in my class|is my|was my|lives|lent|copied|borrowed|bullied|"
    r"sagt|sagte|meint|meinte|fragt|fragte|hat (?:mir|gesagt|uns|mich)|hilft|half|schrieb|erklärt|erklärte|und ich|wohnt|aus meiner|ist mein\w*|a (?:dit|expliqué|écrit|demandé)|m['’]a|dit|pense|demande|explique|et moi|habite|est m(?:on|a)|me (?:ha )?(?:dijo|dice|explicó|contó|dicho)|dijo|dice|preguntó|piensa|y yo|vive|es mi|"
    r"mi ha|ha detto|dice|pensa|ha chiesto|e io|abita|è (?:il )?mi[oa]|me disse|disse|diz|perguntou|acha|e eu|mora|é (?:o |a )?(?:meu|minha)|bana|dedi|söyledi|sordu|anlattı|diyor|(?:ile|ve) ben|сказал\w*|говорит|спросил\w*|думает|объяснил\w*|помог\w*|написал\w*|и я|жив[её]т|сказав|сказала|powiedział\w*|mówi|zapytał\w*|zei|zegt|vroeg|vertelde)(?!\w)",
    re.I,
)
# Small words between which and a capital letter there is hardly anything but a name.
BEFORE = re.compile(
    r"(?<!\w)(?:that|think|believe|if|when|because|whether|than|like|are|us|me|is|was|group:?|team:?|names?|between|against|"
    r"que|si|porque|cuando|parce que|quand|avec|entre|como|che|se|perché|quando|tra|come|ki|gibi|için|что|если|когда|потому что|как|между|dat|als|omdat|tussen|że|jeśli|gdy|att|om|när)[ ,:]+$",
    re.I,
)
# Who does something together with the writer.
WITH_ME = re.compile(
    r"\s+(?:and (?:I|me|my)|und (?:ich|mir|mich)|et (?:moi|je)|y (?:yo|mí|a mí)|e (?:io|me)|e (?:eu|mim)|en (?:ik|mij)|ile (?:ben|biz|bir)|ve ben|и (?:я|мне|меня)|і я|i ja|och jag|og jeg)(?!\w)",
    re.I,
)
TURKISH_AFTER = re.compile(
    r"\s+(?:Bey|Hanım|Hoca|Hocam|Abi|Abla|Amca|Teyze|Öğretmen|Efendi)(?!\w)", re.I
)

HAN = re.compile(
    r"(?:我叫做?|我是|我的名字(?:是|叫)|本人|名字(?:是|叫)|名叫|姓名[:：是]|叫做|他叫|她叫|同学叫|朋友叫?|老师叫?|同桌|哥哥|姐姐|弟弟|妹妹|妈妈|爸爸|致|亲爱的|尊敬的|你好[，,]?|谢谢|和|跟|与|问|告诉|找|此致|署名[:：]?)\s*(?P<v>[\u4e00-\u9fff]{2,4}?)(?=的|是|和|跟|与|说|在|也|一|老师|同学|先生|女士|小姐|[，。！？,.!?\s）)」、；：:]|住|给|来|想|不|今|有|问|告|让|帮|教|又|再|$)|"
    r"(?P<w>[\u4e00-\u9fff]{2,3})(?=老师|同学|先生|女士|小姐|教授|医生|阿姨|叔叔)"
)
KANA = re.compile(
    r"(?:私の名前は|僕の名前は|名前は|私は|僕は|俺は|わたしは|氏名[:：は]|名前[:：])\s*(?P<v>[\u3040-\u30ff\u4e00-\u9fff々]{2,8}?(?:[ 　][\u3040-\u30ff\u4e00-\u9fff々]{1,6}?)?)(?=です|と申|といい|と言い|だ|で、|[、。,.\s]|$)|"
    r"(?P<w>(?:[\u4e00-\u9fff々]{1,5}|[\u30a0-\u30ff]{2,8}|[\u3040-\u309f]{2,5})(?:[ 　][\u3040-\u30ff\u4e00-\u9fff々]{1,5})?)(?=さん|くん|君|ちゃん|様|先生|氏(?!名)|先輩)|"
    r"(?:(?<=^)|(?<=[、。\sはの]))(?P<y>[\u3040-\u30ff\u4e00-\u9fff々]{2,8}?(?:[ 　][\u3040-\u30ff\u4e00-\u9fff々]{1,5})?)(?=と申します|といいます|と言います|という者)|"
    r"(?:友達の|友人の|先生の|兄の|姉の|弟の|妹の|母の|父の|同級生の|クラスメートの)(?P<x>[\u3040-\u30ff\u4e00-\u9fff々]{2,6}?(?:[ 　][\u3040-\u30ff\u4e00-\u9fff々]{1,5})?)(?=が|は|に|と|を|の|も|から|[、。\s])"
)
HANGUL = re.compile(
    r"(?:이름은|성함은|저는|나는|전|제 친구|내 친구|친구|동생|언니|오빠|누나|형|선생님인?|엄마|아빠|이름[:：])\s*(?P<v>[가-힣]{2,4}?(?: [가-힣]{1,3})?)(?=입니다|이에요|예요|이라고|라고|이야|야|이고|고|은|는|이|가|을|를|에게|한테|와|과|랑|의|[,.\s]|$)|"
    r"(?P<w>[가-힣]{2,4})(?=\s?씨|\s?님|\s?선생님|\s?선배|\s?교수님|\s?군(?!\w)|\s?양(?!\w))"
)
NO_NAMES = frozenset(
    [
        "一个",
        "学生",
        "老师",
        "同学",
        "中国",
        "我们",
        "你们",
        "他们",
        "她们",
        "什么",
        "这个",
        "那个",
        "高中",
        "大学",
        "初中",
        "小学",
        "女生",
        "男生",
        "医生",
        "朋友",
        "大家",
        "自己",
        "学习",
        "班主任",
        "今天",
        "明天",
        "问题",
        "数学",
        "英语",
        "物理",
        "化学",
        "不是",
        "新来",
        "新生",
        "学生",
        "生徒",
        "高校生",
        "大学生",
        "中学生",
        "日本人",
        "先生",
        "友達",
        "お客",
        "皆",
        "みな",
        "奥",
        "お父",
        "お母",
        "お兄",
        "お姉",
        "王",
        "神",
        "何",
        "母",
        "父",
        "兄",
        "姉",
        "학생",
        "선생",
        "친구",
        "오늘",
        "지금",
        "이번",
        "정말",
        "한국",
        "대학생",
        "고등학생",
        "중학생",
        "교수",
        "부모",
        "그리고",
        "하지만",
        "이",
        "저",
        "그",
        "고객",
        "회원",
        "여러분",
    ]
)
