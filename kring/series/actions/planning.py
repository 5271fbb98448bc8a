"""Planning the next meeting of a series: one click, everybody invited, the next person leads."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from kring.base.policy import Actor, NotThere, require
from kring.meetings import actions as meetings
from kring.meetings.models import Meeting, Stage
from kring.methods import rhythm
from kring.methods.format.shapes import Protocol
from kring.methods.shelf import shipped
from kring.people.models import Person
from kring.series.actions.ground import fresh, members, note, on_behalf_of, settle
from kring.series.models import Member, Series, Sitting
from kring.series.rules import leader


def planned(series: Series) -> Meeting | None:
    """The meeting that is planned or going on, if there is one."""
    rows = Meeting.objects.filter(sitting__series=series).not_over().order_by("starts_at", "id")
    found: Meeting | None = rows.select_related("team", "organisation").first()
    return found


def next_leader(series: Series, circle: list[Member]) -> Person | None:
    """Whose turn it is to lead; ``circle``: the members of today."""
    chairs = [one.chair(series.due_on) for one in circle]
    chosen = leader(chairs, series.offered_id, series.stays_id)
    return next((one.person for one in circle if one.person_id == chosen), None)


def plan_next(
    actor: Actor, series: Series, *, starts_at: datetime, protocol: str = "", place: str = ""
) -> Meeting:
    """Plan the next meeting; when one is planned already, that one. ``protocol``: where there is a
    choice, the one the next leader picked.
    """
    require(actor, "series.plan", series)
    with transaction.atomic():
        series = fresh(series)
        waiting = planned(series)
        if waiting is not None:
            return waiting
        where, script = _script(series, protocol)
        circle = list(members(series))
        meeting = meetings.plan_meeting(
            on_behalf_of(actor),
            meetings.Plan(
                team=series.team,
                protocol=script,
                starts_at=starts_at,
                title=_title(series, where, script),
                place=place,
                existence_visible_to=series.existence_visible_to,
                people=_chairs(series, circle, script),
            ),
        )
        Sitting.objects.filter(series=series, held_on=None, meeting__state=Stage.CANCELLED).delete()
        sitting = Sitting(series=series, meeting=meeting, number=where.number)
        sitting.place = where.sitting.id if where.sitting else ""
        sitting.organisation_id = series.organisation_id
        sitting.save()
        series.remind_at = None
        settle(series)
        note(actor, "planned", series)
    return meeting


def _script(series: Series, protocol: str) -> tuple[rhythm.Place, Protocol]:
    plan = series.script
    where = rhythm.place(plan, series.held)
    names = [plan.full(name) for name in where.protocols]
    if protocol and protocol not in names:
        raise NotThere
    script = shipped().protocol(protocol or names[0])
    if script is None:
        raise NotThere
    return where, script


def _title(series: Series, where: rhythm.Place, script: Protocol) -> str:
    named = where.sitting.title if where.sitting and where.sitting.title else script.title
    return named.say(get_language() or "nl")


def _chairs(
    series: Series, circle: list[Member], script: Protocol
) -> tuple[tuple[Person, tuple[str, ...]], ...]:
    """Everybody in it, with the role they keep where this talk knows it; one of them leads."""
    leads = next_leader(series, circle)
    known = {role.id: role for role in script.roles}
    chairs = []
    for one in circle:
        roles = [one.role] if one.role in known else []
        if leads is not None and one.person_id == leads.pk:
            roles = [name for name in roles if "moderator" not in known[name].excludes]
            roles.append("moderator")
        chairs.append((one.person, tuple(roles)))
    return tuple(chairs)
