"""The small words of languages: they carry grammar, not content. Lower case, ISO 639-1 keys.

Used to tell a language by, to leave small words out of comparisons and to end key terms at.
"""

_LISTS = {
    "en": """
a about above after again against all almost along already also although always am among an and
another any anything are aren't around as at away back be became because become becomes been
before behind being below between both but by came can can't cannot come could couldn't did didn't
do does doesn't doing don't done down during each either else enough even ever every everything
few for from further get gets give given gives go goes got had hadn't has hasn't have haven't
having he he'd he'll he's hence her here here's hers herself him himself his how however i i'd
i'll i'm i've if in indeed instead into is isn't it it'd it'll it's its itself just know known
later let let's like likely made make makes many may maybe me might mine more moreover most mostly
much must my myself near need never new next no none nor not nothing now of off often on once one
only onto or other others otherwise our ours ourselves out over own per perhaps put quite rather
really same say says see seem seemed seems seen several shall shan't she she'd she'll she's should
shouldn't since so some something sometimes soon still such take taken tell than that that's the
their theirs them themselves then there there's thereby therefore these they they'd they'll
they're they've thing things this those though through throughout thus to together too toward
towards two under until up upon us use used uses using usually very via want was wasn't way we
we'd we'll we're we've well went were weren't what what's when whenever where where's whereas
wherever whether which while who who's whoever whole whom whose why will with within without won't
would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
""",
    "de": """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes
anders auch auf aus außer außerdem bald bei beim bereits bin bis bist da dabei dadurch dafür
dagegen daher dahin damals damit danach daneben dann daran darauf daraus darf darin darüber darum
darunter das dass dasselbe davon davor dazu dein deine deinem deinen deiner dem denselben
demselben dich dir den denn denen dennoch der deren derselbe des deshalb desselben dessen desto
deswegen die dies diese dieselbe dieselben diesem diesen dieser dieses doch dort du durch durfte
dürfen eben ebenso ein eine einem einen einer eines einige einigen einiger einiges einmal einzig
entweder er es etwa etwas euch euer eure fast für gab ganz gar gegen gehabt gemacht genau genug
gern gewesen gibt ging hab habe haben hat hatte hatten hätte hätten hier hin hinter ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem infolge innerhalb ins ist ja je jede
jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kam kann kannst kaum kein keine
keinem keinen keiner keines können könnte konnte konnten könnten lassen machen machte man manche
manchem manchen mancher manches mehr mein meine meinem meinen meiner meist mich mir mit möchte
möglich muss müssen musste mussten nach nachdem nämlich neben nein nicht nichts nie noch nun nur
ob oben oder oft ohne per sehr seien sein seine seinem seinen seiner seines seit seitdem selbst
sich sie sind so sobald sofort sogar solch solche solchem solchen solcher solches soll sollen
sollte sollten somit sondern sonst soweit sowie sowohl statt trotz trotzdem über um und uns unser
unsere unseren unter usw viel viele vielen vielleicht vom von vor während wann war waren warum was
wegen weil weiter weitere weiteren welche welchem welchen welcher welches wenig wenige wenn wer
werde werden wessen wie wieder will wir wird wirst wo wobei wodurch wofür wohl wollen wollte womit
worden wurde wurden würde würden z zu zum zur zwar zwischen
""",
    "fr": """
a afin ai ainsi alors après as au aucun aucune aujourd'hui auquel aura auraient aurait aussi autre
autres aux auxquelles auxquels avaient avait avant avec avez avoir avons ayant beaucoup bien c ça
car ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette
ceux chaque chez ci comme comment contre d dans de depuis des dès desquelles desquels deux devant
doit doivent donc dont du duquel durant elle elles en encore enfin entre es est et étaient était
étant etc été être eu eux fait faire faut fois font fut grâce hors ici il ils j je jusqu jusque l
la laquelle là le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais malgré me
même mêmes mes mieux moins mon n ne ni non nos notamment notre nous on ont or ou où par parce
parfois parmi pas pendant peu peut peuvent plus plusieurs plutôt pour pourquoi pourtant près
presque puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi quoique s sa
sans sauf se selon sera seraient serait seront ses seulement si sien sinon soi soit sommes son
sont sous souvent suis sur surtout t ta tandis tant te tel telle telles tels tes toi ton toujours
tous tout toute toutefois toutes très trop tu un une vers via voici voilà vos votre vous vu y à
également
""",
    "es": """
a al algo alguna algunas alguno algunos algún allí ambos ante antes aquel aquella aquellas aquello
aquellos aquí así aunque bajo bastante bien cada casi como cómo con contra cosa cual cuál cuales
cualquier cuando cuándo cuanto de debe deben debido del demás dentro desde después donde dónde dos
durante e el él ella ellas ello ellos en encima entonces entre era eran eres es esa esas ese eso
esos esta está están estaba estaban estado estamos estar estas este esto estos estoy etc fue
fueron fuera gracias ha haber había habían hace hacen hacer hacia han has hasta hay he hemos
incluso ir jamás junto la las le les lo los luego más me mediante menos mi mí mientras mis mismo
misma mismas mismos mucha muchas mucho muchos muy nada ni ningún ninguna ninguno no nos nosotros
nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para parece pero poca poco
pocos podemos poder podía por porque primero pronto pudo pueda puede pueden pues que qué quien
quién quienes se sea sean según ser será serán sería si sí sido siempre sin sino sobre sois
solamente solo sólo somos son soy su sus suya suyo tal tales también tampoco tan tanto te tener
tengo ti tiene tienen toda todas todavía todo todos tras tu tú tus un una unas uno unos usted
ustedes va vamos van varias varios veces vez vosotros y ya yo
""",
    "it": """
a abbia abbiamo abbiano ad affinché agli ai al alcun alcuna alcune alcuni alcuno all alla alle
allo allora altra altre altri altro anche ancora anzi appena avendo aver avere aveva avevano avete
avuto ben bene c che chi ci ciascun ciascuna ciascuno ciò cioè circa coi col come con contro così
cui d da dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello dentro deve
devono di dopo dove dovrebbe due dunque durante e è ecc ed egli ella entrambi era erano essa esse
essendo essere essi esso fa fanno fare fatto fino fra fu fuori furono già gli ha hai hanno ho i il
in infatti inoltre insieme invece io l la là le lei li lo loro lui lungo ma mai meno mentre mi mia
mie miei mio molta molte molti molto ne né negli nei nel nell nella nelle nello nessun nessuna
nessuno nient niente no noi non nostra nostre nostri nostro o od ogni ognuno oltre oppure ora per
perché perciò però più piuttosto po poca pochi poco poi poiché possono prima proprio può pur pure
qua qual quale quali qualche qualcosa qualcuno quando quanta quante quanti quanto quasi quella
quelle quelli quello questa queste questi questo qui quindi sarà saranno sarebbe se sé sei sempre
senza si sia siamo siano siccome solo sono sopra soprattutto sotto sta stata state stati stato
stessa stesse stessi stesso su sua sue sugli sui sul sull sulla sulle sullo suo suoi tale tali
tanto te ti tra tramite troppo tu tua tue tuo tuoi tutta tuttavia tutte tutti tutto un una uno v
verso vi via voi volta volte vostra vostro
""",
    "pt": """
a à acerca agora ainda além algo alguém algum alguma algumas alguns ali ambos antes ao aos apenas
após aquela aquelas aquele aqueles aquilo as às assim até através bastante bem cada cerca certa
certo coisa com como contra contudo cujo cuja da daquela daquele daqui das de dela delas dele
deles demais dentro depois desde dessa desse desta deste deve devem devido disso disto do dois dos
durante e é ela elas ele eles em embora enquanto então entre era eram és essa essas esse esses
esta está estamos estão estar estas estava estavam este estes eu exemplo faz fazem fazer foi for
fora foram graças há haver havia houve isso isto já jamais lá lhe lhes logo mais mas me mediante
menos mesma mesmas mesmo mesmos meu meus minha muita muitas muito muitos na nada não nas nela nele
nem nenhum nenhuma nessa nesse nesta neste ninguém no nos nós nossa nossas nosso nossos num numa
nunca o onde os ou outra outras outro outros para pela pelas pelo pelos perante pode podem pois
por porém porque portanto possível pouca pouco poucos primeiro própria próprio quais qual qualquer
quando quanto quase que quê quem são se seja sejam sem sempre sendo ser será serão seu seus si
sido sim só sob sobre sua suas tal também tampouco tanta tanto tão te tem têm tenha ter teve tinha
tinham toda todas todavia todo todos tu tua tudo um uma umas uns vai vão vários você vocês vos
""",
    "nl": """
aan af al alle alleen alles als altijd ander andere anders ben beter bij bijna bijvoorbeeld binnen
boven buiten daar daarbij daardoor daarna daarom daarop daarvan dan dat de deze die dit doch doen
door dus echter een één eens eerst eigen en enkele er ertoe even geen geweest gedaan gaat gaan
haar had hadden heb hebben heeft heel hem hen het hier hierbij hierdoor hij hoe hoewel hun iedere
ieder iets ik in indien is ja je jou jouw jullie kan keer kon konden kunnen kun laat later maakt
maar maken mag me meer meest meeste men met mij mijn minder misschien moet moeten mogelijk na naar
naast nadat nee niet niets nog nooit nu of ofwel om omdat onder ons onze ook op opnieuw over per
pas reeds samen sinds slechts soms steeds te tegen ten ter terwijl tevens tijdens toch toe toen
tot tussen u uit uw vaak van vanaf vanuit veel verder vele via volgens voor vooral voordat waar
waaraan waarbij waardoor waarin waarom waarop waarvan wanneer want waren was wat we weer wel welk
welke werd werden wie wij wil wilde worden wordt zal ze zeer zelf zelfs zich zij zijn zo zoals
zodat zonder zou zouden zowel zulke
""",
    "sv": """
aldrig all alla allt alltid andra annan annat att av bara behöver bland blev bli blir blivit båda
både då där därav därefter därför de dem den denna deras dess dessa det detta dig din dina dit
ditt dock du efter efteråt eftersom egen ej eller emellan en endast enligt er era ert ett exempel
fick fler flera flest fram från få får för före första genom ger gick gjorde gör göra ha hade han
hans har helt henne hennes hit hon honom hos hur här i ibland icke igen in inga ingen ingenting
inget innan inom inte ja jag kan kom kommer kunde kunna kring lite låta man med medan mellan men
mer mera mest mig min mina mindre mitt mot mycket måste många nej ni nog nu nya någon någonting
något några när nästan oavsett och också ofta olika om omkring oss på redan samma samt sedan sig
sin sina sitt själv ska skall skulle slutligen som sådan sådana sådant så till tills tillsammans
trots tre två under upp ur ut utan utom vad var vara varandra varför varit varje vars vart vem
verkligen vet vi vid vidare vilka vilkas vilken vilket vill vår våra vårt än ännu är även åt över
""",
    "da": """
ad af al aldrig alene alle allerede alt altid anden andet andre at bare begge blandt blev blive
bliver bør da de dem den denne der derefter deres derfor dermed det dette dig din dine disse dog
du efter eftersom ej eller en end endnu enhver er et få får flere flest for fordi forskellige fra
før først gennem gjorde gør gøre ham han hans har have havde hende hendes her hinanden hos hun
hver hvert hvilke hvilken hvad hvis hvor hvordan hvorfor hvornår i igen meget ikke imellem imod
ind inden indtil ingen intet ja jeg jer kan kom kommer kun kunne lige mange man med mellem men
mens mere mest mig min mindre mine mit mod måske når nej ned nej noget nogen nogle nu ny nye
næsten og også om omkring op os over på samme samt selv sig sin sine sit siden skal skulle som så
sådan til ud uden under undtagen var ved vi via vil ville være været å
""",
    "no": """
alle alltid altså andre annen annet at av bare begge både ble bli blir blitt bort bør da de deg
dem den denne der dere deres derfor dermed dersom det dette din disse ditt dog du eg ein eit eller
en enn er et etter ett fikk flere fleste for fordi forskjellige fra få får før først gjennom
gjorde gjør gjøre ha hadde han hans har helt henne hennes her hos hun hva hvem hver hvilke hvilken
hvis hvor hvordan hvorfor i igjen ikke ikkje imellom inn innen ingen ingenting inntil ja jeg kan
kom kommer kun kunne mange man med meg mellom men mens mer mest min mindre mine mitt mot mye må
måtte nå når nei noe noen nok ny nye nesten og også om opp oss over på samme samt seg selv si sin
sine sitt siden skal skulle slik som så til under uten ut utenfor var ved vel vi via vil ville
være vært vår våre å
""",
    "fi": """
ei eikä eivät ehkä eli emme en ennen enää että hän hänen häntä he heidän heitä hyvin itse itsensä
ja jo joita joiden joissa joissakin jokainen joka jokin joko jolla jolloin jolle jonka jos joskus
jossa josta jota jotka jotta jotkut juuri kaikki kaikkien kanssa kautta keskellä koko koska
koskaan kuin kuinka kuitenkin kuka kun kuten kyllä kysymys lähes liian lisäksi lopuksi luo me
meidän meitä mihin mikä mikään miksi milloin minkä minun minut minä missä mistä mitä mitkä moni
monet monta muita mukaan mukana mutta muu muun muut myös myöten ne niiden niin niissä niistä niitä
noin nuo nyt näiden näin nämä näitä oikein olemme olen oleva olevan oli olisi olisivat olit olivat
olla olleet ollut on ovat paitsi paljon pian pitkin pois se sekä sellainen sen siellä siihen siinä
siis siitä sille sillä silloin sinä sitten sitä tai takia tavalla te tehdä toinen toisen toiset
tuo tuon tämä tämän tässä tästä tätä täällä usein uusi vaan vai vaikka vain varten vielä vähän
välillä yhdessä yhtä yksi yli ylös
""",
    "pl": """
a aby ale albo ależ ani aż bardziej bardzo bez bo bowiem by był była było były być będą będzie
cała cały chociaż choć ci cię ciebie co coś czy czyli często dla do dlaczego dlatego dobrze dokąd
dość dużo dwa gdy gdyby gdyż gdzie go i ich ile im inna inne inny innych ja jak jaka jakaś jaki
jakie jakiś jako jakoś je jeden jedna jednak jedno jego jej jemu jest jestem jeszcze jeśli jeżeli
już ją każda każde każdego każdy kiedy kto która które którego której który których którym którzy
lecz lub ma mają mam mi między mimo mnie mną mogą moja moje może można mój mu musi my na nad nam
nami nas nasz nasza nasze natomiast nawet nic nich nie niech niego niej nią nigdy nim nimi niż no
o obok od około on ona one oni ono oraz pan po pod podczas ponad ponieważ poprzez poza przed
przede przez przy raz również sam sama się są skąd swoich swoje swojej ta tak taka taki takie
także tam te tego tej ten też to tobą tobie trzeba tu tutaj tych tylko tym u w wam wami was wasz
we według wiele wielu więc więcej wszystkich wszystkie wszystkim wszystko właśnie wraz wśród z za
zaś zawsze ze zostać zostały został żaden że żeby
""",
    "cs": """
a aby ale ani asi aspoň až během bez bude budou by byl byla byli bylo byly být co což či další dle
do dokonce ho i já jak jako jaké jaký je jeho jej jejich její jen jenom jenž ještě jež ji jiné
jiný již jsem jsi jsme jsou jste k kam kde kdo kdy když ke která které kterého který kteří ku má
mají mám mezi mi mít mnoho moc mohou mu musí můj může my na nad naše náš ne nebo nechť než něco
nějak nejsou nejvíce není ni nic nich o od on ona oni ono pak po pod podle pokud pouze potom práce
pro proč protože proti před přes přesto při s se si sice svá své svého svým svůj ta tak také takže
tam ten tedy této tento těch těm ti to toho tohoto tom tomto tomu tu tuto ty tyto tím u už v vám
vás více však všech všechny všechno vy z za zda zde ze že
""",
    "ru": """
а без более больше будет будто бы был была были было быть в вам вас вдруг ведь весь во вот впрочем
все всегда всего всей всем всех всю вся вы где да даже два для до другие другой других его ее ей
ему если есть еще ещё её же за зачем здесь и из или им именно иногда их к каждый как какая какие
какой когда конечно которая которого которое которой которую которые который которых кроме кто
куда ли либо лишь лучше между меня мне много может можно мой моя мы на над надо наконец нас наш не
него нее ней нельзя нет неё ни нибудь никогда ним них ничего но ну нужно о об один однако он она
они оно опять от очень перед по под после потом потому почему почти при про раз разве с сам самый
свои свой своего своей своих свою себе себя сейчас так также такая такие такого такое такой там те
тебе тебя тем теперь то тогда того тоже той только том тот три тут ты у уж уже хорошо хотя чего
чей чем через что чтоб чтобы чуть эта эти этим этих это этого этой этом этот эту является являются
я
""",
    "uk": """
а або аби адже але без би близько був буде будуть була були було бути в вам вас ваш весь від він
вона вони воно все всі всіх всього втім ви де декілька для до дуже є ж же з за завжди зараз
здається зі знову й його йому її їй їм їх і із іноді інша інше інші інших інший коли кожен кожного
крім куди лише ледве має мають майже мене мені менш ми між може можна мій моя на навіть навіщо над
наш наша наше наші не неї немає ніби ніж ним них ніколи ніхто нічого но ну об один одна однак
окрім он ось перед під після по поки потім при про проте раз разом саме свій свого своє своєї свої
своїх своя себе собі та так така таке такий такі також там твій те теж тепер ти тим тих то тобі
тоді того тож той тому тут у усе усі хіба хоч хоча хто це цей цього цьому ці цієї цим цих ця чи
чого чому через що щоб щодо ще який яка якби яке якого якої якщо якій які яким яких як я
""",
    "tr": """
acaba ama ancak artık aslında az bana bazen bazı belki ben beni benim beri bile bir biraz birbiri
birçok biri birkaç birşey biz bizi bizim böyle böylece bu buna bunda bundan bunlar bunları
bunların bunu bunun burada bütün çoğu çok çünkü da daha dahi de değil diğer diye doğru dolayı
dolayısıyla edecek eden eder edilen ederek etmek etti ettiği eğer elbette en fakat gibi göre hangi
hatta hem henüz hep hepsi her herhangi herkes hiç hiçbir için iki ile ilgili ise işte itibaren
kadar karşı kendi kendine kendisi ki kim kimse mı mi mu mü madem nasıl ne neden nedeniyle nerede
nereye niçin niye o olan olarak oldu olduğu olduğunu olmadı olmak olması olsa olur on ona ondan
onlar onlara onları onların onu onun orada oysa öyle önce ötürü pek rağmen sadece sanki sen seni
senin siz sizi sizin sonra şey şeyler şimdi şöyle şu şuna şunu tarafından tek tüm üç üzere
üzerinde var vardı ve veya ya yani yapılan yapmak yerine yine yok yoksa zaten zira
""",
    "ar": """
آخر إذ إذا إذن أكثر ألا التي الذي الذين اللتان اللاتي اللذان اللذين إلا إلى الى أم أما إما أمام أن
إن أنا أنت أنتم أنه إنه أنها إنها أنهم أو أولئك أي أيضا أيضًا أين بأن بين بسبب بعد بعض بل بها بهذا
بهذه به بينما بدون تحت تلك تكون ثم جدا جميع حتى حول حيث حين خارج خلال دون ذات ذلك ذو سوف شيء ضد
ضمن عبر عدة عدم على علي عليه عليها عن عند عندما عنه عنها غير فإن فقط فهو فهي في فيه فيها فوق قبل
قد كان كانت كانوا كذلك كل كلا كلما كما كم كي كيف لا لأن لأنه لدى لذلك لقد لكن لكل لم لماذا لما لن
له لها لهذا لهم لهذه لو لي ليس ليست ما ماذا مثل متى مع معه معظم من منذ منه منها مهما نحن نحو نعم
نفس هذا هذان هذه هل هم هن هنا هناك هو هي وأن وإن وقد وكان وكانت ولا ولكن ولم وما ومن وهذا وهذه وهو
وهي وهناك وفي وعلى يا يكون يمكن
""",
    "ro": """
a acea aceasta această aceea acei aceia acel acela acele acelea acest acesta aceste acestea
acestei acestor acestui acești ai aia al ale alt alta alte altă altul am ar are aş aș asta astfel
asupra au avea avem avut că care căci când cât către ce cea cei cel cele celor chiar ci cine cu
cum dacă dar dată datorită de deci decât deja deoarece departe despre deși din dintr dintre doar
după ea ei el ele era erau este eu faţă față fără fi fie fiecare fiind foarte fost iar îi îl îmi
în înainte încât încă între într la le li lor lui mai mari mult multe mulţi mulți ne nici nimic
nişte niște noi nostru nu o oricare pe pentru peste poate pot prea prin printr sa să sale sau se
și şi sub sunt sunteți suntem spre tot toate toți totuși tu un una unde unei unele unor unui unul
va vă vom vor
""",
    "hu": """
a az abban ahhoz ahogy ahol aki akik akkor alatt által általában amely amelyek amelyekben amelyet
amelynek ami amíg amikor amit arra arról azok azon azonban azt aztán azután azzal azért át be
belül benne bár cikk csak de e ebben eddig egy egyes egyetlen egyéb egyik egyre ekkor el elég
ellen elő először előtt első emilyen én éppen erre és ez ezek ezen ezt ezzel ezért fel felé hanem
hiszen hogy hogyan igen így ill illetve ilyen itt is ison jó jól kell kellett keresztül ki kívül
közben közé között közül le legalább legyen lehet lehetett lenne lesz lett maga magát majd már más
másik meg még mellett mely melyek mert mi miért mik milyen minden mindig mint mintha mit mivel
most nagy nagyon ne néha neki nem nélkül nincs ő ők olyan ott össze pedig persze s saját sem semmi
sok sokat számára szemben szerint szinte talán tehát teljes tovább továbbá több ugyanis úgy új
utána után vagy vagyis valaki valami van vannak vele viszont vissza volna volt voltak
""",
    "el": """
αλλά αν ανά αντί από αργότερα αυτά αυτές αυτή αυτό αυτοί αυτός αυτού αυτών αφού για γιατί δεν
δηλαδή διότι εάν εγώ είναι εκεί εκείνη εκείνο εκείνος ένα έναν ένας ενός ενώ εξής επειδή επί
επίσης εσύ έτσι έχει έχουν ή ήδη ήταν η θα και κάθε κάποιος καθώς κατά κι κυρίως λοιπόν μα μας με
μέσα μετά μέχρι μη μην μία μια μιας μόνο μου μπορεί μπορούν να ο οι όμως όπου όπως όσο όταν ότι
ούτε όχι όλα όλες όλοι παρά περί πιο πολύ πολλά που πού πριν προς πρέπει πως πώς σαν σας σε στα
στη στην στις στο στον στους στων συνήθως τα την της τη τι τις το τον του τους των τότε τώρα υπό
υπάρχει υπάρχουν ως ώστε
""",
    "id": """
ada adalah adanya agar akan akhirnya aku anda antara apa apabila apakah atas atau bagaimana bagi
bahkan bahwa banyak beberapa begitu belum berbagai bisa bukan dalam dan dapat dari daripada dengan
di dia dilakukan dimana diri digunakan guna hal hampir hanya harus hingga ia ialah ini itu jika
juga kami kamu kapan karena ke kemudian kepada ketika kita lagi lain lalu lebih maka mana masih
melalui memang memiliki mengapa menjadi menurut mereka merupakan namun nya oleh pada para paling
per pula saat saja salah sambil sampai sangat saya sebab sebagai sebagian sebelum sebuah secara
sedang sedangkan sehingga sejak selain selalu selama semua seperti sering serta sesuatu setelah
setiap siapa suatu sudah supaya tanpa tapi telah tentang terhadap tersebut tetapi tidak untuk
yaitu yang
""",
}

STOPWORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _LISTS.items()
}
