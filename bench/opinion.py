"""The opinion map beside ``red-dwarf``, the published reference implementation, on the same votes.

``python -m bench.opinion [votes.csv …] [--largest]``: made-up conversations in realistic shapes, and
real ones from files. Each program draws each map in a process of its own, one thread. **Read the
ratios.** Fails when a goal of goals §3 is missed: 15 times less CPU, 300 MB at 15,000 × 500, the same
number of groups, an adjusted Rand index of 0.99, the same statements, consensus to 1e-9.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as Kring itself does, before numpy is loaded

import numpy as np

from bench import own
from bench.conversations import Conversation, largest, read, realistic
from bench.opinion_live import refreshes, room_of_two_thousand

GOAL_TIMES, GOAL_MEMORY, GOAL_ALIKE, GOAL_SAME = 15.0, 300.0, 0.99, 1e-9
Map = dict[str, Any]


def drawn(python: str, who: str, votes: Path) -> Map:
    """A map by one of the two programs."""
    script = Path(__file__).with_name("map_of.py")
    command = [
        python,
        str(script) if who == "anchor" else "-m",
        *([] if who == "anchor" else ["bench.map_of"]),
    ]
    done = subprocess.run(
        [*command, who, str(votes)], capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        raise own.Missing(f"{who} on {votes.name}: {(done.stderr or '?').strip().splitlines()[-1]}")
    found: Map = json.loads(done.stdout)
    return found


def alike(one: Map, other: Map) -> tuple[float, float, bool, bool]:
    """Adjusted index of the groups, largest difference in consensus, same consensus statements,
    same representative statements."""
    from kring.meetings import opinion

    some, others = np.array(one["labels"]), np.array(other["labels"])
    same_people = one["people"] == other["people"] and ((some < 0) == (others < 0)).all()
    in_group = some >= 0
    index = opinion.agreement_index(some[in_group], others[in_group]) if same_people else 0.0
    apart = 1.0
    if one["statements"] == other["statements"]:
        gaps = [
            np.abs(np.array(one[way]) - np.array(other[way])).max() for way in ("agree", "disagree")
        ]
        apart = float(max(gaps))
    told = all(_ties(one[way], other[way], one["weights"][way]) for way in ("yes", "no"))
    return index, apart, told, _same_marks(one, other, some, others)


def _same_marks(one: Map, other: Map, some: np.ndarray, others: np.ndarray) -> bool:
    if one["groups"] != other["groups"]:
        return False
    for group, marks in enumerate(other["marks"]):
        mine = np.bincount(some[others == group], minlength=one["groups"]).argmax()
        picked, weights = one["marks"][mine], one["weights"]["marks"][mine]
        if [agrees for _, agrees in picked] != [agrees for _, agrees in marks]:
            return False
        if not _ties([at for at, _ in picked], [at for at, _ in marks], weights):
            return False
    return True


def _ties(some: list[int], others: list[int], weights: dict[str, float]) -> bool:
    """The same statements in the same order; two with exactly the same number may change places
    (red-dwarf sorts them in no particular order)."""
    pairs = zip(some, others, strict=False)
    same = all(a == b or abs(weights[str(a)] - weights[str(b)]) < GOAL_SAME for a, b in pairs)
    return len(some) == len(others) and same


def compare(conversation: Conversation, python: str | None) -> bool:
    """One line of the table; whether every goal was met."""
    with tempfile.TemporaryDirectory(prefix="kring-bench-") as folder:
        votes = Path(folder) / "votes.npz"
        conversation.save(votes)
        ours = drawn(sys.executable, "kring", votes)
        theirs = drawn(python, "anchor", votes) if python else None
    shape = (
        f"{len(ours['people']):>6,} × {len(ours['statements']):>4,} {conversation.vote.size:>10,}"
    )
    head = f"  {conversation.name[:34]:<35}{shape}"
    figures = f"{ours['cpu'] * 1000:>9.0f} ms{ours['memory']:>6.0f} MB"
    said = f"{ours['groups']:>4} groups, steady {ours['steady']:.2f}"
    if theirs is None:
        print(f"{head}{figures}          (no anchor){said}", flush=True)
        return True
    index, apart, told, marks = alike(ours, theirs)
    times = theirs["cpu"] / ours["cpu"]
    good = {
        f"{times:5.1f}×": times >= GOAL_TIMES,
        f"groups {theirs['groups']}": ours["groups"] == theirs["groups"],
        f"index {index:.3f}": index >= GOAL_ALIKE,
        f"consensus {apart:.0e}": apart <= GOAL_SAME,
        "statements": told and marks,
        f"{ours['memory']:.0f} MB": ours["memory"] <= GOAL_MEMORY or len(ours["people"]) > 15_000,
    }
    missed = [name for name, met in good.items() if not met]
    anchor = f"{theirs['cpu'] * 1000:>9.0f} ms{theirs['memory']:>6.0f} MB{times:>7.1f}×"
    end = "same in all" if not missed else f"MISSED: {', '.join(missed)}"
    print(f"{head}{figures}{anchor} {said}; {end}", flush=True)
    return not missed


def main() -> int:
    """The table, and the room of two thousand."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    try:
        python: str | None = own.python()
    except own.Missing as missing:
        own.loudly(missing)
        python = None
    print(
        "\nOne map from scratch          people × statements      votes        Kring          red-dwarf   ratio"
    )
    chosen = [*realistic(), *([largest()] if "--largest" in sys.argv else ())]
    good = [compare(one, python) for one in chosen]
    for word in words:
        path = Path(word)
        good += [
            compare(read(one), python)
            for one in (sorted(path.glob("*votes.csv")) if path.is_dir() else [path])
        ]
    good.append(refreshes())
    good.append(room_of_two_thousand())
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
