"""Lay a meeting ready inside the installation under test; prints its tokens as JSON."""

import json
import sys

from kring.base import clock, scope
from kring.meetings import actions, room
from kring.meetings.engine import turns
from kring.meetings.models import Harvest, Meeting, MeetingEvent
from kring.meetings.stream import tokens
from kring.meetings.tests.scripts import talk
from tests.cast import make_cast

PEOPLE = ("sami", "noor", "daan", "joke")


def furnish() -> None:
    """Sami and Noor both moderate; the open talk goes on."""
    house = make_cast().linde
    with scope.inside(house.organisation.pk):
        people = tuple(
            (house.people[name], ("moderator",) if name in ("sami", "noor") else ())
            for name in PEOPLE
        )
        plan = actions.Plan(
            team=house.teams["vuurtoren"], protocol=talk(), starts_at=clock.now(), people=people
        )
        meeting = actions.start_now(house.actor("sami"), plan)
        made = {}
        for name in PEOPLE:
            seat = actions.join(house.actor(name), meeting)
            screen = "moderator" if name == "sami" else "phone"
            made[name] = tokens.make(meeting, seat, screen, language="en")
        actions.do(house.actor("sami"), meeting, {"kind": "start"}, "start-key")
        visit = room.of(meeting).state.visit
        asked = {"kind": "enter_next", "from_visit": visit}
        actions.do(house.actor("sami"), meeting, asked, "next-key")
    sys.stdout.write(json.dumps(made))


def report() -> None:
    """What the log holds now, read by a fresh process."""
    with scope.everywhere("a test looks at its own installation"):
        meeting = Meeting.objects.get()
        kept = list(Harvest.objects.order_by("pk").values_list("text", flat=True))
        rows = list(MeetingEvent.objects.order_by("number").values_list("number", "kind", "data"))
    found = room.of_id(meeting.pk, meeting.organisation_id)
    state = found.state
    going = turns.turns_of(state, state.visit) if state.visit else None
    sys.stdout.write(
        json.dumps(
            {
                "numbers": [number for number, _, _ in rows],
                "number": meeting.number,
                "texts": [data["text"] for _, kind, data in rows if kind == "card.added"],
                "entered": [data["step"] for _, kind, data in rows if kind == "step.entered"],
                "step": state.step.id if state.step else None,
                "visit": state.visit,
                "harvest": kept,
                "holder": found.snap.names[going.holder].lower() if going else None,
            }
        )
    )
