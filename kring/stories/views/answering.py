"""Signals, questions and requests for help: sending them, seeing what waits, replying."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base.policy import NotThere, Refused, ask, require
from kring.people.models import Team
from kring.stories import actions
from kring.stories.models import Reply, Story
from kring.stories.views.found import actor_of, find, href, shown, submit
from kring.stories.views.reading import page

MOST = 50


def day_in(text: str) -> date | None:
    """A day as a form sends it; None when empty or unreadable."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What still waits for a reply, longest first; as far as this reader may read it."""
    actor = actor_of(request)
    rows = Story.objects.visible_to(actor).waiting().select_related("team")[:MOST]
    lines = [{**shown(one), "may_reply": bool(ask(actor, "stories.reply", one))} for one in rows]
    context = {"lines": lines, "may_send": bool(actor.teams)}
    return render(request, "stories/pages/waiting.html", context)


@require_POST
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Answer it. The team that asked hears of it after a quarter of an hour."""
    one, sent = find(request, number), request.POST

    def do() -> Reply:
        return actions.reply(
            actor_of(request),
            one,
            word=sent.get("word", ""),
            text=sent.get("text", ""),
            answer_by=day_in(sent.get("answer_by", "")),
        )

    try:
        made = submit(request, do)["made"]
    except Refused as no:
        return page(request, one, no=str(no.reason), status=409)
    back = href(request, "undo_reply", made)
    messages.success(request, _("Answered. The team hears of it."), extra_tags=back)
    return redirect(href(request, "story", number))


@require_POST
def undo_reply(request: HttpRequest, number: int) -> HttpResponse:
    """Take a reply back, for a quarter of an hour."""
    made: Reply | None = Reply.objects.select_related("story__team").filter(pk=number).first()
    if made is None or not ask(actor_of(request), "stories.see", made.story):
        raise NotThere
    story, chosen = made.story.pk, made
    submit(request, lambda: actions.undo_reply(actor_of(request), chosen))
    return redirect(href(request, "story", story))


@require_POST
def prototype(request: HttpRequest, number: int) -> HttpResponse:
    """How it goes with a prototype, in a word, and what was learned."""
    one, sent = find(request, number), request.POST

    def do() -> Story:
        status, learned = sent.get("status", ""), sent.get("learned", "")
        return actions.set_status(actor_of(request), one, status=status, learned=learned)

    try:
        submit(request, do)
    except Refused as no:
        return page(request, one, no=str(no.reason), status=409)
    messages.success(request, _("Kept."))
    return redirect(href(request, "story", number))


def _own_team(request: HttpRequest) -> Team:
    teams = Team.objects.filter(pk__in=actor_of(request).teams, closed_on=None).order_by("name")
    asked = request.POST.get("team") or request.GET.get("team") or ""
    found: Team | None = teams.filter(pk=int(asked)).first() if asked.isdigit() else teams.first()
    if found is None:
        raise NotThere
    return found


def send(request: HttpRequest) -> HttpResponse:
    """Send a signal or ask for help, on behalf of your team."""
    team, sent, refused = _own_team(request), request.POST, ""
    require(actor_of(request), "stories.send", team)
    kind = sent.get("kind") or request.GET.get("kind") or "signal"
    if request.method == "POST":

        def do() -> Story:
            return actions.send(
                actor_of(request),
                team,
                kind=kind,
                text=sent.get("text", ""),
                asks=sent.get("asks", ""),
                readers=sent.get("readers", ""),
            )

        try:
            made = submit(request, do)["made"]
        except Refused as no:
            refused = str(no.reason)
        else:
            messages.success(request, _("Sent. It stays on the table until it has a reply."))
            return redirect(href(request, "story", made))
    teams = Team.objects.filter(pk__in=actor_of(request).teams, closed_on=None).order_by("name")
    context: dict[str, Any] = {
        "team": team,
        "teams": [(one.pk, one.name) for one in teams],
        "kind": kind if kind in actions.sending.SENT else "signal",
        "refused": refused,
        "typed": {name: sent.get(name, "") for name in ("text", "asks")},
        "readers": sent.get("readers") or "V5",
    }
    return render(request, "stories/pages/send.html", context, status=409 if refused else 200)
