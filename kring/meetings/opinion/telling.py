"""Which statements tell most: what unites everybody, and what marks each group.

Formulas: Small 2021 and ``repness.clj``/``stats.clj`` of Polis. Probabilities are smoothed with one
imagined vote each way; a z value counts as clear from 90% (one-sided).
"""

from dataclasses import dataclass

import numpy as np

from .votes import Flags, Floats, Numbers, Votes

CLEAR = 1.2815515655446004
"""The z value at 90%, one-sided."""
PICKED = 5


@dataclass(frozen=True)
class Tally:
    """Counts per group and statement (groups × statements): agree, disagree, all votes."""

    agree: Numbers
    disagree: Numbers
    seen: Numbers


@dataclass(frozen=True)
class Telling:
    """A statement that tells something; ``agree`` says in which direction. Numbers as in Polis:
    smoothed ``share``, its z value, and for groups how much more often than elsewhere, with its z."""

    statement: int
    agree: bool
    number: int
    seen: int
    share: float
    share_test: float
    more: float = 1.0
    more_test: float = 0.0


def tallies(votes: Votes, labels: Numbers, groups: int) -> Tally:
    """Counted votes per group. ``labels`` per person; below zero belongs to no group."""
    own = labels[votes.person]
    place = (own * votes.statements + votes.statement) * 3 + votes.vote + 1
    if (labels < 0).any():
        place = place[own >= 0]
    table = np.bincount(place, minlength=3 * groups * votes.statements)
    table = table.reshape(groups, votes.statements, 3)
    return Tally(table[:, :, 2], table[:, :, 0], table.sum(axis=2))


def share(number: Numbers, seen: Numbers) -> Floats:
    """Smoothed probability."""
    result: Floats = (number + 1) / (seen + 2)
    return result


def share_test(number: Numbers, seen: Numbers) -> Floats:
    """z of a share against one half (``prop-test``)."""
    result: Floats = 2 * np.sqrt(seen + 1) * ((number + 1) / (seen + 1) - 0.5)
    return result


def difference_test(
    number: Numbers, seen: Numbers, others: Numbers, others_seen: Numbers
) -> Floats:
    """z of the difference between two shares (``two-prop-test``); 0 where all agree."""
    number, seen, others, others_seen = number + 1, seen + 1, others + 1, others_seen + 1
    pooled = (number + others) / (seen + others_seen)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(pooled * (1 - pooled) * (1 / seen + 1 / others_seen))
        z = (number / seen - others / others_seen) / error
    result: Floats = np.where(pooled == 1, 0.0, z)
    return result


def group_consensus(tally: Tally) -> tuple[Floats, Floats]:
    """Group-informed consensus per statement, to agree and to disagree: the product over the groups
    of the smoothed probabilities. High only when every group, also a small one, says so."""
    agree: Floats = share(tally.agree, tally.seen).prod(axis=0)
    disagree: Floats = share(tally.disagree, tally.seen).prod(axis=0)
    return agree, disagree


def consensus(whole: Tally, removed: Flags) -> tuple[list[Telling], list[Telling]]:
    """The clearest statements most people agree with, and those most disagree with; five each.

    ``whole``: everybody counted as one group.
    """
    seen = whole.seen[0]
    found = []
    for agrees, number in ((True, whole.agree[0]), (False, whole.disagree[0])):
        part, test = share(number, seen), share_test(number, seen)
        fits = np.flatnonzero((part > 0.5) & (test > CLEAR) & ~removed)
        ranked = sorted((-(part[at] * test[at]), int(at)) for at in fits)
        found.append(
            [
                Telling(
                    at, agrees, int(number[at]), int(seen[at]), float(part[at]), float(test[at])
                )
                for _, at in ranked[:PICKED]
            ]
        )
    return found[0], found[1]


