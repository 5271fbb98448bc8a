"""How bots play: shared moves for the ``bot`` of every step kind (tests, rehearsal, benchmarks)."""

from random import Random

from .asks import Ask, Contribute, EndTurn
from .cards import takes_entries
from .rules import may
from .shape import Who
from .state import State

WORDS = (
    "Wij nemen de tijd om te vragen wat iemand nodig heeft.",
    "We begonnen op tijd en iedereen kwam aan het woord.",
    "Er was rust doordat één iemand de telefoon opnam.",
    "We spraken af wie er de volgende dag zou bellen.",
    "Een grapje op het goede moment hielp echt.",
    "She asked first, and only then told what she thought.",
    "We wrote it down together, in our own words.",
)


#: In a larger circle bots write one card each, so that it stays readable.
LARGE = 12


def some_words(chance: Random) -> str:
    """A sentence that is different every time, so that tests can look for it."""
    return f"{chance.choice(WORDS)} ({chance.getrandbits(40):010x})"


def write_some(state: State, visit: str, seat: str, chance: Random, most: int = 2) -> Ask | None:
    """Write up to ``most`` cards in a visit. On the one device the moderator writes for all."""
    step = state.step
    if step is None or not takes_entries(step) or may(state, Who(seat), "contribute") is not None:
        return None
    if state.one_device and state.is_moderator(seat):
        room, kept_sheet = state.room_sheet(visit), state.kept_sheet(visit)
        written = len(room.cards) + len(room.hand) + len(kept_sheet.cards)
        return Contribute(text=some_words(chance)) if written < 3 * most else None
    if len(state.record.seats) > LARGE:
        most = 1
    mine = len(state.room_sheet(visit).by_seat.get(seat, ()))
    if mine >= min(most, step.entry.most_per_seat if step.entry else 0):
        return None
    return Contribute(text=some_words(chance))


def move_absent(state: State, holder: str | None, seat: str) -> Ask | None:
    """A moderator moves the floor on for somebody without a phone, or when there is one device."""
    if holder is None or not state.is_moderator(seat):
        return None
    chair = state.record.seats[holder]
    return EndTurn() if state.one_device or not chair.has_device else None
