"""What each connection may see, worked out once per audience and shared.

A *look* is the view of one audience with a short tag of its content. Two seats of the same audience
get the same bytes. A connection is only told something when the tag of its own look changed: a card
nobody may see yet makes no phone blink, so the stream gives away neither who writes nor when.
"""

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import astuple
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from kring.meetings import engine
from kring.meetings.engine import Audience
from kring.meetings.room import Room, Snap

KEPT = 512
ENOUGH_TO_SQUEEZE = 600
MINE = b"<!--mine-->"
"""Where a shared screen leaves room for the personal part."""


class Look(NamedTuple):
    """The view of one audience; ``tag`` is the same exactly when the content is."""

    tag: str
    view: Any


class Drawn(NamedTuple):
    """Rendered once, shared by everybody who looks."""

    plain: bytes
    squeezed: bytes


_drawn: "OrderedDict[tuple[Any, ...], Drawn]" = OrderedDict()
_lock = threading.Lock()


def digest(thing: Any) -> str:
    """A short name of JSON-able content."""
    words = json.dumps(thing, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.blake2b(words.encode(), digest_size=9).hexdigest()


def audience_of(snap: Snap, seat: str, screen: str) -> Audience:
    """Which kind of seat this is on this screen."""
    return engine.audience(snap.state, seat or None, screen)  # type: ignore[arg-type]  # SCREENS


def around(room: Room, snap: Snap) -> str:
    """Tag of everything beside the view: names, plan, who leads. Once per snap."""
    kept: tuple[str | None, str] | None = snap.views.get("around")
    if kept is None or kept[0] != room.lead:
        kept = (room.lead, digest([snap.names, snap.about, room.lead]))
        snap.views["around"] = kept
    return kept[1]


def look(room: Room, snap: Snap, audience: Audience) -> Look:
    """The look of an audience, from the snap's memory when it was asked before."""
    beside = around(room, snap)
    found: Look | None = snap.views.get((audience, beside))
    if found is None:
        view = engine.see(snap.state, audience)
        # two audiences may see the same view and still have other things to do on their screen
        found = Look(digest([view, astuple(audience), beside]), view)
        snap.views[audience, beside] = found
    return found


def mine_of(snap: Snap, seat: str) -> dict[str, Any]:
    """What only this seat sees; without the seat itself, so that equal content is equal."""
    own = dict(engine.mine(snap.state, seat)) if seat else {}
    own.pop("seat", None)
    return own


def page_tag(one: Look, own: dict[str, Any]) -> str:
    """Names a whole screen: the shared look with somebody's own part in it."""
    return digest([one.tag, own])


def has_drawn(room: Room, tag: str, screen: str, language: str) -> Drawn | None:
    """The whole screen, if somebody with exactly the same content asked for it before."""
    return _drawn.get((room.id, tag, screen, language))


def draw(
    room: Room,
    snap: Snap,
    audience: Audience,
    own: dict[str, Any],
    language: str,
) -> Drawn:
    """Render a whole screen (slow: in a thread). The shared part is rendered once per look."""
    one = look(room, snap, audience)
    screen, meeting = audience.screen, {**snap.about, "number": snap.number, "lead": room.lead}
    words = {"view": one.view, "names": snap.names, "meeting": meeting}
    key = (room.id, one.tag, screen, language, "shared")
    with translation.override(language):
        shared = _drawn.get(key)
        if shared is None:
            html = render_to_string(
                f"meetings/parts/screens/{screen}.html", {**words, "audience": audience}
            )
            shared = _keep(key, html.encode())
        whole = shared.plain
        if own and MINE in whole:
            mine = render_to_string("meetings/parts/screens/mine.html", {**words, "mine": own})
            whole = whole.replace(MINE, mine.encode())
    return _keep((room.id, page_tag(one, own), screen, language), whole)


def _keep(key: tuple[Any, ...], plain: bytes) -> Drawn:
    small = len(plain) < ENOUGH_TO_SQUEEZE
    drawn = Drawn(plain, b"" if small else gzip.compress(plain, compresslevel=5, mtime=0))
    with _lock:
        _drawn[key] = drawn
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return drawn
