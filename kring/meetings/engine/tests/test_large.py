"""Large groups: tables for the whole meeting, columns per word, the question market, replies."""

import json
from collections import Counter
from random import Random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.meetings.engine import replay, seating
from kring.meetings.engine.flow import leaving
from kring.methods.format.shapes import Output, Prompt, Role, Step

from .toy import WORDS, Table, both, phase, protocol, step

DAY = "2026-05-01"


def columns(**more: Any) -> Step:
    """A step with two columns, without words."""
    made: dict[str, Any] = {"visibility": "V2a", "record": "H", "entry": True, "choices": WORDS}
    prompts = (Prompt(text=both("Wel of niet?")),)
    return step("columns", "columns", speaking="TABLES", prompts=prompts, **(made | more))


def market(**more: Any) -> Step:
    """A step in which the contributor answers."""
    made: dict[str, Any] = {"visibility": "V6", "record": "K", "entry": True, "most": 2}
    return step("market", "market", speaking="ASK", role="contributor", **(made | more))


def hall(*steps: Step, people: int = 14, tables: int = 2) -> Table:
    """People at tables: p0, p2 … at the first, p1, p3 … at the second; p0 and p1 host; x answers."""
    outputs = tuple(
        Output(type=kind, default_visibility="V6")
        for kind in ("table_list", "question", "expectation", "promise")
    )
    shape = protocol(*(phase(one.id, one) for one in steps), outputs=outputs)
    table = Table(shape, "m", *(f"p{n}" for n in range(people)), "x", start=False)
    for number in range(people):
        table.do(f"p{number}", "sit_at", table=number % tables, host=number < tables)
    table.do("x", "give_role", role="contributor", seat="x")
    table.do("m", "start")
    return table


def lists(table: Table, seat: str = "p5") -> dict[str, list[str]]:
    """The texts per column, of the first word."""
    part = table.view(seat)["part"]["words"][0]
    return {one["column"]: [card["text"] for card in one["cards"]] for one in part["lists"]}


def card(table: Table, text: str) -> str:
    """The id of a text on the table."""
    return next(one["card"] for one in table.view("m")["cards"] if one["text"] == text)


# --- tables --------------------------------------------------------------------------------------
@given(
    people=st.integers(1, 2000), size=st.integers(5, 8), parts=st.integers(1, 9), seed=st.integers()
)
@settings(max_examples=120, deadline=None)
def test_tables_are_even_and_every_part_is_spread_over_them(
    people: int, size: int, parts: int, seed: int
) -> None:
    chance = Random(seed)
    seats = [f"s{number}" for number in range(people)]
    labels = {seat: f"layer {chance.randrange(parts)}" for seat in seats}
    tables = seating.deal(seats, labels, size, chance)
    sizes = [len(table) for table in tables]
    assert sorted(seat for table in tables for seat in table) == sorted(seats)
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) <= 8
    assert min(sizes) >= 5 or people < 10
    for part in set(labels.values()):
        spread = [Counter(labels[seat] for seat in table)[part] for table in tables]
        assert max(spread) - min(spread) <= 1


def test_two_thousand_people_find_a_table_in_a_moment() -> None:
    shape = protocol(phase("columns", columns()), outputs=())
    table = Table(shape, "m", *(f"p{n}" for n in range(2000)), start=False)
    parts = {f"p{n}": f"layer {n % 4}" for n in range(2000)}
    began = perf_counter()
    table.do(None, "lay_tables", size=7, parts=parts)
    assert perf_counter() - began < 1
    known = table.state.record.seating
    assert known is not None
    assert len(known.groups) == 286
    assert {len(group) for group in known.groups} == {6, 7}
    assert len(set(known.hosts.values())) == 286
    for group in known.groups:
        assert max(Counter(int(seat[1:]) % 4 for seat in group).values()) <= 2


