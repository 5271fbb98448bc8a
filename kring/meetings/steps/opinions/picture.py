"""From votes to what is shown: sentences first, then groups, never a person.

A *picture* is plain data: ``kind`` ("groups", "one": no clear groups, "few": too few votes),
``people`` (rounded down, or None), ``groups`` (name, tenths, cloud, marks), ``unites``, ``divides``,
``statements`` (every statement with a cell for all and per group), ``layers`` and ``memory`` (for
the next map: never in a view). Voters are put in the order of their tokens and statements in the
order of their ids, so it does not matter in which order anything came.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from .found import Crowd, Found, crowd_of, steadiest
from .sheet import EVERYBODY, NONE, Counts, Opinions
from .showing import (
    FRESH_FROM,
    LIVE_FROM,
    NO,
    SHOWN_FROM,
    YES,
    added,
    cell,
    in_sight,
    layers_shown,
    rounded_people,
    share_in_tens,
)

NAMES = "ABCDE"
UNITES, DIVIDES, MARKS = 5, 3, 3
APART = 0.4
"""A statement divides when the shares that agree differ so much between two groups."""


def _blank(people: int) -> dict[str, Any]:
    return {
        "kind": "few",
        "people": rounded_people(people),
        "groups": [],
        "unites": [],
        "divides": [],
        "statements": [],
        "layers": [],
        "late": False,
        "memory": {},
    }


def draw(
    own: Opinions, cards: Sequence[str], choices: Sequence[str], *, last: bool
) -> dict[str, Any]:
    """The picture of now. ``last``: voting ends, so that also a small circle sees it."""
    crowd = crowd_of(own, cards)
    people = len(crowd.voters)
    most = max((sum(crowd.whole(card)) for card in crowd.cards), default=0)
    picture = _blank(max(people, most))
    if max(people, most) < (SHOWN_FROM if last else LIVE_FROM):
        return picture
    picture["kind"] = "one"
    found = steadiest(crowd, own, last=last) if people >= LIVE_FROM else None
    if found is not None:
        picture["memory"] = found.memory
    tallies = found.tallies if found is not None and found.steady else []
    wholes = {card: crowd.whole(card) for card in crowd.cards}
    if found is not None and found.steady:
        picture["kind"] = "groups"
        if 0 < people - sum(found.sizes) < SHOWN_FROM:  # else the rest could be worked out
            wholes = {
                card: added(_together(part[card] for part in tallies), own.hands.get(card, NONE))
                for card in crowd.cards
            }
        picture["groups"] = _clouds(found, tallies)
    picture["unites"] = _unites(crowd.cards, wholes, tallies)
    picture["divides"] = _divides(crowd.cards, tallies)
    picture["statements"] = [
        {
            "card": card,
            "all": cell(wholes[card]),
            "groups": [cell(part[card]) for part in tallies],
        }
        for card in crowd.cards
    ]
    picture["layers"] = _layers(crowd, choices, picture)
    return picture


def _together(parts: Any) -> Counts:
    total = NONE
    for part in parts:
        total = added(total, part)
    return total


def _clouds(found: Found, tallies: list[dict[str, Counts]]) -> list[dict[str, Any]]:
    whole = sum(found.sizes)
    groups = []
    for at, (size, cloud, marks) in enumerate(
        zip(found.sizes, found.clouds, found.marks, strict=True)
    ):
        told = [
            {"card": card, "agree": agrees, "cell": shown}
            for card, agrees in marks
            if (shown := cell(tallies[at][card])) is not None
            and shown["word"] in (YES if agrees else NO)
        ]
        groups.append(
            {
                "name": NAMES[at],
                "tenths": share_in_tens(size, whole),
                "cloud": cloud,
                "marks": told[:MARKS],
            }
        )
    return groups


def _unites(
    cards: list[str], wholes: Mapping[str, Counts], tallies: list[dict[str, Counts]]
) -> list[dict[str, Any]]:
    """With groups: the highest group-informed consensus, where every group says the same. Without:
    the clearest statements of all. What people say yes to comes first."""
    lines = _shared_by_groups(cards, tallies) if tallies else _shared_by_all(cards, wholes)
    shared = [
        {"card": card, "agree": agrees, "cell": cell(wholes[card])}
        for card, agrees in lines
        if cell(wholes[card]) is not None
    ][:UNITES]
    return sorted(shared, key=lambda line: not line["agree"])


def _arrays(cards: list[str], parts: list[Mapping[str, Counts]]) -> Any:
    import numpy as np

    from kring.meetings import opinion

    table = np.array([[part[card] for card in cards] for part in parts]).reshape(
        len(parts), len(cards), 3
    )
    return opinion.Tally(table[:, :, 0], table[:, :, 1], table.sum(axis=2))


def _shared_by_groups(cards: list[str], tallies: list[dict[str, Counts]]) -> list[tuple[str, bool]]:
    from kring.meetings import opinion

    agree, disagree = opinion.group_consensus(_arrays(cards, list(tallies)))
    found = []
    for at, card in enumerate(cards):
        words = {(cell(part[card]) or {"word": ""})["word"] for part in tallies}
        if words <= YES:
            found.append((-float(agree[at]), card, True))
        elif words <= NO:
            found.append((-float(disagree[at]), card, False))
    return [(card, agrees) for _, card, agrees in sorted(found)]


def _shared_by_all(cards: list[str], wholes: Mapping[str, Counts]) -> list[tuple[str, bool]]:
    import numpy as np

    from kring.meetings import opinion

    if not cards:
        return []
    yes, no = opinion.consensus(_arrays(cards, [wholes]), np.zeros(len(cards), dtype=bool))
    told = sorted(chain(yes, no), key=lambda one: -(one.share * one.share_test))
    words = {card: (cell(wholes[card]) or {"word": ""})["word"] for card in cards}
    return [
        (cards[one.statement], one.agree)
        for one in told
        if words[cards[one.statement]] in (YES if one.agree else NO)
    ]


def _divides(cards: list[str], tallies: list[dict[str, Counts]]) -> list[dict[str, Any]]:
    """Where groups that all voted differ most in how many agree."""
    found = []
    for card in cards:
        cells = [cell(part[card]) for part in tallies]
        if not cells or any(one is None for one in cells):
            continue
        shares = [part[card][0] / sum(part[card]) for part in tallies]
        if max(shares) - min(shares) >= APART:
            found.append((-(max(shares) - min(shares)), card, cells))
    found.sort(key=lambda line: line[:2])
    return [{"card": card, "groups": cells} for _, card, cells in found[:DIVIDES]]


def _layers(
    crowd: Crowd, choices: Sequence[str], picture: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Per layer a word for every statement the picture speaks of. A layer is drawn again only when
    enough of its own people voted since; until then it says what it said."""
    own = crowd.own
    at = {voter: own.stands.get(voter) for voter in crowd.voters}
    sizes = {choice: sum(1 for where in at.values() if where == choice) for choice in choices}
    before = {layer["choice"]: layer for layer in (own.picture or {}).get("layers", ())}
    wanted = in_sight([picture])
    layers = []
    for choice in layers_shown(sizes, len(crowd.voters)):
        if choice in before and not is_fresh(own, choice):
            layers.append(before[choice])
            continue
        counts: dict[str, list[int]] = {card: [0, 0, 0] for card in wanted}
        for voter in (one for one, where in at.items() if where == choice):
            for card, vote in own.votes[voter].items():
                if card in counts:
                    counts[card][0 if vote == 1 else 1 if vote == -1 else 2] += 1
        cells = {card: cell((n[0], n[1], n[2])) for card, n in sorted(counts.items())}
        layers.append({"choice": choice, "cells": cells})
    return layers


def is_fresh(own: Opinions, scope: str = EVERYBODY) -> bool:
    """Did enough people vote since this was last drawn?"""
    return len(own.fresh.get(scope, ())) >= FRESH_FROM


def drawn_scopes(own: Opinions, picture: Mapping[str, Any]) -> list[str]:
    """The scopes that are up to date in a picture drawn from these votes."""
    before = {layer["choice"]: layer for layer in (own.picture or {}).get("layers", ())}
    fresh = [
        layer["choice"]
        for layer in picture["layers"]
        if layer["choice"] not in before or is_fresh(own, layer["choice"])
    ]
    return [EVERYBODY, *fresh]


def public(picture: Mapping[str, Any]) -> dict[str, Any]:
    """The picture without what is only for the next map."""
    return {name: value for name, value in picture.items() if name != "memory"}
