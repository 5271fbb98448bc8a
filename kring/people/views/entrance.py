"""The way in: which organisation, an invitation, a second step, and the demonstration."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core.ratelimit import consume_or_429
from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from kring.base import clock, scope
from kring.people import demo
from kring.people.actions import invitations
from kring.people.actors import running
from kring.people.forms.entrance import Accept
from kring.people.models import Account, Invitation, Organisation, Person


def _too_often(request: HttpRequest, action: str) -> HttpResponse | None:
    slow: HttpResponse | None = consume_or_429(request, action=action)
    return slow


def organisations_of(account: Account) -> list[Organisation]:
    """Where this account belongs today, by name."""
    with scope.everywhere("an account looks for the organisations it belongs to"):
        mine = Person.objects.filter(running(clock.now().date()), account=account)
        return list(Organisation.objects.filter(pk__in=mine.values("organisation")))


@login_not_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the own organisation; where there are more, to the choice; visitors log in."""
    if not isinstance(request.user, Account):
        return redirect("account_login")
    mine = organisations_of(request.user)
    if len(mine) == 1:
        return redirect("home", organisation=mine[0].slug)
    return render(request, "people/pages/choose.html", {"organisations": mine})


def _next(request: HttpRequest) -> str:
    there = request.GET.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else "/"


@require_GET
def second_step(request: HttpRequest) -> HttpResponse:
    """Somebody whose role asks for a second step: confirm the one they have, or set one up."""
    if Authenticator.objects.filter(user=request.user).exists():
        there = urlencode({"next": _next(request)})
        return redirect(f"{reverse('mfa_reauthenticate')}?{there}")
    return render(request, "people/pages/second_step.html")


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
def show_demo(request: HttpRequest) -> HttpResponseBase:
    """The cast; one click goes on as one of them. Not a page outside a demonstration."""
    if not demo.is_on():
        raise Http404
    if request.method == "POST":
        if slow := _too_often(request, "demo"):
            return slow
        face = request.POST.get("face", "")
        demo.become(request, int(face) if face.isdecimal() and len(face) < 19 else 0)
        return redirect("start")
    return render(request, "people/pages/demo.html")


@login_not_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
def invitation(request: HttpRequest, key: str) -> HttpResponseBase:
    """Look at an invitation, and accept it with a button. Opening the link changes nothing."""
    if slow := _too_often(request, "invitation"):
        return slow
    found = invitations.open_invitation(key)
    if found is None:
        return render(request, "people/pages/invitation_gone.html", status=404)
    form = Accept(request.POST or None, email=found.email)
    me = request.user if isinstance(request.user, Account) else None
    if request.method == "POST":
        if me is not None and me.email == found.email:
            invitations.accept_invitation(found, account=me)
            return redirect("welcome", organisation=found.organisation.slug)
        if me is None and not invitations.has_account(found) and form.is_valid():
            return _new(request, found, form)
    about = {
        "invitation": found,
        "form": form,
        "is_mine": me is not None and me.email == found.email,
        "is_somebody_else": me is not None and me.email != found.email,
        "has_account": invitations.has_account(found),
        "next": urlencode({"next": request.path}),
    }
    return render(request, "people/pages/invitation.html", about)


def _new(request: HttpRequest, found: Invitation, form: Accept) -> HttpResponse:
    password = form.cleaned_data["password"]
    account = invitations.accept_invitation(found, account=None, password=password)
    login(request, account, backend=demo.BACKEND)
    record_authentication(request, account, method="invitation")
    if password is None:
        return redirect("mfa_add_webauthn")
    return redirect("welcome", organisation=found.organisation.slug)
