"""A series rests, stops, or is taken up again. Nothing is ever "finished"."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kring.agreements.actions.ground import tidy
from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused, require
from kring.methods import rhythm
from kring.series.actions.ground import due, fresh, note, settle, today, zone
from kring.series.actions.planning import planned
from kring.series.models import Series
from kring.series.rules import KEPT_AFTER_STOP, State, letter_at, may_rest_until


def rest(actor: Actor, series: Series, *, until: date) -> Series:
    """Nothing is asked of anybody until that day; then it goes on by itself."""
    require(actor, "series.plan", series)
    if not may_rest_until(today(), until):
        raise Refused(_("Choose a day in the coming year."))
    with transaction.atomic():
        series = fresh(series)
        series.state, series.rests_until = State.RESTING, until
        due(series, rhythm.working_day(until))
        series.remind_at = series.nudge_at = None
        series.end_at = letter_at(until, zone())  # a week before: then it asks for a date again
        settle(series)
        note(actor, "rested", series)
    return series


def resume(actor: Actor, series: Series) -> Series:
    """Take it up again: after a rest, or after it was stopped (also by mistake)."""
    require(actor, "series.change", series)
    if series.state == State.RUNNING:
        return series
    with transaction.atomic():
        series = fresh(series)
        was_resting = series.state == State.RESTING
        series.state, series.rests_until, series.stopped_on = State.RUNNING, None, None
        series.end_at, series.words = None, ""
        plan = series.script
        from_day = series.last_on if was_resting else today()
        due(series, max(rhythm.due_on(plan, series.held, from_day, series.rhythm_days), today()))
        settle(series)
        note(actor, "resumed", series)
    return series


def stop(actor: Actor, series: Series, *, words: str = "") -> Series:
    """The group stops and says, if it likes, what it brought. A planned meeting is called off first."""
    require(actor, "series.change", series)
    said = tidy(words, 600)
    if planned(series) is not None:
        raise Refused(_("A meeting is still planned. Hold it or cancel it first."))
    with transaction.atomic():
        series = fresh(series)
        series.state, series.stopped_on, series.words = State.STOPPED, today(), said
        series.rests_until = series.offered = None
        due(series, None)
        series.nudge_at, series.end_at = None, clock.now() + KEPT_AFTER_STOP
        settle(series)
        note(actor, "stopped", series)
    return series


def keep_rhythm(actor: Actor, series: Series, *, days: int) -> Series:
    """Another rhythm, one of those the method knows."""
    require(actor, "series.plan", series)
    turns = series.script.rhythm
    if days not in {turns.every_days, *turns.choices}:
        raise NotThere
    with transaction.atomic():
        series = fresh(series)
        series.rhythm_days = days
        due(series, rhythm.due_on(series.script, series.held, series.last_on, days))
        settle(series)
        note(actor, "rhythm", series)
    return series
