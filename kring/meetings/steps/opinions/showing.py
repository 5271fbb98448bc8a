"""What may be shown of votes, and in which words. Constants in code, never settings (safety §3)."""

from collections.abc import Iterable, Mapping
from typing import Any

from .sheet import Counts

SHOWN_FROM = 5
"""Fewer votes than this are never shown, of nobody and nothing."""
LIVE_FROM = 20
"""From so many voters the map moves while people vote; in a smaller circle all is shown at once."""
FRESH_FROM = 5
"""A new picture needs votes of so many people since the last one: two pictures side by side then
never tell what a handful of people did in between."""
GROUP_FROM = 5
"""A group of opinion with fewer people is not drawn."""
LAYER_FROM, LAYERS_FROM = 20, 50
"""A layer is shown from so many voters in it, and so many who said where they stand."""
TENS_FROM, FULL_FROM = 15, 30
"""From so many votes also how many of ten (between 2 and 8), and from so many without that limit."""

NEARLY_ALL, MOST, MANY_PASS = 0.85, 0.6, 0.4


def cell(counts: Counts) -> dict[str, Any] | None:
    """How a crowd thinks of one statement: a word, and from fifteen votes how many of ten agree
    (``agree``) and disagree (``disagree``). None: too few votes."""
    agree, disagree, passed = counts
    seen = agree + disagree + passed
    if seen < SHOWN_FROM:
        return None
    said: dict[str, Any] = {"word": word(counts)}
    if seen >= TENS_FROM:
        said["agree"] = _of_ten(agree, seen)
        said["disagree"] = _of_ten(disagree, seen)
    return said


def word(counts: Counts) -> str:
    """One of seven words; in a small crowd one of three (``agree``, ``mixed``, ``disagree``)."""
    agree, disagree, passed = counts
    seen = max(1, agree + disagree + passed)
    small = seen < TENS_FROM
    if agree >= MOST * seen:
        return "agree" if small else "nearly_all" if agree >= NEARLY_ALL * seen else "most"
    if disagree >= MOST * seen:
        return "disagree" if small else "nearly_none" if disagree >= NEARLY_ALL * seen else "few"
    if small:
        return "mixed"
    return "pass" if passed >= MANY_PASS * seen else "divided"


YES = frozenset({"agree", "nearly_all", "most"})
NO = frozenset({"disagree", "nearly_none", "few"})


def _of_ten(number: int, seen: int) -> int:
    tens = round(10 * number / seen)
    return tens if seen >= FULL_FROM else min(8, max(2, tens))


def added(one: Counts, other: Counts) -> Counts:
    """Two counts together."""
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2])


def rounded_people(number: int) -> int | None:
    """How many took part, rounded down to fives, from ten."""
    return number // 5 * 5 if number >= 10 else None


def share_in_tens(part: int, whole: int) -> int:
    """How large a group is, in tenths of the crowd; at least 1."""
    return max(1, round(10 * part / whole)) if whole else 1


def layers_shown(sizes: Mapping[str, int], whole: int) -> list[str]:
    """Layers that may be shown beside the whole crowd, largest first.

    Everything that can be worked out by subtracting must be nobody or :data:`SHOWN_FROM` people: the
    rest (layers that are too small, and who did not say) is the whole minus what is shown.
    """
    if sum(sizes.values()) < LAYERS_FROM:
        return []
    shown = sorted(
        (one for one in sizes if sizes[one] >= LAYER_FROM), key=lambda one: (-sizes[one], one)
    )
    while shown and 0 < whole - sum(sizes[one] for one in shown) < SHOWN_FROM:
        shown.pop()
    return shown


def in_sight(pictures: Iterable[Mapping[str, Any] | None]) -> set[str]:
    """The statements these pictures speak of."""
    cards: set[str] = set()
    for picture in pictures:
        if picture:
            cards |= {line["card"] for name in ("unites", "divides") for line in picture[name]}
    return cards
