"""What other pages, letters and calendars say about agreements."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.agreements.models import Agreement, Question, Taker
from kring.agreements.models.agreement import Agreements
from kring.agreements.views.several import row
from kring.agreements.views.ways import actor_of, day, slug_of
from kring.base.policy import Actor
from kring.people import feeds, post
from kring.people.asks import NOW, THIS_WEEK, TODAY, Line, asks
from kring.people.knows import Fact, knows
from kring.people.models import Person, Team
from kring.web import menu
from kring.web.panels import panel

SHOWN = 5
menu.add(menu.Item(order=25, label=_("Agreements"), page="agreements:agreements", icon="handshake"))


@asks("agreements")
def lines(actor: Actor, organisation: str, today: date) -> Iterable[Line]:
    """Rung bells and look-backs of what I took on, and questions put to me: two queries."""
    now = Q(look_back_on__lte=today) | Q(rung_at__isnull=False)
    mine = Agreement.objects.asking(actor).open().filter(now).most_asking_first()
    for one in mine.only("what", "rung_at", "look_back_on")[:SHOWN]:
        what = {"what": truncatechars(one.what, 80)}
        address = [organisation, one.pk]
        if one.is_rung:
            yield Line(
                words=gettext("The bell rang for “%(what)s”") % what,
                button=gettext("Go and see"),
                href=reverse("agreements:agreement", args=address),
                weight=NOW + 10,
                icon="bell",
            )
        else:
            yield Line(
                words=gettext("Does it still work: “%(what)s”?") % what,
                button=gettext("Look back"),
                href=reverse("agreements:check_in", args=address),
                weight=TODAY,
                due=one.look_back_on,
                icon="eye",
            )
    waiting = Question.objects.filter(to_id=actor.person, replied_at=None).order_by("reply_by")
    for question in waiting.only("reply_by")[:SHOWN] if actor.person else ():
        yield Line(
            words=gettext("A team asks you something about an agreement"),
            button=gettext("Read and reply"),
            href=reverse("agreements:question", args=[organisation, question.pk]),
            weight=THIS_WEEK - 10,
            due=question.reply_by,
            icon="message-circle-question-mark",
        )


@panel("people.me", order=40)
def to_calendars(request: HttpRequest) -> str:
    """The way to the calendar addresses."""
    return render_to_string("agreements/parts/to_calendars.html", {}, request)


@panel("people.home", order=30)
def at_home(request: HttpRequest) -> str:
    """What my teams agreed: the few that ask most."""
    actor = actor_of(request)
    if not actor.teams:
        return ""
    of_teams = Agreement.objects.visible_to(actor).filter(team_id__in=actor.teams)
    return _some(request, of_teams, gettext("What my teams agreed"), None)


@panel("people.team", order=20)
def of_team(request: HttpRequest, *, team: Team) -> str:
    """The agreements of one team, for who may see them."""
    actor = actor_of(request)
    if team.pk not in actor.teams and not actor.holds("facilitator", team.path):
        return ""
    of_this = Agreement.objects.visible_to(actor).filter(team=team)
    return _some(request, of_this, gettext("What we agreed"), team)


def _some(request: HttpRequest, rows: Agreements, title: str, team: Team | None) -> str:
    found = list(rows.open().most_asking_first().for_list(with_team=False)[: SHOWN + 1])
    slug, today = slug_of(request), day()
    context = {
        "rows": [row(one, slug, today) for one in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "title": title,
        "team": team,
    }
    return render_to_string("agreements/parts/some.html", context, request)


@knows("agreements", title=_("Agreements you took on"), models=(Taker, Question))
def taken_on(person: Person) -> Iterable[Fact]:
    """Each agreement somebody took on in person, and each bell they mind."""
    mine = Taker.objects.filter(person=person).select_related("agreement")
    for taker in mine:
        yield Fact(label=_("You took on"), value=taker.agreement.what)
    for agreement in Agreement.objects.filter(bell_ringer=person).order_by("pk"):
        yield Fact(label=_("You mind the bell of"), value=agreement.what)
    for question in Question.objects.filter(to=person):
        yield Fact(label=_("You were asked"), value=question.asked)


@feeds.entries("agreements")
def look_backs(actor: Actor, team: int | None, organisation: str) -> Iterable[feeds.Entry]:
    """Look-back days of what I took on, or of one team; neutral titles, no content."""
    rows = Agreement.objects.visible_to(actor) if team else Agreement.objects.asking(actor)
    rows = rows.open().filter(team_id=team) if team else rows.open()
    for one in rows.order_by("look_back_on", "pk")[: feeds.MOST]:
        yield feeds.Entry(
            uid=f"agreement {one.pk}",
            title=gettext("Look back on an agreement"),
            on=one.look_back_on,
            changed_at=one.changed_at,
            version=one.version,
            page=reverse("agreements:check_in", args=[organisation, one.pk]),
        )


def _number(about: str) -> int:
    return int(about.rpartition(" ")[2])


def _still_open(abouts: set[str]) -> set[str]:
    """References of agreements that did not stop meanwhile."""
    rows = Agreement.objects.filter(pk__in=[_number(one) for one in abouts], ended_at=None)
    return {f"agreement {number}" for number in rows.values_list("pk", flat=True)}


def _still_rung(abouts: set[str]) -> set[str]:
    rows = Agreement.objects.filter(
        pk__in=[_number(one) for one in abouts], rung_at__isnull=False, ended_at=None
    )
    return {f"agreement {number}" for number in rows.values_list("pk", flat=True)}


def _still_asked(abouts: set[str]) -> set[str]:
    rows = Question.objects.filter(pk__in=[_number(one) for one in abouts], replied_at=None)
    return {f"question {number}" for number in rows.values_list("pk", flat=True)}


post.kind("agreements.look_back", _("An agreement asks you to look back"), _still_open)
post.kind("agreements.bell", _("The bell of one of your agreements rang"), _still_rung)
post.kind("agreements.question", _("Somebody asks you a question about an agreement"), _still_asked)
