"""My personal tokens: how other software may act for me."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kring.base.policy import require
from kring.people import tokens as actions
from kring.people.forms.fields import Words
from kring.people.models import ApiToken
from kring.people.views.tools import again, do_once

DAYS = [
    ("30", gettext_lazy("a month")),
    ("90", gettext_lazy("three months")),
    ("365", gettext_lazy("a year")),
]


class NewToken(forms.Form):
    """What a token is for, and how long it lives."""

    name = Words(label=gettext_lazy("What is it for?"), max_length=60)
    days = forms.ChoiceField(
        label=gettext_lazy("How long may it be used?"), choices=DAYS, initial="90"
    )


def tokens(request: Any) -> HttpResponse:
    """The list, and a form for a new one. The text of a token is shown once, right here."""
    require(request.actor, "people.keep_tokens")
    form, text = NewToken(request.POST or None), ""
    if request.method == "POST":
        if before := again(request, "token"):
            messages.info(request, _("That token was made already. Its text is shown only once."))
            return before
        if form.is_valid():
            _token, text = actions.make_token(
                request.actor,
                name=form.cleaned_data["name"],
                days=int(form.cleaned_data["days"]),
            )
            do_once(request, "token", lambda: reverse("tokens", args=[request.organisation.slug]))
            form = NewToken()
    mine = ApiToken.objects.filter(person_id=request.actor.me)
    answer = render(
        request, "people/pages/tokens.html", {"form": form, "tokens": mine, "text": text}
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def end_token(request: Any, pk: int) -> HttpResponse:
    """Make one useless at once."""

    def do() -> str:
        actions.end_token(request.actor, pk)
        messages.success(request, _("That token does not work any more."))
        return reverse("tokens", args=[request.organisation.slug])

    return do_once(request, f"end token {pk}", do)
