"""What of votes is shown: thresholds, words, layers, and no order that matters."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from kring.meetings.steps.opinions import showing
from kring.meetings.steps.opinions.picture import draw
from kring.meetings.steps.opinions.sheet import Opinions


def layered(sizes: dict[str, int], silent: int = 0) -> Opinions:
    """Votes of people who said where they stand: everybody agrees with the only statement."""
    voters = [f"{name}{n}" for name, size in sizes.items() for n in range(size)]
    quiet = [f"x{n}" for n in range(silent)]
    return Opinions(
        votes={voter: {"c": 1} for voter in [*voters, *quiet]},
        stands={voter: voter.rstrip("0123456789") for voter in voters},
        counts={"c": (len(voters) + silent, 0, 0)},
    )


@pytest.mark.parametrize(
    ("sizes", "silent", "shown"),
    [
        ({"team": 30, "lead": 20}, 0, ["team", "lead"]),
        ({"team": 30, "lead": 19}, 0, []),  # 49 in all
        ({"team": 40, "lead": 19}, 0, ["team"]),  # the rest is 19 people
        ({"team": 60, "lead": 4}, 0, []),  # the rest would be those four
        ({"team": 60, "lead": 4}, 1, ["team"]),  # five people: fine
        ({"team": 30, "lead": 30}, 3, ["lead"]),  # both would leave three; one leaves 33
    ],
)
def test_layers_are_shown_when_nothing_small_can_be_worked_out(
    sizes: dict[str, int], silent: int, shown: list[str]
) -> None:
    picture = draw(layered(sizes, silent), ["c"], ["team", "lead"], last=True)
    assert [layer["choice"] for layer in picture["layers"]] == shown


def test_a_layer_moves_only_when_five_of_its_own_people_voted() -> None:
    own = layered({"team": 40, "lead": 30})
    first = draw(own, ["c"], ["team", "lead"], last=False)
    assert [layer["choice"] for layer in first["layers"]] == ["team", "lead"]
    changed = {f"lead{n}": {"c": -1} for n in range(25)} | {
        f"team{n}": {"c": -1} for n in range(35)
    }
    own = replace(
        own,
        votes={**own.votes, **changed},
        picture=first,
        fresh={"lead": frozenset({"lead0"}), "team": frozenset(f"team{n}" for n in range(35))},
    )
    second = draw(own, ["c"], ["team", "lead"], last=False)
    words = {one["choice"]: one["cells"].get("c") for one in second["layers"]}
    assert words["lead"] == {one["choice"]: one for one in first["layers"]}["lead"]["cells"]["c"]
    assert words["team"]["word"] == "nearly_none"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((4, 0, 0), None),
        ((5, 0, 0), {"word": "agree"}),
        ((2, 2, 1), {"word": "mixed"}),
        ((0, 14, 0), {"word": "disagree"}),
        ((15, 0, 0), {"word": "nearly_all", "agree": 8, "disagree": 2}),
        ((10, 5, 0), {"word": "most", "agree": 7, "disagree": 3}),
        ((30, 0, 0), {"word": "nearly_all", "agree": 10, "disagree": 0}),
        ((5, 5, 10), {"word": "pass", "agree": 2, "disagree": 2}),
        ((9, 8, 3), {"word": "divided", "agree": 4, "disagree": 4}),
        ((1, 19, 0), {"word": "nearly_none", "agree": 2, "disagree": 8}),
    ],
)
def test_words_for_counts(counts: tuple[int, int, int], said: dict[str, Any] | None) -> None:
    assert showing.cell(counts) == said


def test_the_order_of_people_and_statements_changes_nothing() -> None:
    dice = Random(11)
    votes = {
        f"v{n}": {
            f"c{s}": dice.choice([1, 1, -1, 0]) if s % 3 else (1 if n % 2 else -1) for s in range(9)
        }
        for n in range(40)
    }
    counts = {
        card: tuple(
            sum(1 for mine in votes.values() if mine[card] == value) for value in (1, -1, 0)
        )
        for card in votes["v0"]
    }
    cards = [*votes["v0"]]
    one = draw(Opinions(votes=votes, counts=counts), cards, [], last=True)  # type: ignore[arg-type]
    people = [*votes]
    dice.shuffle(people)
    dice.shuffle(cards)
    mixed = {voter: {card: votes[voter][card] for card in cards} for voter in people}
    assert draw(Opinions(votes=mixed, counts=counts), cards[::-1], [], last=True) == one  # type: ignore[arg-type]