def test_hosts_by_role_each_get_a_table_of_their_own() -> None:
    roles = (Role(id="table_host", title=both("Gastvrouw")),)
    table = Table(protocol(phase("columns", columns()), roles=roles), "m", start=False)
    for number in range(20):
        held = ["table_host"] if number < 3 else []
        table.do(f"p{number}", "take_seat", roles=held)
    table.do(None, "lay_tables", size=7)
    known = table.state.record.seating
    assert known is not None
    assert sorted(known.hosts.values()) == ["p0", "p1", "p2"]


def test_people_sit_where_the_sign_stands_and_a_late_one_where_there_is_room() -> None:
    table = hall(columns(), people=7)
    table.do("late", "take_seat")
    assert "table" not in table.mine("late")
    table.do("late", "sit_at")
    assert table.mine("late")["table"] == 1
    table.do("late", "sit_at", table=5)
    assert table.mine("late")["table"] == 5
    assert table.mine("late")["part"]["hosts"] is True
    assert table.refused("p3", "sit_at", table=0, seat="p4") == "not_moderator"
    table.do("m", "sit_at", table=0, seat="p3")
    assert table.mine("p3")["table"] == 0


def test_an_empty_chair_does_not_write_and_a_crash_moves_nobody() -> None:
    table = hall(columns())
    table.do("p0", "leave_seat")
    assert table.view("p2")["one_device"] is False
    host = seating.host_of(table.state, 0)
    assert host in {f"p{n}" for n in range(2, 14, 2)}
    seats = table.state.record.seating
    table.crash()
    assert table.state.record.seating == seats
    table.do(host, "put_in", column="warm", text="na de klap")


def test_the_same_tables_stay_for_every_step_of_a_large_group() -> None:
    talk = step("talk", "tables", speaking="TABLES", visibility="V3", record="E", entry=True)
    table = hall(talk, columns())
    before = [sorted(one["seats"]) for one in table.view("p2")["part"]["tables"]]
    assert before == [sorted(f"p{n}" for n in range(at, 14, 2)) for at in (0, 1)]
    table.do("p0", "contribute", text="van tafel een")
    assert table.refused("p2", "contribute", text="x") == "only_host"
    table.do("p0", "set_host", table=0, seat="p2")
    table.do("p2", "contribute", text="met een andere pen")
    table.go("columns")
    assert table.mine("p2")["part"]["hosts"] is True


# --- columns -------------------------------------------------------------------------------------
def test_a_table_writes_hidden_and_only_that_table_reads_it() -> None:
    table = hall(columns())
    table.do("p0", "put_in", column="warm", text="je belt terug")
    assert [one["text"] for one in table.mine("p2")["part"]["ours"]] == ["je belt terug"]
    for seat, screen in (("p1", "phone"), ("m", "moderator"), (None, "board"), ("p2", "phone")):
        assert "je belt terug" not in json.dumps(table.view(seat, screen))
    assert table.mine("p1")["part"]["ours"] == []
    assert table.refused("p2", "put_in", column="warm", text="x") == "only_host"
    assert table.refused("p0", "put_in", column="blue", text="x") == "no_such_column"
    assert "je belt terug" not in json.dumps([event.to_json() for event in table.lasting])


def test_what_is_shown_has_no_table_and_no_author_anywhere() -> None:
    table = hall(columns())
    table.do("p0", "put_in", column="warm", text="je belt terug")
    table.do("p1", "put_in", column="cold", text="je wacht af")
    before = {one for sheet in table.state.room.sheets.values() for one in sheet.hand}
    table.do("m", "reveal", confirmed=True)
    assert lists(table) == {"warm": ["je belt terug"], "cold": ["je wacht af"]}
    (shown,) = [event for event in table.lasting if event.kind == "cards.revealed"]
    assert {key for one in shown.data["cards"] for key in one} == {
        "card", "text", "column", "about",
    }  # fmt: skip
    assert not before & {one["card"] for one in shown.data["cards"]}
    table.prune()
    assert "je belt terug" not in json.dumps(
        [event.to_json() for event in table.log if not event.lasting]
    )
    assert table.refused("p0", "put_in", column="warm", text="later") == "revealed"


