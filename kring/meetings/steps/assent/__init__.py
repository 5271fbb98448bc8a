"""ASSENT: can you live with this and work on it? A no reopens the sentence.

``view.part.lines``: for each sentence ``card``, ``text``, ``stage`` (open, objected, settled),
``objections`` (reasons given, without names), ``everybody`` (all with a phone here said yes).
``mine.part``: my own ``yes`` and ``no``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from kring.meetings.engine.asks import Agree, Ask, Object, Reword, Settle
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

from . import leaving


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence. ``text``: reworded or settled here. ``yes`` and ``objects``: in the room only."""

    text: str | None = None
    settled: bool = False
    yes: frozenset[str] = frozenset()
    objects: Mapping[str, str] = field(default_factory=dict)


BLANK_LINE = Line()
Lines = Mapping[str, Line]


def _own(sheet: Sheet) -> Lines:
    return sheet.own if isinstance(sheet.own, dict) else {}


def _with(sheet: Sheet, card: str, line: Line) -> Sheet:
    return replace(sheet, own={**_own(sheet), card: line})


def _line(sheet: Sheet, data: Data) -> Line:
    return _own(sheet).get(data["card"], BLANK_LINE)


def _agreed(sheet: Sheet, data: Data) -> Sheet:
    line, seat = _line(sheet, data), data["seat"]
    objects = {other: why for other, why in line.objects.items() if other != seat}
    return _with(sheet, data["card"], replace(line, yes=line.yes | {seat}, objects=objects))


def _objected(sheet: Sheet, data: Data) -> Sheet:
    line, seat = _line(sheet, data), data["seat"]
    objects = {**line.objects, seat: data["because"]}
    return _with(sheet, data["card"], replace(line, yes=line.yes - {seat}, objects=objects))


def _asked_again(sheet: Sheet, data: Data) -> Sheet:
    return _with(sheet, data["card"], replace(_line(sheet, data), yes=frozenset(), objects={}))


def _reworded(sheet: Sheet, data: Data) -> Sheet:
    line = replace(_line(sheet, data), text=data["text"], settled=False)
    return _with(sheet, data["card"], line)


def _settled(sheet: Sheet, data: Data) -> Sheet:
    line = replace(_line(sheet, data), text=data["text"], settled=True)
    return _with(sheet, data["card"], line)


def _reopened(sheet: Sheet, data: Data) -> Sheet:
    return _with(sheet, data["card"], replace(_line(sheet, data), settled=False))


def _step(state: State, visit: str) -> Step:
    return step_of(state.protocol, state.record.visits[visit].step)


def _kept_line(state: State, visit: str, card: str) -> Line:
    """The part of a line that the record class puts in the record or the room."""
    sheet = state.kept_sheet(visit) if lasts(_step(state, visit)) else state.room_sheet(visit)
    return _own(sheet).get(card, BLANK_LINE)


def _room_line(state: State, visit: str, card: str) -> Line:
    return _own(state.room_sheet(visit)).get(card, BLANK_LINE)


