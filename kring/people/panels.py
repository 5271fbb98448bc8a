"""What people put in the menu, in my week, in the personal page and in slots of other pages."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kring.base.policy import Actor, ask
from kring.people import asks, demo, login
from kring.people.forms.people import ROLE_WORDS
from kring.people.knows import Fact, knows
from kring.people.models import (
    Account,
    ApiToken,
    Feed,
    Invitation,
    Letter,
    Membership,
    Notice,
    Person,
    RoleGrant,
)
from kring.people.models.person import Role
from kring.people.views.directory import current
from kring.web import menu, speech
from kring.web.panels import panel

__all__ = ["login"]  # imported for its receiver: it must listen from the start

menu.add(menu.Item(order=10, label=_("My week"), page="home", icon="sun"))
menu.add(menu.Item(order=60, label=_("Teams"), page="teams", icon="circle-dot"))
menu.add(menu.Item(order=70, label=_("Colleagues"), page="people", icon="users"))


@asks.asks("people")
def first_steps(actor: Actor, organisation: str, today: date) -> Iterator[asks.Line]:
    """Who leads a team that is still empty writes down who is in it; who is new tells something."""
    led = actor.led_teams
    rows = Membership.objects.filter(current(), team__path__in=led).order_by("team_id")
    people = Counter(rows.values_list("team_id", "team__name") if led else ())
    for team, name in [team for team, count in people.items() if count < 3]:
        yield asks.Line(
            words=_("Who is in %(team)s? You are nearly alone on the list.") % {"team": name},
            button=_("Begin here"),
            href=f"{reverse('welcome', args=[organisation])}?team={team}",
            weight=asks.TODAY - 5,
            icon="users",
        )
    if Person.objects.filter(pk=actor.me, ask_me_about="").exists():
        yield asks.Line(
            words=_("What may colleagues ask you about? One sentence is enough."),
            button=_("Tell it"),
            href=reverse("me", args=[organisation]),
            weight=asks.SOME_TIME + 20,
            icon="message-circle-question-mark",
        )


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


@panel("people.home.side", order=90)
def may_read(request: HttpRequest) -> str:
    """The way to their own page, for works council, client council and privacy officer."""
    if not ask(request.actor, "people.see_sheet"):  # type: ignore[attr-defined]  # set at the door
        return ""
    return render_to_string("people/parts/may_read.html", {}, request)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


@knows("people 1", title=_("Who you are here"), models=(Person, Account))
def who(person: Person) -> Iterator[Fact]:
    """The person and the account."""
    yield Fact(_("Name"), person.name)
    yield Fact(_("Work mail"), person.email)
    yield Fact(_("Staff code"), person.staff_code)
    yield Fact(_("Layer"), person.layer.name if person.layer else "")
    yield Fact(_("Comes from outside"), str(_("yes") if person.is_external else _("no")))
    yield Fact(_("First day"), _day(person.starts_on))
    yield Fact(_("Last day"), _day(person.ends_on))
    yield Fact(_("What may colleagues ask you about?"), person.ask_me_about)
    yield Fact(_("How to say your name"), person.pronunciation)
    if person.account is not None:
        yield Fact(_("Mail address with which you log in"), person.account.email)
        kinds = Authenticator.objects.filter(user=person.account).values_list("type", flat=True)
        yield Fact(_("Second steps"), ", ".join(sorted(kinds)))


@knows("people 2", title=_("Your teams, now and before"), models=(Membership,))
def teams(person: Person) -> Iterator[Fact]:
    """Every membership with its dates."""
    for one in person.memberships.select_related("team").order_by("starts_on", "pk"):
        yield Fact(one.team.name, f"{_day(one.starts_on)} – {_day(one.ends_on)}".rstrip(" –"))


@knows("people 3", title=_("Your roles"), models=(RoleGrant,))
def roles(person: Person) -> Iterator[Fact]:
    """Every role with its place."""
    for one in person.grants.select_related("unit", "team").order_by("pk"):
        place = one.unit or one.team
        words = str(ROLE_WORDS[Role(one.role)])
        yield Fact(words, str(place.name if place else _("the whole organisation")))


@knows(
    "people 4",
    title=_("Invitations, tokens and letters"),
    models=(Invitation, ApiToken, Feed, Notice, Letter),
)
def post(person: Person) -> Iterator[Fact]:
    """What was sent, and which software may act for this person."""
    for invitation in person.invitations.order_by("made_at"):
        yield Fact(_("Invitation"), f"{invitation.email}, {_day(invitation.made_at.date())}")
    for token in person.tokens.order_by("pk"):
        yield Fact(_("Token for other software"), f"{token.name}, – {_day(token.ends_on)}")
    for feed in person.feeds.select_related("team").order_by("pk"):
        yield Fact(
            _("Calendar address"), feed.team.name if feed.team else _day(feed.made_at.date())
        )
    for waiting in Notice.objects.filter(person=person).order_by("pk"):
        yield Fact(_("Waits for the next letter"), _day(waiting.gather_at.date()))
    for letter in Letter.objects.filter(person=person).order_by("pk"):
        yield Fact(_("Letter"), f"{letter.subject}, {_day(letter.send_after.date())}")
