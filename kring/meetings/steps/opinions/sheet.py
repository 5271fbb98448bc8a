"""What an opinion step keeps: in the room the votes, in the record only what was published.

Votes stand under a token that is made from the seat with a key drawn for this one visit. The key
and the votes live in the room only, and are dropped when the map is finished.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from kring.meetings.engine.shape import Data
from kring.meetings.engine.state import Sheet, State

Counts = tuple[int, int, int]
"""Agree, disagree, pass."""
NONE: Counts = (0, 0, 0)
PLACE = {1: 0, -1: 1, 0: 2}
EVERYBODY = ""
"""The scope of the whole crowd; the others are the choices of the step (layers)."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """``votes``: token → statement → 1, 0 or -1, oldest first. ``following``: the statement each
    sees next. ``counts``: of the phones, ``hands``: counted in the room. ``fresh``: per scope who
    voted since it was last drawn. ``held``: statement → reason. ``on_phones``: the picture phones see
    meanwhile (in a large room it follows the big screen slowly)."""

    key: str = ""
    votes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    stands: Mapping[str, str] = field(default_factory=dict)
    following: Mapping[str, str | None] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)
    hands: Mapping[str, Counts] = field(default_factory=dict)
    fresh: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    picture: Data | None = None
    drawn_at: str | None = None
    on_phones: Data | None = None
    phones_at: str | None = None
    finished: bool = False

    def token(self, seat: str) -> str:
        """Under which this seat votes here; says nothing without the key."""
        return blake2b(seat.encode(), key=bytes.fromhex(self.key), digest_size=9).hexdigest()

    def voted(self, card: str) -> bool:
        """Did anybody vote on this statement?"""
        return any(self.counts.get(card, NONE)) or card in self.hands


def opinions(sheet: Sheet) -> Opinions:
    """What this sheet (of record or room) keeps of the step."""
    return sheet.own if isinstance(sheet.own, Opinions) else Opinions()


def room_of(state: State, visit: str) -> Opinions:
    """The votes of a visit."""
    return opinions(state.room_sheet(visit))


def held(state: State, visit: str) -> dict[str, str]:
    """Statements held back, with the reason."""
    return {**opinions(state.kept_sheet(visit)).held, **room_of(state, visit).held}


def published(state: State, visit: str) -> Data | None:
    """The last map, once voting is done."""
    for sheet in (state.kept_sheet(visit), state.room_sheet(visit)):
        own = opinions(sheet)
        if own.finished and own.picture is not None:
            return own.picture
    return None


def is_done(state: State, visit: str) -> bool:
    """Is voting over?"""
    both = (state.kept_sheet(visit), state.room_sheet(visit))
    return any(opinions(sheet).finished for sheet in both)


def _opened(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, own=replace(opinions(sheet), key=data["key"]))


def _counted(counts: Mapping[str, Counts], card: str, old: int | None, new: int | None) -> Any:
    numbers = list(counts.get(card, NONE))
    if old is not None:
        numbers[PLACE[old]] -= 1
    if new is not None:
        numbers[PLACE[new]] += 1
    return {**counts, card: tuple(numbers)}


def _fresh(own: Opinions, voter: str, *scopes: str | None) -> dict[str, frozenset[str]]:
    added = {
        scope: own.fresh.get(scope, frozenset()) | {voter} for scope in scopes if scope is not None
    }
    return {**own.fresh, **added}


def _cast(sheet: Sheet, data: Data) -> Sheet:
    own, voter, card, vote = opinions(sheet), data["voter"], data["card"], data["vote"]
    before = own.votes.get(voter, {})
    mine = {ref: value for ref, value in before.items() if ref != card}
    if vote is not None:
        mine[card] = vote
    changed = replace(
        own,
        votes={**own.votes, voter: mine},
        following={**own.following, voter: data["next"]},
        counts=_counted(own.counts, card, before.get(card), vote),
        fresh=_fresh(own, voter, EVERYBODY, own.stands.get(voter)),
    )
    return replace(sheet, own=changed)


def _stood(sheet: Sheet, data: Data) -> Sheet:
    own, voter = opinions(sheet), data["voter"]
    stands = {token: choice for token, choice in own.stands.items() if token != voter}
    if data["choice"] is not None:
        stands[voter] = data["choice"]
    fresh = _fresh(own, voter, own.stands.get(voter), data["choice"])
    return replace(sheet, own=replace(own, stands=stands, fresh=fresh))


def _held(sheet: Sheet, data: Data) -> Sheet:
    own = opinions(sheet)
    reasons = {card: reason for card, reason in own.held.items() if card != data["card"]}
    if data["reason"] is not None:
        reasons[data["card"]] = data["reason"]
    return replace(sheet, own=replace(own, held=reasons))


def _hands(sheet: Sheet, data: Data) -> Sheet:
    own = opinions(sheet)
    hands = {card: numbers for card, numbers in own.hands.items() if card != data["card"]}
    numbers = (data["agree"], data["disagree"], data["passed"])
    if any(numbers):
        hands[data["card"]] = numbers
    return replace(sheet, own=replace(own, hands=hands))


def _drawn(sheet: Sheet, data: Data) -> Sheet:
    own = opinions(sheet)
    waiting = {scope: who for scope, who in own.fresh.items() if scope not in data["scopes"]}
    picture, at = unpacked(data["picture"]), data["at"]
    drawn = replace(own, picture=picture, drawn_at=at, fresh=waiting)
    if data["phones"]:
        drawn = replace(drawn, on_phones=picture, phones_at=at)
    return replace(sheet, own=drawn)


def packed(picture: Data) -> str:
    """A picture as one text: the room keeps every one until voting is done, so it must be small."""
    return json.dumps(picture, separators=(",", ":"))


@lru_cache(maxsize=64)
def unpacked(text: str) -> Data:
    """The picture in a text; shared by everybody who reads it, so never changed."""
    picture: Data = json.loads(text)
    return picture


def _published(sheet: Sheet, data: Data) -> Sheet:
    """The map stays; every single vote, the key and who stood where are gone."""
    own = Opinions(held=opinions(sheet).held, picture=data["picture"], finished=True)
    return replace(sheet, own=own, written=True)


def _emptied(sheet: Sheet, data: Data) -> Sheet:
    """The map is in the record: nothing of the votes stays in the room."""
    own = Opinions(held=opinions(sheet).held, finished=True)
    return replace(sheet, own=own, written=True)


FOLDS = {
    "opinions.opened": _opened,
    "vote.cast": _cast,
    "stand.taken": _stood,
    "statement.held": _held,
    "hands.counted": _hands,
    "picture.drawn": _drawn,
    "opinions.published": _published,
    "opinions.emptied": _emptied,
}
