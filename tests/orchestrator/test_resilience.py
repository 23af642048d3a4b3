"""Turns survive dead workers, end once, stop at once, and run one after the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.inference import api as inference
from edu.multimodal import api as multimodal
from edu.orchestrator import api
from edu.orchestrator.data import TooManyWaiting
from edu.orchestrator.logic import lease, live, run
from edu.orchestrator.models import Step, Turn, TurnMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(learner, session):
    """A function: text -> a turn that waits, because no worker is there."""

    def make(text="What is osmosis?", **more):
        made = api.ask(user=learner.id, session=session.id, text=text, **more)
        return Turn.objects.get(id=made.id)

    return make


def finished(turn):
    return TurnMessage.objects.filter(turn=turn, type="turn.finished").count()


def do(turn, work):
    with work():
        return run.run(turn.id, timezone.now)


def test_only_one_worker_gets_a_turn(queued):
    turn = queued()
    assert lease.claim(turn.id, timezone.now()) is not None
    assert lease.claim(turn.id, timezone.now()) is None


def test_a_turn_waits_until_the_one_before_it_is_over(queued, work):
    first, second = queued("What is osmosis?"), queued("What is diffusion?")
    assert lease.claim(second.id, timezone.now()) is None
    assert do(first, work) == second.id
    assert do(second, work) is None
    assert [t.status for t in Turn.objects.order_by("ordinal")] == ["ready", "ready"]


def test_turns_of_one_session_are_all_answered_in_order(work, learner, session, no_chat):
    with work():
        asked = [
            api.ask(user=learner.id, session=session.id, text=text)
            for text in ("What is osmosis?", "What is diffusion?", "What is turgor?")
        ]
    turns = [api.turn(user=learner.id, turn=each.id) for each in asked]
    assert [each.status for each in turns] == ["ready"] * 3
    ends = [each.finished_at for each in turns]
    assert ends == sorted(ends)


def test_a_turn_whose_worker_died_is_taken_up_and_ends_once(queued, work, no_chat):
    turn = queued()
    lease.claim(turn.id, timezone.now())  # and the worker dies
    assert lease.sweep(timezone.now()) == []
    later = timezone.now() + lease.LEASE + timedelta(seconds=1)
    assert lease.sweep(later) == [turn.id]
    do(turn, work)
    turn.refresh_from_db()
    assert (turn.status, turn.tries, finished(turn)) == ("ready", 2, 1)
    assert do(turn, work) is None
    assert finished(turn) == 1


def test_the_one_that_takes_over_goes_on_from_the_notebook(queued, work, no_chat):
    turn = queued("What is diffusion?")
    hold = lease.claim(turn.id, timezone.now())
    understood = {
        "intent": "question",
        "question": "What is osmosis?",
        "context": "",
        "response": None,
        "language": "en",
        "say": "",
    }
    hold.save(notebook={"text.understand": understood})
    first = hold.tell(live.TOKEN, {"text": "Half a sen"})
    lease.sweep(timezone.now() + lease.LEASE + timedelta(seconds=1))
    do(turn, work)
    turn.refresh_from_db()
    assert "Osmosis is the movement" in turn.answer
    assert "Half a sen" not in turn.answer
    retract = TurnMessage.objects.get(turn=turn, type="retract")
    assert retract.payload == {"from_seq": first}
    shown = live.said(turn.id)[0]
    assert shown == turn.answer
    assert Step.objects.filter(turn=turn, agent="text").count() == 0


def test_whoever_lost_a_turn_writes_nothing_more(queued, work, no_chat):
    turn = queued()
    old = lease.claim(turn.id, timezone.now())
    lease.sweep(timezone.now() + lease.LEASE + timedelta(seconds=1))
    do(turn, work)
    with pytest.raises(lease.Lost):
        old.tell(live.TOKEN, {"text": "late"})
    with pytest.raises(lease.Lost):
        old.save(answer="late")
    turn.refresh_from_db()
    assert "late" not in turn.answer


def test_a_turn_that_kills_every_worker_is_given_up(queued, work):
    turn = queued()
    now = timezone.now()
    for _ in range(lease.MOST_TRIES):
        lease.claim(turn.id, now)
        now += lease.LEASE + timedelta(seconds=1)
        lease.sweep(now)
    turn.refresh_from_db()
    assert turn.status == "failed"
    assert "three tries" in turn.error
    assert TurnMessage.objects.filter(turn=turn, type="turn.failed").count() == 1


def test_a_forgotten_turn_is_told_to_the_broker_again_but_not_all_the_time(queued):
    turn = queued()
    now = timezone.now()
    assert lease.sweep(now) == []
    later = now + timedelta(seconds=20)
    assert lease.sweep(later) == [turn.id]
    assert lease.sweep(later + timedelta(seconds=10)) == []
    assert lease.sweep(later + timedelta(seconds=40)) == [turn.id]


def test_a_waiting_turn_can_be_stopped(queued, learner, work):
    turn = queued()
    stopped = api.cancel(user=learner.id, turn=str(turn.id))
    assert stopped.status == "cancelled"
    assert do(turn, work) is None
    assert api.cancel(user=learner.id, turn=str(turn.id)).status == "cancelled"
    assert finished(turn) == 1


def test_a_running_turn_stops_at_once_and_the_next_begins(queued, learner, work, no_chat):
    first, second = queued("What is osmosis?"), queued("What is diffusion?")
    hold = lease.claim(first.id, timezone.now())
    hold.tell(live.TOKEN, {"text": "Osmosis is"})
    with work():
        stopped = api.cancel(user=learner.id, turn=str(first.id))
    assert (stopped.status, stopped.answer) == ("cancelled", "Osmosis is")
    with pytest.raises(lease.Lost):
        hold.tell(live.TOKEN, {"text": " more"})
    second.refresh_from_db()
    assert second.status == "ready"


def test_too_many_waiting_turns_are_refused(queued):
    for _ in range(5):
        queued()
    with pytest.raises(TooManyWaiting):
        queued()


@pytest.fixture
def mute(settings):
    """Whoever speaks does not answer."""
    dead = {"url": "http://127.0.0.1:9/v1", "key": "", "name": "none"}
    settings.EDU_SERVERS = {**settings.EDU_SERVERS, "speak": dead}


def test_an_answer_stands_when_it_cannot_be_spoken(ask, mute, no_chat):
    turn = ask("What is osmosis?", aloud=True)
    assert turn.status == "ready"
    assert "Osmosis is the movement" in turn.answer
    assert turn.audio_url is None
    assert any("could not be read aloud" in each for each in turn.degraded)
    assert {f"{s.agent}.{s.task}": s.status for s in turn.steps}["speech.speak"] == "failed"


@pytest.fixture
def deaf(settings):
    """Whoever hears does not answer."""
    dead = {"url": "http://127.0.0.1:9/v1", "key": "", "name": "none"}
    settings.EDU_SERVERS = {**settings.EDU_SERVERS, "hear": dead}


def test_a_recording_that_cannot_be_heard_does_not_spoil_what_was_written(ask, deaf, no_chat):
    sound = inference.speak(text="hello there").wav
    turn = ask("What is osmosis?", audio=sound)
    assert turn.status == "ready"
    assert "Osmosis is the movement" in turn.answer
    assert any("could not be heard" in each for each in turn.degraded)


def test_a_recording_alone_that_cannot_be_heard_fails_with_a_plain_word(ask, deaf):
    turn = ask(audio=inference.speak(text="hello there").wav)
    assert turn.status == "failed"
    assert "model does not answer" in turn.error


def test_a_photo_that_is_gone_fails_the_turn_and_lets_the_next_one_run(
    queued, learner, work, photo, no_chat
):
    first = queued("", image=photo("x"))
    multimodal.drop(key=first.image_key)
    second = queued("What is osmosis?")
    following = do(first, work)
    first.refresh_from_db()
    assert first.status == "failed"
    assert following == second.id
