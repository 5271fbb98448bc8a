"""The three demo organisations and their people, the faces of the login page among them."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from kring.base import scope
from kring.demo import words
from kring.demo.population import Population, made_up_names, plain, populate
from kring.people.models import (
    Account,
    DemoFace,
    Membership,
    Organisation,
    Person,
    RoleGrant,
    Team,
    Unit,
)

SLUGS = ("linde", "waterkant", "anker")


@dataclass
class Demo:
    """What was made: populations by slug and, in De Linde, the faces by their short name."""

    linde: Population
    small: list[Population]
    faces: dict[str, Person] = field(default_factory=dict)

    @property
    def lighthouse(self) -> Team:
        """The team most faces belong to."""
        return self.linde.teams[0]


def build_people(today: date, chance: random.Random) -> Demo:
    """Write the organisations, their trees, layers, people, roles and demo accounts."""
    linde = _organisation("linde", "De Linde", 175)
    demo = Demo(
        linde=populate(
            linde, regions=3, locations=12, teams=40, people=352, chance=chance, today=today
        ),
        small=[
            populate(
                _organisation(slug, name, hue),
                regions=1,
                locations=2,
                teams=teams,
                people=people,
                chance=chance,
                today=today,
            )
            for slug, name, hue, teams, people in (
                ("waterkant", "Waterkant Jeugdhulp", 230, 5, 36),
                ("anker", "Wonen bij Het Anker", 30, 3, 21),
            )
        ],
    )
    with scope.inside(linde.pk):
        _above_the_teams(demo, chance, today)
        _faces(demo, today)
    _from_outside(demo, today)
    return demo


def _organisation(slug: str, name: str, hue: int) -> Organisation:
    return Organisation.objects.create(slug=slug, name=name, brand_hue=hue)


def _person(demo: Demo, name: str, layer: str, today: date) -> Person:
    linde = demo.linde.organisation
    person = Person(
        name=name,
        email=f"{plain(name)}@{linde.slug}.example",
        staff_code=f"{linde.slug}-staf-{plain(name)}"[:60],
        layer=demo.linde.layers[layer],
        starts_on=today - timedelta(days=900),
    )
    person.save()
    return person


def _grant(
    person: Person, role: str, *, unit: Unit | None = None, team: Team | None = None
) -> None:
    RoleGrant(person=person, role=role, unit=unit, team=team).save()


def _above_the_teams(demo: Demo, chance: random.Random, today: date) -> None:
    """Board, region and location managers, support, works council and client council."""
    name = made_up_names(chance)
    regions = [unit for unit in demo.linde.units if unit.kind == "region"]
    for unit in [unit for unit in demo.linde.units if unit.kind == "location"] + regions[1:]:
        _grant(_person(demo, f"{next(name)}", "leaders", today), "manager", unit=unit)
    for layer, role, number in (
        ("board", "board", 1),
        ("support", "", 18),
        ("participation", "works_council", 6),
        ("people_served", "client_council", 5),
    ):
        for _number in range(number):
            person = _person(demo, next(name), layer, today)
            if role:
                _grant(person, role)
    for team in demo.linde.teams[3::4]:
        _grant(demo.linde.members[team.code][1], "facilitator", team=team)


def _join(person: Person, team: Team, today: date, *, leads: bool = False) -> None:
    if leads:
        Membership.objects.filter(team=team, is_manager=True).update(is_manager=False)
    Membership(
        person=person, team=team, starts_on=today - timedelta(days=300), is_manager=leads
    ).save()


def _faces(demo: Demo, today: date) -> None:
    """The people of the login page; each stands for somebody who would use Kring."""
    lighthouse, north = demo.lighthouse, demo.linde.units[0]
    layers = {
        "joke": "leaders",
        "esra": "leaders",
        "ria": "leaders",
        "hester": "board",
        "wim": "participation",
        "mo": "people_served",
        "petra": "support",
        "ali": "support",
    }
    for short, name, _nl, _en in words.FACES[:-1]:
        demo.faces[short] = _person(demo, name, layers.get(short, "professionals"), today)
    faces = demo.faces
    _join(faces["joke"], lighthouse, today, leads=True)
    _join(faces["sami"], lighthouse, today)
    _join(faces["noor"], lighthouse, today)
    _join(faces["esra"], demo.linde.teams[39], today, leads=True)
    _grant(faces["sami"], "facilitator", unit=north)
    _grant(faces["ria"], "manager", unit=north)
    _grant(faces["hester"], "board")
    _grant(faces["wim"], "works_council")
    _grant(faces["mo"], "client_council")
    _grant(faces["petra"], "privacy_officer")
    _grant(faces["ali"], "administrator")
    faces["noor"].ask_me_about = "Rust in de nachtdienst. Koken met bewoners."
    faces["noor"].save()
    for short, *_words in words.FACES[:-1]:
        faces[short].account = Account.objects.create_user(faces[short].email)
        faces[short].save()


def show_faces(demo: Demo) -> None:
    """Offer the faces on the login page. The last thing made: with it the demo is whole."""
    for rank, (short, name, dutch, english) in enumerate(words.FACES):
        account = demo.faces[short].account
        if account is not None:
            DemoFace.objects.create(
                account=account, name=name, words={"nl": dutch, "en": english}, rank=rank
            )


def _from_outside(demo: Demo, today: date) -> None:
    """One trainer, one account, two organisations, with an end date in both."""
    _short, name, *_words = words.FACES[-1]
    account = Account.objects.create_user("lena.vonk@training.example")
    for made in (demo.linde, demo.small[0]):
        with scope.inside(made.organisation.pk):
            person = Person(
                account=account,
                name=name,
                email=account.email,
                is_external=True,
                starts_on=today - timedelta(days=120),
                ends_on=today + timedelta(days=300),
            )
            person.save()
            RoleGrant(person=person, role="facilitator", team=made.teams[0]).save()
            demo.faces.setdefault("lena", person)
