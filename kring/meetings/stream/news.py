"""What is told to whom when a meeting moved: worked out per kind of seat, never per person."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, NamedTuple

from kring.meetings import room as rooms
from kring.meetings.engine import Audience, State
from kring.meetings.room import Room, Snap
from kring.meetings.stream import events, keeper, looks
from kring.meetings.stream.events import Manner
from kring.meetings.stream.straight import Cycle
from kring.meetings.stream.tokens import Pass

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SHARED = 3
"""From so many phones on, a new screen is drawn once and sent along; fewer fetch it themselves."""
WHOLES = 4
"""Screens sent along in one round at most: the largest groups; drawing must not hold up telling."""


class Line:
    """One open stream. ``told``: tag of the look it was last told of; ``still``: nothing was written
    since the last ping; ``cycle``: the short way to write, once the headers are sent.
    """

    __slots__ = ("cycle", "manner", "missed", "pass_", "send", "still", "told")

    def __init__(self, send: Send, pass_: Pass, told: str, manner: Manner) -> None:
        self.send = send
        self.pass_ = pass_
        self.told = told
        self.manner = manner
        self.missed = 0
        self.still = False
        self.cycle: Cycle | None = None


class Group(NamedTuple):
    """Lines of one audience, with the same roles and table, that are told in the same manner."""

    who: Audience
    manner: Manner
    lines: list[Line]


class Kinds:
    """The lines of one meeting put together by what they may see.

    Made anew when a line comes or goes, filled anew when what an audience depends on changed; so a
    round in which only the content moved looks at each audience once, not at each person.
    """

    __slots__ = ("_groups", "_lines", "_sits")

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._sits: looks.Seating | None = None
        self._groups: dict[tuple[Any, ...], Group] = {}

    def of(self, sits: looks.Seating, state: State) -> Iterable[Group]:
        """Every audience with its lines."""
        if sits is not self._sits:
            self._groups = {}
            for line in self._lines:
                who = sits.of(state, line.pass_.seat, line.pass_.screen)
                key = (id(who), line.manner, looks.place(state, line.pass_.seat))
                group = self._groups.get(key)
                if group is None:
                    group = self._groups[key] = Group(who, line.manner, [])
                group.lines.append(line)
            self._sits = sits
        return self._groups.values()


class News(NamedTuple):
    """Lines that see something else than they were told, with the tag and the bytes they share."""

    tag: str
    message: MutableMapping[str, Any]
    lines: list[Line]


def changed(meeting: int, organisation: int, kinds: Kinds) -> list[News]:
    """Which streams see something else than they were told. Runs in a thread."""
    room = rooms.of_id(meeting, organisation)
    keeper.freshen(room)
    snap = room.snap
    news, left = [], WHOLES
    groups = kinds.of(looks.seating(room, snap), snap.state)
    for group in sorted(groups, key=lambda group: -len(group.lines)):
        tag = looks.heard(room, snap, group.who, group.lines[0].pass_.seat)
        behind = [line for line in group.lines if line.told != tag]
        if left and len(behind) >= SHARED and group.manner.whole:
            behind, whole = _whole(room, snap, group, tag, behind)
            left -= len(whole)
            news += whole
        if behind:
            words = events.thin(tag, snap.number)
            message = events.message(words, squeezed=group.manner.squeezed)
            news.append(News(tag, message, behind))
    return news


def _whole(
    room: Room, snap: Snap, group: Group, tag: str, lines: list[Line]
) -> tuple[list[Line], list[News]]:
    """The lines that must fetch, and the news with the screen in it for all that see the same."""
    own = looks.owners(snap)
    together = [line for line in lines if line.pass_.seat not in own] if own is not None else []
    if len(together) < SHARED:
        return lines, []
    seat, language = together[0].pass_.seat, group.manner.language
    page, drawn = looks.screen(room, snap, group.who, seat, language)
    words = events.whole(tag, snap.number, looks.etag(page, language), drawn.plain)
    message = events.message(words, squeezed=group.manner.squeezed)
    if len(message["body"]) > events.LONGEST:
        return lines, []
    rest = [line for line in lines if line.pass_.seat in own] if own else []
    return rest, [News(tag, message, together)]
