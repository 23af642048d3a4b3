"""Reasons: kept as a message id with its numbers, put into the reader's language when read."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from edu.analytics.logic.belief import Answer, Belief
from edu.common.text import gettext_noop as _

Reason = dict[str, Any]

RIGHT = _(
    "Right without help on %(right)s of the last %(of)s, so it went from %(before)s to %(after)s."
)
WRONG = _(
    "Not right this time, and right without help on %(right)s of the last %(of)s, "
    "so it went from %(before)s to %(after)s."
)
PARTLY = _(
    "Partly right (%(score)s), and right without help on %(right)s of the last %(of)s, "
    "so it went from %(before)s to %(after)s."
)
HELPED = _("Right with help, which counts %(counts)s, so it went from %(before)s to %(after)s.")
SHOWN = _("Right after the answer had been shown, which proves nothing, so it stays at %(after)s.")
RECALLED = _(
    "Recalled, by your own word, which counts %(counts)s, so it went from %(before)s to %(after)s."
)
NOT_RECALLED = _("Not recalled, by your own word, so it went from %(before)s to %(after)s.")
NOTHING = _("No answers yet, so %(after)s is only a starting guess.")


def number(value: float) -> str:
    """Return a share as people read it: in percent."""
    return f"{round(100 * value)} %"


def reason(answer: Answer, before: Belief, after: Belief) -> Reason:
    """Return why `answer` moved the belief."""
    if answer.told:
        text = RECALLED if answer.score > 0.0 else NOT_RECALLED
    elif not answer.right:
        text = PARTLY if answer.score > 0.0 else WRONG
    elif answer.key_seen:
        text = SHOWN
    else:
        text = RIGHT if answer.unaided else HELPED
    return {
        "text": text,
        "right": sum(after.recent),
        "of": len(after.recent),
        "score": number(answer.score),
        "counts": number(answer.counts),
        "before": number(before.p),
        "after": number(after.p),
    }


def say(kept: Reason) -> str:
    """Return a kept reason as a sentence in the reader's language."""
    text = str(kept.get("text", ""))
    return gettext(text) % {name: _percent(value) for name, value in kept.items()} if text else ""


def _percent(value: Any) -> Any:
    """Return a share that was kept as "0.62", as all were before, in percent."""
    old = isinstance(value, str) and len(value) == 4 and value[:2] in ("0.", "1.")
    return number(float(value)) if old and value[2:].isdigit() else value


def standing(kept: Reason, peak: float, now_p: float, since: datetime, now: datetime) -> str:
    """Return why mastery is what it is now: the last movement, or how far it has faded since."""
    days = (now - since).days
    if days < 1 or number(peak) == number(now_p):
        return say(kept)
    return ngettext(
        "Nothing new for %(days)s day, so it went from %(before)s to %(after)s.",
        "Nothing new for %(days)s days, so it went from %(before)s to %(after)s.",
        days,
    ) % {"days": days, "before": number(peak), "after": number(now_p)}
