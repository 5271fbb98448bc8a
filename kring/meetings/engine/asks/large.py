"""What large groups ask: a table for the whole meeting, columns, the question market, replies."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from .base import ALWAYS, Ask, InStep, Ref, Short, Words

MOST_TABLES = 400
"""Two thousand people at tables of five."""


class SitAt(Ask):
    """I sit at this table (counted from 0); without one, wherever there is room.

    ``number``: the same table as on its sign, counted from 1. ``host``: I write for it. ``seat``: a moderator says it for somebody else.
    """

    kind: Literal["sit_at"] = "sit_at"
    table: Annotated[int, Field(ge=0, lt=MOST_TABLES)] | None = None
    number: Annotated[int, Field(ge=1, le=MOST_TABLES)] | None = None
    host: bool = False
    seat: Ref | None = None
    when = ALWAYS
    parked_may = True


class LayTables(Ask):
    """Everybody at a table for the whole meeting. Made by the actions, after their own checks.

    ``size``: people at a table. ``parts``: seat to a label (layer and team) that is spread out.
    """

    kind: Literal["lay_tables"] = "lay_tables"
    size: int = Field(default=7, ge=5, le=8)
    parts: dict[Ref, str] = Field(default_factory=dict)
    by = "inside"
    when = ALWAYS


class PutIn(InStep):
    """A text of my table, in a column and under a word; ``card``: instead of one of ours."""

    kind: Literal["put_in"] = "put_in"
    text: Words
    column: Ref | None = None
    about: Ref | None = None
    card: Ref | None = None


class TakeOut(InStep):
    """One of my own table's texts is gone again."""

    kind: Literal["take_out"] = "take_out"
    card: Ref


class LayUnder(InStep):
    """This text says the same as another and lies under it; without ``under`` it lies by itself."""

    kind: Literal["lay_under"] = "lay_under"
    card: Ref
    under: Ref | None = None


class NameWord(InStep):
    """A big word we want to understand together."""

    kind: Literal["name_word"] = "name_word"
    text: Short


class PointAt(InStep):
    """Everybody looks at this one now; without a card, at all of them."""

    kind: Literal["point_at"] = "point_at"
    card: Ref | None = None
    by = "moderator"
    parked_may = True


class KeepHere(InStep):
    """Rather not outside. One no is enough, no reason, and nobody knows whose it was."""

    kind: Literal["keep_here"] = "keep_here"
    card: Ref


class ReleaseList(InStep):
    """What lies under this word may leave the circle; with ``released`` false it comes back.

    ``language``: of the headings, as the circle speaks it.
    """

    kind: Literal["release_list"] = "release_list"
    about: Ref | None = None
    confirmed: bool = False
    released: bool = True
    language: Literal["nl", "en"] = "nl"
    by = "moderator"
    parked_may = True


class IntoBox(InStep):
    """A question without a name. Nobody sees it until the box is opened."""

    kind: Literal["into_box"] = "into_box"
    text: Words


class GiveToTable(InStep):
    """My question from the box becomes one of my table."""

    kind: Literal["give_to_table"] = "give_to_table"
    card: Ref


class Reply(InStep):
    """Yes, no because, or not known yet and answered before a day; none takes the reply back.

    ``how_noticed``: where a yes is a promise, how others notice it.
    """

    kind: Literal["reply"] = "reply"
    card: Ref
    word: Literal["yes", "no", "unknown"] | None
    text: Short = ""
    before: date | None = None
    how_noticed: Short = ""
