"""The words on screen for the codes of this feature."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.agreements.rules import Answered, Kind, Status, Visibility

STATUS: dict[StrEnum, Promise] = {
    Status.RUNNING: _("It works"),
    Status.NOT_YET: _("Not yet"),
    Status.ADAPTED: _("Adapted"),
    Status.NO_LONGER_NEEDED: _("No longer needed"),
}
VISIBILITY: dict[StrEnum, Promise] = {
    Visibility.TEAM: _("The team"),
    Visibility.PARTIES: _("Only who takes part"),
}
KIND: dict[StrEnum, Promise] = {
    Kind.MADE: _("Agreed"),
    Kind.LOOKED_BACK: _("Looked back"),
    Kind.CHANGED: _("Changed"),
    Kind.LOOK_AGAIN: _("Chose another day to look back"),
    Kind.HANDED_OVER: _("Somebody else minds the bell"),
    Kind.BELL: _("The bell rang"),
    Kind.ANSWERED: _("The bell was answered"),
    Kind.ENDED: _("Stopped"),
}
ANSWERED: dict[StrEnum, Promise] = {
    Answered.CONVERSATION: _("We talk about it, or we did"),
    Answered.CHANGED: _("We say it differently"),
    Answered.ADAPTED: _("We do it differently"),
    Answered.NO_LONGER_NEEDED: _("It is no longer needed"),
    Answered.EXPLANATION: _("We keep it, and this is why"),
    Answered.LOOKED_BACK: _("We looked back"),
}


def choices(table: Mapping[StrEnum, Promise]) -> list[tuple[str, Promise]]:
    """A table of words as Django's choices, with plain codes."""
    return [(code.value, said) for code, said in table.items()]
