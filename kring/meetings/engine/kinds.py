"""What a kind of step must answer, and how the kinds are found.

Every folder in ``kring/meetings/steps/`` is one kind and has one object ``KIND``. No list is
edited: a new folder is a new kind.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from random import Random
from typing import Any, ClassVar

from kring.methods.format.shapes import Step

from .asks import Ask
from .moment import Moment
from .shape import Answer, Audience, Data, Events, Refused
from .state import Card, Sheet, State
from .words import no


class Kind:
    """Base of every kind: an empty step in which people only listen and talk."""

    asks: ClassVar[frozenset[str]] = frozenset()
    folds: ClassVar[Mapping[str, Callable[[Sheet, Data], Sheet]]] = {}
    #: Can it be played over days, without everybody together? A kind says so itself.
    over_days: ClassVar[bool] = False
    #: The states a visit can be in, and by which ask it goes from one to the other.
    moves: ClassVar[tuple[tuple[str, str, str], ...]] = ()

    def open(self, m: Moment, visit: str, step: Step) -> Events:
        """What happens on entering. Also called on coming back: then only what is missing."""
        return ()

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Why this seat may not ask this now, beyond the general rules. Cheap: O(1)."""
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Answer one of :attr:`asks`. The general rules and :meth:`may` were checked."""
        return no("wrong_step")

    def joins(self, m: Moment, seat: str) -> Events:
        """Somebody sat down while this step goes on (``m.state`` already has the seat)."""
        return ()

    def leaves(self, m: Moment, seat: str) -> Events:
        """Somebody left while this step goes on (``m.state`` already shows the empty chair)."""
        return ()

    def shut(self, m: Moment) -> Events:
        """Over days: what happens when the window of this step closes."""
        return ()

    def fixed(self, state: State, visit: str, card: str, ask: str) -> Refused | None:
        """Why ``edit_card``, ``remove_card`` or ``restore_card`` is not possible for this card."""
        return None

    def cards(self, state: State, visit: str) -> tuple[Card, ...]:
        """The cards this step hands on to a later one that ``uses`` it."""
        from .cards import on_table

        return on_table(state, visit)

    def stage(self, state: State, visit: str) -> str:
        """One of the states in :attr:`moves`; "going" where there is only one."""
        return "going"

    def due(self, state: State, visit: str, at: datetime) -> Ask | None:
        """What the clock of the room asks now, if anything (a map to draw). Cheap: every second."""
        return None

    def done(self, state: State, visit: str) -> bool:
        """May the moderator well go on? A hint, never a gate."""
        return True

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """What this kind of seat sees of the step, beyond the common part."""
        return {}

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """What only this seat sees. Must not look at everybody: it is asked for every seat."""
        return {}

    def goes_along(self, state: State, visit: str, language: str) -> Mapping[str, Data]:
        """What leaves by itself when the meeting ends, by item id (as an ``item.released`` says it)."""
        return {}

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """What a bot in this seat asks next; None when it has nothing to do."""
        return None


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name, discovered once."""
    from kring.meetings import steps

    found = {}
    for module in pkgutil.iter_modules(steps.__path__):
        if module.ispkg:
            found[module.name] = importlib.import_module(f"{steps.__name__}.{module.name}").KIND
    return found


def kind_of(step: Step) -> Kind:
    """The kind that plays a step."""
    return kinds()[step.kind.value]


def present_kind(state: State) -> Kind:
    """The kind of the step going on."""
    assert state.step is not None
    return kind_of(state.step)
