"""Where a series is, when it meets again, and that it never ends with "done"."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.methods import rhythm
from kring.methods.format.series import Series
from kring.methods.shelf import shipped


def both(said):
    return {"nl": said, "en": said}


def series(**more):
    """Three meetings with a trial after the second, then two methods in turn, renewed each third."""
    given = {
        "id": "toy", "title": both("Toy"), "version": 1, "purpose": both("Toy."),
        "not_when": [both("Never.")],
        "meetings": [
            {"id": "one", "protocol": "aa", "after_days": 3},
            {"id": "two", "protocol": "bb", "after_days": 14},
            {"id": "three", "protocol": "cc", "after_days": 21},
        ],
        "trial": {"after": "two", "invite": both("Try."),
                  "log": [{"id": "did", "text": both("What did we do?")}]},
        "rhythm": {"text": both("Monthly."), "every_days": 28, "uses": ["xx", "yy"],
                   "returns": [{"protocol": "rr", "each": 3}],
                   "guests": {"each": 2, "text": both("Guests.")}},
        "on_the_table": ["agreements", "log"], "ending": both("Stop."), "core_note": both("Core."),
        "attribution": {"inspired_by": "us", "licence": "own", "wording": "own"}, "package": "our_way",
        **more,
    }  # fmt: skip
    return Series.model_validate(given)


MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("held", "turn", "protocols", "guests"),
    [
        (0, 0, ("aa",), False),
        (1, 0, ("bb",), False),
        (2, 0, ("cc",), False),
        (3, 1, ("xx", "yy"), False),
        (4, 2, ("yy", "xx"), True),
        (5, 3, ("rr",), False),  # the contract comes back and takes nobody's turn
        (6, 4, ("xx", "yy"), True),
        (7, 5, ("yy", "xx"), False),
        (8, 6, ("rr",), True),
    ],
)
def test_the_order_first_then_the_rhythm(held, turn, protocols, guests):
    place = rhythm.place(series(), held)
    assert (place.number, place.turn, place.protocols, place.guests) == (
        held + 1, turn, protocols, guests,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held", "chosen", "day"),
    [
        (0, 0, date(2026, 11, 5)),  # three days after the start
        (1, 0, date(2026, 11, 16)),
        (2, 0, date(2026, 11, 23)),
        (3, 0, date(2026, 11, 30)),
        (3, 21, date(2026, 11, 23)),  # the group chose another rhythm
        (2, 7, date(2026, 11, 23)),  # which says nothing about the ordered part
    ],
)
def test_the_next_meeting_is_due_on(held, chosen, day):
    assert rhythm.due_on(series(), held, MONDAY, chosen) == day


def test_a_weekend_moves_to_monday():
    assert rhythm.due_on(series(), 0, date(2026, 11, 4)) == date(2026, 11, 9)


@pytest.mark.parametrize(("held", "runs"), [(0, False), (1, False), (2, True), (3, False)])
def test_the_trial_runs_between_two_meetings(held, runs):
    assert (rhythm.trial_now(series(), held) is not None) is runs


def test_the_ordered_part_takes_weeks():
    assert (rhythm.weeks(series()), rhythm.weeks(series(meetings=[], trial=None))) == (5, 0)


@given(st.integers(0, 400))
def test_there_is_always_a_next_meeting(held):
    assert rhythm.place(series(), held).protocols


@given(st.integers(0, 60), st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 200))
def test_the_next_day_is_a_working_day_that_still_comes(held, last, chosen):
    day = rhythm.due_on(series(), held, last, chosen)
    assert day.weekday() < 5
    assert last < day if held else last <= day
    assert day <= last + timedelta(days=max(28, chosen) + 2)


@given(st.integers(1, 40))
def test_over_the_rounds_every_method_gets_an_equal_share(rounds):
    first = [rhythm.place(series(), 3 + turn).protocols[0] for turn in range(rounds * 6)]
    assert (first.count("xx"), first.count("yy"), first.count("rr")) == (rounds * 2,) * 3


def test_every_shipped_series_names_protocols_that_are_shipped_and_leads_on():
    for package in shipped().packages.values():
        for one in package.series:
            for held in range(len(one.meetings) + 6):
                for name in rhythm.place(one, held).protocols:
                    assert shipped().protocol(one.full(name)) is not None, (one.ref, name)
            assert shipped().series(one.ref) == one
