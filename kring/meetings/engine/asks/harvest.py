"""What is asked in a harvest (A9)."""

from typing import Annotated, Literal

from pydantic import Field

from kring.methods.format.shapes import Visibility

from .base import InStep, Ref, Words

Released = Literal[Visibility.TEAM, Visibility.STEERING, Visibility.ORGANISATION]
Fields = dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")], Words | None]


class Propose(InStep):
    """This may leave the circle: a card still on the table, or a new text."""

    kind: Literal["propose"] = "propose"
    output: Ref
    text: Words
    card: Ref | None = None


class Allow(InStep):
    """The person it came from says yes; with ``allowed`` false not (yet)."""

    kind: Literal["allow"] = "allow"
    item: Ref
    allowed: bool = True


class KeepInside(InStep):
    """One no is enough. No reason, and nobody learns who."""

    kind: Literal["keep_inside"] = "keep_inside"
    item: Ref


class FillItem(InStep):
    """Fields of the output type (A6); an empty value clears a field."""

    kind: Literal["fill_item"] = "fill_item"
    item: Ref
    text: Words | None = None
    fields: Fields = Field(default_factory=dict)


class TakeOn(InStep):
    """I take this on, or I ring the bell for it. Nobody is volunteered by somebody else."""

    kind: Literal["take_on"] = "take_on"
    item: Ref
    what: Ref = "who"
    seat: Ref | None = None
    taken: bool = True


class SetAudience(InStep):
    """Who may read it. Names only when the person it came from wants that."""

    kind: Literal["set_audience"] = "set_audience"
    item: Ref
    visibility: Released
    with_names: bool = False


class Release(InStep):
    """It leaves the circle."""

    kind: Literal["release"] = "release"
    item: Ref
    confirmed: bool = False


class TakeBack(InStep):
    """A released item comes back inside (until the meeting closes)."""

    kind: Literal["take_back"] = "take_back"
    item: Ref