class _Compared:
    """One group beside everybody else, per statement."""

    def __init__(self, tally: Tally, group: int) -> None:
        self.seen = tally.seen[group]
        others_seen = tally.seen.sum(axis=0) - self.seen
        self.number: dict[bool, Numbers] = {}
        self.share: dict[bool, Floats] = {}
        self.test: dict[bool, Floats] = {}
        self.more: dict[bool, Floats] = {}
        self.more_test: dict[bool, Floats] = {}
        for agrees, counted in ((True, tally.agree), (False, tally.disagree)):
            own = counted[group]
            others = counted.sum(axis=0) - own
            self.number[agrees] = own
            self.share[agrees] = share(own, self.seen)
            self.test[agrees] = share_test(own, self.seen)
            self.more[agrees] = self.share[agrees] / share(others, others_seen)
            self.more_test[agrees] = difference_test(own, self.seen, others, others_seen)

    def clear(self, agrees: bool) -> Flags:
        """Clear within the group, and clearly more than elsewhere."""
        both: Flags = (self.test[agrees] > CLEAR) & (self.more_test[agrees] > CLEAR)
        return both

    def weight(self, agrees: bool) -> Floats:
        """How much a statement tells of this group."""
        product: Floats = (
            self.more[agrees] * self.more_test[agrees] * self.share[agrees] * self.test[agrees]
        )
        return product

    def sided(self) -> Floats:
        """The weight in the direction in which the group differs most."""
        more_yes = self.more_test[True] > self.more_test[False]
        chosen: Floats = np.where(more_yes, self.weight(True), self.weight(False))
        return chosen

    def telling(self, at: int, agrees: bool | None = None) -> Telling:
        """The statement, in the direction in which the group differs most."""
        if agrees is None:
            agrees = bool(self.more_test[True][at] > self.more_test[False][at])
        return Telling(
            at,
            agrees,
            int(self.number[agrees][at]),
            int(self.seen[at]),
            float(self.share[agrees][at]),
            float(self.test[agrees][at]),
            float(self.more[agrees][at]),
            float(self.more_test[agrees][at]),
        )


def weights(tally: Tally, group: int) -> Floats:
    """By which number the statements of a group are ranked."""
    return _Compared(tally, group).sided()


def _best_agreed(one: _Compared, allowed: Numbers) -> int | None:
    """A statement the group can be known by because it says yes to it. As in Polis the statements
    are walked in order: once something differs from elsewhere, only telling more beats it."""
    found: int | None = None
    weight = one.weight(True)
    plain = one.share[True] * one.test[True]
    for at in map(int, allowed):
        if one.number[True][at] == 0 and one.number[False][at] == 0:
            continue
        if found is None:
            differs = one.more[True][at] > 1.0 and one.share[True][at] > 0.5
            if one.test[True][at] > CLEAR or differs:
                found = at
        elif one.more[True][found] > 1.0:
            found = at if weight[at] > weight[found] else found
        elif plain[at] > plain[found]:
            found = at
    return found


def representative(tally: Tally, removed: Flags) -> list[list[Telling]]:
    """Per group up to five statements that mark it, agreed ones first.

    A statement qualifies when its share within the group and the difference with the others are
    both clear; the best agreed one always comes along, and a group is never left without any.
    """
    allowed = np.flatnonzero(~removed)
    return [_marks(_Compared(tally, group), allowed) for group in range(tally.seen.shape[0])]


def _marks(one: _Compared, allowed: Numbers) -> list[Telling]:
    if allowed.size == 0:
        return []
    clear = allowed[(one.clear(True) | one.clear(False))[allowed]]
    sided = one.sided()
    ranked = [int(at) for at in clear[np.argsort(-sided[clear], kind="stable")]]
    head = _best_agreed(one, allowed)
    if head is None and not ranked:
        most = np.maximum(one.more_test[True], one.more_test[False])[allowed]
        head = int(allowed[most.argmax()])
    picked = ([] if head is None else [head]) + [at for at in ranked if at != head]
    told = [one.telling(at) for at in picked[:PICKED]]
    return sorted(told, key=lambda mark: not mark.agree)
