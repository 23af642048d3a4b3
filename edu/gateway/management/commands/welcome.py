"""The first accounts, and the demo."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand

from edu.common.errors import EduError
from edu.orchestrator import api as orchestrator
from edu.users import api as users

ADMIN = "admin@edu.localhost"


class Command(BaseCommand):
    """`manage.py welcome`: make the admin and the demo the first time and print their passwords,
    which are random and never shown again."""

    help = "Make the first admin and the demo course; print their passwords once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the accounts, or how to get back into one."""
        made: list[tuple[str, str, str]] = []
        if users.find(email=ADMIN) is None:
            password = secrets.token_urlsafe(12)
            users.make_admin(email=ADMIN, password=password, display_name="Admin")
            made.append(("admin", ADMIN, password))
        try:
            made += [
                (account["role"], account["email"], account["password"])
                for account in orchestrator.create_demo()
            ]
        except EduError as error:
            self.stderr.write(f"The demo course waits for the next start: {error.detail}")
        if not made:
            self.stdout.write(
                "  A password got lost? .venv/bin/python manage.py set_password E-MAIL"
            )
            return
        self.stdout.write("\n  Accounts, shown once (lost one? manage.py set_password E-MAIL):")
        for role, email, password in made:
            self.stdout.write(f"    {role:<14} {email:<28} {password}")
