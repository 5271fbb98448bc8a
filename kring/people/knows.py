"""What Kring knows about somebody: each feature tells its own part.

A feature that keeps rows of a person registers one function in its ``panels`` module::

    @knows("agreements", title=_("Agreements you took on"), models=(Promise,))
    def agreements(person: Person) -> Iterable[Fact]: ...

Who may read it and until when is not written here: it is read from ``DATA`` of ``models``.
The page "what Kring knows about me" and the export show exactly the same facts. Whoever asks sees
only their own: the function gets the person who is asking and nobody else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext

from kring.base.classes import of
from kring.people.models import Person


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is kept: what it is and what it says. ``value`` is plain text."""

    label: str | Promise
    value: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Who may read it, and until when (in the reader's language)."""

    readers: str
    until: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one feature keeps about a person, and what holds for it."""

    name: str
    title: str | Promise
    facts: tuple[Fact, ...]
    kept: tuple[Kept, ...] = ()


Tell = Callable[[Person], Iterable[Fact]]
_tellers: dict[str, tuple[str | Promise, tuple[type[Model], ...], Tell]] = {}


def knows(
    name: str, *, title: str | Promise, models: tuple[type[Model], ...] = ()
) -> Callable[[Tell], Tell]:
    """Register what a feature keeps about a person, in which models."""

    def register(tell: Tell) -> Tell:
        _tellers[name] = (title, models, tell)
        return tell

    return register


def claimed() -> set[type[Model]]:
    """The models some chapter tells about."""
    return {model for _, models, _ in _tellers.values() for model in models}


def kept(models: Iterable[type[Model]]) -> tuple[Kept, ...]:
    """What the classes of data say about these models; every line once, the most open first."""
    every = (line for model in models for line in of(model))
    lines = sorted(every, key=lambda line: line.level)
    said = [Kept(gettext(line.readers), gettext(line.until)) for line in lines]
    return tuple(dict.fromkeys(said))


def about(person: Person) -> list[Chapter]:
    """Everything all features keep about ``person``; chapters without facts are left out."""
    found = []
    for name, (title, models, tell) in sorted(_tellers.items(), key=lambda item: item[0]):
        facts = tuple(tell(person))
        if facts:
            found.append(Chapter(name, title, facts, kept(models)))
    return found


# Erasing: a feature removes what may be removed at the owner's wish, in the caller's transaction.
Erase = Callable[[Person], None]
erasers: list[Erase] = []
