"""Every write of this feature."""

from kring.series.actions.answering import reply_in_meeting
from kring.series.actions.closing import remember
from kring.series.actions.living import keep_rhythm, rest, resume, stop
from kring.series.actions.log import take_line_away, write_line
from kring.series.actions.people import away, invite, lead_or_not, leave, offer
from kring.series.actions.planning import next_leader, plan_next, planned
from kring.series.actions.starting import Wish, start

__all__ = [
    "Wish",
    "away",
    "invite",
    "keep_rhythm",
    "lead_or_not",
    "leave",
    "next_leader",
    "offer",
    "plan_next",
    "planned",
    "remember",
    "reply_in_meeting",
    "rest",
    "resume",
    "start",
    "stop",
    "take_line_away",
    "write_line",
]
