"""What the staff import compares with: people, open memberships, units and teams as they are."""

from collections import defaultdict

from django.db.models import Q

from kring.base import clock
from kring.people.models import Membership, Person, Team, Unit
from kring.people.rules.staff import Known, KnownMembership, KnownPerson
from kring.people.rules.staff.diff import Place, TeamKey, fold


def places_now() -> tuple[dict[Place, Unit], dict[TeamKey, Team]]:
    """Units by place and teams by key, in lower case: two queries."""
    by_id: dict[int, Place] = {}
    units: dict[Place, Unit] = {}
    for unit in Unit.objects.all():  # ordered by path: parents first
        above = by_id.get(unit.parent_id or 0, ())
        by_id[unit.pk] = (*above, *fold([unit.name]))
        units.setdefault(by_id[unit.pk], unit)
    teams: dict[TeamKey, Team] = {}
    for team in Team.objects.order_by("pk"):
        teams.setdefault(TeamKey(by_id[team.unit_id], team.name.casefold()), team)
    return units, teams


def known_now() -> Known:
    """Everything there is, in four queries."""
    units, teams = places_now()
    keys = {team.pk: key for key, team in teams.items()}
    today = clock.now().date()
    going = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    memberships: dict[int, dict[TeamKey, KnownMembership]] = defaultdict(dict)
    for pk, person, team, leads in going.values_list("pk", "person_id", "team_id", "is_manager"):
        if team in keys:
            memberships[person][keys[team]] = KnownMembership(pk, leads)
    people = tuple(
        KnownPerson(pk, code, name, mail.lower(), layer or "", starts, ends, external)
        for pk, code, name, mail, layer, starts, ends, external in Person.objects.order_by(
            "pk"
        ).values_list(
            "pk",
            "staff_code",
            "name",
            "email",
            "layer__code",
            "starts_on",
            "ends_on",
            "is_external",
        )
    )
    return Known(people, memberships, frozenset(units), frozenset(teams))
