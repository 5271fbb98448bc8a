"""The three addresses beside Django: stream, screen and ask."""

import asyncio
import gc
import logging
import random
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from kring.meetings import room as rooms
from kring.meetings.room import Room
from kring.meetings.stream import events, keeper, looks, post, straight, tokens
from kring.meetings.stream.events import Manner
from kring.meetings.stream.hub import hub
from kring.meetings.stream.news import Line
from kring.meetings.stream.threads import in_thread
from kring.meetings.stream.tokens import Pass

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Header = tuple[bytes, bytes]

log = logging.getLogger("kring.live")
PRIVATE: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
STREAM: tuple[Header, ...] = (
    *PRIVATE,
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
)
SWITCH = 0.001
"""Seconds a thread may keep the interpreter while another waits: a durable write needs it ten times
and must not wait ten times 5 ms behind screens being sent."""
SQUEEZED: tuple[Header, ...] = (
    (b"content-encoding", b"gzip"),
    (b"vary", b"accept-encoding"),
)
HTML = (b"content-type", b"text/html; charset=utf-8")
JSON = (b"content-type", b"application/json")


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the server's start and stop; streams end as soon as the server is told to stop."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _end_streams_on_signal()
            sys.setswitchinterval(SWITCH)
            _collect_seldom()
            logging.getLogger("uvicorn.access").addFilter(_no_tokens)
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _collect_seldom() -> None:
    """Keep the garbage collector from walking every open stream again and again.

    With 2,000 streams one full collection took 100 ms, in the middle of telling a circle. What is
    there at the start stays; young objects are looked at less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def _no_tokens(record: logging.LogRecord) -> bool:
    """Addresses of streams carry a token: they are never logged."""
    return not any("/live/" in str(part) for part in record.args or ())


def _end_streams_on_signal() -> None:
    """The server waits for open streams before it says shutdown; so hear the signal ourselves."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if not callable(before):
            continue

        def heard(got: int, frame: Any, before: Callable[[int, Any], Any] = before) -> None:
            loop.call_soon_threadsafe(hub.stop)
            before(got, frame)

        try:
            signal.signal(number, heard)
        except ValueError:
            return  # not the main thread (a server inside a test): whoever runs it stops it


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """Route ``/live/<token>/<what>``."""
    words = scope["path"].split("/")
    what = words[3] if len(words) == 4 else ""
    work = _ADDRESSES.get((scope["method"], what))
    if work is None:
        return await _plain(send, 404)
    try:
        pass_ = tokens.read(words[2])
    except tokens.OldToken:
        return await _plain(send, 401)
    except tokens.BadToken:
        return await _plain(send, 404)
    hub.start()
    try:
        room = rooms.known(pass_.meeting) or await in_thread(
            rooms.of_id, pass_.meeting, pass_.organisation
        )
        await work(scope, receive, send, pass_, room)
    except rooms.Gone:
        await _plain(send, 404)


async def _plain(
    send: Send, status: int, body: bytes = b"", headers: Iterable[Header] = ()
) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [*PRIVATE, *headers, (b"content-length", str(len(body)).encode())],
        }
    )
    await send({"type": "http.response.body", "body": body})


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return ""


def _query(scope: Scope, name: str) -> str:
    asked: bytes = scope["query_string"]
    if not asked:
        return ""
    if asked.startswith(name.encode() + b"=") and b"&" not in asked and b"%" not in asked:
        return asked[len(name) + 1 :].decode("latin-1")
    return parse_qs(asked.decode("latin-1")).get(name, [""])[0]


