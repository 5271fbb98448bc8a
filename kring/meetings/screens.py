"""What a screen shows: from the engine's view to things a template can draw. Pure, no request.

A screen is rendered once per audience and shared by everybody in it, so nothing here knows who is
looking. The personal part (``mine``) is rendered apart and put in its place by the page.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kring.base import clock
from kring.meetings.models import Meeting
from kring.web.ring import Seat, Sits

#: A page puts its proof of origin (the CSRF field and a fresh key) where this stands.
PROOF = "<!--proof-->"
SCREENS = ("phone", "moderator", "board", "table")


USUAL_LOOK_BACK = 42


def join_address() -> str:
    """Where people type the code, short enough to read aloud."""
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.netloc}{parts.path}/join"


@lru_cache(maxsize=512)
def qr(code: str, table: int = 0) -> SafeString:
    """The way in (to a table) as a QR code: an inline SVG without a colour of its own."""
    name, args = ("join-table", [code, table]) if table else ("join-code", [code])
    address = settings.BASE_URL + reverse(name, args=args)
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=3, omitsize=True)
    return SafeString(drawn)


def look_back(meeting: Meeting) -> str:
    """A first proposal for the day to look back, as the protocol would."""
    days = [one.review_after_days for one in meeting.script.outputs if one.review_after_days]
    return (clock.now().date() + timedelta(days=min(days, default=USUAL_LOOK_BACK))).isoformat()


def first_names(names: Mapping[str, str]) -> dict[str, str]:
    """Seat to first name; the whole name where two people share a first one."""
    firsts = {seat: name.split(" ")[0] for seat, name in names.items()}
    return {
        seat: first if list(firsts.values()).count(first) == 1 else names[seat]
        for seat, first in firsts.items()
    }


CROWD = 40
"""From so many people a ring of names says nothing any more: then words do."""


def crowd(view: Mapping[str, Any]) -> int:
    """How many people are here, in a crowd; 0 where a ring of chairs can be drawn."""
    chairs = view.get("ring", ())
    return sum(1 for chair in chairs if chair["here"]) if len(chairs) > CROWD else 0


def seats(view: Mapping[str, Any], names: Mapping[str, str]) -> list[Seat]:
    """The chairs of a view for the ring. Who passed and who wrote is not in a view at all."""
    if len(view.get("ring", ())) > CROWD:
        return []
    short = first_names(names)
    turn = view.get("turn") or {}
    holder = turn.get("holder")
    return [
        Seat(
            name=short.get(chair["seat"], "…"),
            sits=Sits.EMPTY if not chair["here"] else Sits.PARKED if chair["parked"] else Sits.HERE,
            has_piece=chair["seat"] == holder,
        )
        for chair in view.get("ring", ())
    ]


def ahead(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Phases still to come, each with the whole order in which it moves one place.

    ``up`` and ``down`` are comma-separated orders for the ask ``reorder``; empty at the ends.
    """
    lines = [
        one
        for one in view.get("script", {}).get("plan", ())
        if one["stage"] in ("ahead", "skipped")
    ]
    ids = [line["phase"] for line in lines]

    def swapped(first: int) -> str:
        if not 0 <= first < len(ids) - 1:
            return ""
        order = [*ids]
        order[first], order[first + 1] = order[first + 1], order[first]
        return ",".join(order)

    return [
        {**line, "up": swapped(place - 1), "down": swapped(place)}
        for place, line in enumerate(lines)
    ]


def seating(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The chairs, each with the whole order in which it stands one place earlier or later.

    ``up`` and ``down`` are comma-separated orders for the ask ``order_seats``; empty at the ends.
    """
    ids = [chair["seat"] for chair in view.get("ring", ())]

    def swapped(first: int) -> str:
        if not 0 <= first < len(ids) - 1:
            return ""
        order = [*ids]
        order[first], order[first + 1] = order[first + 1], order[first]
        return ",".join(order)

    return [
        {"seat": seat, "up": swapped(place - 1), "down": swapped(place)}
        for place, seat in enumerate(ids)
    ]


def shelves(view: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The question bank of this step by depth, lightest first; ``chosen`` is the one that is asked."""
    titles = {
        "light": _("Light: for a new group, or a busy day"),
        "medium": _("A bit closer"),
        "deep": _("Deep: only when the circle feels safe"),
        "closing": _("To close with"),
    }
    asked = (view.get("step") or {}).get("question")
    bank = view.get("script", {}).get("bank", ())
    found = []
    for depth, title in titles.items():
        lines = [{**one, "chosen": one["text"] == asked} for one in bank if one["depth"] == depth]
        if lines:
            found.append((title, lines))
    return found


def templates_of(view: Mapping[str, Any], screen: str) -> list[str]:
    """Candidates for the part of a step on a screen, the kind's own first."""
    kind = view.get("step", {}).get("kind", "lead")
    return [f"meetings/steps/{kind}/{screen}.html", f"meetings/parts/screens/step_{screen}.html"]
