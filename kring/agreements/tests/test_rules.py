"""Rhythm, silence and the bell, without a database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.agreements.rules import (
    KEEP_AFTER_END,
    LEAST_RHYTHM,
    MOST_RHYTHM,
    Pulse,
    Visibility,
    bell_due,
    condition_is_asked,
    may_look_again_on,
    may_undo,
    moments,
    rhythm_within,
)

AMS = ZoneInfo("Europe/Amsterdam")
MADE = datetime(2026, 3, 2, 14, 0, tzinfo=AMS)


def pulse(**changed: object) -> Pulse:
    given = {"rhythm_days": 21, "last_sign_at": MADE, "look_back_on": date(2026, 3, 23)}
    return Pulse(**{**given, **changed})


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ({}, datetime(2026, 3, 24, 9, tzinfo=AMS)),
        # a look-back date before the rhythm is over does not ring earlier
        ({"look_back_on": date(2026, 3, 9)}, datetime(2026, 3, 24, 9, tzinfo=AMS)),
        # "we look again after the holiday" rings no earlier than that
        ({"look_back_on": date(2026, 5, 1)}, datetime(2026, 5, 2, 9, tzinfo=AMS)),
        # the day in Amsterdam counts, not the day in Greenwich; and nine stays nine in summer
        (
            {"last_sign_at": datetime(2026, 3, 8, 23, 30, tzinfo=UTC)},
            datetime(2026, 3, 31, 9, tzinfo=AMS),
        ),
    ],
)
def test_the_bell_is_due_the_morning_after(changed: dict[str, object], due: datetime) -> None:
    assert bell_due(pulse(**changed), AMS) == due


def test_a_rung_bell_is_not_rung_and_not_reminded_of() -> None:
    due = moments(pulse(is_rung=True), AMS)
    assert (due.bell_at, due.remind_at, due.close_at) == (None, None, None)


def test_one_look_back_date_has_one_reminder() -> None:
    assert moments(pulse(), AMS).remind_at == datetime(2026, 3, 23, 8, tzinfo=AMS)
    assert moments(pulse(reminded_on=date(2026, 3, 23)), AMS).remind_at is None
    assert moments(pulse(reminded_on=date(2026, 3, 22)), AMS).remind_at is not None


@pytest.mark.parametrize("visibility", Visibility)
def test_what_stopped_is_quiet_and_then_forgotten(visibility: Visibility) -> None:
    due = moments(pulse(ended_at=MADE, visibility=visibility), AMS)
    assert (due.bell_at, due.remind_at, due.close_at) == (
        None,
        None,
        MADE + KEEP_AFTER_END[visibility],
    )


def test_an_end_date_is_the_last_day() -> None:
    assert moments(pulse(ends_on=date(2026, 6, 30)), AMS).close_at == datetime(
        2026, 7, 1, 0, tzinfo=AMS
    )


days = st.dates(date(2024, 1, 1), date(2034, 1, 1))
instants = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))
rhythms = st.integers(LEAST_RHYTHM, MOST_RHYTHM)


@given(rhythms, instants, days)
def test_never_before_the_rhythm_is_over(rhythm: int, sign: datetime, look: date) -> None:
    due = bell_due(Pulse(rhythm, sign, look), AMS)
    assert due.date() > look
    assert due - sign >= timedelta(days=rhythm) - timedelta(hours=1)  # an hour of summer time
    assert (due.hour, due.minute) == (9, 0)


@given(rhythms, instants, days, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_later_sign_never_rings_earlier(
    rhythm: int, sign: datetime, look: date, later: timedelta
) -> None:
    first = bell_due(Pulse(rhythm, sign, look), AMS)
    assert bell_due(Pulse(rhythm, sign + later, look), AMS) >= first


@given(st.integers(-1000, 1000))
def test_a_rhythm_always_fits(days: int) -> None:
    assert LEAST_RHYTHM <= rhythm_within(days) <= MOST_RHYTHM
    assert rhythm_within(rhythm_within(days)) == rhythm_within(days)


def test_small_rules() -> None:
    today = date(2026, 7, 1)
    assert [may_look_again_on(today, today + timedelta(days=n)) for n in (-1, 0, 1, 182, 183)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert [may_undo(MADE, MADE + timedelta(minutes=n)) for n in (-1, 0, 15, 16)] == [
        False,
        True,
        True,
        False,
    ]
    assert [condition_is_asked(n) for n in (0, 1, 2, 3)] == [False, False, True, True]
