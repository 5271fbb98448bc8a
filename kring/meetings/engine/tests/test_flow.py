"""Moving through the script, with all the ways in which a real meeting does not go straight."""

from datetime import date

import pytest

from kring.meetings.engine import Decided, Refused, Who, may

from .toy import EVERYTHING, Table, phase, protocol, step

SOFT = protocol(
    phase("one", step("one", "lead"), core=True, may_skip=False),
    phase("two", step("two", "open", visibility="V3", record="E", entry=True)),
    phase("three", step("three", "lead")),
    phase("four", step("four", "choose", uses="two", visibility="V3", record="E")),
    phase("five", step("five", "lead"), core=True),
    phase("six", step("six", "lead"), core=True),
    outputs=(),
)


def at(table: Table) -> str:
    """Where we are."""
    assert table.state.step is not None
    return table.state.step.id


def test_two_moderators_pressing_next_at_once_move_one_step() -> None:
    table = Table(SOFT, "m", "n")
    table.do("m", "hand_over", to="n", together=True)
    here = table.state.visit
    assert len(table.do("m", "enter_next", from_visit=here)) == 1
    assert table.try_("n", "enter_next", from_visit=here) == Decided()
    assert at(table) == "two"


def test_going_back_loses_nothing_and_repeating_gives_a_fresh_table() -> None:
    table = Table(SOFT, "m", "a")
    table.go("two")
    table.do("a", "contribute", text="hier")
    table.go("three")
    table.do("m", "go_back", from_visit=table.state.visit)
    assert (at(table), table.texts()) == ("two", ["hier"])
    table.do("m", "repeat", from_visit=table.state.visit)
    assert (at(table), table.texts()) == ("two", [])
    table.do("m", "undo")
    assert (at(table), table.texts()) == ("two", ["hier"])


def test_a_part_played_per_role_is_played_again_with_somebody_else() -> None:
    chair = protocol(
        phase("chair", step("shows", "one", role="contributor", speaking="ONE", visibility="V3",
                            record="E", entry=True), step("back", "lead"), per="contributor"),
        phase("end", step("end", "lead"), step("bye", "lead")),
        outputs=(),
    )  # fmt: skip
    table = Table(chair, "m", "a", "b")
    table.do("m", "give_role", role="contributor", seat="a")
    table.do("a", "contribute", text="zo doe ik het")
    table.go("back")
    assert table.view("m", "moderator")["script"]["again"] == "else"
    table.do("m", "repeat", what="phase", from_visit=table.state.visit)
    assert (at(table), table.texts()) == ("shows", [])
    assert table.state.holders("contributor") == ()
    assert [need["role"] for need in table.view("m", "moderator")["needs"]] == ["contributor"]
    table.do("m", "give_role", role="contributor", seat="b")
    table.do("b", "contribute", text="en ik zo")
    table.do("m", "undo")
    assert (at(table), table.state.holders("contributor")) == ("back", ("b",))
    table.go("end")
    assert table.view("m", "moderator")["script"]["again"] == "phase"


def test_every_move_can_be_undone_one_by_one() -> None:
    table = Table(SOFT, "m", "a")
    flows = [table.state.flow]
    for ask in (
        {"kind": "enter_next", "from_visit": "v1"},
        {"kind": "more_time", "minutes": 5},
        {"kind": "reorder", "phases": ["four", "three", "five", "six"]},
        {"kind": "skip_phase", "from_visit": "v2"},
        {"kind": "pause"},
        {"kind": "repeat", "from_visit": "v3"},
    ):
        if ask["kind"] == "repeat":
            ask["from_visit"] = str(table.state.visit)
        table.do("m", str(ask.pop("kind")), **ask)
        flows.append(table.state.flow)
    for flow in reversed(flows[:-1]):
        table.do("m", "undo")
        assert table.state.flow == flow
    table.do("m", "undo")
    assert table.state.flow.stage == "waiting"
    assert table.state.record.before == ()


