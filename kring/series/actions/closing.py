"""A meeting of a series closed: what the series remembers of it, in the same transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from kring.meetings.engine import State as Room
from kring.meetings.models import Meeting, SeatState
from kring.meetings.room import effects
from kring.methods import rhythm
from kring.methods.format.series import Trial
from kring.series.actions.ground import due, fresh, settle, zone
from kring.series.models import LogLine, Member, Series, Sitting
from kring.series.rules import LETTER_TIME, LOG_KEPT
from kring.stories.models import Story


def remember(meeting: Meeting, state: Room, now: datetime) -> None:
    """Count it, give the turn to the next person, and say when the next is due; begin a trial."""
    sitting: Any = Sitting.objects.filter(meeting=meeting, held_on=None).first()
    if sitting is None:
        return
    series = fresh(sitting.series)
    before, day = rhythm.trial_now(series.script, series.held), localtime(now).date()
    series.held += 1
    sitting.number, sitting.held_on = series.held, day
    sitting.save(update_fields=["number", "held_on"])
    _turn_taken(series, meeting)
    series.last_on, series.offered = day, None
    due(series, rhythm.due_on(series.script, series.held, day, series.rhythm_days))
    series.nudge_at = None
    if before is not None:
        lines = LogLine.objects.filter(series=series, trial=before.after)
        lines.update(forget_at=now + LOG_KEPT)
    trial = rhythm.trial_now(series.script, series.held)
    if trial is not None:
        _begin(series, trial, meeting, now)
    settle(series)


def _turn_taken(series: Series, meeting: Meeting) -> None:
    """Whoever led moves to the end of the queue. Only the number of the meeting is kept."""
    seats = meeting.seats.exclude(state=SeatState.WITHDRAWN).values_list("person_id", "roles")
    led = [person for person, roles in seats if person and "moderator" in roles]
    Member.objects.filter(series=series, person__in=led).update(led=series.held)
    Member.objects.filter(series=series, away_until__lte=series.due_on).update(away_until=None)


def _begin(series: Series, trial: Trial, meeting: Meeting, now: datetime) -> None:
    """People go and try: the prototypes of this meeting are tried now, and the log opens."""
    Story.objects.filter(
        came_from=f"meeting {meeting.pk}", kind="prototype", status="idea", withdrawn_at=None
    ).update(status="trying")
    morning = localtime(now, zone()).date() + timedelta(days=trial.nudge_days)
    series.nudge_at = datetime.combine(morning, LETTER_TIME, tzinfo=zone())


effects.on_close.append(remember)
