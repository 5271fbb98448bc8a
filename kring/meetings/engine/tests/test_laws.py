"""The laws of the engine, over random histories with faults.

Every example is a meeting of people who ask whatever comes to mind, in any order: useful things
(as bots would), nonsense, stale and repeated asks, two moderators at once, people coming late,
leaving and coming back, crashes that take the room, hand-overs, back, skip, repeat and undo.
"""

import json
from random import Random
from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st

from kring.meetings.engine import ASKS, Decided, Refused, Who, audience, decide, may, read_ask, see
from kring.meetings.engine.flow import MOVES, phases_ahead
from kring.meetings.engine.kinds import kind_of, present_kind
from kring.meetings.engine.rehearsal import halves, leaks
from kring.meetings.engine.state import is_parked

from .toy import AT, EVERYTHING, LARGE, Table

SEATS = ("seat_m", "seat_n", "seat_a", "seat_b", "seat_c", "seat_d", "seat_e")
#: Lasting events in which a seat belongs: who sits where and leads, or a name that was chosen.
NAMES_SEATS = {"seat.taken", "seat.left", "seat.returned", "seats.ordered", "role.given", "role.dropped",
               "tables.laid", "table.taken"}  # fmt: skip
#: Acts by which a circle makes a volatile text last.
LETS_LAST = {"item.released", "card.picked", "card.rated", "sentence.settled", "sentence.reworded"}


def fields_for(table: Table, kind: str, dice: Random) -> dict[str, Any]:
    """Some arguments for an ask, sensible more often than not."""
    state, visit = table.state, table.state.visit or "v1"
    view = table.view(None, "board")
    cards = [c["card"] for c in (*view.get("cards", ()), *view.get("basis", ()))]
    cards += [line["card"] for line in view.get("part", {}).get("lines", ())]
    cards += [c for s in state.room.sheets.values() for c in s.hand]
    items = [item["item"] for item in view.get("part", {}).get("items", ())] or ["none"]
    seat, card = dice.choice(SEATS), dice.choice([*cards, "no_card"])
    phases = [p.id for p in table.shape.phases]
    ahead = list(phases_ahead(state)) if state.visit else []
    dice.shuffle(ahead)
    made: dict[str, Any] = {
        "from_visit": visit if dice.random() < 0.9 else "v1",
        "visit": visit if dice.random() < 0.9 else None,
        "to": seat, "seat": seat, "card": card, "text": f"text {dice.getrandbits(40):x}",
        "role": dice.choice(["contributor", "asker", "moderator", "scribe", "nobody"]),
        "roles": ["moderator"] if dice.random() < 0.3 else [],
        "is_manager": dice.random() < 0.2, "has_device": dice.random() < 0.9,
        "order": dice.sample(list(state.record.seats), len(state.record.seats)),
        "one": dice.random() < 0.3, "minutes": dice.randint(-5, 10),
        "what": dice.choice(["step", "phase"]), "phase": dice.choice(phases),
        "phases": ahead, "question": dice.choice(["first", "other", None]),
        "confirmed": dice.random() < 0.8, "value": dice.choice([None, 0, 5, 10]),
        "for_circle": dice.random() < 0.2, "table": dice.randint(0, 2), "from_seat": seat,
        "together": dice.random() < 0.5, "picked": dice.random() < 0.8,
        "under": dice.choice([None, *cards]), "choice": dice.choice(["warm", "cold", None, "blue"]),
        "because": "te vaag", "settled": dice.random() < 0.7,
        "output": dice.choice(["working_factor", "agreement", "effect", "nonsense"]),
        "item": dice.choice(items), "allowed": dice.random() < 0.7,
        "fields": {"look_back_on": "2026-05-01"} if dice.random() < 0.5 else {"why": "zomaar"},
        "taken": dice.random() < 0.8, "visibility": dice.choice(["V4", "V5", "V6"]),
        "with_names": dice.random() < 0.3, "step": None, "seats": {}, "asked_aloud": True, "no_follow_up": True, "look_back_on": None,
    }  # fmt: skip
    if kind == "look":
        made["visit"] = visit
    made |= large_fields(cards, dice)
    if kind == "take_on":
        made["what"] = dice.choice(["who", "bell_ringer"])
    known = set(ASKS[kind].model_fields) - {"kind"}
    return {name: made[name] for name in known if name in made}


