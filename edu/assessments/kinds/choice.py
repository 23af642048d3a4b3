"""One or several right options among some."""

from math import comb
from typing import Any

from django.utils.translation import gettext

from edu.assessments.base.kind import (
    Clues,
    Grade,
    Kind,
    Ready,
    Sheet,
    bad,
    clean,
    stem_of,
    texts,
    too_large,
)
from edu.assessments.base.words import fold
from edu.common.text import gettext_noop as _

MOST_OPTIONS = 20


class Choice(Kind):
    """key: {"correct": [index from 0]}. A response is an option's id, its text, or a list of these."""

    name = "choice"

    def ready(self, stem: str, options: list[str], key: dict[str, Any]) -> Ready:
        """Two to twenty options that differ, at least one right and one wrong."""
        kept = texts(options, "options")
        if not 2 <= len(kept) <= MOST_OPTIONS:
            raise bad(options=_("Give two to twenty options."))
        if len({(fold(each, accents=True) or each).replace(" ", "") for each in kept}) < len(kept):
            raise bad(options=_("Two options say the same. Change one of them."))
        correct = key.get("correct") if isinstance(key, dict) else None
        if isinstance(correct, int) and not isinstance(correct, bool):
            correct = [correct]
        if not isinstance(correct, list) or not correct or not _indexes(correct, len(kept)):
            raise bad(key=_("Say which options are right, counting from 0."))
        right = sorted(set(correct))
        if len(right) == len(kept):
            raise bad(key=_("All options are right, so there is nothing to choose."))
        return Ready(stem_of(stem), kept, {"correct": right, **_flags(key)})

    def grade(self, sheet: Sheet, response: Any) -> Grade:
        """All right and nothing else is 1; with several right ones each wrong one takes one back."""
        chosen = _chosen(sheet, response)
        if chosen is None:
            return Grade(0.0, gettext("Choose one of the options."), parsed=False)
        right = set(sheet.key["correct"])
        read = ", ".join(sheet.options[each].text for each in sorted(chosen))
        if not chosen:
            return Grade(0.0, gettext("You chose nothing."), read=read, parsed=False)
        if len(right) == 1 and len(chosen) > 1:
            return Grade(
                0.0, gettext("Only one option is right, and you chose several."), read=read
            )
        if chosen == right:
            return Grade(1.0, gettext("Right."), read=read)
        if len(right) == 1:
            return Grade(0.0, gettext("Not right."), read=read)
        score = max(0.0, (len(chosen & right) - len(chosen - right)) / len(right))
        said = gettext("Partly right.") if score else gettext("Not right.")
        return Grade(round(score, 4), said, read=read)

    def key_text(self, sheet: Sheet) -> str:
        """The right options' texts."""
        return "; ".join(sheet.options[each].text for each in sheet.key["correct"])

    def key_shown(self, sheet: Sheet, order: list[str]) -> dict[str, Any]:
        """Indexes count the options as the learner saw them; ids and texts need no order."""
        seen = [each for each in order if any(each == option.id for option in sheet.options)]
        places = {each: at for at, each in enumerate(seen or [o.id for o in sheet.options])}
        right = [sheet.options[each] for each in sheet.key["correct"]]
        right.sort(key=lambda option: places.get(option.id, len(places)))
        return {
            "correct": [places[each.id] for each in right if each.id in places],
            "options": [each.id for each in right],
            "texts": [each.text for each in right],
        }

    def secrets(self, sheet: Sheet) -> list[str]:
        """The right options' texts."""
        return [sheet.options[each].text for each in sheet.key["correct"]]

    def several(self, sheet: Sheet) -> bool:
        """Whether more than one is right."""
        return len(sheet.key["correct"]) > 1

    def luck(self, sheet: Sheet) -> float:
        """One in all the ways of choosing so many of them."""
        return 1.0 / comb(len(sheet.options), len(sheet.key["correct"]))

    def chosen(self, sheet: Sheet, response: Any) -> list[str]:
        """The ids, in the order of the options; none for a response that names something else."""
        return [sheet.options[each].id for each in sorted(_chosen(sheet, response) or ())]

    def clues(self, sheet: Sheet, order: list[str]) -> Clues:
        """Strike wrong options, in the order in which they are shown, until two are left."""
        right = {sheet.options[each].id for each in sheet.key["correct"]}
        by_id = {each.id: each for each in sheet.options}
        wrong = [each for each in order if each in by_id and each not in right]
        spare = wrong[: max(0, len(wrong) - 1)]  # at least one wrong option stays
        quote = "; ".join(f"“{by_id[each].text}”" for each in spare)
        if not spare:
            text = gettext("Hold each option against the question, word by word.")
            return Clues(text, text)
        first = gettext("It is not “%(option)s”.") % {"option": by_id[spare[0]].text}
        return Clues(first, gettext("These are wrong: %(options)s.") % {"options": quote}, spare)


def _indexes(given: list[Any], count: int) -> bool:
    return all(
        isinstance(each, int) and not isinstance(each, bool) and 0 <= each < count for each in given
    )


def _chosen(sheet: Sheet, response: Any) -> set[int] | None:
    """Return the indexes that a response names; None when it names something else."""
    if isinstance(response, bool) or too_large(response):
        return None
    given = response if isinstance(response, list) else [response]
    chosen = set()
    for each in given:
        index = _index(sheet, each)
        if index is None:
            return None
        chosen.add(index)
    return chosen


def _index(sheet: Sheet, given: Any) -> int | None:
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        given = clean(given)  # an option such as 4, given as a number
    if not isinstance(given, str) or not given.strip():
        return None
    for index, option in enumerate(sheet.options):
        if option.id == given.strip():
            return index
    for index, option in enumerate(sheet.options):
        if option.text.strip() == given.strip():
            return index
    wanted = fold(given, accents=True)
    same = [i for i, each in enumerate(sheet.options) if wanted and fold(each.text, True) == wanted]
    return same[0] if len(same) == 1 else None


def _flags(key: dict[str, Any]) -> dict[str, Any]:
    return {"review": True} if key.get("review") is True else {}
