"""OPINIONS: short statements, a vote on each, and a live map of what unites and what divides.

``view.part``: ``picture`` (see :mod:`.picture`; None while there is nothing to show), ``statements``
(how many), ``held`` (card, reason; the text for moderators only), ``hands`` (on the one device and
for who writes for the circle), ``small`` (all is shown at the end). ``mine.part``: ``card`` and
``text`` (the statement to vote on now, None when done), ``left``, ``done``, ``last`` (card, text and
vote of my last vote), ``stand``, ``held`` (my own statements that are held: card, text, reason).
The mathematics are in :mod:`kring.meetings.opinion`; docs/opinion-map.md says what is never shown.
"""

from datetime import datetime
from random import Random
from typing import Any

from kring.meetings.engine import cards
from kring.meetings.engine.asks import (
    Ask,
    Contribute,
    CountHands,
    FinishMap,
    Hold,
    Redraw,
    Stand,
    Vote,
)
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Audience, Decided, Events, Refused
from kring.meetings.engine.state import Card, State
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Step

from . import acts, bots, showing
from .picture import public
from .sheet import FOLDS, held, is_done, published, room_of

WORDS = {value: name for name, value in acts.VALUES.items()}


class OpinionStep(Kind):
    """Votes live in the room only; the map is published once, without them."""

    asks = frozenset({"contribute", "vote", "stand", "hold", "count_hands", "redraw", "finish_map"})
    folds = FOLDS
    moves = (
        *(
            ("voting", ask, "voting")
            for ask in ("contribute", "vote", "stand", "hold", "count_hands", "redraw")
        ),
        ("voting", "finish_map", "shown"),
        ("shown", "hold", "shown"),
    )

    def open(self, m: Moment, visit: str, step: Step) -> Events:
        """A fresh key for the tokens of this visit."""
        if room_of(m.state, visit).key or is_done(m.state, visit):
            return ()
        return (acts.opened_here(m, visit),)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Until voting is done. On the one device hands are counted instead of votes."""
        assert state.visit is not None
        if ask == "redraw":
            return None
        if is_done(state, state.visit) and ask != "hold":
            return no("votes_done")
        if ask == "contribute":
            return cards.may_write(state, seat, True, "nothing_entered")
        if ask == "count_hands" and not cards.scribes(state, seat):
            return no("not_moderator")
        if ask in ("vote", "stand") and state.one_device:
            return no("hands_instead")
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Write, vote, say where one stands, hold back, count hands, draw, finish."""
        match ask:
            case Contribute():
                return acts.write(m, ask)
            case Vote():
                return acts.vote(m, ask)
            case Stand():
                return acts.stand(m, ask)
            case Hold():
                return acts.hold(m, ask)
            case CountHands():
                return acts.count(m, ask)
            case Redraw():
                return acts.redraw(m)
            case FinishMap():
                return acts.finish(m, ask)
            case _:
                return no("wrong_step")

    def due(self, state: State, visit: str, at: datetime) -> Ask | None:
        """A map to draw, when enough people voted since the last."""
        return Redraw(visit=visit) if acts.due(room_of(state, visit), at) else None

    def shut(self, m: Moment) -> Events:
        """Over days: when the window closes the last map is made, if enough people voted."""
        answer = (
            acts.finish(m, FinishMap(confirmed=True)) if not is_done(m.state, m.visit) else None
        )
        return answer.events if isinstance(answer, Decided) else ()

    def fixed(self, state: State, visit: str, card: str, ask: str) -> Refused | None:
        """Words people voted on stay as they are; what is held back is let go by a moderator."""
        if card in held(state, visit):
            return no("held")
        if ask == "edit_card" and (room_of(state, visit).voted(card) or is_done(state, visit)):
            return no("voted_on")
        return None

    def cards(self, state: State, visit: str) -> tuple[Card, ...]:
        """All statements on the table; once the map is there, what unites comes first."""
        found = acts.table(state, visit)
        shared = [line["card"] for line in (published(state, visit) or {}).get("unites", ())]
        first = [found[card] for card in shared if card in found]
        return (*first, *(card for ref, card in found.items() if ref not in shared))

    def stage(self, state: State, visit: str) -> str:
        """Voting, or shown."""
        return "shown" if is_done(state, visit) else "voting"

    def done(self, state: State, visit: str) -> bool:
        """When the last map is there."""
        return is_done(state, visit)

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """The map, and what is held back. Nothing here depends on who looks."""
        own = room_of(state, visit)
        now = own.on_phones if audience.screen == "phone" else own.picture
        shown = published(state, visit) or now
        leads = audience.moderator and audience.screen in ("moderator", "table")
        counts = audience.scribe or leads
        return {
            "picture": public(shown) if shown else None,
            "statements": len(acts.table(state, visit)),
            "held": _held_lines(state, visit, texts=leads),
            "hands": {card: list(n) for card, n in own.hands.items()} if counts else {},
            "small": len(state.here()) < showing.LIVE_FROM,
        }

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """What I vote on now. Of my own votes only the last one: a screen can be read by others."""
        own = room_of(state, visit)
        token = own.token(seat) if own.key else ""
        votes = own.votes.get(token, {})
        statements = acts.table(state, visit)
        card = None if is_done(state, visit) else acts.now(own, token, votes, statements)
        last = next((ref for ref in reversed(list(votes)) if ref in statements), None)
        done = sum(1 for ref in votes if ref in statements)
        reasons = held(state, visit)
        theirs = state.room_sheet(visit).by_seat.get(seat, ())
        return {
            "card": card,
            "text": statements[card].text if card else None,
            "done": done,
            "left": len(statements) - done,
            "last": last
            and {"card": last, "text": statements[last].text, "vote": WORDS[votes[last]]},
            "stand": own.stands.get(token),
            "held": [
                {"card": ref, "text": found.text, "reason": reasons[ref]}
                for ref in theirs
                if ref in reasons and (found := cards.card_in(state, visit, ref)) is not None
            ],
        }

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Write one statement, vote, and let the moderator finish when nobody has anything left."""
        return bots.play(state, visit, seat, chance)


def _held_lines(state: State, visit: str, *, texts: bool) -> list[dict[str, Any]]:
    lines = []
    for ref, reason in held(state, visit).items():
        card = cards.card_in(state, visit, ref)
        text = card.text if card is not None and texts else None
        lines.append({"card": ref, "reason": reason, "text": text})
    return lines


KIND = OpinionStep()
