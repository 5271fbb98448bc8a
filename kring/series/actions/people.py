"""Who is in a series, and whose turn it is."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings.actions.plan import managers
from kring.methods.shelf import shipped
from kring.people.models import Person
from kring.series.actions.ground import fresh, members, note, settle, today
from kring.series.models import Member, Series
from kring.series.policy import member_of


def _mine(actor: Actor, series: Series) -> Member:
    require(actor, "series.take_part", series)
    found = member_of(actor, series)
    if found is None:
        raise NotThere
    return found


def offer(actor: Actor, series: Series, *, take: bool = True) -> Series:
    """ "Let me lead the next one", or not after all. Whoever had the turn keeps their place."""
    mine = _mine(actor, series)
    with transaction.atomic():
        series = fresh(series)
        if take:
            series.offered_id = mine.person_id
            Member.objects.filter(pk=mine.pk).update(away_until=None)
        elif series.offered_id == mine.person_id:
            series.offered = None
        settle(series)
        note(actor, "offered" if take else "not_offered", series)
    return series


def away(actor: Actor, series: Series, *, is_away: bool = True) -> Member:
    """I cannot lead the next one; somebody else gets the turn. No reason is asked."""
    mine = _mine(actor, series)
    with transaction.atomic():
        series = fresh(series)
        until = (series.due_on or today()) + timedelta(days=1) if is_away else None
        Member.objects.filter(pk=mine.pk).update(away_until=until)
        if is_away and series.offered_id == mine.person_id:
            series.offered = None
        settle(series)
        note(actor, "away" if is_away else "back", series)
    mine.refresh_from_db()
    return mine


def lead_or_not(actor: Actor, series: Series, *, leads: bool) -> Member:
    """Whether I take turns to lead at all."""
    mine = _mine(actor, series)
    with transaction.atomic():
        Member.objects.filter(pk=mine.pk).update(leads=leads)
        settle(fresh(series))
        note(actor, "turns", series)
    mine.refresh_from_db()
    return mine


def invite(actor: Actor, series: Series, person: Person, *, role: str = "") -> Member:
    """Somebody joins, or gets a role to keep. Joining twice is joining once."""
    require(actor, "series.change", series)
    if role and role not in series.script.keeps_roles:
        raise NotThere
    plan = series.script
    scripts = [shipped().protocol(plan.full(name)) for name in plan.protocols]
    if any(one is not None and not one.manager_may_join for one in scripts) and any(
        managers(series.team, [person])
    ):
        raise Refused(_("This series is held without the manager."))
    with transaction.atomic():
        last = series.members.aggregate(last=Max("place"))["last"] or 0
        # Who comes in later leads last, not first.
        newest = series.members.aggregate(led=Max("led"))["led"] or 0
        found, new = Member.objects.get_or_create(
            series=series,
            person=person,
            defaults={
                "organisation_id": series.organisation_id,
                "place": last + 1,
                "led": newest,
                "leads": plan.moderator == "rotates",
                "joined_on": today(),
            },
        )
        found.role, found.left_on = role or found.role, None
        found.save(update_fields=["role", "left_on"])
        settle(fresh(series))
        note(actor, "joined" if new else "member_changed", series)
    return found


def leave(actor: Actor, series: Series, person: Person | None = None) -> Member:
    """I go, or ``person`` is taken off the list by who may change it. No reason is asked or kept."""
    row = members(series).filter(person=person.pk if person else actor.person or 0).first()
    if row is None:
        raise NotThere
    if row.person_id != actor.person:
        require(actor, "series.change", series)
    with transaction.atomic():
        gone: date = today() - timedelta(days=1)
        Member.objects.filter(pk=row.pk).update(left_on=gone, led=0, away_until=None)
        series = fresh(series)
        if series.offered_id == row.person_id:
            series.offered = None
        if series.stays_id == row.person_id:
            series.stays = None
        settle(series)
        note(actor, "left", series)
    row.refresh_from_db()
    return row
