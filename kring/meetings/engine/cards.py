"""Cards on the table: who may write, who may change, and in which log a text belongs.

Where a step keeps its entries (K or H) the text lasts but its author does not: the link between
them lives in the room, only for harvest consent. Volatile entries (E) live in the room altogether.
"""

from kring.methods.format.shapes import Record, Step, Visibility

from .asks import Contribute, EditCard, RemoveCard, RestoreCard
from .moment import Moment
from .shape import Answer, Decided, Event, Refused, kept, passing
from .state import SCRIBE, Card, State, lasts, step_of
from .words import no


def scribes(state: State, seat: str | None) -> bool:
    """May this seat write down what the circle says?"""
    return state.is_moderator(seat) or SCRIBE in state.roles_of(seat)


def takes_entries(step: Step) -> bool:
    """Is there something to enter in this step that the meeting itself handles?"""
    return (
        step.entry is not None
        and step.visibility not in (Visibility.NOBODY, Visibility.AUTHOR)
        and step.record != Record.PRIVATE
    )


def may_write(state: State, seat: str | None, entitled: bool, code: str) -> Refused | None:
    """May this seat enter something? ``entitled``: it is theirs to speak; ``code``: if not, why."""
    step = state.step
    assert step is not None
    if step.visibility == Visibility.AUTHOR or step.record == Record.PRIVATE:
        return no("own_note")
    if not takes_entries(step):
        return no("nothing_entered")
    return None if entitled or scribes(state, seat) else no(code)


def author_of(m: Moment, entitled: bool, for_circle: bool) -> str | None:
    """Whose entry it is: the writer's own, or the circle's when somebody writes for all."""
    if not entitled or for_circle or (m.state.one_device and m.leads):
        return None
    return m.seat


def has_room(state: State, visit: str, seat: str, most: int) -> bool:
    """May this seat add another card in this visit?"""
    ids = state.room_sheet(visit).by_seat.get(seat, ())
    if len(ids) < most:
        return True
    cards = (card_in(state, visit, card) for card in ids)
    return sum(1 for card in cards if card is not None and not card.removed) < most


def contribute(
    m: Moment, ask: Contribute, *, entitled: bool = True, table: int | None = None
) -> Answer:
    """Put a card on the table for all to see."""
    step, entry = m.step, m.step.entry
    assert entry is not None
    if ask.for_circle and not m.scribes:
        return no("not_moderator")
    author = author_of(m, entitled, ask.for_circle)
    if author and not has_room(m.state, m.visit, author, entry.most_per_seat):
        return no("enough_cards")
    card: dict[str, object] = {"visit": m.visit, "card": m.fresh(), "text": ask.text}
    if table is not None:
        card["table"] = table
    if author and step.visibility == Visibility.CIRCLE_NAMED_AFTER_REVEAL:
        card["named"] = author
    if not lasts(step):
        return Decided((passing("card.added", **card, seat=author),))
    added = kept("card.added", **card)
    if author is None:
        return Decided((added,))
    return Decided((added, passing("card.owned", visit=m.visit, card=card["card"], seat=author)))


def card_in(state: State, visit: str, card: str) -> Card | None:
    """A card of one visit, wherever it lies; removed ones too."""
    room, kept_sheet = state.room_sheet(visit), state.kept_sheet(visit)
    return room.hand.get(card) or room.cards.get(card) or kept_sheet.cards.get(card)


def on_table(state: State, visit: str) -> tuple[Card, ...]:
    """The visible cards of one visit, in the order they came."""
    kept_cards, passing_cards = state.kept_sheet(visit).cards, state.room_sheet(visit).cards
    both = (*kept_cards.values(), *passing_cards.values())
    return tuple(card for card in both if not card.removed)


def visit_of(state: State, card: str) -> str | None:
    """The visit in which a card lies; looks at every visit once, not at every card."""
    for visit in state.record.visits:
        if card_in(state, visit, card) is not None:
            return visit
    return None


def owner_of(state: State, visit: str, card: str) -> str | None:
    """Whom a card came from, if the room still knows."""
    owner = state.room_sheet(visit).owners.get(card)
    if owner is not None:
        return owner
    found = card_in(state, visit, card)
    return found.seat if found else None


def _grip(m: Moment, card: str, removed: bool) -> tuple[str, Card] | Refused:
    """The card, if this seat may change it. In somebody's hand only that person can."""
    visit = visit_of(m.state, card)
    found = card_in(m.state, visit, card) if visit else None
    if visit is None or found is None or found.removed is not removed:
        return no("no_such_card")
    owner = owner_of(m.state, visit, card)
    if owner == m.seat:
        return visit, found
    if card in m.state.room_sheet(visit).hand:
        return (visit, found) if owner is None and m.scribes else no("no_such_card")
    return (visit, found) if m.scribes else no("not_yours")


def _fixed(m: Moment, visit: str, ask: EditCard | RemoveCard | RestoreCard) -> Refused | None:
    """What the kind of step in which the card lies has against it."""
    from .kinds import kind_of

    step = step_of(m.state.protocol, m.state.record.visits[visit].step)
    return kind_of(step).fixed(m.state, visit, ask.card, ask.kind)


def _event(m: Moment, kind: str, visit: str, card: str, **data: str) -> Event:
    make = kept if card in m.state.kept_sheet(visit).cards else passing
    return make(kind, visit=visit, card=card, **data)


def edit(m: Moment, ask: EditCard) -> Answer:
    """Say it differently."""
    grip = _grip(m, ask.card, removed=False)
    if isinstance(grip, Refused):
        return grip
    visit, card = grip
    if card.text == ask.text:
        return Decided()
    stays = _fixed(m, visit, ask)
    if stays is not None:
        return stays
    return Decided((_event(m, "card.changed", visit, card.id, text=ask.text),))


def remove(m: Moment, ask: RemoveCard) -> Answer:
    """Take a card off the table."""
    grip = _grip(m, ask.card, removed=False)
    if isinstance(grip, Refused):
        return grip
    return _fixed(m, grip[0], ask) or Decided((_event(m, "card.removed", grip[0], grip[1].id),))


def restore(m: Moment, ask: RestoreCard) -> Answer:
    """Put a removed card back."""
    grip = _grip(m, ask.card, removed=True)
    if isinstance(grip, Refused):
        return grip
    return _fixed(m, grip[0], ask) or Decided((_event(m, "card.restored", grip[0], grip[1].id),))
