"""Choosing a series and starting it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kring.agreements.words import rhythm as often
from kring.base.policy import NotThere, Refused
from kring.meetings.views.plan import first_team, teams_of
from kring.methods import rhythm
from kring.methods.format.series import Series as Plan
from kring.methods.shelf import shipped
from kring.people.models import Team
from kring.series import actions
from kring.series.actions.starting import offered
from kring.series.forms import StartForm
from kring.series.views.found import actor_of, href, language, submit


def in_short(plan: Plan) -> str:
    """What a series asks, in one line: "5 meetings in 9 weeks, then every 13 weeks"."""
    after = often(plan.rhythm.every_days)
    count = len(plan.meetings)
    if count < 2:
        return after[:1].upper() + after[1:]
    first = ngettext("%(count)s meeting", "%(count)s meetings", count) % {"count": count}
    within = ngettext("in %(weeks)s week", "in %(weeks)s weeks", rhythm.weeks(plan))
    return _("%(first)s %(within)s, then %(after)s") % {
        "first": first,
        "within": within % {"weeks": rhythm.weeks(plan)},
        "after": after,
    }


def tile(request: HttpRequest, plan: Plan, team: str) -> dict[str, Any]:
    """A series as a card to choose."""
    more = f"?team={team}" if team.isdigit() else ""
    return {
        "title": plan.title.say(language()),
        "purpose": plan.purpose.say(language()),
        "short": in_short(plan),
        "href": href(request, "start", *plan.ref.split("/")) + more,
    }


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which series do you want to begin?"""
    team = request.GET.get("team", "")
    groups = [
        {
            "title": package.method.title.say(language()),
            "series": [
                tile(request, one, team) for one in package.series if one.held_by == "series"
            ],
        }
        for package in shipped().packages.values()
    ]
    context = {"groups": [group for group in groups if group["series"]]}
    return render(request, "series/pages/choose.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, package: str, name: str) -> HttpResponse:
    """Who, when for the first time, and how often."""
    plan = offered(f"{package}/{name}")
    team = first_team(request, teams_of(actor_of(request)))
    if request.method == "GET":
        return _page(request, StartForm(plan=plan, team=team), plan, team)
    form = StartForm(request.POST, plan=plan, team=team)
    if not form.is_valid():
        return _page(request, form, plan, team, status=422)
    try:
        made = submit(request, lambda: actions.start(actor_of(request), _wish(form, plan, team)))
    except Refused as no:
        return _page(request, form, plan, team, no=str(no.reason), status=409)
    if made["made"] is None:
        raise NotThere
    return redirect(href(request, "series", made["made"]))


def _wish(form: StartForm, plan: Plan, team: Team) -> actions.Wish:
    return actions.Wish(
        team=team,
        method=plan.ref,
        title=plan.title.say(language()),
        people=form.everybody(),
        rhythm_days=form.cleaned_data.get("days") or 0,
        first_at=form.first_at,
    )


def _page(
    request: HttpRequest, form: StartForm, plan: Plan, team: Team, no: str = "", status: int = 200
) -> HttpResponse:
    teams = teams_of(actor_of(request))
    context = {
        "form": form,
        "team": team,
        "teams": [(one.pk, one.name) for one in teams],
        "refused": no,
        "plan": {
            "title": plan.title.say(language()),
            "purpose": plan.purpose.say(language()),
            "not_when": [one.say(language()) for one in plan.not_when],
            "preconditions": [one.say(language()) for one in plan.preconditions],
            "core": plan.core_note.say(language()),
            "short": in_short(plan),
        },
        "invited": len(form["people"].value() or ()),
        "open_more": bool(set(form.errors) & {"people", "others"}),
    }
    return render(request, "series/pages/start.html", context, status=status)
