"""Who may open which page about a talk: who has a chair in it, and nobody else."""

from datetime import timedelta
from typing import Any

from kring.base import clock
from kring.methods.shelf import shipped
from kring.talks import actions
from kring.talks.actions import Guest, Wish
from kring.talks.tests.conftest import train
from tests.cast import House
from tests.matrix import NOBODY, PEOPLE, Row, only

SEES = {"talks.Talk": "talks.see"}
BOTH, LEADS, ASKED = only("member", "facilitator"), only("facilitator"), only("member")
IT, PERSON = {"pk": "talk"}, {"pk": "talk", "number": "talk_chair"}
QUIET = {"protocol": "quiet_protocol"}
ROWS = [
    # Everybody has a list of their own; nobody's shows somebody else's talk.
    Row("talks:list", own=PEOPLE),
    Row("talks:plan", use=QUIET, own=LEADS),  # who is on record as trained for it
    Row("talks:plan", "POST", use=QUIET, own=LEADS),
    *(
        Row(f"talks:{name}", method, use=IT, own=roles, other=NOBODY)
        for name, method, roles in (
            ("talk", "GET", BOTH),
            ("board", "GET", BOTH),
            ("phone", "GET", BOTH),  # leads back to the talk: the room is not open
            ("lead", "GET", LEADS),
            ("table", "GET", LEADS),
            ("close", "GET", LEADS),
            ("questions", "GET", LEADS),  # the room is not open: back to the talk
            ("questions", "POST", LEADS),
            ("choose", "POST", ASKED),
            ("invite", "POST", LEADS),
            ("move", "POST", LEADS),
            ("declare", "POST", LEADS),
            ("own-note", "POST", LEADS),
            ("call-off", "POST", LEADS),
            ("ask", "POST", BOTH),
            # The room is not open, nobody is named, nothing was agreed:
            ("live", "GET", NOBODY),
            ("open", "POST", NOBODY),
            ("enter", "POST", NOBODY),
            ("close", "POST", LEADS),
            ("stop", "POST", LEADS),
            ("chairs", "POST", NOBODY),
            ("leave-out", "POST", NOBODY),
            ("prepare", "POST", NOBODY),
            ("agreement", "POST", NOBODY),
        )
    ),
    Row("talks:person", use=PERSON, own=LEADS, other=NOBODY),
    Row("talks:person", "POST", use=PERSON, own=LEADS, other=NOBODY),
    Row("talks:paper", use={"pk": "talk", "number": "talk_guest"}, own=LEADS, other=NOBODY),
]


def furnish(house: House, place: str) -> dict[str, Any]:
    """A planned talk: the facilitator and a member of the own team, or people of another."""
    slug = house.organisation.slug
    leader, other = {
        ("linde", "own"): ("sami", "noor"),
        ("linde", "other"): ("bram", "daan"),
    }.get((slug, place), (f"{slug}_begeleider", f"{slug}_lid"))
    train(house, leader)
    script = shipped().protocol("restorative_talk")
    assert script is not None
    wish = Wish(
        protocol=script,
        starts_at=clock.now() + timedelta(days=2),
        place=f"stille kamer kanarie-{slug}",
        declared=True,
        people=((house.people[other], "party"),),
        guests=(Guest(f"Stille gast kanarie-{slug}", "party"),),
    )
    talk = actions.plan_talk(house.actor(leader), wish, f"plan {slug} {place}")
    return {
        "talk": talk.pk,
        "talk_chair": 2,
        "talk_guest": 3,
        "quiet_protocol": "restorative_talk",
    }
