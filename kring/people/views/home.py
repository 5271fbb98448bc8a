"""My week, and the first steps of somebody new."""

from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kring.base import clock
from kring.base.policy import Actor, ask, require
from kring.people import asks
from kring.people.forms.people import Names
from kring.people.models import Team
from kring.people.views.directory import members_of

SOME: Final = 8  # teams of others at home; the page of teams has the rest


def my_teams(actor: Actor) -> list[Team]:
    """The teams somebody is in today."""
    if not actor.teams:
        return []
    rows = Team.objects.filter(pk__in=actor.teams).select_related("unit")
    return list(rows.only("name", "path", "unit__name"))


def guided_by(actor: Actor) -> list[Team]:
    """Some teams of others that somebody facilitates or manages, in the order of their names."""
    roles = ("facilitator", "manager")
    held = {grant.path for grant in actor.grants if grant.role in roles}
    paths = sorted(held.difference(actor.team_paths))  # below one's own team is nothing else
    if not paths:
        return []
    there = reduce(or_, (Q(path__startswith=path) for path in paths))
    rows = Team.objects.filter(there, closed_on=None).exclude(pk__in=actor.teams)
    return list(
        rows.select_related("unit").only("name", "unit__name").order_by("name", "pk")[:SOME]
    )


def led_by(actor: Actor, teams: list[Team]) -> Team | None:
    """The first of ``teams`` that this person leads."""
    return next((team for team in teams if actor.holds("manager", team.path)), None)


@require_GET
def home(request: Any) -> HttpResponse:
    """My week: what asks for me today, then my teams and what colleagues learnt."""
    require(request.actor, "people.see_directory")
    today = clock.now().date()
    teams = my_teams(request.actor)
    guided = guided_by(request.actor)
    about = {
        "lines": asks.lines_for(request.actor, request.organisation.slug, today),
        "teams": teams,
        "guided": guided,
        "may_administer": ask(request.actor, "people.administer"),
        "first_team": led_by(request.actor, teams) or next(iter([*teams, *guided]), None),
        "leads": led_by(request.actor, teams) is not None,
        "today": today,
    }
    return render(request, "people/pages/home.html", about)


@require_GET
def welcome(request: Any) -> HttpResponse:
    """The first steps: who is in your team, choose a way to talk, begin."""
    require(request.actor, "people.see_directory")
    teams = my_teams(request.actor)
    asked = request.GET.get("team", "")
    led = [team for team in teams if request.actor.holds("manager", team.path)]
    team = next((one for one in led if str(one.pk) == asked), led[0] if led else None)
    if team is None:
        about = {"teams": teams, "person": request.actor.person}
        return render(request, "people/pages/welcome_member.html", about)
    about = {"team": team, "members": members_of(team), "form": Names()}
    return render(request, "people/pages/welcome.html", about)
