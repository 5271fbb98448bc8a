"""Moments in words, the same on pages, on screens and on paper."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def moment_words(moment: datetime) -> str:
    """A day and a time in full, so that it stays true tomorrow: "Wednesday 9 January, 9:00"."""
    local = localtime(moment)
    return _("%(day)s, %(time)s") % {
        "day": date_format(local, "l j F"),
        "time": date_format(local, "H:i"),
    }


MODES: dict[str, tuple[Promise | str, Promise | str]] = {
    "phones": (
        gettext_lazy("Everybody on their own phone"),
        gettext_lazy("You sit together. Each writes on their own phone."),
    ),
    "one_device": (
        gettext_lazy("One device in the room"),
        gettext_lazy("You sit together. One person writes for all."),
    ),
    "paper": (
        gettext_lazy("On paper"),
        gettext_lazy(
            "You print it and sit together without screens. Afterwards one person enters "
            "only what may leave the circle."
        ),
    ),
    "days": (
        gettext_lazy("Spread over days"),
        gettext_lazy(
            "Nobody has to be there at the same time. Each part is open for some days; "
            "two minutes is enough."
        ),
    ),
}
"""What a mode is called, and what it means for whoever plans it."""
