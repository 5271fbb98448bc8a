"""``kring prepare``: everything between installing Kring and starting it. Harmless to repeat."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands

from kring.operator.clock import refresh

FILES = (("assets",), ("translations",))
DATA = (
    ("migrate", "--no-input"),
    ("load_methods",),
    ("collectstatic", "--no-input"),
)


class Command(BaseCommand):
    """Make assets and translations, migrate, load methods, collect static files, fill a demo."""

    help = "Do all the set-up; every step is skipped when there is nothing to do."
    requires_system_checks: list[str] = []  # the checks may need what this makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--files", action="store_true", help="only what needs no database")

    def handle(self, *args: Any, **options: Any) -> None:
        steps = FILES if options["files"] else FILES + DATA
        if settings.DEMO and not options["files"]:
            steps = (*steps, ("demo",))
        known = get_commands()
        for name, *rest in steps:
            if name not in known:
                continue
            begin = time.monotonic()
            call_command(name, *rest, verbosity=0)
            self.stdout.write(f"» {name} ({time.monotonic() - begin:.1f} s)")
        if not options["files"]:
            refresh()
