"""Classes of data (safety §2): one annotation per field, from which everything else follows.

A model lists its fields in ``DATA``; each concrete field stands in exactly one line. Encryption,
retention, the personal export, erasure, log scrubbing and the DPIA annex read it. A field without
a class fails the build (``tests/house/test_data_classes.py``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.apps import apps
from django.db.models import Model


class Level(IntEnum):
    """How much a leak would hurt: K0 public … K4 secret."""

    K0 = 0
    K1 = 1
    K2 = 2
    K3 = 3
    K4 = 4


@dataclass(frozen=True, slots=True)
class Data:
    """Fields of one model that share a level, readers, an owner and an end of life."""

    level: Level
    fields: tuple[str, ...]
    readers: str
    until: str
    owner: str = "organisation"


def data(
    level: Level, fields: str, *, readers: str, until: str, owner: str = "organisation"
) -> Data:
    """Describe ``fields`` (names separated by spaces)."""
    return Data(level, tuple(fields.split()), readers, until, owner)


def of(model: type[Model]) -> tuple[Data, ...]:
    """The data lines of ``model``; empty when nobody classified it."""
    lines: tuple[Data, ...] = getattr(model, "DATA", ())
    return lines


def own_models() -> Iterator[type[Model]]:
    """Every concrete model of Kring itself."""
    for model in apps.get_models():
        if model.__module__.startswith("kring."):
            yield model
