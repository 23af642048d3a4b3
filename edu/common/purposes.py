"""What is done with what people leave here only with their consent: asked by name, of users.api.allows."""

from dataclasses import dataclass

from edu.common.text import gettext_noop as _

SELF, GUARDIAN, SCHOOL = "self", "guardian", "school"  # in what capacity somebody decides


@dataclass(frozen=True)
class Purpose:
    """Something that is done with what a person leaves here only with their consent. `version` counts
    the changes of `words` that change what is agreed to; `minors` are those who may consent for a
    minor. Where a person is of age, `assumed` says whether it is done until they say no."""

    name: str
    title: str
    words: str
    version: int = 1
    minors: tuple[str, ...] = (GUARDIAN, SCHOOL)
    assumed: bool = True


PURPOSES = {
    each.name: each
    for each in (
        Purpose(
            "account",
            _("Learn here"),
            _(
                "An account is kept: the name, what was learnt, answers and results, so that learning "
                "goes on where it stopped. For whoever is of age it goes with having the account."
            ),
        ),
        Purpose(
            "outside-model",
            _("Language models elsewhere"),
            _(
                "Where this site has a language model at another firm, questions to the tutor and "
                "passages of materials are sent there to be answered. Without it, only what runs on "
                "this site answers."
            ),
        ),
        Purpose(
            "keep-voice",
            _("Keep recordings of the voice"),
            _(
                "What was said to the tutor can be listened to again. Without it, a recording is "
                "deleted as soon as it is written down."
            ),
        ),
        Purpose(
            "memory",
            _("Remember from one conversation to the next"),
            _(
                "Conversations with the tutor are kept, so that they can be read again and gone on with. "
                "Without it, each is deleted a day after its last question; answers to questions, and "
                "how well something is known, are kept all the same."
            ),
        ),
        Purpose(
            "show-talks",
            _("Let guardians read conversations"),
            _("A guardian may fetch all that is held, conversations with the tutor among it."),
            minors=(SELF, SCHOOL),
            assumed=False,
        ),
    )
}
