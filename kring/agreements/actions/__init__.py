"""Every write to an agreement: check, decide, save, note in the trail."""

from kring.agreements.actions.answering import answer_bell, ask_condition, reply
from kring.agreements.actions.living import (
    change,
    check_in,
    end,
    hand_over_bell,
    join,
    leave,
    look_again,
    undo,
)
from kring.agreements.actions.making import make
from kring.agreements.actions.ringing import ring_bell

__all__ = [
    "answer_bell",
    "ask_condition",
    "change",
    "check_in",
    "end",
    "hand_over_bell",
    "join",
    "leave",
    "look_again",
    "make",
    "reply",
    "ring_bell",
    "undo",
]
