"""Cards, silent writing, scales: who sees what, in which log, and whose it is."""

import pytest

from kring.meetings.engine import Refused
from kring.methods.format.shapes import Role, Step

from .toy import EVERYTHING, Table, both, phase, protocol, step


def around(one: Step, *people: str, outputs: tuple[object, ...] = ()) -> Table:
    """People around one step."""
    return Table(
        protocol(phase("only", one), outputs=outputs), *(people or ("m", "a", "b", "c", "d"))
    )


def unnamed(record: str = "E") -> Step:
    """Silent writing without names."""
    return step("silent", "write", visibility="V2a", record=record, entry=True)


def test_a_hidden_card_is_nowhere_but_with_its_author() -> None:
    table = around(unnamed())
    table.do("a", "contribute", text="mijn geheim")
    assert table.mine("a")["cards"][0]["text"] == "mijn geheim"
    for seat in ("m", "b", None):
        for screen in ("phone", "moderator", "board", "table"):
            assert "mijn geheim" not in str(table.view(seat, screen))
    assert "mijn geheim" not in str(table.mine("b"))
    assert "mijn geheim" not in str(table.lasting)
    card = table.mine("a")["cards"][0]["card"]
    assert table.refused("m", "edit_card", card=card, text="anders") == "no_such_card"
    table.do("a", "edit_card", card=card, text="anders")
    assert table.mine("a")["cards"][0]["text"] == "anders"


def test_without_names_only_from_four_authors_and_never_with_a_link() -> None:
    table = around(unnamed("H"))
    for seat in ("a", "b", "c"):
        table.do(seat, "contribute", text=f"van {seat}")
        table.do(seat, "contribute", text=f"nog een van {seat}")
    assert table.refused("m", "reveal", confirmed=True) == "too_few"
    table.do("d", "contribute", text="van d")
    assert table.refused("m", "reveal") == "confirm_reveal"
    hidden = set(table.state.room_sheet("v1").hand)
    events = table.do("m", "reveal", confirmed=True)
    assert [event.kind for event in events if event.lasting] == ["cards.revealed"]
    assert all(set(card) == {"card", "text"} for card in events[0].data["cards"])
    assert hidden.isdisjoint(card["card"] for card in events[0].data["cards"])
    assert sorted(table.texts()) == sorted(
        [f"{more}{seat}" for seat in "abc" for more in ("van ", "nog een van ")] + ["van d"]
    )
    assert table.mine("a")["cards"] == []
    table.prune()
    assert "'seat': 'a'" not in str([e.data for e in table.log if not e.lasting])
    assert table.refused("a", "contribute", text="te laat") == "revealed"
    assert table.refused("m", "reveal", confirmed=True) == "revealed"


def test_too_few_authors_may_each_show_their_own_with_a_name() -> None:
    table = around(unnamed("K"), "m", "a", "b")
    for seat in ("a", "b"):
        table.do(seat, "contribute", text=f"van {seat}")
    assert table.refused("m", "show_mine") == "nothing_written"
    table.do("a", "show_mine")
    assert [(c["text"], c["seat"]) for c in table.view("b")["cards"]] == [("van a", "a")]
    assert "van b" not in str(table.view("a"))


def test_named_cards_come_together_and_managers_come_last() -> None:
    named = step("named", "write", visibility="V2", record="K", entry=True)
    for seed in range(10):
        table = Table(protocol(phase("only", named), outputs=()), "m", "a", "b", seed=seed)
        table.do("boss", "take_seat", is_manager=True)
        for seat in ("boss", "a", "b"):
            table.do(seat, "contribute", text=f"van {seat}")
        table.do("m", "reveal", confirmed=True)
        assert [card["seat"] for card in table.view("a")["cards"]][-1] == "boss"
        assert {card["text"]: card["seat"] for card in table.view("a")["cards"]} == {
            "van a": "a", "van b": "b", "van boss": "boss"}  # fmt: skip


def test_the_reveal_is_in_random_order() -> None:
    orders = set()
    for seed in range(12):
        table = Table(protocol(phase("only", unnamed()), outputs=()), *"mabcd", seed=seed)
        for seat in "abcd":
            table.do(seat, "contribute", text=seat)
        table.do("m", "reveal", confirmed=True)
        orders.add(tuple(table.texts()))
    assert len(orders) > 4


