"""Adding, changing and ending people and their memberships by hand."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, Refused, require
from kring.people.actors import running
from kring.people.models import Account, Membership, Person, RoleGrant, Team
from kring.people.trail import note

KEPT = ("name", "email", "staff_code", "layer", "is_external", "starts_on", "ends_on")


@transaction.atomic
def add_person(actor: Actor, values: Mapping[str, Any], team: Team | None = None) -> Person:
    """Add somebody, perhaps in a team at once. ``values``: cleaned fields of ``KEPT``."""
    require(actor, "people.administer")
    person = Person(**{name: values[name] for name in KEPT if name in values})
    person.starts_on = person.starts_on or clock.now().date()
    person.save()
    note(actor, "person.added", f"person {person.pk}")
    if team is not None:
        _join(person, team, person.starts_on, is_manager=False)
    return person


@transaction.atomic
def change_person(actor: Actor, person: Person, values: Mapping[str, Any]) -> Person:
    """Change what an administrator keeps of somebody.

    An open invitation to a former mail address stops working. The address of an account stays as
    it is: an administrator of one organisation may not change how somebody logs in elsewhere.
    """
    require(actor, "people.administer")
    before = person.email
    for name in KEPT:
        if name in values:
            setattr(person, name, values[name])
    person.save()
    if person.email.lower() != before.lower():
        person.invitations.filter(accepted_at=None, withdrawn_at=None).update(
            withdrawn_at=clock.now()
        )
    note(actor, "person.changed", f"person {person.pk}")
    return person


@transaction.atomic
def end_person(actor: Actor, person: Person) -> None:
    """Somebody is gone from today: no access, no open memberships, no invitation."""
    require(actor, "people.administer")
    if person.pk == actor.person:
        raise Refused(_("You cannot end yourself. Ask another administrator."))
    last = clock.now().date() - timedelta(days=1)
    person.ends_on = last
    person.save(update_fields=["ends_on"])
    person.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=last)).update(
        ends_on=Greatest(F("starts_on"), Value(last, DateField()), output_field=DateField())
    )
    person.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=clock.now())
    note(actor, "person.ended", f"person {person.pk}")


@transaction.atomic
def bring_back(actor: Actor, person: Person) -> None:
    """Somebody who ended is here again (their teams have to be chosen anew)."""
    require(actor, "people.administer")
    person.ends_on = None
    if person.is_external:
        raise Refused(_("Somebody from outside needs an end date. Change their details instead."))
    person.save(update_fields=["ends_on"])
    note(actor, "person.brought_back", f"person {person.pk}")


def _join(person: Person, team: Team, starts: date, *, is_manager: bool) -> Membership:
    membership, _new = Membership.objects.get_or_create(
        person=person,
        team=team,
        ends_on=None,
        defaults={
            "starts_on": starts,
            "is_manager": is_manager,
            "organisation_id": team.organisation_id,
        },
    )
    return membership


@transaction.atomic
def join_team(
    actor: Actor,
    person: Person,
    team: Team,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    is_manager: bool = False,
) -> Membership:
    """Somebody belongs to a team from a day on. Already there: only what differs changes."""
    require(actor, "people.change_team", team)
    if is_manager:
        require(actor, "people.administer")
    starts = starts_on or clock.now().date()
    if ends_on is not None and ends_on < starts:
        raise Refused(_("The last day is before the first day."))
    membership = _join(person, team, starts, is_manager=is_manager)
    membership.ends_on = ends_on
    membership.is_manager = is_manager
    membership.save()
    note(actor, "membership.began", f"membership {membership.pk}")
    return membership


@transaction.atomic
def leave_team(actor: Actor, membership: Membership) -> None:
    """Somebody no longer belongs to a team from today."""
    require(actor, "people.change_team", membership.team)
    last = clock.now().date() - timedelta(days=1)
    membership.ends_on = max(last, membership.starts_on)
    membership.save(update_fields=["ends_on"])
    note(actor, "membership.ended", f"membership {membership.pk}")


@transaction.atomic
def come_back_to_team(actor: Actor, membership: Membership) -> None:
    """Undo of leaving."""
    require(actor, "people.change_team", membership.team)
    open_one = Membership.objects.filter(
        person=membership.person_id, team=membership.team_id, ends_on=None
    )
    if not open_one.exists():
        membership.ends_on = None
        membership.save(update_fields=["ends_on"])
        note(actor, "membership.began", f"membership {membership.pk}")


@transaction.atomic
def add_names(actor: Actor, team: Team, names: Iterable[str]) -> int:
    """Write colleagues down by name only, for a team of one's own; how many are new.

    Nobody needs a mail address to take part in a meeting. A name that is already on the list of
    the team is left alone.
    """
    require(actor, "people.change_team", team)
    today = clock.now().date()
    going = team.memberships.filter(running(today))
    there = {name.casefold() for name in going.values_list("person__name", flat=True)}
    added = 0
    for name in names:
        if name.casefold() in there:
            continue
        there.add(name.casefold())
        person = Person(name=name, starts_on=today)
        person.save()
        membership = _join(person, team, today, is_manager=False)
        note(actor, "person.added", f"person {person.pk}")
        note(actor, "membership.began", f"membership {membership.pk}")
        added += 1
    return added


@transaction.atomic
def give_role(
    actor: Actor, person: Person, *, role: str, place: Any = None, ends_on: date | None = None
) -> RoleGrant:
    """Somebody holds a role at a unit, a team, or (``place`` empty) the whole organisation."""
    require(actor, "people.administer")
    unit, team = (None, place) if isinstance(place, Team) else (place, None)
    held, _new = RoleGrant.objects.get_or_create(
        person=person,
        role=role,
        unit=unit,
        team=team,
        defaults={"ends_on": ends_on, "organisation_id": person.organisation_id},
    )
    if held.ends_on != ends_on:
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
    note(actor, "role.given", f"person {person.pk} {role}")
    return held


@transaction.atomic
def take_role(actor: Actor, grant: RoleGrant) -> None:
    """Somebody no longer holds a role. The last administrator stays."""
    require(actor, "people.administer")
    if grant.role == "administrator" and grant.unit_id is None and grant.team_id is None:
        today = clock.now().date()
        others = RoleGrant.objects.filter(role="administrator", unit=None, team=None).exclude(
            pk=grant.pk
        )
        others = others.filter(Q(ends_on=None) | Q(ends_on__gte=today))
        accounts = Account.objects.filter(is_active=True)
        if not others.filter(person__account__in=accounts).exists():
            raise Refused(_("Somebody must be able to keep this organisation: choose another"
                            " administrator first."))  # fmt: skip
    note(actor, "role.taken", f"person {grant.person_id} {grant.role}")
    grant.delete()
