"""The tree of parts and teams."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base.policy import require
from kring.people.actions import places as actions
from kring.people.forms.people import Part, TeamDetails
from kring.people.models import Team, Unit
from kring.people.views.administration import tabs
from kring.people.views.directory import counted
from kring.people.views.tools import do_once, find


def _all(request: Any) -> str:
    return reverse("places", args=[request.organisation.slug])


@require_GET
def places(request: Any) -> HttpResponse:
    """Parts one level deep at a time: what stands in this part, and its teams. Four queries."""
    require(request.actor, "people.administer")
    asked = request.GET.get("in", "")
    here = None
    if asked.isascii() and asked.isdecimal() and len(asked) < 19:
        here = find(Unit.objects.select_related("parent"), int(asked))
    about = {
        "tabs": tabs(request, "places"),
        "here": here,
        "parts": Unit.objects.filter(parent=here, closed_on=None).order_by("name", "pk"),
        "teams": counted(Team.objects.filter(unit=here, closed_on=None)) if here else [],
        "part_form": Part(initial={"parent": here}),
        "team_form": TeamDetails(initial={"unit": here}),
    }
    return render(request, "people/pages/places.html", about)


@require_POST
def new_part(request: Any) -> HttpResponse:
    """A new part."""
    require(request.actor, "people.administer")
    form = Part(request.POST)
    if not form.is_valid():
        return _again(request, form, _("A new part"))

    def do() -> str:
        made = actions.add_unit(request.actor, **form.cleaned_data)
        return f"{_all(request)}?in={made.parent_id or made.pk}"

    return do_once(request, "new part", do)


@require_POST
def new_team(request: Any) -> HttpResponse:
    """A new team."""
    require(request.actor, "people.administer")
    form = TeamDetails(request.POST)
    if not form.is_valid():
        return _again(request, form, _("A new team"))

    def do() -> str:
        made = actions.add_team(request.actor, **form.cleaned_data)
        return reverse("team", args=[request.organisation.slug, made.pk])

    return do_once(request, "new team", do)


def _again(request: Any, form: Any, title: str, **more: Any) -> HttpResponse:
    about = {"tabs": tabs(request, "places"), "form": form, "title": title, **more}
    return render(request, "people/pages/place.html", about)


def part(request: Any, pk: int) -> HttpResponse:
    """Rename or move a part."""
    require(request.actor, "people.administer")
    found = find(Unit.objects.all(), pk)
    now = {"name": found.name, "parent": found.parent_id}
    form = Part(request.POST or None, unit=found, initial=now)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            actions.change_unit(request.actor, found, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return f"{_all(request)}?in={found.pk}"

        return do_once(request, f"part {pk}", do)
    close = reverse("close_part", args=[request.organisation.slug, pk])
    return _again(request, form, found.name, close=close)


def team(request: Any, pk: int) -> HttpResponse:
    """Rename or move a team."""
    require(request.actor, "people.administer")
    found = find(Team.objects.all(), pk)
    now = {"name": found.name, "unit": found.unit_id, "about": found.about}
    form = TeamDetails(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            actions.change_team(request.actor, found, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return reverse("team", args=[request.organisation.slug, pk])

        return do_once(request, f"team {pk}", do)
    close = reverse("close_team", args=[request.organisation.slug, pk])
    return _again(request, form, found.name, close=close)


@require_POST
def close_part(request: Any, pk: int) -> HttpResponse:
    """A part is no more; can be undone."""
    require(request.actor, "people.administer")
    found = find(Unit.objects.all(), pk)

    def do() -> str:
        actions.close_unit(request.actor, found)
        return _closed(request, found.name, "open_part", pk)

    return do_once(request, f"close part {pk}", do)


@require_POST
def close_team(request: Any, pk: int) -> HttpResponse:
    """A team is no more; can be undone."""
    require(request.actor, "people.administer")
    found = find(Team.objects.all(), pk)

    def do() -> str:
        actions.close_team(request.actor, found)
        return _closed(request, found.name, "open_team", pk)

    return do_once(request, f"close team {pk}", do)


def _closed(request: Any, name: str, undo: str, pk: int) -> str:
    back = reverse(undo, args=[request.organisation.slug, pk])
    messages.success(request, _("%(name)s is closed.") % {"name": name}, extra_tags=back)
    return _all(request)


@require_POST
def open_part(request: Any, pk: int) -> HttpResponse:
    """Undo of closing a part."""
    require(request.actor, "people.administer")
    found = find(Unit.objects.all(), pk)

    def do() -> str:
        actions.open_again(request.actor, found)
        return f"{_all(request)}?in={pk}"

    return do_once(request, f"open part {pk}", do)


@require_POST
def open_team(request: Any, pk: int) -> HttpResponse:
    """Undo of closing a team."""
    require(request.actor, "people.administer")
    found = find(Team.objects.all(), pk)

    def do() -> str:
        actions.open_again(request.actor, found)
        return reverse("team", args=[request.organisation.slug, pk])

    return do_once(request, f"open team {pk}", do)
