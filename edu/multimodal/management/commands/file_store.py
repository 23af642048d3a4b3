"""manage.py file_store rules|check: what a bucket does by itself, and whether all files are as they were."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.common.errors import EduError
from edu.multimodal import api


class Command(BaseCommand):
    """Gives a bucket its rules; reads all files and compares them with their digests."""

    help = (
        "rules: have the bucket throw away what browsers began to send and never ended, and take files "
        "from pages of this site (its other rules stay). check: read every file of a material and compare "
        "it with the digest that was kept; exit code 1 where one is not as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=["rules", "check"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it through the api."""
        try:
            if options["what"] == "rules":
                self.rules()
            else:
                self.compare()
        except EduError as error:
            raise CommandError(error.detail) from None

    def rules(self) -> None:
        """Set the rules of the bucket."""
        told = api.set_bucket_rules()
        if not told:
            raise CommandError("Files are kept in a folder, which needs no rules.")
        for each in told:
            self.stdout.write(each)

    def compare(self) -> None:
        """Read everything."""
        checked, wrong, after = 0, 0, ""
        while True:
            found = api.check_files(after=after)
            checked += found["checked"]
            for each in found["wrong"]:
                wrong += 1
                self.stdout.write(f"{each['material']}  {each['title']}: {each['why']}")
            after = found["after"]
            if not after:
                break
        self.stdout.write(f"{checked} files were read, {wrong} are not as they were.")
        if wrong:
            sys.exit(1)
