"""Groups, tables, choosing, rating and assent."""

import pytest

from kring.meetings.engine.grouping import small, tables
from kring.methods.format.shapes import Entry, Output, Step

from .toy import WORDS, Table, both, phase, protocol, step


@pytest.mark.parametrize(
    ("people", "size", "expected"),
    [
        (1, 2, [1]), (2, 2, [2]), (3, 2, [3]), (4, 2, [2, 2]), (5, 2, [2, 3]), (7, 2, [2, 2, 3]),
        (1, 3, [1]), (2, 3, [2]), (3, 3, [3]), (4, 3, [2, 2]), (5, 3, [3, 2]), (6, 3, [3, 3]),
        (7, 3, [3, 2, 2]), (8, 3, [3, 3, 2]), (10, 3, [3, 3, 2, 2]),
    ],
)  # fmt: skip
def test_nobody_stays_alone(people: int, size: int, expected: list[int]) -> None:
    groups = small(tuple(map(str, range(people))), size)
    assert [len(group) for group in groups] == expected
    assert sorted(seat for group in groups for seat in group) == sorted(map(str, range(people)))


@pytest.mark.parametrize("people", range(1, 120))
def test_tables_have_five_to_eight_chairs(people: int) -> None:
    sizes = [len(table) for table in tables(tuple(map(str, range(people))))]
    assert sum(sizes) == people
    assert max(sizes) <= 8
    assert min(sizes) >= 5 or people < 10
    assert max(sizes) - min(sizes) <= 1


PAIRS = protocol(phase("pairs", step("pairs", "groups", speaking="PAIRS")), outputs=())
TABLES = protocol(
    phase("tables", step("tables", "tables", visibility="V3", record="E", entry=True)), outputs=()
)


def test_pairs_are_drawn_and_the_moderator_fills_in_only_where_one_is_missing() -> None:
    even, odd = Table(PAIRS, "m", "a", "b"), Table(PAIRS, "m", "a", "b", "c")
    assert [sorted(group) for group in even.view("a")["part"]["groups"]] == [["a", "b"]]
    assert sorted(map(len, odd.view("a")["part"]["groups"])) == [2, 2]
    assert "a" in even.mine("a")["part"]["group"]


def test_a_late_joiner_finds_a_group_and_nobody_stays_alone_when_one_leaves() -> None:
    table = Table(PAIRS, "m", *"abcd")
    table.do("late", "take_seat")
    assert sorted(map(len, table.view("a")["part"]["groups"])) == [2, 3]
    mate = next(who for who in table.mine("a")["part"]["group"] if who != "a")
    gone = table.mine("a")["part"]["group"]
    for seat in [seat for seat in gone if seat != "a"]:
        table.do(seat, "leave_seat")
    assert mate not in str(table.view("a")["part"]["groups"])
    assert len(table.mine("a")["part"]["group"]) >= 3


def test_coming_back_finds_the_same_groups_and_drawing_again_is_confirmed() -> None:
    shape = protocol(*PAIRS.phases, phase("after", step("after", "lead")), outputs=())
    table = Table(shape, "m", *"abcdef")
    groups = table.view("a")["part"]["groups"]
    table.go("after")
    table.do("m", "go_back", from_visit=table.state.visit)
    assert table.view("a")["part"]["groups"] == groups
    assert table.refused("m", "draw") == "confirm_draw"
    table.do("m", "draw", confirmed=True)
    assert table.view("a")["part"]["groups"] != groups


def test_the_host_writes_for_the_table_and_may_hand_that_over() -> None:
    table = Table(TABLES, "m", *(f"p{n}" for n in range(12)))
    first, second = table.view("p1")["part"]["tables"]
    host, other = first["host"], next(s for s in first["seats"] if s != first["host"])
    table.do(host, "contribute", text="onze tafel")
    assert [(c["text"], c["table"], c["seat"]) for c in table.view("p1")["cards"]] == [
        ("onze tafel", 0, None)]  # fmt: skip
    assert table.refused(other, "set_host", table=0, seat=other) == "only_host"
    assert table.refused(host, "set_host", table=0, seat=second["host"]) == "not_at_table"
    table.do(host, "set_host", table=0, seat=other)
    assert table.refused(host, "contribute", text="x") == "only_host"
    table.do(other, "leave_seat")
    assert table.view("p1")["part"]["tables"][0]["host"] in first["seats"]


def chain(*steps: Step, outputs: tuple[Output, ...] = ()) -> Table:
    """Five people; writing first, then these steps; three cards on the table."""
    shape = protocol(
        phase("write", step("write", "open", visibility="V3", record="E", entry=True)),
        *(phase(one.id, one) for one in steps),
        outputs=outputs,
    )
    table = Table(shape, "m", *"abcd")
    table.go("write")
    for seat in "abc":
        table.do(seat, "contribute", text=f"zin {seat}")
    table.go(steps[0].id)
    return table