def test_undoing_a_move_loses_nothing_of_what_was_entered_meanwhile() -> None:
    table = Table(SOFT, "m", "a")
    table.go("two")
    table.do("a", "contribute", text="snel")
    table.do("m", "undo")
    assert at(table) == "one"
    table.do("m", "enter_next", from_visit=table.state.visit)
    assert (at(table), table.texts()) == ("two", ["snel"])


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"kind": "skip_phase", "phase": "five"}, "core"),
        ({"kind": "skip_phase", "phase": "none"}, "no_such_phase"),
        ({"kind": "skip_phase"}, "core"),
        ({"kind": "reorder", "phases": ["three", "two", "four", "six", "five"]}, "core_order"),
        ({"kind": "reorder", "phases": ["four", "two", "three", "five", "six"]}, "needs_earlier"),
        ({"kind": "reorder", "phases": ["two", "three"]}, "phase_order"),
        ({"kind": "go_back"}, "first_step"),
        ({"kind": "pick_question", "question": "first"}, "no_such_question"),
        ({"kind": "order_seats", "order": ["m"]}, "seat_order"),
        ({"kind": "hand_over", "to": "nobody"}, "no_such_seat"),
        ({"kind": "give_role", "role": "boss", "seat": "a"}, "no_such_role"),
        ({"kind": "drop_role", "role": "moderator", "seat": "m"}, "last_moderator"),
        ({"kind": "leave_seat"}, "last_moderator"),
    ],
)
def test_what_a_moderator_cannot_do(ask: dict[str, object], code: str) -> None:
    table = Table(SOFT, "m", "a")
    fields = dict(ask)
    kind = str(fields.pop("kind"))
    if kind in ("skip_phase", "go_back"):
        fields["from_visit"] = "v1"
    assert table.refused("m", kind, **fields) == code


@pytest.mark.parametrize("kind", ["enter_next", "undo", "close", "resume", "order_seats", "reveal"])
def test_only_a_moderator_leads(kind: str) -> None:
    table = Table(SOFT, "m", "a")
    answer = may(table.state, Who("a"), kind)
    assert isinstance(answer, Refused)
    assert answer.code == "not_moderator"
    answer = may(table.state, Who("stranger"), kind)
    assert isinstance(answer, Refused)
    assert answer.code == "not_here"


def test_a_skipped_phase_is_stepped_over_and_can_come_back() -> None:
    table = Table(SOFT, "m", "a")
    table.do("m", "skip_phase", phase="two", from_visit="v1")
    table.do("m", "skip_phase", phase="three", from_visit="v1")
    table.do("m", "bring_back", phase="three")
    table.do("m", "enter_next", from_visit="v1")
    assert at(table) == "three"
    plan = table.view("m", "moderator")["script"]["plan"]
    assert [line["stage"] for line in plan] == ["been", "skipped", "now", "ahead", "ahead", "ahead"]


def test_closing_names_what_goes_and_wants_a_follow_up() -> None:
    table = Table(EVERYTHING, "m", "a", "b", "c", "d")
    table.go("unnamed")
    table.do("a", "contribute", text="geheim")
    assert table.refused("m", "close") == "follow_up"
    assert table.refused("m", "close", look_back_on=date(2020, 1, 1)) == "past_day"
    answer = table.try_("m", "close", no_follow_up=True)
    assert isinstance(answer, Refused)
    assert answer.code == "confirm_close"
    assert "Dit is straks weg: Deel silent." in answer.text.nl
    assert "Nog niet gedaan: Deel out." in answer.text.nl
    table.do("m", "close", no_follow_up=True, confirmed=True)
    assert table.refused("a", "contribute", text="nog iets") == "closed"
    view = table.view("a")
    assert view["stage"] == "closed"
    assert "geheim" not in str(view)
    assert table.state.record.no_follow_up


def test_after_closing_the_circle_keeps_what_the_script_keeps() -> None:
    table = Table(EVERYTHING, "m", "a")
    table.go("again")
    table.do("a", "contribute", text="dit blijft")
    table.go("talking")
    table.do("a", "contribute", text="wij luisteren")
    table.do("m", "close", no_follow_up=True, confirmed=True)
    kept = table.view("a")["kept"]
    assert [card["text"] for part in kept for card in part["cards"]] == [
        "dit blijft",
        "wij luisteren",
    ]


def test_a_moderator_who_drops_out_is_taken_over_and_may_come_back() -> None:
    table = Table(SOFT, "m", "a", "b")
    table.do("a", "take_over", from_seat="m")
    assert table.refused("m", "enter_next", from_visit="v1") == "not_moderator"
    table.do("a", "enter_next", from_visit="v1")
    table.do("a", "hand_over", to="m")
    assert table.state.holders("moderator") == ("m",)


