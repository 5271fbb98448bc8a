"""Live meetings: the plan, the chairs, the numbered log and what left the circle."""

from kring.meetings.models.harvest import Harvest
from kring.meetings.models.log import Lease, MeetingEvent
from kring.meetings.models.meeting import Meeting, Mode, Stage
from kring.meetings.models.note import PrivateNote
from kring.meetings.models.sealed import SealedRoom
from kring.meetings.models.seat import Seat, SeatState

__all__ = [
    "Harvest",
    "Lease",
    "Meeting",
    "MeetingEvent",
    "Mode",
    "PrivateNote",
    "SealedRoom",
    "Seat",
    "SeatState",
    "Stage",
]
