"""The fields of an item, who takes it on, and who may read it."""

from kring.meetings.engine.asks import FillItem, SetAudience, TakeOn
from kring.meetings.engine.cards import scribes
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Decided, Refused, passing
from kring.meetings.engine.words import no

from .fields import clean
from .items import CONTRIBUTOR, WIDER, Item, basket, output_of


def _grip(m: Moment, ref: str) -> Item | Refused:
    """The item, if it can still change."""
    item = basket(m.state, m.visit).get(ref)
    if item is None:
        return no("no_such_item")
    if item.id in m.state.record.released:
        return no("released")
    return no("kept_inside") if item.kept else item


def _may_change(m: Moment, item: Item) -> bool:
    """Those it concerns, whoever writes for the circle, and the contributor where it is theirs."""
    concerned = (item.source, item.proposer, item.fields.get("who"))
    output = output_of(m.state, item.output)
    owns = output is not None and output.released_by == CONTRIBUTOR
    contributes = owns and CONTRIBUTOR in m.state.roles_of(m.seat)
    return m.seat in concerned or contributes or scribes(m.state, m.seat)


def fill(m: Moment, ask: FillItem) -> Answer:
    """Text and fields. When somebody else changes the words, the source is asked again."""
    item = _grip(m, ask.item)
    if isinstance(item, Refused):
        return item
    if not _may_change(m, item):
        return no("not_item_owner")
    wanted = dict(ask.fields)
    if ask.text is not None:
        wanted[item.type.summary.id] = ask.text
    known = {field.id: field for field in item.type.fields}
    if not set(wanted) <= set(known):
        return no("no_such_field")
    if any(known[name].kind == "seat" for name in wanted):
        return no("for_yourself")
    try:
        values = {name: clean(known[name], wanted[name], m.at.date()) for name in wanted}
    except ValueError:
        return no("bad_field")
    changed = {name: value for name, value in values.items() if item.fields.get(name) != value}
    if not changed:
        return Decided()
    words = any(known[name].kind in ("line", "text") for name in changed)
    yes = item.yes and (not words or m.seat == item.source)
    return Decided((passing("item.filled", visit=m.visit, item=item.id, fields=changed, yes=yes),))


def take_on(m: Moment, ask: TakeOn) -> Answer:
    """For oneself. Only for somebody without a device a moderator notes what they said aloud."""
    item = _grip(m, ask.item)
    if isinstance(item, Refused):
        return item
    names = {field.id for field in item.type.fields if field.kind == "seat"}
    if ask.what not in names:
        return no("no_such_field")
    seat = ask.seat or m.seat
    if not m.state.is_here(seat):
        return no("no_such_seat")
    aloud = m.leads and (m.state.one_device or not m.state.record.seats[seat or ""].has_device)
    if seat != m.seat and not aloud:
        return no("for_yourself")
    held = item.fields.get(ask.what)
    if not ask.taken and held != seat and not m.leads:
        return no("for_yourself")
    value = seat if ask.taken else None
    if held == value:
        return Decided()
    return Decided(
        (
            passing(
                "item.filled",
                visit=m.visit,
                item=item.id,
                fields={ask.what: value},
                yes=item.yes,
            ),
        )
    )


def set_audience(m: Moment, ask: SetAudience) -> Answer:
    """Who may read it. Wider than the source said yes to: the source is asked again."""
    item = _grip(m, ask.item)
    if isinstance(item, Refused):
        return item
    if not _may_change(m, item):
        return no("not_item_owner")
    if ask.with_names and (item.source is None or item.source != m.seat) and not item.named:
        return no("not_source")
    if (item.visibility, item.named) == (ask.visibility, ask.with_names):
        return Decided()
    wide = [level.value for level in WIDER]
    wider = wide.index(ask.visibility) > wide.index(item.visibility)
    yes = item.yes and (not wider or m.seat == item.source)
    event = passing(
        "item.audience_set",
        visit=m.visit,
        item=item.id,
        visibility=ask.visibility,
        named=ask.with_names,
        yes=yes,
    )
    return Decided((event,))
