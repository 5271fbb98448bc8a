"""Who may do what: one mechanism, one table.

A rule is a test with a reason. ``ask`` guards the action (through ``require``), greys the button
and explains it, filters the stream and prints ``docs/permissions.md``. A rule is registered by the
feature it belongs to, in its ``policy`` module, under a name such as ``agreements.ring_bell``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reason = str | Promise


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody holds below ``path`` ("" = whole organisation, see ``Unit.path``)."""

    role: str
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks. Built once per request in a constant number of queries.

    ``teams``: ids of the teams this person is a member of today. ``seat``: id of the seat of a
    guest who came in with a code. ``second_factor``: this login session was confirmed with one.
    """

    kind: Literal["person", "guest", "visitor", "clock"] = "visitor"
    organisation: int | None = None
    account: int | None = None
    person: int | None = None
    seat: int | None = None
    name: str = ""
    teams: frozenset[int] = frozenset()
    team_paths: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    external: bool = False
    second_factor: bool = False

    @property
    def me(self) -> int:
        """Id of the person. Only asked after a rule made sure that there is one."""
        if self.person is None:
            raise Refused(LOG_IN_FIRST)
        return self.person

    @property
    def led_teams(self) -> tuple[str, ...]:
        """Paths of the teams this person is in today and leads: no query for who leads none."""
        led = {grant.path for grant in self.grants if grant.role == "manager"}
        return tuple(path for path in self.team_paths if path in led)

    def holds(self, role: str, path: str = "") -> bool:
        """Whether this actor holds ``role`` at ``path`` or somewhere above it."""
        return any(g.role == role and path.startswith(g.path) for g in self.grants)

    def holds_any(self, *roles: str, path: str = "") -> bool:
        """Whether one of ``roles`` is held at ``path`` or above."""
        return any(self.holds(role, path) for role in roles)


VISITOR = Actor()
CLOCK = Actor(kind="clock")


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, or no with a reason in plain words. True in a condition when the answer is yes."""

    allowed: bool
    reason: Reason = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Answer(True)


class Refused(Exception):
    """An action was not allowed; ``reason`` is shown to the person as it is."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class NotThere(Exception):
    """The object does not exist for this actor (answers like one that does not exist: 404)."""


Test = Callable[[Actor, Any], Reason | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    name: str
    about: str
    test: Test
    meaning: str = field(default="")


_rules: dict[str, Rule] = {}


def rule(name: str, about: str = "") -> Callable[[Test], Test]:
    """Register a test ``(actor, thing) -> None`` (allowed) or a reason for the refusal.

    ``about`` names the kind of thing the rule speaks of; the docstring of the test is printed in
    ``docs/permissions.md``.
    """

    def register(test: Test) -> Test:
        if name in _rules:
            raise ValueError(f"Two rules are called {name}.")
        _rules[name] = Rule(name, about, test, (test.__doc__ or "").strip())
        return test

    return register


def rules() -> tuple[Rule, ...]:
    """All rules, by name."""
    return tuple(_rules[name] for name in sorted(_rules))


def ask(actor: Actor, name: str, thing: Any = None) -> Answer:
    """May ``actor`` do ``name`` with ``thing``? An unknown rule is a programming error."""
    if actor.kind == "clock":
        return YES
    reason = _rules[name].test(actor, thing)
    return YES if reason is None else Answer(False, reason)


def require(actor: Actor, name: str, thing: Any = None) -> None:
    """Raise ``Refused`` with the reason unless the answer is yes."""
    answer = ask(actor, name, thing)
    if not answer:
        raise Refused(answer.reason)


LOG_IN_FIRST = _("Log in first, then you can go on.")
