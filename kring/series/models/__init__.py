"""Series, who is in them, their meetings, and the log of a trial."""

from kring.series.models.line import LogLine
from kring.series.models.people import Member, Sitting
from kring.series.models.series import Series, SeriesRows

__all__ = ["LogLine", "Member", "Series", "SeriesRows", "Sitting"]
