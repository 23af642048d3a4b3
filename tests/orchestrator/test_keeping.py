"""What may not be kept goes: recordings once they are written down, and sessions that rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.agents.models import AgentRun
from edu.events import api as events
from edu.inference import api as inference
from edu.multimodal.logic import storage
from edu.orchestrator import api
from edu.orchestrator.data import NoSuchSession, NoSuchTurn
from edu.orchestrator.logic import keeping
from edu.orchestrator.models import Session, Turn
from edu.users import api as users

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(ask):
    """A turn that was asked by voice, by somebody of age."""
    return ask(audio=inference.speak(text="What is osmosis?").wav)


def refuse(person, purpose):
    users.decide(user=person.id, purpose=purpose, given=False, by=person.id)


def test_a_recording_stays_until_its_owner_says_no(work, spoken, learner):
    assert api.turn_media(user=learner.id, turn=spoken.id, kind="audio").data
    with work():
        refuse(learner, "keep-voice")
    events.deliver_due()
    row = Turn.objects.get(id=spoken.id)
    assert (row.audio_key, row.audio_type, row.heard) == ("", "audio/wav", spoken.heard)
    with pytest.raises(NoSuchTurn):
        api.turn_media(user=learner.id, turn=spoken.id, kind="audio")


def test_a_voice_that_may_not_be_kept_is_heard_and_let_go(ask, learner):
    refuse(learner, "keep-voice")
    before = keys()
    turn = ask(audio=inference.speak(text="What is osmosis?").wav)
    assert turn.heard
    assert turn.audio_url  # the answer is spoken all the same
    row = Turn.objects.get(id=turn.id)
    assert row.audio_key == ""
    assert {each for each in keys() - before if "turn" in each} == set()


def keys():
    return set(storage.objects().keys(timezone.now() + timedelta(days=1)))


def test_what_was_left_behind_is_swept(learner, spoken):
    refuse(learner, "keep-voice")
    later = timezone.now() + timedelta(hours=1)
    assert keeping.sweep(later) == 1
    assert keeping.sweep(later) == 0


def test_without_memory_a_session_goes_when_it_has_rested(learner, spoken):
    refuse(learner, "memory")
    session = spoken.session
    assert AgentRun.objects.filter(turn=spoken.id).exists()
    assert keeping.sweep(timezone.now()) == 0
    key = Turn.objects.get(id=spoken.id).audio_key
    assert keeping.sweep(timezone.now() + timedelta(days=2)) == 1
    with pytest.raises(NoSuchSession):
        api.session(user=learner.id, session=session)
    assert not AgentRun.objects.filter(turn=spoken.id).exists()
    assert key not in keys()


def test_others_keep_theirs(spoken):
    assert keeping.sweep(timezone.now() + timedelta(days=200)) == 0
    assert Session.objects.filter(id=spoken.session).exists()
