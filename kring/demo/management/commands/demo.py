"""``kring demo``: three made-up organisations with a past. Does nothing when they are there."""

import random
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from kring.base import clock
from kring.demo.past import build_past
from kring.demo.people import build_people
from kring.people.models import Organisation

SEED = 20261121


class Command(BaseCommand):
    """Make the demo."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if Organisation.objects.filter(slug="linde").exists():
            self.stdout.write("The demo organisation is already there.")
            return
        now, chance = clock.now(), random.Random(SEED)  # noqa: S311  (a story, not a secret)
        with transaction.atomic():
            demo = build_people(now.date(), chance)
            build_past(demo, now, chance)
        clock.run_once()
        self.stdout.write("Made De Linde, Waterkant Jeugdhulp and Wonen bij Het Anker.")
