"""The meeting an address names, and how it is shown."""

from typing import Any

from django.http import HttpRequest

from kring.base.policy import NotThere, ask
from kring.meetings.models import Meeting, Mode, Seat, SeatState
from kring.meetings.policy import seat_of
from kring.people.api import actor_of_request


def meeting_of(request: HttpRequest, number: int) -> Meeting:
    """The meeting, if this actor may know that it exists."""
    rows = Meeting.objects.visible_to(actor_of_request(request))
    meeting: Meeting | None = rows.filter(pk=number).first()
    if meeting is None:
        raise NotThere
    return meeting


def shown(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """A meeting as far as this actor may know of it."""
    actor = actor_of_request(request)
    inside = seat_of(actor, meeting) is not None or bool(ask(actor, "meetings.change", meeting))
    seats = meeting.seats.select_related("person") if inside else []
    return {
        "id": meeting.pk,
        "title": meeting.title,
        "team": meeting.team_id,
        "protocol": meeting.protocol_id,
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "place": meeting.place,
        "state": meeting.state,
        "mode": meeting.mode,
        "version": meeting.version,
        "code": meeting.code if ask(actor, "meetings.change", meeting) else "",
        "seats": [seat_out(seat, always=meeting.mode == Mode.DAYS) for seat in seats],
        "windows": meeting.windows,
    }


def seat_out(seat: Seat, *, always: bool = False) -> dict[str, Any]:
    """A chair. ``always``: over days nobody sees who has looked."""
    return {
        "seat": seat.key,
        "name": seat.person.name if seat.person else seat.name,
        "roles": seat.roles,
        "state": SeatState.INVITED if always else seat.state,
    }
