"""What every action on a series does the same way."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from kring.agreements.actions.ground import today as day_of
from kring.base import clock
from kring.base.policy import Actor
from kring.people import trail
from kring.people.actors import running
from kring.people.models import Person
from kring.series.models import Member, Series
from kring.series.rules import letter_at


def today() -> date:
    """The day on the wall of this installation."""
    return day_of(clock.now())


def zone() -> ZoneInfo:
    """The time zone of this installation."""
    return ZoneInfo(settings.TIME_ZONE)


def fresh(series: Series) -> Series:
    """The series as it is now, held until the transaction ends."""
    rows = Series.objects.select_for_update(of=("self",)).select_related("team")
    found: Series = rows.get(pk=series.pk)
    return found


def settle(series: Series) -> Series:
    """Save; ``version`` tells calendars that something moved."""
    series.version += 1
    series.save()
    return series


def due(series: Series, day: date | None) -> None:
    """Set when the next meeting is due, and the one letter that asks for a date."""
    series.due_on = day
    letter = letter_at(day, zone()) if day else None
    series.remind_at = letter if letter and letter > clock.now() else None


def members(series: Series) -> QuerySet[Member]:
    """Who is in it today."""
    rows: QuerySet[Member] = series.members.filter(running(today(), "joined_on", "left_on"))
    return rows.select_related("person").order_by("place", "id")


def people(series: Series) -> list[Person]:
    """The same, as people to write to."""
    return [one.person for one in members(series).select_related("person__account")]


def on_behalf_of(actor: Actor) -> Actor:
    """The actor for work below this feature, after the rule of the series said yes.

    The members of a series may come from several teams (a breakthrough circle), so the rule of the
    team they plan for does not know them. The trail and ``planned_by`` still name the person.
    """
    return replace(actor, kind="clock")


def note(actor: Actor, verb: str, series: Series) -> None:
    """One line in the trail: verb and id."""
    trail.note(actor, f"series.{verb}", f"series {series.pk}")
