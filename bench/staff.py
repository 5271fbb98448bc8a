"""The staff import: 17,000 people in 1,500 teams, beside writing the same rows without any thought.

Goal: preview and import together <= 60 s, and a second import of the same file changes nothing.
"""

import random
import sys

from bench.house import Stopwatch, installation

PEOPLE = 17_000
TEAMS = 1_500


def table() -> bytes:
    """The staff file, as CSV."""
    from kring.demo.population import made_up_names, plain

    names = made_up_names(random.Random(7))
    lines = ["code;name;mail;layer;place;team;leads"]
    for number in range(PEOPLE):
        name, team = next(names), number % TEAMS
        place = f"Regio {team % 15} / Locatie {team % 300}"
        leads = "ja" if number < TEAMS else ""
        lines.append(
            f"{number:06d};{name};{plain(name)}@groot.example;Professionals;{place};Team {team};{leads}"
        )
    return "\n".join(lines).encode()


def main() -> int:
    """Print the figures; fails when the second import changes anything."""
    with installation():
        from django.db import connection, transaction

        from kring.base import scope
        from kring.demo.population import LAYERS
        from kring.people.actions import staff
        from kring.people.actors import actor_of
        from kring.people.models import Layer, Membership, Organisation, Person, RoleGrant

        organisation = Organisation.objects.create(slug="groot", name="Groot")
        content = table()
        with scope.inside(organisation.pk):
            for rank, (code, title) in enumerate(LAYERS.items()):
                Layer(code=code, name=title, rank=rank).save()
            boss = Person(name="Beheer")
            boss.save()
            RoleGrant(person=boss, role="administrator").save()
            actor = actor_of(boss, second_factor=True)
            staff.start_work = lambda organisation, file: None  # the work is timed right here
            with Stopwatch() as preview:
                file = staff.receive_staff_file(actor, name="staff.csv", content=content)
                plan = staff.plan_of(file)
            if file.mistakes:
                print("mistakes in the file:", file.mistakes[:3])
                return 1
            with Stopwatch() as work:
                staff.confirm_staff_file(actor, file, seen=plan.digest, ends_missing=False)
                staff.work_on(file.pk)
            made = Person.objects.count(), Membership.objects.count()
            again = staff.receive_staff_file(actor, name="staff.csv", content=content)
            rest = staff.plan_of(again)
            with Stopwatch() as bare, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("CREATE TABLE bare (code TEXT PRIMARY KEY, line TEXT)")
                rows = [tuple(line.split(";", 1)) for line in content.decode().splitlines()[1:]]
                cursor.executemany("INSERT INTO bare VALUES (%s, %s)", rows)
        print(
            f"{PEOPLE:,} people, {TEAMS:,} teams: made {made[0] - 1:,} people, {made[1]:,} memberships"
        )
        print(f"read and plan (preview)         {preview.wall / 1000:8.1f} s")
        print(f"import                          {work.wall / 1000:8.1f} s")
        print(f"the same rows, one bare insert  {bare.wall / 1000:8.2f} s (anchor)")
        print(f"ratio to the anchor             {(preview.wall + work.wall) / bare.wall:8.0f}")
        print(f"people a second import touches  {len(rest.codes()):8d}")
        return 0 if not rest.codes() and made[0] == PEOPLE + 1 else 1


if __name__ == "__main__":
    sys.exit(main())
