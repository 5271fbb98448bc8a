"""How guests come in: with a cookie in a browser, with a pass through the public interface."""

from kring.base.policy import VISITOR, Actor
from kring.meetings.actions.join import guest_at_the_door, guest_with
from kring.meetings.models import Seat
from kring.people.door import other_ways, token_ways

PREFIX = "kringguest_"


def guest_pass(seat: Seat, secret: str) -> str:
    """The token a guest sends: the seat and the secret that only this guest has."""
    return f"{PREFIX}{seat.pk}.{secret}"


def guest_by_token(text: str) -> Actor:
    """The guest behind a pass, or a visitor."""
    proof = text.removeprefix(PREFIX)
    return (guest_with(proof) if proof != text else None) or VISITOR


other_ways.append(guest_at_the_door)
token_ways.append(guest_by_token)
