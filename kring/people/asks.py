"""What asks for somebody today: the lines at the top of "my week".

A feature registers, in its ``panels`` module, one function that works out its lines for one
person. It gets everybody's question at once (one actor), so it runs a constant number of queries,
whatever the number of teams or agreements::

    @asks("agreements")
    def look_backs(actor: Actor, organisation: str, today: date) -> Iterable[Line]:
        yield Line(words=_("You would look back on…"), button=_("Look back"), href=…, weight=20)

Only what this very person can do something about belongs here. Words are plain, one sentence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise

from kring.base.policy import Actor

# Weights: the lowest stands first. Use one of these, or a number between.
NOW: Final = 0  # a meeting that runs now, a rung bell
TODAY: Final = 20
THIS_WEEK: Final = 40
SOME_TIME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of my week: what asks for me, and the one button that answers it."""

    words: str | Promise
    button: str | Promise
    href: str
    weight: int = TODAY
    due: date | None = None
    icon: str = "sun"


Work = Callable[[Actor, str, date], Iterable[Line]]
_works: dict[str, Work] = {}


def asks(name: str) -> Callable[[Work], Work]:
    """Register a function ``(actor, slug of the organisation, today) -> lines``."""

    def register(work: Work) -> Work:
        _works[name] = work
        return work

    return register


def lines_for(actor: Actor, organisation: str, today: date, *, most: int = 5) -> list[Line]:
    """The ``most`` lines that matter first: by weight, then by date, then in a fixed order."""
    every = [line for name in sorted(_works) for line in _works[name](actor, organisation, today)]
    return sorted(every, key=lambda line: (line.weight, line.due or date.max))[:most]
