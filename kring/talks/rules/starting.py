"""When a restorative talk may begin: everybody prepared, everybody said yes, and it is safe."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kring.methods.format.shapes import Protocol
from kring.talks.rules.shapes import CHECKS, SUPPORTER, Chair, Choice, Paper

BY_CHOICE = frozenset({"restorative_talk", "restorative_conference"})
"""Talks that need everybody's written yes and preparation. In 1.8 and 1.10 one chooses by coming."""
CHECKED = frozenset({"restorative_conference"})
"""Talks for which the eight questions of go or no-go are answered for each."""
ALONE = 10
"""More people than this want a second facilitator (reference 1.9)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps a talk from beginning. ``chair`` 0: the whole talk; ``role``: which."""

    code: str
    chair: int = 0
    role: str = ""


def needs_choice(protocol: str) -> bool:
    """Whether everybody chooses in writing beforehand."""
    return protocol in BY_CHOICE


def needs_checks(protocol: str) -> bool:
    """Whether the facilitator answers the eight questions for each."""
    return protocol in CHECKED


def parties(paper: Paper) -> tuple[Chair, ...]:
    """Whom it concerns: everybody but facilitators and support persons."""
    return tuple(chair for chair in paper.others if SUPPORTER not in chair.roles)


def missing(paper: Paper, protocol: Protocol) -> tuple[Missing, ...]:
    """Everything that is not arranged yet; empty when it may begin."""
    found = [*_roles(paper, protocol), *_leaders(paper)]
    if needs_choice(protocol.id):
        for chair in paper.others:
            found += _person(chair, checked=needs_checks(protocol.id))
    if needs_checks(protocol.id) and _unsure(paper) and not paper.consulted:
        found.append(Missing("consult"))
    return tuple(found)


def _roles(paper: Paper, protocol: Protocol) -> Iterator[Missing]:
    for role in protocol.roles:
        held = [chair for chair in paper.chairs if role.id in chair.roles]
        if len(held) < role.min:
            yield Missing("role_empty", role=role.id)
        if role.max is not None and len(held) > role.max:
            yield Missing("role_full", role=role.id)
        if any(set(role.excludes) & set(chair.roles) for chair in held):
            yield Missing("role_excluded", role=role.id)
    if any(not chair.roles for chair in paper.chairs):
        yield Missing("without_role")


def _leaders(paper: Paper) -> Iterator[Missing]:
    if not paper.leaders:
        yield Missing("nobody_leads")
    if len(paper.others) > ALONE and len(paper.leaders) < 2:
        yield Missing("second_leader")
    for chair in paper.leaders:
        if chair.number not in paper.declared:
            yield Missing("not_declared", chair.number)


def _person(chair: Chair, *, checked: bool) -> Iterator[Missing]:
    if not chair.prepared:
        yield Missing("not_prepared", chair.number)
    if chair.choice is not Choice.YES:
        yield Missing("no_yes", chair.number)
    if not checked:
        return
    answers: Mapping[str, str] = chair.checks
    if any(name not in answers for name in CHECKS):
        yield Missing("not_checked", chair.number)
    if "no" in answers.values():
        yield Missing("not_safe", chair.number)


def _unsure(paper: Paper) -> bool:
    return any("unsure" in chair.checks.values() for chair in paper.others)
