"""Moments in words, the same on pages, on screens and on paper."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def moment_words(moment: datetime) -> str:
    """A day and a time in full, so that it stays true tomorrow: "Wednesday 9 January, 9:00"."""
    local = localtime(moment)
    return _("%(day)s, %(time)s") % {
        "day": date_format(local, "l j F"),
        "time": date_format(local, "H:i"),
    }
