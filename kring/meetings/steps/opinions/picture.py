"""From votes to what is shown: sentences first, then groups, never a person.

A *picture* is plain data: ``kind`` ("groups", "one": no clear groups, "few": too few votes),
``people`` (rounded down, or None), ``groups`` (name, tenths, cloud, marks), ``unites``, ``divides``,
``statements`` (every statement with a cell for all and per group), ``layers`` and ``memory`` (for
the next map: never in a view). Voters are put in the order of their tokens and statements in the
order of their ids, so it does not matter in which order anything came.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from .sheet import EVERYBODY, NONE, Counts, Opinions
from .showing import (
    FRESH_FROM,
    GROUP_FROM,
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

# numpy is imported where it is used (a process that draws no map does without it), and by then its
# threads are set: for a map of milliseconds, threads that wait for each other cost ten times that.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
NAMES = "ABCDE"
UNITES, DIVIDES, MARKS = 5, 3, 3
APART = 0.4
"""A statement divides when the shares that agree differ so much between two groups."""
AGAIN = 1.25
"""Whether groups are steady is worked out again when there are so many times more votes."""


@dataclass(frozen=True)
class Crowd:
    """Votes as arrays, and what stands beside them."""

    cards: list[str]
    voters: list[str]
    votes: Any
    own: Opinions

    def whole(self, card: str) -> Counts:
        """Phones and raised hands together."""
        return added(self.own.counts.get(card, NONE), self.own.hands.get(card, NONE))


def _crowd(own: Opinions, cards: Sequence[str]) -> Crowd:
    import numpy as np

    from kring.meetings import opinion

    ordered = sorted(cards)
    place = {card: at for at, card in enumerate(ordered)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    voters = []
    for voter in sorted(own.votes):
        mine = [(place[card], vote) for card, vote in own.votes[voter].items() if card in place]
        if mine:
            rows.append(len(mine))
            at, vote = zip(*mine, strict=True)
            columns += at
            values += vote
            voters.append(voter)
    person = np.repeat(np.arange(len(voters)), rows)
    votes = opinion.Votes.of(len(voters), len(ordered), person, columns, values)
    return Crowd(ordered, voters, votes, own)


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
    crowd = _crowd(own, cards)
    people = len(crowd.voters)
    most = max((sum(crowd.whole(card)) for card in crowd.cards), default=0)
    picture = _blank(max(people, most))
    if max(people, most) < (SHOWN_FROM if last else LIVE_FROM):
        return picture
    picture["kind"] = "one"
    found = _steadiest(crowd, own, last=last) if people >= LIVE_FROM else None
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


@dataclass(frozen=True)
class _Found:
    """The map, translated: ``tallies`` per group card → counts; ``marks`` statement, agrees."""

    steady: bool
    sizes: list[int]
    tallies: list[dict[str, Counts]]
    marks: list[list[tuple[str, bool]]]
    clouds: list[dict[str, int]]
    memory: dict[str, Any]


def _steadiest(crowd: Crowd, own: Opinions, *, last: bool) -> "_Found | None":
    """The groups of now. The number of groups stays calm while votes come in, unless what is shown
    is not steady (any more); the last map has nothing to be calm about."""
    found = None if last else _groups(crowd, own, calmly=True)
    if found is not None and (found.steady or found.memory["calm"][0] == found.memory["calm"][1]):
        return found
    return _groups(crowd, own, calmly=False)


def _groups(crowd: Crowd, own: Opinions, *, calmly: bool) -> "_Found | None":
    """The groups of opinion; None when there is no map to draw."""
    import numpy as np

    from kring.meetings import opinion

    if len(crowd.cards) < 2:
        return None
    memory = (own.picture or {}).get("memory") or {}
    drawn = opinion.opinion_map(
        crowd.votes,
        calm=opinion.Calm(*memory["calm"]) if memory and calmly else None,
        begin=np.array(memory["centres"]) if memory else None,
        against=_directions(memory, crowd.cards) if memory else None,
    )
    if drawn.grouping is None:
        return None
    clustered = np.flatnonzero(drawn.enough)
    steadiness = _steadiness(memory, crowd, drawn, clustered)
    sizes = [int(size) for size in np.bincount(drawn.grouping.labels, minlength=drawn.count)]
    tally = drawn.tally
    passed = tally.seen - tally.agree - tally.disagree
    tallies = [
        {
            card: (int(tally.agree[at, n]), int(tally.disagree[at, n]), int(passed[at, n]))
            for n, card in enumerate(crowd.cards)
        }
        for at in range(drawn.count)
    ]
    return _Found(
        steady=steadiness[0] >= opinion.STEADY and min(sizes) >= GROUP_FROM,
        sizes=sizes,
        tallies=tallies,
        marks=[[(crowd.cards[one.statement], one.agree) for one in marks] for marks in drawn.marks],
        clouds=_placed(drawn.points[clustered], drawn.grouping),
        memory=_memory(crowd, drawn, steadiness, memory),
    )


def _memory(
    crowd: Crowd, drawn: Any, steadiness: tuple[float, int], before: Mapping[str, Any]
) -> dict[str, Any]:
    """What keeps the next map in its place."""
    directions = drawn.axes.directions.T
    reach = len(crowd.cards) ** 0.5
    return {
        "calm": [drawn.calm.shown, drawn.calm.wanted, drawn.calm.times],
        "centres": [[float(x), float(y)] for x, y in drawn.grouping.centres],
        "directions": {
            card: [round(float(x), 5), round(float(y), 5)]
            for card, (x, y) in zip(crowd.cards, directions, strict=True)
        },
        "extremity": {
            card: round(float(x * x + y * y) ** 0.5 * reach, 3)
            for card, (x, y) in zip(crowd.cards, directions, strict=True)
        },
        "steadiness": {**before.get("steadiness", {}), str(drawn.count): list(steadiness)},
    }


def _directions(memory: Mapping[str, Any], cards: Sequence[str]) -> Any:
    import numpy as np

    known = memory["directions"]
    return np.array([known.get(card, (0.0, 0.0)) for card in cards]).T


def _steadiness(
    memory: Mapping[str, Any], crowd: Crowd, drawn: Any, clustered: Any
) -> tuple[float, int]:
    """How steady so many groups are, and with how many votes that was found: it is worked out again
    only when much changed."""
    from kring.meetings import opinion

    known, votes = memory.get("steadiness", {}).get(str(drawn.count), (0.0, 0))
    if votes <= crowd.votes.vote.size <= AGAIN * votes:
        return float(known), int(votes)
    steady = opinion.stability(crowd.votes, clustered, drawn.count)
    return round(steady, 3), int(crowd.votes.vote.size)


def _placed(points: Any, grouping: Any) -> list[dict[str, int]]:
    """Every group as a soft cloud in a square of 100: its middle, its spread, its tilt.

    Of nobody in particular: the spread of the middle part of the group, rounded.
    """
    import numpy as np

    reach = float(np.quantile(np.abs(points), 0.95)) * 1.25 or 1.0
    clouds = []
    for at in range(grouping.count):
        own = points[grouping.labels == at]
        middle = own.mean(axis=0)
        spread, turn = np.linalg.eigh(np.cov(own.T) if own.shape[0] > 1 else np.zeros((2, 2)))
        wide, high = 1.4 * np.sqrt(np.maximum(spread[::-1], 0))
        tilt = np.degrees(np.arctan2(turn[1, 1], turn[0, 1]))
        clouds.append(
            {
                "x": _within(50 + 50 * middle[0] / reach, 8, 92),
                "y": _within(50 - 50 * middle[1] / reach, 8, 92),
                "wide": _within(50 * wide / reach, 7, 30),
                "high": _within(50 * high / reach, 6, 30),
                "tilt": round(float(-tilt) / 5) * 5,
            }
        )
    return clouds


def _within(value: float, least: int, most: int) -> int:
    return int(min(most, max(least, round(float(value)))))


def _clouds(found: _Found, tallies: list[dict[str, Counts]]) -> list[dict[str, Any]]:
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
