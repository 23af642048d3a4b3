"""What was read and heard so far of a job that is not done, so that nothing is done twice."""

from typing import Any
from uuid import UUID

from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import Piece

Found = dict[str, Any]
CAPTIONS = "captions"  # what was said, kept for as long as the material


def kept(job: UUID, kind: str) -> dict[int, Found]:
    """Return what an earlier worker found, by number."""
    rows = Piece.objects.filter(job=job, kind=kind)
    return {row.ordinal: row.data for row in rows.only("ordinal", "data")}


def keep(watch: Watch, kind: str, ordinal: int, data: Found) -> None:
    """Write down one more find."""
    with watch.writing() as row:
        Piece.objects.update_or_create(
            job=row.id, kind=kind, ordinal=ordinal, defaults={"data": data}
        )


def hand_over(job: UUID, to: UUID) -> None:
    """Give the finds of a job to another, which has none."""
    Piece.objects.filter(job=job).update(job=to)


def forget(job: UUID, *, captions: bool = False) -> None:
    """Throw the finds of a job away, because it is done; with `captions`, those of a recording too."""
    rows = Piece.objects.filter(job=job)
    (rows if captions else rows.exclude(kind=CAPTIONS)).delete()
