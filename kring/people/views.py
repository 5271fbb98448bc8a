"""Pages about people. The home page is put together from panels of all features."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.base import clock, scope
from kring.people.actors import running
from kring.people.models import Account, Organisation, Person


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """To the own organisation; to the login page for visitors."""
    if not isinstance(request.user, Account):
        return redirect("account_login")
    with scope.everywhere("an account looks for the organisations it belongs to"):
        mine = Person.objects.filter(running(clock.now().date()), account=request.user)
        first = Organisation.objects.filter(pk__in=mine.values("organisation")).first()
    return redirect("home", organisation=first.slug) if first else redirect("account_login")


def home(request: HttpRequest) -> HttpResponse:
    """My week."""
    return render(request, "people/pages/home.html")
