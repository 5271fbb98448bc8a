"""Who somebody is inside an organisation."""

from datetime import date

from kring.people.actors import actor_for
from tests.cast import Cast, House


def test_a_member_knows_their_team_and_nothing_above(linde: House) -> None:
    actor = linde.actor("noor")
    team = linde.teams["vuurtoren"]
    assert (actor.teams, actor.team_paths, actor.grants) == (
        frozenset({team.pk}),
        (team.path,),
        (),
    )


def test_a_role_counts_below_its_place_only(linde: House) -> None:
    ria = linde.actor("ria")
    assert ria.holds("manager", linde.teams["vuurtoren"].path) is True
    assert ria.holds("manager", linde.teams["duinhuis"].path) is False
    assert ria.holds("manager") is False


def test_whoever_leads_a_team_is_its_manager(linde: House) -> None:
    assert linde.actor("joke").holds("manager", linde.teams["vuurtoren"].path) is True
    assert linde.actor("joke").holds("manager", linde.teams["duinhuis"].path) is False


def test_nobody_is_anybody_in_another_organisation(cast: Cast) -> None:
    from kring.base import scope

    with scope.inside(cast.waterkant.organisation.pk):
        actor = actor_for(cast.linde.account("noor"), cast.waterkant.organisation)
    assert actor.kind == "visitor"


def test_an_external_person_is_gone_after_the_end(linde: House) -> None:
    person = linde.people["external"]
    person.ends_on = date(2025, 1, 1)
    person.save()
    assert actor_for(linde.account("external"), linde.organisation).kind == "visitor"
