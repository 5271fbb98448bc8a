"""Lists of agreements."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kring.agreements import words
from kring.agreements.actions.ground import today
from kring.agreements.models import Agreement
from kring.base import clock
from kring.base.policy import Actor, require
from kring.people.models import Team

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement as a line in a list."""

    what: str
    who: str
    rhythm: str
    status: str
    next: str
    href: str
    look_back: str
    is_rung: bool
    asks: bool


def row(agreement: Agreement, slug: str, day: date, *, with_team: bool = False) -> Row:
    """Needs ``for_list()``; runs no query. ``with_team`` names the team beside who."""
    who = words.who(agreement)
    team = agreement.team.name if with_team and agreement.team else ""
    address = [slug, agreement.pk]
    return Row(
        what=agreement.what,
        who=" · ".join(one for one in (team, who) if one),
        rhythm=words.rhythm(agreement.rhythm_days),
        status=words.status(agreement),
        next=words.next_look(agreement, day),
        href=reverse("agreements:agreement", args=address),
        look_back=reverse("agreements:check_in", args=address),
        is_rung=agreement.is_rung,
        asks=agreement.is_open and agreement.look_back_on <= day and not agreement.is_rung,
    )


def own_teams(actor: Actor) -> "list[Team]":
    """Teams whose agreements this actor follows as a member."""
    return list(Team.objects.filter(pk__in=actor.teams).order_by("name", "id"))


def agreements(request: HttpRequest) -> HttpResponse:
    """Agreements of my teams and my own; rung bells first, a page at a time."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    require(actor, "people.see_directory")
    slug = request.organisation.slug  # type: ignore[attr-defined]  # the stubs know the base field
    stopped = request.GET.get("show") == "stopped"
    teams = own_teams(actor)
    team = next((one for one in teams if str(one.pk) == request.GET.get("team")), None)
    mine = Q(pk__in=Agreement.objects.asking(actor).values("pk")) | Q(team_id__in=actor.teams)
    rows = Agreement.objects.visible_to(actor).filter(mine)
    rows = rows.exclude(ended_at=None).order_by("-ended_at") if stopped else rows.open()
    rows = rows if stopped else rows.most_asking_first()
    rows = rows.filter(team=team) if team else rows
    page = Paginator(rows.for_list(), ON_A_PAGE).get_page(request.GET.get("page"))
    day = today(clock.now())
    return render(
        request,
        "agreements/pages/agreements.html",
        {
            "rows": [row(one, slug, day, with_team=len(teams) > 1 and not team) for one in page],
            "page": page,
            "teams": teams,
            "team": team,
            "stopped": stopped,
        },
    )
