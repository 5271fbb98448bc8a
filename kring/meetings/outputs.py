"""Who receives what left the circle.

A feature registers, for an output type (methods reference A6), what becomes of an item:

    @outputs.register("working_factor")
    def keep(item: Harvested) -> str: ...      # what it became: "story 12"; "" for nothing

It is called once per item, in the transaction that closes the meeting. Agreements stand below
meetings, so meetings hand theirs down; stories stand above, so they register here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kring.base.policy import Actor
from kring.meetings.models import Meeting, Seat
from kring.methods.format.outputs import OUTPUTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """One released item. ``seats``: the people of the meeting by seat key.

    ``fields``: field id to value, seats as seat keys. ``named``: seat key of whom it came from, when
    that person wants their name with it.
    """

    meeting: Meeting
    item: str
    type: str
    text: str
    fields: Mapping[str, Any]
    visibility: str
    named: str | None
    seats: Mapping[str, Seat]

    def chosen(self, field: str) -> list[Seat]:
        """The seats in a field: people who chose it themselves."""
        kinds = {one.id: one.kind for one in OUTPUTS[self.type].fields}
        value = self.fields.get(field) if kinds.get(field) == "seat" else None
        keys = [value] if isinstance(value, str) else list(value or ())
        return [self.seats[key] for key in keys if key in self.seats]

    def day(self, field: str) -> date | None:
        """A field that is a day; None when empty or unreadable."""
        try:
            return date.fromisoformat(str(self.fields.get(field) or ""))
        except ValueError:
            return None

    def count(self, field: str, usual: int) -> int:
        """A field that is a whole number."""
        value = str(self.fields.get(field) or "")
        return int(value) if value.isdigit() else usual

    def words(self, field: str) -> str:
        """A field as text."""
        return str(self.fields.get(field) or "")


Receive = Callable[[Harvested], str]
_receivers: dict[str, Receive] = {}


def register(kind: str) -> Callable[[Receive], Receive]:
    """Receive items of one output type. A type has one receiver."""
    if kind not in OUTPUTS:
        raise ValueError(f"No output type is called {kind}.")

    def add(receive: Receive) -> Receive:
        if kind in _receivers:
            raise ValueError(f"Two features receive {kind}.")
        _receivers[kind] = receive
        return receive

    return add


def hand_out(item: Harvested) -> str:
    """Give an item to its receiver; the answer says what it became ("" when nobody wants it)."""
    receive = _receivers.get(item.type)
    return receive(item) if receive else ""


@register("agreement")
def _agreement(item: Harvested) -> str:
    """An agreement gets its bell. Only who took it on is named, and who rings the bell."""
    from kring.agreements.actions import make
    from kring.agreements.rules import USUAL_RHYTHM

    takers = item.chosen("who")
    ringer = next((seat.person for seat in item.chosen("bell_ringer") if seat.person), None)
    clerk = Actor(kind="clock", organisation=item.meeting.organisation_id)
    made = make(
        clerk,
        team=item.meeting.team,
        what=item.text,
        how_noticed=item.words("how_noticed"),
        look_back_on=item.day("look_back_on"),
        rhythm_days=item.count("rhythm_days", USUAL_RHYTHM),
        takers=[seat.person for seat in takers if seat.person],
        guests=[seat.name for seat in takers if seat.person is None],
        taken_on_by_team=not takers,
        bell_ringer=ringer,
        came_from=f"meeting {item.meeting.pk}",
    )
    return f"agreement {made.pk}"
