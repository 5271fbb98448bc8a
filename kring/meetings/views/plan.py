"""Choosing a protocol and planning a meeting from it, or beginning one at once."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused
from kring.meetings import actions
from kring.meetings.actions import Plan
from kring.meetings.forms import NOW, PlanForm
from kring.meetings.models import Meeting, Mode
from kring.meetings.views.found import actor_of, href, seat_of
from kring.methods import library
from kring.methods.format.shapes import Protocol
from kring.methods.shelf import shipped
from kring.people.models import Team
from kring.people.receipts import once


def teams_of(actor: Actor) -> QuerySet[Team]:
    """Teams this person may plan for: the same answer as the rule ``meetings.plan``."""
    wanted = Q(pk__in=actor.teams)
    for grant in actor.grants:
        if grant.role in ("facilitator", "manager"):
            wanted |= Q(path__startswith=grant.path)
    return Team.objects.filter(wanted, closed_on=None).order_by("name", "id")


def first_team(request: HttpRequest, teams: QuerySet[Team]) -> Team:
    """The team in the address, else the reader's own, else the first they may plan for."""
    asked = request.POST.get("team") or request.GET.get("team") or ""
    if asked.isdigit():
        team = teams.filter(pk=int(asked)).first()
        if team is None:
            raise NotThere
        return team
    own = teams.filter(pk__in=actor_of(request).teams).first() or teams.first()
    if own is None:
        raise NotThere
    return own


def _language() -> str:
    return get_language() or "nl"


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """How do you want to talk? Every protocol of the library, one card each."""
    team = request.GET.get("team", "")
    more = f"?team={team}" if team.isdigit() else ""
    titles = {name: one.method.title for name, one in shipped().packages.items()}
    groups: dict[str, list[dict[str, Any]]] = {}
    for offer in library.offers():
        one = offer.protocol
        if one.quiet:
            continue
        # A shipped protocol is offered as it is now; an own version by the pin of its edition.
        pin = offer.pin if offer.is_own else one.id
        title = _("Our own versions") if offer.is_own else titles[offer.method].say(_language())
        groups.setdefault(title, []).append(_offer(one, href(request, "plan", pin) + more))
    return render(
        request,
        "meetings/pages/choose.html",
        {"groups": [{"title": title, "protocols": some} for title, some in groups.items()]},
    )


def _offer(one: Protocol, there: str) -> dict[str, Any]:
    return {
        "title": one.title.say(_language()),
        "purpose": one.purpose.say(_language()),
        "href": there,
        "least": one.group.min,
        "most": one.group.max,
        "minutes": one.minutes.normal,
    }


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, protocol: str) -> HttpResponse:
    """Who, when and where; or now. Wrong input keeps everything that was filled in."""
    script = library.protocol_for(protocol)
    if script.quiet:
        raise NotThere
    teams = teams_of(actor_of(request))
    team = first_team(request, teams)
    options: dict[str, Any] = {"protocol": script, "teams": teams, "team": team}
    if request.method == "GET":
        return _page(request, PlanForm(**options), script, team, "")
    form = PlanForm(request.POST, **options)
    if not form.is_valid():
        return _page(request, form, script, team, "", status=422)
    try:
        return _planned(request, form, script)
    except Refused as no:
        return _page(request, form, script, team, str(no.reason), status=409)


def _page(
    request: HttpRequest, form: PlanForm, script: Protocol, team: Team, no: str, status: int = 200
) -> HttpResponse:
    language = _language()
    return render(
        request,
        "meetings/pages/plan.html",
        {
            "form": form,
            "team": team,
            "many_teams": teams_of(actor_of(request)).count() > 1,
            "invited": len(form["people"].value() or ()),
            "refused": no,
            "open_more": bool(set(form.errors) & {"people", "others", "minutes", "mode"}),
            "script": {
                "title": script.title.say(language),
                "purpose": script.purpose.say(language),
                "not_when": [one.say(language) for one in script.not_when],
                "preconditions": [one.say(language) for one in script.preconditions],
            },
        },
        status=status,
    )


def _planned(request: HttpRequest, form: PlanForm, script: Protocol) -> HttpResponse:
    actor = actor_of(request)

    def do() -> dict[str, Any]:
        begin = actions.start_now if form.cleaned_data["when"] == NOW else actions.plan_meeting
        return {"meeting": begin(actor, _plan_from(form, script)).pk}

    answer = once(f"person {actor.person} plans", request.POST.get("key", ""), do)
    meeting = Meeting.objects.get(pk=answer["meeting"])
    if form.cleaned_data["when"] != NOW:
        return redirect(href(request, "meeting", meeting.pk))
    seat = seat_of(actor, meeting)
    if seat is None or "moderator" not in seat.roles:
        return redirect(href(request, "meeting", meeting.pk))
    actions.join(actor, meeting)
    screen = "table" if meeting.mode == Mode.ONE_DEVICE else "lead"
    return redirect(href(request, screen, meeting.pk))


def _plan_from(form: PlanForm, script: Protocol) -> Plan:
    cleaned, roles = form.cleaned_data, form.roles()
    others = cleaned["others"]
    people = dict.fromkeys([*cleaned["people"], *others.people])
    return Plan(
        team=cleaned["team"],
        protocol=script,
        title=script.title.say(_language()),
        starts_at=clock.now() if cleaned["when"] == NOW else form.starts_at,
        minutes=cleaned["minutes"],
        place=cleaned["place"],
        mode=cleaned["mode"],
        people=tuple((person, roles.get(person.pk, ())) for person in people),
        guests=tuple((name, ()) for name in others.guests),
    )
