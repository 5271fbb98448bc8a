"""Who may facilitate a restorative talk (reference A7, 1.7-1.10): trained, and without an interest.

What can be worked out is worked out here; the rest the facilitator declares. A declaration never
makes up for a fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass

OUTSIDE_TEAM = frozenset({"restorative_conference"})
"""The facilitator comes from outside the team (reference 1.9)."""


@dataclass(frozen=True, slots=True)
class Near:
    """How one participant stands to the facilitator.

    ``is_me``: the same person. ``i_lead``: I lead their team or the line above it. ``leads_me``:
    they lead mine. ``same_team``: we work in one team today.
    """

    is_me: bool = False
    i_lead: bool = False
    leads_me: bool = False
    same_team: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody who would facilitate ``protocol``."""

    protocol: str
    trained: bool
    second_factor: bool
    declared: bool
    near: tuple[Near, ...] = ()


def why_not_lead(facts: Facts) -> str | None:
    """The first reason why not, as a code; ``None`` when all is well."""
    if not facts.trained:
        return "not_trained"
    if not facts.second_factor:
        return "second_factor"
    return _interest(facts.protocol, facts.near) or (None if facts.declared else "not_declared")


def _interest(protocol: str, near: Iterable[Near]) -> str | None:
    for one in near:
        if one.is_me:
            return "is_party"
        if one.i_lead:
            return "is_their_manager"
        if one.leads_me:
            return "is_my_manager"
        if one.same_team and protocol in OUTSIDE_TEAM:
            return "same_team"
    return None
