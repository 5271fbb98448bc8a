"""Series of De Linde to play with."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from kring.base import clock
from kring.meetings import actions as meetings
from kring.meetings.models import Meeting
from kring.people.models import Team
from kring.series import actions
from kring.series.models import Series
from tests.cast import House

INTERVISION = "good_practice_intervisie/intervision_group"
AGENDA = "good_practice_intervisie/fixed_agenda_item"
BREAKTHROUGH = "werken_vanuit_de_bedoeling/breakthrough"
RESONANCE = "werken_vanuit_de_bedoeling/resonance"
MONDAY = datetime(2026, 11, 2, 10, tzinfo=get_current_timezone())


def begin(
    house: House,
    method: str = AGENDA,
    people: tuple[str, ...] = ("noor", "daan", "sami"),
    by: str = "sami",
    **more: object,
) -> Series:
    """Team Vuurtoren starts a series today."""
    given = {
        "team": house.teams["vuurtoren"],
        "method": method,
        "people": tuple((house.people[name], "") for name in people),
        **more,
    }
    return actions.start(house.actor(by), actions.Wish(**given))  # type: ignore[arg-type]  # fixture


def hold(house: House, series: Series, by: str = "noor", when: datetime | None = None) -> Meeting:
    """Plan the next meeting, sit down, and close it at once."""
    moment = when or clock.now() + timedelta(hours=1)
    meeting = actions.plan_next(house.actor(by), series, starts_at=moment)
    lead = next(
        seat for seat in meeting.seats.select_related("person") if "moderator" in seat.roles
    )
    leader = next(name for name, person in house.people.items() if person == lead.person)
    with clock.pretend(moment):
        close(house, meeting, leader)
    series.refresh_from_db()
    return meeting


def close(house: House, meeting: Meeting, leader: str) -> None:
    """Open, come in, and close without a word."""
    meetings.open_meeting(house.actor(leader), meeting)
    meetings.join(house.actor(leader), meeting)
    key = f"close {meeting.pk} {clock.now().isoformat()}"
    ask = {"kind": "close", "confirmed": True, "no_follow_up": True}
    for number, asked in enumerate(({"kind": "start"}, ask)):
        done = meetings.do(house.actor(leader), meeting, asked, f"{key} {number}")
        assert done.refused is None, done.refused
    meeting.refresh_from_db()


def leaders(series: Series) -> list[str]:
    """Who led each meeting that was held, oldest first."""
    found = []
    for sitting in series.sittings.filter(held_on__isnull=False).order_by("number"):
        seats = sitting.meeting.seats.all()
        found += [seat.name.lower() for seat in seats if "moderator" in seat.roles]
    return found


@pytest.fixture
def agenda(linde: House) -> Series:
    """Good practice as a fixed agenda item of team Vuurtoren, just begun."""
    return begin(linde)


@pytest.fixture
def top(linde: House) -> Team:
    """A team of leaders for Regio Noord: Ria, Joke, Hester."""
    from kring.people.models import Membership

    team = Team(code="mt", name="MT Noord", unit=linde.units["noord"])
    team.save()
    team.place()
    team.save()
    for name in ("ria", "joke", "hester"):
        Membership(person=linde.people[name], team=team, starts_on=clock.now().date()).save()
    return team
