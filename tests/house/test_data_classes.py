"""Every field has exactly one data class (safety §1.7)."""

from collections import Counter

import pytest
from django.db.models import Model

from kring.base.classes import of, own_models


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model.__name__)
def test_every_field_has_one_class(model: type[Model]) -> None:
    named = Counter(name for line in of(model) for name in line.fields)
    fields = Counter(field.name for field in model._meta.concrete_fields)
    assert named == fields
