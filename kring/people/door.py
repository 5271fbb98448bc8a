"""The door: finds the organisation in the address and who is asking, once per request.

Inside the door every query is scoped to that organisation. Somebody who does not belong there gets
the same 404 as for an organisation that does not exist.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from kring.base import scope
from kring.base.policy import VISITOR, Actor, NotThere, Refused, ask
from kring.people import demo
from kring.people.actors import actor_for
from kring.people.models import Account, Organisation
from kring.people.tokens import actor_with
from kring.web import terms

# First words of an address that can never be an organisation.
RESERVED = frozenset(
    [
        "account",
        "api",
        "calendar",
        "favicon.ico",
        "healthz",
        "join",
        "language",
        "live",
        "manifest.json",
        "offline",
        "offline.js",
        "outside",
        "privacy",
        "readyz",
        "robots.txt",
        "static",
        "start",
        "theme",
        "ui",
    ]
)


class KringRequest(HttpRequest):
    """A request that came through the door."""

    organisation: Organisation
    actor: Actor


# Other ways in than an account (a guest with a code): registered by the feature that knows them.
OtherWay = Callable[[HttpRequest, Organisation], Actor | None]
other_ways: list[OtherWay] = []
# The same for the public interface: what else a bearer token may be (the pass of a guest).
token_ways: list[Callable[[str], Actor]] = []


class Door:
    """Middleware; the last one, so that session, language and account are known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = VISITOR  # type: ignore[attr-defined]  # the request grows here
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        word = request.path_info.split("/", 2)[1]
        if word == "api":
            return self.with_token(request)
        if word in RESERVED or not word:
            return self.get_response(request)
        organisation = Organisation.objects.filter(slug=word).first()
        if organisation is None:
            return self.get_response(request)
        with scope.inside(organisation.pk):
            actor = self.actor(request, organisation)
            request.organisation = organisation  # type: ignore[attr-defined]  # grows here
            request.actor = actor  # type: ignore[attr-defined]  # grows here
            if actor.kind != "visitor":
                terms.speak(organisation.terms)
            return self.get_response(request)

    def with_token(self, request: HttpRequest) -> HttpResponse:
        """The public interface: the token says which person, and so which organisation."""
        word, _, text = request.headers.get("Authorization", "").partition(" ")
        with scope.everywhere("a token says to which organisation it belongs"):
            actor = actor_with(text.strip()) if word.lower() == "bearer" else VISITOR
            for way in token_ways:
                actor = actor if actor.kind != "visitor" else way(text.strip())
        request.actor = actor  # type: ignore[attr-defined]  # the request grows here
        if actor.organisation is None:
            return self.get_response(request)
        with scope.inside(actor.organisation):
            return self.get_response(request)

    def actor(self, request: HttpRequest, organisation: Organisation) -> Actor:
        """Who asks, inside ``organisation``."""
        if isinstance(request.user, Account):
            methods = request.session.get("account_authentication_methods", [])
            second = any(method.get("method") == "mfa" for method in methods)
            second = second or demo.is_demo_session(request)
            actor = actor_for(request.user, organisation, second_factor=second)
            if actor.kind == "person":
                return actor
        for way in other_ways:
            if guest := way(request, organisation):
                return guest
        return VISITOR

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Take the organisation out of the view's arguments; strangers get a 404."""
        if "organisation" not in kwargs:
            return None
        kwargs.pop("organisation")
        actor: Actor = request.actor  # type: ignore[attr-defined]  # set above
        if not hasattr(request, "organisation"):
            raise Http404
        if actor.kind == "visitor" and request.user.is_authenticated:
            raise Http404
        if not ask(actor, "people.enter", request.organisation):
            there = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('second_step')}?{there}")
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal into a page with its reason, and a hidden object into a 404."""
        if isinstance(error, Refused):
            return render(request, "web/pages/refused.html", {"reason": error.reason}, status=403)
        if isinstance(error, NotThere):
            return render(request, "web/pages/404.html", status=404)
        return None
