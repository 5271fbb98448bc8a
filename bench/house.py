"""A throwaway installation for a benchmark: its own data folder, its own database."""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kring.demo.population import Population


@contextmanager
def installation() -> Iterator[str]:
    """Set Django up on an empty SQLite database in a temporary folder; yields the folder."""
    with tempfile.TemporaryDirectory(prefix="kring-bench-") as folder:
        os.environ["KRING_DATA_DIR"] = folder
        os.environ.pop("KRING_DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "kring.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield folder


def big_organisation(slug: str, *, teams: int, people: int, agreements: int) -> "Population":
    """An organisation of ``people`` in ``teams`` with ``agreements`` that run."""
    from kring.agreements.models import Agreement
    from kring.base import clock, scope
    from kring.demo.population import populate
    from kring.operator.clock import refresh
    from kring.people.models import Organisation

    chance = random.Random(2026)
    now = clock.now()
    organisation = Organisation.objects.create(slug=slug, name=slug.title())
    made = populate(
        organisation,
        regions=max(1, teams // 100),
        locations=max(1, teams // 4),
        teams=teams,
        people=people,
        chance=chance,
        today=now.date(),
    )
    with scope.inside(organisation.pk):
        rows = [
            Agreement(
                organisation=organisation,
                team=made.teams[number % teams],
                what=f"Wij beginnen het overleg met een rondje ({number})",
                how_noticed="Iedereen heeft iets gezegd voor het eerste punt.",
                look_back_on=(now + timedelta(days=chance.randrange(-20, 60))).date(),
                made_at=now - timedelta(days=30),
                changed_at=now - timedelta(days=30),
                last_sign_at=now - timedelta(days=chance.randrange(30)),
                bell_at=now + timedelta(days=chance.randrange(1, 90)),
            )
            for number in range(agreements)
        ]
        Agreement.objects.bulk_create(rows, batch_size=2000)
    refresh()  # as the clock of an installation does every hour
    return made


class Stopwatch:
    """CPU and wall time of a block, in milliseconds."""

    def __enter__(self) -> "Stopwatch":
        self.wall, self.cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = (time.perf_counter() - self.wall) * 1000
        self.cpu = (time.process_time() - self.cpu) * 1000


def share(values: list[float], part: float) -> float:
    """The value below which ``part`` (0 to 1) of the values lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(part * len(ranked)))]
