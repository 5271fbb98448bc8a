"""What only one seat sees. Cheap: it is asked for every seat, so it never looks at everybody."""

from . import seating
from .audience import audience
from .cards import card_in
from .kinds import present_kind
from .state import State
from .views import Mine, MyCard


def mine(state: State, seat: str) -> Mine:
    """This seat's own cards, signal, note offer and consents."""
    own: Mine = {
        "seat": seat,
        "roles": sorted(state.roles_of(seat)),
        "pause": False,
        "note": False,
        "cards": [],
        "part": {},
    }
    table = seating.table_of(state, seat)
    if table is not None:
        own["table"] = table
        own["hosts"] = seating.hosts(state, seat)
    visit = state.visit
    if state.flow.stage != "running" or visit is None or not state.is_here(seat):
        return own
    own["pause"] = seat in state.room.pauses
    own["note"] = audience(state, seat, "phone").may_note
    own["cards"] = my_cards(state, visit, seat)
    own["part"] = present_kind(state).mine(state, visit, seat)
    return own


def my_cards(state: State, visit: str, seat: str) -> list[MyCard]:
    """The cards this seat wrote in a visit and the room still knows to be theirs."""
    room = state.room_sheet(visit)
    found: list[MyCard] = []
    for ref in room.by_seat.get(seat, ()):
        card = card_in(state, visit, ref)
        if card is not None:
            found.append(
                {
                    "card": ref,
                    "text": card.text,
                    "hidden": ref in room.hand,
                    "removed": card.removed,
                }
            )
    return found
