"""One map, drawn by Kring or by the anchor, in a process of its own: ``map_of.py who votes.npz``.

Prints JSON: processor seconds (the best of a few runs), peak memory in MB, and the map itself in
one shape for both. Runs under either interpreter, so it imports nothing that both do not have.
"""

import json
import os
import sys
import time
from typing import Any

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # threads that wait for each other would count as work

import numpy as np  # noqa: E402  (after the number of threads is set)

AGAIN = 2.0
"""A run shorter than this many seconds is done again, and the shortest counts."""


def _weights(found: Any, votes: Any, statements: Any) -> dict[str, Any]:
    """By which numbers statements were ranked: two with the same number are a tie."""
    from kring.meetings.opinion import tallies, telling

    everybody = tallies(votes, np.zeros(votes.people, dtype=np.int64), 1)
    seen, ranks = everybody.seen[0], {}
    for way, number in (("yes", everybody.agree[0]), ("no", everybody.disagree[0])):
        ranks[way] = telling.share(number, seen) * telling.share_test(number, seen)
    marks = [telling.weights(found.tally, group) for group in range(found.count)]
    named = [int(at) for at in statements]
    return {
        **{way: dict(zip(named, rank.tolist(), strict=True)) for way, rank in ranks.items()},
        "marks": [dict(zip(named, rank.tolist(), strict=True)) for rank in marks],
    }


def _told_by_kring(found: Any, votes: Any, people: Any, statements: Any) -> dict[str, Any]:
    """The map in the shape both programs print."""
    from kring.meetings import opinion

    chosen = np.flatnonzero(found.enough)
    return {
        "people": [int(one) for one in people],
        "labels": [int(one) for one in found.labels],
        "groups": found.count,
        "statements": [int(one) for one in statements],
        "agree": [float(one) for one in found.agree],
        "disagree": [float(one) for one in found.disagree],
        "yes": [int(statements[one.statement]) for one in found.yes],
        "no": [int(statements[one.statement]) for one in found.no],
        "marks": [
            [[int(statements[one.statement]), one.agree] for one in marks] for marks in found.marks
        ],
        "weights": _weights(found, votes, statements),
        "steady": opinion.stability(votes, chosen, found.count) if found.count > 1 else 0.0,
    }


def kring(data: Any) -> Any:
    """The map by ``kring.meetings.opinion``."""
    from kring.meetings import opinion

    people, row = np.unique(data["person"], return_inverse=True)
    statements, column = np.unique(data["statement"], return_inverse=True)
    removed = np.isin(statements, data["removed"])

    def draw() -> Any:
        votes = opinion.Votes.of(people.size, statements.size, row, column, data["vote"])
        return opinion.opinion_map(votes, removed=removed), votes

    return draw, lambda made: _told_by_kring(*made, people, statements)


def anchor(data: Any) -> Any:
    """The map by red-dwarf, the published reference implementation."""
    import warnings

    warnings.filterwarnings("ignore")
    from reddwarf.implementations.polis import run_pipeline

    rows = zip(
        data["person"].tolist(), data["statement"].tolist(), data["vote"].tolist(), strict=True
    )
    votes = [{"participant_id": p, "statement_id": s, "vote": v} for p, s, v in rows]
    out = data["removed"].tolist()

    def draw() -> Any:
        return run_pipeline(votes=votes, mod_out_statement_ids=out)

    def told(made: Any) -> dict[str, Any]:
        labels = made.participants_df["cluster_id"]
        agree = made.group_aware_consensus["agree"]
        disagree = made.group_aware_consensus["disagree"]
        return {
            "people": [int(one) for one in made.participants_df.index],
            "labels": [int(one) for one in labels.fillna(-1)],
            "groups": int(labels.dropna().nunique()),
            "statements": [int(one) for one in agree],
            "agree": [float(one) for one in agree.values()],
            "disagree": [float(one) for one in disagree.values()],
            "yes": [int(one["tid"]) for one in made.consensus["agree"]],
            "no": [int(one["tid"]) for one in made.consensus["disagree"]],
            "marks": [
                [[int(one["tid"]), one["repful-for"] == "agree"] for one in marks]
                for _, marks in sorted(made.repness.items())
            ],
        }

    return draw, told


def peak_memory() -> float:
    """The most this process ever held, in MB (of itself: not of whoever started it)."""
    with open("/proc/self/status", encoding="ascii") as file:
        line = next(line for line in file if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Draw once or a few times; print what came of it."""
    data = np.load(sys.argv[2])
    draw, told = {"kring": kring, "anchor": anchor}[sys.argv[1]](data)
    seconds, made, peak = [], None, 0.0
    for _ in range(5):
        begin = time.process_time()
        made = draw()
        seconds.append(time.process_time() - begin)
        if len(seconds) == 1:
            peak = peak_memory()
        if sum(seconds) > AGAIN:
            break
    found = {"cpu": min(seconds), "memory": peak, **told(made)}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
