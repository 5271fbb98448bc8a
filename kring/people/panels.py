"""What people put in the menu and in slots of other pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from kring.base.policy import ask
from kring.people import demo, login
from kring.people.models import Account
from kring.web import menu, speech
from kring.web.panels import panel

__all__ = ["login"]  # imported for its receiver: it must listen from the start

menu.add(menu.Item(order=10, label=_("My week"), page="home", icon="sun"))


@panel("people.login", order=50)
def demo_faces(request: HttpRequest) -> str:
    """The cast of a demonstration, under the login form."""
    faces = [(face, demo.words_of(face)) for face in demo.faces()]
    if not faces:
        return ""
    return render_to_string("people/parts/demo_faces.html", {"faces": faces}, request)


@panel("web.bottom", order=10)
def me(request: HttpRequest) -> str:
    """Who is logged in, at the bottom of every page; in a demonstration it says so."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.kind != "person":
        return ""
    about = {
        "is_demo": demo.is_demo_session(request),
        "may_administer": bool(ask(actor, "people.administer")),
    }
    return render_to_string("people/parts/me.html", about, request)


@speech.remember
def language_of_account(request: HttpRequest, language: str) -> None:
    """Somebody logged in reads the chosen language everywhere, in letters too."""
    if isinstance(request.user, Account):
        Account.objects.filter(pk=request.user.pk).update(language=language)
