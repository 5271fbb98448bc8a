"""The two directions in which people differ most: principal components with missing votes.

A missing vote counts as the mean of its statement (Small 2021, "imputation"), so after centring it
is exactly 0 and the centred matrix is as sparse as the votes. It is never held as a whole when it
is large: blocks of people are multiplied one after the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .votes import Block, Floats, Votes

KEPT_CELLS = 16_000_000
"""Up to here (64 MB) the blocks are kept between two passes; beyond it they are made again."""
BLOCK_CELLS = 1_000_000
WIDTH = 4
"""Directions followed at once: two that are wanted and two that help them."""
MOST_STEPS = 24
FEW = 120
"""Up to so many statements the small table of statements × statements is solved as it is."""
PRECISION = 1e-5
"""Residual, relative to the largest component, at which a direction is found (32-bit blocks)."""


@dataclass(frozen=True)
class Axes:
    """``means`` (statements), ``directions`` (2 × statements, unit length), ``strengths`` (2)."""

    means: Floats
    directions: Floats
    strengths: Floats


def means_of(votes: Votes) -> Floats:
    """The mean vote on every statement; 0 where nobody voted."""
    count = np.bincount(votes.statement, minlength=votes.statements)
    total = np.bincount(votes.statement, weights=votes.vote, minlength=votes.statements)
    return total / np.maximum(count, 1)


class _Centred:
    """The centred votes, block by block."""

    def __init__(self, votes: Votes, means: Floats) -> None:
        self.votes = votes
        self.values = (votes.vote - means[votes.statement]).astype(np.float32)
        self.height = max(64, BLOCK_CELLS // max(1, votes.statements))
        starts = np.arange(0, votes.people, self.height)
        self.starts = [int(start) for start in starts]
        self.edges = np.searchsorted(votes.person, [*self.starts, votes.people])
        small = votes.people * votes.statements <= KEPT_CELLS
        self.kept = [*self._made()] if small else None

    def blocks(self) -> Iterator[Block]:
        """Every block of people, from the first to the last."""
        return iter(self.kept) if self.kept is not None else self._made()

    def _made(self) -> Iterator[Block]:
        votes = self.votes
        for at, start in enumerate(self.starts):
            high = min(self.height, votes.people - start)
            block = np.zeros((high, votes.statements), dtype=np.float32)
            part = slice(self.edges[at], self.edges[at + 1])
            block[votes.person[part] - start, votes.statement[part]] = self.values[part]
            yield block

    def spread(self, basis: Block) -> Block:
        """Centred transposed times centred times ``basis`` (statements × width)."""
        total = np.zeros(basis.shape, dtype=np.float64)
        for block in self.blocks():
            total += block.T @ (block @ basis)
        return total.astype(np.float32)

    def points(self, directions: Floats) -> Floats:
        """People × 2."""
        turned = directions.T.astype(np.float32)
        parts = [block @ turned for block in self.blocks()]
        return np.concatenate(parts).astype(np.float64)


def _found(centred: _Centred, statements: int) -> tuple[Floats, Floats]:
    """The two strongest directions by a block Krylov method with Rayleigh-Ritz (Musco 2015)."""
    if statements <= FEW:
        table = centred.spread(np.eye(statements, dtype=np.float32)).astype(np.float64)
        strengths, directions = np.linalg.eigh((table + table.T) / 2)
        return strengths[::-1][:2], directions[:, ::-1][:, :2]
    start = np.random.default_rng(0).standard_normal((statements, WIDTH))
    basis = np.linalg.qr(start)[0]
    images: list[Floats] = []
    bases: list[Floats] = []
    values, vectors = np.zeros(WIDTH), basis
    for _ in range(MOST_STEPS):
        image = centred.spread(basis.astype(np.float32)).astype(np.float64)
        bases.append(basis)
        images.append(image)
        whole, turned = np.hstack(bases), np.hstack(images)
        small = whole.T @ turned
        ritz, mix = np.linalg.eigh((small + small.T) / 2)
        best = np.argsort(ritz)[::-1][:2]
        values, vectors = ritz[best], whole @ mix[:, best]
        rest = turned @ mix[:, best] - vectors * values
        if np.linalg.norm(rest, axis=0).max() <= PRECISION * max(values[0], 1e-12):
            break
        basis = image - whole @ (whole.T @ image)
        basis -= whole @ (whole.T @ basis)
        basis = np.linalg.qr(basis)[0]
    return values, vectors


def axes(votes: Votes) -> tuple[Axes, Floats]:
    """The axes and where every person stands on them (people × 2), before any scaling.

    The sign of a direction is free; the largest loading is made positive, as usual.
    """
    means = means_of(votes)
    centred = _Centred(votes, means)
    values, vectors = _found(centred, votes.statements)
    directions = np.zeros((2, votes.statements))
    directions[: vectors.shape[1]] = vectors.T
    strengths = np.zeros(2)
    strengths[: values.size] = np.maximum(values, 0)
    top = np.abs(directions).argmax(axis=1)
    directions *= np.where(directions[[0, 1], top] < 0, -1.0, 1.0)[:, None]
    return Axes(means, directions, strengths), centred.points(directions)


def scaled(points: Floats, statements: int, per_person: Floats) -> Floats:
    """Who voted little stands near the centre only because of that: multiply by
    √(statements / own votes) (Small 2021; ``pca.clj`` sparsity-aware projection)."""
    factor = np.sqrt(statements / np.maximum(1, per_person))
    result: Floats = points * factor[:, None]
    return result
