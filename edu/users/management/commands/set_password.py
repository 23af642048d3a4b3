"""manage.py set_password EMAIL: for a lost password."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.common.errors import Invalid
from edu.users import api


class Command(BaseCommand):
    """Sets a password; prints the random one that it made when none was given."""

    help = "Give an account another password (a random one, printed once, unless one is given)."

    def add_arguments(self, parser: CommandParser) -> None:
        """EMAIL and --password."""
        parser.add_argument("email", help="the account's e-mail address")
        parser.add_argument(
            "--password", default="", help="the new password; - reads it from standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Change it through the api, by whose rules it has to be a good one."""
        given = options["password"]
        if given == "-":
            given = sys.stdin.readline().rstrip("\n")
        try:
            password = api.set_password(email=options["email"], new=given)
        except Invalid as error:
            raise CommandError(" ".join(error.fields.values())) from None
        self.stdout.write("Done." if given else f"The new password is: {password}")
