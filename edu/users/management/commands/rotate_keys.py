"""manage.py rotate_keys: new keys sign from now on; the old ones verify until their tokens run out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from edu.common.errors import Conflict
from edu.users import api


class Command(BaseCommand):
    """Makes the keys that sign access tokens and ID tokens anew. Running processes see it at once."""

    help = "Sign tokens with new keys from now on. Nobody is signed out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate through the api; say which keys sign now."""
        try:
            kept = api.rotate_keys()
        except Conflict as error:
            raise CommandError(error.detail) from None
        self.stdout.write(f"New keys sign now. {kept} keys verify, the new ones included.")
