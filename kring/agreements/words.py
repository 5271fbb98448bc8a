"""The words on screen for the codes of this feature."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kring.agreements.rules import Answered, Kind, Status, Visibility

if TYPE_CHECKING:
    from kring.agreements.models import Agreement

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


def who(agreement: "Agreement") -> str:
    """Who took it on, in words; the empty string when nobody did yet."""
    names = [str(one) for one in agreement.takers.all()]
    if agreement.taken_on_by_team and agreement.team_id:
        names.insert(0, gettext("the whole team"))
    return " · ".join(names)


def rhythm(days: int) -> str:
    """How often somebody looks back: in weeks where that comes out even."""
    weeks, rest = divmod(days, 7)
    if rest:
        return ngettext("every day", "every %(days)d days", days) % {"days": days}
    return ngettext("every week", "every %(weeks)d weeks", weeks) % {"weeks": weeks}


def next_look(agreement: "Agreement", today: date) -> str:
    """When the next look back is; a date gone by is "still open", never late."""
    if not agreement.is_open:
        return gettext("stopped")
    on = date_format(agreement.look_back_on, "j F")
    if agreement.look_back_on < today:
        return gettext("look back: still open since %(day)s") % {"day": on}
    if agreement.look_back_on == today:
        return gettext("look back: today")
    return gettext("look back on %(day)s") % {"day": on}


def status(agreement: "Agreement") -> str:
    """How it goes; what was only just agreed has no status yet."""
    if agreement.status == Status.NOT_YET and agreement.last_sign_at == agreement.made_at:
        return gettext("Just agreed")
    return agreement.status_word
