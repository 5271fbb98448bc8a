"""Every write of a talk. None leaves a line in the trail: that would say that it exists."""

from kring.talks.actions.after import change_status, plan_look_back
from kring.talks.actions.choosing import choose, choose_on_paper
from kring.talks.actions.holding import (
    close_talk,
    do,
    join_talk,
    lay_question,
    open_talk,
    seat_without_phone,
    stop_talk,
)
from kring.talks.actions.keeping import Stale, change, erase
from kring.talks.actions.planning import (
    Guest,
    Wish,
    call_off,
    declare,
    invite,
    leave_out,
    move_talk,
    plan_preparation,
    plan_talk,
)
from kring.talks.actions.preparing import prepare, write_note

__all__ = [
    "Guest",
    "Stale",
    "Wish",
    "call_off",
    "change",
    "change_status",
    "choose",
    "choose_on_paper",
    "close_talk",
    "declare",
    "do",
    "erase",
    "invite",
    "join_talk",
    "lay_question",
    "leave_out",
    "move_talk",
    "open_talk",
    "plan_look_back",
    "plan_preparation",
    "plan_talk",
    "prepare",
    "seat_without_phone",
    "stop_talk",
    "write_note",
]
