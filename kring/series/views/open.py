"""What lies on the table of a series, as far as one reader may read it."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kring.agreements.models import Agreement
from kring.base.policy import ask
from kring.series import table
from kring.series.models import Series
from kring.series.rules import Thing, on_top
from kring.series.views.found import actor_of, language, slug_of
from kring.stories.models import Story

MOST = 20
ICONS = {"agreement": "handshake", "signal": "radio", "question": "message-circle-question-mark",
         "prototype": "flask-conical"}  # fmt: skip


def open_things(request: HttpRequest, one: Series, is_member: bool) -> list[dict[str, Any]]:
    """Open agreements, what waits for a reply, and what is being tried: urgent first."""
    actor, asked = actor_of(request), one.script.on_the_table
    lines: dict[tuple[str, int], dict[str, Any]] = {}
    things: list[Thing] = []
    if "agreements" in asked:
        mine = Agreement.objects.visible_to(actor)
        for made in table.agreements(one).filter(pk__in=mine.values("pk"))[:MOST]:
            things.append(Thing("agreement", made.pk, made.look_back_on, made.is_rung))
            lines["agreement", made.pk] = _agreement(request, made)
    readable = Story.objects.visible_to(actor).values("pk")
    for story in table.waiting(one).filter(pk__in=readable)[:MOST]:
        kind = "signal" if story.kind in ("signal", "help_request") else "question"
        things.append(Thing(kind, story.pk, story.released_on))
        lines[kind, story.pk] = _story(request, story, kind)
    if "prototype" in asked:
        for story in table.prototypes(one):
            if is_member or ask(actor, "stories.see", story):
                things.append(Thing("prototype", story.pk, story.released_on))
                lines["prototype", story.pk] = _story(request, story, "prototype")
    return [lines[thing.kind, thing.number] for thing in on_top(things)]


def _agreement(request: HttpRequest, made: Agreement) -> dict[str, Any]:
    note = _("the bell rang") if made.is_rung else _("look back on %(day)s") % {
        "day": _day(made.look_back_on)}  # fmt: skip
    return {
        "what": made.what,
        "note": note,
        "icon": "bell" if made.is_rung else ICONS["agreement"],
        "href": reverse("agreements:agreement", args=[slug_of(request), made.pk]),
    }


def _story(request: HttpRequest, story: Story, kind: str) -> dict[str, Any]:
    title = story.type.title.say(language())
    if kind == "prototype":
        note = f"{title} · {story.status_word(language())}"
    else:
        note = _("%(kind)s from %(team)s, waits since %(day)s") % {
            "kind": title,
            "team": story.team.name,
            "day": _day(story.released_on),
        }
    return {
        "what": story.text,
        "note": note,
        "icon": ICONS[kind],
        "href": reverse("stories:story", args=[slug_of(request), story.pk]),
    }


def _day(day: date) -> str:
    return date_format(day, "j F")