def test_moderators_hear_which_tables_are_silent_and_nobody_else_does() -> None:
    table = hall(columns())
    table.do("p0", "put_in", column="warm", text="je belt terug")
    part = table.view("m", "moderator")["part"]
    assert (part["tables"], part["silent"]) == (2, [1])
    for seat, screen in (("p1", "phone"), (None, "board")):
        assert "silent" not in table.view(seat, screen)["part"]


def test_a_table_mends_its_own_text_and_nobody_elses() -> None:
    table = hall(columns())
    table.do("p0", "put_in", column="warm", text="je belt")
    ours = table.mine("p0")["part"]["ours"][0]["card"]
    assert table.refused("p1", "put_in", text="x", card=ours) == "no_such_card"
    table.do("p0", "put_in", text="je belt terug", card=ours)
    assert table.mine("p2")["part"]["ours"][0]["text"] == "je belt terug"
    assert table.refused("p1", "take_out", card=ours) == "no_such_card"
    table.do("p0", "take_out", card=ours)
    assert table.mine("p0")["part"]["ours"] == []


def merged() -> Table:
    """Two tables wrote nearly the same, and one thing more; it was laid together."""
    table = hall(columns())
    table.do("p0", "put_in", column="warm", text="je belt terug")
    table.do("p1", "put_in", column="warm", text="je belt dezelfde dag terug")
    table.do("p1", "put_in", column="cold", text="je stuurt door")
    table.do("m", "reveal", confirmed=True)
    table.do("m", "lay_under", card=card(table, "je belt dezelfde dag terug"),
             under=card(table, "je belt terug"))  # fmt: skip
    return table


def test_what_says_the_same_lies_together_and_no_word_is_lost() -> None:
    table = merged()
    stacks = table.view("p3")["part"]["words"][0]["lists"][0]["cards"]
    assert [(one["text"], [also["text"] for also in one["also"]]) for one in stacks] == [
        ("je belt terug", ["je belt dezelfde dag terug"])]  # fmt: skip
    table.crash()
    assert table.view("p3")["part"]["words"][0]["lists"][0]["cards"] == stacks
    under = {"card": card(table, "je stuurt door"), "under": card(table, "je belt terug")}
    assert table.refused("m", "lay_under", **under) == "not_under_that"
    assert table.refused("p0", "lay_under", **under) == "not_moderator"
    table.do("m", "lay_under", card=card(table, "je belt dezelfde dag terug"))
    assert len(lists(table)["warm"]) == 2


def test_a_list_leaves_in_the_words_of_the_tables_and_one_no_keeps_a_text_inside() -> None:
    table = merged()
    assert table.refused("p4", "release_list") == "not_moderator"
    assert table.refused("m", "release_list") == "confirm_list"
    table.do("m", "release_list", confirmed=True, language="nl")
    (item,) = table.view("p3")["released"]
    assert item["fields"] == {
        "about": "Wel of niet?",
        "lines": "warm:\n  - je belt terug\n    ~ je belt dezelfde dag terug\n\n"
        "koud:\n  - je stuurt door",
    }
    events = table.do("p9", "keep_here", card=card(table, "je stuurt door"))
    assert "p9" not in json.dumps([event.to_json() for event in events])
    assert table.view("p3")["released"] == []
    table.do("m", "release_list", confirmed=True)
    assert "je stuurt door" not in str(table.view("p3")["released"])
    assert "je belt terug" in str(table.view("p3")["released"])
    table.do("m", "release_list", released=False)
    assert table.view("p3")["released"] == []


def test_a_no_counts_for_every_wording_that_was_laid_together() -> None:
    table = merged()
    table.do("p9", "keep_here", card=card(table, "je belt dezelfde dag terug"))
    table.do("m", "release_list", confirmed=True)
    assert "dezelfde dag" not in str(table.view("p3")["released"])
    assert "je belt terug" in str(table.view("p3")["released"])
    table.do("p9", "keep_here", card=card(table, "je belt terug"))
    table.do("m", "release_list", confirmed=True)
    (item,) = table.view("p3")["released"]
    assert item["fields"]["lines"] == "koud:\n  - je stuurt door"


