"""Windows of a meeting over days: which part is open, until when, what is due next. Pure.

The planner sets a window per phase. A phase of several steps shares its window evenly: each step is a
*stop*. Windows follow each other without a gap; the first opens when the meeting begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kring.meetings.rules.modes import takes
from kring.methods.format.shapes import Phase, Protocol, Step, Text

USUAL_DAYS = 2
SHORTEST = timedelta(hours=1)
LONGEST = timedelta(days=60)
SATURDAY = 5
WAITS = timedelta(days=14)
"""So long after the last window the meeting waits for its moderator; then it closes by itself."""
REMIND_AT = 0.6
"""Part of a window after which who has not looked yet hears once that it is open."""


@dataclass(frozen=True, slots=True)
class Window:
    """A phase that is open until ``closes_at``; ``reminded``: the one reminder went out."""

    phase: str
    opens_at: datetime
    closes_at: datetime
    reminded: bool = False

    @property
    def remind_at(self) -> datetime:
        """When who has not looked yet hears of it, once."""
        return self.opens_at + (self.closes_at - self.opens_at) * REMIND_AT


@dataclass(frozen=True, slots=True)
class Stop:
    """A step that is open until ``closes_at``."""

    step: str
    phase: str
    opens_at: datetime
    closes_at: datetime


def phases(protocol: Protocol) -> tuple[Phase, ...]:
    """The phases that get a window: where there is something to do."""
    return tuple(one for one in protocol.phases if any(map(takes, one.steps)))


def stops_in(phase: Phase) -> tuple[Step, ...]:
    """The steps of a phase in which there is something to do."""
    return tuple(step for step in phase.steps if takes(step))


def read_first(protocol: Protocol, step: str) -> tuple[tuple[Text, tuple[Text, ...]], ...]:
    """What is only read before this step: per phase its title and texts."""
    found: list[tuple[Text, tuple[Text, ...]]] = []
    for phase in protocol.phases:
        for one in phase.steps:
            if one.id == step:
                return tuple(found)
            if takes(one):
                found = []
            elif one.prompts:
                found.append((phase.title, tuple(prompt.text for prompt in one.prompts)))
    return ()


def _weekday(moment: datetime) -> datetime:
    """The same time of day, and no Saturday or Sunday."""
    ahead = max(0, 7 - moment.weekday()) if moment.weekday() >= SATURDAY else 0
    return moment + timedelta(days=ahead)


def _whole_hour(moment: datetime) -> datetime:
    """Nobody remembers 9:17; the next whole hour."""
    if (moment.minute, moment.second, moment.microsecond) == (0, 0, 0):
        return moment
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def usual(protocol: Protocol, begins_at: datetime, days: int = USUAL_DAYS) -> tuple[Window, ...]:
    """A first proposal: every phase ``days`` days, never ending in a weekend.

    ``begins_at`` in local time, so that a window ends at the time of day it began.
    """
    found: list[Window] = []
    opens = begins_at
    for phase in phases(protocol):
        closes = _weekday(_whole_hour(opens + timedelta(days=days)))
        found.append(Window(phase.id, opens, closes))
        opens = closes
    return tuple(found)


def stops(protocol: Protocol, windows: Sequence[Window]) -> tuple[Stop, ...]:
    """Every step with the time it is open."""
    shapes = {phase.id: phase for phase in protocol.phases}
    found: list[Stop] = []
    for window in windows:
        steps = stops_in(shapes[window.phase])
        each = (window.closes_at - window.opens_at) / max(1, len(steps))
        for place, step in enumerate(steps):
            last = place == len(steps) - 1
            closes = window.closes_at if last else window.opens_at + each * (place + 1)
            found.append(Stop(step.id, window.phase, window.opens_at + each * place, closes))
    return tuple(found)


def wrong(windows: Sequence[Window], now: datetime) -> str | None:
    """Why these windows cannot be: "order", "short", "long" or "past"; None when they can."""
    for window in windows:
        if window.closes_at <= window.opens_at:
            return "order"
        if window.closes_at - window.opens_at < SHORTEST:
            return "short"
        if window.closes_at - window.opens_at > LONGEST:
            return "long"
    return "past" if windows and windows[-1].closes_at <= now else None


def open_stop(protocol: Protocol, windows: Sequence[Window], now: datetime) -> Stop | None:
    """The step that is open now; None before the first and after the last window."""
    found = stops(protocol, windows)
    return next((one for one in found if one.opens_at <= now < one.closes_at), None)


def due_next(protocol: Protocol, windows: Sequence[Window], now: datetime) -> datetime | None:
    """The first moment after ``now`` at which something opens, closes or is said again."""
    edges = [moment for one in stops(protocol, windows) for moment in (one.opens_at, one.closes_at)]
    edges += [one.remind_at for one in windows if not one.reminded]
    if windows:
        edges.append(windows[-1].closes_at + WAITS)
    return min((moment for moment in edges if moment > now), default=None)


def to_remind(windows: Sequence[Window], now: datetime) -> Window | None:
    """The window about which it is time to say, once, that it is open."""
    for one in windows:
        if not one.reminded and one.remind_at <= now < one.closes_at:
            return one
    return None


def moved(windows: Sequence[Window], closes: Mapping[str, datetime]) -> tuple[Window, ...]:
    """The windows with other ends; each begins where the one before it ends."""
    found: list[Window] = []
    for window in windows:
        opens = found[-1].closes_at if found else window.opens_at
        closes_at = closes.get(window.phase, window.closes_at)
        found.append(Window(window.phase, opens, closes_at, window.reminded))
    return tuple(found)


def shifted(windows: Sequence[Window], begins_at: datetime) -> tuple[Window, ...]:
    """The same lengths from another beginning."""
    found: list[Window] = []
    for window in windows:
        opens = found[-1].closes_at if found else begins_at
        found.append(Window(window.phase, opens, opens + (window.closes_at - window.opens_at)))
    return tuple(found)


def to_json(windows: Sequence[Window]) -> list[dict[str, Any]]:
    """As it is stored."""
    return [
        {
            "phase": one.phase,
            "opens_at": one.opens_at.isoformat(),
            "closes_at": one.closes_at.isoformat(),
            "reminded": one.reminded,
        }
        for one in windows
    ]


def from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Window, ...]:
    """As :func:`to_json` wrote it."""
    return tuple(
        Window(
            one["phase"],
            datetime.fromisoformat(one["opens_at"]),
            datetime.fromisoformat(one["closes_at"]),
            bool(one["reminded"]),
        )
        for one in stored
    )
