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
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from kring.meetings import engine
from kring.meetings import room as rooms
from kring.meetings.engine import Audience, State, lists
from kring.meetings.engine import seating as seats_at
from kring.meetings.engine.kinds import Kind, present_kind
from kring.meetings.room import Room, Snap

KEPT = 512
MOST_ROOMS = 500
MOST_PIECES = 2_000
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
_pieces: "OrderedDict[tuple[int, str], dict[Any, Any]]" = OrderedDict()
_lock = threading.Lock()


def digest(thing: Any) -> str:
    """A short name of JSON-able content."""
    words = json.dumps(thing, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.blake2b(words.encode(), digest_size=9).hexdigest()


class Seating:
    """The audience of every seat, kept for as long as nothing an audience depends on changed.

    Working out an audience costs more than writing to a phone. Folds never change what they do not
    touch, so whether the parts below are the very same objects tells whether audiences can differ.
    (``tests/test_looks.py`` compares with the engine after every ask of played meetings.)
    """

    __slots__ = ("known", "parts")

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = parts
        self.known: dict[tuple[str, str], Audience] = {}

    def of(self, state: State, seat: str, screen: str) -> Audience:
        """The audience of one seat on one screen."""
        found = self.known.get((seat, screen))
        if found is None:
            made = engine.audience(state, seat or None, screen)  # type: ignore[arg-type]  # SCREENS
            found = self.known[seat, screen] = _interned.setdefault(made, made)
        return found


_interned: dict[Audience, Audience] = {}
_seatings: dict[int, Seating] = {}


@lru_cache(maxsize=4096)
def _fields(audience: Audience) -> tuple[Any, ...]:
    return astuple(audience)


def _parts(state: State) -> tuple[Any, ...]:
    """Everything an audience is worked out from; cards and their owners are not among it."""
    record, visit = state.record, state.visit or ""
    sheets = (state.kept_sheet(visit), state.room_sheet(visit))
    own = tuple(part for sheet in sheets for part in (sheet.own, sheet.turns, sheet.revealed))
    return (record.flow, record.seats, record.roles, record.one_device, record.seating, *own)


def seating(room: Room, snap: Snap) -> Seating:
    """The audiences of this moment."""
    found: Seating | None = snap.views.get("seating")
    if found is None:
        parts = _parts(snap.state)
        last = _seatings.get(room.id)
        found = last if last is not None and _same(last.parts, parts) else Seating(parts)
        snap.views["seating"] = found
        _trim(_seatings)
        _seatings[room.id] = found
    return found


def audience_of(room: Room, snap: Snap, seat: str, screen: str) -> Audience:
    """Which kind of seat this is on this screen."""
    return seating(room, snap).of(snap.state, seat, screen)


def around(room: Room, snap: Snap) -> str:
    """Tag of everything beside the view: names, plan, who leads. Kept while they are the same."""
    kept = _around.get(room.id)
    if kept is None or not _same(kept[0], (snap.names, snap.about)) or kept[1] != room.lead:
        tag = digest([snap.names, snap.about, room.lead])
        kept = _around[room.id] = ((snap.names, snap.about), room.lead, tag)
        _trim(_around)
    return kept[2]


def ring_tag(room: Room, view: Any) -> str:
    """Tag of the chairs, the longest part of a view; kept while they are the very same list."""
    ring = view.get("ring")
    if ring is None:
        return ""
    kept = _rings.get(room.id)
    if kept is None or kept[0] is not ring:
        kept = _rings[room.id] = (ring, digest(ring))
        _trim(_rings)
    return kept[1]


_around: dict[int, tuple[tuple[Any, ...], str | None, str]] = {}
_rings: dict[int, tuple[Any, str]] = {}


def _same(some: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    """The very same objects, one by one."""
    return all(one is other for one, other in zip(some, others, strict=True))


def _trim(kept: dict[int, Any]) -> None:
    if len(kept) > MOST_ROOMS:
        kept.clear()


def look(room: Room, snap: Snap, audience: Audience) -> Look:
    """The look of an audience (one given by :func:`audience_of`), from the snap's memory."""
    key = (id(audience), room.lead)
    found: Look | None = snap.views.get(key)
    if found is None:
        view = engine.see(snap.state, audience)
        # two audiences may see the same view and still have other things to do on their screen
        beside = [_fields(audience), around(room, snap)]
        chairs = ring_tag(room, view)
        rest = {name: part for name, part in view.items() if name != "ring"}
        found = Look(digest([rest, chairs, *beside]), view)
        snap.views[key] = found
    return found


def heard(room: Room, snap: Snap, audience: Audience, seat: str) -> str:
    """What a stream tells a seat by: the look it shares, and what its own table wrote together.

    Only the people of that table hear that; other tables and the wall see nothing move.
    """
    tag = look(room, snap, audience).tag
    state = snap.state
    table = seats_at.table_of(state, seat)
    step = state.step
    if table is None or step is None or step.kind not in seats_at.LARGE:
        return tag
    key = ("table", table)
    if key not in snap.views:
        wrote = lists.ours(state, state.visit or "", table)
        snap.views[key] = [[card.id, card.text] for card in wrote]
    return digest([tag, snap.views[key]]) if snap.views[key] else tag


def mine_of(snap: Snap, seat: str) -> dict[str, Any]:
    """What only this seat sees; without the seat itself, so that equal content is equal."""
    own = dict(engine.mine(snap.state, seat)) if seat else {}
    own.pop("seat", None)
    return own


def page_of(room: Room, snap: Snap, seat: str, audience: Audience) -> tuple[str, dict[str, Any]]:
    """Tag and own part of a whole screen. Who has nothing of their own costs a look-up only."""
    state = snap.state
    plain: tuple[Any, ...] | None = None
    if not seat or _has_nothing(snap, seat):
        plain = ("page", id(audience), room.lead, place(state, seat))
        kept: tuple[str, dict[str, Any]] | None = snap.views.get(plain)
        if kept is not None:
            return kept
    own = mine_of(snap, seat)
    page = (page_tag(look(room, snap, audience), own), own)
    if plain is not None:
        snap.views[plain] = page
    return page


def _has_nothing(snap: Snap, seat: str) -> bool:
    """Surely nothing personal: no own cards, no signal, and a kind of step that keeps nothing."""
    own = owners(snap)
    return own is not None and seat not in own


def place(state: State, seat: str) -> tuple[Any, ...]:
    """Everything the own part of a seat that has nothing personal depends on (see ``_parts``)."""
    at = seats_at.table_of(state, seat), seats_at.hosts(state, seat)
    return (bool(seat), state.roles_of(seat), *at)


def owners(snap: Snap) -> frozenset[str] | None:
    """Seats that have something only they see; None when that may be anybody."""
    if "owners" not in snap.views:
        snap.views["owners"] = _who_own(snap.state)
    found: frozenset[str] | None = snap.views["owners"]
    return found


def _who_own(state: State) -> frozenset[str] | None:
    if state.visit is None or state.flow.stage != "running":
        return frozenset()
    if type(present_kind(state)).mine is not Kind.mine:
        return None
    return frozenset(state.room.pauses) | frozenset(state.room_sheet(state.visit).by_seat)


def page_tag(one: Look, own: dict[str, Any]) -> str:
    """Names a whole screen: the shared look with somebody's own part in it."""
    return digest([one.tag, own])


def has_drawn(room: Room, tag: str, screen: str, language: str) -> Drawn | None:
    """The whole screen, if somebody with exactly the same content asked for it before."""
    return _drawn.get((room.id, tag, screen, language))


def etag(tag: str, language: str) -> str:
    """Names a whole screen over HTTP."""
    return f'"{tag}-{language}"'


def screen(
    room: Room, snap: Snap, audience: Audience, seat: str, language: str
) -> tuple[str, Drawn]:
    """The tag and the drawing of one seat's whole screen (slow when it is new: in a thread)."""
    tag, own = page_of(room, snap, seat, audience)
    drawn = has_drawn(room, tag, audience.screen, language)
    return tag, drawn or draw(room, snap, audience, own, language)


def draw(
    room: Room,
    snap: Snap,
    audience: Audience,
    own: dict[str, Any],
    language: str,
) -> Drawn:
    """Render a whole screen (slow: in a thread). The shared part is rendered once per look."""
    audience = _interned.setdefault(audience, audience)
    one = look(room, snap, audience)
    screen, meeting = audience.screen, {**snap.about, "number": snap.number, "lead": room.lead}
    kept = _pieces_of(room.id, language)
    words = {"view": one.view, "names": snap.names, "meeting": meeting, "kept": kept}
    key = (room.id, one.tag, screen, language, "shared")
    with translation.override(language):
        shared = _drawn.get(key)
        if shared is None:
            html = unremembered(
                render_to_string(
                    f"meetings/parts/screens/{screen}.html", {**words, "audience": audience}
                )
            )
            shared = _keep(key, html.encode(), squeeze=False)
        whole = shared.plain
        if own and MINE in whole:
            whole = whole.replace(MINE, _draw_mine(room, snap, one, own, words, language))
    drawn = _keep((room.id, page_tag(one, own), screen, language), whole)
    if room.snap is not snap and room.state.flow.stage == "closed":
        forget(room.id)  # it closed while this was being drawn
    return drawn


def unremembered(html: str) -> str:
    """Forms of a meeting are not remembered by the browser itself.

    Without this a browser writes what was typed to its own session file, to bring it back after a
    crash, and there it stays (found by the search of ``tests/journeys/test_nothing_stays.py``).
    """
    return html.replace("<form ", '<form autocomplete="off" ')


NOT_MINE = frozenset({"cards", "basis", "released", "kept", "script", "turn"})
"""What of a view the personal part does not get: it changes with everybody's words."""


def _draw_mine(
    room: Room,
    snap: Snap,
    one: Look,
    own: dict[str, Any],
    words: dict[str, Any],
    language: str,
) -> bytes:
    """The personal part; drawn again only when it, or the step it belongs to, changed."""
    view = {name: part for name, part in one.view.items() if name not in NOT_MINE}
    chairs = ring_tag(room, view)
    rest = {name: part for name, part in view.items() if name != "ring"}
    tag = digest([rest, chairs, around(room, snap), own])
    key = (room.id, tag, "mine", language)
    drawn = _drawn.get(key)
    if drawn is None:
        html = unremembered(
            render_to_string(
                "meetings/parts/screens/mine.html", {**words, "view": view, "mine": own}
            )
        )
        drawn = _keep(key, html.encode(), squeeze=False)
    return drawn.plain


def _pieces_of(meeting: int, language: str) -> dict[Any, Any]:
    """Pieces of screens that were drawn before (the ``remember`` tag); started anew when too many."""
    with _lock:
        found = _pieces.get((meeting, language))
        if found is None or len(found) > MOST_PIECES:
            found = _pieces[meeting, language] = {}
            while len(_pieces) > MOST_ROOMS:
                _pieces.popitem(last=False)
        return found


def _keep(key: tuple[Any, ...], plain: bytes, *, squeeze: bool = True) -> Drawn:
    small = len(plain) < ENOUGH_TO_SQUEEZE or not squeeze
    drawn = Drawn(plain, b"" if small else gzip.compress(plain, compresslevel=5, mtime=0))
    with _lock:
        _drawn[key] = drawn
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return drawn


def forget(room: int) -> None:
    """What was drawn of a room is gone, and who sat in it."""
    with _lock:
        for drawings in (_drawn, _pieces):
            for key in [key for key in drawings if key[0] == room]:
                del drawings[key]
    for memory in (_around, _seatings, _rings):
        memory.pop(room, None)


rooms.at_close.append(forget)
