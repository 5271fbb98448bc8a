"""From votes to the whole map, in one call."""

from dataclasses import dataclass, field

import numpy as np

from .axes import Axes, axes, scaled
from .groups import Calm, Grouping, best, grouped, smoothed
from .telling import Tally, Telling, consensus, group_consensus, representative, tallies
from .votes import Flags, Floats, Numbers, Votes

AGREE, PASS, DISAGREE = 1, 0, -1
ENOUGH_VOTES = 7
"""As many statements somebody must have voted on to be put in a group (or all there are)."""


@dataclass(frozen=True)
class OpinionMap:
    """``points`` (people × 2); ``labels`` per person, -1 for who voted on too few statements;
    ``tally``, ``agree`` and ``disagree`` (group-informed consensus) and ``marks`` per group are
    about people in a group, ``yes`` and ``no`` (consensus) about everybody."""

    axes: Axes
    points: Floats
    labels: Numbers
    grouping: Grouping | None
    silhouettes: dict[int, float]
    calm: Calm
    tally: Tally
    agree: Floats
    disagree: Floats
    marks: list[list[Telling]]
    yes: list[Telling]
    no: list[Telling]
    enough: Flags = field(repr=False)

    @property
    def count(self) -> int:
        """How many groups; 1 when there are none to be told apart."""
        return self.grouping.count if self.grouping else 1


def _standing(votes: Votes, out: Flags, against: Floats | None) -> tuple[Axes, Floats]:
    """The axes, the same way round as those of the map before, and where everybody stands."""
    kept = votes.without(out)
    own, points = axes(kept)
    if against is not None:
        turn = np.where((own.directions * against).sum(axis=1) < 0, -1.0, 1.0)
        own = Axes(own.means, own.directions * turn[:, None], own.strengths)
        points = points * turn
    # As Polis does it: a moderated statement has a vote (0) of everybody.
    voted = (kept.per_person() + out.sum()).astype(np.float64)
    return own, scaled(points, votes.statements, voted)


def opinion_map(
    votes: Votes,
    *,
    removed: Flags | None = None,
    enough_votes: int = ENOUGH_VOTES,
    calm: Calm | None = None,
    begin: Floats | None = None,
    against: Floats | None = None,
) -> OpinionMap:
    """The map of these votes.

    ``removed``: statements moderated out; they count nowhere but in how much somebody took part.
    ``calm``, ``begin`` (centres) and ``against`` (directions) come from the map before: they keep
    the number of groups, their names and their places steady while votes come in.
    """
    out = np.zeros(votes.statements, dtype=bool) if removed is None else removed
    own, points = _standing(votes, out, against)
    enough = votes.per_person() >= min(enough_votes, votes.statements)
    chosen = np.flatnonzero(enough)
    found = grouped(points[chosen], begin)
    wanted = best(found)
    calm = smoothed(calm or Calm(), wanted, set(found))
    grouping = found.get(calm.shown or 0)
    labels = np.full(votes.people, -1, dtype=np.int64)
    labels[chosen] = grouping.labels if grouping else 0
    tally = tallies(votes, labels, grouping.count if grouping else 1)
    agree, disagree = group_consensus(tally)
    yes, no = consensus(tallies(votes, np.zeros(votes.people, dtype=np.int64), 1), out)
    return OpinionMap(
        own,
        points,
        labels,
        grouping,
        {count: one.silhouette for count, one in found.items()},
        calm,
        tally,
        agree,
        disagree,
        representative(tally, out),
        yes,
        no,
        enough,
    )
