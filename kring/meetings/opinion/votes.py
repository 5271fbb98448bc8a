"""Votes as three columns of numbers: who (row), on what (column), and what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Block = NDArray[np.float32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Votes:
    """``person`` and ``statement`` count from 0, ``vote`` is 1, 0 (pass) or -1; sorted by person.

    A person votes at most once on a statement. Whoever makes this has taken away names.
    """

    people: int
    statements: int
    person: Numbers
    statement: Numbers
    vote: NDArray[np.int8]

    @classmethod
    def of(
        cls, people: int, statements: int, person: object, statement: object, vote: object
    ) -> "Votes":
        """From three columns in any order; ValueError when they are no votes."""
        row = np.asarray(person, dtype=np.int64)
        column = np.asarray(statement, dtype=np.int64)
        value = np.asarray(vote, dtype=np.int8)
        if not row.shape == column.shape == value.shape or row.ndim != 1:
            raise ValueError("three columns of the same length are needed")
        if row.size and (
            row.min() < 0 or row.max() >= people or column.min() < 0 or column.max() >= statements
        ):
            raise ValueError("a vote by nobody, or on nothing")
        if value.size and (value.min() < -1 or value.max() > 1):
            raise ValueError("a vote is 1, 0 or -1")
        place = row * statements + column
        step = np.diff(place)
        if (step < 0).any():
            whole = place * 3 + value + 1  # sorting one column is quicker than sorting three by it
            whole.sort()
            place = whole // 3
            value = (whole - 3 * place - 1).astype(np.int8)
            row = place // statements
            column = place - row * statements
            step = np.diff(place)
        if (step == 0).any():
            raise ValueError("somebody voted twice on one statement")
        return cls(people, statements, row, column, value)

    def per_person(self) -> Numbers:
        """How many statements each person voted on (a pass is a vote)."""
        return np.bincount(self.person, minlength=self.people)

    def without(self, removed: Flags) -> "Votes":
        """The same with a zero (for everybody) on these statements, as Polis moderates: no votes
        left, and a centre of 0."""
        if not removed.any():
            return self
        keep = ~removed[self.statement]
        return Votes(
            self.people,
            self.statements,
            self.person[keep],
            self.statement[keep],
            self.vote[keep],
        )

    def of_people(self, chosen: Numbers) -> "Votes":
        """Only these people, renumbered in the order given (which has to be increasing)."""
        new = np.full(self.people, -1, dtype=np.int64)
        new[chosen] = np.arange(chosen.size)
        keep = new[self.person] >= 0
        return Votes(
            int(chosen.size),
            self.statements,
            new[self.person[keep]],
            self.statement[keep],
            self.vote[keep],
        )
