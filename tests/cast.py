"""The fixed people every test is about.

Three organisations: **De Linde** (disability care, the one tests are about), **Waterkant** (youth
care) and **Het Anker** (housing), which are noise on purpose: a forgotten filter shows at once.
``external`` works for De Linde and Waterkant with one account.
"""

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from kring.base import scope
from kring.base.policy import Actor
from kring.people.actors import actor_of
from kring.people.models import (
    Account,
    Layer,
    Membership,
    Organisation,
    Person,
    RoleGrant,
    Team,
    Unit,
)

PASSWORD = "lopen-door-het-lindebos"
BEGIN = date(2024, 1, 1)


@dataclass
class House:
    """One organisation with its people by name."""

    organisation: Organisation
    units: dict[str, Unit] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, name: str, *, second_factor: bool = True) -> Actor:
        """The actor that ``name`` is now."""
        with scope.inside(self.organisation.pk):
            return actor_of(self.people[name], second_factor=second_factor)

    def account(self, name: str) -> Account:
        """The account of ``name``."""
        account = self.people[name].account
        assert account is not None
        return account


@dataclass
class Cast:
    """All three houses; ``linde`` is home."""

    linde: House
    waterkant: House
    anker: House


# name -> (layer, team or "", leads the team, roles as (role, place))
LINDE = {
    "noor": ("professionals", "vuurtoren", False, []),
    "sami": ("professionals", "vuurtoren", False, [("facilitator", "vuurtoren")]),
    "joke": ("leaders", "vuurtoren", True, []),
    "daan": ("professionals", "vuurtoren", False, []),
    "fleur": ("professionals", "duinhuis", False, []),
    "bram": ("leaders", "duinhuis", True, []),
    "ria": ("leaders", "", False, [("manager", "noord")]),
    "hester": ("board", "", False, [("board", "")]),
    "ali": ("support", "", False, [("administrator", "")]),
    "petra": ("support", "", False, [("privacy_officer", "")]),
    "wim": ("participation", "", False, [("works_council", "")]),
    "mo": ("people_served", "", False, [("client_council", "")]),
}
SMALL = {
    "{}_lid": ("professionals", "kern", False, []),
    "{}_begeleider": ("professionals", "kern", False, [("facilitator", "kern")]),
    "{}_leider": ("leaders", "kern", True, []),
    "{}_beheer": ("support", "", False, [("administrator", "")]),
}
LAYERS = {
    "board": "Bestuur",
    "leaders": "Leidinggevenden",
    "professionals": "Professionals",
    "support": "Ondersteuning",
    "participation": "Medezeggenschap",
    "people_served": "Mensen voor wie we werken",
}


def _unit(house: House, code: str, name: str, parent: Unit | None, kind: str) -> Unit:
    unit = Unit(code=code, name=name, parent=parent, kind=kind)
    unit.save()
    unit.place()
    unit.save()
    house.units[code] = unit
    return unit


def _team(house: House, code: str, name: str, unit: Unit) -> None:
    team = Team(code=code, name=name, unit=unit)
    team.save()
    team.place()
    team.save()
    house.teams[code] = team


def _person(
    house: House, name: str, layer: str, team: str, leads: bool, roles: list[tuple[str, str]]
) -> Person:
    address = f"{name}@{house.organisation.slug}.example"
    account = Account.objects.create_user(address, PASSWORD)
    person = Person(
        account=account,
        name=name.replace("_", " ").title(),
        email=address,
        staff_code=f"{house.organisation.slug}-{name}",
        layer=house.layers[layer],
        starts_on=BEGIN,
    )
    person.save()
    if team:
        Membership(person=person, team=house.teams[team], starts_on=BEGIN, is_manager=leads).save()
    for role, place in roles:
        RoleGrant(
            person=person, role=role, unit=house.units.get(place), team=house.teams.get(place)
        ).save()
    house.people[name] = person
    return person


def _house(slug: str, name: str) -> House:
    organisation = Organisation.objects.create(slug=slug, name=name)
    house = House(organisation)
    with scope.inside(organisation.pk):
        for rank, (code, title) in enumerate(LAYERS.items()):
            house.layers[code] = Layer.objects.create(code=code, name=title, rank=rank)
        if slug == "linde":
            north = _unit(house, "noord", "Regio Noord", None, "region")
            south = _unit(house, "zuid", "Regio Zuid", None, "region")
            lindehof = _unit(house, "lindehof", "Lindehof", north, "location")
            duinzicht = _unit(house, "duinzicht", "Duinzicht", south, "location")
            _team(house, "vuurtoren", "Team Vuurtoren", lindehof)
            _team(house, "duinhuis", "Team Duinhuis", duinzicht)
            people = LINDE
        else:
            root = _unit(house, "huis", "Huis", None, "location")
            _team(house, "kern", "Kernteam", root)
            people = {key.format(slug): value for key, value in SMALL.items()}
        for person, (layer, team, leads, roles) in people.items():
            _person(house, person, layer, team, leads, list(roles))
    return house


def _external(linde: House, waterkant: House) -> None:
    account = Account.objects.create_user("trainer@extern.example", PASSWORD)
    for house, team in ((linde, "vuurtoren"), (waterkant, "kern")):
        with scope.inside(house.organisation.pk):
            person = Person(
                account=account,
                name="Trainer Extern",
                email=account.email,
                is_external=True,
                starts_on=BEGIN,
                ends_on=date(2031, 1, 1),
            )
            person.save()
            RoleGrant(person=person, role="facilitator", team=house.teams[team]).save()
            house.people["external"] = person


def make_cast() -> Cast:
    """Write the whole cast into the database (once per test)."""
    cast = Cast(
        linde=_house("linde", "De Linde"),
        waterkant=_house("waterkant", "Waterkant"),
        anker=_house("anker", "Het Anker"),
    )
    _external(cast.linde, cast.waterkant)
    return cast


def log_in(client: Client, account: Account, *, second_factor: bool = True) -> Client:
    """Log in without passwords; with a second factor unless told otherwise.

    Administrators, the privacy officer and people from outside do not get in without one.
    """
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session.save()
    return client