def test_words_come_from_an_earlier_step_and_can_be_added() -> None:
    story = step("story", "one", role="contributor", visibility="V6", record="K", entry=True)
    table = hall(story, columns(uses="story"))
    table.do("x", "contribute", text="Ondernemend")
    table.go("columns")
    assert table.refused("p0", "put_in", column="warm", text="x") == "no_such_column"
    table.do("m", "name_word", text="Dichtbij")
    assert table.do("m", "name_word", text="dichtbij") == ()
    words = [(one["text"], one["card"]) for one in table.view("p0")["part"]["words"]]
    assert [text for text, _ in words] == ["Ondernemend", "Dichtbij"]
    for text, word in words:
        table.do("p0", "put_in", column="warm", about=word, text=f"bij {text}")
    table.do("m", "reveal", confirmed=True)
    assert lists(table) == {"warm": ["bij Ondernemend"], "cold": []}
    table.do("m", "release_list", about=words[1][1], confirmed=True)
    assert [one["fields"]["about"] for one in table.view("p0")["released"]] == ["Dichtbij"]


# --- the question market -------------------------------------------------------------------------
def test_the_box_opens_from_four_people_and_forgets_who_they_were() -> None:
    table = hall(market())
    for seat in ("p4", "p5", "p6"):
        table.do(seat, "into_box", text=f"vraag van {seat}")
    table.do("p4", "into_box", text="nog een van p4")
    assert table.refused("m", "reveal", confirmed=True) == "too_few_in_box"
    table.do("p7", "into_box", text="vraag van p7")
    assert table.refused("m", "reveal") == "confirm_reveal"
    hidden = json.dumps([event.to_json() for event in table.lasting])
    assert "vraag van" not in hidden
    table.do("m", "reveal", confirmed=True)
    assert sorted(table.texts("p0")) == sorted(
        ["nog een van p4", *(f"vraag van {seat}" for seat in ("p4", "p5", "p6", "p7"))]
    )
    told = [event for event in table.lasting if event.kind == "cards.revealed"]
    assert [set(one) for one in told[0].data["cards"]] == [{"card", "text"}] * 5
    assert table.mine("p4")["part"]["boxed"] == []
    table.do("p4", "into_box", text="later nog een")
    assert table.refused("m", "reveal", confirmed=True) == "too_few_in_box"


def test_a_question_that_stays_alone_goes_through_the_table() -> None:
    table = hall(market())
    table.do("p4", "into_box", text="durf ik niet alleen")
    (mine,) = table.mine("p4")["part"]["boxed"]
    assert table.refused("p6", "give_to_table", card=mine["card"]) == "no_such_card"
    events = table.do("p4", "give_to_table", card=mine["card"])
    assert "p4" not in json.dumps([event.to_json() for event in events if event.lasting])
    assert table.texts("p0") == ["durf ik niet alleen"]
    assert [one["text"] for one in table.mine("p0")["part"]["ours"]] == ["durf ik niet alleen"]
    assert table.mine("p4")["part"]["boxed"] == []


def test_a_table_chooses_its_questions() -> None:
    table = hall(market())
    for text in ("een", "twee"):
        table.do("p0", "put_in", text=text)
    assert table.refused("p0", "put_in", text="drie") == "enough_of_table"
    table.do("p1", "put_in", text="van de andere tafel")
    assert "table" not in {key for event in table.lasting if event.kind == "card.added"
                           for key in event.data}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"word": "no"}, "say_why"),
        ({"word": "unknown", "text": "we kijken"}, "say_when"),
        ({"word": "unknown", "before": "2026-01-01"}, "past_day"),
    ],
)
def test_an_honest_answer_says_why_or_when(fields: dict[str, str], code: str) -> None:
    table = hall(market())
    table.do("p0", "put_in", text="mag het?")
    assert table.refused("x", "reply", card=card(table, "mag het?"), **fields) == code


