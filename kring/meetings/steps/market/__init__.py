"""MARKET: questions from the tables and from a box without names; every one is answered or dated.

The holders of the step's role answer yes, no because, or not known yet and before which day. The box
opens from four different authors, in random order. With ``uses`` nothing is asked here: the cards of
that step get the answer, and where the step's entry has the output "promise" a yes is a promise.
At the end of the meeting all of it leaves, answered or not: unanswered questions stay visible.

``view.part``: ``cards`` (stacks with ``reply`` or None), ``pointed``, ``box`` (is there one), ``answers``
(what may be answered here), ``promises``, ``columns``; for moderators ``silent`` (tables without a
question) and ``tables``. ``mine.part``: ``table``, ``hosts``, ``ours`` and ``boxed`` (own, still closed).
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from random import Random
from typing import Any

from kring.meetings.engine import cards, lists, reveal, seating
from kring.meetings.engine.asks import (
    Ask,
    GiveToTable,
    IntoBox,
    LayUnder,
    PointAt,
    PutIn,
    Reply,
    Reveal,
    TakeOut,
)
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.see import basis, card_view, say
from kring.meetings.engine.shape import (
    Answer,
    Audience,
    Data,
    Decided,
    Events,
    Refused,
    passing,
)
from kring.meetings.engine.state import Card, State, step_of
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Step

from . import leaving, play

MOST_BOXED = 3
"""Closed questions of one person at a time."""


def step_at(state: State, visit: str) -> Step:
    """The step of a visit."""
    return step_of(state.protocol, state.record.visits[visit].step)


def questions(state: State, visit: str) -> tuple[Card, ...]:
    """What gets an answer here: the questions of this step, or the cards of the step it uses."""
    step = step_at(state, visit)
    return cards.on_table(state, visit) if step.uses is None else basis(state, step)


def answers(state: State, seat: str | None) -> bool:
    """Does this seat answer, or write down the answers?"""
    step = state.step
    return step is not None and (step.role in state.roles_of(seat) or cards.scribes(state, seat))


class Market(Kind):
    """Hosts ask for their table, anybody through the box; a role answers."""

    asks = frozenset(
        {
            "put_in",
            "take_out",
            "into_box",
            "give_to_table",
            "reveal",
            "lay_under",
            "point_at",
            "reply",
        }
    )
    folds = lists.FOLDS
    moves = tuple(
        ("going", ask, "going")
        for ask in (
            "put_in",
            "take_out",
            "into_box",
            "give_to_table",
            "reveal",
            "lay_under",
            "point_at",
            "reply",
        )
    )

    def open(self, m: Moment, visit: str, step: Step) -> Events:
        """Everybody has a table."""
        return seating.ready(m)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Hosts for their table, anybody into the box, the role answers."""
        assert state.step is not None
        if ask in ("put_in", "take_out", "into_box", "give_to_table", "reveal"):
            if state.step.uses is not None or not cards.takes_entries(state.step):
                return no("nothing_entered" if ask in ("put_in", "take_out") else "no_box")
            return lists.may_write(state, seat) if ask in ("put_in", "take_out") else None
        if ask == "lay_under" and not cards.scribes(state, seat):
            return no("not_moderator")
        if ask == "reply" and not answers(state, seat):
            return no("only_role")
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Ask, open the box, order, answer."""
        match ask:
            case PutIn():
                return _put(m, ask)
            case TakeOut():
                return lists.take_out(m, ask.card)
            case IntoBox():
                return _box(m, ask)
            case GiveToTable():
                return _to_table(m, ask)
            case Reveal():
                return _open_box(m, ask)
            case LayUnder():
                there = {card.id: card for card in questions(m.state, m.visit)}
                return lists.lay_under(m, ask.card, ask.under, there)
            case PointAt():
                known = {card.id for card in questions(m.state, m.visit)}
                return (
                    no("no_such_card")
                    if ask.card not in {None, *known}
                    else lists.point(m, ask.card)
                )
            case Reply():
                return _reply(m, ask)
            case _:
                return no("wrong_step")

    def goes_along(self, state: State, visit: str, language: str) -> Mapping[str, Data]:
        """Every question with its answer, or without: it stays visible until there is one."""
        return leaving.items(state, visit, questions(state, visit), language)

    def done(self, state: State, visit: str) -> bool:
        """When every question has its answer or its day, and the box is empty."""
        known = lists.lists(state, visit)
        tops = lists.stacks(known, questions(state, visit))
        return all(top.id in known.replies for top, _ in tops) and not reveal.hand(state, visit)

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """The questions with their answers. Nothing of the box until it is opened."""
        step, known = step_at(state, visit), lists.lists(state, visit)
        there = questions(state, visit)
        part: dict[str, Any] = {
            "cards": [_card(known, top, below) for top, below in lists.stacks(known, there)],
            "pointed": known.pointed,
            "box": step.uses is None,
            "promises": leaving.promises(step),
            "answers": audience.role or audience.scribe or audience.moderator,
            "columns": _columns(state, step),
        }
        if audience.moderator and step.uses is None:
            part["tables"] = len(seating.in_use(state))
            part["silent"] = list(lists.silent_tables(state, visit))
        return part

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """My table's questions, and my own in the box."""
        table = seating.table_of(state, seat)
        room = state.room_sheet(visit)
        return {
            "table": table,
            "hosts": seating.hosts(state, seat),
            "ours": [
                {"card": card.id, "text": card.text}
                for card in (lists.ours(state, visit, table) if table is not None else ())
            ],
            "boxed": [
                {"card": card, "text": room.hand[card].text}
                for card in room.by_seat.get(seat, ())
                if card in room.hand and not room.hand[card].removed
            ],
        }

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Ask, put something in the box, open it, answer everything."""
        step = step_at(state, visit)
        return play.bot(state, visit, seat, chance, step, questions(state, visit))


def _columns(state: State, step: Step) -> list[dict[str, Any]]:
    """The columns of the step this one works on, so that the answers stand in their order."""
    if step.uses is None:
        return []
    used = step_of(state.protocol, step.uses)
    return [{"id": one.id, "text": say(one.text)} for one in used.choices]


def _card(known: lists.Lists, top: Card, below: list[Card]) -> dict[str, Any]:
    said = known.replies.get(top.id)
    return {
        **card_view(top),
        "column": top.column,
        "also": [{"card": card.id, "text": card.text} for card in below],
        "reply": said
        and {
            "word": said.word,
            "text": said.text,
            "before": said.before,
            "how_noticed": said.how_noticed,
            "by": said.by,
        },
    }


def _put(m: Moment, ask: PutIn) -> Answer:
    if ask.card is not None:
        return lists.change(m, ask.card, ask.text)
    return lists.put(m, ask.text, hidden=False, column=None, about=None)


def _box(m: Moment, ask: IntoBox) -> Answer:
    """Hidden, with its author only in the room: to change it, and to count different people."""
    if m.state.one_device and m.leads:
        return no("no_box")
    room = m.state.room_sheet(m.visit)
    mine = [card for card in room.by_seat.get(m.seat or "", ()) if card in room.hand]
    if sum(1 for card in mine if not room.hand[card].removed) >= MOST_BOXED:
        return no("enough_cards")
    card = m.fresh()
    return Decided((passing("card.written", visit=m.visit, card=card, text=ask.text, seat=m.seat),))


def _to_table(m: Moment, ask: GiveToTable) -> Answer:
    """The way out when too few wrote: the table asks it, and nobody knows who of them."""
    room, table = m.state.room_sheet(m.visit), seating.table_of(m.state, m.seat)
    card = room.hand.get(ask.card)
    if card is None or card.removed or room.owners.get(ask.card) != m.seat:
        return no("no_such_card")
    if table is None:
        return no("sit_first")
    fresh = m.fresh()
    return Decided(
        (
            passing("hand.left", visit=m.visit, gone=[card.id]),
            lists.mark(m, "card.added", card=fresh, text=card.text),
            passing("card.of_table", visit=m.visit, card=fresh, table=table),
        )
    )


def _open_box(m: Moment, ask: Reveal) -> Answer:
    """From four different authors, shuffled, under fresh ids; then nobody knows whose they were."""
    hidden, owners = list(reveal.hand(m.state, m.visit)), m.state.room_sheet(m.visit).owners
    if not hidden:
        return no("nothing_written")
    if len({owners[card.id] for card in hidden if card.id in owners}) < reveal.ENOUGH_AUTHORS:
        return no("too_few_in_box")
    if not ask.confirmed:
        return no("confirm_reveal")
    m.chance.shuffle(hidden)
    shown = [{"card": m.fresh(), "text": card.text} for card in hidden]
    return Decided(reveal.shown_events(m, "cards.revealed", "hand.emptied", cards=shown))


def _reply(m: Moment, ask: Reply) -> Answer:
    if ask.card not in {card.id for card in questions(m.state, m.visit)}:
        return no("no_such_card")
    refusal = _honest(m, ask, leaving.promises(m.step))
    if refusal is not None:
        return refusal
    said = _said(m, ask)
    if lists.lists(m.state, m.visit).replies.get(ask.card) == said:
        return Decided()
    data = asdict(said) if said else {"word": None}
    return Decided((lists.mark(m, "card.replied", card=ask.card, **data),))


def _said(m: Moment, ask: Reply) -> lists.Said | None:
    """The reply, in somebody's own name when they hold the role that answers."""
    if ask.word is None:
        return None
    dated = ask.word == "unknown" or (ask.word == "yes" and leaving.promises(m.step))
    return lists.Said(
        word=ask.word,
        text=ask.text,
        before=ask.before.isoformat() if ask.before and dated else None,
        how_noticed=ask.how_noticed if ask.word == "yes" else "",
        by=m.seat if m.step.role in m.state.roles_of(m.seat) else None,
        on=m.at.date().isoformat(),
    )


def _honest(m: Moment, ask: Reply, promises: bool) -> Refused | None:
    """A no says why, an unknown says when, a promise says how one notices it."""
    today: date = m.at.date()
    if ask.word == "no" and not ask.text:
        return no("say_why")
    if ask.word == "unknown" and ask.before is None:
        return no("say_when")
    if ask.before is not None and ask.before < today:
        return no("past_day")
    if ask.word == "yes" and promises and not (ask.text and ask.how_noticed and ask.before):
        return no("say_promise")
    return None


KIND = Market()
