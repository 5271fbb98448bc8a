"""A conference between two colleagues, a client and two people beside them."""

from datetime import date, timedelta
from typing import Any

import pytest

from kring.base import clock, scope
from kring.base.policy import Actor
from kring.methods import actions as methods
from kring.methods.shelf import shipped
from kring.talks import actions
from kring.talks.actions import Guest, Wish
from kring.talks.models import Plate, Talk
from kring.talks.rules import CHECKS, Choice
from tests.cast import House

SAFE = dict.fromkeys(CHECKS, "yes")


def train(house: House, name: str) -> Actor:
    """The organisation put on record that this person was trained."""
    keeper = house.actor("ali" if "ali" in house.people else f"{house.organisation.slug}_beheer")
    with scope.inside(house.organisation.pk):
        methods.open_register(keeper, decided_on=date(2026, 1, 5), words="Verslag 3")
        methods.record_trained(keeper, house.people[name], method="herstelgericht")
    return house.actor(name)


def wish(house: House, protocol: str = "restorative_conference", **changed: Any) -> Wish:
    script = shipped().protocol(protocol)
    assert script is not None
    roles = ("responsible_person", "affected_person", "supporter")
    if protocol != "restorative_conference":
        roles = ("party", "party", "supporter")
    wanted: dict[str, Any] = {
        "protocol": script,
        "starts_at": clock.now() + timedelta(days=3),
        "place": "Kamer aan de tuin",
        "declared": True,
        "people": ((house.people["noor"], roles[0]), (house.people["wim"], roles[2])),
        "guests": (Guest("Riet", roles[1]), Guest("Zus van Riet", roles[2])),
    }
    return Wish(**{**wanted, **changed})


def guest_of(talk: Talk, name: str) -> Actor:
    """The guest who came in with the code on their paper."""
    chair = next(one for one in talk.paper.chairs if one.name == name)
    plate = Plate.objects.get(talk=talk, number=chair.number)
    return Actor(kind="guest", organisation=talk.organisation_id, seat=plate.pk, name=name)


def prepare_all(leader: Actor, talk: Talk) -> None:
    for chair in talk.paper.others:
        actions.prepare(
            leader, talk, f"prepare {chair.number}", number=chair.number, prepared=True,
            checks=SAFE, wishes="bij het raam",
        )  # fmt: skip


def say_yes(house: House, talk: Talk) -> None:
    for name in ("noor", "wim"):
        actions.choose(house.actor(name), talk, f"yes {name}", choice=Choice.YES)
    for name in ("Riet", "Zus van Riet"):
        actions.choose(guest_of(talk, name), talk, f"yes {name}", choice=Choice.YES)


@pytest.fixture
def fleur(linde: House) -> Actor:
    """Trained, of another team, with a second step."""
    return train(linde, "fleur")


@pytest.fixture
def talk(linde: House, fleur: Actor) -> Talk:
    """Planned; nobody prepared yet."""
    return actions.plan_talk(fleur, wish(linde), "plan-key")


@pytest.fixture
def ready(linde: House, fleur: Actor, talk: Talk) -> Talk:
    """Everybody is prepared and said yes."""
    prepare_all(fleur, talk)
    say_yes(linde, talk)
    return talk
