"""What meetings show beside agreements, and in calendars."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from kring.agreements import actions as agreements
from kring.meetings.elsewhere import in_calendars
from kring.meetings.models import Meeting, Seat
from tests.cast import House

NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def meet(linde: House, who: str, team: str = "vuurtoren", **given: object) -> Meeting:
    meeting = Meeting(
        team=linde.teams[team],
        title="Geheim onderwerp",
        starts_at=NOW + timedelta(days=3),
        minutes=45,
        planned_by=linde.people[who],
        protocol={},
        protocol_version=1,
        **given,
    )
    meeting.save()
    Seat(meeting=meeting, person=linde.people[who], name=who, place=1).save()
    return meeting


def test_calendars_hold_my_meetings_and_those_of_the_team_without_their_subject(
    linde: House,
) -> None:
    mine, other = meet(linde, "noor"), meet(linde, "daan")
    meet(linde, "fleur", "duinhuis")
    own = list(in_calendars(linde.actor("noor"), None, "linde"))
    team = list(in_calendars(linde.actor("noor"), linde.teams["vuurtoren"].pk, "linde"))
    assert [one.uid for one in own] == [f"meeting {mine.pk}"]
    assert [one.uid for one in team] == [f"meeting {mine.pk}", f"meeting {other.pk}"]
    assert own[0].ends_at == mine.starts_at + timedelta(minutes=45)
    assert "Geheim" not in repr(own + team)


def test_a_cancelled_meeting_stays_so_that_calendars_take_it_away(linde: House) -> None:
    meet(linde, "noor", state="cancelled")
    assert [one.is_cancelled for one in in_calendars(linde.actor("noor"), None, "linde")] == [True]


def test_an_agreement_leads_to_its_meeting_and_its_bell_to_a_talk(linde: House) -> None:
    meeting = meet(linde, "noor")
    agreement = agreements.make(
        linde.actor("noor"),
        team=linde.teams["vuurtoren"],
        what="Wij kloppen eerst aan",
        came_from=f"meeting {meeting.pk}",
    )
    agreements.ring_bell(linde.actor("sami"), agreement)
    client = Client()
    client.force_login(linde.account("noor"))
    page = client.get(f"/linde/agreements/{agreement.pk}/").content.decode()
    assert f'href="/linde/meetings/{meeting.pk}/"' in page
    talk = f"/linde/meetings/new/ring_the_bell/?team={linde.teams['vuurtoren'].pk}"
    assert talk in page
    assert client.get(talk).status_code == 200