def cards(table: Table) -> list[str]:
    """Ids of the cards this step works on."""
    return [card["card"] for card in table.view("a")["basis"]]


def pick(record: str = "E", most: int | None = 2) -> Step:
    """A step to choose."""
    return step("pick", "choose", uses="write", visibility="V3", record=record, keep_at_most=most)


def test_choosing_keeps_to_the_room_there_is_and_hands_on_what_was_picked() -> None:
    table = chain(
        pick(), step("rate", "rate", uses="pick", visibility="V3", record="E", choices=WORDS)
    )
    one, two, three = cards(table)
    table.do("a", "pick", card=two)
    table.do("b", "pick", card=three)
    assert table.refused("c", "pick", card=one) == "card_limit"
    assert table.refused("c", "pick", card="none") == "no_such_card"
    table.do("c", "pick", card=two, picked=False)
    table.do("c", "pick", card=one)
    table.go("rate")
    assert cards(table) == [three, one]


def test_cards_that_belong_together_lie_under_each_other() -> None:
    table = chain(
        pick(), step("after", "rate", uses="pick", visibility="V3", record="E", choices=WORDS)
    )
    one, two, three = cards(table)
    table.do("a", "pick", card=one)
    table.do("a", "put_together", card=one, under=two)
    assert table.view("a")["part"]["picked"] == []
    assert table.refused("a", "put_together", card=two, under=two) == "not_yet_picked"
    assert table.refused("a", "put_together", card=three, under=one) == "not_yet_picked"
    table.go("after")
    assert cards(table) == [two, three]


def test_fewer_cards_than_room_and_nothing_picked_means_everything_goes_on() -> None:
    table = chain(
        pick(most=7), step("after", "rate", uses="pick", visibility="V3", record="E", choices=WORDS)
    )
    everything = cards(table)
    table.go("after")
    assert cards(table) == everything


def test_a_skipped_choice_hands_on_what_it_would_have_chosen_from() -> None:
    table = chain(
        pick(), step("after", "rate", uses="pick", visibility="V3", record="E", choices=WORDS)
    )
    everything = cards(table)
    table.do("m", "go_back", from_visit=table.state.visit)
    table.do("m", "undo")
    table.do("m", "undo")
    table.do("m", "skip_phase", phase="pick", from_visit=table.state.visit)
    table.go("after")
    assert cards(table) == everything


def test_what_is_picked_for_keeping_survives_a_crash_without_its_author() -> None:
    table = chain(
        pick("K"), step("after", "rate", uses="pick", visibility="V3", record="E", choices=WORDS)
    )
    table.do("a", "pick", card=cards(table)[1])
    table.crash()
    table.go("after")
    assert [card["text"] for card in table.view("a")["basis"]] == ["zin b"]


def test_rating_is_one_word_per_card_by_whoever_decides_here() -> None:
    rate = step(
        "rate", "rate", uses="write", role="contributor", visibility="V3", record="E", choices=WORDS
    )
    table = chain(rate)
    table.do("m", "give_role", role="contributor", seat="d")
    card = cards(table)[0]
    assert table.refused("a", "rate", card=card, choice="warm") == "only_role"
    assert table.refused("d", "rate", card=card, choice="blue") == "no_such_choice"
    table.do("d", "rate", card=card, choice="warm")
    table.do("d", "rate", card=card, choice="cold")
    assert table.view("a")["part"]["ratings"] == {card: "cold"}
    table.do("d", "rate", card=card, choice=None)
    assert table.view("a")["part"]["ratings"] == {}


ASSENT = step("assent", "assent", uses="write", visibility="V3", record="H")


def test_a_no_opens_the_sentence_again_and_nobody_learns_whose() -> None:
    table = chain(ASSENT)
    card = cards(table)[0]
    for seat in ("m", *"abcd"):
        table.do(seat, "agree", card=card)
    assert table.view("a")["part"]["lines"][0]["everybody"] is True
    table.do("m", "settle", card=card)
    before = len(table.lasting)
    table.do("b", "object", card=card, because="te streng")
    line = table.view("a")["part"]["lines"][0]
    assert (line["stage"], line["objections"]) == ("objected", ["te streng"])
    assert "'b'" not in str(table.view("a")["part"])
    assert [event.kind for event in table.lasting[before:]] == ["sentence.reopened"]
    assert table.refused("m", "settle", card=card) == "someone_objects"
    assert table.refused("a", "reword", card=card, text="x") == "not_moderator"
    table.do("m", "reword", card=card, text="zin a, maar zachter")
    line = table.view("a")["part"]["lines"][0]
    assert (line["text"], line["stage"], line["everybody"]) == (
        "zin a, maar zachter",
        "open",
        False,
    )
    table.do("m", "settle", card=card)
    assert table.view("a")["part"]["lines"][0]["stage"] == "settled"


