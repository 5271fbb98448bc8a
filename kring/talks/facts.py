"""What can be worked out about who leads a talk and who takes part: lines and teams of today."""

from collections.abc import Sequence

from kring.base.policy import Actor
from kring.methods.format.shapes import Protocol
from kring.methods.trained import is_trained
from kring.people.actors import actor_of
from kring.people.models import Person
from kring.talks.rules import Facts, Near, why_not_lead


def why_not(
    actor: Actor, protocol: Protocol, others: Sequence[int | None], *, declared: bool
) -> str | None:
    """Why this actor may not lead a talk with these persons (ids); ``None`` when they may."""
    return why_not_lead(
        Facts(
            protocol=protocol.id,
            trained=actor.person is not None and is_trained(actor.person, protocol),
            second_factor=actor.second_factor,
            declared=declared,
            near=tuple(_near(actor, other) for other in _actors(others)),
        )
    )


def why_not_person(person: Person, protocol: Protocol, others: Sequence[int | None]) -> str | None:
    """The same for somebody who is not here now: the second step and the declaration come later."""
    leader = actor_of(person, second_factor=True)
    return why_not(leader, protocol, others, declared=True)


def any_line(others: Sequence[int | None]) -> bool:
    """Whether one of these persons leads another."""
    actors = _actors(others)
    return any(
        _leads(one, other) for one in actors for other in actors if one.person != other.person
    )


def _actors(others: Sequence[int | None]) -> list[Actor]:
    people = Person.objects.filter(pk__in=[one for one in others if one]).order_by("pk")
    return [actor_of(person) for person in people]


def _leads(one: Actor, other: Actor) -> bool:
    """In the line above: manages one of their teams, or the part of the house it stands in.

    The board is above everybody.
    """
    if one.holds("board"):
        return True
    return any(one.holds("manager", path) for path in other.team_paths)


def _near(actor: Actor, other: Actor) -> Near:
    return Near(
        is_me=actor.person == other.person,
        i_lead=_leads(actor, other),
        leads_me=_leads(other, actor),
        same_team=bool(actor.teams & other.teams),
    )
