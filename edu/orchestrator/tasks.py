"""Turns and quizzes on their way through a worker. The rows are the truth; a task carries an id."""

from celery import shared_task
from django.utils import timezone

from edu.common.ids import parse_id
from edu.orchestrator.logic import filler, lease, news, run


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
