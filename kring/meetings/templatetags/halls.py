"""What the screens of a large group need: words instead of a ring, days, how far the tables are."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kring.base import clock
from kring.meetings import screens

register = template.Library()


@register.simple_tag
def crowd(view: Mapping[str, Any]) -> int:
    """How many people are here, in a crowd; 0 in a circle."""
    return screens.crowd(view)


@register.filter
def day(iso: str | None) -> str:
    """A day such as 2027-03-01 in words; nothing when there is none."""
    return date_format(date.fromisoformat(iso), "j F Y") if iso else ""


@register.simple_tag
def usual_day(promises: bool) -> str:
    """The day to answer an open question (three weeks), or to look at a promise (three months)."""
    return (clock.now().date() + timedelta(days=91 if promises else 21)).isoformat()


@register.simple_tag
def at_last(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The words of columns that everybody looks at: the one pointed at, else all of them."""
    part = view["part"]
    pointed = [one for one in part["words"] if one["card"] == part["pointed"]]
    return pointed if part["pointed"] and pointed else part["words"]


@register.filter
def tables_in_words(numbers: Sequence[int]) -> str:
    """Table numbers as on the signs, at most ten."""
    told = ", ".join(str(number + 1) for number in numbers[:10])
    return f"{told} …" if len(numbers) > 10 else told


@register.simple_tag
def how_far(part: Mapping[str, Any]) -> str:
    """How it goes at the tables, in words."""
    silent, tables = len(part.get("silent", ())), part.get("tables", 0)
    if not tables:
        return _("Nobody sits at a table yet.")
    if silent == 0:
        return _("Every table wrote something.")
    if silent == tables:
        return _("The tables are still talking; nothing is written yet.")
    if silent * 4 <= tables:
        return _("Most tables wrote something.")
    return _("Some tables wrote something, others are still talking.")


@register.simple_tag
def writes_for_all(mine: Mapping[str, Any]) -> bool:
    """Does this seat write down what the whole circle says?"""
    return not {"moderator", "scribe"}.isdisjoint(mine.get("roles", ()))