def large_fields(cards: list[str], dice: Random) -> dict[str, Any]:
    """Some arguments for the asks of large groups."""
    return {
        "host": dice.random() < 0.4,
        "size": 5,
        "parts": {},
        "column": dice.choice(["warm", "cold"]),
        "about": dice.choice([None, *cards]),
        "language": dice.choice(["nl", "en"]),
        "released": dice.random() < 0.8,
        "word": dice.choice(["yes", "no", "unknown", None]),
        "before": dice.choice(["2026-05-01", None]),
        "how_noticed": "aan rust",
        "vote": dice.choice(["agree", "disagree", "pass", None]),
        "reason": dice.choice(["insult", None]),
        "agree": dice.randint(0, 9),
        "disagree": dice.randint(0, 9),
        "passed": dice.randint(0, 3),
        "nl": dice.choice(["Wat helpt?", "Wat nog meer?"]),
        "en": "What else?",
    }


def one_ask(table: Table, dice: Random) -> tuple[str, dict[str, Any]]:
    """Somebody and what they ask: as a bot would, or anything at all."""
    seat = dice.choice(SEATS)
    state = table.state
    if dice.random() < 0.15 and state.visit:
        return dice.choice(SEATS[:2]), {"kind": "enter_next", "from_visit": state.visit}
    if dice.random() < 0.5 and state.visit and state.is_here(seat):
        ask = present_kind(state).bot(state, state.visit, seat, dice)
        if ask is not None:
            return seat, {"kind": ask.kind, **ask.data}
    kind = dice.choice(sorted(set(ASKS) - {"close"} if dice.random() < 0.95 else set(ASKS)))
    return seat, {"kind": kind, **fields_for(table, kind, dice)}


def check_answer(table: Table, seat: str, ask: dict[str, Any]) -> None:
    """Ask twice (a repeat is harmless), and look at what came of it."""
    read = read_ask(ask)
    before, stood = table.state, may(table.state, Who(seat), read.kind)
    was_parked = is_parked(before, seat)
    stage = stage_of(table)
    answer = table.try_(seat, ask.pop("kind"), **ask)
    if stood is not None:
        assert isinstance(answer, Refused)
        assert answer.code in (stood.code, "moved_on")
    if was_parked and not type(read).parked_may:
        assert isinstance(answer, Refused)
    if isinstance(answer, Refused):
        assert answer.text.nl
        assert answer.text.en
        assert table.state == before
        return
    check_events(before, answer)
    moved = (see_stage(before), read.kind, see_stage(table.state))
    assert moved[0] == moved[2] or moved in MOVES
    check_move(table, read.kind, stage, before.visit)
    if read.kind in ("enter_next", "go_back", "repeat") and answer.events:
        again = decide(table.state, Who(seat), read, chance=Random(1), at=AT)
        assert (
            isinstance(again, Refused) or again == Decided() or read.from_visit == table.state.visit
        )


def see_stage(state: Any) -> str:
    """The state of the meeting as a whole."""
    return "paused" if state.flow.paused else str(state.flow.stage)


def stage_of(table: Table) -> str | None:
    """The stage the step says it is in."""
    state = table.state
    if state.visit is None or state.step is None or state.flow.stage != "running":
        return None
    return present_kind(state).stage(state, state.visit)


def check_move(table: Table, kind: str, stage: str | None, visit: str | None) -> None:
    """A step goes only where its kind says it can (that is what docs/states.md draws)."""
    if stage is None or not ASKS[kind].in_step or table.state.visit != visit:
        return
    assert table.state.step is not None
    after = stage_of(table)
    assert after is not None
    assert stage == after or (stage, kind, after) in kind_of(table.state.step).moves


