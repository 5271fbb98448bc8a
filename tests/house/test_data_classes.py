"""Every field has exactly one data class (safety §1.7)."""

from collections import Counter
from pathlib import Path

import polib
import pytest
from django.db.models import Model

import kring
from kring.base.classes import of, own_models


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model.__name__)
def test_every_field_has_one_class(model: type[Model]) -> None:
    named = Counter(name for line in of(model) for name in line.fields)
    fields = Counter(field.name for field in model._meta.concrete_fields)
    assert named == fields


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model.__name__)
def test_readers_and_end_are_said_in_dutch(model: type[Model]) -> None:
    catalogues = Path(kring.__file__).parent.glob("*/locale/nl/LC_MESSAGES/django.po")
    said = {one.msgid for path in catalogues for one in polib.pofile(str(path)) if one.msgstr}
    words = {word for line in of(model) for word in (line.readers, line.until)}
    assert words - said == set(), "read on “What Kring knows about me” and by the works council"
