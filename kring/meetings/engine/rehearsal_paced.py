"""Bots play a meeting over days, and one on paper: few people, every protocol that allows it."""

from datetime import timedelta
from random import Random

from kring.meetings.rules.days import phases, stops_in
from kring.meetings.rules.modes import as_played
from kring.methods.format.outputs import OUTPUTS, OutputField
from kring.methods.format.shapes import Protocol

from .asks import Close, HarvestPaper, Look, SetDevices, Start, TakeSeat, TurnPage
from .audience import audience
from .kinds import present_kind
from .pace import BY_THE_CLOCK
from .playing import some_words
from .rehearsal import MOST_ASKS_PER_STEP, Play, Played, Report, give_roles, halves
from .see import see
from .state import MODERATOR, begin, phase_of

LATER = "2999-01-31"


def _seated(protocol: Protocol, people: int, chance: Random, *, paper: bool) -> Play:
    play = Play(protocol, chance, begin(protocol))
    for number in range(1, people + 1):
        roles = (MODERATOR,) if number == 1 else ()
        play.must(f"s{number}", TakeSeat(roles=roles, has_device=not paper))
    return play


def rehearse_days(protocol: Protocol, people: int, chance: Random) -> Report:
    """Play a protocol over days; the clock turns the pages. Raises when it does not allow that."""
    play = _seated(as_played(protocol, "days"), people, chance, paper=False)
    seats = tuple(f"s{number}" for number in range(1, people + 1))
    for phase in phases(play.protocol):
        for step in stops_in(phase):
            play.must(seats[0], TurnPage(step=step.id))
            give_roles(play, seats)
            _play_stop(play, seats)
    play.must(seats[0], TurnPage())
    return _end(play, seats[0], people)


def _play_stop(play: Play, seats: tuple[str, ...]) -> None:
    """Everybody does what they want to in their own time, twice if need be; nobody waits."""
    step, visit, asks = play.state.step, play.state.visit, 0
    assert step is not None
    assert visit is not None
    for screen in ("phone", "moderator"):
        seen = see(play.state, audience(play.state, seats[0], screen))
        play.mistakes += [f"a text lacks a language: {half}" for half in halves(seen)]
    for seat in seats:
        play.must(seat, Look(visit=visit))
    moved = True
    while moved and asks < MOST_ASKS_PER_STEP * len(seats):
        moved = False
        for seat in (*seats[1:], seats[0]):
            ask = present_kind(play.state).bot(play.state, visit, seat, play.chance)
            if ask is None or ask.kind in BY_THE_CLOCK:
                continue
            asks, moved = asks + 1, True
            play.must(seat, ask)
    sheets = (play.state.kept_sheet(visit), play.state.room_sheet(visit))
    cards = sum(len(sheet.cards) + len(sheet.hand) for sheet in sheets)
    title = phase_of(play.protocol, step.id).title
    play.steps.append(Played(title, step.id, step.kind.value, asks, cards))


def rehearse_paper(protocol: Protocol, people: int, chance: Random) -> Report:
    """Hold a protocol on paper: afterwards one of everything it can bring forth is entered."""
    play = _seated(as_played(protocol, "paper"), people, chance, paper=True)
    play.must("s1", SetDevices(one=True))
    play.must("s1", Start())
    for output in play.protocol.outputs:
        if output.type not in OUTPUTS:
            continue
        shape = OUTPUTS[output.type]
        filled = {f.id: _value(f, chance) for f in shape.fields if f.kind != "seat"}
        chairs = {f.id: "s1" for f in shape.fields if f.kind == "seat"}
        play.must(
            "s1",
            HarvestPaper(
                output=output.type, fields=filled, seats=chairs, visibility="V4", asked_aloud=True
            ),
        )
    return _end(play, "s1", people)


def _value(field: OutputField, chance: Random) -> str:
    match field.kind:
        case "date":
            return LATER
        case "days":
            return "42"
        case "scale":
            return "7"
        case "choice":
            return field.choices[0].id
        case "yes_no":
            return "yes"
        case _:
            return some_words(chance)


def _end(play: Play, seat: str, people: int) -> Report:
    day = (play.at + timedelta(days=42)).date()
    play.must(seat, Close(confirmed=True, look_back_on=day))
    play.mistakes += play.broken()
    return Report(
        protocol=play.protocol.id,
        people=people,
        one_device=play.state.one_device,
        steps=tuple(play.steps),
        events=len(play.log),
        released=len(play.state.record.released),
        closed=play.state.flow.stage == "closed",
        mistakes=tuple(dict.fromkeys(play.mistakes)),
    )
