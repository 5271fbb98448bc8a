"""Two real clock processes on one SQLite file: ``python -m kring.agreements.tests.two_clocks``.

Prints, as JSON, what both did and what stands in the database afterwards. Needs an empty
``KRING_DATA_DIR``; mail is written to files there.
"""

import json
import multiprocessing
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

MANY = 40


def ready() -> None:
    """Django, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
    import django

    django.setup()


def fill() -> None:
    """``MANY`` agreements that will fall silent and ``MANY`` letters that are due."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kring.agreements import actions
    from kring.agreements.tests.conftest import START
    from kring.base import clock, scope
    from kring.people.post import write
    from tests.cast import make_cast

    linde = make_cast().linde
    with clock.pretend(START), scope.inside(linde.organisation.pk):
        for number in range(MANY):
            actions.make(
                linde.actor("noor"),
                team=linde.teams["vuurtoren"],
                what=f"Afspraak {number}",
                rhythm_days=21,
                takers=[linde.people["noor"]],
            )
            write(
                to="noor@linde.example",
                subject="Er is iets",
                body="Kijk",
                cause=f"cause {number}",
                language="nl",
            )


def one_clock(together: Any, done: Any) -> None:
    """Pass after pass until nothing is left to do, at the same moment as the other."""
    ready()
    from kring.agreements.tests.conftest import START
    from kring.base import clock

    late = START + timedelta(days=22)
    together.wait()
    passes = [clock.run_once(late)]
    while any(passes[-1].values()):
        passes.append(clock.run_once(late))
    done.put(passes)


def count(passes: list[dict[str, int]], name: str) -> int:
    """What one duty did in all passes."""
    return sum(one[name] for one in passes)


def told(passes: list[dict[str, int]]) -> dict[str, Any]:
    """What happened, and what there is."""
    from django.conf import settings
    from django.db.models import Count

    from kring.agreements.models import Agreement, Bell
    from kring.base import scope
    from kring.people.models import Letter, Notice, TrailEntry
    from kring.people.trail import broken_at

    mail = "".join(path.read_text() for path in Path(settings.EMAIL_FILE_PATH).iterdir())
    with scope.everywhere("the test looks at everything"):
        rows = Agreement.objects.annotate(times=Count("rung")).values_list("times", "bells")
        return {
            "failed": sum(value == -1 for one in passes for value in one.values()),
            "rung": count(passes, "agreements.bells"),
            "sent": count(passes, "people.post.send"),
            "times": sorted(set(rows)),
            "bells": Bell.objects.count(),
            "notices": Notice.objects.filter(kind="agreements.bell").count(),
            "letters left": Letter.objects.filter(sent_at=None).count(),
            "mails": mail.count("Message-ID:"),
            "trail": TrailEntry.objects.filter(verb="agreement.rung").count(),
            "trail broken at": broken_at(Agreement.objects.first().organisation_id),
        }


def main() -> None:
    """Fill, run two clocks, tell."""
    ready()
    fill()
    from django.db import connections

    connections.close_all()
    spawn = multiprocessing.get_context("spawn")
    together, done = spawn.Barrier(2), spawn.Queue()
    clocks = [spawn.Process(target=one_clock, args=(together, done)) for _ in range(2)]
    for one in clocks:
        one.start()
    passes = [one for _ in clocks for one in done.get(timeout=120)]
    for one in clocks:
        one.join()
    json.dump(told(passes), sys.stdout)


if __name__ == "__main__":
    main()
