"""The library: reading methods and protocols, choosing one, printing cards, own copies."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kring.base import clock
from kring.base.policy import NotThere, ask, require
from kring.methods import actions, cards, library
from kring.methods.format.banks import search
from kring.methods.format.package import Answer, Package
from kring.methods.format.shapes import Protocol
from kring.methods.forms import CopyForm
from kring.methods.models import OwnProtocol
from kring.methods.shelf import banks, shipped
from kring.methods.trained import (
    MOST_NAMES,
    covers,
    is_trained,
    learnt_by,
    who_can_lead,
)
from kring.people.door import KringRequest
from kring.people.receipts import once


def inside(request: HttpRequest) -> KringRequest:
    """The request as the door made it, for somebody who may read the library."""
    came = cast(KringRequest, request)
    require(came.actor, "methods.read")
    return came


def package_called(name: str) -> Package:
    """The shipped package, or nothing there."""
    found = shipped().package(name)
    if found is None:
        raise NotThere
    return found


def protocol_called(method: str, name: str) -> Protocol:
    """The shipped protocol, or nothing there."""
    found = shipped().protocol(name, method)
    if found is None:
        raise NotThere
    return found


def copy_called(number: int) -> OwnProtocol:
    """The own copy, or nothing there."""
    found = OwnProtocol.objects.filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


@require_GET
def show_library(request: HttpRequest) -> HttpResponse:
    """Everything there is to hold a meeting with."""
    came = inside(request)
    own = OwnProtocol.objects.visible_to(came.actor).in_use()
    about = {
        "packages": list(shipped().packages.values()),
        "own": [(copy, copy.read()) for copy in own],
        "mine": _mine(came),
        "choosers": [
            (package, chooser)
            for package in shipped().packages.values()
            for chooser in package.choosers
        ],
    }
    return render(request, "methods/pages/library.html", about)


@require_GET
def show_questions(request: HttpRequest) -> HttpResponse:
    """The shared question banks, to read and search."""
    inside(request)
    word, only = request.GET.get("q", "")[:80], request.GET.get("bank", "")
    shelf = search(banks(), word, get_language() or "nl", only) if word or only else []
    about = {
        "word": word,
        "only": only,
        "banks": banks(),
        "shelf": shelf,
        "looked": bool(word or only),
    }
    return render(request, "methods/pages/questions.html", about)


@require_GET
def show_method(request: HttpRequest, method: str) -> HttpResponse:
    """One package: what it stands for, its talks, its path, its cards."""
    came = inside(request)
    package = package_called(method)
    about = {
        "package": package,
        "method": package.method,
        "titles": titles(),
        "mine": _mine(came),
    }
    return render(request, "methods/pages/method.html", about)


def titles() -> dict[str, str]:
    """``package/id`` of each protocol to its title in the reader's language."""
    language = get_language() or "nl"
    return {f"{one.package}/{one.id}": one.title.say(language) for one in shipped().protocols}


def _read(request: HttpRequest, protocol: Protocol, copy: OwnProtocol | None) -> HttpResponse:
    came = inside(request)
    slug = came.organisation.slug
    about = {
        "protocol": protocol,
        "package": shipped().package(protocol.package or ""),
        "copy": copy,
        "pin": copy.pin if copy else library.pin_of(protocol),
        "may_adapt": ask(came.actor, "methods.adapt", copy or protocol),
        "trained": came.actor.person is not None and is_trained(came.actor.person, protocol),
        "with_whom": who_can_lead(came.actor, protocol)[:MOST_NAMES],
        "card": reverse("own_card", args=[slug, copy.pk])
        if copy
        else reverse("protocol_card", args=[slug, protocol.package, protocol.id]),
    }
    return render(request, "methods/pages/protocol.html", about)


@require_GET
def show_protocol(request: HttpRequest, method: str, protocol: str) -> HttpResponse:
    """A protocol, as a facilitator reads it."""
    inside(request)
    return _read(request, protocol_called(method, protocol), None)


@require_GET
def show_own(request: HttpRequest, copy: int) -> HttpResponse:
    """An own copy, with what is different and why."""
    inside(request)
    found = copy_called(copy)
    return _read(request, found.read(), found)


MOST_ANSWERS = 8


@require_GET
def show_chooser(request: HttpRequest, method: str, chooser: str) -> HttpResponse:
    """A short talk, one question at a time. ``?said=``: the answers so far, with dots between them."""
    came = inside(request)
    found = next((one for one in package_called(method).choosers if one.id == chooser), None)
    said = tuple(one for one in request.GET.get("said", "").split(".") if one)
    walk = found.walk(said) if found is not None and len(said) <= MOST_ANSWERS else None
    if found is None or walk is None:
        raise NotThere
    about = {
        "chooser": found,
        "method": method,
        "asked": walk.asked,
        "so_far": "".join(f"{one}." for one in said),
        "number": len(said) + 1,
        "trail": [
            {"asked": question, "answer": answer, "back": ".".join(said[:place])}
            for place, (question, answer) in enumerate(walk.said)
        ],
        "back": ".".join(said[:-1]) if said else None,
    }
    if walk.asked is None:
        about |= _chosen(came, walk.said[-1][1], method)
    return render(request, "methods/pages/chooser.html", about)


