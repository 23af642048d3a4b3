"""Personal data in texts: found in what people write, left in what is taught, put back after."""

import time

import pytest

from edu.inference.base.personal import Veil

# A message, and what of it must not leave. Kept from a run of benchmarks.personal (seed 7).
MESSAGES = [
    ("Hi, my name is Thandeka Mbeki and I do not get osmosis.", ["Thandeka", "Mbeki"]),
    ("My friend Xiulan said that mitochondria make energy.", ["Xiulan"]),
    ("i'm anna and i hate algebra, mail me at anna.b+x@mail.example.org", ["anna", "mail.example"]),
    ("Best regards,\nWill Hintzen", ["Will", "Hintzen"]),
    ("I live at 12 Baker Street, London NW1 6XE.", ["Baker", "NW1", "12"]),
    ("Text me at (212) 555-0148 or 020 7946 0958.", ["555", "7946"]),
    ("Is DE89 3704 0044 0532 0130 00 valid?", ["3704", "0130"]),
    ("Card number 4111 1111 1111 1111 fails.", ["4111", "1111"]),
    ("My router shows 85.214.132.117 and 2a02:8109:1:2:3:4:5:6.", ["85.214", "8109"]),
    ("My username is night_owl7, see https://www.instagram.com/night_owl7/", ["night", "owl7"]),
    ("I was born on 12 March 2009, student ID S1234567.", ["March", "2009", "S1234567"]),
    (
        "Ich heiße Jörg Müller, wohne in der Hauptstraße 5, 10115 Berlin.",
        ["Jörg", "Müller", "10115"],
    ),
    ("Meine Freundin Mina sagt: ruf 0170 1234567 an.", ["Mina", "1234567"]),
    ("Frau Öztürk meint, am 3.4.2010 geboren zu sein ist jung.", ["Öztürk", "2010"]),
    (
        "Je m'appelle Syrine Hue, j'habite 12 rue de la Paix, 75002 Paris.",
        ["Syrine", "Hue", "75002"],
    ),
    ("Me llamo Ximena Ferrer, mi móvil es 612 34 56 78.", ["Ximena", "Ferrer", "612"]),
    (
        "Mi chiamo Ludovica Spada e abito in Via Roma 10, 20121 Milano.",
        ["Ludovica", "Roma", "20121"],
    ),
    ("Meu CPF é 123.456.789-09, me chamo Iracema Gois.", ["123", "789", "Iracema", "Gois"]),
    ("Benim adım Ayşe Yılmaz, TC kimlik numaram 12345678901.", ["Ayşe", "Yılmaz", "12345678901"]),
    ("Меня зовут Иван Петров, тел. 8 (912) 345-67-89.", ["Иван", "Петров", "345"]),
    ("Я живу на ул. Ленина, д. 5, кв. 3.", ["Ленина"]),
    ("اسمي محمد العلي، رقم هاتفي 0501234567", ["محمد", "العلي", "0501234567"]),
    ("我叫王小明，我的电话是13812345678。", ["王小明", "13812345678"]),
    ("私の名前は田中太郎です。", ["田中", "太郎"]),
    ("제 이름은 김민수입니다.", ["김민수"]),
]
TAUGHT = [
    "Marie Curie discovered radium in 1898; Newton was born on 25 December 1642.",
    "The host 192.168.0.1 answers 8.8.8.8; @property comes before def. 1,000,000 − 3.14159265.",
    "Der Rhein fließt 1 233 km weit durch Basel, Karlsruhe und Köln.",
    "See https://en.wikipedia.org/wiki/Osmosis, page 12-34, ISBN 978-3-16-148410-0.",
]


@pytest.mark.parametrize(("text", "personal"), MESSAGES)
def test_it_is_found_in_what_people_write_and_put_back(text, personal):
    veil = Veil()
    sent = veil.words(text)
    assert [part for part in personal if part in sent] == []
    assert veil.restore(sent) == text


