"""manage.py data_keys [rotate|rewrap|reseal]: the keys that lock what is kept."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.events import api as events
from edu.events.data import WrongMasterKey
from edu.gateway import keysafe, resealing
from edu.users import api as users


class Command(BaseCommand):
    """Shows the data keys; makes a new one; wraps all with EDU_MASTER_KEY; seals anew what is to be."""

    help = (
        "Show the keys that lock what is kept. rotate: a new one seals from now on, and workers seal "
        "anew what others sealed. rewrap: wrap all with EDU_MASTER_KEY (the one before it is given as "
        "EDU_MASTER_KEY_OLD). reseal: do the workers' part now, here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, if anything."""
        parser.add_argument("what", nargs="?", choices=["rotate", "rewrap", "reseal"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it through the api, and show what is there then."""
        try:
            if options["what"] == "rotate":
                name = events.make_data_key()
                users.audit(action="data-key", detail={"key": name})
                self.stdout.write("A new key seals from now on.")
            elif options["what"] == "rewrap":
                count = events.rewrap_data_keys()
                users.audit(action="master-key", detail={"wrapped": count})
                self.stdout.write(f"{count} keys were wrapped anew; EDU_MASTER_KEY opens all now.")
            elif options["what"] == "reseal":
                self.reseal()
            events.check_data_keys()
            keysafe.keep()
        except WrongMasterKey as error:
            raise CommandError(error.detail) from None
        for number, each in enumerate(events.data_keys()):
            states = ["seals" if number == 0 else "opens what it sealed"]
            if each.done_at:
                states.append(f"all was sealed with it on {each.done_at:%Y-%m-%d %H:%M}")
            if not each.wrapped_by_current:
                states.append("wrapped by an older master key: run `manage.py data_keys rewrap`")
            self.stdout.write(f"{each.id}  made {each.created_at:%Y-%m-%d}  {', '.join(states)}")

    def reseal(self) -> None:
        """Go on until all is sealed with the newest key."""
        while events.data_keys()[0].done_at is None:
            if not resealing.run(seconds=60):
                self.stdout.write("...")
            time.sleep(1)
        self.stdout.write("All is sealed with the newest key.")
