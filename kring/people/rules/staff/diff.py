"""From rows to what must change. Applied once, the same file asks for nothing any more."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kring.people.rules.staff.rows import Row

Place = tuple[str, ...]


class TeamKey(NamedTuple):
    """A team by its place and name, in lower case."""

    place: Place
    team: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is there already. ``code`` is empty for people added by hand."""

    id: int
    code: str
    name: str
    mail: str
    layer: str
    starts: date | None
    ends: date | None
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class KnownMembership:
    """An open membership."""

    id: int
    leads: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is there now. Keys of places and teams are in lower case."""

    people: tuple[KnownPerson, ...] = ()
    memberships: Mapping[int, Mapping[TeamKey, KnownMembership]] = field(default_factory=dict)
    units: frozenset[Place] = frozenset()
    teams: frozenset[TeamKey] = frozenset()


class Join(NamedTuple):
    """A person begins in a team."""

    code: str
    team: TeamKey
    leads: bool


class Leave(NamedTuple):
    """A person's open membership ends (or only changes whether they lead it)."""

    code: str
    membership: int
    team: TeamKey


@dataclass(frozen=True, slots=True)
class Plan:
    """What the file asks for. ``missing``: people who are there but not in the file."""

    units: tuple[Place, ...] = ()  # as written, parents first
    teams: tuple[tuple[Place, str], ...] = ()  # as written
    added: tuple[Row, ...] = ()
    changed: tuple[tuple[KnownPerson, Row, tuple[str, ...]], ...] = ()
    ended: tuple[tuple[KnownPerson, Row], ...] = ()
    joins: tuple[Join, ...] = ()
    leaves: tuple[Leave, ...] = ()
    leads: tuple[tuple[Leave, bool], ...] = ()
    missing: tuple[KnownPerson, ...] = ()
    present: int = 0  # people with a code who are there today

    @property
    def is_empty(self) -> bool:
        """Whether the file asks for nothing at all."""
        return not any(
            (self.units, self.teams, self.added, self.changed, self.ended, self.joins, self.leaves,
             self.leads, self.missing)
        )  # fmt: skip

    @property
    def ends_many(self) -> bool:
        """Whether more than one in five would end because the file does not name them."""
        return 5 * len(self.missing) > self.present

    @property
    def digest(self) -> str:
        """A fingerprint: what was shown is what is done."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def codes(self) -> list[str]:
        """The codes of the people who are touched (the missing apart), sorted."""
        return sorted(
            {row.code for row in self.added}
            | {row.code for _, row, _ in self.changed}
            | {row.code for _, row in self.ended}
            | {one.code for one in self.joins}
            | {one.code for one in self.leaves}
            | {one.code for one, _ in self.leads}
        )


def fold(place: Iterable[str]) -> Place:
    """A place as it is compared."""
    return tuple(part.casefold() for part in place)


def key_of(row: Row) -> TeamKey:
    """The team of a row as it is compared."""
    return TeamKey(fold(row.place), row.team.casefold())


def _is_there(person: KnownPerson, today: date) -> bool:
    return person.ends is None or person.ends >= today


def _new_places(rows: Iterable[Row], known: Known) -> tuple[list[Place], list[tuple[Place, str]]]:
    units: dict[Place, Place] = {}
    teams: dict[TeamKey, tuple[Place, str]] = {}
    for row in rows:
        for depth in range(1, len(row.place) + 1):
            place = row.place[:depth]
            if fold(place) not in known.units:
                units.setdefault(fold(place), place)
        if row.team and key_of(row) not in known.teams:
            teams.setdefault(key_of(row), (row.place, row.team))
    return sorted(units.values(), key=lambda place: (len(place), place)), sorted(teams.values())


def _differences(person: KnownPerson, row: Row, today: date) -> tuple[str, ...]:
    """Columns in which the file says something else.

    An empty cell changes nothing, but for one thing: who was gone and is in the file again is back.
    """
    found = [
        column
        for column in ("code", "name", "mail", "layer", "starts", "ends")
        if (new := getattr(row, column)) and new != getattr(person, column)
    ]
    if row.ends is None and not _is_there(person, today):
        found.append("ends")
    return tuple(found)


def plan_for(rows: Iterable[Row], known: Known, today: date) -> Plan:
    """What must change so that everything is as ``rows`` say, on ``today``."""
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    there = {person.code: person for person in known.people if person.code}
    by_mail = {person.mail: person for person in known.people if person.mail and not person.code}
    going = [own for own in by_code.values() if own[0].ends is None or own[0].ends >= today]
    units, teams = _new_places((row for own in going for row in own), known)
    plan = _Sheet()
    for code, own in by_code.items():
        row = own[0]
        person = there.get(code) or by_mail.get(row.mail)
        if row.ends is not None and row.ends < today:
            if person is not None and _is_there(person, today):
                plan.ended.append((person, row))
            continue
        if person is None:
            plan.added.append(row)
        elif columns := _differences(person, row, today):
            plan.changed.append((person, row, columns))
        plan.teams_of(code, own, known.memberships.get(person.id, {}) if person else {})
    present = [p for p in there.values() if _is_there(p, today) and not p.is_external]
    missing = tuple(person for person in present if person.code not in by_code)
    return Plan(
        tuple(units), tuple(teams), tuple(plan.added), tuple(plan.changed), tuple(plan.ended),
        tuple(plan.joins), tuple(plan.leaves), tuple(plan.leads), missing, len(present),
    )  # fmt: skip


class _Sheet:
    """Lists that fill while the rows are walked."""

    def __init__(self) -> None:
        self.added: list[Row] = []
        self.changed: list[tuple[KnownPerson, Row, tuple[str, ...]]] = []
        self.ended: list[tuple[KnownPerson, Row]] = []
        self.joins: list[Join] = []
        self.leaves: list[Leave] = []
        self.leads: list[tuple[Leave, bool]] = []

    def teams_of(
        self, code: str, own: Iterable[Row], now: Mapping[TeamKey, KnownMembership]
    ) -> None:
        wanted = {key_of(row): row.leads for row in own if row.team}
        for team, leads in wanted.items():
            if team not in now:
                self.joins.append(Join(code, team, leads))
            elif now[team].leads != leads:
                self.leads.append((Leave(code, now[team].id, team), leads))
        for team, membership in now.items():
            if team not in wanted:
                self.leaves.append(Leave(code, membership.id, team))
