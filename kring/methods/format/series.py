"""The shape of a series: meetings of one group that remember each other (issue 2, point 3).

A series has an ordered part (``meetings``, may be empty) and then a rhythm: there is no "finished"
(reference A1.7, C6). Between two meetings people may try something and keep a log of it (5.3).
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kring.methods.format.shapes import Attribution, Id, Shape, Text

Ref = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{1,59}/)?[a-z][a-z0-9_]{1,59}$")]
"""A protocol: ``id`` in this package, or ``package/id``."""

Table = Literal["agreements", "signals", "questions", "prototype", "log"]
"""What can come back on the table. ``signals``: those of the teams below, until each has a reply."""


class Sitting(Shape):
    """One meeting of the ordered part. ``after_days``: after the one before it.

    ``between``: what people do until the next meeting.
    """

    id: Id
    protocol: Ref
    title: Text | None = None
    after_days: int = Field(default=14, ge=0, le=400)
    between: Text | None = None


class LogQuestion(Shape):
    """One line of the log of a trial."""

    id: Id
    text: Text


class Trial(Shape):
    """People really try something between the meeting ``after`` and the next one.

    ``nudge_days``: without a line in the log for so long, my week asks kindly for one.
    """

    after: Id
    invite: Text
    log: tuple[LogQuestion, ...] = Field(min_length=1, max_length=4)
    nudge_days: int = Field(default=4, ge=2, le=30)


class Return(Shape):
    """A protocol that comes back every so many turns of the rhythm (renewing a contract)."""

    protocol: Ref
    each: int = Field(ge=2, le=24)


class Guests(Shape):
    """Every so many turns others are asked to sit along."""

    each: int = Field(ge=1, le=24)
    text: Text


class Turns(Shape):
    """What the series becomes after the ordered part, for as long as the group wants.

    ``choices``: other rhythms in days a group may choose. ``uses``: one protocol, or several of
    which the next moderator picks one; they are proposed in turn.
    """

    text: Text
    every_days: int = Field(ge=1, le=400)
    choices: tuple[int, ...] = ()
    uses: tuple[Ref, ...] = Field(min_length=1)
    returns: tuple[Return, ...] = ()
    guests: Guests | None = None


class Series(Shape):
    """``series/*.yaml``.

    ``moderator``: ``rotates`` over the members, or ``stays`` with who leads the series.
    ``keeps_roles``: roles people keep from meeting to meeting. ``held_by: own_place`` is for work
    with a privacy of its own (restorative): it uses the order and the rhythm of this file, and the
    ordinary pages neither offer such a series nor store anything about it.
    """

    id: Id
    number: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+[a-z]?$")] | None = None
    title: Text
    version: int = Field(ge=1)
    purpose: Text
    use_when: tuple[Text, ...] = ()
    not_when: tuple[Text, ...] = ()
    preconditions: tuple[Text, ...] = ()
    moderator: Literal["rotates", "stays"] = "rotates"
    keeps_roles: tuple[Id, ...] = ()
    meetings: tuple[Sitting, ...] = ()
    trial: Trial | None = None
    rhythm: Turns
    on_the_table: tuple[Table, ...] = ("agreements",)
    ending: Text
    core_note: Text
    held_by: Literal["series", "own_place"] = "series"
    existence_visible_to: Literal["participants", "team", "organisation"] = "team"
    attribution: Attribution
    package: Id | None = None  # filled by the reader

    @property
    def ref(self) -> str:
        """``package/id``."""
        return f"{self.package}/{self.id}"

    @property
    def protocols(self) -> tuple[str, ...]:
        """Everything it is held with, as the file names it, each once."""
        turns = self.rhythm
        every = (*(one.protocol for one in self.meetings), *turns.uses)
        return tuple(dict.fromkeys((*every, *(one.protocol for one in turns.returns))))

    def full(self, protocol: str) -> str:
        """Id of a protocol without its package: ids are unique over all packages."""
        return protocol.rpartition("/")[2]
