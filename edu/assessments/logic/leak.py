"""The leak gate: would these words give away the key of an item that the learner still has open?

Held against the text however it is dressed: in another case, without accents, with blanks, dots or
dashes between the letters, with look-alike letters, with soft hyphens.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from rapidfuzz import fuzz

from edu.assessments.base.words import LEADS, bare, fold
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Attempt, ItemVersion, Quiz, QuizItem
from edu.common.ids import parse_id
from edu.common.language import content_words, guess, stopwords

OPEN_FOR = timedelta(hours=6)
WORKED_ON = timedelta(minutes=30)  # since the last question shown or answered in a quiz
SAME_FACT = 1 / 3  # of what a question speaks of, in an answer that gives it away
GUARDED = ("quiz", "practice", "review", "test")
MASK = "…"
ALMOST = 70  # of 100: as alike as a key and what somebody mistyped
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁոɡӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧ01345@$", "aeopcyxijsdngiabezhikmnoptyxoieasas"
)


def open_items(user: str, course: str, now: datetime) -> list[QuizItem]:
    """Return the items that were shown to `user` and not answered since, of the quizzes that are being
    worked on: shown or answered a while ago at most. A test is guarded as long as it is open."""
    since = now - WORKED_ON
    mine = QuizItem.objects.filter(
        quiz__user=parse_id(user), quiz__course=parse_id(course), quiz__mode__in=GUARDED
    )
    shown = mine.filter(shown_at__gte=since).values("quiz")
    answered = Attempt.objects.filter(user=parse_id(user), answered_at__gte=since).values("quiz")
    rows = mine.filter(
        Q(quiz__in=shown) | Q(quiz__in=answered) | Q(quiz__mode="test"),
        quiz__status__in=(Quiz.Status.READY, Quiz.Status.RUNNING),
        status=QuizItem.Status.OPEN,
        key_seen_at=None,
        shown_at__gte=now - OPEN_FOR,
    ).select_related("item", "version")
    return list(rows.order_by("-shown_at")[:100])


def open_versions(user: str, course: str, now: datetime) -> list[tuple[str, ItemVersion]]:
    """Return (kind, version) of the items that `user` works on."""
    return [(row.item.kind, row.version) for row in open_items(user, course, now)]


def found(user: str, course: str, text: str, now: datetime) -> list[str]:
    """Return the key texts of open items that `text` holds."""
    return [secret for _, secret in _told(user, course, text, now)]


def guarded(user: str, course: str, text: str, question: str, now: datetime) -> str | None:
    """Return the quiz of which an open item would be given away by `text` in answer to `question`,
    None when there is none. A key told of another fact gives nothing away: what is asked and said has
    to speak of what the item asks."""
    for row, _ in _told(user, course, text, now):
        language = row.version.language
        stems = set(content_words(row.version.stem.replace("_", " "), language))
        spoken = {*content_words(text, language), *content_words(question, language)}
        if len(stems & spoken) >= len(stems) * SAME_FACT:
            return str(row.quiz_id)
    return None


def _told(user: str, course: str, text: str, now: datetime) -> list[tuple[QuizItem, str]]:
    """Return the open items whose keys `text` holds, with those keys."""
    if not text.strip():
        return []
    held = Text(text)
    return [
        (row, secret)
        for row in open_items(user, course, now)
        for secret in secrets_of(row.item.kind, row.version)
        if held.gives_away(secret, row.version.stem)
    ]


def resembles(place: QuizItem, text: str) -> bool:
    """Whether `text` could be meant as an answer to an open item: it has words of the key, nearly its
    letters, or is about as short. Only guessed, so that a topic is not taken for a wrong answer."""
    secrets = secrets_of(place.item.kind, place.version)
    wanted = [bare(fold(secret)) for secret in secrets]
    said = bare(fold(text))
    if not secrets or not said or LEADS.match(fold(text)):
        return bool(said)
    if place.item.kind == "number" or all(each.replace(" ", "").isdigit() for each in wanted):
        return any(character.isdigit() for character in said) or len(said.split()) <= 2
    language = place.version.language
    stems = set(content_words(text, language))
    if any(stems & set(content_words(secret, language)) for secret in secrets):
        return True
    if any(fuzz.ratio(said, each) >= ALMOST for each in wanted):
        return True
    small = stopwords(language)
    # Where the key has no small words, neither has an answer: "hazards of volcanoes" is a topic.
    room = max(len(each.split()) for each in wanted) + (0 if set(said.split()) & small else 1)
    return len(said.split()) <= room * max(1, place.version.stem.count("___"))


def secrets_of(kind: str, version: ItemVersion) -> list[str]:
    """Return what would give one item away."""
    return [each for each in all_kinds()[kind].secrets(sheet_of(version)) if each.strip()]


class Text:
    """A text made ready to be searched for many secrets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = f" {fold(text)} "
        self.letters = letters(text)
        self.language = guess(text)
        self.stems = content_words(text, self.language)

    def gives_away(self, secret: str, stem: str = "") -> bool:
        """Whether `secret` can be read in the text. One that is only a digit or two, or a very short
        word, must stand near what the question speaks of, or be nearly all that is said."""
        wanted = bare(fold(secret))
        if not wanted:
            return secret.strip() in self.text
        whole = f" {wanted} " in self.plain or self._inflected(secret)
        hidden = len(wanted.replace(" ", "")) >= 5 and self._spelled(wanted)
        if not (whole or hidden):
            return False
        if len(wanted) > 3 and not wanted.isdigit():
            return True
        return len(self.plain.split()) <= 12 or bool(
            set(self.stems) & set(content_words(stem, self.language))
        )

    def _inflected(self, secret: str) -> bool:
        """Whether all words of the secret stand side by side in some other form."""
        wanted = content_words(secret, self.language)
        if not wanted or len(fold(secret)) < 4:
            return False
        size = len(wanted)
        return any(self.stems[i : i + size] == wanted for i in range(len(self.stems) - size + 1))

    def _spelled(self, wanted: str) -> bool:
        """Whether the letters stand there with other signs strewn between them, or backwards."""
        plain = letters(wanted)
        if len(plain) < 5:
            return False
        return plain in self.letters and (
            len(plain) >= 8
            or _strewn(plain, self.text)
            or plain in letters(self.plain.replace(" ", "\n"))
        )


