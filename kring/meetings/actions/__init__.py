"""Every write of a meeting. See the README of this feature for the list."""

from kring.meetings.actions.brought import look_back, undo_look_back
from kring.meetings.actions.chairs import add_chair, empty_chair, fill_chair
from kring.meetings.actions.closing import Minutes, hard_stop, minutes, on_the_table
from kring.meetings.actions.days import move_windows, turn
from kring.meetings.actions.invite import (
    invite_guest,
    invite_person,
    plan_roles,
    withdraw_invitation,
)
from kring.meetings.actions.join import EARLY, find_by_code, guest_cookie, join, join_as_guest
from kring.meetings.actions.lead import hold_lease, renew_lease, take_over
from kring.meetings.actions.notes import read_note, shred_note, write_note
from kring.meetings.actions.paper import (
    FromPaper,
    close_paper,
    harvest_from_paper,
    hold_on_paper,
    take_back_from_paper,
)
from kring.meetings.actions.plan import (
    Plan,
    Stale,
    bring_back_meeting,
    cancel_meeting,
    change_meeting,
    open_meeting,
    plan_meeting,
    start_now,
)
from kring.meetings.actions.play import do, play
from kring.meetings.actions.questions import lay_question
from kring.meetings.actions.tables import join_as_table, keeps_tables, lay_tables, sit_at

__all__ = [
    "EARLY",
    "FromPaper",
    "Minutes",
    "Plan",
    "Stale",
    "add_chair",
    "bring_back_meeting",
    "cancel_meeting",
    "change_meeting",
    "close_paper",
    "do",
    "empty_chair",
    "fill_chair",
    "find_by_code",
    "guest_cookie",
    "hard_stop",
    "harvest_from_paper",
    "hold_lease",
    "hold_on_paper",
    "invite_guest",
    "invite_person",
    "join",
    "join_as_guest",
    "join_as_table",
    "keeps_tables",
    "lay_question",
    "lay_tables",
    "look_back",
    "minutes",
    "move_windows",
    "on_the_table",
    "open_meeting",
    "plan_meeting",
    "plan_roles",
    "play",
    "read_note",
    "renew_lease",
    "shred_note",
    "sit_at",
    "start_now",
    "take_back_from_paper",
    "take_over",
    "turn",
    "undo_look_back",
    "withdraw_invitation",
    "write_note",
]
