"""The log of a trial: a line in under a minute, from a phone."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from kring.agreements.actions.ground import tidy
from kring.base.policy import Actor, NotThere, Refused, require
from kring.methods import rhythm
from kring.people import trail
from kring.series.actions.ground import note, today, zone
from kring.series.models import LogLine, Series
from kring.series.table import prototypes

MOST = 600


def write_line(
    actor: Actor,
    series: Series,
    *,
    words: Mapping[str, str],
    day: date | None = None,
    prototype: int | None = None,
) -> LogLine:
    """Write what happened on a day of the trial. ``words``: id of a question to an answer."""
    require(actor, "series.take_part", series)
    trial = rhythm.trial_now(series.script, series.held)
    if trial is None or not series.is_running:
        raise Refused(_("No trial is going on in this series now."))
    asked = [one.id for one in trial.log]
    said = {name: tidy(words.get(name, ""), MOST) for name in asked}
    kept = {name: text for name, text in said.items() if text}
    if not kept:
        raise Refused(_("Write at least one sentence."))
    when = day or today()
    if not series.last_on <= when <= today():
        raise Refused(_("Choose a day of this trial, today at the latest."))
    tried = list(prototypes(series))
    if prototype is not None and prototype not in {one.pk for one in tried}:
        raise NotThere
    about = prototype or (tried[0].pk if len(tried) == 1 else None)
    with transaction.atomic():
        line = LogLine(
            organisation_id=series.organisation_id,
            series=series,
            trial=trial.after,
            prototype_id=about,
            day=when,
            words=kept,
            at=datetime.combine(when, time(), tzinfo=zone()),  # no moment points at a writer
        )
        line.save()
        note(trail.unnamed(actor), "logged", series)
    return line


def take_line_away(actor: Actor, line: LogLine) -> None:
    """Any member takes a line away, without a reason: one no is enough (A9)."""
    require(actor, "series.read_log", line)
    with transaction.atomic():
        note(trail.unnamed(actor), "line_taken_away", line.series)
        line.delete()
