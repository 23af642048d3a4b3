"""manage.py make_admin EMAIL: makes an account, new or there already, an admin."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.common.errors import Invalid
from edu.users import api


class Command(BaseCommand):
    """Makes an admin; prints the random password of an account that it had to make."""

    help = "Make an account an admin; make the account when there is none, and print its password."

    def add_arguments(self, parser: CommandParser) -> None:
        """EMAIL, --name and --password."""
        parser.add_argument("email", help="the account's e-mail address")
        parser.add_argument("--name", default="Admin", help="the name of a new account")
        parser.add_argument("--password", default="", help="the password of a new account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the admin through the api."""
        email, fresh = options["email"], api.find(email=options["email"]) is None
        password = options["password"] or secrets.token_urlsafe(12)
        try:
            api.make_admin(email=email, password=password, display_name=options["name"])
        except Invalid as error:
            raise CommandError(" ".join(error.fields.values())) from None
        self.stdout.write(f"{email} is an admin.")
        if fresh and not options["password"]:
            self.stdout.write(f"The password is: {password}")
