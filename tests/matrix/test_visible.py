"""What a list shows is what the policy allows: ``visible_to(actor)`` for everybody and everything."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from kring.base import scope
from kring.base.classes import own_models
from kring.base.policy import VISITOR, ask
from tests.house.places import nothing
from tests.matrix.routes import seen_by
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


def _filtered(model: type[Model]) -> bool:
    with scope.everywhere("the tests look which lists are filtered"):
        return hasattr(model._default_manager, "visible_to")


def test_every_filtered_list_has_its_rule(db: None) -> None:
    lacking = {model._meta.label for model in own_models() if _filtered(model)} - set(seen_by())
    mend = 'Add SEES = {"feature.Model": "feature.see"} to kring/<feature>/tests/matrix.py:'
    nothing(lacking, mend=mend)


@pytest.mark.parametrize(("label", "rule"), sorted(seen_by().items()))
def test_a_list_shows_what_the_rule_allows(label: str, rule: str, world: World) -> None:
    """Every cast member of every house, everybody's own organisation and each other's."""
    model: Any = apps.get_model(label)
    wrong, seen = [], 0
    for house in world.houses:
        everybody = {name: house.actor(name) for name in house.people}
        with scope.inside(house.organisation.pk):
            things = list(model.objects.all())
            assert things, f"furnish() makes no {label} in {house.organisation.slug}"
            for name, actor in {**everybody, "visitor": VISITOR}.items():
                listed = {one.pk for one in model.objects.visible_to(actor)}
                allowed = {one.pk for one in things if ask(actor, rule, one)}
                seen += len(listed)
                if listed != allowed:
                    wrong.append(
                        f"{name} of {house.organisation.slug}: the list alone shows"
                        f" {sorted(listed - allowed)}, {rule} alone allows {sorted(allowed - listed)}"
                    )
    assert seen, f"nobody sees any {label}; the test proves nothing"
    nothing(wrong, mend=f"{label}: visible_to and {rule} disagree.")
