"""Templates in which streets and names of users stand otherwise than in `personal_texts`: on forms, in
chats, in small letters, in the middle of a thought. Both sets were written before either was measured: the
rules were then mended by what NEXT showed, and AFTER was measured once."""

NEXT = {
    "en": [
        "Name: {name}\nStreet: {address}\nQuestion: what is a catalyst?",
        "the bus stops right at {address} and i want to know its average speed",
        "Deliver the kit to {name}, {address}. How long does yeast live?",
        "Grandma's house ({address}) has a well, why is the water cold?",
        "From {address} to school it is 2 km. How long do I walk at 5 km/h?",
        "{handle} beat me at chess, how does the Elo number work?",
        "can u explain vectors to {handle} too, we share this laptop",
        "My Minecraft name is {handle}. How many blocks make a sphere?",
        "On the forum I post as {handle}, there I asked about tides as well.",
        "ps: it's {first} again, same homework",
    ],
    "de": [
        "Name: {name}\nStraße: {address}\nFrage: Was ist ein Katalysator?",
        "Der Bus hält direkt vor der {address}, wie schnell ist er im Mittel?",
        "Omas Haus ({address}) hat einen Brunnen, warum ist das Wasser kalt?",
        "Von der {address} bis zur Schule sind es 2 km, wie lange gehe ich?",
        "{handle} hat mich im Schach besiegt, wie funktioniert die Elo-Zahl?",
        "Im Forum schreibe ich als {handle}.",
        "Mein Name in Minecraft: {handle}",
    ],
    "fr": [
        "Nom : {name}\nRue : {address}\nQuestion : qu'est-ce qu'un catalyseur ?",
        "Le bus s'arrête devant le {address}, quelle est sa vitesse moyenne ?",
        "La maison de mamie ({address}) a un puits, pourquoi l'eau est froide ?",
        "{handle} m'a battu aux échecs, comment marche le classement Elo ?",
        "Sur le forum, j'écris sous le nom de {handle}.",
    ],
    "es": [
        "Nombre: {name}\nCalle: {address}\nPregunta: ¿qué es un catalizador?",
        "El autobús para delante de {address}, ¿cuál es su velocidad media?",
        "La casa de mi abuela ({address}) tiene un pozo.",
        "{handle} me ganó al ajedrez, ¿cómo funciona el Elo?",
        "En el foro escribo como {handle}.",
    ],
    "it": [
        "Nome: {name}\nVia: {address}\nDomanda: che cos'è un catalizzatore?",
        "L'autobus si ferma davanti a {address}, qual è la velocità media?",
        "{handle} mi ha battuto a scacchi.",
        "Sul forum scrivo come {handle}.",
    ],
    "pt": [
        "O ônibus para em frente à {address}, qual é a velocidade média?",
        "{handle} me venceu no xadrez.",
        "No fórum escrevo como {handle}.",
    ],
    "tr": [
        "Otobüs {address} önünde duruyor, ortalama hızı nedir?",
        "{handle} beni satrançta yendi.",
        "Forumda {handle} diye yazıyorum.",
    ],
    "ru": [
        "Автобус останавливается у дома {address}, какова его средняя скорость?",
        "{handle} обыграл меня в шахматы.",
        "На форуме я пишу как {handle}.",
    ],
    "nl": [
        "Naam: {name}\nStraat: {address}\nVraag: wat is een katalysator?",
        "De bus stopt voor {address}, wat is de gemiddelde snelheid?",
        "{handle} versloeg me met schaken.",
        "Op het forum schrijf ik als {handle}.",
    ],
}
AFTER = {
    "en": [
        "Sender\n{name}\n{address}\n\nDear tutor, why is the sky blue?",
        "there was a power cut on our block, {address}, what is a fuse for",
        "Pick up the seeds at {address} after four. Do beans need light to sprout?",
        "If I throw a ball from the roof of {address}, when does it land?",
        "our study group: {name}, {handle} and me; who of us explains mitosis?",
        "ask {handle}, he has the same textbook",
        "Game tag {handle}, level 40. What is exponential growth?",
        "You can look me up, I go by {handle} everywhere.",
        "{handle}: hi\nme: what is a prime number?",
    ],
    "de": [
        "Absender\n{name}\n{address}\n\nWarum ist der Himmel blau?",
        "Bei uns in der {address} war Stromausfall, wozu dient eine Sicherung?",
        "Die Samen kann man in der {address} abholen. Brauchen Bohnen Licht?",
        "Frag doch {handle}, er hat dasselbe Buch.",
        "Überall heiße ich {handle}.",
        "Lerngruppe: {name}, {handle} und ich",
    ],
    "fr": [
        "Expéditeur\n{name}\n{address}\n\nPourquoi le ciel est bleu ?",
        "Il y a eu une panne de courant chez nous, {address}, à quoi sert un fusible ?",
        "Demande à {handle}, il a le même livre.",
        "Partout je m'appelle {handle}.",
    ],
    "es": [
        "Remitente\n{name}\n{address}\n\n¿Por qué el cielo es azul?",
        "Se fue la luz en casa, {address}, ¿para qué sirve un fusible?",
        "Pregunta a {handle}, tiene el mismo libro.",
        "En todas partes me llamo {handle}.",
    ],
    "it": [
        "Mittente\n{name}\n{address}\n\nPerché il cielo è blu?",
        "È mancata la corrente da noi, {address}, a cosa serve un fusibile?",
        "Chiedi a {handle}, ha lo stesso libro.",
    ],
    "pt": [
        "Faltou luz aqui em casa, {address}, para que serve um fusível?",
        "Pergunta a {handle}, tem o mesmo livro.",
    ],
    "tr": [
        "Bizim orada, {address}, elektrik kesildi; sigorta ne işe yarar?",
        "{handle} adlı arkadaşa sor, onda aynı kitap var.",
    ],
    "ru": [
        "У нас дома, {address}, отключили свет, зачем нужен предохранитель?",
        "Спроси {handle}, у него такой же учебник.",
    ],
    "nl": [
        "Afzender\n{name}\n{address}\n\nWaarom is de lucht blauw?",
        "Bij ons thuis, {address}, viel de stroom uit, waarvoor dient een zekering?",
        "Vraag het aan {handle}, die heeft hetzelfde boek.",
    ],
}
