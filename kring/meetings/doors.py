"""How guests come in: with a cookie in a browser, with a pass through the public interface."""

import hashlib
import hmac

from kring.base.policy import VISITOR, Actor
from kring.meetings.actions.join import guest_at_the_door
from kring.meetings.models import Seat, SeatState
from kring.people.door import other_ways, token_ways

PREFIX = "kringguest_"


def guest_pass(seat: Seat, secret: str) -> str:
    """The token a guest sends: the seat and the secret that only this guest has."""
    return f"{PREFIX}{seat.pk}.{secret}"


def guest_with(text: str) -> Actor:
    """The guest behind a pass, or a visitor. Works while the seat is taken, until the meeting ends."""
    number, _dot, secret = text.removeprefix(PREFIX).partition(".")
    if not text.startswith(PREFIX) or not number.isdigit() or len(number) > 18:
        return VISITOR
    seat = Seat.objects.filter(pk=int(number), person=None, state=SeatState.JOINED).first()
    digest = hashlib.sha256(secret.encode()).hexdigest()
    if seat is None or not seat.pass_hash or not hmac.compare_digest(seat.pass_hash, digest):
        return VISITOR
    return Actor(kind="guest", organisation=seat.organisation_id, seat=seat.pk, name=seat.name)


other_ways.append(guest_at_the_door)
token_ways.append(guest_with)
