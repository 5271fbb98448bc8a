"""What goes over a stream, as bytes made once and shared by everybody who gets them.

Two kinds of event, both with the tag of the look as ``id``: *thin* (``data: 12``, something you may
see changed, number 12) and *whole* (``data: [12, "etag", "<div…"]``, the new screen itself), for
phones on which everybody of an audience sees the very same. A stream may be compressed: every event
is deflated on its own and flushed whole, so the same compressed bytes fit in any stream (RFC 1951
§3.2.3: a block that refers to nothing before it; RFC 1952 for the ten bytes in front).
"""

import json
import zlib
from typing import Any, NamedTuple

LONGEST = 8 * 1024
"""Bytes a whole event may take on the wire; a longer screen is fetched by who wants it."""
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class Manner(NamedTuple):
    """How a line wants to be told. ``whole``: takes screens in the event; ``squeezed``: gzip."""

    whole: bool
    squeezed: bool
    language: str


def squeeze(words: bytes) -> bytes:
    """One piece of a gzip stream that stands on its own."""
    press = zlib.compressobj(5, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(words) + press.flush(zlib.Z_FULL_FLUSH)


def message(words: bytes, *, squeezed: bool) -> dict[str, Any]:
    """What the server is asked to send."""
    body = squeeze(words) if squeezed else words
    return {"type": "http.response.body", "body": body, "more_body": True}


def thin(tag: str, number: int) -> bytes:
    """Something you may see changed."""
    return f"id: {tag}\ndata: {number}\n\n".encode()


def whole(tag: str, number: int, etag: str, screen: bytes) -> bytes:
    """The new screen."""
    data = json.dumps([number, etag, screen.decode()], ensure_ascii=False)
    return f"id: {tag}\ndata: {data}\n\n".encode()


PING = b"event: ping\ndata:\n\n"
PINGS = {squeezed: message(PING, squeezed=squeezed) for squeezed in (False, True)}
END = {"type": "http.response.body", "body": b"", "more_body": False}
