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


def bare_insert(content: bytes) -> Stopwatch:
    """The anchor: the same rows into a table without constraints, in one transaction."""
    from django.db import connection, transaction

    rows = [tuple(line.split(";", 1)) for line in content.decode().splitlines()[1:]]
    with Stopwatch() as bare, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (code TEXT PRIMARY KEY, line TEXT)")
        cursor.executemany("INSERT INTO bare VALUES (%s, %s)", rows)
    return bare


def administrator() -> object:
    """An administrator of an organisation with layers and nothing else."""
    from kring.demo.population import LAYERS
    from kring.people.actors import actor_of
    from kring.people.models import Layer, Person, RoleGrant

    for rank, (code, title) in enumerate(LAYERS.items()):
        Layer(code=code, name=title, rank=rank).save()
    boss = Person(name="Beheer")
    boss.save()
    RoleGrant(person=boss, role="administrator").save()
    return actor_of(boss, second_factor=True)


def import_once(content: bytes) -> tuple[Stopwatch, Stopwatch, int]:
    """Preview and import; then how many people a second import would touch."""
    from kring.people.actions import staff

    actor = administrator()
    staff.start_work = lambda organisation, file: None  # the work is timed right here
    with Stopwatch() as preview:
        file = staff.receive_staff_file(actor, name="staff.csv", content=content)
        plan = staff.plan_of(file)
    with Stopwatch() as work:
        staff.confirm_staff_file(actor, file, seen=plan.digest, ends_missing=False)
        staff.work_on(file.pk)
    again = staff.receive_staff_file(actor, name="staff.csv", content=content)
    return preview, work, len(staff.plan_of(again).codes())


def main() -> int:
    """Print the figures; fails when somebody is missing or the second import changes anything."""
    with installation():
        from kring.base import scope
        from kring.people.models import Membership, Organisation, Person

        organisation = Organisation.objects.create(slug="groot", name="Groot")
        content = table()
        with scope.inside(organisation.pk):
            preview, work, touched = import_once(content)
            people, memberships = Person.objects.count() - 1, Membership.objects.count()
        bare = bare_insert(content)
    both = preview.wall + work.wall
    print(f"made {people:,} people in {TEAMS:,} teams, {memberships:,} memberships")
    print(f"read and plan (preview)         {preview.wall / 1000:8.1f} s")
    print(f"import                          {work.wall / 1000:8.1f} s")
    print(f"the same rows, one bare insert  {bare.wall / 1000:8.2f} s (anchor)")
    print(f"ratio to the anchor             {both / bare.wall:8.0f}")
    print(f"people a second import touches  {touched:8d}")
    return 0 if (people, touched) == (PEOPLE, 0) and both <= 60_000 else 1


if __name__ == "__main__":
    sys.exit(main())
