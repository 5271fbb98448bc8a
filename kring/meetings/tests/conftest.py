"""A meeting of De Linde to play with."""

import pytest

from kring.base import clock
from kring.meetings import actions
from kring.meetings.models import Meeting
from kring.meetings.tests.scripts import talk
from tests.cast import House


def plan_of(house: House, **changed: object) -> actions.Plan:
    """Team Vuurtoren talks; Sami moderates, Noor, Daan and Joke (who leads the team) are invited."""
    invited = (("sami", ("moderator",)), ("noor", ()), ("daan", ()), ("joke", ()))
    wanted = {
        "team": house.teams["vuurtoren"],
        "protocol": talk(),
        "starts_at": clock.now(),
        "people": tuple((house.people[name], roles) for name, roles in invited),
    }
    return actions.Plan(**{**wanted, **changed})  # type: ignore[arg-type]  # fixture


@pytest.fixture
def meeting(linde: House) -> Meeting:
    """Everybody is in; the first step goes on."""
    meeting = actions.start_now(linde.actor("sami"), plan_of(linde))
    for name in ("sami", "noor", "daan", "joke"):
        actions.join(linde.actor(name), meeting)
    done = actions.do(linde.actor("sami"), meeting, {"kind": "start"}, "start-key")
    assert done.refused is None
    meeting.refresh_from_db()
    return meeting
