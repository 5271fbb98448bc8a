"""The opinion step: votes that nobody can read, statements held back, and what is shown when."""

import json
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from kring.meetings.engine import Decided, Who, decide, evolve, read_ask
from kring.meetings.steps.opinions.sheet import held, room_of
from kring.methods.format.shapes import Choice

from .toy import AT, Table, both, phase, protocol, step

PLACES = (Choice(id="team", text=both("team")), Choice(id="lead", text=both("leiding")))


def opining(record: str = "E", **more: Any) -> Any:
    """A protocol of one opinion step."""
    shape = step("map", "opinions", speaking="SILENT", visibility="V3", record=record, entry=True, most=20, **more)  # fmt: skip
    return protocol(phase("map", shape), outputs=())


def crowd(people: int, statements: int, record: str = "E", **more: Any) -> tuple[Table, list[str]]:
    """A table with people and statements, before anybody votes."""
    table = Table(opining(record, **more), "m", *(f"s{n}" for n in range(people - 1)))
    for number in range(statements):
        table.do("m", "contribute", text=f"stelling {number}")
    return table, [card["card"] for card in table.view("m")["cards"]]


def later(table: Table, seat: str | None, seconds: float, kind: str, /, **fields: Any) -> None:
    """The same as ``table.do``, so many seconds after the beginning."""
    ask = read_ask({"kind": kind, **fields})
    answer = decide(
        table.state, Who(seat), ask, chance=table.chance, at=AT + timedelta(seconds=seconds)
    )
    assert isinstance(answer, Decided)
    for event in answer.events:
        table.state = evolve(table.state, event)
        table.log.append(event)


def two_camps(table: Table, cards: list[str], people: int) -> None:
    """Half agree with the first four and not with the next four; all agree with the rest."""
    for number in range(people):
        seat = "m" if number == 0 else f"s{number - 1}"
        for at, card in enumerate(cards):
            yes = (number % 2 == 0) == (at < 4) if at < 8 else True
            table.do(seat, "vote", card=card, vote="agree" if yes else "disagree")


def part(table: Table, seat: str | None = "m", screen: Any = "phone") -> Any:
    """What the step shows a seat."""
    return table.view(seat, screen)["part"]


def test_one_at_a_time_and_what_is_left() -> None:
    table, cards = crowd(3, 3)
    mine = table.mine("s0")["part"]
    assert (mine["card"], mine["text"], mine["left"], mine["done"]) == (
        cards[0],
        "stelling 0",
        3,
        0,
    )
    table.do("s0", "vote", card=cards[0], vote="agree")
    mine = table.mine("s0")["part"]
    assert mine["card"] in cards[1:]
    assert (mine["left"], mine["done"]) == (2, 1)
    assert mine["last"] == {"card": cards[0], "text": "stelling 0", "vote": "agree"}
    table.do("s0", "vote", card=cards[0], vote="pass")
    assert table.mine("s0")["part"]["last"]["vote"] == "pass"
    assert table.mine("s1")["part"]["done"] == 0


def test_the_statement_on_my_screen_stays_whatever_comes_in() -> None:
    table, cards = crowd(30, 6)
    table.do("s0", "vote", card=cards[0], vote="agree")
    now = table.mine("s0")["part"]["card"]
    table.do("s1", "contribute", text="een nieuwe zin")
    for number in range(2, 25):
        table.do(f"s{number}", "vote", card=cards[1], vote="disagree")
    assert table.mine("s0")["part"]["card"] == now


def test_nobody_can_read_a_vote() -> None:
    """Canary: the seat is in no event of a vote, and no view tells it."""
    table, cards = crowd(25, 9)
    begun = len(table.log)
    two_camps(table, cards, 25)
    told = [json.dumps(event.to_json()) for event in table.log[begun:]]
    assert not any(f'"s{n}"' in line for line in told for n in range(24))
    assert not any("vote" in event.kind for event in table.lasting)
    own = room_of(table.state, table.state.visit or "")
    tokens = [*own.votes, own.key]
    assert len(tokens) == 26
    for seat, screen in ((None, "board"), ("m", "moderator"), ("m", "phone"), ("s3", "phone")):
        shown = json.dumps(table.view(seat, screen))
        assert not any(token in shown for token in tokens)
        assert "memory" not in shown
    assert not any(token in json.dumps(table.mine("s3")) for token in tokens)


def test_another_visit_gives_another_token() -> None:
    table, cards = crowd(5, 1)
    table.do("s0", "vote", card=cards[0], vote="agree")
    first = next(iter(room_of(table.state, "v1").votes))
    table.do("m", "repeat", from_visit="v1")
    table.do("m", "contribute", text="nog eens")
    card = table.view("m")["cards"][0]["card"]
    table.do("s0", "vote", card=card, vote="agree")
    assert first not in room_of(table.state, "v2").votes


