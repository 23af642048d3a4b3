"""What this app holds of people."""

from uuid import UUID

from django.db import transaction

from edu.assessments.models import Attempt, Item, ItemVersion, Quiz, QuizItem
from edu.common import held
from edu.common.held import ERASE, UNNAME, Held, Personal, Rules
from edu.common.text import gettext_noop as _

OTHERS = _("Others learn from it: it stays, without your name.")
LEARNING = _("So that you see how you stand, and your teachers can help.")

RULES: Rules = {
    Attempt: Held(
        _("Your answers and their grades"), LEARNING, {"user": ERASE, "reviewed_by": UNNAME}
    ),
    QuizItem: Held(_("Questions that you were asked"), LEARNING, {"quiz__user": ERASE}),
    Quiz: Held(_("Your quizzes"), LEARNING, {"user": ERASE}),
    ItemVersion: Held(_("Questions as you wrote them"), OTHERS, {"created_by": UNNAME}),
    Item: Held(_("Questions that you made"), OTHERS, {"created_by": UNNAME}),
}


def export(user: UUID) -> Personal:
    """Return what is held of a person; to each answer belongs what was asked."""
    told = held.export(RULES, {"id": user})
    asked = Attempt.objects.filter(user=user).values_list("id", "version__stem")
    stems = {str(attempt): stem for attempt, stem in asked}
    for row in told.rows.get(held.name(Attempt), []):
        row["question"] = stems.get(row["id"], "")
    return told


@transaction.atomic
def erase(user: UUID) -> dict[str, int]:
    """Erase a person; questions that were made for a quiz of theirs go, unless others were asked them."""
    quizzes = list(Quiz.objects.filter(user=user).values_list("id", flat=True))
    done = held.erase(RULES, {"id": user})
    made = Item.objects.filter(quiz__in=quizzes, quiz_items=None, attempts=None)
    ids = list(made.values_list("id", flat=True))
    Item.objects.filter(id__in=ids).update(latest=None)
    Item.objects.filter(id__in=ids).delete()
    if ids:
        done["assessments.item"] = done.get("assessments.item", 0) + len(ids)
    return done
