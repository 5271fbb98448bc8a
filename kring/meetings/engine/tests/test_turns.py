"""Rounds and the talking piece."""

from .toy import Table, phase, protocol, step

ROUND = protocol(
    phase("round", step("round", "round", visibility="V3", record="K", entry=True)), outputs=()
)
PIECE = protocol(phase("piece", step("piece", "round", speaking="PIECE")), outputs=())


def holder(table: Table) -> str | None:
    """Who has the floor."""
    turn = table.view("m")["turn"]
    assert turn is not None
    return turn["holder"]


def test_everybody_once_moderators_late_managers_last() -> None:
    table = Table(ROUND, "m", "a", "b", start=False)
    table.do("boss", "take_seat", is_manager=True)
    table.do("c", "take_seat")
    table.do("m", "start")
    spoke = []
    while (now := holder(table)) is not None:
        spoke.append(now)
        table.do(now, "end_turn")
    assert spoke == ["a", "b", "c", "m", "boss"]
    assert table.view("a")["part"]["stage"] == "over"


def test_passing_is_offered_once_more_and_then_it_is_over() -> None:
    table = Table(ROUND, "m", "a", "b")
    heard = []
    while (now := holder(table)) is not None:
        heard.append((now, table.view("a")["turn"]["again"]))
        table.do(now, "pass_turn")
    assert heard == [
        ("a", False),
        ("b", False),
        ("m", False),
        ("a", True),
        ("b", True),
        ("m", True),
    ]
    assert "pass" not in str(table.view("m", "moderator"))


def test_only_the_holder_enters_and_who_spoke_may_finish_typing() -> None:
    table = Table(ROUND, "m", "a", "b")
    assert table.refused("b", "contribute", text="te vroeg") == "not_your_turn"
    assert table.refused("b", "end_turn") == "not_your_turn"
    table.do("a", "end_turn")
    table.do("a", "contribute", text="nog even dit")
    assert table.texts() == ["nog even dit"]
    assert all("a" not in event.data.values() for event in table.lasting[-1:])


def test_a_late_joiner_comes_last_and_gets_the_turn_when_the_round_is_over() -> None:
    table = Table(ROUND, "m", "a")
    table.do("late", "take_seat")
    for seat in ("a", "m", "late"):
        assert holder(table) == seat
        table.do(seat, "end_turn")
    table.do("later", "take_seat")
    assert holder(table) == "later"


def test_the_floor_goes_on_when_its_holder_leaves_and_comes_back_later() -> None:
    table = Table(ROUND, "m", "a", "b")
    table.do("a", "leave_seat")
    assert holder(table) == "b"
    table.do("a", "take_seat")
    table.do("b", "end_turn")
    table.do("m", "end_turn")
    assert holder(table) == "a"


def test_postponing_moves_to_the_end() -> None:
    table = Table(ROUND, "m", "a", "b")
    table.do("a", "postpone_turn")
    table.do("b", "end_turn")
    table.do("m", "end_turn")
    assert holder(table) == "a"
    assert table.do("a", "postpone_turn") == ()


def test_the_piece_may_jump_a_round_may_not() -> None:
    table = Table(PIECE, "m", "a", "b", "c")
    table.do("a", "end_turn", to="c")
    table.do("c", "end_turn")
    assert holder(table) == "m"
    table = Table(ROUND, "m", "a", "b", "c")
    assert table.refused("a", "end_turn", to="c") == "not_your_turn"
    table.do("m", "end_turn", to="c")
    assert holder(table) == "c"


def test_the_moderator_reorders_by_hand_and_may_always_move_the_floor() -> None:
    table = Table(ROUND, "m", "a", "b", "c")
    table.do("m", "order_seats", order=["c", "b", "a", "m"])
    assert [chair["seat"] for chair in table.view("a")["ring"]] == ["c", "b", "a", "m"]
    assert table.view("a")["turn"]["order"] == ["c", "b", "a", "m"]
    table.do("m", "give_turn", seat="b")
    table.do("m", "end_turn")
    assert holder(table) == "a"


def test_after_a_crash_the_moderator_gives_the_floor_again() -> None:
    table = Table(ROUND, "m", "a", "b")
    table.do("a", "end_turn")
    table.crash()
    assert table.view("a")["turn"] is None
    assert table.view("a")["part"]["stage"] == "lost"
    assert table.refused("b", "end_turn") == "no_turns"
    table.do("m", "give_turn", seat="b")
    assert holder(table) == "b"


def test_audience_knows_whose_turn_it_is_and_nothing_else() -> None:
    from kring.meetings.engine import audience

    table = Table(ROUND, "m", "a", "b", "c")
    assert audience(table.state, "a", "phone").turn == "mine"
    assert audience(table.state, "b", "phone") == audience(table.state, "c", "phone")
    assert audience(table.state, "b", "phone") != audience(table.state, "a", "phone")
