"""Are the groups really there? Two halves of the people, each with a map of their own."""

import numpy as np

from .axes import axes, means_of, scaled
from .groups import first_centres, lloyd, nearest
from .votes import Floats, Numbers, Votes

HALVES = 4
"""How often the crowd is split."""
LARGEST = 800
"""People of which halves are made in a large crowd: more would not change what is said."""
STEADY = 0.6
"""From here groups are called groups (an index of 1: the halves agree on everybody, 0: chance)."""


def agreement_index(some: Numbers, others: Numbers) -> float:
    """The adjusted Rand index of two partings of the same people (Hubert and Arabie 1985)."""
    if some.size < 2:
        return 1.0
    table = np.zeros((int(some.max()) + 1, int(others.max()) + 1))
    np.add.at(table, (some, others), 1)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = rows * columns / (some.size * (some.size - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _place(votes: Votes, means: Floats, directions: Floats) -> Floats:
    """Where these people stand on somebody else's axes."""
    centred = votes.vote - means[votes.statement]
    points = [
        np.bincount(votes.person, weights=centred * axis[votes.statement], minlength=votes.people)
        for axis in directions
    ]
    return scaled(np.stack(points, axis=1), votes.statements, votes.per_person().astype(np.float64))


def _model(votes: Votes, count: int) -> tuple[Floats, Floats, Floats] | None:
    """Means, directions and centres learnt from these people alone."""
    own, points = axes(votes)
    points = scaled(points, votes.statements, votes.per_person().astype(np.float64))
    begin = first_centres(points, count)
    if begin is None:
        return None
    return means_of(votes), own.directions, lloyd(points, begin)[1]


def stability(votes: Votes, clustered: Numbers, count: int, seed: int = 0) -> float:
    """How far two halves of the people, who never saw each other, draw the same groups.

    Every person is put in a group by both maps; the answer is the mean adjusted index over
    :data:`HALVES` splits, 0 when no maps can be drawn. ``clustered``: people with enough votes.
    """
    if clustered.size < 4 * count:
        return 0.0
    dice = np.random.default_rng(seed)
    found = []
    for _ in range(HALVES):
        drawn = dice.permutation(clustered)[:LARGEST]
        middle = drawn.size // 2
        crowd = votes.of_people(np.sort(drawn))
        rank = np.argsort(np.argsort(drawn))
        labels = []
        for part in (rank[:middle], rank[middle:]):
            model = _model(crowd.of_people(np.sort(part)), count)
            if model is None:
                return 0.0
            means, directions, centres = model
            labels.append(nearest(_place(crowd, means, directions), centres))
        found.append(agreement_index(labels[0], labels[1]))
    return float(np.mean(found))