def test_answers_are_given_by_who_must_and_unanswered_questions_leave_too() -> None:
    table = hall(market())
    for seat, text in (("p0", "mag het?"), ("p1", "komt er geld?"), ("p1", "wanneer?")):
        table.do(seat, "put_in", text=text)
    assert table.refused("p3", "reply", card=card(table, "mag het?"), word="yes") == "only_role"
    table.do("x", "reply", card=card(table, "mag het?"), word="yes", text="Ja, vanaf morgen.")
    table.do("m", "reply", card=card(table, "komt er geld?"), word="unknown", before=DAY)
    part = table.view("p3")["part"]["cards"]
    assert [(one["text"], one["reply"] and one["reply"]["word"]) for one in part] == [
        ("mag het?", "yes"), ("komt er geld?", "unknown"), ("wanneer?", None)]  # fmt: skip
    table.crash()
    found = [dict(item["fields"]) for item in leaving(table.state, "nl").values()]
    assert found == [
        {"question": "mag het?", "to_whom": "Inbrenger", "word": "yes", "by": "x",
         "answer": "Ja, vanaf morgen.", "answered_on": "2026-03-02"},
        {"question": "komt er geld?", "to_whom": "Inbrenger", "word": "unknown",
         "answer_by": DAY},
        {"question": "wanneer?", "to_whom": "Inbrenger"},
    ]  # fmt: skip
    table.do("x", "reply", card=card(table, "mag het?"), word=None)
    assert table.view("p3")["part"]["cards"][0]["reply"] is None


# --- expectations and promises -------------------------------------------------------------------
def test_an_accepted_expectation_becomes_a_promise_in_ones_own_name() -> None:
    asking = columns(visibility="V6")
    react = step("react", "market", speaking="ONE", role="contributor", visibility="V6", record="H",
                 uses="columns", entry=True)  # fmt: skip
    assert react.entry is not None
    react = react.model_copy(update={"entry": react.entry.model_copy(update={"output": "promise"})})
    table = hall(asking, react)
    table.do("p0", "put_in", column="cold", text="kom eens langs")
    table.do("p1", "put_in", column="cold", text="geef ons geld")
    table.do("p1", "put_in", column="warm", text="bel elkaar")
    table.do("p3", "keep_here", card=card(table, "bel elkaar"))
    table.go("react")
    refs = {one["text"]: one["card"] for one in table.view("x")["part"]["cards"]}
    assert set(refs) == {"kom eens langs", "geef ons geld"}
    assert table.refused("p0", "put_in", text="x") == "nothing_entered"
    assert table.refused("x", "reply", card=refs["kom eens langs"], word="yes") == "say_promise"
    yes = {
        "text": "Ik loop elke maand een dienst mee.",
        "how_noticed": "Je ziet me.",
        "before": DAY,
    }
    table.do("x", "reply", card=refs["kom eens langs"], word="yes", **yes)
    table.do("x", "reply", card=refs["geef ons geld"], word="no", text="Het is op.")
    found = [(item["output"], dict(item["fields"])) for item in leaving(table.state, "nl").values()]
    assert found == [
        ("expectation", {"what": "kom eens langs", "of_whom": "koud", "word": "yes", "by": "x",
                         "reply": "Ik loop elke maand een dienst mee."}),
        ("promise", {"behaviour": "Ik loop elke maand een dienst mee.", "by_whom": "x",
                     "to_whom": "iedereen in deze bijeenkomst", "how_noticed": "Je ziet me.",
                     "test_on": DAY}),
        ("expectation", {"what": "geef ons geld", "of_whom": "koud", "word": "no", "by": "x",
                         "reply": "Het is op."}),
    ]  # fmt: skip
    assert replay(table.shape, table.log) == table.state
