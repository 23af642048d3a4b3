"""What is let go of because its learner, or who stands for them, does not consent to its being kept:
recordings once they are written down, and whole sessions when they have rested for a day."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from edu.agents import api as agents
from edu.multimodal import api as multimodal
from edu.orchestrator.logic import held
from edu.orchestrator.models import OPEN, Session, Turn
from edu.users import api as users

VOICE, MEMORY = "keep-voice", "memory"
RESTED = timedelta(days=1)
AT_ONCE = 500  # people, or sessions, in one query


def let_go_of_voice(turn: UUID) -> None:
    """Delete what was said in a turn, now that it is written down, unless it may be kept. That there
    was a recording (`audio_type`) stays known."""
    row = Turn.objects.filter(id=turn).exclude(audio_key="").first()
    if row is not None and not users.allows(user=str(row.user), purpose=VOICE):
        _drop(Turn.objects.filter(id=turn))


def consent_withdrawn(user: UUID, purpose: str) -> None:
    """Delete the recordings of somebody who does not allow any more that they are kept."""
    if purpose == VOICE and not users.allows(user=str(user), purpose=VOICE):
        _drop(Turn.objects.filter(user=user).exclude(status__in=OPEN))


def _drop(rows: "QuerySet[Turn]") -> int:
    found = list(rows.exclude(audio_key="").values_list("id", "audio_key"))
    for turn, key in found:
        multimodal.drop(key=key)
        Turn.objects.filter(id=turn).update(audio_key="")
    return len(found)


def sweep(now: datetime) -> int:
    """Delete the recordings that were left behind, and the sessions that rested for a day, of people
    for whom they may not be kept; return how many. What was learnt in them stays: answers, mastery."""
    gone = 0
    for some in _people(VOICE):
        ended = Turn.objects.filter(user__in=some, finished_at__lt=now - timedelta(minutes=5))
        gone += _drop(ended)
    for some in _people(MEMORY):
        rested = Session.objects.filter(user__in=some, updated_at__lt=now - RESTED)
        ids = list(rested.exclude(turns__status__in=OPEN).values_list("id", flat=True)[:AT_ONCE])
        turns = Turn.objects.filter(session__in=ids)
        held.drop_files(turns)
        agents.erase_person(turns=[str(each) for each in turns.values_list("id", flat=True)])
        Session.objects.filter(id__in=ids).delete()
        gone += len(ids)
    return gone


def _people(purpose: str) -> list[list[str]]:
    found = users.without(purpose=purpose)
    return [found[at : at + AT_ONCE] for at in range(0, len(found), AT_ONCE)]
