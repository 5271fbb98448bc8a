"""Who voted what as arrays without names, and the groups of opinion in them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .sheet import NONE, Counts, Opinions
from .showing import GROUP_FROM, added

# numpy is imported where it is used (a process that draws no map does without it), and by then its
# threads are set: for a map of milliseconds, threads that wait for each other cost ten times that.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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


def crowd_of(own: Opinions, cards: Sequence[str]) -> Crowd:
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


@dataclass(frozen=True)
class Found:
    """The map, translated: ``tallies`` per group card → counts; ``marks`` statement, agrees."""

    steady: bool
    sizes: list[int]
    tallies: list[dict[str, Counts]]
    marks: list[list[tuple[str, bool]]]
    clouds: list[dict[str, int]]
    memory: dict[str, Any]


def steadiest(crowd: Crowd, own: Opinions, *, last: bool) -> "Found | None":
    """The groups of now. The number of groups stays calm while votes come in, unless what is shown
    is not steady (any more); the last map has nothing to be calm about."""
    found = None if last else _groups(crowd, own, calmly=True)
    if found is not None and (found.steady or found.memory["calm"][0] == found.memory["calm"][1]):
        return found
    return _groups(crowd, own, calmly=False)


def _groups(crowd: Crowd, own: Opinions, *, calmly: bool) -> "Found | None":
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
    return Found(
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
