"""The clock pass over 200,000 agreements, beside reading the same table once.

Goal: one pass <= 1 s, idempotent with two clocks.
"""

import sys
import threading
from datetime import datetime, timedelta

from bench.house import Stopwatch, big_organisation, installation

AGREEMENTS = 200_000
DUE = 400


def passes(now: datetime) -> list[Stopwatch]:
    """One clock alone, as at home, until nothing is due."""
    from kring.agreements.models import Agreement
    from kring.base import clock

    turns: list[Stopwatch] = []
    while Agreement.objects.filter(bell_at__lte=now).exists():
        turns.append(Stopwatch())
        with turns[-1]:
            clock.run_once(now)
    return turns


def two_clocks(now: datetime) -> Stopwatch:
    """Two clocks at the same moment, until nothing is due."""
    from django.db import connection

    import kring.agreements.clock as duties
    from kring.agreements.models import Agreement
    from kring.base import scope

    def one_clock() -> None:
        with scope.everywhere("one of two clocks"):
            while Agreement.objects.filter(bell_at__lte=now).exists():
                duties.bells(now)
        connection.close()

    clocks = [threading.Thread(target=one_clock) for _number in range(2)]
    with Stopwatch() as busy:
        for one in clocks:
            one.start()
        for one in clocks:
            one.join()
    return busy


def idle_pass(now: datetime) -> tuple[Stopwatch, Stopwatch]:
    """A pass with nothing due, and the anchor: reading the same table once."""
    from django.db import connection

    import kring.agreements.clock as duties
    from kring.agreements.models import Agreement

    Agreement.objects.update(bell_at=now + timedelta(days=30), remind_at=None)
    with Stopwatch() as idle:
        duties.bells(now)
    with Stopwatch() as scan, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agreements_agreement WHERE version >= 0")
    return idle, scan


def main() -> int:
    """Print the figures; fails when a bell rang twice, not at all, or a pass took too long."""
    with installation():
        from kring.agreements.models import Agreement, Bell
        from kring.base import clock, scope

        big_organisation("groot", teams=1500, people=3000, agreements=AGREEMENTS)
        now = clock.now()
        due = now - timedelta(minutes=1)
        with scope.everywhere("the benchmark sets the moments"):
            first = list(Agreement.objects.order_by("id").values_list("pk", flat=True)[:DUE])
            idle, scan = idle_pass(now)
            Agreement.objects.filter(pk__in=first[: DUE // 2]).update(bell_at=due)
            turns = passes(now)
            Agreement.objects.filter(pk__in=first[DUE // 2 :]).update(bell_at=due)
        busy = two_clocks(now)
        with scope.everywhere("the benchmark counts"):
            rung = Bell.objects.count()
            with Stopwatch() as again:
                clock.run_once(now)
    longest = max(turn.wall for turn in turns)
    print(f"pass over {AGREEMENTS:,} agreements, nothing due   {idle.wall:9.1f} ms")
    print(f"reading the same table once (anchor)           {scan.wall:9.1f} ms")
    print(f"ratio to the anchor                            {idle.wall / scan.wall:9.2f}")
    print(f"{DUE // 2} bells, one clock: the longest of {len(turns):3} passes {longest:9.1f} ms")
    print(f"{DUE // 2} bells, two clocks at once                  {busy.wall:9.1f} ms")
    print(f"pass of every feature after that               {again.wall:9.1f} ms")
    print(f"bells rung: {rung} (due: {DUE})")
    return 0 if rung == DUE and longest <= 1000 else 1


if __name__ == "__main__":
    sys.exit(main())
