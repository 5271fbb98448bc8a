"""Harvest (A9): the yes of the source, one no is enough, readers, names, fields, release."""

import pytest

from kring.methods.format.shapes import Output

from .toy import Table, phase, protocol, step

SHAPE = protocol(
    phase("talk", step("talk", "open", visibility="V3", record="E", entry=True)),
    phase("silent", step("silent", "write", visibility="V2a", record="E", entry=True)),
    phase("harvest", step("harvest", "harvest", visibility="V3", record="H")),
    outputs=(
        Output(type="working_factor"),
        Output(type="agreement"),
        Output(type="effect", released_by="contributor", default_visibility="V3"),
    ),
)


@pytest.fixture
def table() -> Table:
    """Five people, a card of a, four unnamed cards, at the harvest."""
    made = Table(SHAPE, "m", *"abcd")
    made.do("a", "contribute", text="rustig blijven hielp")
    made.go("silent")
    for seat in "abcd":
        made.do(seat, "contribute", text=f"zonder naam {seat}")
    made.do("m", "reveal", confirmed=True)
    made.go("harvest")
    return made


def card(table: Table, text: str) -> str:
    """The id of a card on the table."""
    parts = table.view("a")["part"]["table"]
    return next(c["card"] for part in parts for c in part["cards"] if c["text"] == text)


def item(table: Table, number: int = 0) -> dict[str, object]:
    """A proposal as people see it."""
    return dict(table.view("a")["part"]["items"][number])


def propose(table: Table, seat: str, text: str, output: str = "working_factor", **more: str) -> str:
    """Propose something; its id."""
    table.do(seat, "propose", text=text, output=output, **more)
    return str(table.view(seat)["part"]["items"][-1]["item"])


def test_it_leaves_with_the_yes_of_its_source_and_without_names(table: Table) -> None:
    text = "rustig blijven hielp"
    ref = propose(table, "b", text, card=card(table, text))
    assert item(table)["stage"] == "asking"
    assert table.mine("a")["part"]["waiting"] == [ref]
    assert table.mine("b")["part"]["waiting"] == []
    assert table.refused("m", "release", item=ref) == "source_not_asked"
    assert table.refused("b", "allow", item=ref) == "not_source"
    table.do("a", "allow", item=ref)
    before = len(table.lasting)
    table.do("m", "release", item=ref)
    (event,) = table.lasting[before:]
    assert event.data == {
        "item": ref, "output": "working_factor", "fields": {"what_helped": text},
        "visibility": "V4", "named": None}  # fmt: skip
    assert item(table)["stage"] == "released"


def test_one_no_is_enough_even_after_release_and_nobody_learns_whose(table: Table) -> None:
    ref = propose(table, "a", "nieuw")
    table.do("m", "release", item=ref)
    events = table.do("d", "keep_inside", item=ref)
    assert [(event.kind, dict(event.data)) for event in events] == [
        ("item.kept", {"visit": table.state.visit, "item": ref}),
        ("item.taken_back", {"item": ref}),
    ]
    assert table.state.record.released == {}
    assert item(table)["stage"] == "kept"
    assert table.refused("m", "release", item=ref) == "kept_inside"
    assert table.refused("a", "fill_item", item=ref, text="x") == "kept_inside"


def test_a_kept_card_is_not_proposed_again(table: Table) -> None:
    ref = card(table, "rustig blijven hielp")
    kept = propose(table, "a", "x", card=ref)
    table.do("b", "keep_inside", item=kept)
    assert table.refused("c", "propose", text="y", output="effect", card=ref) == "kept_inside"


def test_without_a_known_source_the_circle_decides_aloud(table: Table) -> None:
    text = "zonder naam b"
    ref = propose(table, "c", text, card=card(table, text))
    assert item(table)["known_source"] is False
    assert table.refused("m", "release", item=ref) == "confirm_circle"
    table.do("m", "release", item=ref, confirmed=True)
    assert len(table.state.record.released) == 1


def test_after_a_crash_the_source_is_unknown_and_proposals_are_gone(table: Table) -> None:
    propose(table, "a", "iets")
    table.crash()
    assert table.view("a")["part"]["items"] == []
    assert table.view("a")["lost"] is True