def _chosen(came: KringRequest, answer: Answer, method: str) -> dict[str, Any]:
    """The talk at the end of a chooser, why, what else could fit, and who is trained for it."""
    there = _named(answer.protocol or "", method) if answer.not_shipped_yet is None else None
    person = came.actor.person
    return {
        "end": answer,
        "there": there,
        "pin": library.pin_of(there) if there is not None else "",
        "also": [
            (also, when)
            for also, when in ((_named(one.protocol, method), one.when) for one in answer.also)
            if also is not None
        ],
        "trained": there is not None and person is not None and is_trained(person, there),
        "with_whom": who_can_lead(came.actor, there)[:MOST_NAMES] if there is not None else [],
    }


def _named(ref: str, home: str) -> Protocol | None:
    package, _slash, name = ref.rpartition("/")
    return shipped().protocol(name, package or home)


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _size(request: HttpRequest) -> cards.Size:
    sizes: dict[str | None, cards.Size] = {"a4": "a4", "pictures": "pictures"}
    return sizes.get(request.GET.get("size"), "a6")


@require_GET
def protocol_card(request: HttpRequest, method: str, protocol: str) -> HttpResponse:
    """The card of a protocol (``?size=a6``, ``a4`` or ``pictures``)."""
    inside(request)
    found = protocol_called(method, protocol)
    language = get_language() or "nl"
    return _pdf(cards.pdf(found, size=_size(request), language=language), found.id)


@require_GET
def own_card(request: HttpRequest, copy: int) -> HttpResponse:
    """The card of an own copy."""
    inside(request)
    found = copy_called(copy).read()
    language = get_language() or "nl"
    return _pdf(cards.pdf(found, size=_size(request), language=language), found.id)


@require_GET
def loose_card(request: HttpRequest, method: str, card: str) -> HttpResponse:
    """A loose card for on the table."""
    inside(request)
    found = next((one for one in package_called(method).cards if one.id == card), None)
    if found is None:
        raise NotThere
    language = get_language() or "nl"
    return _pdf(cards.loose_pdf(found, size=_size(request), language=language), found.id)


@require_GET
def form_sheet(request: HttpRequest, method: str, form: str) -> HttpResponse:
    """An agreement form to fill in by hand (``?size=large`` for large print)."""
    inside(request)
    found = next((one for one in package_called(method).agreements if one.id == form), None)
    if found is None:
        raise NotThere
    language, large = get_language() or "nl", request.GET.get("size") == "large"
    return _pdf(cards.form_pdf(found, large=large, language=language), found.id)


@require_http_methods(["GET", "POST"])
def copy_protocol(request: HttpRequest, method: str, protocol: str) -> HttpResponse:
    """Make an own version of a protocol."""
    came = inside(request)
    base = protocol_called(method, protocol)
    require(came.actor, "methods.adapt", base)
    form = CopyForm(base, base, request.POST or None)
    return _edit(came, form, None)


@require_http_methods(["GET", "POST"])
def change_own(request: HttpRequest, copy: int) -> HttpResponse:
    """A new edition of an own version."""
    came = inside(request)
    found = copy_called(copy)
    require(came.actor, "methods.adapt", found)
    first = {"name": found.name, "reason": found.reason}
    base = library.protocol_for(found.base_version)
    form = CopyForm(base, found.read(), request.POST or None, initial=first)
    return _edit(came, form, found)


def _edit(came: KringRequest, form: CopyForm, copy: OwnProtocol | None) -> HttpResponse:
    if came.method == "POST" and form.is_valid():
        draft, actor = form.draft(), came.actor

        def do() -> dict[str, int]:
            made = (
                actions.change_copy(actor, copy, draft)
                if copy
                else actions.copy_protocol(actor, form.base, draft)
            )
            return {"copy": made.pk}

        place = f"own protocol {copy.pk if copy else form.base.id}"
        try:
            answer = once(f"person {actor.me} {place}", came.POST.get("key", ""), do)
        except actions.Unfit as unfit:
            form.problems = actions.words_of(unfit.problems)
        else:
            messages.success(came, _("Your version is saved. Everybody can use it now."))
            return redirect("own_protocol", came.organisation.slug, answer["copy"])
    about = {"form": form, "copy": copy, "protocol": form.base}
    wrong = came.method == "POST"
    return render(came, "methods/pages/copy.html", about, status=422 if wrong else 200)


@require_POST
def withdraw_own(request: HttpRequest, copy: int) -> HttpResponse:
    """No longer offer an own version."""
    came = inside(request)
    found = copy_called(copy)
    actions.withdraw_copy(came.actor, found)
    undo = reverse("restore_own", args=[came.organisation.slug, found.pk])
    messages.success(came, _("Your version is no longer offered."), extra_tags=undo)
    return redirect("library", came.organisation.slug)


@require_POST
def restore_own(request: HttpRequest, copy: int) -> HttpResponse:
    """Offer it again."""
    came = inside(request)
    found = copy_called(copy)
    actions.restore_copy(came.actor, found)
    messages.success(came, _("Your version is offered again."))
    return redirect("own_protocol", came.organisation.slug, found.pk)


def _mine(came: KringRequest) -> frozenset[str]:
    """The shipped protocols the reader is trained to lead. One query."""
    learnt = learnt_by(came.actor.person or 0)
    today = clock.now().date()
    return frozenset(
        one.id
        for one in shipped().protocols
        if covers(learnt, method=one.package or "", protocol=one.id, on=today)
    )
