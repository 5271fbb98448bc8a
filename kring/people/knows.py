"""What Kring knows about somebody: each feature tells its own part.

A feature that keeps rows of a person registers one function in its ``panels`` module::

    @knows("agreements", title=_("Agreements you took on"))
    def agreements(person: Person) -> Iterable[Fact]: ...

The page "what Kring knows about me" and the export show exactly the same facts. Whoever asks sees
only their own: the function gets the person who is asking and nobody else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from kring.people.models import Person


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is kept: what it is and what it says. ``value`` is plain text."""

    label: str | Promise
    value: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one feature keeps about a person."""

    name: str
    title: str | Promise
    facts: tuple[Fact, ...]


Tell = Callable[[Person], Iterable[Fact]]
_tellers: dict[str, tuple[str | Promise, Tell]] = {}


def knows(name: str, *, title: str | Promise) -> Callable[[Tell], Tell]:
    """Register what a feature keeps about a person."""

    def register(tell: Tell) -> Tell:
        _tellers[name] = (title, tell)
        return tell

    return register


def about(person: Person) -> list[Chapter]:
    """Everything all features keep about ``person``; chapters without facts are left out."""
    found = []
    for name, (title, tell) in sorted(_tellers.items()):
        facts = tuple(tell(person))
        if facts:
            found.append(Chapter(name, title, facts))
    return found


# Erasing: a feature removes what may be removed at the owner's wish, in the caller's transaction.
Erase = Callable[[Person], None]
erasers: list[Erase] = []
