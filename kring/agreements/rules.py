"""Pure decisions about agreements: rhythm, silence, the bell.

Time is soft: a look-back date is no deadline. An agreement is *silent* when its look-back date and
its rhythm have both gone by without a sign of life; then its bell rings once, in the morning, and
not again until somebody gives a sign of life or answers.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class Status(StrEnum):
    """The only words for how an agreement goes (reference A6); never a number or a colour."""

    RUNNING = "running"
    NOT_YET = "not_yet"
    ADAPTED = "adapted"
    NO_LONGER_NEEDED = "no_longer_needed"


class Visibility(StrEnum):
    """Who may know of an agreement: the team, or only those who take part in it."""

    TEAM = "team"
    PARTIES = "parties"


class Kind(StrEnum):
    """What happened to an agreement. All but ``BELL`` and ``ENDED`` are signs of life."""

    MADE = "made"
    LOOKED_BACK = "looked_back"
    CHANGED = "changed"
    LOOK_AGAIN = "look_again"
    HANDED_OVER = "handed_over"
    BELL = "bell"
    ANSWERED = "answered"
    ENDED = "ended"


class Answered(StrEnum):
    """By what a rung bell was answered. ``LOOKED_BACK`` answers silence only."""

    CONVERSATION = "conversation"
    CHANGED = "changed"
    ADAPTED = "adapted"
    NO_LONGER_NEEDED = "no_longer_needed"
    EXPLANATION = "explanation"
    LOOKED_BACK = "looked_back"


LEAST_RHYTHM, USUAL_RHYTHM, MOST_RHYTHM = 7, 42, 182  # days; instrument I25: every six weeks
BELL_TIME = time(9)  # a bell never rings at night
REMINDER_TIME = time(8)
UNDO_WINDOW = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(days=182)
BELLS_BEFORE_ASKING = 2  # reference 2.10
KEEP_AFTER_END = {Visibility.TEAM: timedelta(days=365), Visibility.PARTIES: timedelta(days=90)}


@dataclass(frozen=True, slots=True)
class Pulse:
    """What decides when an agreement asks for attention."""

    rhythm_days: int
    last_sign_at: datetime
    look_back_on: date
    reminded_on: date | None = None  # the look-back date that was reminded of
    is_rung: bool = False  # a bell waits for an answer
    ends_on: date | None = None  # last day
    ended_at: datetime | None = None
    visibility: Visibility = Visibility.TEAM


@dataclass(frozen=True, slots=True)
class Moments:
    """When the clock has something to do; ``None`` is never."""

    bell_at: datetime | None
    remind_at: datetime | None
    close_at: datetime | None  # running: it ends by itself; ended: it is forgotten


def morning(day: date, at: time, zone: tzinfo) -> datetime:
    """A wall-clock time on a day. (In the hour the clock skips, zoneinfo takes the offset before.)"""
    return datetime.combine(day, at, tzinfo=zone)


def bell_due(pulse: Pulse, zone: tzinfo) -> datetime:
    """The morning after the later of the look-back date and the rhythm since the last sign."""
    rhythm_over = pulse.last_sign_at.astimezone(zone).date() + timedelta(days=pulse.rhythm_days)
    return morning(max(pulse.look_back_on, rhythm_over) + timedelta(days=1), BELL_TIME, zone)


def moments(pulse: Pulse, zone: tzinfo) -> Moments:
    """Every due moment of an agreement. A rung bell is not rung again, one date has one reminder."""
    if pulse.ended_at is not None:
        return Moments(None, None, pulse.ended_at + KEEP_AFTER_END[pulse.visibility])
    last_day = pulse.ends_on and pulse.ends_on + timedelta(days=1)
    close_at = morning(last_day, time(0), zone) if last_day else None
    if pulse.is_rung:
        return Moments(None, None, close_at)
    reminded = pulse.reminded_on is not None and pulse.reminded_on >= pulse.look_back_on
    remind_at = None if reminded else morning(pulse.look_back_on, REMINDER_TIME, zone)
    return Moments(bell_due(pulse, zone), remind_at, close_at)


def next_look_back(today: date, rhythm_days: int) -> date:
    """The look-back date after a sign of life today."""
    return today + timedelta(days=rhythm_days)


def rhythm_within(days: int) -> int:
    """The nearest rhythm that may be chosen."""
    return min(max(days, LEAST_RHYTHM), MOST_RHYTHM)


def may_look_again_on(today: date, chosen: date) -> bool:
    """After a holiday: any day after today, at most half a year ahead."""
    return today < chosen <= today + LONGEST_PAUSE


def may_undo(done_at: datetime, now: datetime) -> bool:
    """A click by mistake can be taken back for a quarter of an hour."""
    return done_at <= now <= done_at + UNDO_WINDOW


def condition_is_asked(bells_since_change: int) -> bool:
    """After two bells on the same agreement: who can change the condition? (reference 2.10)"""
    return bells_since_change >= BELLS_BEFORE_ASKING


def is_answered_by_looking_back(*, rang_by_itself: bool) -> bool:
    """Silence is answered by a sign of life; what a person rang for is not."""
    return rang_by_itself
