"""Units, teams and people in bulk: the demo organisation, and the big one of the benchmarks."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import TypeVar

from kring.base import scope
from kring.demo import names
from kring.people.models import Layer, Membership, Organisation, Person, Team, Unit

Place = TypeVar("Place", Unit, Team)

LAYERS = {
    "board": "Bestuur",
    "leaders": "Leidinggevenden",
    "professionals": "Professionals",
    "support": "Ondersteuning",
    "participation": "Medezeggenschap",
    "people_served": "Mensen voor wie we werken",
}


@dataclass
class Population:
    """What was made. ``members`` lists people by team code; the first one leads the team."""

    organisation: Organisation
    layers: dict[str, Layer] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    members: dict[str, list[Person]] = field(default_factory=dict)


def made_up_names(chance: random.Random) -> Iterator[str]:
    """Names without an end; the first 8,000 or so are all different."""
    pairs = list(product(names.FIRST, names.FAMILY))
    number = 1
    while True:
        chance.shuffle(pairs)
        for first, family in pairs:
            yield f"{first} {family}" if number == 1 else f"{first} {family} {number}"
        number += 1


def plain(name: str) -> str:
    """A name as it stands in a mail address: lower case, no accents, dots for spaces."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return letters.lower().replace(" ", ".").replace("'", "")


def _places(made: Population, regions: int, locations: int, teams: int) -> None:
    organisation = made.organisation
    north = [
        Unit(
            organisation=organisation,
            kind="region",
            code=f"regio-{number + 1}",
            name=f"Regio {names.REGIONS[number % 3]}{'' if number < 3 else f' {number // 3 + 1}'}",
        )
        for number in range(regions)
    ]
    made.units += _placed(Unit, north)
    below = [
        Unit(
            organisation=organisation,
            parent=north[number % regions],
            kind="location",
            code=f"locatie-{number + 1}",
            name=names.LOCATIONS[number % len(names.LOCATIONS)]
            + ("" if number < len(names.LOCATIONS) else f" {number // len(names.LOCATIONS) + 1}"),
        )
        for number in range(locations)
    ]
    made.units += _placed(Unit, below)
    made.teams = _placed(
        Team,
        [
            Team(
                organisation=organisation,
                unit=below[number % locations],
                code=f"team-{number + 1}",
                name=f"Team {names.TEAMS[number % len(names.TEAMS)]}"
                + ("" if number < len(names.TEAMS) else f" {number // len(names.TEAMS) + 1}"),
            )
            for number in range(teams)
        ],
    )


def _placed(model: type[Place], rows: list[Place]) -> list[Place]:
    model.objects.bulk_create(rows, batch_size=2000)
    for row in rows:
        row.place()
    model.objects.bulk_update(rows, ["path"], batch_size=2000)
    return rows


def populate(
    organisation: Organisation,
    *,
    regions: int,
    locations: int,
    teams: int,
    people: int,
    chance: random.Random,
    today: date,
) -> Population:
    """Fill ``organisation``: about ``people / teams`` people in every team, the first one leads it."""
    made = Population(organisation)
    with scope.inside(organisation.pk):
        for rank, (code, title) in enumerate(LAYERS.items()):
            made.layers[code] = Layer.objects.create(code=code, name=title, rank=rank)
        _places(made, regions, locations, teams)
        _crowd(made, teams, people, chance, today)
    return made


def _crowd(made: Population, teams: int, people: int, chance: random.Random, today: date) -> None:
    """The people and where they work; the first ``teams`` of them lead one team each."""
    organisation, name = made.organisation, made_up_names(chance)
    crowd: list[Person] = []
    for number in range(people):
        called = next(name)
        crowd.append(
            Person(
                organisation=organisation,
                name=called,
                email=f"{plain(called)}@{organisation.slug}.example",
                staff_code=f"{organisation.slug}-{number + 1:05d}",
                layer=made.layers["leaders" if number < teams else "professionals"],
                starts_on=today - timedelta(days=chance.randrange(60, 3650)),
            )
        )
    Person.objects.bulk_create(crowd, batch_size=2000)
    memberships = []
    for number, person in enumerate(crowd):
        team = made.teams[number % teams]
        made.members.setdefault(team.code, []).append(person)
        memberships.append(
            Membership(
                organisation=organisation,
                person=person,
                team=team,
                starts_on=person.starts_on or today,
                is_manager=number < teams,
            )
        )
    Membership.objects.bulk_create(memberships, batch_size=2000)
