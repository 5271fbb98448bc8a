"""The database itself keeps organisations apart, whatever the code forgets."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from kring.base import fence, scope
from kring.base.classes import own_models
from kring.people.models import Membership, Person, Team
from tests.cast import BEGIN, Cast

LEADS, STAYS = "leads to another organisation", "stays in its organisation"
FENCED = [model for model in own_models() if fence.has_organisation(model)]


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model.__name__)
def test_a_table_that_refers_to_an_organisation_s_row_carries_the_organisation(
    model: type[Model],
) -> None:
    links = [link.name for link in fence.tenant_links(model)]
    assert fence.has_organisation(model) or not links


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model.__name__)
def test_organisations_are_never_joined_by_a_table_without_one(model: type[Model]) -> None:
    throughs = [field.remote_field.through for field in model._meta.local_many_to_many]
    assert [through for through in throughs if not fence.has_organisation(through)] == []


@pytest.mark.django_db
def test_every_fence_stands() -> None:
    assert fence.missing(connection) == []
    assert len(fence.wanted(connection.vendor)) >= 2 * len(FENCED)


def test_a_row_cannot_point_into_another_organisation(cast: Cast) -> None:
    team = cast.waterkant.teams["kern"]
    with scope.everywhere("test"):
        row = Membership(
            organisation=cast.linde.organisation,
            person=cast.linde.people["daan"],
            team=team,
            starts_on=BEGIN,
        )
        with pytest.raises(IntegrityError, match=LEADS), transaction.atomic():
            row.save()
        with pytest.raises(IntegrityError, match=LEADS), transaction.atomic():
            Membership.objects.bulk_create([row])
        assert Membership.objects.filter(team=team, person__name="Daan").count() == 0


def test_a_row_cannot_be_pointed_into_another_organisation_later(cast: Cast) -> None:
    with scope.everywhere("test"):
        mine = Membership.objects.filter(person=cast.linde.people["daan"])
        with pytest.raises(IntegrityError, match=LEADS), transaction.atomic():
            mine.update(team=cast.waterkant.teams["kern"])
        assert mine.get().team_id == cast.linde.teams["vuurtoren"].pk


def test_a_row_never_moves_to_another_organisation(cast: Cast) -> None:
    with scope.everywhere("test"):
        mine = Person.objects.filter(pk=cast.linde.people["mo"].pk)
        with pytest.raises(IntegrityError, match=STAYS), transaction.atomic():
            mine.update(organisation=cast.waterkant.organisation)
        assert mine.get().organisation_id == cast.linde.organisation.pk


def test_whatever_stays_at_home_is_accepted(cast: Cast) -> None:
    with scope.inside(cast.linde.organisation.pk):
        team = cast.linde.teams["duinhuis"]
        row = Membership(person=cast.linde.people["daan"], team=team, starts_on=BEGIN)
        row.save()
        Team.objects.filter(pk=team.pk).update(name="Duinhuis")
        assert row.pk


def test_fences_that_fell_are_put_up_again(cast: Cast) -> None:
    before = sorted(fence._standing(connection))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER "{before[0]}"')
            assert fence.missing(connection) == [before[0]]
            fence.install(connection)
    assert sorted(fence._standing(connection)) == before
