"""How much personal data is found in what learners write, and how much of the teaching it harms.

Messages are made from templates of `personal_texts` and from the names, streets, numbers and addresses of
mail of mimesis, which no list of ours was made from. Names are told apart by whether they stand in our
lists all the same. `python -m benchmarks.personal [dev|held|fresh|last|next|after] [seed] [--show]`; the
second table needs a folder with squad2, xquad and oatutor, which EDU_SHARED_DATA names.
"""

import gzip
import json
import os
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.personal_later import AFTER, NEXT
from benchmarks.personal_texts import DEV, FRESH, HELD, LAST
from benchmarks.table import show
from edu.inference.base.personal import Veil
from edu.inference.base.personal.tokens import family, given

DATA = Path(os.environ.get("EDU_SHARED_DATA", "../shared/data"))
EACH = 20  # messages of one template
_SLOT = re.compile(r"\{(\w+)\}")
_LOCALES = {"pt": "pt-br", "ar": "ar-eg"}
_IDS = {
    "en": ["S########", "######-##", "###-##-####"],
    "de": ["#######", "L01X00T##"],
    "fr": ["########", "##AB#####"],
    "es": ["#######", "########Z"],
    "it": ["######", "YA#######"],
    "pt": ["###.###.###-##", "########"],
    "tr": ["###########", "########"],
    "ru": ["#### ######", "##-####"],
    "ar": ["##########"],
    "zh": ["20########"],
    "ja": ["A######"],
    "nl": ["s######"],
}
_DATES = {
    "en": ["{d} {m} {y}", "{m} {d}, {y}", "{n}/{d}/{y}"],
    "zh": ["{y}年{n}月{d}日"],
    "ja": ["{y}年{n}月{d}日"],
    "de": ["{d}. {m} {y}", "{d}.{n}.{y}"],
    "es": ["{d} de {m} de {y}", "{d}/{n}/{y}"],
    "pt": ["{d} de {m} de {y}", "{d}/{n}/{y}"],
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_SURNAME_FIRST = ("zh", "ja")


@dataclass(frozen=True)
class Made:
    """A message, and what in it is personal: kind and words."""

    language: str
    text: str
    said: list[tuple[str, str]]


class Maker:
    """Fills templates of one language with values that nobody has."""

    def __init__(self, language: str, seed: int) -> None:
        from mimesis import Address, Payment, Person
        from mimesis.locales import Locale

        locale = Locale(_LOCALES.get(language, language))
        self.language, self.chance = language, random.Random(f"{language} {seed}")
        self.person, self.place = Person(locale, seed=seed), Address(locale, seed=seed)
        self.payment = Payment(seed=seed)

    def fill(self, template: str) -> Made:
        """Return one message."""
        said: list[tuple[str, str]] = []

        def put(match: re.Match[str]) -> str:
            value = getattr(self, match[1])()
            kind = {"first": "name", "last": "name"}.get(match[1], match[1])
            said.append((kind, value))
            return value

        return Made(self.language, _SLOT.sub(put, template), said)

    def first(self) -> str:
        """A given name."""
        return str(self.person.first_name())

    def last(self) -> str:
        """A name of a family."""
        return str(self.person.last_name())

    def name(self) -> str:
        """A whole name, as its language orders it."""
        first, last = self.first(), self.last()
        if self.language in _SURNAME_FIRST:
            return last + first
        return f"{first} {last}"

    def email(self) -> str:
        """An address of mail."""
        return str(self.person.email())

    def phone(self) -> str:
        """A telephone number."""
        return str(self.person.phone_number())

    def address(self) -> str:
        """Where somebody lives."""
        street = str(self.place.address())
        forms = [street, f"{street}, {self.place.postal_code()} {self.place.city()}"]
        return self.chance.choice(forms)

    def card(self) -> str:
        """A number of a card."""
        return str(self.payment.credit_card_number())

    def iban(self) -> str:
        """An account with a right checksum."""
        code, length = self.chance.choice([("DE", 18), ("FR", 23), ("ES", 20), ("GB", 18)])
        body = "".join(str(self.chance.randrange(10)) for _ in range(length))
        if code == "GB":
            body = "NWBK" + body[4:]
        turned = body + code + "00"
        check = 98 - int("".join(str(int(sign, 36)) for sign in turned)) % 97
        whole = f"{code}{check:02}{body}"
        spaced = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
        return self.chance.choice([whole, spaced])

    def ip(self) -> str:
        """An address that can be reached."""
        six = ":".join(f"{self.chance.randrange(65536):x}" for _ in range(6))
        four = ".".join(str(self.chance.randrange(1, 255)) for _ in range(3))
        return self.chance.choice([f"85.{four}", f"2a02:8109:{six}"])

    def handle(self) -> str:
        """A name of a user."""
        made = str(self.person.username(mask=self.chance.choice(["l_d", "l.d", "Ud", "l-d"])))
        return self.chance.choice([made, "@" + made])

    def url(self) -> str:
        """A link to somebody's page."""
        user = self.handle().lstrip("@")
        sites = ["https://www.instagram.com/{}/", "https://github.com/{}", "https://school.example.org/~{}",
                 "https://example.com/users/{}?tab=1", "https://www.linkedin.com/in/{}"]  # fmt: skip
        return self.chance.choice(sites).format(user)

    def birthdate(self) -> str:
        """A day of somebody who is alive."""
        month = self.chance.randrange(12)
        names = _MONTHS.get(self.language, "").split()
        forms = _DATES.get(self.language, ["{d} {m} {y}", "{d}.{n}.{y}"])
        return self.chance.choice(forms).format(
            d=self.chance.randrange(1, 29),
            n=month + 1,
            m=names[month] if names else "",
            y=self.chance.randrange(1950, 2018),
        )

    def id(self) -> str:
        """A number of a paper."""
        form = self.chance.choice(_IDS[self.language])
        return re.sub("#", lambda _: str(self.chance.randrange(10)), form)


def messages(which: dict[str, list[str]], seed: int, each: int = EACH) -> Iterator[Made]:
    """Yield messages of all templates."""
    for language, templates in which.items():
        maker = Maker(language, seed)
        for template in templates:
            for _ in range(each):
                yield maker.fill(template)


def missed(made: Made, sent: str) -> list[tuple[str, str]]:
    """Return what of a message still stands in what is sent: any word or number of it, more often than
    it stands in the rest of the message."""
    left = re.sub(r"\[[A-Z]+_\d+\]", "\0", sent)
    return [(kind, value) for kind, value in made.said if not _gone(value, made.text, left)]


def _gone(value: str, text: str, left: str) -> bool:
    for part in set(re.split(r"[\s,.;:()\-/@_]+", value)):
        latin = not re.search(r"[\u0590-\uffff]", part)
        edges = (r"(?<![^\W\u0590-\uffff])", r"(?![^\W\u0590-\uffff])") if latin else ("", "")
        form = re.compile(re.escape(part).join(edges))
        if len(part) > 1 and len(form.findall(left)) > len(form.findall(text)) - len(
            form.findall(value)
        ):
            return False
    return True


def known(name: str) -> bool:
    """Whether every part of a name stands in our lists."""
    return all(given(p.casefold()) or family(p.casefold()) for p in name.split())


def recall(
    which: dict[str, list[str]], seed: int, verbose: bool = False
) -> dict[str, Counter[str]]:
    """Return, by kind, by language and by whether a name is listed, how many there were and were found."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for made in messages(which, seed):
        veil = Veil()
        sent = veil.words(made.text)
        assert veil.restore(sent) == made.text, made
        lost = missed(made, sent)
        for kind, value in made.said:
            rows = ["all", kind, f"in {made.language}"]
            if kind == "name":
                rows.append("name on a list" if known(value) else "name on no list")
            found = (kind, value) not in lost
            for row in rows:
                seen[row]["there"] += 1
                seen[row]["found"] += found
            if verbose and not found:
                print(made.language, kind, repr(value), "|", made.text, "|", sent)
    return seen


def passages() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (set, passage, questions about it) of public teaching texts."""
    for name in ("squad2/dev", *(f"xquad/xquad.{code}" for code in ("en", "de", "ar", "tr"))):
        path = DATA / f"{name}.json"
        if not path.is_file():
            continue
        for article in json.loads(path.read_text())["data"]:
            for each in article["paragraphs"]:
                yield name, each["context"], [asked["question"] for asked in each["qas"]]
    path = DATA / "oatutor" / "problems.jsonl.gz"
    if path.is_file():
        with gzip.open(path, "rt") as rows:
            for row in rows:
                problem = json.loads(row)
                yield "oatutor", " ".join(str(problem.get(k) or "") for k in ("title", "body")), []


def harm(seed: int) -> list[list[object]]:
    """Return, for each set, the share of words of teaching matter that are replaced, and the share of
    questions about it in which anything is."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for name, passage, questions in passages():
        veil = Veil(["Marta Schulz", "Emre Demir", "Jonas Weber", "Alicia Romero"])
        veil.matter(passage)
        rows[name]["words"] += len(passage.split())
        rows[name]["hit"] += sum(veil.counts.values())
        for question in random.Random(seed).sample(questions, min(4, len(questions))):
            asked = Veil()
            asked.learn([passage])
            asked.words(question)
            rows[name]["asked"] += 1
            rows[name]["changed"] += bool(asked.counts)
    return [
        [name, n["words"], f"{n['hit'] / max(1, n['words']):.5f}", n["asked"],
         f"{n['changed'] / max(1, n['asked']):.3f}"]
        for name, n in rows.items()
    ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    words = [each for each in sys.argv[1:] if not each.startswith("-")]
    which = words[0] if words else "last"
    seed = int(words[1]) if len(words) > 1 else 1
    sets = {"dev": DEV, "held": HELD, "fresh": FRESH, "last": LAST, "next": NEXT, "after": AFTER}
    seen = recall(sets[which], seed, "--show" in sys.argv)
    rows = [
        [name, n["there"], n["found"], f"{n['found'] / n['there']:.4f}"] for name, n in seen.items()
    ]
    show(
        f"Personal data found, {which} templates, seed {seed}",
        ["what", "there", "found", "recall"],
        rows,
    )
    if found := harm(seed):
        head = ["teaching texts", "words", "share replaced", "questions", "share changed"]
        show("What it costs the teaching", head, found)


if __name__ == "__main__":
    main()
