"""``kring assets``: everything a browser needs, in one place and with a fingerprint in its name."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kring.web import assets


class Command(BaseCommand):
    """Fetch from npm what is not there yet, then collect and compress all static files."""

    help = "Fetch htmx with the carried npm (when needed) and collect the static files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; doing it again costs next to nothing."""
        if not assets.is_packed() and not assets.is_fresh():
            self.stdout.write("fetching htmx from npm …")
            try:
                assets.fetch()
            except assets.NotFetched as error:
                raise CommandError(
                    f"npm could not fetch the packages. Is there a network? It said:\n{error}"
                ) from error
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("assets are ready")
