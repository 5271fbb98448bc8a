"""The ``kring`` command. Every Django command works too: ``kring migrate``."""

import os
import sys


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kring", *sys.argv[1:]])


if __name__ == "__main__":
    main()