@pytest.mark.parametrize("text", TAUGHT)
def test_teaching_matter_is_left(text):
    assert Veil(["Anna Schmidt"]).matter(text) == text


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between mitosis and meiosis?",
        "Who was Marie Curie, and what did Newton say?",
        "Warum ist der Himmel blau und das Gras grün?",
        "Why is 1000000 / 3 not 333,333.33, and what is 2^10?",
        "Comment fonctionne la photosynthèse ?",
        "What happened in 1914-1918 in France and Germany?",
    ],
)
def test_a_question_without_anything_personal_is_left(question):
    veil = Veil()
    veil.learn(["Marie Curie discovered radium. Newton spoke of gravity."])
    assert veil.words(question) == question


def test_in_teaching_matter_the_people_of_the_course_and_what_is_never_the_matter_go():
    veil = Veil(["Anna Schmidt"])
    sent = veil.matter("By Anna Schmidt (a.s@example.org, +49 30 1234567). Anna is a common name.")
    assert sent == "By [NAME_1] ([EMAIL_1], [PHONE_1]). Anna is a common name."


@pytest.mark.parametrize(
    "said",
    [
        "[NAME_1]",
        "[name_1]",
        "[Name 1]",
        "(NAME-1)",
        "name_1",
        "NAME_1",
        "【NAME_1】",
        "[ NAME_1 ]",
    ],
)
def test_a_placeholder_that_a_model_changed_is_put_back(said):
    veil = Veil(["Zoltan Ferenczy"])
    veil.words("I met Zoltan.")
    assert veil.restore(f"Ask {said}'s aunt, not [NAME_2] or NAME 7.") == (
        "Ask Zoltan's aunt, not [NAME_2] or NAME 7."
    )


def test_an_ending_is_kept_and_json_stays_json():
    veil = Veil(['Jo "Ace" Ferenczy'])
    veil.words("I met Ferenczy.")
    assert veil.restore("[NAME_1s] house") == "Ferenczys house"
    odd = Veil()
    odd.words('My name is "Bo\\b".')
    assert odd.restore('{"a": "[NAME_1]"}', quoted=True).startswith('{"a": "')


def test_what_looks_like_a_placeholder_is_not_taken_for_one():
    veil = Veil()
    text = "Is [NAME_1] a variable? My name is Zoltan Ferenczy."
    veil.avoid([text])
    sent = veil.words(text)
    assert sent == "Is [NAME_1] a variable? My name is [NAME_2]."
    assert veil.restore(sent) == text


@pytest.mark.parametrize(
    "piece", ["1", "1-", "A ", "\n", "Abc Mah. ", "a.", "ул. Ленина ", "id no "]
)
def test_hostile_repetition_takes_no_more_than_its_share(piece):
    Veil().words("warm")
    began = time.process_time()
    Veil().words((piece * 2000)[:4000])
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ask mia.1808, she knows", "1808"),
        ("wolf2087 beat me, how does Elo work?", "wolf2087"),
        ("Straße: Am Alten Markt 7\nFrage: Was ist Osmose?", "Markt"),
        ("Bei uns in der Straße des 17. Juni 135 war Stromausfall.", "Juni"),
        ("Le bus s'arrête devant le 12 venelle du Moulin.", "Moulin"),
        ("Abita in Via Garibaldi 3, 37121 Verona, lo so", "Verona"),
    ],
)
def test_streets_and_users_are_found_without_a_word_that_tells(text, left):
    assert left not in Veil().words(text)


@pytest.mark.parametrize(
    "text",
    [
        "ISO-9001",
        "RFC2616",
        "uranium-235",
        "COVID-2019",
        "post-1989",
        "sha256",
        "error404",
        "utf16",
        "test_01",
        "H2SO4",
        "fig.1808",
        "log1000(x)",
        "MP3",
        "x_1",
        "carbon-14",
    ],
)
def test_norms_nuclides_and_code_are_nobody(text):
    assert Veil().words(f"What is {text}?") == f"What is {text}?"