# --- stream --------------------------------------------------------------------------------------
async def _stream(scope: Scope, receive: Receive, send: Send, pass_: Pass, room: Room) -> None:
    """One event when this screen is behind, then one whenever it changes (see ``events``)."""
    if hub.closing:
        return await _plain(send, 503)
    told = _header(scope, b"last-event-id") or _query(scope, "last")
    squeezed = "gzip" in _header(scope, b"accept-encoding")
    manner = Manner(_query(scope, "whole") == "1", squeezed, pass_.language)
    snap = room.snap
    who = looks.audience_of(room, snap, pass_.seat, pass_.screen)
    tag = looks.heard(room, snap, who, pass_.seat)
    line = Line(send, pass_, tag, manner)
    hub.add(line)  # first listen, then look: nothing falls in between
    try:
        headers = [*STREAM, *(SQUEEZED if squeezed else ())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        first = b"retry: %d\n\n" % random.randint(800, 2400)  # noqa: S311  (spreads reconnects)
        if told != tag:
            first += events.thin(tag, snap.number)
        hello = events.message(first, squeezed=squeezed)
        if squeezed:
            hello["body"] = events.GZIP_HEAD + hello["body"]
        await send(hello)
        line.cycle = straight.of(send)
        if room.snap is not snap:
            hub.mark(pass_.meeting)
        del told, snap, who, tag, headers, first, hello
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub.remove(line)


# --- screen ----------------------------------------------------------------------------------
_drawing: dict[tuple[Any, ...], "asyncio.Future[looks.Drawn]"] = {}


async def _fresh(scope: Scope, room: Room) -> None:
    """Another process may know more of this meeting: its number is higher, or (one of several
    processes) nobody of the meeting hangs on our stream, and its bell may still be under way.
    """
    wanted = _query(scope, "n")
    elsewhere = bool(settings.REDIS_URL) and not hub.hears(room.id)
    if elsewhere or (wanted.isdigit() and int(wanted) > room.number):
        await in_thread(keeper.freshen, room)


async def _once(key: tuple[Any, ...], draw: Callable[[], looks.Drawn]) -> looks.Drawn:
    """Everybody who asks while it is being drawn gets the same drawing."""
    waiting = _drawing.get(key)
    if waiting is None:
        waiting = asyncio.ensure_future(in_thread(draw))
        _drawing[key] = waiting
        waiting.add_done_callback(lambda _done: _drawing.pop(key, None))
    return await asyncio.shield(waiting)


async def _screen(scope: Scope, receive: Receive, send: Send, pass_: Pass, room: Room) -> None:
    """This screen: the shared part, rendered once for its audience, with the seat's own part in it."""
    await _fresh(scope, room)
    snap, screen, language = room.snap, pass_.screen, pass_.language
    audience = looks.audience_of(room, snap, pass_.seat, screen)
    tag, own = looks.page_of(room, snap, pass_.seat, audience)
    headers: list[Header] = [(b"etag", looks.etag(tag, language).encode())]
    if _header(scope, b"if-none-match").encode() == headers[0][1]:
        return await _plain(send, 304, headers=headers)
    drawn = looks.has_drawn(room, tag, screen, language) or await _once(
        (room.id, tag, screen, language),
        lambda: looks.draw(room, snap, audience, own, language),
    )
    body = drawn.plain
    if drawn.squeezed and "gzip" in _header(scope, b"accept-encoding"):
        headers += SQUEEZED
        body = drawn.squeezed
    await _plain(send, 200, body, [*headers, HTML])


# --- ask -----------------------------------------------------------------------------------------
def _from_here(scope: Scope) -> bool:
    """Only our own pages ask: origin, fetch metadata and a content type no form can send."""
    if not _header(scope, b"content-type").startswith("application/json"):
        return False
    if _header(scope, b"sec-fetch-site") not in ("", "same-origin"):
        return False
    origin = _header(scope, b"origin")
    return not origin or origin.split("//", 1)[-1] == _header(scope, b"host")


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None when it is too long or the asker went away."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > post.LONGEST:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


async def _ask(scope: Scope, receive: Receive, send: Send, pass_: Pass, room: Room) -> None:
    """One click. Answered when what lasts is durable."""
    if not pass_.seat or not _from_here(scope):
        return await _plain(send, 403)
    body = await _body(receive)
    if body is None:
        return await _plain(send, 413)
    asked = post.read(body)
    if asked is None:
        return await _plain(send, 400)
    if not post.office.may(pass_):
        return await _plain(send, 429, headers=[(b"retry-after", b"2")])
    try:
        done = await post.office.answer(pass_, *asked)
    except rooms.Gone:
        return await _plain(send, 404)
    except Exception:
        log.exception("An ask could not be carried.")
        return await _plain(send, 503, headers=[(b"retry-after", b"1")])
    await _plain(send, 200, post.write(done), [JSON])


_ADDRESSES: dict[tuple[str, str], Callable[..., Awaitable[None]]] = {
    ("GET", "stream"): _stream,
    ("GET", "screen"): _screen,
    ("POST", "ask"): _ask,
}
