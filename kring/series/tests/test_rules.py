"""Turns are fair, reminders are gentle, and what is urgent lies on top."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.series.rules import (
    Chair,
    State,
    Thing,
    asks_for_a_date,
    leader,
    letter_at,
    log_is_asked,
    may_rest_until,
    on_top,
    proposed_day,
    turns,
)

TODAY = date(2026, 11, 23)  # a Monday


def day(shift: int) -> date:
    return TODAY + timedelta(days=shift)


ANNA, BEN, CO = 1, 2, 3


@pytest.mark.parametrize(
    ("chairs", "offered", "queue"),
    [
        ([Chair(ANNA, 1), Chair(BEN, 2), Chair(CO, 3)], None, [ANNA, BEN, CO]),
        ([Chair(ANNA, 1, led=3), Chair(BEN, 2, led=1), Chair(CO, 3, led=2)], None, [BEN, CO, ANNA]),
        ([Chair(ANNA, 1, led=3), Chair(BEN, 2)], None, [BEN, ANNA]),  # who never led comes first
        ([Chair(ANNA, 1, away=True), Chair(BEN, 2)], None, [BEN]),
        ([Chair(ANNA, 1, willing=False), Chair(BEN, 2, led=9)], None, [BEN]),
        ([Chair(ANNA, 1), Chair(BEN, 2), Chair(CO, 3)], CO, [CO, ANNA, BEN]),
        ([Chair(ANNA, 1), Chair(BEN, 2, away=True)], BEN, [ANNA]),  # offered, then fell ill
        ([Chair(ANNA, 1, willing=False)], None, []),
        ([], None, []),
    ],
)
def test_whose_turn_it_is(chairs, offered, queue):
    assert turns(chairs, offered) == queue


@pytest.mark.parametrize(
    ("away", "offered", "leads"), [(False, None, ANNA), (True, None, None), (True, BEN, BEN)]
)
def test_who_stays_leads_every_time_unless_away(away, offered, leads):
    chairs = [Chair(ANNA, 1, away=away), Chair(BEN, 2)]
    assert leader(chairs, offered, ANNA) == leads


PEOPLE = st.integers(2, 8)


def play(count, rounds, offers=()):
    """Let ``count`` people lead ``rounds`` meetings; ``offers``: meeting number to volunteer."""
    led, volunteers = dict.fromkeys(range(count), 0), dict(offers)
    history = []
    for number in range(1, rounds + 1):
        chairs = [Chair(person, person, last) for person, last in led.items()]
        chosen = leader(chairs, volunteers.get(number), None)
        led[chosen] = number
        history.append(chosen)
    return history


@given(PEOPLE, st.integers(1, 5))
def test_everybody_leads_equally_often(count, rounds):
    history = play(count, count * rounds)
    assert {history.count(person) for person in range(count)} == {rounds}


@given(PEOPLE, st.integers(1, 40), st.data())
def test_nobody_leads_again_before_everybody_else_who_wants_did(count, number, data):
    offers = {data.draw(st.integers(1, number)): data.draw(st.integers(0, count - 1))}
    history = play(count, number + count, offers)
    without = [who for place, who in enumerate(history, 1) if place not in offers]
    tail = history[-count:] if not any(place > number for place in offers) else without[-count:]
    assert len(set(tail)) == count  # one round later a swap has evened out


@given(st.lists(st.builds(Chair, st.integers(1, 30), st.integers(1, 9), st.integers(0, 9),
                          st.booleans(), st.booleans()), max_size=9, unique_by=lambda c: c.person),
       st.integers(1, 30) | st.none())  # fmt: skip
def test_only_who_can_and_wants_is_asked_and_each_once(chairs, offered):
    able = {one.person for one in chairs if one.willing and not one.away}
    queue = turns(chairs, offered)
    assert (set(queue), len(queue)) == (able, len(able))
    if offered in able:
        assert queue[0] == offered


@pytest.mark.parametrize(
    ("state", "due", "planned", "asked"),
    [
        (State.RUNNING, day(8), False, False),
        (State.RUNNING, day(7), False, True),
        (State.RUNNING, day(-30), False, True),
        (State.RUNNING, day(3), True, False),
        (State.RESTING, day(3), False, False),
        (State.STOPPED, day(3), False, False),
        (State.RUNNING, None, False, False),
    ],
)
def test_my_week_asks_for_a_date(state, due, planned, asked):
    assert asks_for_a_date(state, due, TODAY, planned=planned) is asked


def test_the_letter_comes_once_a_week_before():
    assert letter_at(day(7), UTC) == datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("began", "last", "asked"),
    [
        (day(-3), None, False),
        (day(-4), None, True),
        (day(-9), day(-3), False),
        (day(-9), day(-4), True),
    ],
)
def test_the_log_is_asked_for_after_days_of_silence(began, last, asked):
    assert log_is_asked(TODAY, began, last, 4) is asked


@pytest.mark.parametrize(("shift", "may"), [(0, False), (1, True), (366, True), (367, False)])
def test_a_series_rests_until(shift, may):
    assert may_rest_until(TODAY, day(shift)) is may


@pytest.mark.parametrize(
    ("due", "proposed"), [(day(9), day(9)), (day(0), day(7)), (day(-40), day(7)), (day(5), day(7))]
)
def test_the_proposed_day_still_comes_and_is_a_working_day(due, proposed):
    assert proposed_day(due, TODAY) == proposed


def test_what_is_urgent_lies_on_top_and_then_what_waits_longest():
    things = [
        Thing("line", 1, day(-1)), Thing("signal", 2, day(-2)), Thing("signal", 3, day(-9)),
        Thing("agreement", 4, day(-3)), Thing("question", 5, day(-30), urgent=True),
        Thing("prototype", 6, day(-5)),
    ]  # fmt: skip
    assert [one.number for one in on_top(things)] == [5, 4, 3, 2, 6, 1]
