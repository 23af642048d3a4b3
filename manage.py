#!/usr/bin/env python
"""The one entry point: `python manage.py up`, `migrate`, `models pull`, and the rest."""

import os
import sys


def main() -> None:
    """Run one management command; the settings module is always edu.settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")
    from django.core.management import execute_from_command_line

    import edu.celery  # noqa: F401  (binds the shared tasks to our broker)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
