"""Who is trained to lead which talk: the list, and keeping it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base import clock
from kring.base.policy import NotThere, Refused, ask, require
from kring.methods import actions
from kring.methods.models import Trained
from kring.methods.shelf import shipped
from kring.methods.trained import register
from kring.methods.views import inside, titles
from kring.people.actors import running
from kring.people.door import KringRequest
from kring.people.models import Person
from kring.people.receipts import once


@require_GET
def show_trained(request: HttpRequest) -> HttpResponse:
    """Who is trained to lead which talk; whoever keeps the list does that here too."""
    return _trained(inside(request))


def _trained(came: KringRequest, *, no: str = "", status: int = 200) -> HttpResponse:
    may_keep = ask(came.actor, "methods.keep_training")
    seen = Person.objects.visible_to(came.actor)
    rows = Trained.objects.filter(person__in=seen).select_related("person", "recorded_by")
    names, language = titles(), get_language() or "nl"
    methods = {one.method.id: one.method.title.say(language) for one in shipped().packages.values()}
    lines = [
        {
            "row": row,
            "what": names.get(f"{row.method}/{row.protocol}", "")
            if row.protocol
            else methods.get(row.method, row.method),
            "whole": not row.protocol,
            "may_end": bool(ask(came.actor, "methods.end_training", row)),
        }
        for row in rows.order_by("person__name", "person_id", "method", "protocol", "id")
    ]
    about = {
        "register": register(),
        "lines": lines,
        "may_keep": may_keep,
        "people": [(str(one.pk), one.name) for one in _recordable(came)] if may_keep else [],
        "talks": _talks(methods, names) if may_keep else [],
        "refused": no,
        "sent": came.POST,
    }
    return render(came, "methods/pages/trained.html", about, status=status)


def _recordable(came: KringRequest) -> list[Person]:
    here = Person.objects.visible_to(came.actor).filter(running(clock.now().date()))
    return list(here.exclude(pk=came.actor.me).order_by("name", "id"))


def _talks(methods: dict[str, str], names: dict[str, str]) -> list[tuple[str, str]]:
    """Every method as a whole, then each talk of it."""
    found: list[tuple[str, str]] = []
    for method, title in methods.items():
        found.append((method, _("%(method)s: every talk") % {"method": title}))
        found += [
            (ref, f"{title}: {name}") for ref, name in names.items() if ref.startswith(f"{method}/")
        ]
    return found


def _kept(request: HttpRequest, what: str, do: Any) -> HttpResponse:
    came = inside(request)

    def work() -> dict[str, Any]:
        do(came)
        return {}

    try:
        once(f"person {came.actor.me} trained {what}", came.POST.get("key", ""), work)
    except Refused as no:
        return _trained(came, no=str(no.reason), status=409)
    return redirect("trained", came.organisation.slug)


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed) if typed else None
    except ValueError:
        raise Refused(_("This is not a day.")) from None


@require_POST
def open_trained(request: HttpRequest) -> HttpResponse:
    """Write down what the works council decided."""

    def do(came: KringRequest) -> None:
        decided_on, words = _day(came.POST.get("decided_on", "")), came.POST.get("words", "")
        require(came.actor, "methods.keep_training")
        if decided_on is None or not words.strip():
            raise Refused(_("Fill in the day, and where the decision can be read."))
        actions.open_register(came.actor, decided_on=decided_on, words=words)

    return _kept(request, "open", do)


@require_POST
def record_trained(request: HttpRequest) -> HttpResponse:
    """Somebody is trained for a talk, or for all talks of a method."""

    def do(came: KringRequest) -> None:
        require(came.actor, "methods.keep_training")
        number = came.POST.get("person", "")
        seen = Person.objects.visible_to(came.actor)
        person = seen.filter(pk=int(number)).first() if number.isdigit() else None
        if person is None:
            raise NotThere
        method, _slash, protocol = came.POST.get("talk", "").partition("/")
        until = _day(came.POST.get("until", ""))
        actions.record_trained(came.actor, person, method=method, protocol=protocol, until=until)

    return _kept(request, "record", do)


@require_POST
def end_trained(request: HttpRequest, line: int) -> HttpResponse:
    """Take a line away; everybody may do that with their own."""

    def do(came: KringRequest) -> None:
        row = Trained.objects.filter(pk=line).first()
        if row is None:
            raise NotThere
        actions.end_trained(came.actor, row)

    return _kept(request, f"end {line}", do)
