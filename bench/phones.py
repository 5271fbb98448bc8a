"""One server and its crowd: streams that listen, lines that fetch and ask."""

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

from bench import crowd

TAPS = 10


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


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

    def __init__(self, app: str, port: int, *, python: str = "", **extra: str) -> None:
        self.port = port
        words = f"-m uvicorn {app} --port {port} --log-level error --no-access-log"
        words += " --loop uvloop --http httptools --timeout-graceful-shutdown 3 --backlog 4096 --timeout-keep-alive 120"
        self.process = subprocess.Popen(
            [python or sys.executable, *words.split()],
            env={**os.environ, **extra},
            stderr=None if "kring" in app else subprocess.DEVNULL,
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

        def heard(number: int, at: float, whole: bool) -> None:
            self.heard.append((number, at))
            if whole:
                self.fetched.append((number, at))
            elif self.fetching:
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
                        lambda p=place: crowd.Stream(
                            f"/live/{self.tokens[p]}/stream?whole=1", self.on(p)
                        ),
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


async def lines_for(port: int, many: int) -> "asyncio.Queue[crowd.Line]":
    """Connections that wait for somebody to ask something; each carries one request at a time."""
    free: asyncio.Queue[crowd.Line] = asyncio.Queue()
    for _number in range(many):
        free.put_nowait(await crowd.line(port))
    return free


async def busy(room: Room, figures: Figures, seconds: float = 5.0) -> None:
    """Twenty contributions a second while everybody listens and fetches."""
    free = await lines_for(room.port, 40)

    async def one(turn: int) -> None:
        begin = time.perf_counter()
        line = await free.get()
        text = {"kind": "contribute", "text": f"Druk {turn}"}
        await room.tap(line, turn % min(len(room.tokens), 200), text)
        figures.busy_ack.append(time.perf_counter() - begin)
        free.put_nowait(line)

    tasks = []
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
                f"/live/{room.tokens[place]}/stream?whole=1", room.on(place), lost[place].last
            ),
            "127.0.0.1",
            room.port,
        )
        figures.back.append(await made.opened - begin)
        room.streams[place] = made

    await asyncio.gather(*(back(place) for place in range(many)))


async def vote(room: Room, figures: Figures, many: int, seconds: float = 10.0) -> None:
    """``many`` people put a number on the scale within ``seconds``."""
    free = await lines_for(room.port, 100)

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
