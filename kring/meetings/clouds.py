"""The picture of an opinion map: soft clouds with a letter, and where groups stand on a sentence.

Pure geometry on what may be shown (see steps/opinions/picture): a cloud is a group, never a person.
How large a cloud is says how many people think so; how far apart two lie says how much they differ,
as far as they still fit beside each other.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDE, HIGH = 120.0, 72.0
EDGE = 3.0
LARGEST = 10.2
"""Radius of a cloud of a tenth of the people; it grows with the root of the share."""
TOUCH = 0.92
"""How near two clouds may come, as part of the sum of their radii."""
ROUNDS = 60
LINE = 200.0
CHIP = 11.0
"""Half the width of a letter on the line between disagree and agree."""


@dataclass(frozen=True)
class Cloud:
    """A group: letter, middle and radii of its ellipse, tilt in degrees."""

    name: str
    x: float
    y: float
    wide: float
    high: float
    tilt: int

    @property
    def reach(self) -> float:
        """The larger radius."""
        return max(self.wide, self.high)


def clouds(groups: Sequence[Mapping[str, Any]]) -> list[Cloud]:
    """The groups of a picture as clouds that do not hide each other."""
    made = [_cloud(group) for group in groups]
    for _ in range(ROUNDS):
        if not _apart(made):
            break
    return [
        Cloud(
            one.name,
            round(one.x, 1),
            round(one.y, 1),
            round(one.wide, 1),
            round(one.high, 1),
            one.tilt,
        )
        for one in map(_inside, made)
    ]


def _cloud(group: Mapping[str, Any]) -> Cloud:
    spot = group["cloud"]
    size = LARGEST * math.sqrt(max(1, group["tenths"]))
    shape = min(1.2, max(1.0, math.sqrt(spot["wide"] / max(1, spot["high"]))))
    return Cloud(
        group["name"],
        spot["x"] * WIDE / 100,
        spot["y"] * HIGH / 100,
        size * shape,
        size / shape,
        spot["tilt"],
    )


def _apart(made: list[Cloud]) -> bool:
    """Move every two clouds that lie on each other a little apart; whether any moved."""
    moved = False
    for first in range(len(made)):
        for second in range(first + 1, len(made)):
            a, b = made[first], made[second]
            across, down = b.x - a.x, b.y - a.y
            gap = math.hypot(across, down)
            wanted = TOUCH * (a.wide + a.high + b.wide + b.high) / 2
            if gap >= wanted - 0.1:
                continue
            if gap < 0.1:
                across, down, gap = 1.0, 0.0, 1.0
            push = (wanted - gap) / 2
            made[first] = _inside(_moved(a, -across / gap * push, -down / gap * push))
            made[second] = _inside(_moved(b, across / gap * push, down / gap * push))
            moved = True
    return moved


def _moved(one: Cloud, across: float, down: float) -> Cloud:
    return Cloud(one.name, one.x + across, one.y + down, one.wide, one.high, one.tilt)


def _inside(one: Cloud) -> Cloud:
    """Within the picture, whatever its tilt; smaller only when it cannot fit at all."""
    fit = min(1.0, (HIGH / 2 - EDGE) / one.reach)
    wide, high = one.wide * fit, one.high * fit
    reach = max(wide, high) + EDGE
    return Cloud(
        one.name,
        min(WIDE - reach, max(reach, one.x)),
        min(HIGH - reach, max(reach, one.y)),
        wide,
        high,
        one.tilt,
    )


_WORDS = {"nearly_all": 9.5, "most": 7.5, "agree": 8, "divided": 5, "mixed": 5, "pass": 5, "few": 2.5, "nearly_none": 0.5, "disagree": 2}  # fmt: skip


def side(cell: Mapping[str, Any]) -> float:
    """Where a group stands between disagree (0) and agree (10)."""
    if "agree" in cell:
        return float(cell["agree"] - cell["disagree"] + 10) / 2
    return float(_WORDS[cell["word"]])


def stands(named: Sequence[tuple[str, Mapping[str, Any] | None]]) -> list[tuple[str, float]]:
    """Letters on the line, left to right, none on top of another. Groups nobody may see are not there."""
    spots = sorted(
        (CHIP + side(cell) / 10 * (LINE - 2 * CHIP), name) for name, cell in named if cell
    )
    placed: list[tuple[str, float]] = []
    for at, name in spots:
        least = placed[-1][1] + 2 * CHIP if placed else 0.0
        placed.append((name, max(at, least)))
    over = placed[-1][1] - (LINE - CHIP) if placed else 0.0
    if over > 0:
        placed = _pushed_back(placed)
    return [(name, round(at, 1)) for name, at in placed]


def _pushed_back(placed: list[tuple[str, float]]) -> list[tuple[str, float]]:
    most, back = LINE - CHIP, []
    for name, at in reversed(placed):
        at = min(at, most)
        back.append((name, at))
        most = at - 2 * CHIP
    return back[::-1]
