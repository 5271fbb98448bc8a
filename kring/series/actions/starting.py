"""Starting a series from what a package says."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings.actions.plan import managers
from kring.methods import rhythm
from kring.methods.format.series import Series as Plan
from kring.methods.shelf import shipped
from kring.people.models import Person, Team
from kring.series.actions.ground import due, note, today
from kring.series.actions.planning import plan_next
from kring.series.models import Member, Series

MOST_PEOPLE = 60


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is needed to start. ``people``: who is in it, each with the role they keep ("" = none).

    ``first_at``: when the first meeting is; without it nothing is planned yet. ``rhythm_days``: 0 =
    as the method says. Where the method says that the moderator stays, that is ``leader``.
    """

    team: Team
    method: str
    people: tuple[tuple[Person, str], ...]
    title: str = ""
    rhythm_days: int = 0
    first_at: datetime | None = None
    leader: Person | None = None


def offered(ref: str) -> Plan:
    """A series a package offers; one that keeps its own privacy is not offered here."""
    plan = shipped().series(ref)
    if plan is None or plan.held_by != "series":
        raise NotThere
    return plan


def start(actor: Actor, wish: Wish) -> Series:
    """Start a series, and plan its first meeting when a moment is given."""
    require(actor, "series.start", wish.team)
    plan, leader = offered(wish.method), wish.leader
    if plan.moderator == "stays" and leader is None:
        leader = Person.objects.filter(pk=actor.me).first()
    circle = dict(wish.people)
    if plan.moderator == "stays" and leader is not None:
        circle.setdefault(leader, "")
    _check(plan, wish, list(circle))
    with transaction.atomic():
        series = _row(actor, plan, wish, leader)
        series.save()
        Member.objects.bulk_create(
            Member(
                organisation_id=series.organisation_id,
                series=series,
                person=person,
                role=role,
                place=place,
                leads=plan.moderator == "rotates",
                joined_on=series.started_on,
            )
            for place, (person, role) in enumerate(circle.items(), 1)
        )
        note(actor, "started", series)
        if wish.first_at is not None:
            plan_next(actor, series, starts_at=wish.first_at)
    return series


def _row(actor: Actor, plan: Plan, wish: Wish, leader: Person | None) -> Series:
    frozen = plan.model_dump(mode="json")
    words = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    series = Series(
        organisation_id=wish.team.organisation_id,
        team=wish.team,
        method=plan.ref,
        plan=frozen,
        plan_hash=hashlib.sha256(words.encode()).hexdigest(),
        title=(wish.title or plan.title.say("nl"))[:160],
        rhythm_days=wish.rhythm_days or plan.rhythm.every_days,
        started_on=today(),
        last_on=today(),
        existence_visible_to=plan.existence_visible_to,
        started_by_id=actor.person,
        stays=leader if plan.moderator == "stays" else None,
    )
    due(series, rhythm.due_on(plan, 0, series.started_on, series.rhythm_days))
    return series


def _check(plan: Plan, wish: Wish, people: list[Person]) -> None:
    if not 1 < len(people) <= MOST_PEOPLE:
        raise Refused(_("Choose at least two people."))
    allowed = {plan.rhythm.every_days, *plan.rhythm.choices}
    if wish.rhythm_days and wish.rhythm_days not in allowed:
        raise NotThere
    if any(role and role not in plan.keeps_roles for _person, role in wish.people):
        raise NotThere
    scripts = [shipped().protocol(plan.full(name)) for name in plan.protocols]
    closed = any(one is not None and not one.manager_may_join for one in scripts)
    if closed and any(managers(wish.team, people)):
        raise Refused(_("This series is held without the manager."))
