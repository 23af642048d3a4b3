"""What cannot be done just now, in words for the page."""

from collections.abc import Collection

from django.utils.translation import gettext, gettext_noop

from edu.inference import api as inference

# By kind of model: when it was left out on purpose, and when it should be there but does not answer.
WORDS = {
    "chat": (
        gettext_noop(
            "No language model is set up here: answers are quotes, questions are made by rules."
        ),
        gettext_noop(
            "The language model does not answer now: answers are quotes, questions are made by rules."
        ),
    ),
    "embed": (
        gettext_noop("Search goes by words only: the model that compares meanings is not set up."),
        gettext_noop(
            "Search goes by words only for now: the model that compares meanings is away."
        ),
    ),
    "hear": (
        gettext_noop("Recordings cannot be heard here. Write instead."),
        gettext_noop(
            "Recordings cannot be heard for now. They are kept and heard later, or write."
        ),
    ),
    "speak": (
        gettext_noop("Answers cannot be read aloud here."),
        gettext_noop("Answers cannot be read aloud for now."),
    ),
    "read": (
        gettext_noop("Text in pictures cannot be read here. Write down what they say."),
        gettext_noop("Text in pictures cannot be read for now. Write down what they say."),
    ),
    "see": (
        gettext_noop("What pictures show cannot be seen here; their text can be read."),
        gettext_noop("What pictures show cannot be seen for now; their text can be read."),
    ),
}


def sentences(kinds: Collection[str] = ()) -> list[str]:
    """Return one sentence for each kind of model (of `kinds`, or of all) that does not work now."""
    found = []
    for part in inference.status():
        if part.state in ("ready", "idle") or part.kind not in (kinds or WORDS):
            continue
        if part.kind in WORDS:
            off, away = WORDS[part.kind]
            found.append(gettext(off if part.state == "off" else away))
    return found
