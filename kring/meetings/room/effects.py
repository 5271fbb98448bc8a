"""What a lasting event means for the tables around the log, in the same transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from kring.meetings.engine import Event, State
from kring.meetings.models import Meeting, Seat, Stage

KEPT_DAYS = 42
"""Six weeks after close what was said is deleted, unless it was harvested (methods A5, K)."""

CHANGES_PEOPLE = frozenset(
    {"seat.taken", "seat.returned", "role.given", "role.dropped", "meeting.closed", "devices.set"}
)
OnClose = Callable[[Meeting, State, datetime], None]
on_close: list[OnClose] = []
"""What happens when a meeting closes, in its transaction (the harvest is handed out)."""


def follow(meeting: Meeting, events: Iterable[Event], state: State, now: datetime) -> None:
    """Keep roles, mode and stage of the tables equal to the record."""
    kinds = {event.kind for event in events}
    if kinds & {"role.given", "role.dropped"}:
        _roles(meeting, state)
    if "devices.set" in kinds and meeting.mode in ("phones", "one_device"):
        mode = "one_device" if state.one_device else "phones"
        Meeting.objects.filter(pk=meeting.pk).update(mode=mode)
    if "meeting.closed" in kinds:
        close(meeting, state, now)


def _roles(meeting: Meeting, state: State) -> None:
    for seat in Seat.objects.filter(meeting=meeting):
        held = sorted(state.record.roles.get(seat.key, frozenset()))
        if seat.key in state.record.seats and held != sorted(seat.roles):
            seat.roles = held
            seat.save(update_fields=["roles"])


def close(meeting: Meeting, state: State, now: datetime) -> None:
    """The code stops working, guests lose their pass, and the harvest goes where it belongs."""
    keep_until = now.date() + timedelta(days=KEPT_DAYS)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Stage.CLOSED,
        closed_at=now,
        code="",
        keep_until=keep_until,
        due_at=now + timedelta(days=KEPT_DAYS),
    )
    meeting.refresh_from_db()
    for hand_out in on_close:
        hand_out(meeting, state, now)
    Seat.objects.filter(meeting=meeting).update(pass_hash="")
    from kring.meetings.models import Lease

    Lease.objects.filter(meeting=meeting).delete()
