"""The shapes of output types."""

from typing import Literal

from pydantic import Field

from kring.methods.format.shapes import Id, Shape, Text

FieldKind = Literal["line", "text", "seat", "layer", "date", "days", "scale", "yes_no", "choice"]
"""``seat``: somebody in the circle who chose it themselves. ``days``: a number of days.
``scale``: 0-10. ``layer``: a group of people, never one name."""


def both(nl: str, en: str) -> Text:
    """One text in Dutch and English."""
    return Text(nl=nl, en=en)


class Word(Shape):
    """One of the few words of a ``choice`` field or of a status."""

    id: Id
    text: Text


class OutputField(Shape):
    """One field of an output. ``summary`` marks the field shown where there is room for one line."""

    id: Id
    label: Text
    kind: FieldKind = "text"
    required: bool = False
    summary: bool = False
    hint: Text | None = None
    choices: tuple[Word, ...] = ()


class OutputType(Shape):
    """A kind of output. ``statuses`` is empty when the type has no status of its own."""

    id: Id
    title: Text
    plural: Text
    explanation: Text
    fields: tuple[OutputField, ...] = Field(min_length=1)
    statuses: tuple[Word, ...] = ()

    @property
    def summary(self) -> OutputField:
        """The field that stands for the whole item on one line."""
        return next(field for field in self.fields if field.summary)

    def field(self, name: str) -> OutputField:
        """The field called ``name``; ``KeyError`` when there is none."""
        for field in self.fields:
            if field.id == name:
                return field
        raise KeyError(name)
