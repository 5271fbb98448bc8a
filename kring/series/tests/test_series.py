"""A series remembers: who led, when it is due, what is open, and that it never ends by itself."""

from datetime import date, timedelta

import pytest

from kring.agreements import actions as agreements
from kring.base import clock
from kring.base.policy import NotThere, Refused
from kring.meetings import actions as meetings
from kring.meetings.models import Meeting, Stage
from kring.people.models import TrailEntry
from kring.series import actions, table
from kring.series.actions.ground import members
from kring.series.actions.planning import next_leader
from kring.series.models import LogLine, Member, Series
from kring.series.rules import State
from kring.series.tests.conftest import (
    AGENDA,
    BREAKTHROUGH,
    INTERVISION,
    MONDAY,
    RESONANCE,
    begin,
    hold,
    leaders,
)
from kring.stories.models import Story
from kring.stories.tests.test_stories import story_of
from tests.cast import House


def turn(series: Series) -> str:
    leads = next_leader(series, list(members(series)))
    return leads.name.lower() if leads else ""


def test_everybody_leads_in_turn_and_the_next_is_due_after_the_rhythm(linde: House) -> None:
    with clock.pretend(MONDAY):
        series = begin(linde)
        other = begin(linde, people=("joke", "daan"))
    for week in range(4):
        with clock.pretend(MONDAY + timedelta(weeks=4 * week)):
            hold(linde, series, when=clock.now())
    assert leaders(series) == ["noor", "daan", "sami", "noor"]
    assert (series.held, series.last_on, series.due_on, turn(series)) == (
        4,
        date(2027, 1, 25),
        date(2027, 2, 22),
        "daan",
    )
    other.refresh_from_db()
    assert (other.held, Member.objects.filter(series=other, led__gt=0).count()) == (0, 0)
    verbs = list(
        TrailEntry.objects.filter(about=f"series {series.pk}").values_list("verb", flat=True)
    )
    assert (verbs[0], verbs.count("series.planned")) == ("series.started", 4)


def test_somebody_offers_to_lead_and_nobody_loses_their_turn(agenda: Series, linde: House) -> None:
    actions.offer(linde.actor("sami"), agenda)
    hold(linde, agenda)
    hold(linde, agenda)
    hold(linde, agenda)
    assert leaders(agenda) == ["sami", "noor", "daan"]
    assert agenda.offered is None


def test_who_cannot_lead_is_passed_over_once_and_nobody_is_told_why(
    agenda: Series, linde: House
) -> None:
    actions.away(linde.actor("noor"), agenda)
    assert turn(agenda) == "daan"
    actions.away(linde.actor("noor"), agenda, is_away=False)
    assert turn(agenda) == "noor"
    actions.away(linde.actor("noor"), agenda)
    hold(linde, agenda, by="daan", when=clock.now() + timedelta(days=2))
    assert (leaders(agenda), turn(agenda)) == (["daan"], "noor")


def test_who_comes_later_leads_last_and_who_leaves_is_not_asked(
    agenda: Series, linde: House
) -> None:
    hold(linde, agenda)
    actions.invite(linde.actor("noor"), agenda, linde.people["fleur"])
    actions.leave(linde.actor("daan"), agenda)
    assert turn(agenda) == "sami"
    hold(linde, agenda)
    meeting = actions.plan_next(linde.actor("noor"), agenda, starts_at=clock.now())
    assert {seat.name for seat in meeting.seats.all()} == {"Noor", "Sami", "Fleur"}
    with pytest.raises(Refused):
        actions.offer(linde.actor("daan"), agenda)


def test_planning_is_one_click_also_when_two_people_click(agenda: Series, linde: House) -> None:
    first = actions.plan_next(linde.actor("noor"), agenda, starts_at=MONDAY + timedelta(days=90))
    again = actions.plan_next(linde.actor("daan"), agenda, starts_at=MONDAY + timedelta(days=91))
    assert (first, Meeting.objects.count()) == (again, 1)
    assert (first.planned_by, first.existence_visible_to) == (linde.people["noor"], "team")
    meetings.cancel_meeting(linde.actor("noor"), first)
    second = actions.plan_next(linde.actor("daan"), agenda, starts_at=MONDAY + timedelta(days=92))
    assert (second.sitting.number, agenda.sittings.count()) == (1, 1)


