"""One live meeting with 30, 200, 1,000 and 2,000 people, beside a bare event stream.

One process, SQLite with ``synchronous=FULL``, everything on this machine (loopback, no TLS). Kring
and the anchor run one after the other under the same uvicorn with the same crowd; **read the
ratios**, absolute times belong to the machine. ``python -m bench.meeting [sizes…]``.

*ack*: from tap to durable answer. *told*: until a phone heard that something changed. *seen*: until
it also holds the new screen. CPU is the server's, user and system, by what the kernel counted.
"""

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field

import psutil
import uvloop

from bench import crowd
from bench.house import installation

SIZES = (30, 200, 1000, 2000)
TAPS = 10
LONGEST = 120.0
"""Seconds one server and one size may take: a benchmark that hangs is a failure."""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def say(what: str) -> None:
    """Where we are, for whoever waits."""
    print(f"    … {what}", file=sys.stderr, flush=True)


def middle(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie, in milliseconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


@dataclass
class Figures:
    """What one server did for one size."""

    ack: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    busy_ack: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    vote_seconds: float = 0.0
    votes_kept: int = 0
    memory: float = 0.0
    cpu_told: float = 0.0
    cpu_seen: float = 0.0
    screen: int = 0
    stop: float = 0.0


class Server:
    """A uvicorn of its own."""

    def __init__(self, app: str, port: int, **extra: str) -> None:
        self.port = port
        words = f"-m uvicorn {app} --port {port} --log-level error --no-access-log"
        words += " --loop uvloop --http httptools --timeout-graceful-shutdown 3 --backlog 4096 --timeout-keep-alive 120"
        self.process = subprocess.Popen(
            [sys.executable, *words.split()],
            env={**os.environ, **extra},
            stderr=subprocess.DEVNULL if "bare" in app else None,
        )
        self.seen = psutil.Process(self.process.pid)

    async def ready(self) -> None:
        """Wait until it answers."""
        for _attempt in range(200):
            try:
                await (await crowd.line(self.port)).send(crowd.get("/live/x/screen"))
            except OSError:
                await asyncio.sleep(0.1)
            else:
                return
        raise TimeoutError("The server did not come up in 20 s.")

    def cpu(self) -> float:
        """Seconds of processor time until now."""
        times = self.seen.cpu_times()
        return times.user + times.system

    def memory(self) -> int:
        """Resident bytes now."""
        return self.seen.memory_info().rss

    def stop(self) -> float:
        """Stop it as an operator would, with every phone still connected; seconds it took."""
        begin = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        return time.perf_counter() - begin


class Room:
    """The crowd of one server: streams that listen, lines that fetch."""

    def __init__(self, server: Server, tokens: list[str]) -> None:
        self.server = server
        self.tokens = tokens
        self.port = server.port
        self.streams: list[crowd.Stream] = []
        self.lines: list[crowd.Line] = []
        self.heard: list[tuple[int, float]] = []
        self.fetching = False
        self.fetched: list[tuple[int, float]] = []
        self.tasks: set[asyncio.Task[None]] = set()
        self.size = 0

    def on(self, place: int) -> crowd.Heard:
        """What phone ``place`` does when it hears something."""

        def heard(number: int, at: float) -> None:
            self.heard.append((number, at))
            if self.fetching:
                task = asyncio.get_running_loop().create_task(self.fetch(place, number))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

        return heard

    async def fetch(self, place: int, number: int) -> None:
        """Fetch the screen; a phone has one request going on at a time."""
        line = self.lines[place]
        if line.waiting is not None:
            return
        status, body = await line.send(crowd.get(f"/live/{self.tokens[place]}/screen?n={number}"))
        assert status == 200, status
        self.size = len(body)
        self.fetched.append((number, time.perf_counter()))

    async def open(self) -> None:
        """Everybody connects."""
        for begin in range(0, len(self.tokens), 100):
            some = range(begin, min(begin + 100, len(self.tokens)))
            loop = asyncio.get_running_loop()
            made = await asyncio.gather(
                *(
                    loop.create_connection(
                        lambda p=place: crowd.Stream(f"/live/{self.tokens[p]}/stream", self.on(p)),
                        "127.0.0.1",
                        self.port,
                    )
                    for place in some
                )
            )
            self.streams += [one for _, one in made]
            await asyncio.gather(*(one.opened for _, one in made))

    async def open_lines(self) -> None:
        """Everybody also has a connection to fetch with."""
        for begin in range(0, len(self.tokens), 100):
            some = self.tokens[begin : begin + 100]
            self.lines += await asyncio.gather(*(crowd.line(self.port) for _ in some))

    async def tap(self, line: crowd.Line, place: int, asked: dict) -> tuple[int, float, float]:
        """One ask; the number of the meeting, when it was tapped and when it was acknowledged."""
        body = json.dumps({"ask": asked, "key": uuid.uuid4().hex}).encode()
        begin = time.perf_counter()
        status, answer = await line.send(crowd.post(f"/live/{self.tokens[place]}/ask", body))
        end = time.perf_counter()
        assert status == 200, (status, answer)
        found = json.loads(answer)
        assert found["refused"] is None, found
        return found["number"], begin, end

    async def quiet(self, since: int, whole: int, kept: list[tuple[int, float]]) -> None:
        """Wait until ``whole`` phones have it, three seconds at most."""
        for _turn in range(60):
            if len(kept) - since >= whole:
                return
            await asyncio.sleep(0.05)


async def taps(
    room: Room, figures: Figures, kept: list[tuple[int, float]]
) -> tuple[list[float], float]:
    """``TAPS`` contributions with a pause between; delays to everybody and CPU per delivery."""
    line, delays = await crowd.line(room.port), list[float]()
    await asyncio.sleep(0.5)
    cpu, before = room.server.cpu(), len(kept)
    for turn in range(TAPS):
        since = len(kept)
        text = {"kind": "contribute", "text": f"Wat hielp was licht in de gang ({turn})"}
        number, begin, end = await room.tap(line, turn % min(len(room.tokens), 20), text)
        figures.ack.append(end - begin)
        await room.quiet(since, len(room.tokens), kept)
        delays += [at - begin for heard, at in kept[since:] if heard >= number]
        await asyncio.sleep(max(0.3, len(room.tokens) * 0.0007) + random.random() * 0.1)
    return delays, (room.server.cpu() - cpu) / max(1, len(kept) - before)


async def busy(room: Room, figures: Figures, seconds: float = 5.0) -> None:
    """Twenty contributions a second while everybody listens and fetches."""
    lines = [await crowd.line(room.port) for _ in range(20)]
    tasks = []

    async def one(turn: int) -> None:
        place = turn % min(len(room.tokens), 200)
        text = {"kind": "contribute", "text": f"Druk {turn}"}
        _n, begin, end = await room.tap(lines[turn % 20], place, text)
        figures.busy_ack.append(end - begin)

    for turn in range(int(seconds * 20)):
        tasks.append(asyncio.create_task(one(turn)))
        await asyncio.sleep(0.05)
    await asyncio.gather(*tasks)


async def come_back(room: Room, figures: Figures, many: int) -> None:
    """The network drops for ``many`` phones; they come back with the last thing they heard."""
    lost = room.streams[:many]
    for one in lost:
        assert one.transport is not None
        one.transport.abort()
    await asyncio.sleep(0.3)
    begin = time.perf_counter()
    loop = asyncio.get_running_loop()

    async def back(place: int) -> None:
        await asyncio.sleep(random.random() * 0.8)  # the jitter every phone has
        _, made = await loop.create_connection(
            lambda: crowd.Stream(
                f"/live/{room.tokens[place]}/stream", room.on(place), lost[place].last
            ),
            "127.0.0.1",
            room.port,
        )
        figures.back.append(await made.opened - begin)
        room.streams[place] = made

    await asyncio.gather(*(back(place) for place in range(many)))


async def vote(room: Room, figures: Figures, many: int, seconds: float = 10.0) -> None:
    """``many`` people put a number on the scale within ``seconds``."""
    lines = [await crowd.line(room.port) for _ in range(100)]
    free: asyncio.Queue[crowd.Line] = asyncio.Queue()
    for line in lines:
        free.put_nowait(line)

    async def one(place: int) -> None:
        await asyncio.sleep(random.random() * seconds * 0.9)
        begin = time.perf_counter()
        line = await free.get()
        try:
            await room.tap(line, place, {"kind": "place", "value": place % 11})
        finally:
            free.put_nowait(line)
        figures.votes.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    await asyncio.gather(*(one(place) for place in range(many)))
    figures.vote_seconds = time.perf_counter() - begin


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


@dataclass
class Made:
    """A meeting ready to be joined."""

    meeting: int
    organisation: int
    tokens: list[str]

    def numbers_kept(self) -> int:
        """How many numbers the meeting knows after the reveal, in the log."""
        from kring.base import scope
        from kring.meetings.models import MeetingEvent

        with scope.inside(self.organisation):
            rows = MeetingEvent.objects.filter(meeting_id=self.meeting, kind="numbers.revealed")
            return sum(len(row.data.get("numbers", ())) for row in rows)


def script() -> object:
    """Open talk that is kept (every contribution durable), then a scale."""
    from kring.meetings.tests.scripts import both, phase, step, talk

    card = {"label": both("Kaart"), "most_per_seat": 50}
    scale = {"visibility": "V2a", "record": "K", "low": both("niet"), "high": both("heel erg")}
    return talk(
        phases=[
            phase(
                "talk", step("talk_open", "open", "OPEN", visibility="V3", record="K", entry=card)
            ),
            phase("scale", step("scale_it", "scale", "SILENT", **scale)),
        ],
        outputs=[],
        group={"min": 1, "normal": 8, "max": 2500},
    )


def make(people: int) -> Made:
    """An organisation with one meeting in which ``people`` sit."""
    from kring.base import clock, scope
    from kring.base.policy import Actor
    from kring.meetings import actions, room
    from kring.meetings.engine import Who, read_ask
    from kring.meetings.models import Seat, SeatState
    from kring.meetings.room import Job
    from kring.meetings.stream import tokens
    from kring.people.models import Organisation, Person, Team, Unit

    organisation = Organisation.objects.create(slug=f"bench-{people}", name=f"Bench {people}")
    with scope.inside(organisation.pk):
        unit = Unit(code="u", name="U", path="/")
        unit.save()
        unit.place()
        unit.save()
        team = Team(unit=unit, code="t", name="T")
        team.save()
        team.place()
        team.save()
        leader = Person(name="Sami")
        leader.save()
        actor = Actor(
            kind="person",
            organisation=organisation.pk,
            person=leader.pk,
            teams=frozenset({team.pk}),
        )
        plan = actions.Plan(team=team, protocol=script(), starts_at=clock.now())  # type: ignore[arg-type]
        meeting = actions.start_now(actor, plan)
        Seat.objects.bulk_create(
            Seat(
                organisation=organisation,
                meeting=meeting,
                place=place,
                name=f"Deelnemer {place}",
                state=SeatState.JOINED,
            )
            for place in range(2, people + 1)
        )
        seats = list(meeting.seats.order_by("place"))
        held = room.of(meeting)
        jobs = [
            Job(
                Who(seat.key),
                read_ask({"kind": "take_seat", "roles": tuple(seat.roles)}),
                uuid.uuid4().hex,
            )
            for seat in seats
        ]
        held.carry_all(jobs)
        assert all(job.done and not job.done.refused for job in jobs)
        started = actions.play(held, "s1", {"kind": "start"}, uuid.uuid4().hex)
        assert started.refused is None
        made = [tokens.make(meeting, seat, "phone") for seat in seats]
    room.forget_all()
    return Made(meeting.pk, organisation.pk, made)


def line(name: str, bare: float, ours: float, unit: str, goal: str) -> None:
    """One line of the table."""
    ratio = f"{ours / bare:5.2f}×" if bare else "      "
    left = f"{bare:9.1f}" if bare else "        -"
    print(f"  {name:<34}{left}{ours:11.1f} {unit:<4}{ratio}   {goal}", flush=True)


def show(people: int, bare: Figures, ours: Figures) -> None:
    """The table of one size."""
    print(f"\n{people} people connected                     bare      Kring      ratio   goal")
    for share in (0.5, 0.95, 0.99):
        goal = "≤ 1.3× at 2,000" if share == 0.95 else ""
        line(
            f"told everybody p{share * 100:.0f}",
            middle(bare.told, share),
            middle(ours.told, share),
            "ms",
            goal,
        )
    for share in (0.5, 0.95, 0.99):
        line(
            f"seen by everybody p{share * 100:.0f}",
            middle(bare.seen, share),
            middle(ours.seen, share),
            "ms",
            "",
        )
    for share in (0.5, 0.95, 0.99):
        line(
            f"acknowledged p{share * 100:.0f}",
            middle(bare.ack, share),
            middle(ours.ack, share),
            "ms",
            "bare is not durable",
        )
    for share in (0.5, 0.95, 0.99):
        goal = "≤ 100 ms" if share == 0.95 else ""
        line(
            f"acknowledged at 20 a second p{share * 100:.0f}",
            0,
            middle(ours.busy_ack, share),
            "ms",
            goal,
        )
    line(
        "CPU per 1,000 deliveries",
        bare.cpu_told * 1e6,
        ours.cpu_told * 1e6,
        "ms",
        "≤ 1.3× at 2,000",
    )
    line("CPU per 1,000 seen (told + fetched)", bare.cpu_seen * 1e6, ours.cpu_seen * 1e6, "ms", "")
    line("memory per connection", bare.memory / 1024, ours.memory / 1024, "KiB", "≤ 16 KiB")
    line("screen fetched", bare.screen / 1024, ours.screen / 1024, "KiB", "")
    line(
        f"{len(ours.back)} back after a drop p95",
        0,
        middle(ours.back, 0.95),
        "ms",
        "200 in 3 s, 1,000 in 10 s",
    )
    line(
        f"{len(ours.votes)} votes: acknowledged p95", 0, middle(ours.votes, 0.95), "ms", "≤ 500 ms"
    )
    line("votes: all within", 0, ours.vote_seconds, "s", "≤ 10 s")
    line("votes kept, exactly", 0, ours.votes_kept, "", f"= {people}")
    line("SIGTERM to exit, all connected", bare.stop * 1000, ours.stop * 1000, "ms", "≤ 3,000 ms")


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
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
