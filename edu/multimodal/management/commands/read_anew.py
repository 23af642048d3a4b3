"""manage.py read_anew: has newer readers read what older ones have read."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from edu.multimodal import api


class Command(BaseCommand):
    """Queues materials to be read once more, after what anybody waits for. Each stays as it is until its
    new reading is done; passages that say the same keep their ids."""

    help = (
        "Read once more, in the background, the materials that older readers have read. Each stays in use "
        "until the new reading is done; its page then tells what changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which of them."""
        parser.add_argument("--course", default="", help="the id of a course; else of all")
        parser.add_argument("--kind", default="", help="of one kind of file, such as pdf")
        parser.add_argument(
            "--all", action="store_true", dest="every", help="those that the newest read as well"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue them; workers do the rest, and a second call queues none twice."""
        wanted = {name: options[name] for name in ("course", "kind", "every")}
        found = api.behind(**wanted)
        if options["dry_run"]:
            self.stdout.write(f"{len(found)} materials would be read anew.")
            return
        begun = sum(api.read_anew(material=each) for each in found)
        self.stdout.write(f"{begun} materials are read anew in the background.")
        if begun < len(found):
            self.stdout.write(f"{len(found) - begun} are being replaced or read anew already.")