def test_a_method_with_several_conversations_proposes_them_in_turn(linde: House) -> None:
    series = begin(linde, INTERVISION)
    held = [hold(linde, series).protocol_id for _meeting in range(7)]
    assert held == [
        "intervision_contract",
        "good_practice_review",
        "incident_method",
        "solution_focused_intervision",
        "ten_step_method",
        "intervision_contract",
        "gossip_method",
    ]
    chosen = actions.plan_next(
        linde.actor("noor"), series, starts_at=clock.now(), protocol="incident_method"
    )
    assert chosen.protocol_id == "incident_method"


def test_a_conversation_of_another_method_is_no_choice(linde: House) -> None:
    series = begin(linde, INTERVISION)
    with pytest.raises(NotThere):
        actions.plan_next(
            linde.actor("noor"), series, starts_at=clock.now(), protocol="good_practice_review"
        )


def test_a_group_without_hierarchy_refuses_the_manager(linde: House) -> None:
    with pytest.raises(Refused):
        begin(linde, INTERVISION, ("noor", "joke"))
    series = begin(linde, INTERVISION)
    for name in ("joke", "ria"):
        with pytest.raises(Refused):
            actions.invite(linde.actor("noor"), series, linde.people[name])
    assert members(series).count() == 3


def test_work_with_its_own_privacy_is_never_an_ordinary_series(linde: House) -> None:
    with pytest.raises(NotThere):
        begin(linde, "herstelgericht/restorative_path")
    assert Series.objects.count() == 0


@pytest.mark.parametrize("name", ["fleur", "bram", "hester", "ali", "wim"])
def test_others_do_not_start_one_for_this_team(linde: House, name: str) -> None:
    with pytest.raises(Refused):
        begin(linde, by=name)


def test_it_rests_and_goes_on_and_stops_and_is_taken_up_again(agenda: Series, linde: House) -> None:
    noor, until = linde.actor("noor"), clock.now().date() + timedelta(days=60)
    actions.rest(noor, agenda, until=until)
    agenda.refresh_from_db()
    assert (agenda.state, agenda.rests_until, agenda.remind_at) == (State.RESTING, until, None)
    agenda = actions.resume(noor, agenda)
    assert (agenda.state, agenda.end_at) == (State.RUNNING, None)
    agenda = actions.stop(noor, agenda, words="Het bracht rust.")
    assert (agenda.state, agenda.words, agenda.due_on) == (State.STOPPED, "Het bracht rust.", None)
    with pytest.raises(Refused):
        actions.plan_next(noor, agenda, starts_at=clock.now())
    agenda = actions.resume(noor, agenda)
    assert (agenda.state, agenda.words, agenda.due_on is not None) == (State.RUNNING, "", True)
    with pytest.raises(Refused):
        actions.rest(noor, agenda, until=clock.now().date())


def test_a_planned_meeting_is_not_forgotten_by_stopping(agenda: Series, linde: House) -> None:
    actions.plan_next(linde.actor("noor"), agenda, starts_at=clock.now())
    with pytest.raises(Refused):
        actions.stop(linde.actor("noor"), agenda)


def test_agreements_of_its_meetings_lie_on_the_table(agenda: Series, linde: House) -> None:
    meeting = hold(linde, agenda)
    sami = linde.actor("sami")
    team = linde.teams["vuurtoren"]
    ours = agreements.make(sami, team=team, what="Thee om acht", came_from=f"meeting {meeting.pk}")
    agreements.make(sami, team=team, what="Los", came_from="meeting 9999")
    over = agreements.make(sami, team=team, what="Klaar", came_from=f"meeting {meeting.pk}")
    agreements.end(sami, over)
    assert list(table.agreements(agenda)) == [ours]


