"""``kring load_methods``: remember the content of the shipped packages. Harmless to repeat."""

from typing import Any

from django.core.management import BaseCommand

from kring.methods.actions import load_shipped


class Command(BaseCommand):
    """So that a meeting, a copy or a trajectory can always read what it began with."""

    help = "Load the shipped method packages into the database."

    def handle(self, *args: Any, **options: Any) -> None:
        new = load_shipped()
        if options["verbosity"]:
            self.stdout.write(f"» {new} new versions" if new else "» the methods are loaded")
