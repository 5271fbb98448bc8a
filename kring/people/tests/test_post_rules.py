"""When mail may come."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.people.post.rules import PAUSES, after_quiet, gather_at, is_quiet, pause_after

AMS = ZoneInfo("Europe/Amsterdam")
# The clock skips the hour after two once a year; a quiet hour that begins or ends there may shift.
WALL_TIMES = st.times().filter(lambda at: at.hour != 2)
ZONES = st.sampled_from(
    [ZoneInfo(n) for n in ("Europe/Amsterdam", "America/Curacao", "Asia/Tokyo")]
)
NIGHT = (time(18), time(8))
NOON = datetime(2026, 3, 25, 12, tzinfo=AMS)  # a Wednesday


@pytest.mark.parametrize(
    ("at", "start", "end", "quiet"),
    [
        (time(17, 59), *NIGHT, False),
        (time(18), *NIGHT, True),
        (time(3), *NIGHT, True),
        (time(8), *NIGHT, False),
        (time(10), time(9), time(12), True),
        (time(12), time(9), time(12), False),
        (time(3), time(8), time(8), False),
    ],
)
def test_quiet_hours(at: time, start: time, end: time, quiet: bool) -> None:
    assert is_quiet(at, start, end) is quiet


@pytest.mark.parametrize(
    ("digest", "moment", "when"),
    [
        ("each", NOON, NOON),
        ("each", NOON.replace(hour=22), datetime(2026, 3, 26, 8, tzinfo=AMS)),
        ("each", NOON.replace(hour=3), NOON.replace(hour=8)),
        ("daily", NOON, datetime(2026, 3, 26, 8, tzinfo=AMS)),
        ("daily", NOON.replace(hour=7), NOON.replace(hour=8)),
        ("weekly", NOON, datetime(2026, 3, 30, 8, tzinfo=AMS)),  # Monday, in summer time by then
        ("never", NOON, None),
    ],
)
def test_when_a_notice_may_go(digest: str, moment: datetime, when: datetime | None) -> None:
    assert gather_at(moment, digest, *NIGHT, AMS) == when


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["each", "daily", "weekly"]),
    WALL_TIMES,
    WALL_TIMES,
    ZONES,
)
def test_never_in_quiet_hours_and_never_too_early(
    moment: datetime, digest: str, start: time, end: time, zone: ZoneInfo
) -> None:
    start, end = (t.replace(second=0, microsecond=0) for t in (start, end))
    when = gather_at(moment, digest, start, end, zone)
    assert when is not None
    assert when >= moment
    assert (when - moment).days <= 8
    assert not is_quiet(when.astimezone(zone).time(), start, end)


def test_after_quiet_leaves_a_waking_hour_alone() -> None:
    assert after_quiet(NOON, *NIGHT, AMS) == NOON


def test_pauses_grow_and_end() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    assert [pause_after(0), pause_after(len(PAUSES) + 1)] == [None, None]
    assert pause_after(1) == PAUSES[0]
