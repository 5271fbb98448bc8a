"""Isolation is a property of data."""

import pytest

from kring.base import scope
from kring.people.models import Team
from tests.cast import Cast


def test_a_tenant_table_raises_outside_any_scope(cast: Cast) -> None:
    with pytest.raises(scope.OutsideScope):
        Team.objects.count()


def test_only_rows_of_the_scope_exist(cast: Cast) -> None:
    with scope.inside(cast.waterkant.organisation.pk):
        assert [team.name for team in Team.objects.all()] == ["Kernteam"]
        assert Team.objects.filter(pk=cast.linde.teams["vuurtoren"].pk).first() is None


def test_a_row_is_never_written_in_the_scope_of_another(cast: Cast) -> None:
    team = cast.linde.teams["vuurtoren"]
    with scope.inside(cast.waterkant.organisation.pk), pytest.raises(scope.WrongScope):
        team.save()


def test_the_clock_sees_every_organisation(cast: Cast) -> None:
    with scope.everywhere("test"):
        assert Team.objects.count() == 4
