"""My week, and the first steps of somebody new."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kring.base import clock
from kring.base.policy import Actor, require
from kring.people import asks
from kring.people.forms.people import Names
from kring.people.models import Team
from kring.people.views.directory import counted, members_of


def my_teams(actor: Actor) -> list[Team]:
    """The teams somebody is in today, with how many people are in each."""
    return list(counted(Team.objects.filter(pk__in=actor.teams).select_related("unit")))


def led_by(actor: Actor, teams: list[Team]) -> Team | None:
    """The first of ``teams`` that this person leads."""
    return next((team for team in teams if actor.holds("manager", team.path)), None)


@require_GET
def home(request: Any) -> HttpResponse:
    """My week: what asks for me today, then my teams and what colleagues learnt."""
    require(request.actor, "people.see_directory")
    today = clock.now().date()
    teams = my_teams(request.actor)
    about = {
        "lines": asks.lines_for(request.actor, request.organisation.slug, today),
        "teams": teams,
        "first_team": led_by(request.actor, teams) or (teams[0] if teams else None),
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
