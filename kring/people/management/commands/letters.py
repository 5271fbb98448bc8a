"""``kring letters``: what waits in the outbox, what was given up, and another try."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils.timezone import localtime

from kring.base import clock
from kring.people.models import Letter
from kring.people.post.letters import try_again

SHOWN = 50


class Command(BaseCommand):
    """Shows numbers, moments and addresses; never a subject or a body."""

    help = "Show the outbox; --retry gives letters that were given up a fresh start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", action="store_true", help="try failed letters again")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        if options["retry"]:
            self.stdout.write(f"{try_again(now)} letters will be tried again.")
        unsent = Letter.objects.filter(sent_at__isnull=True)
        waiting, failed = unsent.filter(failed_at__isnull=True), unsent.exclude(failed_at=None)
        self.stdout.write(f"waiting: {waiting.count()}   given up: {failed.count()}")
        for letter in waiting.exclude(attempts=0)[:SHOWN]:
            self.stdout.write(
                f"  {letter.pk} to {letter.to_email}: {letter.attempts} attempts,"
                f" again after {localtime(letter.send_after):%Y-%m-%d %H:%M}"
            )
        for letter in failed[:SHOWN]:
            assert letter.failed_at is not None
            self.stdout.write(
                f"  {letter.pk} to {letter.to_email}: given up"
                f" {localtime(letter.failed_at):%Y-%m-%d %H:%M} after {letter.attempts} attempts"
            )