def check_events(before: Any, answer: Decided) -> None:
    """What may and may not be in a lasting event."""
    # who wrote it may let it go: it leaves the hand in the same moment
    gone = {card for e in answer.events if e.kind == "hand.left" for card in e.data["gone"]}
    hands = [c for s in before.room.sheets.values() for c in s.hand.values()]
    hidden = [card.text for card in hands if card.id not in gone]
    fleeting = [c.text for s in before.room.sheets.values() for c in s.cards.values()]
    for event in (event for event in answer.events if event.lasting):
        told = json.dumps({k: v for k, v in event.data.items() if k != "ask"})
        if event.kind not in NAMES_SEATS and not by_name(before, event):
            assert "seat_" not in told, event
        if event.kind not in ("cards.revealed", "cards.shown"):
            assert not any(text in told for text in hidden), event
        if event.kind not in LETS_LAST:
            assert not any(text in told for text in fleeting), event
        for word in ("pass", "object", "feel", "turn"):
            assert word not in event.kind.replace("returned", ""), event


def by_name(before: Any, event: Any) -> bool:
    """Was a name chosen for this: V2, my own card shown, or a role in an agreement?"""
    if event.kind in ("item.released", "cards.shown", "card.replied"):
        return True
    if event.kind not in ("card.added", "cards.revealed", "numbers.revealed"):
        return False
    return before.step.visibility == "V2"


def check_state(table: Table) -> None:
    """What holds at any moment."""
    assert list(leaks(table.state)) == []
    running = table.state.flow.stage == "running"
    for seat in SEATS:
        enters = running and may(table.state, Who(seat), "contribute") is None
        assert audience(table.state, seat, "phone").may_enter is enters
        for screen in ("phone", "moderator"):
            view = see(table.state, audience(table.state, seat, screen))
            json.dumps(view)
        json.dumps(table.mine(seat))
    assert list(halves(view)) == []


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9), length=st.integers(5, 160))
def test_whatever_people_do_the_laws_hold(seed: int, length: int) -> None:
    dice = Random(seed)
    table = Table(EVERYTHING, *SEATS[: dice.randint(1, 7)], seed=seed)
    play_anything(table, dice, length, f"seed {seed}, length {length}")


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9), length=st.integers(20, 160))
def test_the_laws_hold_in_large_groups(seed: int, length: int) -> None:
    """The steps with tables for the whole meeting, where random play gets far enough."""
    dice = Random(seed)
    table = Table(LARGE, *SEATS, seed=seed)
    play_anything(table, dice, length, f"large: seed {seed}, length {length}")


def play_anything(table: Table, dice: Random, length: int, said: str) -> None:
    """Anybody asks anything; the laws are looked at all along."""
    note(said)
    if dice.random() < 0.5:
        table.try_(SEATS[0], "give_role", role="contributor", seat=SEATS[2])
    for turn in range(length):
        seat, ask = one_ask(table, dice)
        check_answer(table, seat, ask)
        if dice.random() < 0.02:
            table.crash()
        if dice.random() < 0.05:
            table.prune()
        if turn % 12 == 0:
            check_state(table)
    check_state(table)
    check_replay(table)


def check_replay(table: Table) -> None:
    """Replay equals live, in whatever way the two logs are interleaved."""
    from kring.meetings.engine import replay

    assert replay(table.shape, table.log) == table.state
    lasting = [event for event in table.log if event.lasting]
    volatile = [event for event in table.log if not event.lasting]
    assert replay(table.shape, [*volatile, *lasting]) == table.state
    assert replay(table.shape, [*lasting, *volatile]) == table.state


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_passing_leaves_nothing_that_lasts(seed: int) -> None:
    """The database cannot tell a round in which people passed from one in which they spoke."""
    logs = []
    for passes in (False, True):
        table = Table(EVERYTHING, *SEATS, seed=1)
        table.go("check_in", SEATS[0])
        dice = Random(seed)
        while (turn := table.view("seat_a")["turn"]) and turn["holder"]:
            speak = not passes or dice.random() < 0.5
            table.do(turn["holder"], "end_turn" if speak else "pass_turn")
        logs.append([event.to_json() for event in table.lasting])
    assert logs[0] == logs[1]
