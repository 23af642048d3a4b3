"""The demo course by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from edu.common.errors import EduError
from edu.orchestrator import api


class Command(BaseCommand):
    """`manage.py demo`: make what is missing of the demo course, its teacher and its learners; print the
    passwords of accounts that were made now, which are random and shown nowhere else."""

    help = "Make what is missing of the demo course; print new accounts once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the new accounts, or that there is nothing new."""
        try:
            made = api.create_demo()
        except EduError as error:
            raise CommandError(error.detail) from None
        if not made:
            self.stdout.write("The demo course is there. Nothing was added.")
        for account in made:
            line = f"{account['role']:<10} {account['email']:<28} {account['password']}"
            self.stdout.write(line)
