"""One kind letter, a rest that is over, and a log that is forgotten."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import get_current_timezone

from kring.base import clock
from kring.people.models import Letter, Notice
from kring.series import actions
from kring.series.models import LogLine, Member, Series
from kring.series.rules import State
from kring.series.tests.conftest import BREAKTHROUGH, MONDAY, begin, hold
from tests.cast import House

EIGHT = datetime(2026, 11, 30, 8, tzinfo=get_current_timezone())
"""A week before Monday 7 December, when the meeting after 9 November is due (four weeks later)."""


def go(moment: datetime) -> dict[str, int]:
    """One pass of the clock at a moment; only what series did."""
    with time_machine.travel(moment, tick=False):
        done = clock.run_once()
    assert -1 not in done.values()
    return {name: count for name, count in done.items() if name.startswith("series.") and count}


def told(kind: str) -> set[str]:
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return {notice.person.name.lower() for notice in rows}


@pytest.fixture
def held(linde: House) -> Series:
    """One meeting was held on 9 November; Daan leads the next, due on 7 December."""
    with clock.pretend(MONDAY):
        series = begin(linde)
    with clock.pretend(MONDAY + timedelta(days=7)):
        hold(linde, series, when=clock.now())
    return series


def test_a_week_before_it_is_due_whoever_leads_gets_one_letter(held: Series) -> None:
    assert go(EIGHT - timedelta(minutes=1)) == {}
    assert go(EIGHT) == {"series.dates": 1}
    assert told("series.date") == {"daan"}
    for days in (3, 6):
        assert go(EIGHT + timedelta(days=days)) == {}
    assert [letter.to_email for letter in Letter.objects.all()] == ["daan@linde.example"]


def test_when_nobody_leads_everybody_is_asked(held: Series, linde: House) -> None:
    for name in ("noor", "daan", "sami"):
        actions.lead_or_not(linde.actor(name), held, leads=False)
    go(EIGHT)
    assert told("series.date") == {"noor", "daan", "sami"}


def test_what_is_planned_needs_no_letter(held: Series, linde: House) -> None:
    with clock.pretend(MONDAY + timedelta(days=8)):
        actions.plan_next(linde.actor("noor"), held, starts_at=EIGHT + timedelta(days=7))
        actions.keep_rhythm(linde.actor("noor"), held, days=28)  # which says anew when it is due
    held.refresh_from_db()
    assert held.remind_at is not None
    assert (go(EIGHT + timedelta(hours=1)), told("series.date")) == ({}, set())


def test_two_clocks_write_one_letter(held: Series) -> None:
    from kring.base import scope
    from kring.series.clock import _ask_for_a_date

    held.refresh_from_db()
    due = held.remind_at
    with scope.everywhere("two clocks, in a test"):
        first = _ask_for_a_date(held.pk, due, held.organisation_id, EIGHT)
        second = _ask_for_a_date(held.pk, due, held.organisation_id, EIGHT)
    assert (first, second, Notice.objects.filter(kind="series.date").count()) == (True, False, 1)


def test_a_rest_is_over_a_week_before_and_then_it_asks_for_a_date(
    held: Series, linde: House
) -> None:
    with clock.pretend(MONDAY + timedelta(days=8)):
        actions.rest(linde.actor("noor"), held, until=(EIGHT + timedelta(days=40)).date())
    assert (go(EIGHT + timedelta(days=20)), told("series.date")) == ({}, set())
    go(EIGHT + timedelta(days=33))
    go(EIGHT + timedelta(days=33, seconds=2))
    held.refresh_from_db()
    assert (held.state, held.rests_until, told("series.date")) == (State.RUNNING, None, {"daan"})
    assert held.due_on == (EIGHT + timedelta(days=42)).date()  # a working day


def test_a_stopped_series_is_forgotten_after_two_years_and_others_stay(
    held: Series, linde: House
) -> None:
    with clock.pretend(MONDAY):
        other = begin(linde, people=("joke", "noor"))
    with clock.pretend(MONDAY + timedelta(days=8)):
        actions.stop(linde.actor("noor"), held)
    go(MONDAY + timedelta(days=8 + 729))
    assert Series.objects.count() == 2
    go(MONDAY + timedelta(days=8 + 731))
    assert list(Series.objects.all()) == [other]
    assert set(Member.objects.values_list("series", flat=True)) == {other.pk}


@pytest.fixture
def trial(linde: House) -> Series:
    """The fourth meeting of a breakthrough circle was on 14 December."""
    with clock.pretend(MONDAY - timedelta(days=10)):
        series = begin(linde, BREAKTHROUGH, ("noor", "daan", "fleur"))
    for number in range(4):
        with clock.pretend(MONDAY + timedelta(days=14 * number)):
            hold(linde, series, by="sami", when=clock.now())
    return series


FOURTH = MONDAY + timedelta(days=42)


def test_days_of_silence_in_a_trial_ask_everybody_once_for_a_line(trial: Series) -> None:
    go(FOURTH + timedelta(days=3))
    assert told("series.log") == set()
    go(FOURTH + timedelta(days=4))
    assert told("series.log") == {"noor", "daan", "fleur", "sami"}
    for days in (5, 9):
        assert go(FOURTH + timedelta(days=days)) == {}
    assert Letter.objects.count() == 4  # sent by now, so without their text


def test_a_trial_with_a_line_is_left_alone(trial: Series, linde: House) -> None:
    with clock.pretend(FOURTH + timedelta(days=2)):
        actions.write_line(linde.actor("daan"), trial, words={"did": "Soep"})
    go(FOURTH + timedelta(days=4))
    assert told("series.log") == set()


def test_the_log_is_gone_six_weeks_after_the_meeting_that_closed_the_trial(
    trial: Series, linde: House
) -> None:
    with clock.pretend(FOURTH + timedelta(days=2)):
        actions.write_line(linde.actor("daan"), trial, words={"did": "Soep"})
    go(FOURTH + timedelta(days=300))
    assert LogLine.objects.count() == 1  # as long as the trial is not closed
    with clock.pretend(FOURTH + timedelta(days=18)):
        hold(linde, trial, by="daan", when=clock.now())
    go(FOURTH + timedelta(days=18 + 41))
    assert LogLine.objects.count() == 1
    go(FOURTH + timedelta(days=18 + 43))
    assert LogLine.objects.count() == 0