def test_changed_words_and_wider_readers_ask_the_source_again(table: Table) -> None:
    ref = propose(table, "a", "mijn woorden")
    table.do("m", "fill_item", item=ref, text="andere woorden")
    assert item(table)["stage"] == "asking"
    table.do("a", "allow", item=ref)
    table.do("m", "set_audience", item=ref, visibility="V6")
    assert item(table)["stage"] == "asking"
    table.do("a", "set_audience", item=ref, visibility="V5", with_names=True)
    table.do("a", "allow", item=ref)
    table.do("m", "release", item=ref)
    (released,) = table.state.record.released.values()
    assert (released["visibility"], released["named"]) == ("V5", "a")


def test_names_only_when_the_source_wants_them(table: Table) -> None:
    ref = propose(table, "a", "iets")
    assert (
        table.refused("m", "set_audience", item=ref, visibility="V4", with_names=True)
        == "not_source"
    )
    assert table.refused("c", "set_audience", item=ref, visibility="V4") == "not_item_owner"


def test_an_agreement_is_taken_on_by_choice_and_needs_a_look_back_day(table: Table) -> None:
    ref = propose(table, "a", "We bellen voor tien uur.", "agreement")
    assert item(table)["missing"] == ["look_back_on"]
    assert table.refused("m", "release", item=ref) == "field_missing"
    for value in ("2020-01-01", "morgen"):
        wrong = {"look_back_on": value}
        assert table.refused("m", "fill_item", item=ref, fields=wrong) == "bad_field"
    assert table.refused("m", "fill_item", item=ref, fields={"nope": "x"}) == "no_such_field"
    assert table.refused("m", "fill_item", item=ref, fields={"who": "b"}) == "for_yourself"
    assert table.refused("m", "take_on", item=ref, seat="b") == "for_yourself"
    table.do("b", "take_on", item=ref)
    table.do("c", "take_on", item=ref, what="bell_ringer")
    table.do("a", "fill_item", item=ref, fields={"look_back_on": "2026-05-01", "rhythm_days": "14"})
    table.do("m", "release", item=ref)
    (released,) = table.state.record.released.values()
    assert released["fields"] == {
        "what": "We bellen voor tien uur.", "who": "b", "bell_ringer": "c",
        "look_back_on": "2026-05-01", "rhythm_days": 14}  # fmt: skip
    table.do("m", "close", confirmed=True)


def test_somebody_without_a_phone_takes_on_by_the_moderators_hand(table: Table) -> None:
    table.do("paper", "take_seat", has_device=False)
    ref = propose(table, "a", "We bellen.", "agreement")
    table.do("m", "take_on", item=ref, seat="paper")
    assert item(table)["fields"]["who"] == "paper"  # type: ignore[index]
    table.do("m", "take_on", item=ref, seat="paper", taken=False)
    assert "who" not in str(item(table)["fields"])


def test_what_the_contributor_owns_the_contributor_releases(table: Table) -> None:
    table.do("m", "give_role", role="contributor", seat="b")
    ref = propose(table, "a", "ik merk rust", "effect")
    assert item(table)["visibility"] == "V4"
    assert table.refused("m", "release", item=ref) == "only_contributor"
    assert table.refused("c", "release", item=ref) == "only_contributor"
    table.do("b", "release", item=ref)
    table.do("m", "take_back", item=ref)
    assert table.state.record.released == {}


def test_a_yes_taken_back_after_release_takes_the_item_back(table: Table) -> None:
    ref = propose(table, "a", "iets")
    table.do("m", "release", item=ref)
    table.do("a", "allow", item=ref, allowed=False)
    assert table.state.record.released == {}


def test_nothing_unreleased_outlives_the_meeting(table: Table) -> None:
    propose(table, "a", "dit bleef liggen")
    table.do("m", "close", no_follow_up=True, confirmed=True)
    assert "dit bleef liggen" not in str(table.view("a"))
    assert "dit bleef liggen" not in str(table.lasting)


@pytest.mark.parametrize("output", ["story", "nonsense"])
def test_only_what_the_protocol_brings_forth(table: Table, output: str) -> None:
    assert table.refused("a", "propose", text="x", output=output) == "no_such_output"
