"""Who sees what: the database condition and the policy say the same, for everybody."""

import pytest

from kring.agreements import actions
from kring.agreements.models import Agreement
from kring.agreements.tests.conftest import Maker
from kring.base import scope
from kring.base.policy import VISITOR, Actor, ask
from tests.cast import Cast, House

TEAM = {"noor", "sami", "joke", "daan", "external"}


@pytest.mark.parametrize(
    ("wishes", "seen_by"),
    [
        ({}, TEAM),
        ({"visibility": "parties"}, {"noor", "sami"}),
        ({"visibility": "parties", "team": None, "bell_ringer": None}, {"noor"}),
    ],
)
def test_who_sees_an_agreement(
    make: Maker, linde: House, wishes: dict[str, object], seen_by: set[str]
) -> None:
    agreement = make(**wishes)
    by_policy, by_query = set(), set()
    for name in linde.people:
        actor = linde.actor(name)
        if ask(actor, "agreements.see", agreement):
            by_policy.add(name)
        if Agreement.objects.visible_to(actor).filter(pk=agreement.pk).exists():
            by_query.add(name)
    assert by_policy == by_query == seen_by


def test_everybody_and_everything_agree(make: Maker, cast: Cast, linde: House) -> None:
    """``visible_to`` equals the policy for every person of every house and every agreement."""
    make(), make(visibility="parties"), make("daan", taken_on_by_team=True, takers=[])
    for house in (cast.linde, cast.waterkant, cast.anker):
        with scope.inside(house.organisation.pk):
            rows = list(Agreement.objects.with_people())
            for name in house.people:
                actor = house.actor(name)
                allowed = {row.pk for row in rows if ask(actor, "agreements.see", row)}
                found = set(Agreement.objects.visible_to(actor).values_list("pk", flat=True))
                assert (name, found) == (name, allowed)


@pytest.mark.parametrize("actor", [VISITOR, Actor(kind="guest", organisation=1, seat=3)])
def test_guests_and_visitors_see_no_list(make: Maker, actor: Actor) -> None:
    make()
    assert list(Agreement.objects.visible_to(actor)) == []


def test_the_table_of_a_meeting_holds_what_the_team_may_see(make: Maker, linde: House) -> None:
    make(visibility="parties")
    calm, rung, gone = make(what="rustig"), make(what="gebeld"), make(what="weg")
    actions.ring_bell(linde.actor("daan"), rung)
    actions.end(linde.actor("noor"), gone)
    on_the_table = Agreement.objects.open_for_team(linde.teams["vuurtoren"].pk)
    assert [one.pk for one in on_the_table] == [rung.pk, calm.pk]


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ("agreements.check_in", TEAM),
        ("agreements.ring_bell", TEAM),
        ("agreements.join", TEAM),
        ("agreements.change", {"noor", "sami", "external"}),
        ("agreements.answer_bell", {"noor", "sami", "external"}),
    ],
)
def test_who_may_do_what(make: Maker, linde: House, rule: str, allowed: set[str]) -> None:
    agreement = make()
    assert {name for name in linde.people if ask(linde.actor(name), rule, agreement)} == allowed


def test_a_team_that_took_it_on_changes_it_together(make: Maker, linde: House) -> None:
    agreement = make(taken_on_by_team=True)
    may = {n for n in linde.people if ask(linde.actor(n), "agreements.change", agreement)}
    assert may == TEAM
