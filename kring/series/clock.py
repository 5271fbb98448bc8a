"""What time does to series: one kind letter, a rest that is over, and forgetting.

Each duty reads one indexed column and claims its work by emptying it. Several clocks may run.
"""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from kring.base import scope
from kring.base.clock import in_turn, on_tick
from kring.base.policy import Actor
from kring.methods import rhythm
from kring.people.models import Organisation
from kring.people.post import tell
from kring.series.actions.ground import due, members, note, people, settle
from kring.series.actions.planning import next_leader, planned
from kring.series.models import LogLine, Series
from kring.series.rules import State

AT_ONCE = 200
Due = list[tuple[int, datetime, int]]  # series, moment, organisation


def _first(rows: QuerySet[Series], moment: str, now: datetime) -> Due:
    found = rows.filter(**{f"{moment}__lte": now}).order_by(moment)
    return cast(Due, list(found.values_list("pk", moment, "organisation_id")[:AT_ONCE]))


def _claim(number: int, moment: str, due_at: datetime) -> Series | None:
    """The series, if no other clock took this duty; within the caller's transaction."""
    claimed = Series.objects.filter(**{"pk": number, moment: due_at}).update(**{moment: None})
    if claimed != 1:
        return None
    found: Series = Series.objects.select_related("team").get(pk=number)
    return found


@on_tick("series.dates")
def dates(now: datetime) -> int:
    """A week before the next meeting is due and nothing is planned: one letter to who leads it."""
    rows = _first(Series.objects.filter(state=State.RUNNING), "remind_at", now)
    return in_turn(rows, lambda row: _ask_for_a_date(*row, now))


def _ask_for_a_date(number: int, due_at: datetime, organisation: int, now: datetime) -> bool:
    with scope.inside(organisation), transaction.atomic():
        series = _claim(number, "remind_at", due_at)
        if series is None or planned(series) is not None:
            return False
        leads = next_leader(series, list(members(series)))
        tell(
            [one for one in people(series) if leads is None or one.pk == leads.pk],
            kind="series.date",
            about=f"series {number}",
            page=page_of(series),
            cause=f"series date {number} {series.held}",
            at=now,
        )
    return True


@on_tick("series.trials")
def trials(now: datetime) -> int:
    """Some days into a trial nobody wrote a line: one letter to everybody who tries."""
    rows = _first(Series.objects.filter(state=State.RUNNING), "nudge_at", now)
    return in_turn(rows, lambda row: _ask_for_a_line(*row, now))


def _ask_for_a_line(number: int, due_at: datetime, organisation: int, now: datetime) -> bool:
    with scope.inside(organisation), transaction.atomic():
        series = _claim(number, "nudge_at", due_at)
        trial = rhythm.trial_now(series.script, series.held) if series else None
        if series is None or trial is None:
            return False
        if LogLine.objects.filter(series=series, trial=trial.after).exists():
            return False
        tell(
            people(series),
            kind="series.log",
            about=f"series {number}",
            page=page_of(series, "series:log"),
            cause=f"series log {number} {trial.after}",
            at=now,
        )
    return True


@on_tick("series.ends")
def ends(now: datetime) -> int:
    """A rest is over, and the series asks for a date again; or a stopped one is forgotten."""
    rows = _first(Series.objects.exclude(state=State.RUNNING), "end_at", now)
    return in_turn(rows, lambda row: _end(*row))


def _end(number: int, due_at: datetime, organisation: int) -> bool:
    clock = Actor(kind="clock", organisation=organisation)
    with scope.inside(organisation), transaction.atomic():
        series = _claim(number, "end_at", due_at)
        if series is None:
            return False
        if series.state == State.STOPPED:
            note(clock, "forgotten", series)
            series.delete()
            return True
        series.state, series.rests_until = State.RUNNING, None
        day = series.due_on
        due(series, day)
        series.remind_at = due_at  # the letter that asks for a date goes out now
        settle(series)
        note(clock, "woke", series)
    return True


@on_tick("series.logs")
def logs(now: datetime) -> int:
    """Six weeks after the meeting that closed a trial its log is gone."""
    over = LogLine.objects.filter(forget_at__lte=now)
    return over.delete()[0] if over.exists() else 0


def page_of(series: Series, name: str = "series:series") -> str:
    """Address of a page about this series."""
    slug = Organisation.objects.values_list("slug", flat=True).get(pk=series.organisation_id)
    return reverse(name, args=[slug, series.pk])
