"""The page of a talk: preparing (facilitator), choosing (who is invited), agreements (afterwards)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base import clock
from kring.base.policy import Refused, ask, require
from kring.meetings.forms import WhenForm
from kring.talks import actions
from kring.talks.actions.holding import say_missing
from kring.talks.models import Talk
from kring.talks.rules import Chair, Choice, Missing, Status, missing, needs_choice
from kring.talks.views.found import (
    actor_of,
    day_words,
    for_invited,
    found,
    href,
    number_in,
    second_step,
)


def choice_words(choice: Choice) -> str:
    """A choice in words, for who made it and for the facilitator."""
    return {
        Choice.OPEN: _("has not chosen yet"),
        Choice.YES: _("yes"),
        Choice.NOT_YET: _("not yet"),
        Choice.NO: _("no"),
    }[choice]


def status_options() -> list[tuple[str, str]]:
    """The words for how an agreement goes."""
    return [
        (Status.RUNNING.value, _("running")),
        (Status.NOT_YET.value, _("not yet")),
        (Status.CHANGED.value, _("changed")),
        (Status.DONE.value, _("done, or no longer needed")),
    ]


@for_invited
@require_GET
def talk(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What this reader needs of the talk at this moment."""
    return page(request, found(request, pk))


def page(request: HttpRequest, one: Talk, *, no: str = "", status: int = 200) -> HttpResponse:
    """The page; ``no``: why something just asked could not be done.

    Nothing of it shows to who leads before their second step.
    """
    actor = actor_of(request)
    chair = one.chair_of(actor)
    assert chair is not None  # found() made sure
    if chair.leads and not actor.second_factor:
        return redirect(second_step(request, href(request, "talk", one.pk)))
    context: dict[str, Any] = {
        "talk": one,
        "here": href(request, "talk", one.pk),
        "refused": no,
        "when": day_words(one),
        "place": one.paper.place,
        "title": one.script.title.say(get_language() or "nl"),
        "chair": chair,
        "leader": ", ".join(leader.name for leader in one.paper.leaders),
    }
    if one.is_over:
        context |= _afterwards(request, one)
        return render(request, "talks/pages/after.html", context, status=status)
    if chair.leads:
        context |= _preparing(request, one, chair) | _typed(request, one, no)
        return render(request, "talks/pages/prepare.html", context, status=status)
    context |= _choosing(one, chair)
    return render(request, "talks/pages/choose.html", context, status=status)


def _preparing(request: HttpRequest, one: Talk, me: Chair) -> dict[str, Any]:
    language = get_language() or "nl"
    titles = {role.id: role.title.say(language) for role in one.script.roles}
    found_missing = missing(one.paper, one.script)
    lacking = say_missing(one, [each for each in found_missing if not each.chair])
    waiting = {each.chair for each in found_missing if each.chair}
    return {
        "people": [
            _person(request, one, chair, titles, found_missing) for chair in one.paper.others
        ],
        "leaders": [chair.name for chair in one.paper.leaders],
        "missing": lacking,
        "waiting": len(waiting),
        "may_open": not found_missing,
        "needs_choice": needs_choice(one.script.id),
        "declared": me.number in one.paper.declared,
        "note": one.paper.notes.get(me.key, ""),
        "roles": [*titles.items(), ("moderator", _("second facilitator"))],
        "before": [text.say(language) for text in one.script.prepare],
        "run_sheet": _run_sheet(one),
    }


def _typed(request: HttpRequest, one: Talk, no: str) -> dict[str, Any]:
    """What was typed when it was refused; otherwise what stands."""
    sent = request.POST if no else {}
    local = localtime(one.paper.starts_at)
    stands = {
        "day": local.date(),
        "at": local.time(),
        "minutes": one.paper.minutes,
        "place": one.paper.place,
    }
    kept = {"note": sent["text"]} if "text" in sent else {}
    return kept | {
        "who": sent.get("who", ""),
        "as_what": sent.get("role", "supporter"),
        "moving": "day" in sent,
        "form": WhenForm(request.POST) if "day" in sent else WhenForm(initial=stands),
    }


