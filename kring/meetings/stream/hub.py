"""One hub per process: it holds every open stream and walks them with one pump.

No task, queue or buffer per phone. When a meeting moved, the pump works out (in a thread) which
connections see something else than they were told, and writes the same few bytes to each of those,
in slices so that answers to clicks get their turn. A phone that does not take its bytes is skipped
and told again at the next round; after a while it is let go and resumes by itself.
"""

import asyncio
import contextvars
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from kring.base import wake
from kring.meetings import room as rooms
from kring.meetings.stream import keeper, looks
from kring.meetings.stream.threads import in_thread
from kring.meetings.stream.tokens import Pass

log = logging.getLogger("kring.live")
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

TICK = 0.25
"""Seconds between two rounds of one meeting when many write."""
PER_LINE = 0.0006
"""A round never comes faster than this per connection: phones must have time to fetch."""
SLICE = 64
SPREAD = 0.7
"""Part of the time between two busy rounds over which phones are told."""
PING = 25.0
PINGS = {"type": "http.response.body", "body": b"event: ping\ndata:\n\n", "more_body": True}
END = {"type": "http.response.body", "body": b"", "more_body": False}
PATIENCE = 4
"""Rounds a phone may leave its bytes before it is let go."""
PER_SEAT = 6
"""Streams one seat may hold (own phone, laptop, a reload that still lingers)."""


class Line:
    """One open stream. ``told``: tag of the look it was last told of."""

    __slots__ = ("missed", "pass_", "send", "told")

    def __init__(self, send: Send, pass_: Pass, told: str) -> None:
        self.send = send
        self.pass_ = pass_
        self.told = told
        self.missed = 0


class Channel:
    """All streams of one meeting in this process."""

    __slots__ = ("again", "busy", "lines", "meeting", "organisation")

    def __init__(self, meeting: int, organisation: int) -> None:
        self.meeting = meeting
        self.organisation = organisation
        self.lines: dict[Line, None] = {}
        self.again = 0.0
        self.busy = False  # changed again before its next round: many are writing


def push(send: Send, message: MutableMapping[str, Any]) -> bool:
    """Write without waiting. False when the other side does not take it (nothing was written).

    The server's ``send`` only pauses before it writes, when the buffer is full; so one step of the
    coroutine either writes all or nothing.
    """
    writing = send(message)
    step = writing.__await__()
    try:
        next(step)
    except StopIteration:
        return True
    except OSError:
        return False
    close = getattr(writing, "close", None)
    if close is not None:
        close()
    return False


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
        for work in (self._pump, self._ping, self._keep):
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
            loop.call_soon_threadsafe(self.mark, int(topic.split(":")[1]))

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
        channel.lines[line] = None

    def remove(self, line: Line) -> None:
        """A stream ended."""
        channel = self.channels.get(line.pass_.meeting)
        if channel is not None:
            channel.lines.pop(line, None)
            if not channel.lines:
                del self.channels[channel.meeting]

    def let_go(self, channel: Channel, line: Line) -> None:
        """End a stream from our side; the page comes back by itself."""
        push(line.send, END)
        channel.lines.pop(line, None)

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
        channel.again = self.loop.time() + max(TICK, PER_LINE * len(channel.lines))
        try:
            news = await in_thread(changed, channel.meeting, channel.organisation, [*channel.lines])
        except rooms.Gone:
            news = []
        except Exception:
            log.exception("A meeting could not be shown; it is tried again.")
            self.loop.call_later(1.0, self.mark, channel.meeting)
            return
        for at in range(0, len(news), SLICE):
            lines = channel.lines
            for line, tag, message in news[at : at + SLICE]:
                if line in lines:
                    if push(line.send, message):
                        line.told, line.missed = tag, 0
                    else:
                        self._missed(channel, line)
            await asyncio.sleep(pace)

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
                for at, line in enumerate(list(channel.lines)):
                    push(line.send, PINGS)
                    if at % SLICE == SLICE - 1:
                        await asyncio.sleep(0)

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


def moderators(lines: Iterable[Line]) -> list[str]:
    """Seats whose moderator's screen (or one device) is open."""
    seats = (line.pass_.seat for line in lines if line.pass_.screen in ("moderator", "table"))
    return sorted({seat for seat in seats if seat})


def event(tag: str, number: int) -> dict[str, Any]:
    """A thin event: something you may see changed, number n."""
    body = f"id: {tag}\ndata: {number}\n\n".encode()
    return {"type": "http.response.body", "body": body, "more_body": True}


def changed(
    meeting: int, organisation: int, lines: list[Line]
) -> list[tuple[Line, str, MutableMapping[str, Any]]]:
    """Which streams see something else than they were told, with the bytes they share."""
    room = rooms.of_id(meeting, organisation)
    keeper.freshen(room)
    snap = room.snap
    sits = looks.seating(room, snap)
    shared: dict[int, tuple[str, MutableMapping[str, Any]]] = {}
    news = []
    for line in lines:
        who = sits.of(snap.state, line.pass_.seat, line.pass_.screen)
        told = shared.get(id(who))
        if told is None:
            tag = looks.look(room, snap, who).tag
            told = shared[id(who)] = (tag, event(tag, snap.number))
        if told[0] != line.told:
            news.append((line, *told))
    return news


hub = Hub()
