"""Proposing, the yes of the source, the no of anybody, and letting go.

The person it came from says yes; anybody may say no without a reason and without a trace of who;
where nobody knows whom it came from, the circle decides aloud (``confirmed``).
"""

from collections.abc import Mapping
from typing import Any

from kring.meetings.engine.asks import Allow, KeepInside, Propose, Release, TakeBack
from kring.meetings.engine.cards import card_in, owner_of, visit_of
from kring.meetings.engine.flow import planned_steps
from kring.meetings.engine.kinds import kind_of
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Decided, Event, Events, kept, passing
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.shapes import StepKind

from .fields import typed
from .items import CONTRIBUTOR, Item, basket, first_visibility, missing, output_of

MOST_PROPOSALS = 20


def propose(m: Moment, ask: Propose) -> Answer:
    """A card still on the table, or a new text. My own words are mine to give."""
    output = output_of(m.state, ask.output)
    if output is None:
        return no("no_such_output")
    items = basket(m.state, m.visit).values()
    if sum(1 for item in items if item.proposer == m.seat) >= MOST_PROPOSALS and not m.leads:
        return no("enough_cards")
    agreed, source = False, None if m.state.one_device else m.seat
    if ask.card is not None:
        if any(item.kept and item.card == ask.card for item in items):
            return no("kept_inside")
        found = _origin(m.state, ask.card)
        if found is None:
            return no("no_such_card")
        source, agreed = found
    event = passing(
        "item.proposed",
        visit=m.visit,
        item=m.fresh(),
        output=ask.output,
        fields={OUTPUTS[ask.output].summary.id: ask.text},
        card=ask.card,
        source=source,
        proposer=m.seat,
        visibility=first_visibility(output),
        yes=source is not None and source == m.seat,
        agreed=agreed,
    )
    return Decided((event,))


def _origin(state: State, card: str) -> tuple[str | None, bool] | None:
    """Whom a visible card came from, and whether the whole circle agreed on it; None: no card."""
    if card in agreed_cards(state):
        return None, True
    visit = visit_of(state, card)
    found = card_in(state, visit, card) if visit else None
    if visit is None or found is None or found.removed or card in state.room_sheet(visit).hand:
        return None
    return owner_of(state, visit, card), False


def agreed_cards(state: State) -> Mapping[str, str]:
    """Sentences the circle settled (assent), by card: their consent was already given."""
    found: dict[str, str] = {}
    for step in planned_steps(state):
        visit = state.flow.latest.get(step.id)
        if step.kind is StepKind.ASSENT and visit is not None:
            found |= {card.id: card.text for card in kind_of(step).cards(state, visit)}
    return found


def _open_item(m: Moment, ref: str) -> Item | None:
    return basket(m.state, m.visit).get(ref)


def allow(m: Moment, ask: Allow) -> Answer:
    """Only whom it came from says yes, or takes it back."""
    item = _open_item(m, ask.item)
    if item is None:
        return no("no_such_item")
    if item.source is None or item.source != m.seat:
        return no("not_source")
    if item.kept:
        return no("kept_inside")
    if item.yes is ask.allowed:
        return Decided()
    allowed = passing("item.allowed", visit=m.visit, item=item.id, allowed=ask.allowed)
    if item.id in m.state.record.released:
        return Decided((allowed, kept("item.taken_back", item=item.id)))
    return Decided((allowed,))


def keep_inside(m: Moment, ask: KeepInside) -> Answer:
    """One no is enough, also after release. The event does not say whose."""
    item = _open_item(m, ask.item)
    if item is None:
        return no("no_such_item")
    events: Events = ()
    if not item.kept:
        events = (passing("item.kept", visit=m.visit, item=item.id),)
    if item.id in m.state.record.released:
        events = (*events, kept("item.taken_back", item=item.id))
    return Decided(events)


def release(m: Moment, ask: Release) -> Answer:
    """It leaves the circle, as it reads now."""
    item = _open_item(m, ask.item)
    if item is None:
        return no("no_such_item")
    if item.id in m.state.record.released:
        return Decided()
    output = output_of(m.state, item.output)
    if output is not None and output.released_by == "contributor" and _contributor_else(m):
        return no("only_contributor")
    if not m.leads and CONTRIBUTOR not in m.state.roles_of(m.seat):
        return no("not_moderator")
    if item.kept:
        return no("kept_inside")
    if item.source is not None and not item.yes:
        return no("source_not_asked")
    if missing(item):
        return no("field_missing")
    if item.source is None and not item.agreed and not ask.confirmed:
        return no("confirm_circle")
    return Decided((_released(item),))


def released_together(m: Moment) -> Events:
    """Over days: what is ready leaves when the window closes; until then anybody could say no.

    What only the contributor releases goes when it is the contributor's own proposal or words.
    """
    events: Events = ()
    for item in basket(m.state, m.visit).values():
        output = output_of(m.state, item.output)
        holders = m.state.holders(CONTRIBUTOR)
        seat = m.seat
        if output is not None and output.released_by == "contributor" and holders:
            own = [one for one in holders if one in (item.proposer, item.source)]
            if not own:
                continue
            seat = own[0]
        moment = Moment(m.state, seat, m.chance, m.at)
        answer = release(moment, Release(item=item.id, confirmed=True))
        events = (*events, *answer.events) if isinstance(answer, Decided) else events
    return events


def _contributor_else(m: Moment) -> bool:
    """Is there a contributor here, and is it somebody else?"""
    holders = m.state.holders(CONTRIBUTOR)
    return bool(holders) and m.seat not in holders and not m.state.one_device


def _released(item: Item) -> Event:
    fields: dict[str, Any] = {
        name: typed(item.type.field(name), value) for name, value in item.fields.items()
    }
    return kept(
        "item.released",
        item=item.id,
        output=item.output,
        fields=fields,
        visibility=item.visibility,
        named=item.source if item.named else None,
    )


def take_back(m: Moment, ask: TakeBack) -> Answer:
    """A released item comes back inside: by a moderator, its source or who proposed it."""
    if ask.item not in m.state.record.released:
        return no("no_such_item")
    item = _open_item(m, ask.item)
    if not m.leads and (item is None or m.seat not in (item.source, item.proposer)):
        return no("not_item_owner")
    return Decided((kept("item.taken_back", item=ask.item),))
