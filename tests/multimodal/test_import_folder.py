"""A folder is brought into a course by a command, as often as one likes, and each file once."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from edu.common.ids import new_id
from edu.multimodal import data
from edu.multimodal.logic import imports
from edu.multimodal.management import folder
from edu.multimodal.management.commands.import_folder import Command
from edu.multimodal.management.folder import Line
from edu.multimodal.models import Material
from tests.multimodal.helpers import CELLS


@pytest.fixture
def files(tmp_path):
    home = tmp_path / "lessons"
    (home / "week 2").mkdir(parents=True)
    (home / ".hidden").mkdir()
    for place, text in {
        "cells.md": CELLS,
        "copy of cells.md": CELLS,
        "week 2/notes.txt": "Yeast turns sugar into gas and alcohol, and so dough rises.",
        "notes.txt": "A lever turns a small force into a large one.",
        "week 2/program.bin": "\x7fELF" + "\0" * 90,
        ".hidden/away.md": "Not this.",
        ".away.md": "Nor this.",
    }.items():
        (home / place).write_text(text)
    (tmp_path / "outside.md").write_text("Somewhere else.")
    (home / "link.md").symlink_to(tmp_path / "outside.md")
    (home / "linked").symlink_to(tmp_path)
    return home


def run(command, *arguments, **options):
    """Run the command; return its exit code and what it said."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err, **options)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_a_folder_is_brought_once_however_often_and_told_file_by_file(
    work, teacher, course, files, tmp_path
):
    report = tmp_path / "report.json"
    with work():
        code, said, _ = run(
            "import_folder", f"https://edu.example/courses/{course.id}/", files, no_wait=True
        )
    assert code == 1 and "3 brought" in said and "1 already there" in said
    assert "refused: week 2/program.bin: edu cannot read this kind of file" in said
    rows = Material.objects.order_by("id")
    assert [row.title for row in rows] == ["cells", "notes", "notes (week 2)"]
    assert {(row.status, row.bulk, str(row.uploaded_by)) for row in rows} == {
        ("ready", True, teacher.id)
    }
    (files / "week 2/program.bin").unlink()
    code, said, shown = run("import_folder", course.id, files, "--as", teacher.email, report=report)
    assert (code, Material.objects.count()) == (0, 3)
    assert "4 already there" in said and "100%  4 of 4 files" in shown
    _, again, _ = run("import_folder", course.id, files, no_wait=True)
    assert "4 already there" in again and "still being read" not in again
    told = json.loads(report.read_text())
    assert [each["title"] for each in told["results"]] == [
        "cells", "cells", "notes", "notes (week 2)",
    ]  # fmt: skip
    assert (told["files"], told["already there"]) == (4, 4)
    assert [each["file"] for each in told["results"]] == [
        "cells.md", "copy of cells.md", "notes.txt", "week 2/notes.txt",
    ]  # fmt: skip
    assert told["results"][0]["material"] == told["results"][1]["material"] == str(rows[0].id)
    assert told["results"][0]["passages"] == rows[0].passages > 0


@pytest.mark.django_db
def test_what_was_brought_stays_when_it_is_stopped_and_the_rest_comes_the_next_time(
    course, files, tmp_path
):
    class Stopped(Command):
        """Somebody presses Ctrl-C at the third file."""

        def patient(self, **file):
            """Bring it, or be stopped."""
            if sum(line.result != folder.WAITS for line in self.lines) == 2:
                raise KeyboardInterrupt
            return super().patient(**file)

    report = tmp_path / "report.csv"
    code, _, said = run(Stopped(), course.id, files, report=report, leave=["*.bin"])
    assert code == 130 and "run the same again" in said
    with report.open(newline="") as file:
        results = [row["result"] for row in csv.DictReader(file)]
    assert results == ["brought", "already there", "waits", "waits"]
    code, said, _ = run("import_folder", course.id, files, no_wait=True, leave=["*.bin"])
    assert (code, Material.objects.count()) == (0, 3) and "2 brought" in said


@pytest.mark.django_db
def test_what_cannot_begin_says_so_before_anything_is_brought(teacher, learner, course, files):
    for arguments, words in (
        (["no id", files], "id of a course"),
        ([new_id(), files], "course"),
        ([course.id, files / "none"], "is no folder"),
        ([course.id, files, "--as", "nobody@example.org"], "Nobody has"),
        ([course.id, files, "--as", learner.email], "course"),
        ([course.id, files, "--report", "report.txt"], ".json or .csv"),
    ):
        with pytest.raises(CommandError, match=words) as refused:
            call_command("import_folder", *map(str, arguments))
        assert refused.value.returncode == 2
    assert not Material.objects.exists()
    code, said, _ = run("import_folder", course.id, files, dry_run=True, pattern=["week 2/*.TXT"])
    assert (code, said.split("\n")[:-1]) == (0, ["week 2/notes.txt"])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"stage": data.READING_PAGE % {"number": 12, "count": 40}}, ("page", 11, 40)),
        (
            {"stage": data.LISTENING % {"done": "1:02:03", "total": "2:00:00"}},
            ("second", 3723, 7200),
        ),
        ({"stage": data.TEACHES, "pages": 40}, ("page", 40, 40)),
        ({"stage": data.OPENING}, ("page", 0, 0)),
        ({"stage": data.DECODING % {"number": 3}, "seconds": 90.0}, ("second", 0, 90)),
        ({"status": "ready", "seconds": 61.5}, ("second", 61.5, 61.5)),
    ],
)
def test_progress_is_counted_in_pages_and_seconds(row, told):
    found = imports.reading(Material(**{"status": "running", **row}))
    assert (found.unit, found.done, found.total) == told


def test_a_bar_tells_what_was_read_and_not_only_sent():
    lines = [Line("a.pdf", "brought"), Line("b.mp3", "brought"), Line("c.bin", "refused")]
    told = {"material": "", "stage": "", "error": "", "passages": 0}
    page = data.Reading(status="running", progress=0.5, unit="page", done=11, total=40, **told)
    heard = data.Reading(status="ready", progress=1, unit="second", done=3700, total=3700, **told)
    folder.note(lines[0], page)
    folder.note(lines[1], heard)
    bar = folder.bar(lines, "a.pdf: Reading page 12 of 40", 200)
    assert " 83%  2 of 3 files, 11 pages read, 1:01:40 heard, a.pdf: Reading page" in bar
    assert len(folder.bar(lines, "x" * 500, 79)) == 79
    assert folder._plain("=cmd()") == "'=cmd()"
