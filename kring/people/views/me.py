"""My own page: what I tell, how Kring reaches me, what Kring knows about me."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base import clock
from kring.base.policy import NotThere
from kring.people import knows
from kring.people.actions import me as actions
from kring.people.forms.people import Me
from kring.people.models import Person
from kring.people.views.tools import do_once


def _mine(request: Any) -> Person:
    found = (
        Person.objects.filter(pk=request.actor.person).select_related("account", "layer").first()
    )
    if found is None:
        raise NotThere
    return found


def me(request: Any) -> HttpResponse:
    """What I tell colleagues and how Kring reaches me."""
    mine = _mine(request)
    now = {name: getattr(mine, name) for name in (*actions.PROFILE, *actions.WISHES)}
    now["language"] = mine.account.language if mine.account else request.organisation.language
    form = Me(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            actions.change_me(request.actor, mine, form.cleaned_data)
            messages.success(request, _("Kept."))
            return reverse("me", args=[request.organisation.slug])

        return do_once(request, "me", do)
    return render(request, "people/pages/me.html", {"form": form, "person": mine})


@require_GET
def known(request: Any) -> HttpResponse:
    """What Kring knows about me: every feature tells its part."""
    about = {"chapters": knows.about(_mine(request))}
    return render(request, "people/pages/known.html", about)


@require_GET
def export(request: Any) -> HttpResponse:
    """The same as a file."""
    told = [
        {
            "chapter": str(chapter.title),
            "kept": [{"readers": one.readers, "until": one.until} for one in chapter.kept],
            "facts": [{"what": str(fact.label), "value": fact.value} for fact in chapter.facts],
        }
        for chapter in knows.about(_mine(request))
    ]
    day = clock.now().date().isoformat()
    content = {"organisation": request.organisation.name, "on": day, "known": told}
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="kring-{day}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def forget(request: Any) -> HttpResponse:
    """Erase what may be erased."""
    mine = _mine(request)

    def do() -> str:
        actions.forget_me(request.actor, mine)
        messages.success(request, _("What you told about yourself is gone."))
        return reverse("known", args=[request.organisation.slug])

    return do_once(request, "forget", do)
