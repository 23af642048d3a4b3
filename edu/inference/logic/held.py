"""What this app holds of people."""

from edu.common.held import UNNAME, Held, Rules
from edu.common.text import gettext_noop as _
from edu.inference.models import OutsideCall

RULES: Rules = {
    OutsideCall: Held(
        _("What was sent to models elsewhere for you"),
        _(
            "So that it can be shown what left this site. No words are kept; the record stays, without your "
            "name, because the site answers for it."
        ),
        {"user": UNNAME},
    ),
}
