"""Pages of this feature."""

from kring.series.views.living import (
    away,
    invite,
    leave,
    offer,
    plan_next,
    rest,
    resume,
    rhythm,
    stop,
)
from kring.series.views.log import log, take_line_away
from kring.series.views.one import series, several
from kring.series.views.start import choose, start
from kring.series.views.table import reply

__all__ = [
    "away",
    "choose",
    "invite",
    "leave",
    "log",
    "offer",
    "plan_next",
    "reply",
    "rest",
    "resume",
    "rhythm",
    "series",
    "several",
    "start",
    "stop",
    "take_line_away",
]
