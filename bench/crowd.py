"""A room full of phones: raw sockets on loopback, as cheap as they can be made."""

import asyncio
import time
import zlib
from collections.abc import Callable

ACCEPT = "Accept: text/event-stream\r\nAccept-Encoding: gzip\r\n"
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

Heard = Callable[[int, float, bool], None]

_read: dict[bytes, tuple[str, int, bool] | None] = {}


def read(piece: bytes) -> tuple[str, int, bool] | None:
    """Tag, number and whether the screen came along, of one piece of a stream; None for a ping.

    Everybody of an audience gets the same bytes, so they are unpacked once for the whole crowd: a
    real phone does this for itself, two thousand of them cannot do it on the server's machine.
    """
    if piece not in _read:
        if len(_read) > 4_000:
            _read.clear()
        plain = piece
        if piece[-4:] == b"\x00\x00\xff\xff":
            plain = zlib.decompressobj(-zlib.MAX_WBITS).decompress(piece)
        tag = plain.rpartition(b"id: ")[2].partition(b"\n")[0]
        data = plain.rpartition(b"data: ")[2].lstrip(b"[")
        number = data[: len(data) - len(data.lstrip(b"0123456789"))]
        whole = b"data: [" in plain
        _read[piece] = (tag.decode(), int(number), whole) if number else None
    return _read[piece]


class Stream(asyncio.Protocol):
    """One open event stream, compressed as a browser asks for it.

    Calls ``heard(number, at, whole)`` for every event. Takes apart the chunks of HTTP by their
    lengths; an event never spans two chunks.
    """

    def __init__(self, path: str, heard: Heard, last: str = "") -> None:
        self.path = path
        self.heard = heard
        self.last = last
        self.got = b""
        self.chunked = True
        self.opened: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        again = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        words = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{ACCEPT}{again}\r\n"
        self.transport.write(words.encode())

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        data = self.got + data
        if not self.opened.done():
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self.got = head
                return
            if b" 200 " not in head[:20]:
                self.opened.set_exception(ConnectionError(head[:60]))
                return
            self.chunked = b"chunked" in head.lower()
            self.opened.set_result(now)
        if not self.chunked:
            return self.piece(data, now)
        while True:
            size, end, rest = data.partition(b"\r\n")
            if not end or len(rest) < int(size, 16) + 2:
                break
            self.piece(rest[: int(size, 16)], now)
            data = rest[int(size, 16) + 2 :]
        self.got = data

    def piece(self, piece: bytes, now: float) -> None:
        """One chunk: what the server sent at once."""
        told = read(piece.removeprefix(GZIP_HEAD))
        if told is not None:
            self.last = told[0] or self.last
            self.heard(told[1], now, told[2])

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
