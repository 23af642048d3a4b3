"""The ladder of hints, made by rule from the item's own source: nudge, idea, similar example, last
step, answer. Every rung below the last is held against the leak gate before it is shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext

from edu.assessments.data import Hint, KeyClosed, NotReady
from edu.assessments.logic import lookup, moves
from edu.assessments.logic.leak import Text, masked, secrets_of
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import ItemVersion, QuizItem
from edu.common.errors import NotFound
from edu.common.language import content_words, sentences
from edu.common.sources import Citation, Locator
from edu.common.text import gettext_noop as _
from edu.courses import api as courses

NAMES = (_("nudge"), _("idea"), _("similar example"), _("last step"), _("answer"))


def climb(user: str, quiz: str, item: str, now: datetime) -> Hint:
    """Go one rung up and return what it says; on the last rung stay there."""
    row = lookup.quiz_row(user, quiz)
    if row.status not in ("ready", "running"):
        raise NotReady
    place = lookup.quiz_item_row(row, item, lock=True)
    if row.mode == "test" and not moves.key_open(place, row):
        raise KeyClosed(_("A test gives no hints."))
    if place.tries == 0:
        place.hint_level = min(place.hint_level + 1, moves.LAST_RUNG)
        place.shown_at = place.shown_at or now
        place.save(update_fields=["hint_level", "shown_at"])
    level = moves.LAST_RUNG if place.tries else place.hint_level
    if level == moves.LAST_RUNG:
        moves.note_key_seen(place, now)
    return hint_at(place, level)


def hint_at(place: QuizItem, level: int) -> Hint:
    """Return the hint of one rung, 1..5."""
    version = place.version
    last = level == moves.LAST_RUNG
    if last:
        kind = all_kinds()[place.item.kind]
        said = gettext("The answer is: %(answer)s.") % {"answer": kind.key_text(sheet_of(version))}
        text = f"{said} {version.explanation}".strip()
        return Hint(level, gettext(NAMES[4]), text, True, lookup.citations(version))
    secrets = secrets_of(place.item.kind, version)
    text = next(
        each
        for each in _tries(place, level, secrets)
        if each and not _leaks(each, secrets, version)
    )
    shown = [_without_quote(each) for each in lookup.citations(version)] if level == 1 else []
    shown = [each for each in shown if not _leaks(each.title, secrets, version)]
    return Hint(level, gettext(NAMES[level - 1]), text, False, shown)


def _leaks(text: str, secrets: list[str], version: ItemVersion) -> bool:
    held = Text(text)
    return any(held.gives_away(secret, text) for secret in secrets)


def _tries(place: QuizItem, level: int, secrets: list[str]) -> Iterator[str]:
    """Yield what could be said on this rung, the best first; the last can say nothing wrong."""
    version = place.version
    clues = all_kinds()[place.item.kind].clues(sheet_of(version), place.option_order)
    if level == 1:
        yield from _nudges(place)
    elif level == 2:
        yield from _ideas(version, secrets)
    elif level == 3:
        if not clues.struck:
            yield from list(_ideas(version, secrets))[1:2]
        yield clues.narrow
    else:
        yield clues.last
        yield clues.narrow
    yield gettext("Read the question once more, and say in your own words what it asks for.")
    yield gettext("Go through it step by step.")
    yield "…"


def _nudges(place: QuizItem) -> Iterator[str]:
    for citation in lookup.citations(place.version):
        where = in_words(citation.locator)
        if where and citation.title:
            yield gettext("Look again at “%(title)s”, %(place)s.") % {
                "title": citation.title,
                "place": where,
            }
        if citation.title:
            yield gettext("Look again at “%(title)s”.") % {"title": citation.title}
        if where:
            yield gettext("Look again in your materials, %(place)s.") % {"place": where}
    try:
        objective = courses.objective(
            course=str(place.item.course), objective=str(place.item.objective)
        )
        yield gettext("It belongs to “%(objective)s”. What do you know of that?") % {
            "objective": objective.title
        }
    except NotFound:
        return


def _ideas(version: ItemVersion, secrets: list[str]) -> Iterator[str]:
    """Yield sentences of the source with the answer masked, those near the answer first, but none
    that only repeats the question."""
    passage = version.passage_text
    language = version.language
    asked = set(content_words(version.stem, language))
    found: list[tuple[float, str]] = []
    spans = sentences(passage, language)
    marked = [masked(passage[a:b], secrets) for a, b in spans]
    hits = [i for i, (a, b) in enumerate(spans) if marked[i] != passage[a:b]]
    for index, text in enumerate(marked):
        said = set(content_words(text, language))
        if len(text) < 20 or (asked and len(asked & said) >= 0.8 * len(asked)):
            continue
        distance = min((abs(index - hit) for hit in hits), default=5)
        found.append((distance - 2 * len(asked & said) / max(1, len(asked)), text))
    for _rank, text in sorted(found, key=lambda each: each[0]):
        yield gettext("Your materials say nearby: “%(sentence)s”") % {"sentence": text}
    if version.explanation and version.explanation not in passage:
        yield masked(version.explanation, secrets)


def _without_quote(citation: Citation) -> Citation:
    """The quote holds the key, so a hint only says where it stands."""
    return replace(citation, quote="", url=citation.url.split("&quote=")[0].split("#")[0])


def in_words(locator: Locator) -> str:
    """Return a place in words: page 3, slide 4, 1:05, a section's heading."""
    kind = locator.get("kind")
    if kind == "page":
        return gettext("page %(number)s") % {"number": locator.get("page", "")}
    if kind == "slide":
        return gettext("slide %(number)s") % {"number": locator.get("slide", "")}
    if kind == "time":
        seconds = int(float(locator.get("start") or 0))
        return gettext("at %(time)s") % {"time": f"{seconds // 60}:{seconds % 60:02d}"}
    if kind == "section" and locator.get("path"):
        return gettext("section “%(name)s”") % {"name": locator["path"][-1]}
    if kind == "cell":
        return str(locator.get("sheet", ""))
    return ""
