"""What the facilitator does before a talk: with each person apart, and with the plan."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kring.base import clock
from kring.base.policy import NotThere, Refused, require
from kring.meetings import screens
from kring.meetings.forms import WhenForm, find_others
from kring.talks import actions
from kring.talks.models import Talk
from kring.talks.rules import Chair, Choice, needs_checks, needs_choice
from kring.talks.views.found import actor_of, day_words, found, href, number_in
from kring.talks.views.talk import carried, choice_words, page
from kring.talks.words import CHECKS


def _chair(request: HttpRequest, one: Talk, number: int) -> Chair:
    require(actor_of(request), "talks.lead", one)
    chair = one.paper.chair(number)
    if chair is None or chair.leads:
        raise NotThere
    return chair


@never_cache
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One person: that you talked, whether it can be safe, and practical wishes."""
    one = found(request, pk)
    chair = _chair(request, one, number)
    if request.method == "GET":
        return _person_page(request, one, chair, "")
    try:
        _write(request, one, chair)
    except Refused as no:
        one.refresh_from_db()
        return _person_page(request, one, _as_typed(request, chair), str(no.reason), status=409)
    return redirect(href(request, "talk", one.pk))


def _write(request: HttpRequest, one: Talk, chair: Chair) -> None:
    actor, sent, key = actor_of(request), request.POST, request.POST.get("key", "")
    beside = sent.get("beside", "")
    actions.prepare(
        actor,
        one,
        key,
        number=chair.number,
        prepared=sent.get("prepared") == "on",
        checks={name: sent.get(f"check_{name}", "") for name in CHECKS},
        wishes=sent.get("wishes", ""),
        beside=number_in(beside) if beside else None,
        consulted=(sent.get("consulted") == "on") if needs_checks(one.script.id) else None,
    )
    choice = sent.get("choice", "")
    if chair.code and choice in set(Choice) and choice != chair.choice and choice:
        actions.choose_on_paper(actor, one, key, number=chair.number, choice=Choice(choice))


def _as_typed(request: HttpRequest, chair: Chair) -> Chair:
    """What was filled in stays on the page when it was refused."""
    sent = request.POST
    beside = sent.get("beside", "")
    checks = {name: sent.get(f"check_{name}", "") for name in CHECKS}
    return chair.model_copy(
        update={
            "prepared": sent.get("prepared") == "on",
            "wishes": sent.get("wishes", ""),
            "checks": checks,
            "beside": number_in(beside) if beside else None,
        }
    )


def _person_page(
    request: HttpRequest, one: Talk, chair: Chair, no: str, status: int = 200
) -> HttpResponse:
    language = get_language() or "nl"
    others = [c for c in one.paper.others if not c.supports]
    context: dict[str, Any] = {
        "talk": one,
        "chair": chair,
        "here": href(request, "talk", one.pk),
        "refused": no,
        "said": choice_words(chair.choice),
        "roles": ", ".join(r.title.say(language) for r in one.script.roles if r.id in chair.roles),
        "needs_checks": needs_checks(one.script.id),
        "can_talk": needs_choice(one.script.id) and not one.is_open,
        "checks": [(name, words, chair.checks.get(name, "")) for name, words in CHECKS.items()],
        "answers": [("yes", _("yes")), ("no", _("no")), ("unsure", _("I am not sure"))],
        "choices": [(c.value, choice_words(c)) for c in Choice if c],
        "besides": [("", _("nobody in particular")), *((str(c.number), c.name) for c in others)],
        "beside": str(chair.beside or ""),
        "paper": href(request, "paper", one.pk, chair.number) if chair.code else "",
    }
    return render(request, "talks/pages/person.html", context, status=status)


@never_cache
@require_GET
def paper(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The paper a guest takes home: neutral words, and twelve letters that are theirs."""
    one = found(request, pk)
    chair = _chair(request, one, number)
    if not chair.code:
        raise NotThere
    code = chair.code
    context = {
        "talk": one,
        "chair": chair,
        "when": day_words(one),
        "place": one.paper.place,
        "leader": ", ".join(leader.name for leader in one.paper.leaders),
        "code": " ".join(code[at : at + 4] for at in range(0, len(code), 4)),
        "address": screens.join_address(),
        "here": href(request, "talk", one.pk),
    }
    return render(request, "talks/pages/paper.html", context)


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """One more person: a colleague by name or address, or a guest by first name."""
    one, actor, sent = found(request, pk), actor_of(request), request.POST
    require(actor, "talks.lead", one)
    try:
        others = find_others(sent.get("who", ""))
    except ValidationError as wrong:
        return page(request, one, no=wrong.messages[0], status=422)
    key, role = sent.get("key", ""), sent.get("role", "")

    def work() -> None:
        for someone in others.people[:1]:
            actions.invite(actor, one, key, person=someone, role=role)
        for name in others.guests[: 0 if others.people else 1]:
            actions.invite(actor, one, key, name=name, role=role)

    return carried(request, one, work)


@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is not asked after all."""
    one, actor, sent = found(request, pk), actor_of(request), request.POST
    require(actor, "talks.lead", one)
    number, key = number_in(sent.get("number", "")), sent.get("key", "")
    return carried(request, one, lambda: actions.leave_out(actor, one, key, number=number))


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, time or place."""
    one, actor = found(request, pk), actor_of(request)
    require(actor, "talks.lead", one)
    form = WhenForm(request.POST)
    if not form.is_valid():
        return page(request, one, no=_("Look at the day and the time once more."), status=422)
    if form.starts_at < clock.now():
        late = _("That moment has passed. Choose one that is still to come.")
        return page(request, one, no=late, status=422)
    cleaned, key = form.cleaned_data, request.POST.get("key", "")
    return carried(
        request,
        one,
        lambda: actions.move_talk(
            actor, one, key,
            starts_at=form.starts_at, minutes=cleaned["minutes"], place=cleaned["place"],
        ),
    )  # fmt: skip


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not go on. Nothing of it stays."""
    one, actor = found(request, pk), actor_of(request)
    require(actor, "talks.lead", one)
    try:
        actions.call_off(actor, one)
    except Refused as no:
        return page(request, one, no=str(no.reason), status=409)
    return redirect(href(request, "list"))


@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """A second facilitator has no part in it either."""
    one, actor, key = found(request, pk), actor_of(request), request.POST.get("key", "")
    require(actor, "talks.lead", one)
    return carried(request, one, lambda: actions.declare(actor, one, key))


@require_POST
def prepare_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the preparation talk with one person."""
    one, actor, sent = found(request, pk), actor_of(request), request.POST
    require(actor, "talks.lead", one)
    number = number_in(sent.get("number", ""))
    small = actions.plan_preparation(actor, one, sent.get("key", ""), number=number)
    return redirect(href(request, "talk", small.pk))


@require_POST
def own_note(request: HttpRequest, pk: int) -> HttpResponse:
    """The facilitator's practical note, gone when the talk closes."""
    one, actor, sent = found(request, pk), actor_of(request), request.POST
    require(actor, "talks.lead", one)
    key, text = sent.get("key", ""), sent.get("text", "")
    return carried(request, one, lambda: actions.write_note(actor, one, key, text=text))
