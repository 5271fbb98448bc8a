"""Pages about agreements."""

from kring.agreements.views.bell import answer, ask, mind_bell, question, ring
from kring.agreements.views.one import (
    agreement,
    change,
    check_in,
    join,
    leave,
    look_again,
    new,
    undo,
)
from kring.agreements.views.several import agreements

__all__ = [
    "agreement",
    "agreements",
    "answer",
    "ask",
    "change",
    "check_in",
    "join",
    "leave",
    "look_again",
    "mind_bell",
    "new",
    "question",
    "ring",
    "undo",
]
