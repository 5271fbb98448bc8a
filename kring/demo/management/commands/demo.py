"""``kring demo``: three made-up organisations with a past. Does nothing when they are there."""

import random
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from kring.base import clock, scope
from kring.demo.past import build_past
from kring.demo.people import SLUGS, build_people, show_faces
from kring.demo.weeks import build_series
from kring.people.models import DemoFace, Organisation

SEED = 20261121


class Command(BaseCommand):
    """Make the demo."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        there = set(Organisation.objects.values_list("slug", flat=True))
        if DemoFace.objects.exists():
            self.stdout.write("The demo organisation is already there.")
            return
        if there - set(SLUGS):
            raise CommandError("This installation has organisations of its own; no demo was made.")
        if there:  # broken off half-way, before the faces came: begin again
            call_command("flush", interactive=False, verbosity=0)
        if connection.vendor == "sqlite":
            # Two thousand small writes that nobody would miss: a demo that breaks off begins again.
            connection.cursor().execute("PRAGMA synchronous=OFF")
        now, chance = clock.now(), random.Random(SEED)  # noqa: S311  (a story, not a secret)
        with transaction.atomic():
            demo = build_people(now.date(), chance)
        teller = build_past(demo, now, chance)
        with scope.inside(demo.linde.organisation.pk):
            build_series(demo, teller)
        clock.run_once()
        show_faces(demo)
        connection.close()  # the next one waits for the disk again
        self.stdout.write("Made De Linde, Waterkant Jeugdhulp and Wonen bij Het Anker.")