def sentences(state: State, visit: str) -> dict[str, str]:
    """Every sentence as it reads now, by card."""
    step = _step(state, visit)
    found = {card.id: card.text for card in basis(state, step)}
    sheet = state.kept_sheet(visit) if lasts(step) else state.room_sheet(visit)
    for card, line in _own(sheet).items():
        if line.text is not None:
            found[card] = line.text
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sentence stands, with who said yes: for who must be sure that everybody did."""

    text: str
    yes: frozenset[str]
    settled: bool
    objected: bool


def standing(state: State, visit: str) -> list[Standing]:
    """Every sentence of a visit as it stands now."""
    return [
        Standing(
            text,
            _room_line(state, visit, card).yes,
            _kept_line(state, visit, card).settled,
            bool(_room_line(state, visit, card).objects),
        )
        for card, text in sentences(state, visit).items()
    ]


class Assent(Kind):
    """Yes by each, or aloud; settled by the moderator; one no reopens."""

    over_days = True
    asks = frozenset({"agree", "object", "reword", "settle"})
    folds = {
        "sentence.agreed": _agreed,
        "sentence.objected": _objected,
        "sentence.asked_again": _asked_again,
        "sentence.reworded": _reworded,
        "sentence.settled": _settled,
        "sentence.reopened": _reopened,
    }
    moves = (
        ("asking", "agree", "asking"),
        ("asking", "object", "asking"),
        ("asking", "reword", "asking"),
        ("asking", "settle", "asking"),
        ("asking", "settle", "settled"),
        ("settled", "agree", "settled"),
        ("settled", "object", "asking"),
        ("settled", "settle", "asking"),
        ("settled", "reword", "asking"),
    )

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Everybody answers; rewording is for whoever writes for the circle."""
        if ask == "reword" and not scribes(state, seat):
            return no("not_moderator")
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Yes, no, another sentence, or settled."""
        if not isinstance(ask, Agree | Object | Reword | Settle):
            return no("wrong_step")
        text = sentences(m.state, m.visit).get(ask.card)
        if text is None:
            return no("no_such_card")
        match ask:
            case Agree():
                return _agree(m, ask)
            case Object():
                return _object(m, ask)
            case Reword():
                return _reword(m, ask, text)
            case Settle():
                return _settle(m, ask, text)

    def shut(self, m: Moment) -> Events:
        """Over days: settled is what nobody objects to and at least half said yes to."""
        events: Events = ()
        for card in sentences(m.state, m.visit):
            now = m.after(events)
            if 2 * len(_room_line(m.state, m.visit, card).yes) < len(m.state.here()):
                continue
            answer = self.decide(now, Settle(card=card))
            events = (*events, *answer.events) if isinstance(answer, Decided) else events
        return events

    def cards(self, state: State, visit: str) -> tuple[Card, ...]:
        """What the circle settled."""
        return tuple(
            Card(id=card, text=text)
            for card, text in sentences(state, visit).items()
            if _kept_line(state, visit, card).settled
        )

    def stage(self, state: State, visit: str) -> str:
        """Settled when every sentence is."""
        found = sentences(state, visit)
        done = found and all(_kept_line(state, visit, card).settled for card in found)
        return "settled" if done else "asking"

    def done(self, state: State, visit: str) -> bool:
        """When every sentence is settled, or there is none."""
        return self.stage(state, visit) == "settled" or not sentences(state, visit)

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """The sentences and how they stand; never who objects."""
        seats = state.record.seats
        here = {seat for seat in state.here() if seats[seat].has_device}
        lines = []
        for card, text in sentences(state, visit).items():
            line = _room_line(state, visit, card)
            settled = _kept_line(state, visit, card).settled
            stage = "settled" if settled else "objected" if line.objects else "open"
            lines.append(
                {
                    "card": card,
                    "text": text,
                    "stage": stage,
                    "objections": sorted(why for why in line.objects.values() if why),
                    "everybody": here <= line.yes,
                }
            )
        return {"lines": lines}

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """My own answers."""
        own = _own(state.room_sheet(visit))
        return {
            "yes": [card for card, line in own.items() if seat in line.yes],
            "no": [card for card, line in own.items() if seat in line.objects],
        }

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Say yes mostly; the moderator rewords after a no, and settles."""
        for card, text in sentences(state, visit).items():
            if _kept_line(state, visit, card).settled:
                continue
            line = _room_line(state, visit, card)
            if seat not in line.yes and seat not in line.objects and not state.one_device:
                said_no = chance.random() < 0.1 and "Samen" not in text
                return Object(card=card, because="te vaag") if said_no else Agree(card=card)
            if state.is_moderator(seat):
                return Reword(card=card, text=f"{text} Samen.") if line.objects else Settle(card=card)  # fmt: skip
        return None


def _agree(m: Moment, ask: Agree) -> Answer:
    if m.seat in _room_line(m.state, m.visit, ask.card).yes:
        return Decided()
    return Decided((passing("sentence.agreed", visit=m.visit, card=ask.card, seat=m.seat),))


def _make(m: Moment, kind: str, card: str, **data: str) -> Event:
    return (kept if lasts(m.step) else passing)(kind, visit=m.visit, card=card, **data)


def _object(m: Moment, ask: Object) -> Answer:
    """The no lives in the room; that the sentence is open again may last, not because of whom."""
    line = _room_line(m.state, m.visit, ask.card)
    events: Events = ()
    if _kept_line(m.state, m.visit, ask.card).settled:
        events = (_make(m, "sentence.reopened", ask.card), *_back(m, ask.card))
    if line.objects.get(m.seat or "") != ask.because or m.seat in line.yes:
        said = passing(
            "sentence.objected", visit=m.visit, card=ask.card, seat=m.seat, because=ask.because
        )
        events = (*events, said)
    return Decided(events)


def _reword(m: Moment, ask: Reword, text: str) -> Answer:
    line = _room_line(m.state, m.visit, ask.card)
    events: Events = ()
    if text != ask.text:
        events = (_make(m, "sentence.reworded", ask.card, text=ask.text), *_back(m, ask.card))
    if line.yes or line.objects:
        events = (*events, passing("sentence.asked_again", visit=m.visit, card=ask.card))
    return Decided(events)


def _settle(m: Moment, ask: Settle, text: str) -> Answer:
    settled = _kept_line(m.state, m.visit, ask.card).settled
    if settled is ask.settled:
        return Decided()
    if not ask.settled:
        return Decided((_make(m, "sentence.reopened", ask.card), *_back(m, ask.card)))
    if _room_line(m.state, m.visit, ask.card).objects:
        return no("someone_objects")
    leaves = leaving.released(m.state, m.visit, ask.card, text)
    return Decided((_make(m, "sentence.settled", ask.card, text=text), *leaves))


def _back(m: Moment, card: str) -> Events:
    return leaving.taken_back(m.state, m.visit, card)


KIND = Assent()
