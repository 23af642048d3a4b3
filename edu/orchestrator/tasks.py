"""Turns and quizzes on their way through a worker. The rows are the truth; a task carries an id."""

from celery import shared_task
from django.utils import timezone

from edu.common.ids import parse_id
from edu.orchestrator.logic import exports, filler, keeping, lease, leaving, news, run


@shared_task
def run_turn(turn_id: str) -> None:
    """Do one turn, then let the next of its session begin."""
    following = run.run(parse_id(turn_id), timezone.now)
    if following:
        run_turn.delay(str(following))


@shared_task
def fill_quiz(quiz_id: str) -> None:
    """Make the questions of one quiz."""
    filler.fill(quiz_id)
    news.of_quiz(quiz_id, timezone.now())


@shared_task
def sweep() -> None:
    """Take up the turns that a dead worker or a full broker left behind."""
    for turn_id in lease.sweep(timezone.now()):
        run_turn.delay(str(turn_id))


@shared_task
def remind() -> None:
    """Tell people of the questions that come back to them."""
    news.of_reviews(timezone.now())


@shared_task
def make_export(export_id: str) -> None:
    """Put together all that is held of one person."""
    exports.run(parse_id(export_id), timezone.now)


@shared_task
def erase_person(erasure_id: str) -> None:
    """Erase one person."""
    leaving.run(parse_id(erasure_id), timezone.now)


@shared_task
def sweep_privacy() -> None:
    """Take up exports and erasures that a dead worker left behind; throw away old archives."""
    now = timezone.now()
    for export_id in exports.due(now):
        make_export.delay(str(export_id))
    for erasure_id in leaving.due(now):
        erase_person.delay(str(erasure_id))
    exports.forget(now)


@shared_task
def sweep_kept() -> None:
    """Delete what may not be kept: recordings, and sessions that rest."""
    keeping.sweep(timezone.now())
