"""``kring translations``: compile the catalogues; ``--check`` names every text without Dutch."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from kring.operator import texts


class Command(BaseCommand):
    """Compile what changed, or tell what is missing."""

    help = "Compile the translations, or with --check tell which are missing."
    requires_system_checks: list[str] = []  # must run before there is a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when a text has no Dutch")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{texts.compile_all()} catalogues compiled.")
            return
        if found := texts.mistakes("nl"):
            raise CommandError("\n".join([*found, f"{len(found)} texts are not in order."]))
