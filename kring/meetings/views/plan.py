"""Choosing a protocol and planning a meeting from it, or beginning one at once."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused
from kring.meetings import actions
from kring.meetings.actions import Plan
from kring.meetings.forms import NOW, PlanForm
from kring.meetings.models import Meeting, Mode
from kring.meetings.rules.days import USUAL_DAYS, phases
from kring.meetings.rules.modes import choices, over_days
from kring.meetings.said import MODES
from kring.meetings.views.found import actor_of, href, seat_of
from kring.methods import library
from kring.methods.format.shapes import Protocol
from kring.methods.shelf import shipped
from kring.methods.trained import MOST_NAMES, is_trained, who_can_lead
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
            "open_more": bool(set(form.errors) & {"people", "others", "minutes"}),
            "modes": mode_options(script),
            "mode": form["mode"].value(),
            "not_so": [one for one in choices(script) if one.why_not is not None],
            "days": days_words(script),
            "trained": trained_words(actor_of(request), script),
            "script": {
                "title": script.title.say(language),
                "purpose": script.purpose.say(language),
                "not_when": _not_when(request, script, team),
                "preconditions": [one.say(language) for one in script.preconditions],
            },
        },
        status=status,
    )


def _not_when(request: HttpRequest, script: Protocol, team: Team) -> list[dict[str, Any]]:
    """Each reason not to, and which talk fits then: straight to planning that one."""
    lines = []
    for said in script.not_when:
        others = [shipped().protocol(ref.rpartition("/")[2]) for ref in said.instead]
        there = [(one.title.say(_language()), _way_to(request, one, team)) for one in others if one]
        lines.append({"text": said.say(_language()), "instead": there})
    return lines


def _way_to(request: HttpRequest, one: Protocol, team: Team) -> str:
    """To planning; to reading first for a talk that is prepared with each apart."""
    if one.quiet:
        slug = request.organisation.slug  # type: ignore[attr-defined]  # the door put it there
        return reverse("protocol", args=[slug, one.package, one.id])
    return f"{href(request, 'plan', one.id)}?team={team.pk}"


def trained_words(actor: Actor, script: Protocol) -> dict[str, Any]:
    """Is the reader trained for this talk, is that needed, and with whom could they plan it?"""
    mine = actor.person is not None and is_trained(actor.person, script)
    others = [] if mine else [one.name for one in who_can_lead(actor, script)][:MOST_NAMES]
    return {"mine": mine, "needed": script.moderator_trained, "others": others}


def mode_options(script: Protocol) -> list[tuple[str, Any, Any]]:
    """The modes this talk allows, in words."""
    allowed = [one.mode for one in choices(script) if one.why_not is None]
    return [(mode, *MODES[mode]) for mode in allowed]


def days_words(script: Protocol) -> dict[str, Any] | None:
    """What spreading it over days means for this talk; None where that is not allowed."""
    played, choice = over_days(script)
    if played is None:
        return None
    language = _language()
    return {
        "parts": [phase.title.say(language) for phase in phases(played)],
        "left_out": [title.say(language) for title in choice.left_out],
    }


def _planned(request: HttpRequest, form: PlanForm, script: Protocol) -> HttpResponse:
    actor = actor_of(request)

    def do() -> dict[str, Any]:
        begin = actions.start_now if form.cleaned_data["when"] == NOW else actions.plan_meeting
        return {"meeting": begin(actor, _plan_from(form, script)).pk}

    answer = once(f"person {actor.person} plans", request.POST.get("key", ""), do)
    meeting = Meeting.objects.get(pk=answer["meeting"])
    if form.cleaned_data["when"] != NOW or meeting.mode in (Mode.PAPER, Mode.DAYS):
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
        each=int(cleaned["each"] or USUAL_DAYS),
        people=tuple((person, roles.get(person.pk, ())) for person in people),
        guests=tuple((name, ()) for name in others.guests),
    )