def _person(
    request: HttpRequest,
    one: Talk,
    chair: Chair,
    titles: dict[str, str],
    lacking: Sequence[Missing],
) -> dict[str, Any]:
    beside = one.paper.chair(chair.beside) if chair.beside else None
    notes = [", ".join(titles.get(role, role) for role in chair.roles)]
    if beside is not None:
        notes.append(_("next to %(name)s") % {"name": beside.name})
    return {
        "number": chair.number,
        "name": chair.name,
        "note": " · ".join(note for note in notes if note),
        "choice": choice_words(chair.choice),
        "unsafe": any(each.code == "not_safe" and each.chair == chair.number for each in lacking),
        "unchecked": any(
            each.code == "not_checked" and each.chair == chair.number for each in lacking
        ),
        "prepared": chair.prepared,
        "href": href(request, "person", one.pk, chair.number),
        "paper": href(request, "paper", one.pk, chair.number) if chair.code else "",
    }


def _run_sheet(one: Talk) -> list[dict[str, Any]]:
    language = get_language() or "nl"
    return [
        {
            "title": phase.title.say(language),
            "minutes": phase.minutes,
            "prompts": [p.text.say(language) for step in phase.steps for p in step.prompts],
        }
        for phase in one.script.phases
    ]


def _choosing(one: Talk, chair: Chair) -> dict[str, Any]:
    language = get_language() or "nl"
    beside = one.paper.chair(chair.beside) if chair.beside else None
    return {
        "needs_choice": needs_choice(one.script.id),
        "choice": chair.choice.value,
        "said": choice_words(chair.choice),
        "chosen_on": date_format(chair.choice_on, "j F") if chair.choice_on else "",
        "beside": beside.name if beside else "",
        "wishes": chair.wishes,
        "purpose": one.script.purpose.say(language),
        "never": [text.say(language) for text in one.script.never_record],
    }


def _afterwards(request: HttpRequest, one: Talk) -> dict[str, Any]:
    allowed = bool(ask(actor_of(request), "talks.read_agreements", one))
    paper = one.paper
    words = dict(status_options())
    following = Talk.objects.filter(pk=paper.next or 0).first()
    seen = following is not None and ask(actor_of(request), "talks.see", following)
    return {
        "agreements": [
            {"number": made.number, "text": made.text, "status": made.status.value,
             "words": words[made.status.value]}
            for made in paper.agreements
        ] if allowed else [],
        "ends_on": date_format(paper.ends_on, "j F Y") if paper.ends_on else "",
        "stopped": paper.stopped,
        "options": status_options(),
        "parties": [c.name for c in paper.chairs if c.number in paper.parties],
        "next_href": href(request, "talk", following.pk) if following and seen else "",
        "next_when": day_words(following) if following and seen else "",
        "today": date_format(clock.now().date(), "j F Y"),
    }  # fmt: skip


def carried(
    request: HttpRequest, one: Talk, do: Callable[[], object], there: str = ""
) -> HttpResponse:
    """Run one write; a refusal comes back on the page, nothing is lost."""
    try:
        do()
    except Refused as no:
        one.refresh_from_db()
        return page(request, one, no=str(no.reason), status=409)
    return redirect(there or href(request, "talk", one.pk))


@for_invited
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Yes, not yet or no; today, and again tomorrow."""
    one, actor, sent = found(request, pk), actor_of(request), request.POST
    choice = sent.get("choice", "")
    require(actor, "talks.choose", one)
    if choice not in (Choice.YES, Choice.NOT_YET, Choice.NO):
        return page(request, one, no=_("Choose one of the three. All three are fine."), status=422)
    key = sent.get("key", "")
    return carried(request, one, lambda: actions.choose(actor, one, key, choice=Choice(choice)))


@for_invited
@require_POST
def agreement(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One word about how an agreement goes."""
    one, actor, sent = found(request, pk), actor_of(request), request.POST
    number, status = number_in(sent.get("number", "")), sent.get("status", "")
    if status not in set(Status):
        return page(request, one, no=_("Choose one of the words."), status=422)
    key = sent.get("key", "")
    return carried(
        request,
        one,
        lambda: actions.change_status(actor, one, key, number=number, status=Status(status)),
    )
