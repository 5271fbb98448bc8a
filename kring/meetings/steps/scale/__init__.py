"""SCALE: 0 to 10 with described ends; each places a number, all are shown at once.

``view.part.numbers`` (after showing): value and, only where named (V2), seat. ``mine.part.value``:
my own number until then. Numbers carry the voice (a role) they came from only when every number has
one of the step's ``voices`` and each voice gave five or more; ``view.part.voices`` then names them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from kring.meetings.engine import reveal
from kring.meetings.engine.asks import Ask, Place, Reveal
from kring.meetings.engine.cards import author_of
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.see import say
from kring.meetings.engine.shape import (
    Answer,
    Audience,
    Data,
    Decided,
    Events,
    Refused,
    passing,
)
from kring.meetings.engine.state import Sheet, State
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Visibility

#: So many numbers of each voice before they are shown apart (methods 1.4; instruments I00).
ENOUGH_PER_VOICE = 5


@dataclass(frozen=True, slots=True)
class Numbers:
    """``hand``: by seat, hidden. ``loose``: placed for the circle. ``shown``: value and name.

    ``voices``: beside ``shown``, the role each came from; empty when they are not shown apart.
    """

    hand: Mapping[str, int] = field(default_factory=dict)
    loose: tuple[int, ...] = ()
    shown: tuple[tuple[int, str | None], ...] = ()
    voices: tuple[str, ...] = ()


def _own(sheet: Sheet) -> Numbers:
    return sheet.own if isinstance(sheet.own, Numbers) else Numbers()


def _placed(sheet: Sheet, data: Data) -> Sheet:
    own, seat, value = _own(sheet), data["seat"], data["value"]
    if seat is None:
        loose = (*own.loose, value) if value is not None else own.loose[:-1]
        return replace(sheet, own=replace(own, loose=loose))
    hand = {other: number for other, number in own.hand.items() if other != seat}
    if value is not None:
        hand[seat] = value
    return replace(sheet, own=replace(own, hand=hand))


def _revealed(sheet: Sheet, data: Data) -> Sheet:
    shown = tuple((number["value"], number.get("named")) for number in data["numbers"])
    voices = tuple(number["voice"] for number in data["numbers"] if "voice" in number)
    return replace(sheet, own=Numbers(shown=shown, voices=voices), revealed=True, written=True)


def _emptied(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, own=Numbers(), revealed=True, written=True)


def shown(state: State, visit: str) -> tuple[tuple[int, str | None], ...]:
    """The numbers on the table."""
    return _own(state.kept_sheet(visit)).shown or _own(state.room_sheet(visit)).shown


def is_open(state: State, visit: str) -> bool:
    """Were the numbers of this visit shown?"""
    return state.kept_sheet(visit).revealed or state.room_sheet(visit).revealed


class Scale(Kind):
    """Nobody follows the boss: all numbers appear together."""

    over_days = True
    asks = frozenset({"place", "reveal"})
    folds = {
        "number.placed": _placed,
        "numbers.revealed": _revealed,
        "numbers.emptied": _emptied,
    }
    moves = (("placing", "place", "placing"), ("placing", "reveal", "revealed"))

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Until the numbers are shown."""
        assert state.step is not None
        if state.step.visibility == Visibility.NOBODY:
            return no("nothing_entered")
        if state.step.visibility == Visibility.AUTHOR:
            return no("own_note")
        return no("revealed") if is_open(state, state.visit or "") else None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Place a number, or show all."""
        match ask:
            case Place():
                return _place(m, ask)
            case Reveal():
                return _reveal(m, ask)
            case _:
                return no("wrong_step")

    def shut(self, m: Moment) -> Events:
        """Over days all is shown when the window closes; too few without names stay hidden."""
        if self.stage(m.state, m.visit) != "placing":
            return ()
        answer = _reveal(m, Reveal(confirmed=True))
        return answer.events if isinstance(answer, Decided) else ()

    def stage(self, state: State, visit: str) -> str:
        """Placing or revealed."""
        return "revealed" if is_open(state, visit) else "placing"

    def done(self, state: State, visit: str) -> bool:
        """When the numbers are shown."""
        return is_open(state, visit)

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """The numbers, once shown. No mean: a few numbers are not a measurement."""
        numbers = [{"value": v, "seat": seat} for v, seat in shown(state, visit)]
        own = _own(state.kept_sheet(visit)), _own(state.room_sheet(visit))
        apart = own[0].voices or own[1].voices
        if not apart:
            return {"numbers": numbers}
        told = [{**number, "voice": voice} for number, voice in zip(numbers, apart, strict=True)]
        titles = {role.id: say(role.title) for role in state.protocol.roles}
        heard = [{"id": one, "title": titles[one]} for one in titles if one in apart]
        return {"numbers": told, "voices": heard}

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """My own number; for whoever writes for the circle also those without an owner."""
        own = _own(state.room_sheet(visit))
        found: dict[str, Any] = {"value": own.hand.get(seat)}
        if state.one_device and state.is_moderator(seat):
            found["circle_numbers"] = list(own.loose)
        return found

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Place a number; the moderator shows them last."""
        if self.may(state, seat, "place") is not None:
            return None
        own = _own(state.room_sheet(visit))
        for_circle = state.one_device and state.is_moderator(seat)
        if not for_circle and seat not in own.hand:
            return Place(value=chance.randint(0, 10))
        if for_circle and len(own.loose) < 4:
            return Place(value=chance.randint(0, 10))
        unnamed = state.step is not None and state.step.visibility == "V2a"
        enough = not own.hand or len(own.hand) >= reveal.ENOUGH_AUTHORS or not unnamed
        wanted = (state.step.shown_from if state.step is not None else None) or 0
        enough = enough and len(own.hand) + len(own.loose) >= wanted
        return Reveal(confirmed=True) if state.is_moderator(seat) and enough else None


