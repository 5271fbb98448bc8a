"""A meeting at one moment, and what a batch of asks makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kring.base.volatile import Cursor
from kring.meetings.engine import Event, State, fold


@dataclass(frozen=True, slots=True)
class Snap:
    """The meeting at one moment; never changed. ``about``: what a screen says of the plan."""

    number: int
    cursor: Cursor
    state: State
    names: dict[str, str]
    about: dict[str, Any]
    views: dict[Any, Any] = field(default_factory=dict, compare=False)


class Draft:
    """What a batch of asks comes to, before it is written."""

    def __init__(self, state: State, number: int) -> None:
        self.state = state
        self.number = number
        self.lasting: list[Event] = []
        self.passing: list[dict[str, Any]] = []
        self.kept: list[str] = []

    def take(self, events: Sequence[Event], receipt: str) -> None:
        """Fold the events of one ask. A lasting ask gets a durable receipt, another a volatile one."""
        self.state = fold(self.state, events)
        stay = [event for event in events if event.lasting]
        fleeting = [event.to_json() for event in events if not event.lasting]
        self.number += len(stay)
        self.lasting += stay
        if stay:
            self.kept.append(receipt)
        if fleeting:
            self.passing.append({"receipt": receipt, "events": fleeting})
