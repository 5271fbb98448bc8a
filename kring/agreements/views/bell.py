"""Ringing the bell, answering it, minding it, and asking whoever can change the condition."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kring.agreements import actions
from kring.agreements.actions.answering import NOT_YET_ASKED
from kring.agreements.actions.ground import myself
from kring.agreements.forms import AnswerBell, AskCondition, Reply, RingBell
from kring.agreements.models import Agreement, Question
from kring.agreements.policy import may_read_question
from kring.agreements.rules import condition_is_asked
from kring.agreements.views.ways import (
    actor_of,
    address,
    day,
    did,
    find,
    say,
    submit,
    to_agreement,
)
from kring.base.policy import NotThere, Refused, require
from kring.base.policy import ask as may
from kring.people.actors import running
from kring.people.models import Person, RoleGrant


def ring(request: HttpRequest, number: int) -> HttpResponse:
    """Say, without blame, that it does not work."""
    actor, found = actor_of(request), find(request, number)
    require(actor, "agreements.ring_bell", found)
    form = RingBell(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["sentence"]
        done = submit(request, lambda: did(actions.ring_bell(actor, found, sentence=said)))
        say(request, _("The bell rings. Those who agreed hear of it first."), done["sign"])
        return to_agreement(request, number)
    return render(request, "agreements/pages/ring.html", {"form": form, "agreement": found})


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer the bell that waits."""
    actor, found = actor_of(request), find(request, number)
    require(actor, "agreements.answer_bell", found)
    bell = found.rung.filter(answered_at=None, withdrawn_at=None).first()
    chosen = {"answer": request.GET.get("answer", ""), "what": found.what}
    form = AnswerBell(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = submit(
            request,
            lambda: did(
                actions.answer_bell(
                    actor,
                    found,
                    answer=given["answer"],
                    words=given["words"],
                    what=given["what"],
                )
            ),
        )
        say(request, _("The bell is answered. A new round begins."), done["sign"])
        return to_agreement(request, number)
    if bell is None:
        return to_agreement(request, number)
    return render(
        request, "agreements/pages/answer.html", {"form": form, "agreement": found, "bell": bell}
    )


@require_POST
def mind_bell(request: HttpRequest, number: int) -> HttpResponse:
    """Mind the bell oneself (``who=me``) or let it go (``who=nobody``)."""
    actor, found = actor_of(request), find(request, number)
    mine = request.POST.get("who") == "me"
    require(actor, "agreements.join" if mine else "agreements.change", found)
    to = Person.objects.get(pk=myself(actor)) if mine else None
    done = submit(request, lambda: did(actions.hand_over_bell(actor, found, to=to)))
    say(request, _("You mind the bell now.") if mine else _("Done."), done["sign"])
    return to_agreement(request, number)


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """After two bells: ask whoever can change the condition."""
    actor, found = actor_of(request), find(request, number)
    require(actor, "agreements.ask_condition", found)
    if not condition_is_asked(found.bells):
        raise Refused(NOT_YET_ASKED)
    form = AskCondition(request.POST or None, today=day(), people=_who_can_change(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def work() -> dict[str, object]:
            made = actions.ask_condition(
                actor, found, to=given["to"], asked=given["asked"], reply_by=given["on"]
            )
            return {"question": made.pk}

        submit(request, work)
        say(request, _("Your question is on its way. It stays here until there is a reply."))
        return to_agreement(request, number)
    return render(request, "agreements/pages/ask.html", {"form": form, "agreement": found})


def _who_can_change(found: Agreement) -> QuerySet[Person]:
    """Whoever leads the team or a part of the organisation above it, and the board."""
    now = day()
    people = Person.objects.filter(running(now))
    path = found.team.path if found.team else ""
    roles = RoleGrant.objects.filter(role__in=["manager", "board"]).select_related("unit", "team")
    places = [(one.person_id, one.unit or one.team) for one in roles]
    above = [person for person, place in places if path.startswith(place.path if place else "")]
    leads = people.filter(memberships__team=found.team, memberships__is_manager=True)
    return people.filter(pk__in=[*above, *leads.values_list("pk", flat=True)]).order_by(
        "name", "id"
    )


def question(request: HttpRequest, number: int) -> HttpResponse:
    """The question and its reply: for who was asked, and for everybody who sees the agreement."""
    actor = actor_of(request)
    found = (
        Question.objects.select_related("agreement__team", "to")
        .prefetch_related("agreement__takers")
        .filter(pk=number)
        .first()
    )
    if found is None or not may_read_question(actor, found):
        raise NotThere
    form = Reply(request.POST or None)
    if request.method == "POST":
        require(actor, "agreements.reply", found)
        if form.is_valid():
            words = form.cleaned_data["words"]
            submit(request, lambda: {"question": actions.reply(actor, found, words=words).pk})
            say(request, _("Thank you. Your reply stands with the agreement."))
            return redirect(address(request, "question", number))
    return render(
        request,
        "agreements/pages/question.html",
        {"question": found, "form": form, "may_reply": may(actor, "agreements.reply", found)},
    )
