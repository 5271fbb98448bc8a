"""Planning a talk, and the list of one's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kring.base.policy import NotThere, Refused, require
from kring.methods import library
from kring.methods.trained import is_trained
from kring.talks import actions
from kring.talks.forms import TalkForm
from kring.talks.models import Talk, readable
from kring.talks.views.found import actor_of, day_words, href, second_step

MOST = 30
PREPARES = "conference_preparation"  # begun from the page of the talk it prepares
LOOKS_BACK = "restorative_follow_up"


@never_cache
@require_GET
def talks(request: HttpRequest) -> HttpResponse:
    """The talks in which the reader has a chair, and no others."""
    rows = Talk.objects.visible_to(actor_of(request))[: MOST * 2]
    lines = sorted(readable(rows), key=lambda one: one.paper.starts_at, reverse=True)[:MOST]
    context = {"lines": [_line(request, one) for one in lines if one.state != "cancelled"]}
    return render(request, "talks/pages/talks.html", context)


def _line(request: HttpRequest, talk: Talk) -> dict[str, Any]:
    leaders = ", ".join(chair.name for chair in talk.paper.leaders)
    return {
        "href": href(request, "talk", talk.pk),
        "when": day_words(talk),
        "leader": leaders,
        "is_open": talk.is_open,
        "is_over": talk.is_over,
    }


@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, protocol: str) -> HttpResponse:
    """Who, when and where; and why it asks what it asks."""
    script = library.protocol_for(protocol)
    if not script.quiet or script.id in (PREPARES, LOOKS_BACK):
        raise NotThere
    actor = actor_of(request)
    if actor.person and not actor.second_factor and is_trained(actor.person, script):
        return redirect(second_step(request))
    require(actor, "talks.plan", script)
    if request.method == "GET":
        return _page(request, TalkForm(protocol=script), "")
    form = TalkForm(request.POST, protocol=script)
    if not form.is_valid():
        return _page(request, form, "", status=422)
    try:
        talk = actions.plan_talk(actor, form.wish(), request.POST.get("key", ""))
    except Refused as no:
        return _page(request, form, str(no.reason), status=409)
    return redirect(href(request, "talk", talk.pk))


def _page(request: HttpRequest, form: TalkForm, no: str, status: int = 200) -> HttpResponse:
    language, script = get_language() or "nl", form.protocol
    context = {
        "form": form,
        "refused": no,
        "title": script.title.say(language),
        "purpose": script.purpose.say(language),
        "not_when": [one.say(language) for one in script.not_when],
        "preconditions": [one.say(language) for one in script.preconditions],
    }
    return render(request, "talks/pages/plan.html", context, status=status)
