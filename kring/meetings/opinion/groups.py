"""Groups of opinion: k-means for two to five groups, the best by silhouette, and calm over time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .votes import Block, Floats, Numbers

MOST_GROUPS = 5
ROUNDS = 300
TOLERANCE = 1e-4
"""Lloyd's rounds stop when the centres move less than this part of the variance."""
SAMPLE = 600
"""Points whose silhouette is worked out in a large crowd (evenly spread over the map)."""
SAME = 1e-9
"""Points nearer than this are the same point: rounding is no difference of opinion."""
NEAR = 64
BLOCK = 100_000
"""Distances worked out at once: what fits in a processor's own memory."""
CALM = 4
"""As often another number of groups must be the best before it is shown (``k-smoother`` of Polis)."""


@dataclass(frozen=True)
class Grouping:
    """``labels`` (0 … k-1 per person), ``centres`` (k × 2), ``silhouette`` (-1 … 1)."""

    labels: Numbers
    centres: Floats
    silhouette: float

    @property
    def count(self) -> int:
        """How many groups."""
        return int(self.centres.shape[0])


def nearest(points: Floats, centres: Floats) -> Numbers:
    """The nearest centre of every point."""
    # |p - c|² without |p|², which is the same for every centre
    away = -2 * centres @ points.T + (centres**2).sum(axis=1)[:, None]
    found = np.zeros(points.shape[0], dtype=np.int64)
    least = away[0]
    for at in range(1, centres.shape[0]):
        found[away[at] < least] = at
        least = np.minimum(least, away[at])
    return found


def first_centres(points: Floats, count: int) -> Floats | None:
    """Where Polis begins when it knows nothing: the first different points, here from the left.

    None when there are fewer different points than groups.
    """
    found: list[Floats] = []
    for point in _from_left(points):
        if not found or np.abs(point - found[-1]).max() > SAME:
            found.append(point)
            if len(found) == count:
                return np.array(found)
    return None


def _from_left(points: Floats) -> Iterator[Floats]:
    """The points from left to right; sorts only as far as it is asked."""
    near = min(points.shape[0], NEAR)
    edge = np.partition(points[:, 0], near - 1)[near - 1]
    for part in (points[points[:, 0] <= edge], points[points[:, 0] > edge]):
        yield from part[np.lexsort((part[:, 1], part[:, 0]))]


def lloyd(points: Floats, centres: Floats) -> tuple[Numbers, Floats]:
    """k-means from given centres. A centre nobody is near moves to the loneliest point."""
    limit = TOLERANCE * float(points.var(axis=0).mean())
    count = centres.shape[0]
    labels = nearest(points, centres)
    for _ in range(ROUNDS):
        size = np.bincount(labels, minlength=count)
        sums = [np.bincount(labels, weights=points[:, axis], minlength=count) for axis in (0, 1)]
        moved = np.stack(sums, axis=1) / np.maximum(size, 1)[:, None]
        for empty in np.flatnonzero(size == 0):
            far = ((points - moved[labels]) ** 2).sum(axis=1).argmax()
            moved[empty] = points[far]
        shift = float(((moved - centres) ** 2).sum())
        before, centres = labels, moved
        labels = nearest(points, centres)
        if shift <= limit or np.array_equal(labels, before):
            break
    return labels, centres


def _silhouettes(points: Floats, partings: list[Numbers]) -> list[float]:
    """The mean silhouette of every parting, with one look at the distances for all of them."""
    number = points.shape[0]
    order = np.lexsort((points[:, 1], points[:, 0]))
    seen = order if number <= SAMPLE else order[np.linspace(0, number - 1, SAMPLE).astype(np.int64)]
    sizes = [np.bincount(labels) for labels in partings]
    member = np.zeros((number, sum(size.size for size in sizes)), dtype=np.float32)
    starts, start = [], 0
    for labels, size in zip(partings, sizes, strict=True):
        member[np.arange(number), start + labels] = 1
        starts.append(start)
        start += size.size
    sums = _distance_sums(points.astype(np.float32), seen, member)
    return [
        _silhouette(sums[:, at : at + size.size], labels[seen], size)
        for at, labels, size in zip(starts, partings, sizes, strict=True)
    ]


def _distance_sums(points: Block, seen: Numbers, member: Block) -> Floats:
    """For every point in ``seen``: the sum of its distances to the members of each group."""
    sums = np.empty((seen.size, member.shape[1]))
    high = max(1, BLOCK // points.shape[0])
    x, y = (points - points.mean(axis=0)).T
    square = x * x + y * y
    # |a - b|² = |a|² + |b|² - 2ab, as one small multiplication
    left = np.stack([x[seen], y[seen], square[seen], np.ones(seen.size, np.float32)], axis=1)
    right = np.stack([-2 * x, -2 * y, np.ones(points.shape[0], np.float32), square])
    for at in range(0, seen.size, high):
        apart = left[at : at + high] @ right
        np.maximum(apart, 0, out=apart)
        np.sqrt(apart, out=apart)
        sums[at : at + high] = apart @ member
    return sums


def _silhouette(sums: Floats, own: Numbers, size: Numbers) -> float:
    """(b - a) / max(a, b), where a is the mean distance within and b to the nearest other group;
    0 for somebody alone (Rousseeuw 1987)."""
    rows = np.arange(own.size)
    inside = sums[rows, own] / np.maximum(size[own] - 1, 1)
    means = sums / np.maximum(size, 1)
    means[:, size == 0] = np.inf
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    most = np.maximum(inside, outside)
    width = np.where(most > 0, (outside - inside) / np.where(most > 0, most, 1), 0.0)
    width[size[own] <= 1] = 0.0
    return float(width.mean())


def grouped(points: Floats, begin: Floats | None = None) -> dict[int, Grouping]:
    """Every number of groups that can be made, with its silhouette.

    ``begin``: the centres of the map before, so that groups keep their place as votes come in.
    """
    points = np.asfortranarray(points)  # each axis in one piece
    partings: dict[int, tuple[Numbers, Floats]] = {}
    for count in range(2, MOST_GROUPS + 1):
        if points.shape[0] <= count:
            break
        known = begin is not None and begin.shape[0] == count
        centres = begin if known else first_centres(points, count)
        if centres is None:
            break
        labels, ended = lloyd(points, centres)
        if np.bincount(labels, minlength=count).all():
            partings[count] = (labels, ended)
    widths = _silhouettes(points, [labels for labels, _ in partings.values()]) if partings else []
    return {
        count: Grouping(labels, ended, width)
        for (count, (labels, ended)), width in zip(partings.items(), widths, strict=True)
    }


def best(groupings: dict[int, Grouping]) -> int | None:
    """The number of groups with the highest silhouette; the smallest of equals."""
    if not groupings:
        return None
    return max(groupings, key=lambda count: (round(groupings[count].silhouette, 9), -count))


@dataclass(frozen=True)
class Calm:
    """What is shown now, what would be better, and how often in a row it was."""

    shown: int | None = None
    wanted: int | None = None
    times: int = 0


def smoothed(calm: Calm, wanted: int | None, possible: set[int]) -> Calm:
    """The next number of groups to show: the new one only after being the best :data:`CALM` times
    running, so that the map does not jump about while votes come in."""
    if calm.shown is None or calm.shown not in possible:
        return Calm(wanted, wanted, 1)
    if wanted == calm.shown:
        return Calm(wanted, wanted, 1)
    times = calm.times + 1 if wanted == calm.wanted else 1
    if times >= CALM:
        return Calm(wanted, wanted, times)
    return Calm(calm.shown, wanted, times)