def test_settled_norms_leave_with_their_respect_tests_and_come_back_when_reopened() -> None:
    test = step("respect_self", "rate", uses="write", visibility="V3", record="E",
                choices=({"id": "fits", "text": {"nl": "past", "en": "fits"}},))  # fmt: skip
    table = chain(test, ASSENT, outputs=(Output(type="norm"),))
    card = cards(table)[0]
    table.do("a", "rate", card=card, choice="fits")
    table.go("assent")
    table.do("m", "settle", card=card)
    (released,) = table.state.record.released.values()
    assert (released["output"], released["visibility"], released["named"]) == ("norm", "V4", None)
    assert released["fields"] == {"sentence": "zin a", "respect_self": "fits"}
    table.do("c", "object", card=card)
    assert table.state.record.released == {}


def test_a_sentence_of_another_step_joins_the_assent_and_leaves_as_what_it_is() -> None:
    """The repair agreement of a set of norms: settled with them, then harvested with its day."""
    silent = step("write", "write", visibility="V2a", record="E", entry=True)
    repair = Entry(label=both("Als het misgaat"), output="agreement")
    table = Table(
        protocol(
            phase("p0", silent),
            phase("p1", step("repair", "open", visibility="V3", record="E").model_copy(
                update={"entry": repair})),
            phase("p2", ASSENT.model_copy(update={"also_uses": ("repair",)})),
            phase("p3", step("harvest", "harvest", visibility="V3", record="H")),
            outputs=(Output(type="norm"), Output(type="agreement")),
        ), "m", *"abcd",
    )  # fmt: skip
    for seat in "abcd":
        table.do(seat, "contribute", text=f"zin {seat}")
    table.do("m", "reveal", confirmed=True)
    table.go("repair")
    table.do("m", "contribute", text="we zeggen het dezelfde dag")
    table.go("assent")
    lines = {line["text"]: line["card"] for line in table.view("a")["part"]["lines"]}
    assert sorted(lines) == ["we zeggen het dezelfde dag", *(f"zin {seat}" for seat in "abcd")]
    for text in ("zin a", "we zeggen het dezelfde dag"):
        table.do("m", "settle", card=lines[text])
    assert [one["output"] for one in table.state.record.released.values()] == ["norm"]
    table.go("harvest")
    settled = table.view("a")["part"]["table"][0]
    assert (settled["phase"], [card["text"] for card in settled["cards"]]) == (
        None, ["we zeggen het dezelfde dag"])  # fmt: skip


STAYING = protocol(
    phase("one", step("one", "groups", speaking="PAIRS")),
    phase("talk", step("talk", "lead")),
    phase("two", step("two", "groups", speaking="PAIRS", stay_with="one")),
    phase("three", step("three", "tables", speaking="TABLES")),
    phase("four", step("four", "tables", speaking="TABLES", stay_with="three")),
    outputs=(),
)


def test_pairs_stay_together_through_the_steps_that_say_so() -> None:
    table = Table(STAYING, "m", *"abcdefgh")
    pairs = table.view("a")["part"]["groups"]
    table.do("late", "take_seat")
    pairs = table.view("a")["part"]["groups"]
    table.go("two")
    assert table.view("a")["part"]["groups"] == pairs


def test_who_came_meanwhile_joins_and_who_stays_alone_is_drawn_anew() -> None:
    table = Table(STAYING, "m", *"abcdef")
    pairs = [frozenset(pair) for pair in table.view("a")["part"]["groups"]]
    table.go("talk")
    table.do("late", "take_seat")
    table.go("two")
    again = [frozenset(pair) for pair in table.view("a")["part"]["groups"]]
    assert sorted(map(len, again)) == [2, 2, 3]
    assert all(any(pair <= group for group in again) for pair in pairs)

    other = Table(STAYING, "m", *"abcdef")
    mate = next(seat for seat in other.mine("a")["part"]["group"] if seat != "a")
    other.go("talk")
    other.do(mate, "leave_seat")
    other.go("two")
    drawn = other.view("a")["part"]["groups"]
    assert min(map(len, drawn)) >= 2
    assert {"a", *"bcdef"} - {mate} <= {seat for group in drawn for seat in group}


def test_tables_keep_their_host() -> None:
    table = Table(STAYING, "m", *(f"p{n}" for n in range(12)))
    table.go("three")
    first = table.view("p1")["part"]["tables"][0]
    other = next(seat for seat in first["seats"] if seat != first["host"])
    table.do("m", "set_host", table=0, seat=other)
    before = table.view("p1")["part"]["tables"]
    table.go("four")
    assert table.view("p1")["part"]["tables"] == before
