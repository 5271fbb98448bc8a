"""What happens when somebody writes, votes, holds back, counts or finishes."""

from collections.abc import Mapping
from datetime import datetime
from math import inf

from kring.meetings.engine import cards
from kring.meetings.engine.asks import Contribute, CountHands, FinishMap, Hold, Stand, Vote
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Data, Decided, Event, Events, kept, passing
from kring.meetings.engine.state import Card, State, lasts
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Step

from . import showing
from .picture import draw, drawn_scopes, is_fresh, public
from .routing import following
from .sheet import EVERYBODY, NONE, Opinions, held, packed, room_of

LONGEST = 140
MOST_STATEMENTS = 500
PACE = 0.5
"""Seconds between two pictures while votes keep coming."""
PHONES_PACE, MANY = 10.0, 100
"""Seconds between two pictures on the phones of so many voters: they look at the big screen, and two
thousand phones fetching every second would leave no room for votes."""
VALUES = {"agree": 1, "pass": 0, "disagree": -1}


def table(state: State, visit: str) -> dict[str, Card]:
    """The statements people vote on, in the order they came; those held back are not among them."""
    return {card.id: card for card in cards.on_table(state, visit)}


def now(
    own: Opinions, token: str, votes: Mapping[str, int], statements: Mapping[str, Card]
) -> str | None:
    """The statement this person sees: it stays until they vote on it, whatever comes in."""
    card = own.following.get(token)
    if card in statements and card not in votes:
        return card
    return next((ref for ref in statements if ref not in votes), None)


def opened_here(m: Moment, visit: str) -> Event:
    return passing("opinions.opened", visit=visit, key=f"{m.chance.getrandbits(128):032x}")


def write(m: Moment, ask: Contribute) -> Answer:
    """A statement on the table: short, new, and without its author's name."""
    if len(ask.text) > LONGEST:
        return no("long_statement")
    texts = {_plain(card.text) for card in cards.on_table(m.state, m.visit)}
    if _plain(ask.text) in texts:
        return no("same_statement")
    if len(texts) >= MOST_STATEMENTS:
        return no("enough_statements")
    return cards.contribute(m, ask)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!? ")


def _token(m: Moment) -> tuple[Opinions, Events, str]:
    """The votes, a new key when the room was lost, and the token of whoever asks."""
    own = room_of(m.state, m.visit)
    opened: Events = ()
    if not own.key:
        opened = (opened_here(m, m.visit),)
        own = room_of(m.after(opened).state, m.visit)
    return own, opened, own.token(m.seat or "")


def vote(m: Moment, ask: Vote) -> Answer:
    statements = table(m.state, m.visit)
    if ask.card not in statements:
        return no("no_such_card")
    own, opened, token = _token(m)
    votes = own.votes.get(token, {})
    value = None if ask.vote is None else VALUES[ask.vote]
    if votes.get(ask.card) == value and (ask.card in votes or value is None):
        return Decided()
    seen = {**votes, ask.card: 0}
    extremity = ((own.picture or {}).get("memory") or {}).get("extremity", {})
    coming = following([*statements], seen, own.counts, extremity, m.chance)
    if value is None:
        coming = ask.card
    cast = passing("vote.cast", visit=m.visit, voter=token, card=ask.card, vote=value, next=coming)
    return Decided((*opened, cast, *_drawn(m, (*opened, cast))))


def _drawn(m: Moment, events: Events) -> Events:
    """A new picture, when it is time for one."""
    own = room_of(m.after(events).state, m.visit)
    return (_picture(m, own),) if due(own, m.at) else ()


def due(own: Opinions, at: datetime) -> bool:
    if own.finished or len(own.votes) < showing.LIVE_FROM or not is_fresh(own):
        return False
    return _since(own.drawn_at, at) >= PACE


def _choices(step: Step) -> list[str]:
    return [choice.id for choice in step.choices]


def _picture(m: Moment, own: Opinions) -> Event:
    made = draw(own, [*table(m.state, m.visit)], _choices(m.step), last=False)
    slow = PHONES_PACE if len(own.votes) >= MANY else PACE
    return passing(
        "picture.drawn",
        visit=m.visit,
        at=m.at.isoformat(),
        picture=packed(made),
        phones=_since(own.phones_at, m.at) >= slow,
        scopes=drawn_scopes(own, made),
    )


def _since(before: str | None, now: datetime) -> float:
    """Seconds since a moment; endless when there was none."""
    return (now - datetime.fromisoformat(before)).total_seconds() if before else inf


def redraw(m: Moment) -> Answer:
    own = room_of(m.state, m.visit)
    return Decided((_picture(m, own),)) if due(own, m.at) else Decided()


def stand(m: Moment, ask: Stand) -> Answer:
    if ask.choice is not None and ask.choice not in _choices(m.step):
        return no("no_such_choice")
    own, opened, token = _token(m)
    if own.stands.get(token) == ask.choice:
        return Decided()
    return Decided((*opened, passing("stand.taken", visit=m.visit, voter=token, choice=ask.choice)))


def hold(m: Moment, ask: Hold) -> Answer:
    """Off the table with a reason everybody can read; back on it without one."""
    found = cards.card_in(m.state, m.visit, ask.card)
    known = held(m.state, m.visit).get(ask.card)
    if found is None or (found.removed and known is None):
        return no("no_such_card")
    if known == ask.reason:
        return Decided()
    make = kept if ask.card in m.state.kept_sheet(m.visit).cards else passing
    events = [make("statement.held", visit=m.visit, card=ask.card, reason=ask.reason)]
    if ask.reason is None:
        events.append(make("card.restored", visit=m.visit, card=ask.card))
    elif known is None:
        events.append(make("card.removed", visit=m.visit, card=ask.card))
    return Decided(tuple(events))


def count(m: Moment, ask: CountHands) -> Answer:
    if ask.card not in table(m.state, m.visit):
        return no("no_such_card")
    numbers = (ask.agree, ask.disagree, ask.passed)
    if room_of(m.state, m.visit).hands.get(ask.card, NONE) == numbers:
        return Decided()
    data: Data = {"agree": ask.agree, "disagree": ask.disagree, "passed": ask.passed}
    return Decided((passing("hands.counted", visit=m.visit, card=ask.card, **data),))


def enough(own: Opinions) -> bool:
    """Are there statements with enough votes to show anything?"""
    everything = {*own.counts, *own.hands}
    most = (sum(own.counts.get(c, NONE)) + sum(own.hands.get(c, NONE)) for c in everything)
    return max(most, default=0) >= showing.SHOWN_FROM


def finish(m: Moment, ask: FinishMap) -> Answer:
    """The last map, once; then no single vote is left anywhere."""
    own = room_of(m.state, m.visit)
    if not enough(own):
        return no("few_voters")
    if not ask.confirmed:
        return no("confirm_votes")
    late = own.fresh.get(EVERYBODY, frozenset())
    shown = own.picture is not None and own.picture["kind"] != "few"
    if shown and 0 < len(late) < showing.FRESH_FROM:
        # A handful of votes since the last picture: showing them would show whose they are.
        last = {**public(own.picture or {}), "late": True}
    else:
        last = public(draw(own, [*table(m.state, m.visit)], _choices(m.step), last=True))
    if lasts(m.step):
        return Decided(
            (
                kept("opinions.published", visit=m.visit, picture=last),
                passing("opinions.emptied", visit=m.visit),
            )
        )
    return Decided((passing("opinions.published", visit=m.visit, picture=last),))
