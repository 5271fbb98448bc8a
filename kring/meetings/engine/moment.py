"""The moment in which somebody asks something: state, seat, chance and time, together."""

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from kring.methods.format.shapes import Step

from .shape import Events
from .state import SCRIBE, State


@dataclass(frozen=True, slots=True)
class Moment:
    """``at`` is server time, with zone. ``chance`` is the only source of randomness."""

    state: State
    seat: str | None
    chance: Random
    at: datetime

    @property
    def visit(self) -> str:
        """The visit going on; only asked once the meeting runs."""
        assert self.state.visit is not None
        return self.state.visit

    @property
    def step(self) -> Step:
        """The step going on; only asked once the meeting runs."""
        assert self.state.step is not None
        return self.state.step

    @property
    def leads(self) -> bool:
        """Does a moderator ask?"""
        return self.state.is_moderator(self.seat)

    @property
    def scribes(self) -> bool:
        """May this seat write down what the circle says?"""
        return self.leads or SCRIBE in self.state.roles_of(self.seat)

    def fresh(self) -> str:
        """An id that tells nothing about order or author."""
        return f"{self.chance.getrandbits(60):015x}"

    def after(self, events: Events) -> "Moment":
        """The same moment once these events have happened."""
        from .evolve import fold

        return replace(self, state=fold(self.state, events))
