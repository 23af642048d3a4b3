"""What this app holds of people."""

from edu.common.held import ERASE, Held, Rules
from edu.common.text import gettext_noop as _
from edu.events.models import DataKey, Delivery

RULES: Rules = {
    Delivery: Held(
        _("Messages between the parts of edu that tell of you"),
        _("Until they are delivered, and two weeks more so that faults can be found."),
        {"payload__user": ERASE},
        hide=("handler", "error", "due_at", "tries"),
    ),
    DataKey: Held(
        _("Keys that lock what is kept"), _("They name nobody."), hide=("wrapped", "master")
    ),
}
