"""``docs/states.md``, drawn from what the meeting and the kinds of step say about themselves.

The laws of the engine check in random histories that nothing else happens.
Written by ``python -m tests.rehearsal.states``.
"""

import inspect
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kring.meetings.engine import ASKS
from kring.meetings.engine.flow import MOVES
from kring.meetings.engine.kinds import Kind, kinds

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "states.md"
Move = tuple[str, str, str]

TOP = """# States of a meeting

Written by `make docs` from the code; a test says when it is out of date. Every arrow is an ask (see
`kring/meetings/engine/README.md`); the laws of the engine check in random histories that a meeting
and its steps move along these arrows only. Entering, leaving, repeating or undoing a step is the
moderator's: it does not change the state a step is in, and coming back finds it as it was. *lost*
is where a step is after a crash took what was only in memory.
"""


def drawing(moves: Iterable[Move], first: str) -> str:
    """A mermaid state diagram; asks between the same states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for start, ask, end in moves:
        arrows[start, end].append(ask)
    lines = [
        f"    {a} --> {b}: {', '.join(dict.fromkeys(asks))}" for (a, b), asks in arrows.items()
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {first}", *lines, "```"])


def about(name: str, kind: Kind) -> str:
    """One kind of step."""
    words = (inspect.getdoc(sys.modules[type(kind).__module__]) or "").split("\n\n")[0]
    moves = kind.moves
    if not moves:
        return f"## {name}\n\n{words}\n\nNothing is asked of this step; it is only gone through."
    starts = [move[0] for move in moves if move[0] != "lost"]
    return f"## {name}\n\n{words}\n\n{drawing(moves, starts[0])}"


def asks() -> str:
    """Every ask: who, when, and whether a parked seat may."""
    who = {"moderator": "moderator", "anyone": "anyone here", "inside": "the actions"}
    rows = [
        f"| `{name}` | {who[ask.by]} | {', '.join(sorted(ask.when))} "
        f"| {'the step' if ask.in_step else 'the meeting'} | {'yes' if ask.parked_may else 'no'} |"
        for name, ask in sorted(ASKS.items())
    ]
    head = "| Ask | Who | When | Answered by | Also when parked |\n|---|---|---|---|---|"
    return "\n".join(["## All asks", "", head, *rows])


def text() -> str:
    """The whole document."""
    whole = f"## The meeting\n\n{drawing(MOVES, 'waiting')}"
    parts = [about(name, kind) for name, kind in sorted(kinds().items())]
    return "\n\n".join([TOP.strip(), whole, *parts, asks()]) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(text(), encoding="utf-8")
