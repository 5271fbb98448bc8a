"""Calendar feeds: the page with a person's addresses, and the feed itself."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.base.policy import Actor, NotThere, require
from kring.people import feeds
from kring.people.models import Feed, Team
from kring.people.receipts import once


@dataclass(frozen=True, slots=True)
class Shelf:
    """One calendar somebody may follow. ``address`` only right after it was made."""

    team: Team | None
    name: str
    feed: Feed | None
    address: str


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed behind a secret address; no session, no cookie, nothing is written."""
    try:
        book, language = feeds.read(secret)
    except NotThere as why:
        raise Http404 from why
    answer = HttpResponse(book, content_type="text/calendar; charset=utf-8")
    answer["Content-Language"] = language
    answer["Cache-Control"] = "private, max-age=900"
    answer["Content-Disposition"] = 'inline; filename="kring.ics"'
    return answer


def calendars(request: HttpRequest) -> HttpResponse:
    """My own calendar and those of my teams: make, renew or take away an address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    require(actor, "people.see_directory")
    teams = list(Team.objects.filter(pk__in=actor.teams).order_by("name", "id"))
    made: dict[int | None, str] = {}
    if request.method == "POST":
        team = next((one for one in teams if str(one.pk) == request.POST.get("team")), None)
        if request.POST.get("team") and team is None:
            raise NotThere
        made = _submit(request, actor, team)
    known = {one.team_id: one for one in Feed.objects.filter(person_id=actor.person or 0)}
    shelves = [
        Shelf(team, team.name if team else _("My own calendar"), known.get(pk), made.get(pk, ""))
        for pk, team in [(None, None), *((one.pk, one) for one in teams)]
    ]
    return render(request, "people/pages/calendars.html", {"shelves": shelves})


def _submit(request: HttpRequest, actor: Actor, team: Team | None) -> dict[int | None, str]:
    key = request.POST.get("key", "").strip()
    if not key:
        raise BadRequest("A form carries a key of its own.")
    who, away = (
        f"person {actor.person} calendar {team.pk if team else 0}",
        bool(request.POST.get("away")),
    )
    secret = feeds.secret_for(actor, team, key)

    def work() -> dict[str, Any]:
        if away:
            feeds.take_away(actor, team)
        else:
            feeds.renew(actor, team, secret)
        return {}

    once(who, key, work)
    return {} if away else {team.pk if team else None: feeds.address(secret)}
