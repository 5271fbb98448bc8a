"""What others would use to tell a crowd: nchan (an nginx module in C) and Django Channels.

The same crowd, the same taps, the same small events; nothing durable, no rules. Where one cannot be
had on this machine, the bench says so loudly.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil

from bench import crowd, own
from bench.phones import Figures, Room, Server, free_port, taps

NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
CONF = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log error; user {user};
load_module {module};
events {{ worker_connections 16384; }}
http {{
  access_log off; keepalive_timeout 120s; keepalive_requests 1000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location ~ /stream$ {{ nchan_subscriber eventsource; nchan_channel_id meeting; }}
    location ~ /ask$ {{ nchan_publisher; nchan_channel_id meeting; nchan_message_buffer_length 10; }}
    location / {{ return 200 "x"; }}
  }}
}}
"""


class Nchan(Server):
    """An nginx of its own with one worker."""

    def __init__(self, port: int) -> None:
        if not NCHAN.exists() or not shutil.which("nginx"):
            raise own.Missing("nchan (sudo apt install nginx libnginx-mod-nchan)")
        self.port = port
        self.folder = tempfile.TemporaryDirectory(prefix="kring-nchan-")
        conf = Path(self.folder.name) / "nginx.conf"
        user = "root" if os.geteuid() == 0 else psutil.Process().username()
        words = {"folder": self.folder.name, "module": NCHAN, "port": port, "user": user}
        conf.write_text(CONF.format(**words), encoding="utf-8")
        self.process = subprocess.Popen(
            ["nginx", "-c", str(conf), "-p", self.folder.name], stderr=subprocess.DEVNULL
        )
        self.seen = psutil.Process(self.process.pid)

    def _all(self) -> list[psutil.Process]:
        return [self.seen, *self.seen.children(recursive=True)]

    def cpu(self) -> float:
        """Seconds of processor time of nginx and its worker."""
        times = [one.cpu_times() for one in self._all()]
        return sum(one.user + one.system for one in times)

    def memory(self) -> int:
        """Resident bytes of nginx and its worker."""
        return sum(one.memory_info().rss for one in self._all())

    def stop(self) -> float:
        """Stop at once; seconds it took."""
        begin = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.folder.cleanup()
        return time.perf_counter() - begin


class NchanRoom(Room):
    """Publishes with nchan's own words: what is told is the body, the answer has no number."""

    number = 0

    async def tap(self, line: crowd.Line, place: int, asked: dict) -> tuple[int, float, float]:
        """One event to everybody."""
        self.number += 1
        begin = time.perf_counter()
        body = str(self.number).encode()
        status, _answer = await line.send(crowd.post("/live/x/ask", body))
        assert status in (200, 201, 202), status
        return self.number, begin, time.perf_counter()


class Redis:
    """A Redis that keeps nothing, for the layer of Channels."""

    def __init__(self) -> None:
        if not shutil.which("redis-server"):
            raise own.Missing("Channels over Redis (sudo apt install redis-server)")
        self.port = free_port()
        words = f"redis-server --port {self.port} --bind 127.0.0.1 --appendonly no"
        self.process = subprocess.Popen(
            [*words.split(), "--save", ""], stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir()
        )

    def stop(self) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.wait(10)


async def told(server: Server, people: int, room: type[Room] = Room) -> Figures:
    """The crowd hangs on and is told ten times."""
    figures = Figures()
    await server.ready()
    crowd_ = room(server, [f"{place}" for place in range(people)])
    empty = server.memory()
    await crowd_.open()
    await asyncio.sleep(1)
    figures.memory = (server.memory() - empty) / people
    figures.told, figures.cpu_told = await taps(crowd_, figures, crowd_.heard)
    return figures


async def nchan(people: int) -> Figures:
    """nchan under nginx."""
    server = Nchan(free_port())
    try:
        return await told(server, people, NchanRoom)
    finally:
        server.stop()


async def channels(people: int, layer: str = "") -> Figures:
    """Channels under the same uvicorn, in an environment of its own."""
    extra = {"CHANNELS_REDIS": layer} if layer else {}
    server = Server("bench.on_channels:application", free_port(), python=own.python(), **extra)
    try:
        return await told(server, people)
    finally:
        server.stop()


async def channels_over_redis(people: int) -> Figures:
    """Channels with the layer that several processes need."""
    redis = Redis()
    try:
        return await channels(people, f"redis://127.0.0.1:{redis.port}/0")
    finally:
        redis.stop()


OTHERS: dict[str, Callable[[int], Awaitable[Figures]]] = {
    "nchan": nchan,
    "Channels, in memory": channels,
    "Channels over Redis": channels_over_redis,
}
