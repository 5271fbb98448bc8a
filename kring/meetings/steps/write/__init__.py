"""SILENT: each writes for themselves; nothing is seen until all is shown at once.

``mine.part.circle_hand``: for whoever writes for the circle, the hidden cards without an author.
"""

from random import Random
from typing import Any

from kring.meetings.engine import cards, playing, reveal
from kring.meetings.engine.asks import Ask, Contribute, Reveal, ShowMine
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Decided, Events, Refused
from kring.meetings.engine.state import Sheet, State
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Visibility


def is_open(state: State, visit: str) -> bool:
    """Was everything shown in this visit?"""
    return state.kept_sheet(visit).revealed or state.room_sheet(visit).revealed


def _few(state: State) -> bool:
    """Too few people here to show anything without names?"""
    step = state.step
    return (
        step is not None
        and step.visibility == Visibility.CIRCLE_UNNAMED_AFTER_REVEAL
        and len(state.here()) < reveal.ENOUGH_AUTHORS
    )


class Write(Kind):
    """Hidden in the hand first, then on the table; links to authors are gone by then (V2a)."""

    over_days = True
    asks = frozenset({"contribute", "reveal", "show_mine"})
    moves = (
        ("writing", "contribute", "writing"),
        ("writing", "show_mine", "writing"),
        ("writing", "reveal", "revealed"),
    )

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Everybody writes, until it is revealed."""
        assert state.step is not None
        assert state.visit is not None
        if not cards.takes_entries(state.step):
            return cards.may_write(state, seat, True, "nothing_entered")
        return no("revealed") if is_open(state, state.visit) else None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Write, show all, or show one's own."""
        match ask:
            case Contribute():
                return reveal.write(m, ask.text, ask.for_circle)
            case Reveal():
                return reveal.reveal(m, ask)
            case ShowMine():
                return reveal.show_own(m)
            case _:
                return no("wrong_step")

    def shut(self, m: Moment) -> Events:
        """Over days all is shown when the window closes; too few without names stay hidden."""
        if self.stage(m.state, m.visit) != "writing":
            return ()
        answer = reveal.reveal(m, Reveal(confirmed=True))
        return answer.events if isinstance(answer, Decided) else ()

    def stage(self, state: State, visit: str) -> str:
        """Silence without paper, writing, or revealed."""
        step = state.step
        if step is not None and not cards.takes_entries(step):
            return "going"
        return "revealed" if is_open(state, visit) else "writing"

    def done(self, state: State, visit: str) -> bool:
        """When all is shown."""
        if self.stage(state, visit) != "writing":
            return True
        return bool(cards.on_table(state, visit)) and not reveal.hand(state, visit)

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """Whoever writes for the circle sees what they wrote for it."""
        if not cards.scribes(state, seat):
            return {"circle_hand": []}
        sheet: Sheet = state.room_sheet(visit)
        loose = [card for card in reveal.hand(state, visit) if card.id not in sheet.owners]
        return {"circle_hand": [{"card": card.id, "text": card.text} for card in loose]}

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Write; show one's own where there are too few; the moderator shows all at last."""
        if self.stage(state, visit) != "writing":
            return None
        if any(card.seat == seat for card in cards.on_table(state, visit)):
            return None  # shown with one's own name already
        written = playing.write_some(state, visit, seat, chance)
        if written is not None:
            return written
        sheet = state.room_sheet(visit)
        own = any(card in sheet.hand for card in sheet.by_seat.get(seat, ()))
        if _few(state) and own:
            return ShowMine()
        authors = {sheet.owners[c.id] for c in reveal.hand(state, visit) if c.id in sheet.owners}
        enough = not authors or len(authors) >= reveal.ENOUGH_AUTHORS
        unnamed = state.step is not None and state.step.visibility == "V2a"
        if state.is_moderator(seat) and reveal.hand(state, visit) and (enough or not unnamed):
            return Reveal(confirmed=True)
        return None


KIND = Write()