def test_signals_of_teams_below_lie_on_the_table_of_those_who_steer(
    linde: House, top: object
) -> None:
    series = begin(linde, RESONANCE, ("ria", "joke", "hester"), by="ria", team=top)
    below = story_of(linde, "Nachten", kind="signal", visibility="V5")
    story_of(linde, "Nachten ver weg", kind="signal", visibility="V5", team=linde.teams["duinhuis"])
    story_of(linde, "Alleen voor het team", kind="signal", visibility="V4")
    story_of(linde, "Een verhaal", kind="story", visibility="V5")
    help_ = story_of(linde, "Wie helpt", kind="help_request", visibility="V6")
    assert set(table.waiting(series)) == {below, help_}
    agenda = begin(linde)
    assert list(table.waiting(agenda)) == []


def breakthrough(linde: House, until: int) -> tuple[Series, Meeting]:
    """A breakthrough circle that held so many meetings."""
    with clock.pretend(MONDAY - timedelta(days=10)):
        series = begin(linde, BREAKTHROUGH, ("noor", "daan", "fleur"))
    meeting = None
    for number in range(until):
        with clock.pretend(MONDAY + timedelta(days=14 * number)):
            meeting = hold(linde, series, by="sami", when=clock.now())
            if number == 3:
                prototype(linde, meeting)
    assert meeting is not None
    return series, meeting


def prototype(linde: House, meeting: Meeting) -> Story:
    came = f"meeting {meeting.pk}"
    return story_of(linde, "Samen koken", kind="prototype", status="trying", came_from=came)


def test_the_trial_runs_between_the_fourth_and_the_fifth_meeting(linde: House) -> None:
    series, _fourth = breakthrough(linde, 4)
    later = MONDAY + timedelta(days=45)
    with clock.pretend(later):
        line = actions.write_line(
            linde.actor("fleur"), series, words={"did": " Soep ", "happened": "", "nonsense": "x"}
        )
        assert (line.words, line.prototype.text, line.forget_at) == (
            {"did": "Soep"},
            "Samen koken",
            None,
        )
        assert not [name for name in ("person", "author", "by") if hasattr(line, name)]
        for name in ("bram", "joke"):
            with pytest.raises(Refused):
                actions.write_line(linde.actor(name), series, words={"did": "Ik niet"})
        with pytest.raises(Refused):
            actions.write_line(linde.actor("noor"), series, words={"did": "  "})
        for day in (later.date() + timedelta(days=1), series.last_on - timedelta(days=1)):
            with pytest.raises(Refused):
                actions.write_line(linde.actor("noor"), series, words={"did": "Toen"}, day=day)
        assert series.nudge_at is not None
    with clock.pretend(MONDAY + timedelta(days=60)):
        hold(linde, series, by="noor", when=clock.now())
        line.refresh_from_db()
        assert line.forget_at == clock.now() + timedelta(days=42)
        with pytest.raises(Refused):
            actions.write_line(linde.actor("noor"), series, words={"did": "Te laat"})
        assert (series.held, series.nudge_at) == (5, None)


def test_a_line_is_taken_away_by_any_member_without_a_reason(linde: House) -> None:
    series, _fourth = breakthrough(linde, 4)
    with clock.pretend(MONDAY + timedelta(days=45)):
        line = actions.write_line(linde.actor("fleur"), series, words={"did": "Soep"})
        kept = actions.write_line(linde.actor("fleur"), series, words={"did": "Brood"})
    with pytest.raises(Refused):
        actions.take_line_away(linde.actor("bram"), line)
    actions.take_line_away(linde.actor("daan"), line)
    assert list(LogLine.objects.all()) == [kept]


def test_who_leads_a_breakthrough_circle_stays(linde: House) -> None:
    series, _second = breakthrough(linde, 2)
    assert (leaders(series), series.stays) == (["sami", "sami"], linde.people["sami"])


def test_an_ordinary_meeting_changes_no_series(agenda: Series, linde: House) -> None:
    from kring.meetings.tests.conftest import plan_of
    from kring.series.tests.conftest import close

    meeting = meetings.plan_meeting(linde.actor("sami"), plan_of(linde))
    close(linde, meeting, "sami")
    agenda.refresh_from_db()
    assert (meeting.state, agenda.held) == (Stage.CLOSED, 0)
    assert agenda.method == AGENDA
