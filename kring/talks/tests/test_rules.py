"""Who may lead, when a talk may begin, what is kept and until when."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.methods.shelf import shipped
from kring.talks.rules import (
    CHECKS,
    Agreement,
    Chair,
    Choice,
    Facts,
    Line,
    Near,
    Paper,
    Status,
    bare,
    ends_on,
    keep_agreements,
    missing,
    only_parties,
    parties,
    why_not_lead,
)

CLOSED = date(2030, 3, 1)


def facts(**changed: Any) -> Facts:
    given_ = {"protocol": "restorative_conference", "trained": True, "second_factor": True,
              "declared": True, "near": (Near(), Near())}  # fmt: skip
    return Facts(**{**given_, **changed})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, None),
        ({"trained": False}, "not_trained"),
        ({"second_factor": False}, "second_factor"),
        ({"declared": False}, "not_declared"),
        ({"near": (Near(), Near(is_me=True))}, "is_party"),
        ({"near": (Near(i_lead=True),)}, "is_their_manager"),
        ({"near": (Near(leads_me=True),)}, "is_my_manager"),
        ({"near": (Near(same_team=True),)}, "same_team"),
        ({"near": (Near(same_team=True),), "protocol": "restorative_talk"}, None),
        # a declaration never makes up for a fact, and a fact is told before it is asked for
        ({"near": (Near(i_lead=True),), "declared": False}, "is_their_manager"),
        ({"near": (Near(i_lead=True),), "protocol": "restorative_talk"}, "is_their_manager"),
    ],
)
def test_who_may_lead(changed: dict[str, Any], why: str | None) -> None:
    assert why_not_lead(facts(**changed)) == why


def chair(number: int, *roles: str, **more: Any) -> Chair:
    ready = {"choice": Choice.YES, "prepared": True, "checks": dict.fromkeys(CHECKS, "yes")}
    return Chair(number=number, name=f"Naam {number}", person=number, roles=roles,
                 **({} if "moderator" in roles else ready) | more)  # fmt: skip


def paper(*chairs: Chair, protocol: str = "restorative_conference", **more: Any) -> Paper:
    script = shipped().protocol(protocol)
    assert script is not None
    return Paper(
        protocol=script.model_dump(mode="json"), protocol_hash="x" * 64,
        starts_at=datetime(2030, 3, 1, 10, tzinfo=UTC), minutes=90, chairs=chairs,
        **{"declared": (1,), **more},
    )  # fmt: skip


FIVE = (
    chair(1, "moderator"),
    chair(2, "responsible_person"),
    chair(3, "affected_person"),
    chair(4, "supporter", beside=2),
    chair(5, "supporter", beside=3),
)


def codes(some: Paper) -> list[tuple[str, int]]:
    script = shipped().protocol(some.protocol["id"])
    assert script is not None
    return [(one.code, one.chair) for one in missing(some, script)]


@pytest.mark.parametrize(
    ("changed", "lacking"),
    [
        ((), []),
        ((chair(3, "affected_person", choice=Choice.NOT_YET),), [("no_yes", 3)]),
        ((chair(3, "affected_person", choice=Choice.NO),), [("no_yes", 3)]),
        ((chair(3, "affected_person", choice=Choice.OPEN),), [("no_yes", 3)]),
        ((chair(4, "supporter", prepared=False),), [("not_prepared", 4)]),
        ((chair(2, "responsible_person", checks={}),), [("not_checked", 2)]),
        (
            (
                chair(
                    2, "responsible_person", checks={**dict.fromkeys(CHECKS, "yes"), "power": "no"}
                ),
            ),
            [("not_safe", 2)],
        ),
        (
            (chair(2, "affected_person"),),
            [("role_empty", 0)],
        ),
    ],
)
def test_a_conference_waits_for_everybody(changed: tuple[Chair, ...], lacking: Any) -> None:
    some = paper(*FIVE)
    for one in changed:
        some = some.with_chair(one)
    assert codes(some) == lacking


def test_a_doubt_wants_a_second_facilitators_advice() -> None:
    unsure = {**dict.fromkeys(CHECKS, "yes"), "not_pressed": "unsure"}
    some = paper(*FIVE).with_chair(chair(3, "affected_person", checks=unsure))
    assert codes(some) == [("consult", 0)]
    assert codes(some.model_copy(update={"consulted": True})) == []


def test_more_than_ten_people_want_two_facilitators_who_both_declare() -> None:
    others = [chair(number, "affected_other") for number in range(6, 13)]
    assert codes(paper(*FIVE, *others)) == [("second_leader", 0)]
    two = paper(*FIVE, *others, chair(13, "moderator"))
    assert codes(two) == [("not_declared", 13)]
    assert codes(two.model_copy(update={"declared": (1, 13)})) == []


def test_a_small_talk_wants_a_yes_and_no_checklist_and_a_look_back_neither() -> None:
    two = (chair(1, "moderator"), chair(2, "party", checks={}), chair(3, "party", checks={}))
    assert codes(paper(*two, protocol="restorative_talk")) == []
    silent = two[2].model_copy(update={"choice": Choice.OPEN, "prepared": False})
    assert codes(paper(*two[:2], silent, protocol="restorative_talk")) == [
        ("not_prepared", 3), ("no_yes", 3),
    ]  # fmt: skip
    assert codes(paper(*two[:2], silent, protocol="restorative_follow_up")) == []


YES_ALL = Line("Wij groeten elkaar weer.", yes=frozenset({"s2", "s3"}), settled=True)


@pytest.mark.parametrize(
    ("line", "screens", "kept"),
    [
        (YES_ALL, {"s2", "s3"}, True),
        (Line("x", yes=frozenset({"s2"}), settled=True), {"s2", "s3"}, False),
        (Line("x", yes=frozenset({"s2"}), settled=True), {"s2"}, True),  # s3 said yes aloud
        (Line("x", yes=frozenset({"s2", "s3"}), settled=False), {"s2", "s3"}, False),
        (Line("x", yes=frozenset({"s2", "s3"}), settled=True, objected=True), {"s2"}, False),
        (Line("x", yes=frozenset({"s4", "s5"}), settled=True), {"s2", "s3", "s4", "s5"}, False),
        (Line("x", settled=True), set(), True),  # one device: read aloud, everybody nodded
    ],
)
def test_an_agreement_is_kept_only_with_every_partys_yes(
    line: Line, screens: set[str], kept: bool
) -> None:
    here = ["s1", "s2", "s3", "s4", "s5"]
    assert bool(keep_agreements([line], ["s2", "s3"], screens, here)) is kept
    assert keep_agreements([line], [], screens, here) == ()
    assert keep_agreements([line], ["s2", "s3"], screens, ["s1", "s2"]) == ()  # s3 never came


@given(
    st.sets(st.sampled_from(["s2", "s3", "s4"])),
    st.sets(st.sampled_from(["s2", "s3", "s4", "s5"])),
    st.sets(st.sampled_from(["s2", "s3", "s4", "s5"])),
    st.booleans(),
    st.booleans(),
)
def test_one_missing_yes_is_always_enough(
    yes: set[str], screens: set[str], here: set[str], settled: bool, objected: bool
) -> None:
    line = Line("x", frozenset(yes), settled, objected)
    kept = keep_agreements([line], ["s2", "s3", "s4"], screens, here)
    lacking = {"s2", "s3", "s4"} & screens - yes
    all_here = {"s2", "s3", "s4"} <= here
    assert bool(kept) == (settled and not objected and not lacking and all_here)


def test_agreements_go_three_months_after_the_last_is_done_and_a_year_after_the_talk() -> None:
    running, done = (
        Agreement(number=1, text="a"),
        Agreement(number=2, text="b", status=Status.DONE, done_on=CLOSED + timedelta(days=20)),
    )
    assert ends_on([running, done], CLOSED) == CLOSED + timedelta(days=365)
    assert ends_on([done], CLOSED) == CLOSED + timedelta(days=110)
    late = done.model_copy(update={"done_on": CLOSED + timedelta(days=300)})
    assert ends_on([late], CLOSED) == CLOSED + timedelta(days=365)


def test_at_close_nothing_says_who_did_what_or_who_wanted_what() -> None:
    some = paper(*FIVE, notes={"s1": "stil zitten"}, place="kamer 3").with_chair(
        chair(3, "affected_person", wishes="bij het raam", choice_by="screen")
    )
    left = bare(some, parties(some), CLOSED)
    assert left.parties == (2, 3)
    words = left.model_dump_json(exclude={"protocol"})
    for gone in ("responsible_person", "affected_person", "supporter", "raam", "stil", "kamer",
                 "own_share", '"yes"'):  # fmt: skip
        assert gone not in words
    assert [one.number for one in only_parties(left).chairs] == [1, 2, 3]
