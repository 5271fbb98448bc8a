"""Who is who: people, teams, one person, one team."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kring.base import clock
from kring.base.policy import ask, require
from kring.people.actions import people as actions
from kring.people.actors import running
from kring.people.forms.people import Names
from kring.people.models import Membership, Person, Team
from kring.people.views.tools import do_once, find, page_number, page_of


def current(prefix: str = "") -> Q:
    """Running today."""
    today = clock.now().date()
    return running(today, f"{prefix}starts_on", f"{prefix}ends_on")


def with_teams(people: Any) -> Any:
    """People with their teams of today, in one query more."""
    now = Membership.objects.filter(current()).select_related("team").order_by("team__name", "pk")
    return people.select_related("layer").prefetch_related(
        Prefetch("memberships", queryset=now, to_attr="now")
    )


@require_GET
def people(request: Any) -> HttpResponse:
    """Colleagues by name, with search."""
    require(request.actor, "people.see_directory")
    word = request.GET.get("q", "").strip()[:80]
    number = page_number(request)
    rows = Person.objects.visible_to(request.actor).filter(current())
    if word:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(ask_me_about__icontains=word)
            | Q(
                pk__in=Membership.objects.filter(current(), team__name__icontains=word).values(
                    "person"
                )
            )
        )
    found, more = page_of(with_teams(rows), number)
    about = {
        "people": found,
        "word": word,
        "next": number + 1 if more else None,
        "previous": number - 1 if number > 1 else None,
        "may_administer": ask(request.actor, "people.administer"),
    }
    return render(request, "people/pages/people.html", about)


@require_GET
def person(request: Any, pk: int) -> HttpResponse:
    """One colleague: name, teams, what they like to be asked about."""
    require(request.actor, "people.see_directory")
    found = find(with_teams(Person.objects.visible_to(request.actor)), pk)
    about: dict[str, Any] = {
        "person": found,
        "is_me": found.pk == request.actor.person,
        "may_administer": ask(request.actor, "people.administer"),
    }
    if ask(request.actor, "people.see_history", found):
        about["history"] = found.memberships.select_related("team").order_by("-starts_on", "pk")
    return render(request, "people/pages/person.html", about)


@require_GET
def teams(request: Any) -> HttpResponse:
    """Teams: mine first, the others with search."""
    require(request.actor, "people.see_directory")
    word = request.GET.get("q", "").strip()[:80]
    number = page_number(request)
    rows = Team.objects.visible_to(request.actor).filter(closed_on=None).select_related("unit")
    mine = rows.filter(pk__in=request.actor.teams)
    if word:
        rows = rows.filter(Q(name__icontains=word) | Q(unit__name__icontains=word))
    found, more = page_of(counted(rows), number)
    about = {
        "mine": counted(mine) if not word and number == 1 else [],
        "teams": found,
        "word": word,
        "next": number + 1 if more else None,
        "previous": number - 1 if number > 1 else None,
        "may_administer": ask(request.actor, "people.administer"),
    }
    return render(request, "people/pages/teams.html", about)


def counted(rows: Any) -> Any:
    """Teams with how many people are in each today, in the same query."""
    return rows.annotate(people=Count("memberships", filter=current("memberships__")))


def members_of(team: Team) -> list[Membership]:
    """Who is in a team today: who leads it first, then by name."""
    now = team.memberships.filter(current(), current("person__")).select_related("person")
    said = now.only("is_manager", "person_id", "team_id", "person__name")
    return list(said.order_by("-is_manager", "person__name", "pk"))


@require_GET
def team(request: Any, pk: int) -> HttpResponse:
    """A team: who, what we agreed, what is coming."""
    require(request.actor, "people.see_directory")
    found = find(Team.objects.visible_to(request.actor).select_related("unit"), pk)
    about = {
        "team": found,
        "members": members_of(found),
        "may_change": ask(request.actor, "people.change_team", found),
        "may_administer": ask(request.actor, "people.administer"),
        "form": Names(),
    }
    return render(request, "people/pages/team.html", about)


def add_names(request: Any, pk: int) -> HttpResponse:
    """Write down who is in the team, by name only."""
    found = find(Team.objects.visible_to(request.actor), pk)
    require(request.actor, "people.change_team", found)
    form = Names(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            added = actions.add_names(request.actor, found, form.cleaned_data["names"])
            said = ngettext("%(count)s name added.", "%(count)s names added.", added)
            messages.success(request, said % {"count": added})
            if request.POST.get("way") == "welcome":
                return f"{reverse('welcome', args=[request.organisation.slug])}?team={found.pk}"
            return reverse("team", args=[request.organisation.slug, found.pk])

        return do_once(request, f"names {found.pk}", do)
    about = {"team": found, "members": members_of(found), "form": form}
    return render(request, "people/pages/names.html", about)


@require_POST
def leave(request: Any, pk: int) -> HttpResponse:
    """Take somebody off the list of a team; can be undone."""
    found = find(Membership.objects.select_related("team", "person"), pk)
    require(request.actor, "people.change_team", found.team)
    slug = request.organisation.slug

    def do() -> str:
        actions.leave_team(request.actor, found)
        said = _("%(name)s is no longer in %(team)s.")
        undo = reverse("come_back", args=[slug, found.pk])
        words = said % {"name": found.person.name, "team": found.team.name}
        messages.success(request, words, extra_tags=undo)
        return reverse("team", args=[slug, found.team_id])

    return do_once(request, f"leave {found.pk}", do)


@require_POST
def come_back(request: Any, pk: int) -> HttpResponse:
    """Undo of taking somebody off the list."""
    found = find(Membership.objects.select_related("team"), pk)
    require(request.actor, "people.change_team", found.team)
    actions.come_back_to_team(request.actor, found)
    return redirect("team", organisation=request.organisation.slug, pk=found.team_id)
