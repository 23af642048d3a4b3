"""Formulas as they are said: in words of four languages, in plain signs elsewhere."""

import time

import pytest

from edu.common.formulas import spoken
from edu.common.formulas.words import COMMANDS, PARTS, SIGNS, WORDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"The area is $\pi r^2$.", "The area is pi r squared."),
        (r"$\frac{1}{2}$ of it", "one half of it"),
        (r"\(\frac{a+b}{2}\)", "the fraction a plus b over 2, end of fraction"),
        (r"$\frac{a}{b}$", "a over b"),
        (
            r"\[x = \sqrt{b^2 - 4ac}\]",
            "x equals the square root of b squared minus 4 a c, end of root",
        ),
        (r"$\sqrt[3]{x}$ and $\sqrt[n]{x}$", "the cube root of x and the nth root of x"),
        (r"$\sum_{i=1}^{n} i^2$", "the sum from i equals 1 to n of i squared"),
        (r"$\int_0^1 x \, dx$", "the integral from 0 to 1 of x d x"),
        (
            r"$\lim_{x \to 0} \sin x = 0$",
            "the limit as x approaches 0 of sine x equals 0",
        ),
        (r"$a_{n+1} \leq b_n$", "a sub n plus 1, is less than or equal to b sub n"),
        (r"$e^{-x}$, $x^{n+1}$", "e to the power of minus x, x to the power of n plus 1"),
        (r"$|x| \neq \infty$", "the absolute value of x is not equal to infinity"),
        (r"$f(x) = 2(x+1)$", "f of x equals 2 open bracket x plus 1 close bracket"),
        (r"$\Delta \vec{v}$", "capital delta vector v"),
        (
            r"$\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}$",
            "matrix 1, 2, next row: 3, 4, end of matrix",
        ),
        (r"\alpha rays and \frac{1}{3}", "alpha rays and one third"),
        ("x² + y² = z²", "x squared plus y squared equals z squared"),
        ("E = mc^2", "E equals m c squared"),
        ("√2 ≈ 1.41", "the square root of 2 is approximately equal to 1.41"),
        ("Water is H₂O, and CO₂ a gas.", "Water is H 2 O, and CO 2 a gas."),
        ("10⁻³ m", "10 to the power of minus 3 m"),
        ("If α ≤ β, stop.", "If alpha is less than or equal to beta, stop."),
        ("5 × 3 = 15", "5 times 3 equals 15"),
        ("Take ½ cup.", "Take one half cup."),
    ],
)
def test_a_formula_is_said_in_english(text, said):
    assert spoken(text, "en") == said
    assert spoken(text, "en-GB") == said


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10.",
        "Between $5 and 3 dollars, $7",
        "A well-known e-mail, and/or 1/2, he said (at 5:30).",
        "C:\\users\\me, a_b in code",
        "Ο πληθυσμός π είναι μεγάλος.",
        "See page 3, line 5 - not 6.",
        "Fußgänger über 18, naïve café",
        "速度很快。",
        "",
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_what_is_no_formula_stays_as_it_is(text, language):
    assert spoken(text, language) == text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "x gleich Bruch minus b plus oder minus Wurzel aus b Quadrat minus 4 a c, Ende der Wurzel, "
         "durch 2 a, Ende Bruch"),
        ("fr", "x égale fraction moins b plus ou moins racine carrée de b au carré moins 4 a c, fin de "
         "racine, sur 2 a, fin de fraction"),
        ("es", "x igual a fracción menos b más o menos raíz cuadrada de b al cuadrado menos 4 a c, fin de "
         "raíz, sobre 2 a, fin de fracción"),
        ("it", "x = (- b ± √(b² - 4 a c)) / (2 a)"),
        ("pl", "x = (- b ± √(b² - 4 a c)) / (2 a)"),
    ],
)  # fmt: skip
def test_a_formula_is_said_in_the_language_of_the_text(language, said):
    assert spoken(r"$x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}$", language) == said


def test_every_language_knows_every_sign():
    for language, names in WORDS.items():
        assert set(names) == set(WORDS["en"]), language
        assert set(PARTS[language]) == set(PARTS["en"])
        assert {name.count("{}") for name in names.values()} <= {0, 1, 2, 3}
        assert all(names[key].count("{}") == WORDS["en"][key].count("{}") for key in names)
    assert set(SIGNS.values()) <= set(WORDS["en"])
    for command in COMMANDS:  # none of LaTeX's own words is read out
        assert command == "ne" or f"\\{command}" not in spoken(f"$x \\{command} y$", "en")


@pytest.mark.parametrize(
    "text",
    [
        "$" * 5000,
        "{" * 5000,
        "\\frac" * 1000,
        "\\frac{" * 800,
        "\\sqrt{(" * 700 + "$",
        "x^" * 2500,
        "(((((" * 1000 + "²",
        "x²" * 2500,
        "$\\begin{matrix}" + "&\\\\" * 1500 + "$",
        "\\(" * 2500,
        "1,2,3,4," * 600 + "≤",
    ],
)
def test_no_formula_takes_long_or_breaks(text):
    begun = time.process_time()
    for language in ("en", "it"):
        assert isinstance(spoken(text, language), str)
    assert time.process_time() - begun < 2.0