def test_what_is_kept_is_kept_without_its_author_and_the_link_lives_in_the_room() -> None:
    table = around(step("free", "open", visibility="V3", record="K", entry=True))
    events = table.do("a", "contribute", text="dit blijft")
    assert [(event.kind, event.lasting) for event in events] == [
        ("card.added", True), ("card.owned", False)]  # fmt: skip
    assert set(events[0].data) == {"visit", "card", "text"}
    assert [card["text"] for card in table.mine("a")["cards"]] == ["dit blijft"]
    table.crash()
    assert table.texts() == ["dit blijft"]
    assert table.mine("a")["cards"] == []


def test_the_author_changes_a_card_the_moderator_may_and_others_may_not() -> None:
    table = around(step("free", "open", visibility="V3", record="E", entry=True))
    table.do("a", "contribute", text="Jan zei iets")
    card = table.view("a")["cards"][0]["card"]
    assert table.refused("b", "edit_card", card=card, text="x") == "not_yours"
    assert table.refused("b", "remove_card", card=card) == "not_yours"
    table.do("m", "remove_card", card=card)
    assert table.texts() == []
    assert table.refused("a", "edit_card", card=card, text="x") == "no_such_card"
    table.do("a", "restore_card", card=card)
    table.do("a", "edit_card", card=card, text="iemand zei iets")
    assert table.texts() == ["iemand zei iets"]


def test_no_more_cards_than_the_step_allows() -> None:
    table = around(step("free", "open", visibility="V3", record="E", entry=True, most=2))
    table.do("a", "contribute", text="een")
    table.do("a", "contribute", text="twee")
    assert table.refused("a", "contribute", text="drie") == "enough_cards"
    table.do("a", "remove_card", card=table.view("a")["cards"][0]["card"])
    table.do("a", "contribute", text="drie")
    assert table.texts() == ["twee", "drie"]


@pytest.mark.parametrize(
    ("where", "seat", "code"),
    [
        ("hello", "a", "wrong_step"),
        ("check_in", "a", "nothing_entered"),
        ("telling", "b", "only_role"),
        ("asking", "b", "only_asking"),
        ("listening", "a", "parked"),
        ("pairs", "b", "nothing_entered"),
        ("sitting", "not_host", "only_host"),
        ("noting", "a", "own_note"),
    ],
)
def test_who_may_not_enter_where(where: str, seat: str, code: str) -> None:
    table = Table(EVERYTHING, "m", "a", "b", "c", "d", "e")
    table.do("m", "give_role", role="contributor", seat="a")
    table.do("m", "give_role", role="asker", seat="c")
    table.go(where)
    if seat == "not_host":
        one = table.view("a")["part"]["tables"][0]
        seat = next(who for who in one["seats"] if who != one["host"])
    answer = table.try_(seat, "contribute", text="hallo")
    assert isinstance(answer, Refused)
    assert answer.code == code
    assert answer.text.nl != answer.text.en


PARKED_ASKS = (
    ("contribute", {"text": "maar ik wil"}),
    ("edit_card", {"card": "x", "text": "y"}),
    ("remove_card", {"card": "x"}),
    ("give_role", {"role": "asker", "seat": "a"}),
    ("end_turn", {}),
    ("pick", {"card": "x"}),
    ("propose", {"output": "effect", "text": "x"}),
)


@pytest.mark.parametrize(("kind", "fields"), PARKED_ASKS)
def test_the_parked_one_can_enter_nothing(kind: str, fields: dict[str, str]) -> None:
    table = Table(EVERYTHING, "m", "a", "b")
    table.do("m", "give_role", role="contributor", seat="a")
    table.go("listening")
    assert table.refused("a", kind, **fields) == "parked"


def test_the_parked_one_may_still_leave_or_ask_for_a_pause() -> None:
    table = Table(EVERYTHING, "m", "a", "b")
    table.do("m", "give_role", role="contributor", seat="a")
    table.go("listening")
    assert [c["parked"] for c in table.view("b")["ring"]] == [False, True, False]
    table.do("b", "contribute", text="zij deed het rustig")
    table.do("m", "contribute", text="namens de kring", for_circle=True)
    assert len(table.texts("a")) == 2
    table.do("a", "ask_pause")
    table.do("a", "leave_seat")