def test_two_camps_and_what_they_share() -> None:
    table, cards = crowd(40, 10)
    two_camps(table, cards, 40)
    table.do("m", "finish_map", confirmed=True)
    picture = part(table)["picture"]
    assert picture["kind"] == "groups"
    assert [group["tenths"] for group in picture["groups"]] == [5, 5]
    assert {line["card"] for line in picture["unites"]} == {cards[8], cards[9]}
    assert all(line["agree"] for line in picture["unites"])
    assert picture["divides"]
    assert {line["card"] for line in picture["divides"]} <= set(cards[:8])
    assert picture["people"] == 40


def test_noise_has_no_groups() -> None:
    table, cards = crowd(60, 12)
    dice = Random(3)
    for number in range(59):
        for card in cards[:-1]:
            table.do(f"s{number}", "vote", card=card, vote=dice.choice(["agree", "disagree"]))
        table.do(f"s{number}", "vote", card=cards[-1], vote="agree")
    table.do("m", "finish_map", confirmed=True)
    picture = part(table)["picture"]
    assert (picture["kind"], picture["groups"], picture["divides"]) == ("one", [], [])
    assert picture["unites"][0]["card"] == cards[-1]


def test_a_small_circle_sees_all_at_once() -> None:
    table, cards = crowd(12, 2)
    for number in range(11):
        later(table, f"s{number}", number * 5, "vote", card=cards[0], vote="agree")
        assert part(table)["picture"] is None
    assert part(table)["small"]
    assert table.refused("m", "finish_map") == "confirm_votes"
    table.do("m", "finish_map", confirmed=True)
    picture = part(table)["picture"]
    assert picture["statements"][[c["card"] for c in picture["statements"]].index(cards[0])] == {
        "card": cards[0],
        "all": {"word": "agree"},
        "groups": [],
    }


def test_fewer_than_five_votes_are_never_shown() -> None:
    table, cards = crowd(6, 1)
    for number in range(4):
        table.do(f"s{number}", "vote", card=cards[0], vote="agree")
    assert table.refused("m", "finish_map", confirmed=True) == "few_voters"
    table.do("m", "vote", card=cards[0], vote="disagree")
    table.do("m", "finish_map", confirmed=True)
    assert part(table)["picture"]["kind"] == "one"


def test_a_new_picture_needs_five_people() -> None:
    """Two pictures side by side never tell what one person did in between."""
    table, cards = crowd(40, 2)
    for number in range(20):
        later(table, f"s{number}", number, "vote", card=cards[0], vote="agree")
    first = part(table)["picture"]
    assert first is not None
    for number in range(20, 24):
        later(table, f"s{number}", 100 + number, "vote", card=cards[0], vote="disagree")
        assert part(table)["picture"] is first or part(table)["picture"] == first
    later(table, "s0", 130, "vote", card=cards[1], vote="pass")
    assert part(table)["picture"] != first


def test_the_clock_draws_what_the_last_vote_left() -> None:
    from kring.meetings.engine.kinds import present_kind

    table, cards = crowd(40, 2)
    for number in range(30):
        later(table, f"s{number}", 0, "vote", card=cards[0], vote="agree")
    visit = table.state.visit or ""
    kind = present_kind(table.state)
    assert kind.due(table.state, visit, AT) is None
    assert kind.due(table.state, visit, AT + timedelta(seconds=1)) is not None
    before = part(table)["picture"]["people"]
    later(table, None, 1, "redraw")
    assert (before, part(table)["picture"]["people"]) == (20, 30)
    assert kind.due(table.state, visit, AT + timedelta(seconds=60)) is None


def test_in_a_large_room_phones_follow_the_big_screen_slowly() -> None:
    table, cards = crowd(160, 2)
    seen = []
    for number in range(150):
        later(table, f"s{number}", number / 4, "vote", card=cards[0], vote="agree")
        pictures = [part(table, seat, screen)["picture"] for seat, screen in ((None, "board"), ("s1", "phone"))]  # fmt: skip
        seen.append([one and one["people"] for one in pictures])
    phones = list(dict.fromkeys(phone for _, phone in seen))
    boards = list(dict.fromkeys(board for board, _ in seen))
    assert boards[:3] == [None, 20, 25]
    assert set(phones) < set(boards)
    late = [phone for phone in phones if phone and phone >= 100]
    assert len(late) in (1, 2)
    table.do("m", "finish_map", confirmed=True)
    assert part(table, "s1", "phone")["picture"] == part(table, None, "board")["picture"]


def test_the_last_few_votes_stay_out_of_the_last_map() -> None:
    table, cards = crowd(40, 1)
    for number in range(20):
        later(table, f"s{number}", 0, "vote", card=cards[0], vote="agree")
    shown = part(table)["picture"]
    later(table, "s30", 9, "vote", card=cards[0], vote="disagree")
    later(table, "m", 10, "finish_map", confirmed=True)
    assert part(table)["picture"] == {**shown, "late": True}


