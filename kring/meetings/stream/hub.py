"""One hub per process: it holds every open stream and walks them with one pump.

No task, queue or buffer per phone. When a meeting moved, the pump works out (in a thread) which
connections see something else than they were told, and writes the same few bytes to each of those,
in slices so that answers to clicks get their turn. A phone that does not take its bytes is skipped
and told again at the next round; after a while it is let go and resumes by itself.
"""

import asyncio
import contextvars
import logging
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from contextlib import suppress
from typing import Any

from kring.base import wake
from kring.meetings import room as rooms
from kring.meetings.stream import events, keeper, straight
from kring.meetings.stream.news import Kinds, Line, News, changed
from kring.meetings.stream.threads import in_thread

log = logging.getLogger("kring.live")

TICK = 0.25
"""Seconds between two rounds of one meeting when many write."""
PER_LINE = 0.0006
"""A round never comes faster than this per connection: phones must have time to fetch."""
SLICE = 64
SPREAD = 0.7
"""Part of the time between two busy rounds over which phones are told."""
CLOCK = 0.25
"""Seconds between two looks at whether a map is to be drawn."""
PING = 12.0
"""Seconds; a line on which nothing was written since the last time gets a ping, so every 12 to 24."""
PATIENCE = 4
"""Rounds a phone may leave its bytes before it is let go."""
PER_SEAT = 6
"""Streams one seat may hold (own phone, laptop, a reload that still lingers)."""


class Channel:
    """All streams of one meeting in this process. ``kinds`` is forgotten when one comes or goes."""

    __slots__ = ("again", "busy", "kinds", "lines", "meeting", "organisation")

    def __init__(self, meeting: int, organisation: int) -> None:
        self.meeting = meeting
        self.organisation = organisation
        self.lines: dict[Line, None] = {}
        self.kinds: Kinds | None = None
        self.again = 0.0
        self.busy = False  # changed again before its next round: many are writing

    def add(self, line: Line) -> None:
        """A stream opened."""
        self.lines[line] = None
        self.kinds = None

    def drop(self, line: Line) -> None:
        """A stream is gone."""
        self.lines.pop(line, None)
        self.kinds = None


def push(lines: Sequence[Line], message: MutableMapping[str, Any]) -> list[Line]:
    """Write the same bytes to every line without waiting; answers those that did not take them."""
    chunk = straight.framed(message["body"]) if message.get("more_body") else None
    refused, others = [], []
    for line in lines:
        if line.cycle is None or chunk is None:
            others.append(line)
            continue
        try:
            if not straight.write(line.cycle, chunk):
                refused.append(line)
        except OSError:
            refused.append(line)
    return refused + _push_each(others, message) if others else refused


def _push_each(lines: Sequence[Line], message: MutableMapping[str, Any]) -> list[Line]:
    """The same through the server's ``send``.

    It only pauses before it writes, when the buffer is full; so whoever makes the loop below pause
    got nothing, and the others go on after it.
    """
    left, refused = iter(lines), []
    now: Line | None = None

    async def write() -> None:
        nonlocal now
        for now in left:
            try:
                await now.send(message)
            except OSError:
                refused.append(now)

    while True:
        writing = write()
        try:
            writing.send(None)
        except StopIteration:
            return refused
        writing.close()
        assert now is not None
        refused.append(now)


