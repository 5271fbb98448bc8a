"""Pages: server time and queries, beside a do-nothing view that renders the same base page.

Two sizes in one run: a demo-sized organisation (400 people, 40 teams, 600 agreements) and a big one
(17,000 people, 1,500 teams, 100,000 agreements). Requests go through the whole middleware, logged in.
Goal: every page p95 <= 150 ms and <= 4 x the do-nothing view; the number of queries must be the same in
both sizes. Each page is asked turn by turn with the do-nothing page, and the ratio is that of their
median CPU: whatever else the machine does in those minutes, both had it.
"""

import sys
from typing import NamedTuple

from bench.house import Stopwatch, big_organisation, installation, share

ROUNDS = 40
MOST_TIMES = 4
SIZES = {
    "demo": {"teams": 40, "people": 400, "agreements": 600},
    "large": {"teams": 1500, "people": 17000, "agreements": 100_000},
}


def pages(slug: str, made: object) -> dict[str, str]:
    """The pages measured, by name."""
    from django.urls import reverse

    team = made.teams[0].pk
    person = made.members[made.teams[0].code][1].pk
    meeting = first_meeting(made)
    names: dict[str, tuple[str, tuple[object, ...]]] = {
        "home": ("home", ()),
        "team": ("team", (team,)),
        "person": ("person", (person,)),
        "people": ("people", ()),
        "agreements": ("agreements:agreements", ()),
        "meetings": ("meetings:list", ()),
        "meeting": ("meetings:meeting", (meeting,)),
        "library": ("library", ()),
        "protocol": ("protocol", ("good_practice_intervisie", "good_practice_review")),
    }
    return {name: reverse(view, args=(slug, *rest)) for name, (view, rest) in names.items()}


def first_meeting(made: object) -> int:
    """A planned meeting of the first team, with everybody of it invited."""
    from datetime import timedelta

    from kring.base import clock, scope
    from kring.meetings import actions
    from kring.methods.shelf import shipped
    from kring.people.actors import actor_of

    protocol = shipped().protocol("good_practice_review")
    assert protocol is not None
    people = made.members[made.teams[0].code]
    with scope.inside(made.organisation.pk):
        plan = actions.Plan(
            team=made.teams[0],
            protocol=protocol,
            starts_at=clock.now() + timedelta(days=2),
            people=tuple((person, ()) for person in people[:12]),
        )
        return actions.plan_meeting(actor_of(people[0]), plan).pk


class Measured(NamedTuple):
    """One page beside the anchor, asked turn by turn: medians of CPU and p95 of wall, in ms."""

    p50: float
    p95: float
    cpu: float
    anchor: float  # the do-nothing page's CPU in the same minutes
    queries: int
    size: int  # bytes


def measure(client: object, address: str, nothing: str) -> Measured:
    """``ROUNDS`` requests of a page, each after one of the do-nothing page: both see the same machine."""
    from django.db import connection

    asked: list[str] = []

    def counted(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    client.get(address)
    with connection.execute_wrapper(counted):
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    for _ in range(3):
        client.get(address)
    wall, cpu, anchor = [], [], []
    for _ in range(ROUNDS):
        with Stopwatch() as watch:
            client.get(nothing)
        anchor.append(watch.cpu)
        with Stopwatch() as watch:
            client.get(address)
        wall.append(watch.wall)
        cpu.append(watch.cpu)
    half = share(wall, 0.5), share(wall, 0.95), share(cpu, 0.5), share(anchor, 0.5)
    return Measured(*half, len(asked), len(answer.content))


def one_size(size: str) -> dict[str, Measured]:
    """Measure every page in one size."""
    from django.test import Client

    made = big_organisation(size, **SIZES[size])
    leader = made.members[made.teams[0].code][0]
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(account_for(leader))
    nothing = f"/{size}/bench/nothing/"
    print(f"\n{size}: {SIZES[size]}")
    print(
        f"{'page':12} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'x nothing':>10} {'queries':>8} {'kB':>6}"
    )
    addresses = {"nothing": nothing, **pages(size, made)}
    rows = {name: measure(client, address, nothing) for name, address in addresses.items()}
    for name, one in rows.items():
        print(
            f"{name:12} {one.p50:8.1f} {one.p95:8.1f} {one.cpu:8.1f} {one.cpu / one.anchor:10.2f}"
            f" {one.queries:8d} {one.size / 1000:6.0f}"
        )
    return rows


def account_for(person: object) -> object:
    """Give a made-up person an account."""
    from kring.base import scope
    from kring.people.models import Account

    account = Account.objects.create_user(person.email)
    with scope.inside(person.organisation_id):
        person.account = account
        person.save()
    return account


def main() -> int:
    """Print both tables; fails when a page needs more queries because there are more rows."""
    with installation():
        from django.test.utils import override_settings

        with override_settings(ROOT_URLCONF="bench.addresses"):
            small, large = one_size("demo"), one_size("large")
    more = {
        name: (small[name].queries, large[name].queries)
        for name in small
        if large[name].queries > small[name].queries
    }
    slow = [name for name, one in large.items() if one.cpu > MOST_TIMES * one.anchor]
    print("\nQueries grow with rows:", more or "no")
    print(f"More than {MOST_TIMES} x the page that does nothing:", ", ".join(slow) or "none")
    return 1 if more else 0


if __name__ == "__main__":
    sys.exit(main())
