"""What the gateway holds of people, and how it is shown, exported and erased. It stands above the
orchestrator, which finds it by settings.EDU_HELD_ABOVE."""

from edu.common import held
from edu.common.held import ERASE, Held, Kind, Personal, Rules
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.gateway.models import Once, Webhook, WebhookMessage

RULES: Rules = {
    Once: Held(
        _("Requests that are made only once"),
        _("So that a program that sends a request twice gets one answer; gone after a day."),
        {"person": ERASE},
        hide=("key", "fingerprint", "body"),
    ),
    WebhookMessage: Held(
        _("Messages to programs"),
        _("So that a program that was away is told later; gone after a month."),
        {"webhook__user": ERASE, "body__data__user": ERASE},
    ),
    Webhook: Held(
        _("Your webhooks"),
        _("So that your programs are told what happens."),
        {"user": ERASE},
        hide=("secret",),
    ),
}


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return held.kinds(RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return held.export(RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person; return how many rows went, by table."""
    return held.erase(RULES, {"id": parse_id(user)})