class Hub:
    """The streams of this process."""

    def __init__(self) -> None:
        self.channels: dict[int, Channel] = {}
        self.moved: set[int] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        self._bell: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._unlisten: Callable[[], None] | None = None
        self.closing = False

    def start(self) -> None:
        """Begin pumping in the running loop; doing it twice is doing it once."""
        loop = asyncio.get_running_loop()
        if self.loop is loop:
            return
        self.loop, self._bell, self.closing = loop, asyncio.Event(), False
        for work in (self._pump, self._ping, self._keep, self._draw):
            task = loop.create_task(work(), context=contextvars.Context())
            self._tasks.add(task)  # a task without a strong reference may vanish
            task.add_done_callback(self._tasks.discard)
        self._unlisten = wake.bell().listen(self.hear)

    def hear(self, topic: str) -> None:
        """The bell rang, in any thread."""
        loop = self.loop
        if loop is None or loop.is_closed():
            return
        if topic == "*":
            loop.call_soon_threadsafe(self.mark, *self.channels)
        elif topic.startswith("meeting:"):
            loop.call_soon_threadsafe(self.heard, int(topic.split(":")[1]))

    def heard(self, meeting: int) -> None:
        """Tell who looks on here; with nobody here, a room in memory still follows (or is wiped)."""
        if meeting in self.channels:
            self.mark(meeting)
        elif rooms.known(meeting) is not None and self.loop is not None:
            task = self.loop.create_task(in_thread(_follow, meeting))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def hears(self, meeting: int) -> bool:
        """Whether this process follows the bell of a meeting: somebody hangs on its stream here."""
        return meeting in self.channels

    def mark(self, *meetings: int) -> None:
        """These meetings may look different now."""
        self.moved.update(meeting for meeting in meetings if meeting in self.channels)
        if self.moved and self._bell is not None:
            self._bell.set()

    def add(self, line: Line) -> None:
        """A stream opened."""
        pass_ = line.pass_
        channel = self.channels.setdefault(
            pass_.meeting, Channel(pass_.meeting, pass_.organisation)
        )
        if pass_.seat:
            same = [one for one in channel.lines if one.pass_.seat == pass_.seat]
            for one in same[: max(0, len(same) - PER_SEAT + 1)]:
                self.let_go(channel, one)
        channel.add(line)

    def remove(self, line: Line) -> None:
        """A stream ended."""
        channel = self.channels.get(line.pass_.meeting)
        if channel is not None:
            channel.drop(line)
            if not channel.lines:
                del self.channels[channel.meeting]

    def let_go(self, channel: Channel, line: Line) -> None:
        """End a stream from our side; the page comes back by itself."""
        push([line], events.END)
        channel.drop(line)

    def stop(self) -> None:
        """End every stream and the pump: the process is going away."""
        self.closing = True
        if self._unlisten is not None:
            self._unlisten()
        for channel in list(self.channels.values()):
            for line in list(channel.lines):
                self.let_go(channel, line)
        self.channels.clear()
        for task in list(self._tasks):
            task.cancel()
        self.loop = None

    # --- the pump --------------------------------------------------------------------------------
    async def _pump(self) -> None:
        assert self.loop is not None
        assert self._bell is not None
        while True:
            await self._bell.wait()
            self._bell.clear()
            for meeting in list(self.moved):
                channel = self.channels.get(meeting)
                wait = channel.again - self.loop.time() if channel else 0
                if channel and wait > 0:
                    channel.busy = True
                    self.loop.call_later(wait, self._bell.set)
                    continue
                self.moved.discard(meeting)
                if channel:
                    await self._round(channel)

    async def _round(self, channel: Channel) -> None:
        assert self.loop is not None
        pace, channel.busy = self._pace(channel), False
        begun = self.loop.time()
        channel.again = begun + max(TICK, PER_LINE * len(channel.lines))
        if channel.kinds is None:
            channel.kinds = Kinds([*channel.lines])
        try:
            news = await in_thread(changed, channel.meeting, channel.organisation, channel.kinds)
        except rooms.Gone:
            return
        except Exception:
            log.exception("A meeting could not be shown; it is tried again.")
            self.loop.call_later(1.0, self.mark, channel.meeting)
            return
        # Who is not told anything fetches nothing: no need to wait for them before the next round.
        channel.again = begun + max(TICK, PER_LINE * sum(len(one.lines) for one in news))
        written = 0
        for one in sorted(news, key=lambda one: len(one.lines)):  # the big screen before the phones
            for at in range(0, len(one.lines), SLICE):
                written += self._tell(channel, one, one.lines[at : at + SLICE])
                if written >= SLICE:
                    written = 0
                    await asyncio.sleep(pace)

    def _tell(self, channel: Channel, news: News, lines: list[Line]) -> int:
        """Tell these lines, as far as they are still there; how many those are."""
        there = [line for line in lines if line in channel.lines]
        refused = push(there, news.message)
        for line in there:
            if not refused or line not in refused:
                line.told, line.missed, line.still = news.tag, 0, False
        for line in refused:
            self._missed(channel, line)
        return len(there)

    @staticmethod
    def _pace(channel: Channel) -> float:
        """Seconds between two slices. One change is told at once; when many write, phones are told
        one after the other, so that their fetching leaves room for the answers to those who write.
        """
        slices = len(channel.lines) / SLICE
        return SPREAD * PER_LINE * len(channel.lines) / slices if channel.busy and slices > 4 else 0

    def _missed(self, channel: Channel, line: Line) -> None:
        """This phone does not take its bytes now: once more later, or let it come back by itself."""
        line.missed += 1
        if line.missed > PATIENCE:
            self.let_go(channel, line)
        elif self.loop is not None:
            self.loop.call_later(1.0, self.mark, channel.meeting)

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING)
            for channel in list(self.channels.values()):
                quiet = [line for line in channel.lines if line.still]
                for line in channel.lines:
                    line.still = True
                for squeezed, ping in events.PINGS.items():
                    lines = [line for line in quiet if line.manner.squeezed == squeezed]
                    for at in range(0, len(lines), SLICE):
                        push(lines[at : at + SLICE], ping)
                        await asyncio.sleep(0)

    async def _draw(self) -> None:
        """Maps of opinion that are to be drawn, also when the last vote was the last."""
        while True:
            await asyncio.sleep(CLOCK)
            for channel in list(self.channels.values()):
                room = rooms.known(channel.meeting)
                if room is None or keeper.due(room) is None:
                    continue
                try:
                    await in_thread(keeper.draw, room)
                except Exception:
                    log.exception("A map could not be drawn; it is tried again.")

    async def _keep(self) -> None:
        """Leases, and the safety poll for bells nobody rang."""
        while True:
            await asyncio.sleep(wake.SAFETY_POLL)
            if not self.channels:
                continue
            leading = {
                channel.meeting: (channel.organisation, moderators(channel.lines))
                for channel in self.channels.values()
            }
            try:
                self.mark(*await in_thread(keeper.look_after, leading))
            except Exception:
                log.exception("The safety poll failed; it is tried again.")


def _follow(meeting: int) -> None:
    room = rooms.known(meeting)
    if room is not None:
        with suppress(rooms.Gone):
            keeper.freshen(room)


def moderators(lines: Iterable[Line]) -> list[str]:
    """Seats whose moderator's screen (or one device) is open."""
    seats = (line.pass_.seat for line in lines if line.pass_.screen in ("moderator", "table"))
    return sorted({seat for seat in seats if seat})


hub = Hub()
