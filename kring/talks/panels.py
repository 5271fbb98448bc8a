"""What talks show on pages of lower features: only to who has a chair in one, in neutral words."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.base import clock
from kring.base.policy import Actor, ask
from kring.meetings.views.found import actor_of
from kring.people import asks, feeds
from kring.people.knows import Fact, knows
from kring.people.models import Person
from kring.talks.models import Plate, Talk, called, readable, who_is
from kring.talks.rules import Choice, needs_choice
from kring.talks.views.found import day_words, href
from kring.talks.views.plan import LOOKS_BACK, PREPARES
from kring.web.panels import panel

SOON = timedelta(days=7)
PAST = timedelta(days=31)
MOST = 20


def _has_any(actor: Actor) -> bool:
    """Whether a colleague has a chair in any talk: the cheapest question, on one index."""
    if actor.person is None:
        return False
    who = who_is(actor.organisation or 0, actor.person)
    return Plate.objects.filter(who=who).exists()


@asks.asks("talks")
def my_talks(actor: Actor, organisation: str, today: date) -> Iterable[asks.Line]:
    """An invitation that waits for a choice, and a talk that goes on or comes soon."""
    if not _has_any(actor):
        return
    for talk in readable(Talk.objects.visible_to(actor).not_over()[:MOST]):
        page = reverse("talks:talk", args=[organisation, talk.pk])
        chair = talk.chair_of(actor)
        if chair is None:
            continue
        if talk.is_open:
            yield _line(_("A talk goes on now."), _("Go there"), page, asks.NOW)
        elif not chair.leads and needs_choice(talk.script.id) and chair.choice is Choice.OPEN:
            words = _("Somebody invites you to a talk.")
            yield _line(words, _("Look at the invitation"), page, asks.TODAY)
        elif talk.paper.starts_at <= clock.now() + SOON:
            words = _("A talk: %(when)s.") % {"when": day_words(talk)}
            yield _line(words, _("Look"), page, asks.THIS_WEEK)


def _line(words: str, button: str, page: str, weight: int) -> asks.Line:
    return asks.Line(words=words, button=button, href=page, weight=weight, icon="armchair")


@panel("meetings.list", order=10)
def in_list(request: HttpRequest) -> str:
    """The way to one's own talks, for who has any."""
    if not _has_any(actor_of(request)):
        return ""
    return render_to_string("talks/parts/list.html", {"href": href(request, "list")}, request)


@panel("methods.protocol", order=12)
def prepare_this(request: HttpRequest, *, protocol: Any, pin: str) -> str:
    """On the page of a quiet protocol: the way to prepare one, for who is trained for it."""
    if not protocol.quiet or protocol.id in (PREPARES, LOOKS_BACK):
        return ""
    if not ask(actor_of(request), "talks.plan", protocol):
        return ""
    there = pin if pin.startswith("own-") else protocol.id
    context = {"href": href(request, "plan", there)}
    return render_to_string("talks/parts/plan_this.html", context, request)


@feeds.entries("talks")
def in_calendars(actor: Actor, team: int | None, organisation: str) -> Iterable[feeds.Entry]:
    """One's own talks in one's own calendar, named like any other meeting; never in a team's.

    A calendar lies elsewhere: neither the number of the talk nor its address leaves Kring.
    """
    if team is not None:
        return
    for talk in readable(Talk.objects.visible_to(actor).not_over()[:MOST]):
        paper = talk.paper
        if paper.starts_at < clock.now() - PAST:
            continue
        yield feeds.Entry(
            uid=f"meeting {called(talk.pk)}",
            title=_("Meeting"),
            begins_at=paper.starts_at,
            ends_at=paper.starts_at + timedelta(minutes=paper.minutes),
            place=paper.place,
            version=talk.version,
            page=reverse("home", args=[organisation]),
        )


@knows("talks", title=gettext_lazy("Talks you are invited to"), models=(Talk, Plate))
def chairs(person: Person) -> Iterable[Fact]:
    """Shown to the person alone: the day of each talk that is still known."""
    plates = Plate.objects.filter(who=who_is(person.organisation_id, person.pk))
    for talk in readable(plate.talk for plate in plates.select_related("talk")):
        yield Fact(gettext_lazy("Talk"), day_words(talk))
