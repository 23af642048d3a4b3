"""From rows to the nouns of data.py."""

from django.db.models import Prefetch, QuerySet

from edu.common.codec import revive
from edu.common.sources import Citation
from edu.orchestrator import data, models


def full() -> QuerySet[models.Turn]:
    """Return the turns with all that `turn` needs, in three queries."""
    steps = models.Step.objects.order_by("started_at", "id")
    return models.Turn.objects.prefetch_related(Prefetch("steps", queryset=steps))


def session(row: models.Session) -> data.Session:
    """Return a session as data."""
    return data.Session(
        id=str(row.id),
        course=str(row.course),
        user=str(row.user),
        mode=row.mode,
        status=row.status,
        title=row.title,
        objective=str(row.objective) if row.objective else None,
        created_at=row.created_at,
        updated_at=row.updated_at,
        turns=row.turn_count,
    )


def step(row: models.Step) -> data.Step:
    """Return a step as data."""
    return data.Step(
        agent=row.agent, task=row.task, status=row.status, ms=row.ms, summary=row.summary
    )


def turn(row: models.Turn) -> data.Turn:
    """Return a turn as data."""
    return data.Turn(
        id=str(row.id),
        session=str(row.session_id),
        course=str(row.course),
        status=row.status,
        progress=row.progress,
        text=row.text,
        heard=row.heard,
        seen=row.seen,
        answer=row.answer,
        abstained=row.abstained,
        citations=[revive(Citation, each) for each in row.citations],
        checks=[revive(data.TurnCheck, each) for each in row.checks],
        question=revive(data.TurnQuestion, row.question),
        steps=[step(each) for each in row.steps.all()],
        sentences=list(row.sentences),
        audio_url=media_url(row, "sound") if row.sound_key else None,
        image_url=media_url(row, "image") if row.image_key else None,
        error=row.error or None,
        created_at=row.created_at,
        finished_at=row.finished_at,
        wants=row.wants,
        objective=str(row.objective) if row.objective else None,
        grade=revive(data.TurnGrade, row.grade),
        degraded=list(row.degraded),
    )


def media_url(row: models.Turn, kind: str) -> str:
    """Return where the page or a program fetches a turn's `kind` (sound, audio or image)."""
    return f"/api/v1/turns/{row.id}/{kind}"
