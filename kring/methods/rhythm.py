"""Where a series is and when it meets again. Pure: days and numbers come in as arguments.

Anything that holds meetings in an order may use it, also work that keeps its own privacy
(``Series.held_by``): it only asks for the number of meetings held and the day of the last one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kring.methods.format.series import Series, Sitting, Trial

OFF_DAYS = (5, 6)  # Saturday, Sunday


@dataclass(frozen=True, slots=True)
class Place:
    """The next meeting of a series.

    ``number`` counts from 1 over the whole series, ``turn`` from 1 within the rhythm (0 in the
    ordered part). ``protocols``: what it is held with; the first is proposed. ``guests``: others
    are asked to sit along.
    """

    number: int
    turn: int
    sitting: Sitting | None
    protocols: tuple[str, ...]
    guests: bool


def place(series: Series, held: int) -> Place:
    """The meeting after ``held`` meetings: first the ordered ones, then the rhythm, for ever."""
    if held < len(series.meetings):
        sitting = series.meetings[held]
        return Place(held + 1, 0, sitting, (sitting.protocol,), False)
    turns, turn = series.rhythm, held - len(series.meetings) + 1
    guests = turns.guests is not None and turn % turns.guests.each == 0
    for back in turns.returns:
        if turn % back.each == 0:
            return Place(held + 1, turn, None, (back.protocol,), guests)
    returned = sum(_is_return(series, before) for before in range(1, turn))
    first = (turn - 1 - returned) % len(turns.uses)
    uses = (*turns.uses[first:], *turns.uses[:first])
    return Place(held + 1, turn, None, uses, guests)


def _is_return(series: Series, turn: int) -> bool:
    return any(turn % back.each == 0 for back in series.rhythm.returns)


def due_on(series: Series, held: int, last_on: date, every_days: int = 0) -> date:
    """The day the next meeting is due, on a working day, never before the day after ``last_on``.

    ``last_on``: day of the last meeting, or of the start while ``held`` is 0. ``every_days``: the
    rhythm this group chose (0 = as the method says). A due day is a proposal, not a deadline.
    """
    next_one = place(series, held)
    if next_one.sitting is not None:
        days = next_one.sitting.after_days
    else:
        days = every_days or series.rhythm.every_days
    if held:
        days = max(days, 1)
    return working_day(last_on + timedelta(days=days))


def working_day(day: date) -> date:
    """The same day, or the Monday after a weekend."""
    while day.weekday() in OFF_DAYS:
        day += timedelta(days=1)
    return day


def trial_now(series: Series, held: int) -> Trial | None:
    """The trial that runs after ``held`` meetings, until the next one."""
    if series.trial is None or not 0 < held < len(series.meetings):
        return None
    return series.trial if series.meetings[held - 1].id == series.trial.after else None


def weeks(series: Series) -> int:
    """How many weeks the ordered part takes; 0 without one."""
    return -(-sum(one.after_days for one in series.meetings[1:]) // 7)