def test_with_one_device_one_person_writes_for_all() -> None:
    table = Table(EVERYTHING, "m", start=False)
    table.do("m", "set_devices", one=True)
    table.do("m", "start")
    table.do("m", "give_role", role="contributor", seat="m")
    for name in ("telling", "listening", "unnamed", "naming"):
        table.go(name)
        table.do("m", "contribute", text=f"de kring bij {name}")
    assert table.mine("m")["part"]["circle_hand"][0]["text"] == "de kring bij naming"
    table.do("m", "reveal", confirmed=True)
    assert [(c["text"], c["seat"]) for c in table.view("m", "table")["cards"]] == [
        ("de kring bij naming", None)]  # fmt: skip
    assert all("seat" not in e.data for e in table.lasting if e.kind.startswith("card"))


def test_a_scale_shows_all_numbers_at_once_without_names() -> None:
    table = around(step("scale", "scale", visibility="V2a", record="K"))
    for seat, value in (("a", 3), ("b", 7), ("c", 7)):
        table.do(seat, "place", value=value)
    assert table.view("m", "moderator")["part"] == {"stage": "placing", "numbers": []}
    assert table.mine("a")["part"]["value"] == 3
    assert table.refused("m", "reveal", confirmed=True) == "too_few"
    table.do("d", "place", value=0)
    table.do("a", "place", value=4)
    table.do("m", "reveal", confirmed=True)
    numbers = table.view("a")["part"]["numbers"]
    assert sorted(number["value"] for number in numbers) == [0, 4, 7, 7]
    assert {number["seat"] for number in numbers} == {None}
    assert table.lasting[-1].data["numbers"] == [{"value": n["value"]} for n in numbers]
    table.prune()
    assert not [event for event in table.log if event.kind == "number.placed"]


def test_a_scale_with_names_shows_them() -> None:
    table = around(step("scale", "scale", visibility="V2", record="E"), "m", "a")
    table.do("a", "place", value=9)
    table.do("m", "reveal", confirmed=True)
    assert table.view("a")["part"]["numbers"] == [{"value": 9, "seat": "a"}]
    assert "9" not in str([event.data for event in table.lasting if "at" not in event.data])


def by_voice(*, second: int) -> Table:
    """A scale with two voices: five people of one, and ``second`` of the other."""
    people = [f"p{number}" for number in range(5 + second)]
    shape = step("scale", "scale", visibility="V2a", record="K", voices=("contributor", "asker"))
    roles = (
        Role(id="contributor", title=both("Leiding"), appointed_by="self"),
        Role(id="asker", title=both("Vakmensen"), appointed_by="self"),
    )
    table = Table(protocol(phase("one", shape), roles=roles), "m", *people)
    for number, seat in enumerate(people):
        table.do(seat, "give_role", role="contributor" if number < 5 else "asker", seat=seat)
        table.do(seat, "place", value=2 if number < 5 else 9)
    return table


def test_a_scale_shows_voices_apart_only_when_each_has_five_people() -> None:
    table = by_voice(second=5)
    table.do("m", "reveal", confirmed=True)
    told = table.view("p0")["part"]
    assert [one["id"] for one in told["voices"]] == ["contributor", "asker"]
    spread = sorted((one["voice"], one["value"]) for one in told["numbers"])
    assert spread == [("asker", 9)] * 5 + [("contributor", 2)] * 5
    table.crash()
    assert sorted((n["voice"], n["value"]) for n in table.view("p0")["part"]["numbers"]) == spread


def test_a_voice_of_four_is_not_shown_apart_and_nor_is_the_other() -> None:
    table = by_voice(second=4)
    table.do("m", "reveal", confirmed=True)
    told = table.view("p0")["part"]
    assert "voices" not in told
    assert sorted(one["value"] for one in told["numbers"]) == [2] * 5 + [9] * 4
    assert "voice" not in str(table.lasting)


def test_a_number_without_a_voice_keeps_all_together() -> None:
    table = by_voice(second=5)
    table.do("m", "place", value=0)
    table.do("m", "reveal", confirmed=True)
    assert "voices" not in table.view("p0")["part"]
