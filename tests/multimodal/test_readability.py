"""How hard a text is: the published formulas, on texts whose counts are known."""

import pytest

from edu.multimodal.logic.readability import BANDS, level, missing, syllables

EASY = {
    "en": "The cat sat on the mat. It saw a small dog in the sun. The dog ran up to the cat. ",
    "de": "Die Katze sitzt auf dem Dach. Sie sieht den Hund im Hof. Der Hund läuft zum Tor. ",
    "es": "El gato ve al perro en el sol. El perro va a la casa. La niña come pan con sal. ",
    "fr": "Le chat voit le chien. Le chien va vers la porte. La fille mange du pain. ",
    "it": "Il gatto vede il cane nel sole. Il cane va a casa. La bimba mangia il pane. ",
    "tr": "Kedi halıya oturdu. Köpek ona baktı ve güldü. Çocuk evde süt içti. ",
    "nl": "De kat zit op de mat. De hond ziet de kat in de zon. Het kind eet brood. ",
    "ru": "Кот сидит на окне и ждёт. Пёс идёт в дом. Дети едят хлеб и пьют чай. ",
}
HARD = {
    "en": "Institutional considerations regarding constitutional jurisdiction necessitate extraordinarily "
    "sophisticated interpretational methodologies, notwithstanding administrative simplification, "
    "governmental harmonisation procedures and international organisational responsibilities. ",
    "de": "Verfassungsrechtliche Zuständigkeitsregelungen erfordern außerordentlich anspruchsvolle "
    "Auslegungsmethoden, ungeachtet verwaltungsrechtlicher Vereinfachungsbestrebungen und internationaler "
    "Angleichungsverfahren zwischenstaatlicher Organisationen. ",
    "es": "Las consideraciones institucionales relativas a la jurisdicción constitucional requieren "
    "metodologías interpretativas extraordinariamente sofisticadas, independientemente de las iniciativas "
    "administrativas de simplificación y armonización internacional. ",
    "fr": "Les considérations institutionnelles relatives à la juridiction constitutionnelle nécessitent des "
    "méthodologies interprétatives extraordinairement sophistiquées, indépendamment des initiatives "
    "administratives de simplification internationale. ",
    "it": "Le considerazioni istituzionali relative alla giurisdizione costituzionale richiedono metodologie "
    "interpretative straordinariamente sofisticate, indipendentemente dalle iniziative amministrative di "
    "semplificazione internazionale. ",
    "tr": "Anayasal yargılamaya ilişkin kurumsallaştırılmış değerlendirmelerin gerçekleştirilebilmesi "
    "uluslararasılaştırılmış yorumlama yöntemlerinin geliştirilmesini zorunlu kılmaktadır. ",
    "nl": "Staatsrechtelijke bevoegdheidsoverwegingen vereisen buitengewoon geavanceerde "
    "interpretatiemethoden, niettegenstaande bestuursrechtelijke vereenvoudigingsinitiatieven en "
    "internationale harmonisatieprocedures. ",
    "ru": "Институциональные соображения относительно конституционной юрисдикции требуют исключительно "
    "сложных интерпретационных методологий, несмотря на административные упрощения международного права. ",
}
NAMES = {
    "en": "Flesch-Kincaid",
    "de": "Amstad",
    "es": "Fernández Huerta",
    "fr": "Kandel-Moles",
    "it": "Gulpease",
    "tr": "Ateşman",
    "nl": "LIX",
    "ru": "LIX",
}


@pytest.mark.parametrize("language", sorted(NAMES))
def test_each_language_has_its_formula_and_tells_easy_from_hard(language):
    easy, hard = level([EASY[language] * 12], language), level([HARD[language] * 12], language)
    assert easy.formula == hard.formula == NAMES[language]
    assert BANDS.index(easy.band) <= 1, easy
    assert hard.band == "13+", hard


def test_the_grade_is_that_of_the_formula():
    # 4 sentences of 25 words with one syllable each: 0.39 * 25 + 11.8 - 15.59
    text = " ".join(["cat"] * 24 + ["dog."]) + " "
    assert level([text.capitalize() * 4], "en").score == pytest.approx(5.96, abs=0.06)


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        (EASY["en"], "en", "short"),
        ("水通过膜从低浓度移动到高浓度。" * 60, "zh", "language"),
        ("الماء يتحرك عبر الغشاء من مكان إلى مكان آخر. " * 60, "ar", "language"),
        ("Nước di chuyển qua màng từ nơi này đến nơi khác. " * 60, "vi", "language"),
        ("세포막을 통해 물이 이동하는 것을 삼투라고 한다. " * 60, "ko", "language"),
        ("Water moves. " * 100, "", "language"),
        ("", "en", "short"),
    ],
)
def test_it_says_why_there_is_none(text, language, why):
    assert level([text], language) is None
    assert missing([text], language) == why


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", "table 2 energy 3 photosynthesis 5 walked 1 wanted 2 use 1 the 1 oxygen 3 theory 3"),
        ("de", "Wasser 2 Zelle 2 Häuser 2 Bewegung 3 Theorie 3 die 1 schreiben 2"),
        ("es", "agua 2 energía 4 día 2 país 2 guerra 2 ciudad 2 que 1 teoría 4"),
        ("fr", "cellule 2 énergie 3 que 1 parlent 1 quatre 1 guerre 1 oxygène 3"),
        ("tr", "su 1 hücre 2 saat 2 ISI 2 İstanbul 3"),
    ],
)
def test_it_counts_syllables(language, counted):
    words = counted.split()
    found = {word: syllables(word, language) for word in words[::2]}
    assert found == dict(zip(words[::2], map(int, words[1::2]), strict=True))
