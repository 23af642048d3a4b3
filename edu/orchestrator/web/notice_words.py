"""What a notice says, in the language of whoever reads it."""

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edu.orchestrator import data
from edu.orchestrator.data import Notification

ICONS = {
    data.MATERIAL_READ: "file",
    data.QUIZ_READY: "quiz",
    data.QUIZ_FAILED: "care",
    data.OBJECTIVES_PROPOSED: "course",
    data.REVIEWS_DUE: "review",
    data.COURSE_REMOVED: "care",
    data.CONSENT_OVERRULED: "care",
}


def words(notice: Notification) -> str:
    """Return the sentence."""
    told = {"title": _apart(notice.title), "n": notice.count}
    if notice.kind == data.MATERIAL_READ:
        return _("“%(title)s” is read. You can ask about it now.") % told
    if notice.kind == data.QUIZ_READY:
        return (
            ngettext(
                "Your quiz in “%(title)s” is ready: %(n)s question.",
                "Your quiz in “%(title)s” is ready: %(n)s questions.",
                notice.count,
            )
            % told
        )
    if notice.kind == data.QUIZ_FAILED:
        return _("Your quiz in “%(title)s” could not be made.") % told
    if notice.kind == data.OBJECTIVES_PROPOSED:
        return (
            ngettext(
                "%(n)s objective found in “%(title)s” waits for your decision.",
                "%(n)s objectives found in “%(title)s” wait for your decision.",
                notice.count,
            )
            % told
        )
    if notice.kind == data.COURSE_REMOVED:
        return (
            _("Somebody else removed your course “%(title)s”. You can restore it for %(n)s days.")
            % told
        )
    if notice.kind == data.CONSENT_OVERRULED:
        return _(
            "A guardian of yours agreed to “%(title)s”, to which you had said no. Speak with them "
            "about it."
        ) % {"title": _(notice.title)}
    return (
        ngettext(
            "%(n)s question comes back to you today.",
            "%(n)s questions come back to you today.",
            notice.count,
        )
        % told
    )


def _apart(title: str) -> str:
    """Return a title that is written from right to left in marks that keep it from turning the words
    around it."""
    turned = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in title)
    return f"\u2068{title}\u2069" if turned else title


def icon(notice: Notification) -> str:
    """Return the name of the drawing that stands before it."""
    return ICONS.get(notice.kind, "bell")
