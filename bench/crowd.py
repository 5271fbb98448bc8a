"""A room full of phones: raw sockets on loopback, as cheap as they can be made."""

import asyncio
import time
from collections.abc import Callable

ACCEPT = "Accept: text/event-stream\r\n"
Heard = Callable[[int, float], None]


class Stream(asyncio.Protocol):
    """One open event stream. Calls ``heard(number, at)`` for every event."""

    def __init__(self, path: str, heard: Heard, last: str = "") -> None:
        self.path = path
        self.heard = heard
        self.last = last
        self.opened: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        again = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        words = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{ACCEPT}{again}\r\n"
        self.transport.write(words.encode())

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        if not self.opened.done():
            if b" 200 " not in data[:20]:
                self.opened.set_exception(ConnectionError(data[:60]))
                return
            self.opened.set_result(now)
        at = data.rfind(b"\ndata: ")
        while at >= 0:
            end = data.find(b"\n", at + 7)
            number = data[at + 7 : end]
            if number.isdigit():
                begin = data.rfind(b"id: ", 0, at)
                self.last = data[begin + 4 : at].decode()
                self.heard(int(number), now)
                return
            at = data.rfind(b"\ndata: ", 0, at)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("lost"))


class Line(asyncio.Protocol):
    """One kept-alive connection for short requests, one at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.got = b""
        self.wanted = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.got += data
        if self.wanted < 0:
            end = self.got.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.got[:end].lower()
            at = head.find(b"content-length: ")
            size = int(head[at + 16 :].split(b"\r", 1)[0]) if at >= 0 else 0
            self.wanted = end + 4 + size
        if len(self.got) >= self.wanted and self.waiting is not None:
            status = int(self.got[9:12])
            body = self.got[self.got.find(b"\r\n\r\n") + 4 :]
            waiting, self.waiting, self.got, self.wanted = self.waiting, None, b"", -1
            if not waiting.done():
                waiting.set_result((status, body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionError("lost"))

    async def send(self, words: bytes) -> tuple[int, bytes]:
        """One request; status and body."""
        assert self.transport is not None
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(words)
        return await self.waiting


async def line(port: int) -> Line:
    """A connection for short requests."""
    loop = asyncio.get_running_loop()
    _, made = await loop.create_connection(Line, "127.0.0.1", port)
    return made


def get(path: str) -> bytes:
    """A GET as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def post(path: str, body: bytes) -> bytes:
    """A POST of JSON as bytes."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body