def test_roles_are_checked_and_can_be_chosen_for_oneself() -> None:
    table = Table(EVERYTHING, "m", "a", "b")
    assert table.refused("m", "give_role", role="contributor", seat="m") == "role_excludes"
    assert table.refused("b", "give_role", role="contributor", seat="a") == "not_moderator"
    table.do("a", "give_role", role="contributor", seat="a")
    assert table.refused("m", "give_role", role="contributor", seat="b") == "role_full"
    table.do("m", "drop_role", role="contributor", seat="a")
    table.do("m", "give_role", role="contributor", seat="b")


def test_a_missing_contributor_is_asked_for_when_the_step_needs_one() -> None:
    table = Table(EVERYTHING, "m", "a", "b")
    table.go("telling")
    assert [need["role"] for need in table.view("a")["needs"]] == ["contributor"]
    table.do("a", "give_role", role="contributor", seat="a")
    assert table.view("a")["needs"] == []
    table.do("a", "leave_seat")
    assert [need["role"] for need in table.view("b")["needs"]] == ["contributor"]


def test_a_manager_is_kept_out_where_the_protocol_says_so() -> None:
    table = Table(protocol(*SOFT.phases, manager_may_join=False), "m")
    assert table.refused("boss", "take_seat", is_manager=True) == "no_manager"


def test_a_quiet_sign_reaches_the_moderator_only_and_never_the_log() -> None:
    table = Table(SOFT, "m", "a", "b")
    before = table.lasting
    table.do("a", "ask_pause")
    assert table.lasting == before
    assert table.view("m", "moderator")["script"]["pauses"] == ["a"]
    assert "pauses" not in str(table.view("b", "moderator"))
    assert table.mine("a")["pause"] is True
    assert table.view("m", "table")["script"]["pauses"] == []
    table.do("m", "drop_pause", seat="a")
    assert table.view("m", "moderator")["script"]["pauses"] == []


def test_anybody_may_stop_a_small_circle_a_large_one_goes_through_the_moderator() -> None:
    table = Table(SOFT, "m", "a")
    table.do("a", "pause")
    assert table.view("a")["stage"] == "paused"
    table.do("m", "resume")
    for number in range(30):
        table.do(f"extra{number}", "take_seat")
    assert table.refused("a", "pause") == "pause_quietly"


def test_who_has_no_seat_sees_nothing_but_the_title() -> None:
    table = Table(SOFT, "m", "a")
    assert set(table.view("stranger")) == {"stage", "title", "inside"}
    table.do("a", "leave_seat")
    assert set(table.view("a")) == {"stage", "title", "inside"}
    assert [chair["here"] for chair in table.view("m")["ring"]] == [True, False]


def test_a_card_for_a_visit_that_is_over_is_handed_back() -> None:
    table = Table(SOFT, "m", "a")
    table.go("two")
    seen = table.state.visit
    table.go("three")
    assert table.refused("a", "contribute", text="te laat", visit=seen) == "moved_on"


def test_after_a_crash_the_screen_says_what_is_gone_and_people_write_on() -> None:
    table = Table(SOFT, "m", "a", "b")
    table.go("two")
    table.do("a", "contribute", text="weg")
    table.crash()
    assert (table.view("a")["lost"], table.texts()) == (True, [])
    table.do("b", "contribute", text="opnieuw")
    assert (table.view("a")["lost"], table.texts()) == (True, ["opnieuw"])
    table.go("three")
    assert table.view("a")["lost"] is False


def test_a_question_from_a_shared_bank_takes_the_place_of_any_other() -> None:
    table = Table(EVERYTHING, "m", "a")
    asked = {"nl": "Wat helpt?", "en": "What helps?"}
    table.do("m", "pick_question", question="first")
    before = len(table.lasting)
    table.do("m", "lay_question", **asked)
    assert table.view("a")["step"]["question"] == asked
    assert [(event.kind, event.data["text"]) for event in table.lasting[before:]] == [
        ("question.laid", asked)]  # fmt: skip
    assert table.do("m", "lay_question", **asked) == ()
    table.do("m", "pick_question", question="other")
    assert table.view("a")["step"]["question"] == {"nl": "Hoe?", "en": "Hoe?"}
    table.do("m", "lay_question", **asked)
    table.do("m", "pick_question", question=None)
    assert table.view("a")["step"]["question"] is None
    table.do("m", "enter_next", from_visit=table.state.visit)
    table.do("m", "lay_question", **asked)
    assert table.view("a")["step"]["question"] == asked
    table.crash()
    assert table.view("a")["step"]["question"] == asked
