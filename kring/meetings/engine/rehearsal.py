"""Playing a whole meeting with bots, to see that a protocol works before people sit in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from kring.methods.format.shapes import Protocol, Text

from .asks import Ask, Close, EnterNext, GiveRole, SetDevices, Start, TakeSeat
from .audience import audience
from .decide import decide
from .evolve import evolve, replay
from .kinds import present_kind
from .mine import mine
from .see import see
from .shape import Event, Refused, Screen, Who
from .state import MODERATOR, State, begin, is_parked, phase_of

MOST_ASKS_PER_STEP = 100
BEGIN = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Played:
    """One step as it was played."""

    phase: Text
    step: str
    kind: str
    asks: int
    cards: int


@dataclass(frozen=True, slots=True)
class Report:
    """What happened. ``mistakes`` is empty when every law held and the end was reached."""

    protocol: str
    people: int
    one_device: bool
    steps: tuple[Played, ...]
    events: int
    released: int
    closed: bool
    mistakes: tuple[str, ...]

    @property
    def works(self) -> bool:
        """Did the meeting reach its end without breaking a law?"""
        return self.closed and not self.mistakes


@dataclass
class Play:
    """A meeting going on, checked after every ask. ``checks`` can be thinned for speed."""

    protocol: Protocol
    chance: Random
    state: State
    at: datetime = BEGIN
    log: list[Event] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    steps: list[Played] = field(default_factory=list)
    check_every: int = 1
    asked: int = 0

    def ask(self, seat: str, ask: Ask) -> Refused | None:
        """Ask, fold what happens, and check the laws."""
        self.at += timedelta(seconds=7)
        answer = decide(self.state, Who(seat), ask, chance=self.chance, at=self.at)
        if isinstance(answer, Refused):
            return answer
        for event in answer.events:
            before, self.state = self.state, evolve(self.state, event)
            self.log.append(event)
            if self.state == before:
                self.mistakes.append(f"{event.kind} changed nothing")
        self.asked += 1
        if self.asked % self.check_every == 0:
            self.mistakes += self.broken()
        return None

    def must(self, seat: str, ask: Ask) -> None:
        """Ask something that has to work."""
        refused = self.ask(seat, ask)
        if refused is not None:
            self.mistakes.append(f"{ask.kind} was refused: {refused.code}")

    def crash(self) -> None:
        """The process dies: only the lasting log is left, and what it folds to."""
        self.log = [event for event in self.log if event.lasting]
        self.state = replay(self.protocol, self.log)

    def broken(self) -> Iterator[str]:
        """Every law that does not hold now."""
        if replay(self.protocol, self.log) != self.state:
            yield "replaying the log gives another meeting"
        apart = [e for e in self.log if e.lasting] + [e for e in self.log if not e.lasting]
        if replay(self.protocol, apart) != self.state:
            yield "the two logs depend on each other"
        yield from leaks(self.state)


def leaks(state: State) -> Iterator[str]:
    """Hidden texts that somebody else could read now, and halves of sentences on a screen."""
    visit = state.visit
    if visit is None:
        return
    room = state.room_sheet(visit)
    views = {sort: str(see(state, sort)) for sort in _audiences(state)}
    for card in room.hand.values():
        if any(card.text in view for view in views.values()):
            yield f"a hidden card can be read in {state.record.visits[visit].step}"
    for seat in state.here():
        theirs = str(mine(state, seat))
        others = [c for c in room.hand.values() if room.owners.get(c.id) not in (seat, None)]
        if any(card.text in theirs for card in others):
            yield "somebody sees a hidden card of another"
        if is_parked(state, seat) and audience(state, seat, "phone").may_enter:
            yield "a parked seat can enter something"


def _audiences(state: State) -> set[Any]:
    screens: Sequence[Screen] = ("phone", "moderator", "table")
    found = {audience(state, seat, screen) for seat in state.here() for screen in screens}
    return found | {audience(state, None, "board")}


def halves(view: object) -> Iterator[str]:
    """Every text in a view that lacks a language."""
    if isinstance(view, dict):
        if ("nl" in view) != ("en" in view) or ("nl" in view and not (view["nl"] and view["en"])):
            yield str(view)
        for value in view.values():
            yield from halves(value)
    elif isinstance(view, list | tuple):
        for value in view:
            yield from halves(value)


def sit_down(play: Play, people: int, one_device: bool) -> tuple[str, ...]:
    """The moderator, the others (without phones when there is one device), and a manager."""
    seats = tuple(f"s{number}" for number in range(1, people + 1))
    play.must(seats[0], TakeSeat(roles=(MODERATOR,)))
    if one_device:
        play.must(seats[0], SetDevices(one=True))
    for number, seat in enumerate(seats[1:], start=2):
        manager = number == 3 and people > 5 and play.protocol.manager_may_join
        play.must(seat, TakeSeat(is_manager=manager, has_device=not one_device))
    play.must(seats[0], Start())
    return seats


def give_roles(play: Play, seats: tuple[str, ...]) -> None:
    """Who is still needed for this step is chosen now, as a circle would."""
    step = play.state.step
    wanted = (step.role, step.asked_by) if step is not None else ()
    for role in {role for role in wanted if role} & {role.id for role in play.protocol.roles}:
        if play.state.holders(role):
            continue
        for seat in (*seats[1:], seats[0]):
            if play.ask(seats[0], GiveRole(role=role, seat=seat)) is None:
                break
        else:
            play.mistakes.append(f"nobody can be {role}")


def play_step(play: Play, seats: tuple[str, ...], *, crash: bool = False) -> None:
    """Everybody does what there is to do, the moderator last, until nobody has anything.

    With ``crash`` the process dies once, when everybody has had one go.
    """
    state = play.state
    assert state.step is not None
    assert state.visit is not None
    step, visit, asks = state.step, state.visit, 0
    limit = MOST_ASKS_PER_STEP * (2 + len(seats))
    moved = True
    while moved and asks < limit:
        moved = False
        for seat in (*seats[1:], seats[0]):
            ask = present_kind(play.state).bot(play.state, visit, seat, play.chance)
            if ask is None:
                continue
            refused = play.ask(seat, ask)
            asks += 1
            if refused is not None:
                play.mistakes.append(f"{step.id}: {ask.kind} was refused: {refused.code}")
                return
            moved = True
        if crash:
            play.crash()
            crash, moved = False, True
    if asks >= limit:
        play.mistakes.append(f"{step.id} does not come to an end")
    sheets = (play.state.kept_sheet(visit), play.state.room_sheet(visit))
    cards = sum(len(sheet.cards) for sheet in sheets)
    phase = phase_of(play.protocol, step.id)
    play.steps.append(Played(phase.title, step.id, step.kind.value, asks, cards))


def rehearse(
    protocol: Protocol,
    people: int,
    chance: Random,
    *,
    check_every: int | None = None,
    crash: bool = False,
) -> Report:
    """Play ``protocol`` to the end with ``people`` bots.

    With one person, or fewer than the protocol wants, there is one device in the room.
    ``check_every``: check the laws after so many asks (default: always in small circles).
    ``crash``: in every step the process dies once, and takes all that was only in memory.
    """
    one_device = people == 1 or people < protocol.group.min
    every = check_every or max(1, people // 4)
    play = Play(protocol, chance, begin(protocol), check_every=every)
    seats = sit_down(play, people, one_device)
    while play.state.visit is not None and not play.mistakes:
        give_roles(play, seats)
        for screen in ("phone", "moderator", "table", "board"):
            seat = None if screen == "board" else seats[0]
            play.mistakes += [
                f"a text lacks a language: {half}"
                for half in halves(see(play.state, audience(play.state, seat, screen)))
            ]
        play_step(play, seats, crash=crash)
        refused = play.ask(seats[0], EnterNext(from_visit=play.state.visit))
        if refused is not None:
            break
    day = (play.at + timedelta(days=42)).date()
    play.must(seats[0], Close(confirmed=True, look_back_on=day))
    play.mistakes += play.broken()
    return Report(
        protocol=protocol.id,
        people=people,
        one_device=one_device,
        steps=tuple(play.steps),
        events=len(play.log),
        released=len(play.state.record.released),
        closed=play.state.flow.stage == "closed",
        mistakes=tuple(dict.fromkeys(play.mistakes)),
    )
