"""manage.py check_audit: reads the audit trail and says whether anything was changed or taken out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from edu.users import api


class Command(BaseCommand):
    """Prints how many records hold and the digest of the last one, to be noted elsewhere."""

    help = "Check the chain of the audit trail. Note the digest that it prints, to compare later."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check it through the api; fail where the chain is broken."""
        found = api.check_audit()
        if found.broken is not None:
            raise CommandError(f"Record {found.broken} is missing or was changed.")
        self.stdout.write(f"{found.count} records, all as they were written.")
        if found.digest:
            self.stdout.write(f"Digest of the last one: {found.digest}")
