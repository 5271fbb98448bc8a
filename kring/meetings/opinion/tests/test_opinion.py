"""The mathematics of the opinion map, against numbers worked out by hand and against its laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.meetings import opinion
from kring.meetings.opinion import Calm, Votes, opinion_map, stability
from kring.meetings.opinion.axes import axes, means_of, scaled
from kring.meetings.opinion.groups import first_centres, grouped, lloyd, smoothed
from kring.meetings.opinion.telling import (
    consensus,
    difference_test,
    group_consensus,
    representative,
    share,
    share_test,
    tallies,
)


def from_table(table: list[list[int | None]]) -> Votes:
    """Votes from a small table, None where somebody did not vote."""
    cells = [
        (person, statement, vote)
        for person, row in enumerate(table)
        for statement, vote in enumerate(row)
        if vote is not None
    ]
    person, statement, vote = zip(*cells, strict=True)
    return Votes.of(len(table), len(table[0]), person, statement, vote)


def camps(people: int, statements: int, groups: int, noise: float, seed: int) -> Votes:
    """Made-up people in groups that answer by a pattern, and now and then by chance."""
    dice = np.random.default_rng(seed)
    pattern = dice.choice([-1, 1], size=(groups, statements))
    own = np.arange(people) % groups
    votes = np.where(
        dice.random((people, statements)) < noise,
        dice.choice([-1, 0, 1], size=(people, statements)),
        pattern[own],
    )
    person, statement = np.nonzero(dice.random((people, statements)) < 0.7)
    return Votes.of(people, statements, person, statement, votes[person, statement])


# --- by hand ---------------------------------------------------------------------------------
def test_means_leave_out_who_did_not_vote() -> None:
    votes = from_table([[1, None, -1], [0, None, -1], [1, None, None]])
    assert means_of(votes) == pytest.approx([2 / 3, 0, -1])


def test_axes_of_a_conversation_on_one_line() -> None:
    """Two yes-yes and two no-no people: all difference lies along (1, 1)/√2, at ±√2."""
    found, points = axes(from_table([[1, 1], [1, 1], [-1, -1], [-1, -1]]))
    assert found.directions[0] == pytest.approx([2**-0.5, 2**-0.5])
    assert points[:, 0] == pytest.approx([2**0.5, 2**0.5, -(2**0.5), -(2**0.5)], abs=1e-6)
    assert found.strengths == pytest.approx([8, 0], abs=1e-5)
    assert points[:, 1] == pytest.approx([0, 0, 0, 0], abs=1e-5)


def test_a_missing_vote_counts_as_the_mean() -> None:
    """Centred columns by hand: (1, -1, missing→0) and (-1, 1, 0)."""
    _, points = axes(from_table([[1, -1], [-1, 1], [None, 0]]))
    assert points[2] == pytest.approx([0, 0], abs=1e-6)


def test_who_voted_little_is_moved_out() -> None:
    """√(statements / own votes): with 2 of 8 votes twice as far."""
    assert scaled(np.array([[1.0, -2.0]]), 8, np.array([2.0])) == pytest.approx(
        np.array([[2.0, -4.0]])
    )


def test_silhouette_by_hand() -> None:
    """Points 0, 1 and 10, 11: (10.5 - 1)/10.5 and (9.5 - 1)/9.5, twice each."""
    points = np.array([[0.0, 0], [1, 0], [10, 0], [11, 0]])
    found = grouped(points)[2]
    assert found.silhouette == pytest.approx((9.5 / 10.5 + 8.5 / 9.5) / 2, abs=1e-6)
    assert found.labels[0] == found.labels[1] != found.labels[2] == found.labels[3]


def test_smoothed_shares_and_z_values_by_hand() -> None:
    three, four = np.array([3]), np.array([4])
    assert share(three, four) == pytest.approx([4 / 6])
    assert share_test(three, four) == pytest.approx([2 * 5**0.5 * (4 / 5 - 0.5)])
    one = np.array([1])
    pooled = (4 + 2) / (5 + 5)
    error = (pooled * (1 - pooled) * (2 / 5)) ** 0.5
    assert difference_test(three, four, one, four) == pytest.approx([(4 / 5 - 2 / 5) / error])
    assert difference_test(four, four, four, four) == pytest.approx([0])


def test_group_consensus_is_the_product_over_groups() -> None:
    """Group 1: 2 of 2 agree (3/4); group 2: 1 of 3 agree (2/5)."""
    votes = from_table([[1], [1], [1], [-1], [0]])
    agree, disagree = group_consensus(tallies(votes, np.array([0, 0, 1, 1, 1]), 2))
    assert agree == pytest.approx([3 / 4 * 2 / 5])
    assert disagree == pytest.approx([1 / 4 * 2 / 5])


def test_consensus_takes_what_is_clear_and_leaves_out_what_was_removed() -> None:
    table = [[1, -1, 1 if n % 2 else -1, 1] for n in range(10)]
    whole = tallies(from_table(table), np.zeros(10, dtype=np.int64), 1)
    yes, no = consensus(whole, np.array([False, False, False, True]))
    assert [one.statement for one in yes] == [0]
    assert [one.statement for one in no] == [1]
    assert (yes[0].number, yes[0].seen) == (10, 10)


def test_representative_statements_of_two_camps() -> None:
    table: list[list[int | None]] = [[0, 1, -1, 1]] * 6 + [[0, -1, 1, -1]] * 6
    labels = np.array([0] * 6 + [1] * 6)
    first, second = representative(tallies(from_table(table), labels, 2), np.zeros(4, dtype=bool))
    assert [(one.statement, one.agree) for one in first] == [(1, True), (3, True), (2, False)]
    assert [(one.statement, one.agree) for one in second] == [(2, True), (1, False), (3, False)]


def test_adjusted_index_by_hand() -> None:
    """Hubert and Arabie: identical 1; {a,b},{c,d} against {a,c},{b,d}: (0 - 2/3)/(2 - 2/3)."""
    some = np.array([0, 0, 1, 1])
    assert opinion.agreement_index(some, 1 - some) == 1
    assert opinion.agreement_index(some, np.array([0, 1, 0, 1])) == pytest.approx(-0.5)


def test_the_number_of_groups_changes_only_after_four_times() -> None:
    calm = smoothed(Calm(), 2, {2, 3})
    for wanted, shown in ((3, 2), (3, 2), (2, 2), (3, 2), (3, 2), (3, 2), (3, 3)):
        calm = smoothed(calm, wanted, {2, 3})
        assert calm.shown == shown
    assert smoothed(calm, 2, {2}).shown == 2


def test_a_centre_nobody_is_near_finds_people() -> None:
    points = np.array([[0.0, 0], [0, 1], [5, 5], [5, 6]])
    labels, _ = lloyd(points, np.array([[0.0, 0], [100, 100]]))
    assert len(set(labels)) == 2


def test_first_centres_are_different_points() -> None:
    points = np.array([[1.0, 1], [0, 0], [0, 0], [0, 2]])
    found = first_centres(points, 2)
    assert found is not None
    assert found.tolist() == [[0, 0], [0, 2]]
    assert first_centres(points[1:3], 2) is None


@pytest.mark.parametrize(
    ("person", "statement", "vote"),
    [
        ([0, 0], [0, 0], [1, 1]),
        ([5], [0], [1]),
        ([0], [9], [1]),
        ([0], [0], [2]),
        ([0], [0, 1], [1]),
    ],
)
def test_what_is_no_vote_is_refused(
    person: list[int], statement: list[int], vote: list[int]
) -> None:
    with pytest.raises(ValueError, match=r"vote|columns"):
        Votes.of(2, 3, person, statement, vote)


# --- laws ------------------------------------------------------------------------------------
def parted(labels: np.ndarray) -> set[frozenset[int]]:  # type: ignore[type-arg]
    """Groups as sets of people, without their numbers."""
    return {frozenset(np.flatnonzero(labels == one)) for one in set(labels.tolist())}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 3))
def test_the_order_of_people_and_statements_changes_nothing(seed: int, groups: int) -> None:
    votes = camps(60, 12, groups, 0.1, seed)
    one = opinion_map(votes)
    dice = np.random.default_rng(seed)
    people, statements = dice.permutation(60), dice.permutation(12)
    other = opinion_map(
        Votes.of(60, 12, people[votes.person], statements[votes.statement], votes.vote)
    )
    assert other.agree[statements] == pytest.approx(one.agree) or one.count != other.count
    if one.silhouettes[one.count] > 0.6:
        assert parted(other.labels[people]) == parted(one.labels)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_statement_everybody_passes_moves_nobody(seed: int) -> None:
    """Before scaling by votes everybody stands where they stood, and other statements say the same."""
    votes = camps(50, 10, 2, 0.1, seed)
    wider = Votes.of(
        50,
        11,
        [*votes.person, *range(50)],
        [*votes.statement, *[10] * 50],
        [*votes.vote, *[0] * 50],
    )
    (one, points), (other, same) = axes(votes), axes(wider)
    assert other.directions[:, 10] == pytest.approx([0, 0], abs=1e-6)
    assert other.strengths == pytest.approx(one.strengths, rel=1e-3)
    assert same[:, 0] == pytest.approx(points[:, 0], abs=1e-2)
    labels = np.arange(50) % 2
    agree, _ = group_consensus(tallies(votes, labels, 2))
    assert group_consensus(tallies(wider, labels, 2))[0][:10] == pytest.approx(agree, rel=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_turning_every_vote_round_turns_everything_round(seed: int) -> None:
    votes = camps(40, 9, 2, 0.1, seed)
    turned = Votes.of(40, 9, votes.person, votes.statement, -votes.vote)
    one, other = opinion_map(votes), opinion_map(turned)
    if one.count == other.count and parted(one.labels) == parted(other.labels):
        assert other.agree == pytest.approx(one.disagree)
    assert [t.statement for t in one.yes] == [t.statement for t in other.no]


def test_blocks_or_whole_give_the_same_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = camps(300, 20, 3, 0.2, 5)
    whole, points = axes(votes)
    monkeypatch.setattr("kring.meetings.opinion.axes.BLOCK_CELLS", 64 * 20)
    monkeypatch.setattr("kring.meetings.opinion.axes.KEPT_CELLS", 0)
    cut, same = axes(votes)
    assert cut.directions == pytest.approx(whole.directions, abs=1e-4)
    assert same == pytest.approx(points, abs=1e-3)


@pytest.mark.parametrize("statements", [2, 9, 30, 150])
def test_axes_are_the_principal_components(statements: int) -> None:
    """Against a full singular value decomposition of the centred table."""
    votes = camps(200, statements, 3, 0.3, 8)
    table = np.zeros((200, statements))
    table[votes.person, votes.statement] = votes.vote - means_of(votes)[votes.statement]
    _, strengths, directions = np.linalg.svd(table, full_matrices=False)
    found, _ = axes(votes)
    assert found.strengths == pytest.approx(strengths[:2] ** 2, rel=1e-4)
    assert np.abs((found.directions * directions[:2]).sum(axis=1)) == pytest.approx(
        [1, 1], abs=1e-4
    )


def test_groups_that_are_there_are_found_and_steady() -> None:
    for groups in (2, 3):
        votes = camps(200, 30, groups, 0.15, groups)
        found = opinion_map(votes)
        truth = np.arange(200) % groups
        assert found.count == groups
        assert opinion.agreement_index(found.labels, truth) > 0.99
        assert stability(votes, np.arange(200), found.count) > 0.95


def test_noise_is_not_steady() -> None:
    for seed in range(8):
        dice = np.random.default_rng(seed)
        person, statement = np.nonzero(np.ones((150, 20)))
        votes = Votes.of(150, 20, person, statement, dice.choice([-1, 0, 1], size=3000))
        found = opinion_map(votes)
        assert stability(votes, np.arange(150), found.count) < opinion.STEADY / 2


def test_a_removed_statement_counts_nowhere() -> None:
    votes = camps(80, 12, 2, 0.1, 1)
    out = np.arange(12) == 3
    found = opinion_map(votes, removed=out)
    assert found.axes.directions[:, 3] == pytest.approx([0, 0], abs=1e-6)
    told = [*found.yes, *found.no, *(mark for marks in found.marks for mark in marks)]
    assert 3 not in {one.statement for one in told}


def test_who_voted_on_too_few_statements_is_in_no_group() -> None:
    table: list[list[int | None]] = [[1] * 8, [-1] * 8, [1] * 8, [-1] * 8, [1] + [None] * 7]
    found = opinion_map(from_table(table))
    assert found.labels[4] == -1
    assert (found.labels[:4] >= 0).all()
    assert found.tally.seen.sum() == 32
