"""Small words that tell what a word is, and words that are never names."""

from edu.common.stopwords import STOPWORDS

_PARTICLES = """
te op 't de da do dos das del della di du la le el van von der den ten ter zu zur af av bin ibn ben
abu al el-al y e i und mc mac o st san santa
"""
_NEVER = """
january february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday januar februar märz mai juni juli oktober dezember montag
dienstag mittwoch donnerstag freitag samstag sonntag christmas easter internet english german french
spanish math maths physics chemistry biology history geography science question passages sentence
passage name email e-mail phone address frage hilfe danke bitte hallo hello dear thanks sorry please
hola bonjour merci ciao grazie olá merhaba привет здравствуйте спасибо пожалуйста teacher professor
doctor mister school university class grade ok okay yes no id iban card visa mastercard whatsapp
instagram discord telegram snapchat tiktok google youtube wikipedia
"""
_ENDINGS = """
ами ями ого ему ому ой ей ою ею ом ем єм ым им ую юю ові еві а я у ю е и ы і ї й
"""
_ARABIC = "وال بال لل و ل ب ف ك يا"

PARTICLES = frozenset(_PARTICLES.split())
NEVER = frozenset(_NEVER.split())
ENDINGS = tuple(_ENDINGS.split())
"""Of cases, in languages that write with Cyrillic letters."""
ARABIC = tuple(_ARABIC.split())
"""What Arabic writes together with the word that follows."""
SMALL = frozenset(word for words in STOPWORDS.values() for word in words)
