"""A meeting held on paper: afterwards only the harvest is entered, asked aloud, also weeks later."""

from datetime import timedelta

import pytest
from django.utils import translation

from kring.base import clock, scope
from kring.base.policy import Refused
from kring.meetings import actions, room
from kring.meetings.clock import due
from kring.meetings.models import MeetingEvent, Stage
from kring.meetings.tests.conftest import plan_of

AGREEMENT = actions.FromPaper(
    output="agreement",
    fields={"what": "We bellen eerst", "how_noticed": "Er is rust", "look_back_on": "2999-01-31"},
    seats={"who": "s2"},
    visibility="V4",
    asked_aloud=True,
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def paper(linde):
    return actions.plan_meeting(linde.actor("sami"), plan_of(linde, mode="paper"))


def hold(linde, meeting, *names):
    seats = meeting.seats.filter(person__in=[linde.people[name] for name in names])
    there = frozenset(seats.values_list("pk", flat=True))
    return actions.hold_on_paper(linde.actor("sami"), meeting, there=there, key="held-key")


def test_nobody_sits_behind_a_screen(linde, paper):
    for name in ("sami", "noor"):
        with pytest.raises(Refused, match="on paper"):
            actions.join(linde.actor(name), paper)
    with pytest.raises(Refused, match="on paper"):
        actions.open_meeting(linde.actor("sami"), paper)


def test_the_harvest_is_entered_and_goes_where_it_belongs(linde, paper):
    sami = linde.actor("sami")
    with pytest.raises(Refused, match="First say"):
        actions.harvest_from_paper(sami, paper, AGREEMENT, key="first-key")
    held = hold(linde, paper, "noor", "daan")
    assert room.of(held).state.here() == ("s1", "s2", "s3")
    assert hold(linde, held, "joke").number == held.number
    for _again in range(2):
        done = actions.harvest_from_paper(sami, held, AGREEMENT, key="agreement-key")
        assert done.refused is None
    assert len(room.of(held).state.record.released) == 1
    unasked = actions.FromPaper(
        output="working_factor", fields={"what": "Rust", "because": "Tijd"}, asked_aloud=False
    )
    refused = actions.harvest_from_paper(sami, held, unasked, key="unasked-key").refused
    assert refused is not None
    done = actions.close_paper(sami, held, look_back_on=None, no_follow_up=True, key="close-key")
    assert done.refused is None
    paper.refresh_from_db()
    assert (paper.state, paper.mode) == (Stage.CLOSED, "paper")
    item = paper.harvest.get()
    assert (item.type, item.text, item.names) == ("agreement", "We bellen eerst", {"who": "Noor"})
    assert item.made.startswith("agreement")
    kinds = set(MeetingEvent.objects.values_list("kind", flat=True))
    assert not {kind for kind in kinds if kind.startswith("card")}


def test_a_slip_of_the_pen_is_taken_back(linde, paper):
    held, sami = hold(linde, paper, "noor"), linde.actor("sami")
    actions.harvest_from_paper(sami, held, AGREEMENT, key="agreement-key")
    (item,) = room.of(held).state.record.released
    assert actions.take_back_from_paper(sami, held, item=item, key="back-key").refused is None
    actions.close_paper(sami, held, look_back_on="2999-01-31", no_follow_up=False, key="close-key")
    assert paper.harvest.count() == 0
    told = str(list(MeetingEvent.objects.values_list("data", flat=True)))
    assert "We bellen eerst" not in told


def test_it_closes_only_with_a_day_or_without_follow_up(linde, paper):
    held, sami = hold(linde, paper, "noor"), linde.actor("sami")
    done = actions.close_paper(sami, held, look_back_on=None, no_follow_up=False, key="close-key")
    assert done.refused is not None
    assert done.refused.code == "follow_up"


@pytest.mark.parametrize("name", ["noor", "daan", "fleur", "ali"])
def test_only_who_leads_it_enters_anything(linde, paper, name):
    held = hold(linde, paper, "noor", "daan")
    with pytest.raises(Refused, match="moderates it"):
        actions.harvest_from_paper(linde.actor(name), held, AGREEMENT, key="some-key")


def test_weeks_later_it_still_works_and_then_the_clock_closes_it(linde, paper):
    later = clock.now() + timedelta(days=30)
    with clock.pretend(later):
        with scope.everywhere("the clock serves every organisation"):
            due(later)
        paper.refresh_from_db()
        held = hold(linde, paper, "noor")
        done = actions.harvest_from_paper(linde.actor("sami"), held, AGREEMENT, key="agreement-key")
        assert done.refused is None
    much_later = later + timedelta(days=43)
    with clock.pretend(much_later), scope.everywhere("the clock serves every organisation"):
        due(much_later)
    paper.refresh_from_db()
    assert paper.state == Stage.CLOSED
    assert paper.harvest.count() == 1


def test_before_its_day_it_was_not_held(linde):
    soon = clock.now() + timedelta(days=2)
    paper = actions.plan_meeting(linde.actor("sami"), plan_of(linde, mode="paper", starts_at=soon))
    with pytest.raises(Refused, match="still to come"):
        hold(linde, paper, "noor")