@pytest.mark.parametrize("record", ["E", "K"])
def test_when_voting_is_done_no_vote_is_left(record: str) -> None:
    table, cards = crowd(25, 9, record)
    two_camps(table, cards, 25)
    table.do("m", "finish_map", confirmed=True)
    own = room_of(table.state, "v1")
    assert (own.votes, own.key, own.counts, own.stands, own.following) == ({}, "", {}, {}, {})
    table.prune()
    kinds = {event.kind for event in table.log}
    assert not kinds & {"vote.cast", "stand.taken", "opinions.opened", "picture.drawn"}
    published = [event for event in table.lasting if event.kind == "opinions.published"]
    assert len(published) == (1 if record == "K" else 0)
    assert table.refused("s0", "vote", card=cards[0], vote="agree") == "votes_done"
    assert part(table)["stage"] == "shown"


def test_a_window_that_closes_makes_the_last_map() -> None:
    from kring.meetings.engine.kinds import present_kind
    from kring.meetings.engine.moment import Moment

    table, cards = crowd(8, 1)
    moment = Moment(table.state, "m", table.chance, AT)
    assert present_kind(table.state).shut(moment) == ()
    for number in range(7):
        table.do(f"s{number}", "vote", card=cards[0], vote="agree")
    moment = replace(moment, state=table.state)
    (event,) = present_kind(table.state).shut(moment)
    assert (event.kind, event.data["picture"]["kind"]) == ("opinions.published", "one")


def test_after_a_crash_the_statements_are_there_and_the_votes_are_not() -> None:
    table, cards = crowd(25, 3, "K")
    table.do("s0", "vote", card=cards[0], vote="agree")
    table.crash()
    assert [card["card"] for card in table.view("m")["cards"]] == cards
    assert table.view("m")["lost"]
    assert table.mine("s0")["part"]["done"] == 0
    table.do("s0", "vote", card=cards[1], vote="agree")
    assert table.mine("s0")["part"]["done"] == 1


def test_a_finished_map_survives_a_crash() -> None:
    table, cards = crowd(25, 9, "K")
    two_camps(table, cards, 25)
    table.do("m", "finish_map", confirmed=True)
    shown = part(table)["picture"]
    table.crash()
    assert part(table)["picture"] == shown


def test_holding_back_is_visible_has_a_reason_and_can_be_undone() -> None:
    table, _ = crowd(8, 1)
    (added,) = (e for e in table.do("s0", "contribute", text="Piet is lui") if "card" in e.data)
    bad = added.data["card"]
    table.do("s1", "vote", card=bad, vote="agree")
    assert table.refused("s1", "hold", card=bad, reason="insult") == "not_moderator"
    table.do("m", "hold", card=bad, reason="insult")
    line = {"card": bad, "reason": "insult", "text": None}
    assert part(table, "s1")["held"] == [line]
    assert part(table, "m", "moderator")["held"] == [{**line, "text": "Piet is lui"}]
    assert "Piet is lui" not in json.dumps([table.view("s1"), table.view(None, "board")])
    assert table.mine("s0")["part"]["held"] == [
        {"card": bad, "text": "Piet is lui", "reason": "insult"}
    ]
    assert table.mine("s1")["part"]["held"] == []
    assert table.refused("s1", "vote", card=bad, vote="disagree") == "no_such_card"
    assert table.refused("s0", "restore_card", card=bad) == "held"
    table.do("m", "hold", card=bad, reason="names")
    assert held(table.state, "v1") == {bad: "names"}
    table.do("m", "hold", card=bad, reason=None)
    assert "Piet is lui" in table.texts("s1")
    assert part(table)["held"] == []


def test_words_people_voted_on_stay_as_they_are() -> None:
    table, _ = crowd(8, 1)
    (added,) = (e for e in table.do("s0", "contribute", text="meer rust") if "card" in e.data)
    card = added.data["card"]
    table.do("s0", "edit_card", card=card, text="veel meer rust")
    table.do("s1", "vote", card=card, vote="agree")
    assert table.refused("s0", "edit_card", card=card, text="veel minder rust") == "voted_on"
    table.do("s0", "remove_card", card=card)
    assert "veel meer rust" not in table.texts("s1")


def test_statements_are_short_and_different() -> None:
    table, _ = crowd(8, 1)
    assert table.refused("s0", "contribute", text="x" * 141) == "long_statement"
    assert table.refused("s0", "contribute", text=" Stelling  0. ") == "same_statement"


def test_one_device_counts_hands() -> None:
    table, cards = crowd(7, 2)
    table.do("m", "set_devices", one=True)
    assert table.refused("m", "vote", card=cards[0], vote="agree") == "hands_instead"
    assert table.refused("s0", "count_hands", card=cards[0], agree=5) == "not_moderator"
    table.do("m", "count_hands", card=cards[0], agree=6, disagree=1, passed=0)
    table.do("m", "count_hands", card=cards[0], agree=7, disagree=0, passed=0)
    table.do("m", "finish_map", confirmed=True)
    picture = part(table)["picture"]
    assert [line["card"] for line in picture["unites"]] == [cards[0]]
