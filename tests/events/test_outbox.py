"""The outbox delivers every fact to every handler, once when all goes well."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone

from edu.events import api
from edu.events.data import Fact
from edu.events.logic import outbox
from edu.events.models import Delivery

heard: list[str] = []


@dataclass(frozen=True)
class BellRang(Fact):
    tower: str


@api.subscribe(BellRang)
def listen(fact: BellRang, *, event: str) -> None:
    if fact.tower == "broken":
        raise RuntimeError("no sound")
    heard.append(fact.tower)


@pytest.fixture(autouse=True)
def silence():
    heard.clear()


@pytest.mark.django_db
def test_a_fact_reaches_its_handler_after_the_commit(work):
    with work():
        api.publish(BellRang("north"))
        assert heard == []
    assert heard == ["north"]
    assert Delivery.objects.get().done_at


@pytest.mark.django_db
def test_a_fact_of_a_transaction_that_failed_was_never_true(work):
    with work(), pytest.raises(ValueError, match="no"), transaction.atomic():
        api.publish(BellRang("north"))
        raise ValueError("no")
    assert heard == []
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_a_delivered_fact_is_not_delivered_again(work):
    with work():
        api.publish(BellRang("north"))
    assert not outbox.deliver(Delivery.objects.get().id, timezone.now())
    assert heard == ["north"]


@pytest.mark.django_db
def test_a_handler_that_fails_is_tried_again_later(work):
    with work():
        api.publish(BellRang("broken"))
    row = Delivery.objects.get()
    assert row.tries == 1
    assert "no sound" in row.error
    assert row.due_at > timezone.now()
    assert outbox.due(timezone.now()) == []
