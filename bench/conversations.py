"""Conversations to draw maps of: made up in realistic shapes, or real ones from files.

Real ones are given as paths on the command line; the open conversations of Polis (``votes.csv`` or
``participants-votes.csv`` of github.com/compdemocracy/openData, CC BY 4.0) read as they are. Nothing
is fetched, and no data is ever committed.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass
class Conversation:
    """Columns ``person``, ``statement`` and ``vote``; ``removed``: statements moderated out."""

    name: str
    person: np.ndarray
    statement: np.ndarray
    vote: np.ndarray
    removed: list[int]

    def save(self, path: Path) -> None:
        """As one file that both programs read."""
        np.savez(
            path,
            person=self.person,
            statement=self.statement,
            vote=self.vote,
            removed=np.array(self.removed, dtype=np.int64),
        )


def made(
    name: str, people: int, statements: int, votes: int, groups: int, seed: int
) -> Conversation:
    """People in groups of uneven size, some of whom vote a lot and most of whom vote a little; early
    statements get more votes, a third of all votes is anybody's guess."""
    dice = np.random.default_rng(seed)
    pattern = dice.choice([-1, 0, 1], p=[0.4, 0.12, 0.48], size=(groups, statements))
    own = dice.choice(groups, p=dice.dirichlet(np.full(groups, 5.0)), size=people)
    eager = dice.beta(0.7, 1.3, size=people) + 0.02
    seen = np.linspace(1.3, 0.7, statements)
    chance = np.clip(np.outer(eager, seen) * votes / (eager.sum() * seen.sum()), 0, 1)
    person, statement = np.nonzero(dice.random((people, statements)) < chance)
    vote = pattern[own[person], statement]
    guess = dice.random(person.size) < 0.35
    vote[guess] = dice.choice([-1, 0, 1], p=[0.35, 0.2, 0.45], size=int(guess.sum()))
    return Conversation(name, person, statement, vote, [])


def realistic() -> Iterator[Conversation]:
    """The shapes of goals §3, smallest first."""
    yield made("made, a team day", 60, 25, 1_100, 2, 1)
    yield made("made, no groups at all", 2_000, 60, 40_000, 1, 4)
    yield made("made, 1,921 × 197", 1_921, 197, 49_000, 3, 2)
    yield made("made, 2,031 × 896", 2_031, 896, 226_000, 3, 3)
    yield made("made, 15,000 × 500", 15_000, 500, 2_650_000, 4, 5)


def largest() -> Conversation:
    """The shape of the largest known conversation."""
    return made("made, 33,422 × 783", 33_422, 783, 4_200_000, 4, 6)


def read(path: Path) -> Conversation:
    """A conversation from a file; the last vote of somebody on a statement counts."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    votes: dict[tuple[int, int], int] = {}
    if rows and "voter-id" in rows[0]:
        for row in sorted(rows, key=lambda one: int(one["timestamp"])):
            votes[int(row["voter-id"]), int(row["comment-id"])] = int(row["vote"])
    else:
        for row in rows:
            for column, value in row.items():
                if column.isdigit() and value not in ("", None):
                    votes[int(row["participant"]), int(column)] = int(float(value))
    person, statement = zip(*votes, strict=True)
    return Conversation(
        f"{path.parent.name}/{path.name}" if path.name.endswith("tes.csv") else path.name,
        np.array(person),
        np.array(statement),
        np.array(list(votes.values())),
        _removed(path, set(statement)),
    )


def _removed(path: Path, voted: set[int]) -> list[int]:
    """Statements moderated out, by the comments file beside it."""
    comments = path.with_name(
        path.name.replace("participants-votes", "votes").replace("votes", "comments")
    )
    if not comments.exists():
        return []
    with comments.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    out = [int(row["comment-id"]) for row in rows if row.get("moderated", "").strip() == "-1"]
    return sorted(set(out) & voted)
