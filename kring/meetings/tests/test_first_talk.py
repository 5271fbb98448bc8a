"""My week leads who leads a team to its first meeting, and then is silent about it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kring.meetings.models import Meeting, Seat
from kring.meetings.panels import first_talk, my_meetings
from tests.cast import House, log_in

TODAY = date(2026, 3, 2)


def places(linde: House, who: str) -> list[str]:
    return [line.href for line in first_talk(linde.actor(who), "linde", TODAY)]


def hold(linde: House, team: str, state: str) -> None:
    Meeting(
        team=linde.teams[team],
        title="Kring",
        starts_at=datetime(2026, 3, 2, 13, tzinfo=UTC),
        minutes=45,
        planned_by=linde.people["joke"],
        protocol={},
        protocol_version=1,
        state=state,
    ).save()


def test_who_leads_a_team_without_a_meeting_is_led_to_the_first_steps(linde: House) -> None:
    team = linde.teams["vuurtoren"].pk
    hold(linde, "duinhuis", "closed")
    hold(linde, "vuurtoren", "cancelled")
    assert places(linde, "joke") == [f"/linde/welcome/?team={team}"]


@pytest.mark.parametrize("who", ["noor", "sami", "ria", "ali"])
def test_nobody_else_is(linde: House, who: str) -> None:
    assert places(linde, who) == []


@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_one_meeting_is_enough(linde: House, state: str) -> None:
    hold(linde, "vuurtoren", state)
    assert places(linde, "joke") == []


def test_a_team_that_is_nearly_empty_first_gets_its_names(linde: House) -> None:
    assert places(linde, "bram") == []


def test_it_costs_one_query(linde: House, django_assert_num_queries: Any) -> None:
    actor = linde.actor("joke")
    with django_assert_num_queries(1):
        assert len(list(first_talk(actor, "linde", TODAY))) == 1


@pytest.mark.parametrize("many", [1, 3])
def test_my_week_asks_for_its_meetings_in_one_query(
    linde: House, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        hold(linde, "duinhuis", "planned")
    for meeting in Meeting.objects.all():
        Seat(meeting=meeting, place=1, person=linde.people["joke"]).save()
    actor = linde.actor("joke")
    with django_assert_num_queries(1):
        assert len(list(my_meetings(actor, "linde", TODAY))) == many


@pytest.mark.parametrize(("who", "may"), [("noor", True), ("ria", True), ("ali", False)])
def test_the_library_offers_a_meeting_only_to_who_may_hold_one(
    linde: House, who: str, may: bool
) -> None:
    browser = log_in(Client(), linde.account(who))
    page = browser.get("/linde/methods/good_practice_intervisie/good_practice_review/")
    there = "/linde/meetings/new/good_practice_review/"
    assert (there in page.content.decode()) is may
    assert browser.get(there).status_code == (200 if may else 404)
