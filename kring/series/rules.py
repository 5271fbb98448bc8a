"""Pure decisions about a series: whose turn it is, when it asks for attention, what lies on top.

A series is never "finished" (reference A1.7, C6): it runs, it rests until a day, or the group stops
it and says what it brought. Turns are shared fairly and kept as one number per person, never as a
list of who did what when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class State(StrEnum):
    """How a series is; it can go from each to each."""

    RUNNING = "running"
    RESTING = "resting"
    STOPPED = "stopped"


PLAN_AHEAD = timedelta(days=7)
"""My week asks for a date this long before the next meeting is due."""
LETTER_TIME = time(8)
KEPT_AFTER_STOP = timedelta(days=730)  # counts and turns; the meetings have an end of their own
LOG_KEPT = timedelta(days=42)
"""The log of a trial stays in the circle for six weeks after the meeting that closed it (A5, K)."""
UNDO = timedelta(minutes=15)
LONGEST_REST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Chair:
    """Somebody in the rotation. ``led``: number of the last meeting they led, 0 = never.

    ``order``: the seat in the circle, for people who are equally far.
    """

    person: int
    order: int
    led: int = 0
    willing: bool = True
    away: bool = False


def turns(chairs: Iterable[Chair], offered: int | None = None) -> list[int]:
    """Who leads next, then after that, and so on: who led longest ago first.

    Who cannot be there or would rather not lead is left out. ``offered`` said "let me do it": that
    person goes first and, having led, last; everybody else keeps their place, so swapping is never
    paid twice.
    """
    able = sorted(
        (one for one in chairs if one.willing and not one.away),
        key=lambda one: (one.led, one.order, one.person),
    )
    people = [one.person for one in able]
    if offered in people:
        people.remove(offered)
        people.insert(0, offered)
    return people


def leader(chairs: Iterable[Chair], offered: int | None, stays: int | None) -> int | None:
    """Who leads the next meeting. ``stays``: who leads every one of them, unless they are away."""
    every = list(chairs)
    if stays is not None and offered is None:
        away = any(one.person == stays and one.away for one in every)
        return None if away else stays
    queue = turns(every, offered)
    return queue[0] if queue else None


def asks_for_a_date(state: State, due_on: date | None, today: date, *, planned: bool) -> bool:
    """Whether it is time to plan: a week before it is due, when nothing is planned yet."""
    if state is not State.RUNNING or planned or due_on is None:
        return False
    return today >= due_on - PLAN_AHEAD


def letter_at(due_on: date, zone: tzinfo) -> datetime:
    """The one letter about planning: the morning a week before it is due."""
    return datetime.combine(due_on - PLAN_AHEAD, LETTER_TIME, tzinfo=zone)


def log_is_asked(today: date, began_on: date, last_line_on: date | None, every_days: int) -> bool:
    """Whether my week asks kindly for a line: so many days without any from anybody."""
    return today >= (last_line_on or began_on) + timedelta(days=every_days)


def may_rest_until(today: date, chosen: date) -> bool:
    """Any day after today, a year ahead at most."""
    return today < chosen <= today + LONGEST_REST


def proposed_day(due_on: date, today: date) -> date:
    """The day the next meeting is proposed for: when it is due, or a week from now if that passed."""
    day = due_on if due_on > today else today + timedelta(days=7)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Thing:
    """Something open. ``since``: the day it came; ``urgent``: somebody rang or a day has passed."""

    kind: str
    number: int
    since: date
    urgent: bool = False


ORDER = ("agreement", "signal", "question", "prototype", "line")


def on_top(things: Iterable[Thing]) -> list[Thing]:
    """What lies on the table, in order: what is urgent, then by kind, what waits longest first."""
    return sorted(
        things, key=lambda one: (not one.urgent, ORDER.index(one.kind), one.since, one.number)
    )
