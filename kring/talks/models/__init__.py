"""The box of a talk, and the plates by which people find their own."""

from kring.talks.models.talk import (
    LOWEST,
    Plate,
    Talk,
    Talks,
    called,
    number_for,
    readable,
    who_by_code,
    who_is,
)

__all__ = [
    "LOWEST",
    "Plate",
    "Talk",
    "Talks",
    "called",
    "number_for",
    "readable",
    "who_by_code",
    "who_is",
]
