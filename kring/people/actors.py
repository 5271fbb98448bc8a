"""Who somebody is inside an organisation, worked out in a constant number of queries."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from kring.base import clock
from kring.base.policy import VISITOR, Actor, Grant
from kring.people.models import Account, Membership, Organisation, Person, RoleGrant


def running(today: date, start: str = "starts_on", end: str = "ends_on") -> Q:
    """A condition: begun (or without a beginning) and not ended (or without an end) on a day."""
    begun = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": today})
    return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": today}))


def actor_for(
    account: Account, organisation: Organisation, *, second_factor: bool = False
) -> Actor:
    """The actor for ``account``, or a visitor where they are nobody (any more)."""
    today = clock.now().date()
    person = (
        Person.objects.filter(running(today), account=account, organisation=organisation)
        .order_by("id")
        .first()
    )
    return actor_of(person, second_factor=second_factor) if person else VISITOR


def actor_of(person: Person, *, second_factor: bool = False) -> Actor:
    """The actor that ``person`` is today: two queries, whatever the number of teams."""
    return actors_of([person], second_factor=second_factor)[0]


def actors_of(people: Sequence[Person], *, second_factor: bool = False) -> list[Actor]:
    """The actors that ``people`` are today, in the same order: two queries for all of them."""
    today = clock.now().date()
    rows = Membership.objects.filter(running(today), person__in=people)
    teams: dict[int, list[tuple[int, str, bool]]] = {}
    for who, team, path, leads in rows.values_list(
        "person_id", "team_id", "team__path", "is_manager"
    ):
        teams.setdefault(who, []).append((team, path, leads))
    held = RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    grants: dict[int, list[Grant]] = {}
    for who, role, unit_path, team_path in held.filter(person__in=people).values_list(
        "person_id", "role", "unit__path", "team__path"
    ):
        grants.setdefault(who, []).append(Grant(role, unit_path or team_path or ""))
    return [
        _actor(one, teams.get(one.pk, []), grants.get(one.pk, []), second_factor) for one in people
    ]


def _actor(
    person: Person, teams: list[tuple[int, str, bool]], held: list[Grant], second_factor: bool
) -> Actor:
    grants = {Grant("manager", path) for _, path, is_manager in teams if is_manager} | set(held)
    return Actor(
        kind="person",
        organisation=person.organisation_id,
        account=person.account_id,
        person=person.pk,
        name=person.name,
        teams=frozenset(team for team, _, _ in teams),
        team_paths=tuple(sorted({path for _, path, _ in teams})),
        grants=tuple(sorted(grants, key=lambda grant: (grant.role, grant.path))),
        external=person.is_external,
        second_factor=second_factor,
    )
