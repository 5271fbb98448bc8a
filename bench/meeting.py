"""One live meeting with 30, 200, 1,000 and 2,000 people, beside a bare event stream.

One process, SQLite with ``synchronous=FULL``, everything on this machine (loopback, no TLS). Kring
and the anchor run one after the other under the same uvicorn with the same crowd; **read the
ratios**, absolute times belong to the machine. ``python -m bench.meeting [sizes…]``.

*ack*: from tap to durable answer. *told*: until a phone heard that something changed. *seen*: until
it also holds the new screen. CPU is the server's, user and system, by what the kernel counted.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import uvloop

from bench import crowd, own
from bench.anchors import OTHERS
from bench.house import installation
from bench.phones import TAPS, Figures, Room, Server, busy, come_back, free_port, taps, vote
from bench.seated import Made, make

SIZES = (30, 200, 1000, 2000)
LONGEST = 120.0
"""Seconds one server and one size may take: a benchmark that hangs is a failure."""


def say(what: str) -> None:
    """Where we are, for whoever waits."""
    print(f"    … {what}", file=sys.stderr, flush=True)


def middle(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie, in milliseconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


async def anchor(port: int, people: int, screen: int) -> Figures:
    """The same crowd at the bare server."""
    figures = Figures(screen=screen)
    server = Server("bench.bare:application", port, BARE_SCREEN=str(screen))
    try:
        async with asyncio.timeout(LONGEST):
            await _anchor(server, people, figures)
    finally:
        figures.stop = server.stop()
    return figures


async def _anchor(server: Server, people: int, figures: Figures) -> None:
    await server.ready()
    room = Room(server, [f"{place}" for place in range(people)])
    empty = server.memory()
    await room.open()
    figures.memory = (server.memory() - empty) / people
    figures.told, figures.cpu_told = await taps(room, figures, room.heard)
    await room.open_lines()
    room.fetching = True
    figures.seen, figures.cpu_seen = await taps(room, figures, room.fetched)


async def kring(port: int, people: int, made: "Made") -> Figures:
    """The crowd in a meeting of Kring."""
    figures = Figures()
    server = Server("kring.asgi:application", port)
    try:
        async with asyncio.timeout(LONGEST):
            await _kring(server, people, made, figures)
    finally:
        figures.stop = server.stop()
    return figures


async def _kring(server: Server, people: int, made: "Made", figures: Figures) -> None:
    await server.ready()
    port = server.port
    room = Room(server, made.tokens)
    warm = await crowd.line(port)
    _status, body = await warm.send(crowd.get(f"/live/{made.tokens[0]}/screen"))
    empty = server.memory()
    await room.open()
    figures.memory = (server.memory() - empty) / people
    figures.told, figures.cpu_told = await taps(room, figures, room.heard)
    await room.open_lines()
    room.fetching = True
    figures.seen, figures.cpu_seen = await taps(room, figures, room.fetched)
    figures.screen = room.size or len(body)
    say("twenty a second")
    await busy(room, figures)
    say("coming back")
    room.fetching = False
    await come_back(room, figures, min(people, 1000))
    say("voting")
    moderator = await crowd.line(port)
    await room.tap(moderator, 0, {"kind": "enter_next", "from_visit": "v1"})
    await vote(room, figures, people)
    await room.tap(moderator, 0, {"kind": "reveal", "confirmed": True})


def line(name: str, bare: float, ours: float, unit: str, goal: str) -> None:
    """One line of the table."""
    ratio = f"{ours / bare:5.2f}×" if bare else "      "
    left = f"{bare:9.1f}" if bare else "        -"
    print(f"  {name:<34}{left}{ours:11.1f} {unit:<4}{ratio}   {goal}", flush=True)


def show(people: int, bare: Figures, ours: Figures) -> None:
    """The table of one size."""
    print(f"\n{people} people connected                     bare      Kring      ratio   goal")
    rows = (
        ("told everybody", bare.told, ours.told, "≤ 1.3× at 2,000"),
        ("seen by everybody", bare.seen, ours.seen, ""),
        ("acknowledged (bare: not durable)", bare.ack, ours.ack, ""),
        ("acknowledged at 20 a second", [], ours.busy_ack, "≤ 100 ms"),
    )
    for name, left, right, goal in rows:
        for share in (0.5, 0.95, 0.99):
            word = f"{name} p{share * 100:.0f}"
            line(word, middle(left, share), middle(right, share), "ms", goal * (share == 0.95))
    line("CPU per 1,000 deliveries", bare.cpu_told * 1e6, ours.cpu_told * 1e6, "ms", "≤ 1.3×")
    line("CPU per 1,000 seen", bare.cpu_seen * 1e6, ours.cpu_seen * 1e6, "ms", "")
    line("memory per connection", bare.memory / 1024, ours.memory / 1024, "KiB", "≤ 16 KiB")
    line("screen fetched", bare.screen / 1024, ours.screen / 1024, "KiB", "")
    back = middle(ours.back, 0.95)
    line(f"{len(ours.back)} back after a drop p95", 0, back, "ms", "200 in 3 s, 1,000 in 10 s")
    line(f"{len(ours.votes)} votes p95", 0, middle(ours.votes, 0.95), "ms", "≤ 500 ms")
    line("votes: all within", 0, ours.vote_seconds, "s", "≤ 10 s")
    line("votes kept, exactly", 0, ours.votes_kept, "", f"= {people}")
    line("SIGTERM to exit", bare.stop * 1000, ours.stop * 1000, "ms", "≤ 3,000 ms")


async def in_time(run: Callable[[int], Awaitable[Figures]], people: int) -> Figures:
    """Measure, but not for longer than ``LONGEST``."""
    async with asyncio.timeout(LONGEST):
        return await run(people)


def beside(people: int, bare: Figures, ours: Figures) -> None:
    """What others would use, told the same to the same crowd: p95 and CPU per delivery."""
    print(f"\n{people} people, told only               p95 ms   CPU/1,000   KiB each   delivered")
    rows = {"bare stream": bare, "Kring (durable, with its rules)": ours}
    for name, run in OTHERS.items():
        say(name)
        try:
            rows[name] = uvloop.run(in_time(run, people))
        except own.Missing as missing:
            own.loudly(missing)
        except TimeoutError:
            own.loudly(f"{name} did not answer {people} people within {LONGEST:.0f} s")
    for name, one in rows.items():
        figures = (
            f"{middle(one.told, 0.95):10.1f}{one.cpu_told * 1e6:12.1f}{one.memory / 1024:11.1f}"
        )
        times = one.cpu_told / ours.cpu_told if ours.cpu_told else 0.0
        part = f"{len(one.told) / (people * TAPS):10.0%}"
        print(f"  {name:<32}{figures}{part}   {times:5.2f}× Kring's CPU", flush=True)


def main() -> int:
    """All sizes, one after the other."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    with installation():
        for people in sizes:
            made = make(people)
            ours = uvloop.run(kring(free_port(), people, made))
            ours.votes_kept = made.numbers_kept()
            bare = uvloop.run(anchor(free_port(), people, ours.screen))
            show(people, bare, ours)
            if people == max(sizes):
                beside(people, bare, ours)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