def letters(text: str) -> str:
    """Return nothing but the letters and digits of a text, all look-alikes made one."""
    text = (
        unicodedata.normalize("NFKD", text).translate(_LOOKALIKES).casefold().translate(_LOOKALIKES)
    )
    return "".join(c for c in text if c.isalnum())


def _strewn(wanted: str, text: str) -> bool:
    """Whether `wanted` is spelled with a sign or blank after its letters: o-s-m-o-s-i-s."""
    text = (
        unicodedata.normalize("NFKD", text).translate(_LOOKALIKES).casefold().translate(_LOOKALIKES)
    )
    text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    return (
        re.search(r"(?<!\w)" + r"[\W_]{0,3}".join(map(re.escape, wanted)) + r"(?!\w)", text)
        is not None
    )


def redact(user: str, course: str, text: str, now: datetime) -> str:
    """Return `text` with every secret of open items masked where it stands."""
    every = {
        secret
        for kind, version in open_versions(user, course, now)
        for secret in secrets_of(kind, version)
    }
    return masked(text, every)


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return `text` with the words of `secrets` (and their forms) replaced by a mask."""
    language = guess(text)
    for secret in sorted(secrets, key=len, reverse=True):
        tokens = [
            re.escape(word) for word in re.findall(r"\w+", bare(fold(secret, True)) or secret)
        ]
        if not tokens:
            continue
        pattern = r"(?<!\w)" + r"[\W_]+".join(tokens) + r"(?!\w)"
        text = re.sub(pattern, MASK, text, flags=re.IGNORECASE)
        text = _without(text, set(content_words(secret, language)), language)
    return re.sub(rf"{MASK}(?:[\s-]+{MASK})+", MASK, text)


def _without(text: str, stems: set[str], language: str) -> str:
    def one(found: re.Match[str]) -> str:
        return MASK if set(content_words(found[0], language)) & stems else found[0]

    return re.sub(r"\w+", one, text) if stems else text
