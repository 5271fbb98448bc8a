"""Who may open which page about a talk: who has a chair in it, and nobody else."""

from datetime import timedelta
from typing import Any

from kring.base import clock
from kring.methods.shelf import shipped
from kring.talks import actions
from kring.talks.actions import Guest, Wish
from kring.talks.tests.conftest import train
from tests.cast import House
from tests.matrix import Row

SEES = {"talks.Talk": "talks.see"}
ROWS: list[Row] = []


def furnish(house: House, place: str) -> dict[str, Any]:
    """A planned talk: the facilitator and a member of the own team, or people of another."""
    slug = house.organisation.slug
    leader, other = {
        ("linde", "own"): ("sami", "noor"),
        ("linde", "other"): ("bram", "wim"),
    }.get((slug, place), (f"{slug}_begeleider", f"{slug}_lid"))
    train(house, leader)
    script = shipped().protocol("restorative_talk")
    assert script is not None
    wish = Wish(
        protocol=script,
        starts_at=clock.now() + timedelta(days=2),
        place=f"kanarie-{slug} kamer",
        declared=True,
        people=((house.people[other], "party"),),
        guests=(Guest(f"Riet kanarie-{slug}", "party"),),
    )
    talk = actions.plan_talk(house.actor(leader), wish, f"plan {slug} {place}")
    return {"talk": talk.pk}
