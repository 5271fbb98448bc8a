"""Which kind of seat somebody is, as far as it changes what one sees. O(1), nothing personal."""

from typing import Literal

from . import seating
from .grouping import division
from .rules import may
from .shape import Audience, Screen, Who
from .state import SCRIBE, State, is_parked

PARTICIPANT = "participant"


def audience(state: State, seat: str | None, screen: Screen) -> Audience:
    """The audience of a seat on a screen. ``seat`` is None for the big screen."""
    here = state.is_here(seat)
    step = state.step
    inside = here or (screen == "board" and state.flow.stage != "closed")
    if not here or seat is None:
        return Audience(screen=screen, inside=inside)
    roles = state.roles_of(seat)
    moderator = state.is_moderator(seat)
    if step is None or state.flow.stage != "running":
        return Audience(screen=screen, inside=True, moderator=moderator)
    note = step.note == PARTICIPANT or (step.note is not None and step.note in roles)
    return Audience(
        screen=screen,
        inside=True,
        moderator=moderator,
        scribe=SCRIBE in roles,
        role=step.role is not None and step.role in roles,
        asks=step.asked_by is not None and step.asked_by in roles,
        host=_hosts(state, seat),
        parked=is_parked(state, seat),
        turn=_turn(state, seat),
        may_enter=may(state, Who(seat), "contribute") is None,
        may_note=note or step.visibility == "V1" or step.record == "P",
    )


def _hosts(state: State, seat: str) -> bool:
    known = division(state, state.visit or "")
    return seating.hosts(state, seat) if known is None else known.is_host(seat)


def _turn(state: State, seat: str) -> Literal["mine", "other", "none"]:
    turns = state.room_sheet(state.visit or "").turns
    if turns is None or turns.holder is None:
        return "none"
    return "mine" if turns.holder == seat else "other"
