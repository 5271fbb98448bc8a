"""Seats, roles, the flow through the script, and pauses."""

from datetime import date
from typing import Literal

from pydantic import Field

from .base import ALWAYS, Ask, Leads, Ref, Words


class TakeSeat(Ask):
    """Somebody sits down, or comes back. ``roles`` as planned; the actions checked the invitation."""

    kind: Literal["take_seat"] = "take_seat"
    is_manager: bool = False
    has_device: bool = True
    roles: tuple[Ref, ...] = ()
    by = "inside"
    when = ALWAYS
    parked_may = True


class LeaveSeat(Ask):
    """I go. No reason is asked, nothing else is stored (R1)."""

    kind: Literal["leave_seat"] = "leave_seat"
    when = ALWAYS
    parked_may = True


class TakeOver(Ask):
    """The moderator dropped out; the actions checked the lease. ``from_seat`` stops leading."""

    kind: Literal["take_over"] = "take_over"
    from_seat: Ref | None = None
    by = "inside"
    when = ALWAYS
    parked_may = True


class HandOver(Leads):
    """Somebody else leads from now on. With ``together`` both do."""

    kind: Literal["hand_over"] = "hand_over"
    to: Ref
    together: bool = False
    when = ALWAYS


class GiveRole(Ask):
    """A role for a seat: by a moderator, or to oneself where the role is self-chosen."""

    kind: Literal["give_role"] = "give_role"
    role: Ref
    seat: Ref
    when = ALWAYS


class DropRole(Ask):
    """A seat no longer has a role; its own holder may always ask that."""

    kind: Literal["drop_role"] = "drop_role"
    role: Ref
    seat: Ref
    when = ALWAYS
    parked_may = True


class OrderSeats(Leads):
    """People sit somewhere else: the whole order, every seat once."""

    kind: Literal["order_seats"] = "order_seats"
    order: tuple[Ref, ...]
    when = ALWAYS


class SetDevices(Leads):
    """One device for the whole room, or a phone for everybody."""

    kind: Literal["set_devices"] = "set_devices"
    one: bool
    when = ALWAYS


class Start(Leads):
    """Begin with the first step."""

    kind: Literal["start"] = "start"
    when = frozenset({"waiting", "running"})


class Moves(Leads):
    """A move from a visit. When the meeting already moved on, nothing happens and nobody is blamed."""

    from_visit: Ref


class EnterNext(Moves):
    """To the next step."""

    kind: Literal["enter_next"] = "enter_next"


class GoBack(Moves):
    """To the step before; everything still lies there."""

    kind: Literal["go_back"] = "go_back"


class Repeat(Moves):
    """The same step (or phase) once more, with a fresh table."""

    kind: Literal["repeat"] = "repeat"
    what: Literal["step", "phase"] = "step"


class SkipPhase(Moves):
    """Leave out a phase: this one, or one ahead."""

    kind: Literal["skip_phase"] = "skip_phase"
    phase: Ref | None = None


class BringBack(Leads):
    """A phase left out comes back in the plan."""

    kind: Literal["bring_back"] = "bring_back"
    phase: Ref


class Reorder(Leads):
    """Another order for the phases ahead: all of them, each once."""

    kind: Literal["reorder"] = "reorder"
    phases: tuple[Ref, ...]


class MoreTime(Leads):
    """More (or fewer) minutes for the phase going on."""

    kind: Literal["more_time"] = "more_time"
    minutes: int = Field(ge=-60, le=60)


class Undo(Leads):
    """Put the last move, skip, order, time or pause back as it was."""

    kind: Literal["undo"] = "undo"


class Close(Leads):
    """End the meeting. Volatile input is wiped at once, so it must be confirmed (and R9)."""

    kind: Literal["close"] = "close"
    confirmed: bool = False
    look_back_on: date | None = None
    no_follow_up: bool = False


class PickQuestion(Leads):
    """A question from the step's bank; none takes it away again."""

    kind: Literal["pick_question"] = "pick_question"
    question: Ref | None


class LayQuestion(Ask):
    """A question from a shared bank, for the step going on. Made by the actions, which look it up."""

    kind: Literal["lay_question"] = "lay_question"
    nl: Words
    en: Words
    by = "inside"
    parked_may = True


class AskPause(Ask):
    """Privately, to the moderators: I want to stop for a moment."""

    kind: Literal["ask_pause"] = "ask_pause"
    parked_may = True


class DropPause(Ask):
    """I am all right again. A moderator may clear the signal of ``seat``."""

    kind: Literal["drop_pause"] = "drop_pause"
    seat: Ref | None = None
    parked_may = True


class Pause(Ask):
    """The whole meeting stops for a moment. In a small circle anybody may call it."""

    kind: Literal["pause"] = "pause"
    parked_may = True


class Resume(Leads):
    """We go on."""

    kind: Literal["resume"] = "resume"
