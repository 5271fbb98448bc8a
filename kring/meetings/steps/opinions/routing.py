"""Which statement somebody sees next: fresh ones and telling ones first (Polis).

The weight is the published *comment priority*: (importance × newness)², with importance = smoothed
agreement × (1 - smoothed passing) × (1 + extremity), and newness = 1 + 8 · 2^(-votes / 5). It is a
chance, not an order: two neighbours get different statements, so all of them get votes.
"""

from collections.abc import Mapping, Sequence
from random import Random

from .sheet import NONE, Counts


def weight(counts: Counts, extremity: float) -> float:
    """How much a statement with these votes deserves another. Always above 0."""
    agree, _, passed = counts
    seen = sum(counts)
    importance = (agree + 1) / (seen + 2) * (1 - (passed + 1) / (seen + 2)) * (1 + extremity)
    fresh: float = 1 + 8 * 2 ** (-seen / 5)
    return max(1e-6, (importance * fresh) ** 2)


def following(
    cards: Sequence[str],
    mine: Mapping[str, int],
    counts: Mapping[str, Counts],
    extremity: Mapping[str, float],
    chance: Random,
) -> str | None:
    """The next statement among ``cards`` for somebody who voted on ``mine``; None: all done."""
    left = [card for card in cards if card not in mine]
    if not left:
        return None
    weights = [weight(counts.get(card, NONE), extremity.get(card, 0.0)) for card in left]
    return chance.choices(left, weights)[0]
