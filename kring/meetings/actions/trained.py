"""Whoever moderates must be trained, where the protocol asks for it: at every way to become one."""

from typing import Any

from django.db.models import QuerySet

from kring.base import scope
from kring.base.policy import Actor
from kring.meetings.engine import MODERATOR, Refused
from kring.meetings.models import Meeting, Seat
from kring.meetings.room import Room
from kring.methods.format.shapes import Text
from kring.methods.trained import is_trained, must_be_trained

NOT_TRAINED = Refused(
    "not_trained",
    Text(
        nl="Dit gesprek leidt alleen iemand die daarvoor geschoold is. Kies iemand anders.",
        en="Only somebody trained for this talk leads it. Choose somebody else.",
    ),
)


def lead_is_trained(actor: Actor, meeting: Meeting, *people: int | None) -> None:
    """Raise ``Refused`` unless all of these people may lead this meeting."""
    must_be_trained(meeting.script, people, actor)


def untrained(held: Room, asked: dict[str, Any]) -> Refused | None:
    """The refusal of an ask that would make somebody moderator who may not lead this protocol."""
    if not held.state.protocol.moderator_trained:
        return None
    seat = _asked_to_lead(asked)
    if seat is None:
        return None
    with scope.inside(held.organisation):
        chair = _chair(Seat.objects.filter(meeting=held.id), seat)
        person = chair.person_id if chair else None
        may = person is not None and is_trained(person, held.state.protocol)
    return None if may else NOT_TRAINED


def _asked_to_lead(asked: dict[str, Any]) -> str | None:
    if asked.get("kind") == "hand_over":
        return str(asked.get("to") or "")
    if asked.get("kind") == "give_role" and asked.get("role") == MODERATOR:
        return str(asked.get("seat") or "")
    return None


def _chair(seats: "QuerySet[Seat]", seat: str) -> Seat | None:
    place = seat.removeprefix("s")
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        return None
    return seats.filter(place=int(place)).first()
