"""Doing what a confirmed staff file asks for, a few hundred people at a time.

Each piece is one short transaction that also moves the progress line and the lease on. Whoever
starts again after a crash plans anew and finds only what is left.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Greatest

from kring.base import clock
from kring.people.models import Layer, Membership, Person, StaffFile, Team, Unit
from kring.people.rules.staff import KnownPerson, Plan, Row
from kring.people.rules.staff.diff import TeamKey, fold
from kring.people.staff_now import places_now

PIECE = 400
FIELDS = {
    "code": "staff_code", "name": "name", "mail": "email", "layer": "layer_id",
    "starts": "starts_on", "ends": "ends_on",
}  # fmt: skip


def code_for(words: Iterable[str], taken: set[str]) -> str:
    """A free code made from a name; ``taken`` is added to."""
    plain = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[-50:].strip("-") or "x"
    code, count = base, 1
    while code in taken:
        count += 1
        code = f"{base}-{count}"
    taken.add(code)
    return code


@transaction.atomic
def make_places(organisation: int, plan: Plan) -> None:
    """New units, level by level, and new teams."""
    units, _teams = places_now()
    taken = set(Unit.objects.values_list("code", flat=True))
    for depth in sorted({len(place) for place in plan.units}):
        level = [place for place in plan.units if len(place) == depth]
        made = Unit.objects.bulk_create(
            Unit(
                organisation_id=organisation,
                parent=units.get(fold(place[:-1])),
                code=code_for(place, taken),
                name=place[-1],
                kind="location" if depth > 1 else "region",
            )
            for place in level
        )
        for place, unit in zip(level, made, strict=True):
            unit.place()
            units[fold(place)] = unit
        Unit.objects.bulk_update(made, ["path"], batch_size=500)
    taken = set(Team.objects.values_list("code", flat=True))
    teams = Team.objects.bulk_create(
        Team(
            organisation_id=organisation,
            unit=units[fold(place)],
            code=code_for([place[-1], name], taken),
            name=name,
        )
        for place, name in plan.teams
    )
    for team in teams:
        team.place()
    Team.objects.bulk_update(teams, ["path"], batch_size=500)


@dataclass
class Work:
    """What one run needs to know."""

    file: StaffFile
    plan: Plan
    lease: timedelta
    today: date
    layers: dict[str, int] = field(default_factory=dict)
    teams: dict[TeamKey, int] = field(default_factory=dict)

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)

    def keep_on(self, done: int) -> bool:
        """Move the progress line; ``False`` when the lease was lost to somebody else."""
        until = clock.now() + self.lease
        mine = StaffFile.objects.filter(pk=self.file.pk, lease_until=self.file.lease_until)
        kept = mine.update(done=F("done") + done, lease_until=until)
        self.file.lease_until = until
        return bool(kept)


def make_as_the_file_says(file: StaffFile, plan: Plan, lease: timedelta) -> dict[str, int] | None:
    """Do it all; the counts, or ``None`` when somebody else went on with it."""
    make_places(file.organisation_id, plan)
    work = Work(file, plan, lease, clock.now().date())
    work.layers = dict(Layer.objects.values_list("code", "pk"))
    work.teams = {key: team.pk for key, team in places_now()[1].items()}
    codes = plan.codes()
    pieces = [codes[at : at + PIECE] for at in range(0, len(codes), PIECE)]
    for piece in pieces:
        with transaction.atomic():
            if not work.keep_on(len(piece)):
                return None
            _do_piece(work, frozenset(piece))
    if file.ends_missing:
        for at in range(0, len(plan.missing), PIECE):
            part = plan.missing[at : at + PIECE]
            with transaction.atomic():
                if not work.keep_on(len(part)):
                    return None
                _end(part, work.yesterday, work.yesterday)
    return {
        "added": len(plan.added),
        "changed": len(codes) - len(plan.added) - len(plan.ended),
        "ended": len(plan.ended) + (len(plan.missing) if file.ends_missing else 0),
        "teams": len(plan.teams),
    }


def _do_piece(work: Work, codes: frozenset[str]) -> None:
    plan = work.plan
    _add([row for row in plan.added if row.code in codes], work)
    _change([one for one in plan.changed if one[1].code in codes], work)
    for person, row in plan.ended:
        if row.code in codes and row.ends is not None:
            _end([person], row.ends, work.yesterday)
    leaving = [one.membership for one in plan.leaves if one.code in codes]
    _leave(Membership.objects.filter(pk__in=leaving), work.yesterday)
    for leads in (True, False):
        here = [one.membership for one, now in plan.leads if one.code in codes and now is leads]
        Membership.objects.filter(pk__in=here).update(is_manager=leads)
    _join(work, codes)


def _add(rows: Sequence[Row], work: Work) -> None:
    Person.objects.bulk_create(
        Person(
            organisation_id=work.file.organisation_id,
            staff_code=row.code,
            name=row.name,
            email=row.mail,
            layer_id=work.layers.get(row.layer),
            starts_on=row.starts or work.today,
            ends_on=row.ends,
        )
        for row in rows
    )


def _change(changes: Sequence[tuple[KnownPerson, Row, tuple[str, ...]]], work: Work) -> None:
    found = Person.objects.in_bulk([person.id for person, _, _ in changes])
    for person, row, columns in changes:
        one = found[person.id]
        for column in columns:
            value = work.layers[row.layer] if column == "layer" else getattr(row, column)
            setattr(one, FIELDS[column], value)
    names = [name.removesuffix("_id") for name in FIELDS.values()]
    Person.objects.bulk_update(found.values(), names, batch_size=100)


def _join(work: Work, codes: frozenset[str]) -> None:
    joins = [join for join in work.plan.joins if join.code in codes]
    rows = {join.code for join in joins}
    people = {
        code: (pk, starts)
        for code, pk, starts in Person.objects.filter(staff_code__in=rows).values_list(
            "staff_code", "pk", "starts_on"
        )
    }
    fresh = {row.code for row in work.plan.added}
    Membership.objects.bulk_create(
        Membership(
            organisation_id=work.file.organisation_id,
            person_id=people[join.code][0],
            team_id=work.teams[join.team],
            starts_on=_begin(people[join.code][1], work.today, join.code in fresh),
            is_manager=join.leads,
        )
        for join in joins
    )
    Team.objects.filter(pk__in={work.teams[join.team] for join in joins}).exclude(
        closed_on=None
    ).update(closed_on=None)


def _begin(starts: date | None, today: date, is_new: bool) -> date:
    """Somebody new began when they began; who moves begins today (or when they come)."""
    if starts is None:
        return today
    return starts if is_new else max(starts, today)


def _leave(memberships: QuerySet[Membership], last: date) -> None:
    memberships.update(
        ends_on=Greatest(F("starts_on"), Value(last, DateField()), output_field=DateField())
    )


def _end(people: Sequence[KnownPerson], last: date, leaves: date) -> None:
    ids = [person.id for person in people]
    Person.objects.filter(pk__in=ids).update(ends_on=last)
    _leave(Membership.objects.filter(person_id__in=ids, ends_on=None), min(last, leaves))
