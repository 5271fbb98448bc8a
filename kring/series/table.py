"""What lies on the table of a series: what is open since last time (reference A6, 5.3, 5.5).

Every function answers rows of this series, not yet filtered for a reader; pages ask
``visible_to`` on top, screens in a room show a thing only while everybody there may read it.
"""

from django.db.models import Q

from kring.agreements.models import Agreement
from kring.agreements.models.agreement import Agreements
from kring.series.models import LogLine, Series, Sitting
from kring.stories.models import Stories, Story

TRIED = ("idea", "trying")


def _meetings(series: Series) -> list[str]:
    """References of its meetings, as agreements and stories keep them. One query."""
    numbers = Sitting.objects.filter(series=series).values_list("meeting_id", flat=True)
    return [f"meeting {number}" for number in numbers]


def agreements(series: Series) -> Agreements:
    """Agreements that came from its meetings and still run."""
    rows: Agreements = Agreement.objects.open_for_team(series.team_id)
    return rows.filter(came_from__in=_meetings(series))


def waiting(series: Series) -> Stories:
    """Signals, requests for help and questions without a final reply that lie on this table.

    Signals: those of the teams in the part of the organisation this group stands for. Questions:
    those that came from its own meetings.
    """
    wanted, table = Q(pk__in=[]), series.script.on_the_table
    if "signals" in table:
        below = series.team.unit.path if series.team.unit_id else series.team.path
        wanted |= Q(
            kind__in=["signal", "help_request"],
            visibility__in=["V5", "V6"],
            team__path__startswith=below,
        )
    if "questions" in table:
        wanted |= Q(kind="question", came_from__in=_meetings(series))
    rows: Stories = Story.objects.waiting()
    return rows.filter(wanted).select_related("team")


def prototypes(series: Series) -> Stories:
    """Prototypes from its meetings that are an idea or are being tried."""
    rows: Stories = Story.objects.filter(
        kind="prototype", status__in=TRIED, came_from__in=_meetings(series), withdrawn_at=None
    )
    return rows.order_by("pk")


def log(series: Series, trial: str) -> "list[LogLine]":
    """The log of one trial, newest day first."""
    return list(LogLine.objects.filter(series=series, trial=trial))
