"""What time does to meetings: an abandoned one closes, what was kept goes after six weeks."""

import logging
from datetime import datetime, timedelta

from kring.base import scope
from kring.base.clock import on_tick
from kring.meetings import room
from kring.meetings.actions.closing import hard_stop
from kring.meetings.actions.days import turn
from kring.meetings.actions.modes import ABANDONED
from kring.meetings.actions.notes import shred
from kring.meetings.models import Lease, Meeting, MeetingEvent, Mode, PrivateNote, Seat, Stage
from kring.meetings.room.sealed import wipe
from kring.meetings.rules.days import WAITS, from_json

log = logging.getLogger("kring.meetings")
AT_ONCE = 200
OLD_LEASE = timedelta(hours=1)


@on_tick("meetings.due")
def due(now: datetime) -> int:
    """Close what was abandoned, forget what is over."""
    done = 0
    rows = Meeting.objects.filter(due_at__lte=now).order_by("due_at")[:AT_ONCE]
    for meeting in list(rows):
        with scope.inside(meeting.organisation_id):
            if meeting.mode == Mode.DAYS and not meeting.is_over and not _waited_long(meeting, now):
                done += _turned(meeting, now)
            elif meeting.state == Stage.OPEN:
                done += _abandoned(meeting, now)
            elif meeting.state == Stage.CLOSED:
                done += forget(meeting)
            else:
                done += _never_held(meeting)
    return done


def _turned(meeting: Meeting, now: datetime) -> int:
    """One meeting that cannot go on keeps no other from its next part."""
    try:
        return turn(meeting, now)
    except Exception:
        log.exception("A meeting over days could not turn its page; tried again in ten minutes.")
        later = now + timedelta(minutes=10)
        Meeting.objects.filter(pk=meeting.pk, due_at__lte=now).update(due_at=later)
        return 0


def _waited_long(meeting: Meeting, now: datetime) -> bool:
    """Over days: all parts are over and nobody closed it for two weeks."""
    windows = from_json(meeting.windows)
    return meeting.is_open and bool(windows) and windows[-1].closes_at + WAITS <= now


def _abandoned(meeting: Meeting, now: datetime) -> int:
    """An open meeting is closed only after twelve hours in which nobody did anything."""
    if meeting.mode in (Mode.PAPER, Mode.DAYS):
        return int(hard_stop(meeting, now))
    busy = _last_word(meeting)
    if busy is not None and busy + ABANDONED > now:
        again = busy + ABANDONED
        Meeting.objects.filter(pk=meeting.pk, due_at=meeting.due_at).update(due_at=again)
        return 0
    return int(hard_stop(meeting, now))


def _last_word(meeting: Meeting) -> datetime | None:
    last = MeetingEvent.objects.filter(meeting=meeting, at__isnull=False).order_by("number").last()
    return last.at if last else meeting.opened_at


def _never_held(meeting: Meeting) -> int:
    """Planned, and nobody came: it is called off and its code is free again."""
    return Meeting.objects.filter(pk=meeting.pk, state=Stage.PLANNED, due_at=meeting.due_at).update(
        state=Stage.CANCELLED, code="", due_at=None
    )


def forget(meeting: Meeting) -> int:
    """Six weeks later: the log, the notes and who sat where are gone; what was harvested stays."""
    claimed = Meeting.objects.filter(pk=meeting.pk, due_at=meeting.due_at).update(
        due_at=None, about=""
    )
    if not claimed:
        return 0
    for note in PrivateNote.objects.filter(meeting=meeting):
        shred(note)
    MeetingEvent.objects.filter(meeting=meeting).delete()
    Seat.objects.filter(meeting=meeting).delete()
    wipe(meeting)
    room.forget(meeting.pk)
    return 1


@on_tick("meetings.leases")
def leases(now: datetime) -> int:
    """Leases that ran out long ago say nothing any more."""
    old = Lease.objects.filter(until__lt=now - OLD_LEASE)
    return old.delete()[0] if old.exists() else 0
