"""One running meeting in this process: what it is now, and how asks are carried into it."""

from kring.meetings.room.jobs import Done, Job
from kring.meetings.room.room import (
    Gone,
    Room,
    at_close,
    forget,
    forget_all,
    known,
    let_go,
    of,
    of_id,
)
from kring.meetings.room.snap import Snap

__all__ = [
    "Done",
    "Gone",
    "Job",
    "Room",
    "Snap",
    "at_close",
    "forget",
    "forget_all",
    "known",
    "let_go",
    "of",
    "of_id",
]