def _place(m: Moment, ask: Place) -> Answer:
    own, seat = _own(m.state.room_sheet(m.visit)), author_of(m, True, False)
    if seat is None:
        if ask.value is None and not own.loose:
            return Decided()
    elif own.hand.get(seat) == ask.value:
        return Decided()
    return Decided((passing("number.placed", visit=m.visit, seat=seat, value=ask.value),))


def _reveal(m: Moment, ask: Reveal) -> Answer:
    own = _own(m.state.room_sheet(m.visit))
    if not own.hand and not own.loose:
        return no("nothing_written")
    if len(own.hand) + len(own.loose) < (m.step.shown_from or 0):
        return no("too_few_numbers")
    refusal = reveal.may_show(m.step, own.hand, confirmed=ask.confirmed)
    if refusal is not None:
        return refusal
    named = m.step.visibility == Visibility.CIRCLE_NAMED_AFTER_REVEAL
    numbers: list[dict[str, Any]] = [
        {"value": value} | ({"named": seat} if named else {}) for seat, value in own.hand.items()
    ]
    numbers += [{"value": value} for value in own.loose]
    for number, voice in zip(numbers, _voices(m, own), strict=False):
        number["voice"] = voice
    m.chance.shuffle(numbers)
    return Decided(reveal.shown_events(m, "numbers.revealed", "numbers.emptied", numbers=numbers))


def _voices(m: Moment, own: Numbers) -> list[str]:
    """The voice of every number in the hand, or nothing when one could be recognised by it."""
    wanted = frozenset(m.step.voices)
    held = [sorted(wanted & m.state.roles_of(seat)) for seat in own.hand]
    if not wanted or own.loose or any(len(roles) != 1 for roles in held):
        return []
    voices = [roles[0] for roles in held]
    return voices if min(Counter(voices).values()) >= ENOUGH_PER_VOICE else []


KIND = Scale()
