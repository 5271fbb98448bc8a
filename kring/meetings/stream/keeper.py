"""What the stream looks after every two seconds: leases, and changes nobody rang a bell for.

And twice a second: is there a map of opinions to draw?
"""

import secrets
import time

from kring.base import clock, scope
from kring.meetings import room as rooms
from kring.meetings.actions.lead import renew_lease
from kring.meetings.engine import Ask, Who
from kring.meetings.engine.kinds import present_kind
from kring.meetings.models import Lease, Meeting
from kring.meetings.room import Job, Room
from kring.meetings.room.jobs import receipt_for

RENEW = 6.0
"""Seconds between two renewals of a lease of twenty: two may fail."""
_renewed: dict[int, float] = {}


def look_after(leading: dict[int, tuple[int, list[str]]]) -> list[int]:
    """``leading``: meeting → organisation and moderators' seats with an open screen.

    Answers the meetings that look different from what this process knows.
    """
    now = time.monotonic()
    for meeting, (organisation, seats) in leading.items():
        if seats and now - _renewed.get(meeting, 0.0) >= RENEW:
            _renewed[meeting] = now
            with scope.inside(organisation):
                _renew(meeting, organisation, seats)
    for meeting in [one for one in _renewed if one not in leading]:
        del _renewed[meeting]
    return _moved(list(leading))


def _renew(meeting: int, organisation: int, seats: list[str]) -> None:
    """Only who leads in the engine holds the lease; with two screens the first keeps it."""
    state = rooms.of_id(meeting, organisation).state
    for seat in seats:
        if state.is_moderator(seat) and renew_lease(meeting, seat):
            return


def _moved(meetings: list[int]) -> list[int]:
    with scope.everywhere("one poll for all meetings that are on a screen in this process"):
        rows = list(Meeting.objects.filter(pk__in=meetings).values_list("pk", "number", "version"))
        leads = _leads(meetings)
    moved = [one for one in meetings if (held := rooms.known(one)) is not None and held.quiet]
    for meeting, number, version in rows:
        room = rooms.known(meeting)
        if room is None:
            continue
        lead = leads.get(meeting)
        if lead != room.lead:
            room.lead = lead
            moved.append(meeting)
        elif (room.number, room.snap.about.get("version")) != (number, version):
            moved.append(meeting)
    return moved


def _leads(meetings: list[int]) -> dict[int, str]:
    held = Lease.objects.filter(meeting__in=meetings, until__gte=clock.now())
    return {meeting: f"s{place}" for meeting, place in held.values_list("meeting", "seat__place")}


def freshen(room: Room) -> None:
    """Catch up when another process wrote, or the plan changed; one small query otherwise."""
    if room.quiet:
        room.refresh()
        return
    with scope.inside(room.organisation):
        now = Meeting.objects.filter(pk=room.id).values_list("number", "version").first()
    if now is None:
        rooms.forget(room.id)
        raise rooms.Gone(room.id)
    room.hear()
    if now != (room.number, room.snap.about.get("version")):
        room.refresh()


def due(room: Room) -> Ask | None:
    """What the clock of this room asks now, if anything. Costs a look or two."""
    state = room.state
    if state.visit is None or state.flow.stage != "running" or state.flow.paused:
        return None
    return present_kind(state).due(state, state.visit, clock.now())


def draw(room: Room) -> None:
    """Ask it: when another process was faster, nothing happens."""
    asked = due(room)
    if asked is not None:
        room.carry(Job(Who(None), asked, receipt_for(room.id, None, secrets.token_hex(8))))
