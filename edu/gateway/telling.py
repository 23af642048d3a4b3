"""From facts to webhooks: the messages are written down, and a worker is asked to send them."""

import dataclasses

from django.utils import timezone

from edu.events.data import Fact
from edu.gateway import tasks, webhooks


def tell(kind: str, fact: Fact, event: str, *fields: str) -> None:
    """Tell those who want to know of this `kind` the named fields of `fact`."""
    whole = dataclasses.asdict(fact)
    told = {name: whole[name] for name in fields}
    user, course = whole.get("user"), whole["course"]
    for each in webhooks.occurred(kind, event, course, user, told, timezone.now()):
        tasks.send_webhook.delay_on_commit(str(each))
