"""Panels: how a lower feature shows something of a higher one without knowing it.

The page of the lower feature asks: ``{% panels "people.team" team=team %}``. The higher feature
registers, in its module ``panels`` (imported once at start-up):

    @panel("people.team", order=20)
    def open_agreements(request, *, team):
        return render_to_string("agreements/parts/of_team.html", {...}, request)

A panel answers the empty string when it has nothing to show, and checks its own policy: it may
only show what the reader may see.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Show = Callable[..., str]


class Panel(NamedTuple):
    """One registered panel."""

    order: int
    name: str
    show: Show


_slots: dict[str, dict[str, Panel]] = {}


def panel(slot: str, *, order: int) -> Callable[[Show], Show]:
    """Register a panel for ``slot``; the lowest ``order`` stands first."""

    def register(show: Show) -> Show:
        name = f"{show.__module__}.{show.__qualname__}"
        _slots.setdefault(slot, {})[name] = Panel(order, name, show)
        return show

    return register


def registered(slot: str) -> list[Panel]:
    """The panels of one slot, in order."""
    return sorted(_slots.get(slot, {}).values(), key=lambda one: (one.order, one.name))


def slots() -> set[str]:
    """All slots somebody registered a panel for (a house test checks that a page asks for each)."""
    return set(_slots)


def ask(request: HttpRequest, slot: str, **subject: Any) -> SafeString:
    """Everything registered for ``slot``, as HTML that each panel already escaped."""
    shown = (one.show(request, **subject) for one in registered(slot))
    return mark_safe("".join(part for part in shown if part))  # noqa: S308  each part is a rendered template
