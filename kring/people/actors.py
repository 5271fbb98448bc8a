"""Who somebody is inside an organisation, worked out in a constant number of queries."""

from datetime import date

from django.db.models import Q

from kring.base import clock
from kring.base.policy import VISITOR, Actor, Grant
from kring.people.models import Account, Organisation, Person


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
    today = clock.now().date()
    memberships = list(
        person.memberships.filter(running(today)).values_list("team_id", "team__path", "is_manager")
    )
    grants = {Grant("manager", path) for _, path, is_manager in memberships if is_manager}
    held = person.grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    for role, unit_path, team_path in held.values_list("role", "unit__path", "team__path"):
        grants.add(Grant(role, unit_path or team_path or ""))
    return Actor(
        kind="person",
        organisation=person.organisation_id,
        account=person.account_id,
        person=person.pk,
        name=person.name,
        teams=frozenset(team for team, _, _ in memberships),
        team_paths=tuple(sorted({path for _, path, _ in memberships})),
        grants=tuple(sorted(grants, key=lambda grant: (grant.role, grant.path))),
        external=person.is_external,
        second_factor=second_factor,
    )
