"""CHOOSE: which cards of an earlier step go on, and which of them belong together.

The cards are in ``view.basis``. ``view.part``: ``picked`` (ids in order), ``under`` (card to the
card it lies under), ``room_left`` (None: no limit). When nothing is picked, everything goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from kring.meetings.engine.asks import Ask, Pick, PutTogether
from kring.meetings.engine.cards import scribes
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.see import basis
from kring.meetings.engine.shape import (
    Answer,
    Audience,
    Data,
    Decided,
    Event,
    Events,
    Refused,
    kept,
    passing,
)
from kring.meetings.engine.state import Card, Sheet, State, lasts, step_of
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Step


@dataclass(frozen=True, slots=True)
class Picks:
    """Picked cards with their text (only where it is kept), and what lies under what."""

    picked: Mapping[str, str] = field(default_factory=dict)
    under: Mapping[str, str] = field(default_factory=dict)


def _own(sheet: Sheet) -> Picks:
    return sheet.own if isinstance(sheet.own, Picks) else Picks()


def _picked(sheet: Sheet, data: Data) -> Sheet:
    own = _own(sheet)
    return replace(sheet, own=replace(own, picked={**own.picked, data["card"]: data["text"]}))


def _unpicked(sheet: Sheet, data: Data) -> Sheet:
    own = _own(sheet)
    picked = {card: text for card, text in own.picked.items() if card != data["card"]}
    return replace(sheet, own=replace(own, picked=picked))


def _put(sheet: Sheet, data: Data) -> Sheet:
    own = _own(sheet)
    under = {card: top for card, top in own.under.items() if card != data["card"]}
    if data["under"] is not None:
        under[data["card"]] = data["under"]
    return replace(sheet, own=replace(own, under=under))


def _step(state: State, visit: str) -> Step:
    return step_of(state.protocol, state.record.visits[visit].step)


def picks(state: State, visit: str) -> Picks:
    """What was picked: in the record where the step keeps it, otherwise in the room."""
    keeps = lasts(_step(state, visit))
    picked = _own(state.kept_sheet(visit) if keeps else state.room_sheet(visit)).picked
    return Picks(picked=picked, under=_own(state.room_sheet(visit)).under)


class Choose(Kind):
    """By the circle, or by the holder of the step's role."""

    over_days = True
    asks = frozenset({"pick", "put_together"})
    folds = {"card.picked": _picked, "card.unpicked": _unpicked, "card.put": _put}
    moves = (
        ("choosing", "put_together", "choosing"),
        ("choosing", "pick", "chosen"),
        ("chosen", "pick", "chosen"),
        ("chosen", "pick", "choosing"),
        ("chosen", "put_together", "chosen"),
        ("chosen", "put_together", "choosing"),
    )

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Whoever chooses here, and whoever writes for the circle."""
        step = state.step
        assert step is not None
        if step.role is None or step.role in state.roles_of(seat) or scribes(state, seat):
            return None
        return no("only_role")

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Pick, put together, or take apart."""
        match ask:
            case Pick():
                return _decide_pick(m, ask)
            case PutTogether():
                return _decide_put(m, ask)
            case _:
                return no("wrong_step")

    def cards(self, state: State, visit: str) -> tuple[Card, ...]:
        """What was picked; everything that lies by itself when nothing was."""
        step, chosen = _step(state, visit), picks(state, visit)
        table = {card.id: card for card in basis(state, step)}
        if not chosen.picked:
            return tuple(card for ref, card in table.items() if ref not in chosen.under)
        if lasts(step):
            return tuple(
                table.get(ref) or Card(id=ref, text=text) for ref, text in chosen.picked.items()
            )
        return tuple(table[ref] for ref in chosen.picked if ref in table)

    def stage(self, state: State, visit: str) -> str:
        """Choosing until the first card is picked."""
        return "chosen" if picks(state, visit).picked else "choosing"

    def done(self, state: State, visit: str) -> bool:
        """When something was picked, or there is nothing to choose from."""
        return bool(picks(state, visit).picked) or not basis(state, _step(state, visit))

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """What was picked and what lies together."""
        chosen, step = picks(state, visit), _step(state, visit)
        most = step.keep_at_most
        return {
            "picked": list(chosen.picked),
            "under": dict(chosen.under),
            "room_left": None if most is None else max(0, most - len(chosen.picked)),
        }

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Whoever may, picks until there is no room."""
        step = _step(state, visit)
        holders = () if state.one_device else state.holders(step.role)
        if seat not in holders and (holders or not state.is_moderator(seat)):
            return None
        chosen = picks(state, visit)
        left = [card.id for card in basis(state, step) if card.id not in chosen.picked]
        left = [card for card in left if card not in chosen.under]
        if not left or len(chosen.picked) >= min(step.keep_at_most or 5, 5):
            return None
        if len(left) > 2 and chance.random() < 0.2:
            return (
                PutTogether(card=left[0], under=left[1]) if not _has_under(chosen, left) else None
            )
        return Pick(card=chance.choice(left))


def _has_under(chosen: Picks, cards: list[str]) -> bool:
    return any(top in cards for top in chosen.under.values())


def _decide_pick(m: Moment, ask: Pick) -> Answer:
    chosen, table = picks(m.state, m.visit), {card.id: card for card in basis(m.state, m.step)}
    if ask.card not in table and ask.card not in chosen.picked:
        return no("no_such_card")
    if (ask.card in chosen.picked) is ask.picked:
        return Decided()
    if not ask.picked:
        return Decided((_unpick(m, ask.card),))
    most = m.step.keep_at_most
    if most is not None and len(chosen.picked) >= most:
        return no("card_limit")
    apart: Events = ()
    if ask.card in chosen.under:
        apart = (passing("card.put", visit=m.visit, card=ask.card, under=None),)
    keeps = lasts(m.step)
    make, text = (kept, table[ask.card].text) if keeps else (passing, "")
    return Decided((*apart, make("card.picked", visit=m.visit, card=ask.card, text=text)))


def _unpick(m: Moment, card: str) -> Event:
    return (kept if lasts(m.step) else passing)("card.unpicked", visit=m.visit, card=card)


def _decide_put(m: Moment, ask: PutTogether) -> Answer:
    chosen, table = picks(m.state, m.visit), {card.id for card in basis(m.state, m.step)}
    if ask.card not in table or (ask.under is not None and ask.under not in table):
        return no("no_such_card")
    if chosen.under.get(ask.card) == ask.under:
        return Decided()
    covers = ask.card in chosen.under.values()
    if ask.under is not None and (ask.card == ask.under or ask.under in chosen.under or covers):
        return no("not_yet_picked")
    put = passing("card.put", visit=m.visit, card=ask.card, under=ask.under)
    if ask.under is not None and ask.card in chosen.picked:
        return Decided((_unpick(m, ask.card), put))
    return Decided((put,))


KIND = Choose()
