"""manage.py import_folder COURSE FOLDER: brings what is in a folder into a course."""

import re
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.common.errors import EduError, Unavailable
from edu.courses import api as courses
from edu.courses.data import NoSuchCourse
from edu.multimodal import api
from edu.multimodal.management import folder
from edu.multimodal.management.folder import Line
from edu.users import api as users

LOOK = 1.0  # seconds between two looks at how far the reading is
SPELL = 10.0  # seconds between two lines where there is no terminal
QUIET = 90.0  # seconds without anything new, after which it says what may be wrong
AT_ONCE = 500  # materials in one question
STOPPED = 130  # what a shell says of Ctrl-C
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


class Command(BaseCommand):
    """Brings every file of a folder that can be read, waits until all are read, and says what became of
    each. What was brought stays when it is stopped, and nothing is brought twice when it is run again."""

    help = (
        "Bring the files of a folder, and of those in it, into a course. They are read after what people "
        "wait for. Ctrl-C stops the bringing; run it again to go on. Exit code: 0 all is there and read, "
        "1 some files were refused or could not be read, 2 it could not begin, 130 it was stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, where to, in whose name."""
        parser.add_argument("course", help="the id of a course, or the address of its page")
        parser.add_argument(
            "folder", help="what is in it is brought; hidden files and links are not"
        )
        parser.add_argument(
            "--as", dest="who", default="", help="e-mail address of who brings them (its owner)"
        )
        parser.add_argument(
            "--pattern", action="append", default=[], metavar="GLOB",
            help='only files like this, as "*.pdf" or "week 1/*"; may be given several times',
        )  # fmt: skip
        parser.add_argument(
            "--leave", action="append", default=[], metavar="GLOB", help="no files like this"
        )
        parser.add_argument(
            "--report", default="", help="write one line per file to this .json or .csv"
        )
        parser.add_argument("--dry-run", action="store_true", help="name the files, and bring none")
        parser.add_argument(
            "--no-wait", action="store_true", help="do not wait until they are read"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring them, watch their reading, report."""
        self.shown, self.told_at = "", 0.0
        home, report = self.place(options["folder"]), self.report_place(options["report"])
        course, user = self.whose(options["course"], options["who"])
        files = list(folder.found(home, options["pattern"], options["leave"]))
        self.lines = [Line(path.relative_to(home).as_posix()) for path in files]
        if options["dry_run"]:
            for line in self.lines:
                self.stdout.write(line.file)
            return
        stopped = False
        try:
            self.bring(course, user, home)
            if options["no_wait"]:
                self.look()  # what was there before may be read already
            else:
                self.wait()
        except KeyboardInterrupt:
            stopped = True
        self.clear()
        if not self.stderr.isatty():
            self.stderr.write(folder.bar(self.lines, "", 400))
        for told in folder.summary(self.lines):
            self.stdout.write(told)
        if report:
            folder.write(self.lines, report)
            self.stdout.write(f"The report is in {report}.")
        if stopped:
            self.stderr.write(
                "Stopped. What was brought stays and is read; run the same again to go on."
            )
            sys.exit(STOPPED)
        if any(line.result in (folder.REFUSED, folder.FAILED, folder.WAITS) for line in self.lines):
            sys.exit(1)

    def place(self, named: str) -> Path:
        """Return the folder that was named."""
        home = Path(named)
        try:
            if home.is_dir():
                next(home.iterdir(), None)  # may we look into it?
                return home
        except OSError as error:
            raise CommandError(f"{home} cannot be read: {error.strerror}.", returncode=2) from None
        raise CommandError(f"{home} is no folder.", returncode=2)

    def report_place(self, named: str) -> Path | None:
        """Return where the report goes, so that a wrong place is told before hours of reading."""
        if not named:
            return None
        place = Path(named)
        if place.suffix.lower() not in (".json", ".csv"):
            raise CommandError("--report is the name of a .json or .csv file.", returncode=2)
        if not place.absolute().parent.is_dir() or place.is_dir():
            raise CommandError(f"{place} cannot be written there.", returncode=2)
        return place

    def whose(self, named: str, who: str) -> tuple[str, str]:
        """Return the ids of the course, and of whoever brings the files."""
        given = _ID.search(named)
        if given is None:
            raise CommandError(
                "COURSE is the id of a course, as it stands in the address of its page.",
                returncode=2,
            )
        course = given[0]
        if who:
            person = users.find(email=who)
            if person is None:
                raise CommandError(f"Nobody has the e-mail address {who}.", returncode=2)
            user = person.id
        else:
            owners = courses.who_may(course=course, need="remove")
            user = next(iter(owners or courses.who_may(course=course, need="bring")), "")
        try:
            if not user:
                raise NoSuchCourse
            courses.course(user=user, course=course, need="bring")
        except EduError as error:
            raise CommandError(error.detail, returncode=2) from None
        return course, user

    def bring(self, course: str, user: str, home: Path) -> None:
        """Bring the files one after the other."""
        called = folder.titles([line.file for line in self.lines])
        for line in self.lines:
            path = home / line.file
            try:
                line.bytes = path.stat().st_size
                made = self.patient(
                    user=user, course=course, file_name=path.name, path=str(path),
                    title=called.get(line.file, ""),
                )  # fmt: skip
                line.material, line.sha256 = made.material, made.sha256
                line.result = folder.BROUGHT if made.brought else folder.THERE
            except OSError as error:
                line.result, line.why = folder.REFUSED, f"It cannot be read: {error.strerror}."
            except EduError as error:
                line.result = folder.REFUSED
                line.why = " ".join(getattr(error, "fields", {}).values()) or error.detail
            if time.monotonic() - self.told_at > LOOK:
                self.look()

    def patient(self, **file: Any) -> Any:
        """Bring one file, and wait for a store that does not answer for a moment."""
        for left in range(5, -1, -1):
            try:
                return api.import_file(**file)
            except Unavailable:
                if not left:
                    raise
                time.sleep(2)
        raise AssertionError

    def wait(self) -> None:
        """Wait until all that was brought, or was there, is read."""
        before, since, said = "", time.monotonic(), False
        while True:
            stage = self.look()
            if all(folder.over(line) for line in self.lines):
                return
            now = repr([(line.status, line.progress) for line in self.lines]) + stage
            if now != before:
                before, since, said = now, time.monotonic(), False
            elif time.monotonic() - since > QUIET and not said:
                said = True
                self.clear()
                self.stderr.write(
                    "Nothing was read for a while: is edu running, or does somebody else's work go first? "
                    "Ctrl-C stops the waiting; what was brought stays."
                )
            time.sleep(LOOK)

    def look(self) -> str:
        """Look how far the reading is, and show it; return what is happening now."""
        stage = ""
        open_ = [line for line in self.lines if line.material and not folder.over(line)]
        for at in range(0, len(open_), AT_ONCE):
            part = {line.material: line for line in open_[at : at + AT_ONCE]}
            seen = {each.material: each for each in api.readings(materials=list(part))}
            for line in open_[at : at + AT_ONCE]:
                if line.material not in seen:
                    line.result, line.why = folder.FAILED, "It was removed meanwhile."
                    continue
                folder.note(line, seen[line.material])
                if line.status == "running":
                    stage = f"{line.file}: {seen[line.material].stage}"
        self.show(stage)
        return stage

    def show(self, stage: str) -> None:
        """Show the bar: in its place on a terminal, every now and then a line elsewhere."""
        self.told_at = time.monotonic()
        if self.stderr.isatty():
            width = shutil.get_terminal_size().columns - 1
            told = folder.bar(self.lines, stage, width)
            self.stderr.write(f"\r{told:<{min(width, len(self.shown))}}", ending="")
            self.stderr.flush()
            self.shown = told
        elif self.shown == "" or self.told_at - float(self.shown) > SPELL:
            self.shown = str(self.told_at)
            self.stderr.write(folder.bar(self.lines, stage, 400))

    def clear(self) -> None:
        """Take the bar away."""
        if self.stderr.isatty() and self.shown:
            self.stderr.write("\r" + " " * len(self.shown) + "\r", ending="")
            self.shown = ""
