"""What time does to agreements: bells ring, reminders go out, what is over ends and is forgotten.

Each duty reads one indexed column and claims its work by emptying it. Several clocks may run.
"""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import F, Q, QuerySet

from kring.agreements.actions.ground import (
    close_bell,
    note,
    page_of,
    settle,
    sign,
    those_who_agreed,
    today,
)
from kring.agreements.actions.ringing import ring_by_itself
from kring.agreements.models import Agreement
from kring.agreements.rules import Answered, Kind
from kring.base import scope
from kring.base.clock import in_turn, on_tick
from kring.base.policy import Actor
from kring.people.post import tell

AT_ONCE = 200  # of each duty in one pass; what is left comes a second later
Due = list[tuple[int, datetime, int]]  # agreement, moment, organisation


def first(due: QuerySet[Agreement], moment: str) -> Due:
    """The longest waiting ones."""
    rows = due.order_by(moment).values_list("pk", moment, "organisation_id")[:AT_ONCE]
    return cast(Due, list(rows))


@on_tick("agreements.bells")
def bells(now: datetime) -> int:
    """Ring the bell of what fell silent."""
    not_over = Q(close_at__isnull=True) | Q(close_at__gt=now)
    rows = first(Agreement.objects.filter(not_over, bell_at__lte=now), "bell_at")
    return in_turn(rows, lambda row: ring_by_itself(*row, now))


@on_tick("agreements.reminders")
def reminders(now: datetime) -> int:
    """Remind those who agreed of the look-back date, once."""
    rows = first(Agreement.objects.filter(remind_at__lte=now), "remind_at")
    return in_turn(rows, lambda row: _remind(*row, now))


def _remind(number: int, due: datetime, organisation: int, now: datetime) -> bool:
    with scope.inside(organisation), transaction.atomic():
        claimed = Agreement.objects.filter(pk=number, remind_at=due).update(
            remind_at=None, reminded_on=F("look_back_on")
        )
        if claimed != 1:
            return False
        agreement = Agreement.objects.get(pk=number)
        tell(
            those_who_agreed(agreement, today(now)),
            kind="agreements.look_back",
            about=f"agreement {number}",
            page=page_of(agreement, "agreements:check_in", number),
            cause=f"look back {number} {agreement.look_back_on}",
            at=now,
        )
    return True


@on_tick("agreements.closing")
def closing(now: datetime) -> int:
    """End what had an end date; forget what stopped long ago."""
    rows = first(Agreement.objects.filter(close_at__lte=now), "close_at")
    return in_turn(rows, lambda row: _close(*row, now))


def _close(number: int, due: datetime, organisation: int, now: datetime) -> bool:
    clock = Actor(kind="clock", organisation=organisation)
    with scope.inside(organisation), transaction.atomic():
        if Agreement.objects.filter(pk=number, close_at=due).update(close_at=None) != 1:
            return False
        agreement = Agreement.objects.get(pk=number)
        if agreement.ended_at is not None:
            note(clock, "forgotten", agreement)
            agreement.delete()
            return True
        close_bell(agreement, Answered.NO_LONGER_NEEDED, now)
        agreement.ended_at = now
        settle(agreement, now)
        sign(agreement, Kind.ENDED, now, {})
        note(clock, "ended", agreement)
    return True
