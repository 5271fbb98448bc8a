"""Lists of agreements."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
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
    team: str


def row(agreement: Agreement, slug: str, day: date) -> Row:
    """Needs ``with_people()``; runs no query."""
    address = [slug, agreement.pk]
    return Row(
        what=agreement.what,
        who=words.who(agreement),
        rhythm=words.rhythm(agreement.rhythm_days),
        status=words.status(agreement),
        next=words.next_look(agreement, day),
        href=reverse("agreements:agreement", args=address),
        look_back=reverse("agreements:check_in", args=address),
        is_rung=agreement.is_rung,
        asks=agreement.is_open and agreement.look_back_on <= day and not agreement.is_rung,
        team=agreement.team.name if agreement.team else "",
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
    rows = Agreement.objects.visible_to(actor)
    rows = rows.exclude(ended_at=None).order_by("-ended_at") if stopped else rows.open()
    rows = rows if stopped else rows.most_asking_first()
    rows = rows.filter(team=team) if team else rows
    page = Paginator(rows.with_people(), ON_A_PAGE).get_page(request.GET.get("page"))
    day = today(clock.now())
    return render(
        request,
        "agreements/pages/agreements.html",
        {
            "rows": [row(one, slug, day) for one in page],
            "page": page,
            "teams": teams,
            "team": team,
            "stopped": stopped,
        },
    )
