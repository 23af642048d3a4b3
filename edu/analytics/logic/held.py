"""What this app holds of people."""

from edu.analytics.models import Evidence, Interaction, Mastery, Movement, ReviewCard
from edu.common.held import ERASE, Held, Rules
from edu.common.text import gettext_noop as _

LEARNING = _("So that edu knows what you know, and what to offer you next.")

RULES: Rules = {
    Interaction: Held(_("What you did, and when"), LEARNING, {"user": ERASE}),
    Evidence: Held(_("What your answers tell of your knowledge"), LEARNING, {"user": ERASE}),
    Movement: Held(_("How your mastery moved"), LEARNING, {"user": ERASE}),
    Mastery: Held(_("Your mastery"), LEARNING, {"user": ERASE}),
    ReviewCard: Held(_("When questions come back to you"), LEARNING, {"user": ERASE}),
}
