"""An archive of files: each becomes a material of its own, in the order of the archive's contents."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from edu.common.errors import EduError
from edu.common.text import gettext_noop as _
from edu.multimodal.data import UNPACKING, Left, Member, Unreadable
from edu.multimodal.logic import intake, jobs, reading
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import Job, Material

KIND = "archive"
_LONGEST = 500  # signs of a place in an archive

NESTED = _("edu does not open an archive in an archive. Unpack it and bring the files.")
NOTHING = _("There is nothing in this archive that edu can read. Unpack it and look at the files.")


def unpack(watch: Watch, row: Material) -> None:
    """Make a material of each file of an archive, to be read in its turn. Whoever goes on after a
    worker that died makes none a second time."""
    left: list[Left] = []
    with reading.work_folder() as folder:
        document = reading.read(watch, row, row.kind, folder, watch.tell)
        left += document.left
        for number, member in enumerate(document.members, 1):
            told = {"number": number, "count": len(document.members)}
            watch.tell(number / len(document.members) * 0.99, UNPACKING % told)
            try:
                _bring(watch, row, member, folder / "parts" / member.path)
            except EduError as error:
                left.append(Left(member.name[:_LONGEST], error.detail))
    if not Material.objects.filter(archive=row.id).exists():
        raise Unreadable(NOTHING)
    with watch.writing() as row:
        row.left = [[each.name, each.why] for each in left]
        row.status, row.progress, row.stage = Job.Status.READY, 1.0, ""
        row.finished_at = timezone.now()


def _bring(watch: Watch, row: Material, member: Member, path: Path) -> None:
    brought = watch.call(intake.look, path, member.name)
    if brought.kind == KIND:
        raise Unreadable(NESTED)
    inside = member.name[:_LONGEST]
    if Material.objects.filter(archive=row.id, inside=inside).exists():
        return
    with intake.kept("material", path, brought.media_type) as stored:
        now = timezone.now() - timedelta(seconds=jobs.PATIENCE)  # due at once
        with watch.writing() as row:
            title = " ".join(member.title.split())[:200] or brought.title
            made = intake.enter(
                row.course, row.uploaded_by, brought, title, stored, now, bulk=row.bulk
            )
            made.archive, made.inside = row.id, inside
            made.save(update_fields=["archive", "inside"])
