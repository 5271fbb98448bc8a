"""One agreement: its page, making, looking back, changing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kring.agreements import actions
from kring.agreements.actions.ground import myself
from kring.agreements.forms import LookAgain, LookBack, NewAgreement, Wording
from kring.agreements.models import Agreement, Sign
from kring.agreements.rules import Kind, Visibility, condition_is_asked
from kring.agreements.views.several import own_teams, row
from kring.agreements.views.ways import (
    actor_of,
    address,
    day,
    did,
    find,
    say,
    slug_of,
    submit,
    to_agreement,
)
from kring.base.policy import Actor, NotThere, ask, require
from kring.people.models import Person, Team

HISTORY = 30
FITTING_PROTOCOL = "ring_the_bell"


def agreement(request: HttpRequest, number: int) -> HttpResponse:
    """What, who, signs of life, the bell and where it came from."""
    found = find(request, number)
    return render(request, "agreements/pages/agreement.html", _page(request, found))


def _page(request: HttpRequest, found: Agreement) -> dict[str, Any]:
    actor = actor_of(request)
    bell = found.rung.filter(answered_at=None, withdrawn_at=None).first() if found.is_rung else None
    signs = found.signs.filter(undone_at=None).select_related("bell")[:HISTORY]
    questions = list(found.questions.select_related("to")[:5])
    waiting = any(one.replied_at is None for one in questions)
    return {
        "agreement": found,
        "row": row(found, slug_of(request), day()),
        "bell": bell,
        "history": [_ring(one, is_last=not place) for place, one in enumerate(signs)],
        "questions": questions,
        "may_check_in": ask(actor, "agreements.check_in", found),
        "may_ring": ask(actor, "agreements.ring_bell", found),
        "may_answer": ask(actor, "agreements.answer_bell", found),
        "may_change": ask(actor, "agreements.change", found),
        "asks_condition": found.is_open and condition_is_asked(found.bells) and not waiting,
        "i_take_it": actor.person in found.taker_ids(),
        "i_mind_bell": found.bell_ringer_id == actor.person,
        "to_parties": found.visibility == Visibility.PARTIES,
        "again": LookAgain(today=day()),
        "protocol": FITTING_PROTOCOL,
    }


def _make(actor: Actor, given: dict[str, Any]) -> dict[str, Any]:
    me = Person.objects.get(pk=myself(actor))
    made = actions.make(
        actor,
        team=given["team"],
        what=given["what"],
        how_noticed=given["how_noticed"],
        rhythm_days=given["rhythm_days"],
        look_back_on=given["look_back_on"],
        ends_on=given["ends_on"],
        visibility=given["visibility"],
        taken_on_by_team="team" in given["takes"],
        takers=[me] if "me" in given["takes"] else [],
        bell_ringer=me if given["bell"] == "me" else None,
    )
    return {"sign": made.signs.values_list("pk", flat=True).get(), "agreement": made.pk}


def _ring(sign: Sign, *, is_last: bool) -> tuple[str, str, str, str]:
    """One ring of the thread: day and what happened, what was said, no link, and its place."""
    what = str(sign)
    if sign.kind == Kind.ANSWERED and sign.bell:
        what = f"{what}: {sign.bell.answer_word}"
    elif sign.status_word and sign.kind != Kind.ENDED:
        what = f"{what}: {sign.status_word}"
    day = date_format(localtime(sign.at), "j F Y")
    return f"{day} · {what}", sign.words, "", "now" if is_last else "done"


def new(request: HttpRequest) -> HttpResponse:
    """Make an agreement without a meeting."""
    actor = actor_of(request)
    require(actor, "agreements.make")
    mine = own_teams(actor)
    teams = Team.objects.filter(pk__in=[team.pk for team in mine])
    wanted = request.GET.get("team") or (mine[0].pk if len(mine) == 1 else None)
    form = NewAgreement(request.POST or None, teams=teams, today=day(), initial={"team": wanted})
    if request.method == "POST" and form.is_valid():
        done = submit(request, lambda: _make(actor, form.cleaned_data))
        say(request, _("Agreed. You hear from it when it is time to look back."), done["sign"])
        return to_agreement(request, done["agreement"])
    return render(request, "agreements/pages/new.html", {"form": form})


def check_in(request: HttpRequest, number: int) -> HttpResponse:
    """Look back in two minutes on a phone."""
    actor, found = actor_of(request), find(request, number)
    require(actor, "agreements.check_in", found)
    form = LookBack(
        request.POST or None,
        may_change=bool(ask(actor, "agreements.change", found)),
        may_ring=bool(ask(actor, "agreements.ring_bell", found)),
    )
    if request.method == "POST" and form.is_valid():
        status, noticed, then = (form.cleaned_data[name] for name in ("status", "noticed", "then"))

        def work() -> dict[str, Any]:
            if then == "stop":
                return did(actions.end(actor, found, words=noticed))
            if then == "bell":
                return did(actions.ring_bell(actor, found, sentence=noticed))
            return did(actions.check_in(actor, found, status=status, noticed=noticed))

        done = submit(request, work)
        say(request, AFTER_LOOKING[then], done["sign"])
        if then == "adapt":
            return redirect(address(request, "change", number))
        return to_agreement(request, number)
    return render(
        request,
        "agreements/pages/look_back.html",
        {"form": form, "agreement": found, "row": row(found, slug_of(request), day())},
    )


AFTER_LOOKING = {
    "keep": _("Thank you. You look back again after one round of the rhythm."),
    "adapt": _("Thank you. Now change the words so that they fit."),
    "bell": _("The bell rings. Those who agreed hear of it first."),
    "stop": _("The agreement has stopped. Thank you for saying so."),
}


def look_again(request: HttpRequest, number: int) -> HttpResponse:
    """We look again on another day."""
    actor, found = actor_of(request), find(request, number)
    require(actor, "agreements.check_in", found)
    form = LookAgain(request.POST or None, today=day())
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        done = submit(request, lambda: did(actions.look_again(actor, found, on=on)))
        say(request, _("Good. The bell stays quiet until then."), done["sign"])
        return to_agreement(request, number)
    return render(
        request,
        "agreements/pages/agreement.html",
        {**_page(request, found), "again": form},
    )


def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change the words, the rhythm or the days; or stop."""
    actor, found = actor_of(request), find(request, number)
    require(actor, "agreements.change", found)
    names = ("what", "how_noticed", "rhythm_days", "look_back_on", "ends_on")
    initial = {name: getattr(found, name) for name in names}
    form = Wording(request.POST or None, initial=initial, today=day())
    if request.method == "POST" and request.POST.get("stop"):
        done = submit(request, lambda: did(actions.end(actor, found)))
        say(request, AFTER_LOOKING["stop"], done["sign"])
        return to_agreement(request, number)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = submit(request, lambda: did(actions.change(actor, found, **given)))
        say(request, _("Changed."), done["sign"])
        return to_agreement(request, number)
    return render(request, "agreements/pages/change.html", {"form": form, "agreement": found})


@require_POST
def join(request: HttpRequest, number: int) -> HttpResponse:
    """Take it on too."""
    actor, found = actor_of(request), find(request, number)
    require(actor, "agreements.join", found)
    submit(request, lambda: {"joined": actions.join(actor, found).pk})
    say(request, _("You took this on too. You can let it go whenever you want."))
    return to_agreement(request, number)


@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Let it go again."""
    actor, found = actor_of(request), find(request, number)
    submit(request, lambda: {"left": actions.leave(actor, found).pk})
    say(request, _("You let it go. You can join again whenever you want."))
    if ask(actor, "agreements.see", Agreement.objects.get(pk=number)):
        return to_agreement(request, number)
    return redirect(address(request, "agreements"))


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back the last click."""
    actor = actor_of(request)
    seen = Agreement.objects.visible_to(actor)
    sign = Sign.objects.filter(pk=number, agreement__in=seen).select_related("agreement").first()
    if sign is None:
        raise NotThere
    left = submit(request, lambda: {"left": actions.undo(actor, sign) is not None})
    say(request, _("Undone."))
    if left["left"]:
        return to_agreement(request, sign.agreement_id)
    return redirect(address(request, "agreements"))
