"""Stories receive what meetings let out; signals ask for a reply and replies come back."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.base import clock
from kring.base.policy import Actor, ask
from kring.meetings import outputs
from kring.meetings.models import Meeting
from kring.methods.format.outputs import OUTPUTS
from kring.people import asks, post
from kring.people.models import Team
from kring.stories.actions import keep
from kring.stories.models import Promise, Reply, Story
from kring.stories.rules import NEWS, WAITING
from kring.web import menu
from kring.web.panels import panel

menu.add(menu.Item(order=40, label=_("What we learnt"), page="stories:list", icon="wheat"))

for kind in OUTPUTS:
    if kind != "agreement":
        outputs.register(kind)(keep)

MOST = 3


@asks.asks("stories.replies")
def replies(actor: Actor, organisation: str, today: date) -> Iterable[asks.Line]:
    """A reply came to what my team sent, for a week; and what waits for a reply of mine."""
    came = Reply.objects.filter(
        story__team__in=actor.teams,
        at__gt=clock.now() - NEWS,
        story__kind__in=WAITING,
        story__in=Story.objects.visible_to(actor),
    )
    newest = came.order_by("-at", "-id").values_list("story_id", "story__text")
    for story_id, text in newest[:MOST] if actor.teams else ():
        yield asks.Line(
            words=gettext("There is a reply to “%(what)s”.") % {"what": truncatechars(text, 70)},
            button=gettext("Read it"),
            href=reverse("stories:story", args=[organisation, story_id]),
            weight=asks.SOME_TIME,
            icon="message-circle-reply",
        )
    leads = [one.path for one in actor.grants if one.role in ("manager", "board")]
    if not leads:
        return
    wanted = reduce(or_, (Q(team__path__startswith=path) for path in leads))
    open_ones = (
        Story.objects.visible_to(actor).waiting().filter(wanted, visibility__in=["V5", "V6"])
    )
    for story in open_ones.only("text", "fields", "released_on")[:MOST]:
        yield asks.Line(
            words=gettext("“%(what)s” waits for a reply.")
            % {"what": truncatechars(story.text, 70)},
            button=gettext("Answer"),
            href=reverse("stories:story", args=[organisation, story.pk]),
            weight=asks.THIS_WEEK,
            due=_due(story),
            icon="radio",
        )


@asks.asks("stories.promises")
def promised(actor: Actor, organisation: str, today: date) -> Iterable[asks.Line]:
    """A promise of mine whose day has come: did others notice it?"""
    rows = Promise.objects.filter(
        promiser=actor.person or 0,
        test_on__lte=today + NEWS,
        story__status="",
        story__withdrawn_at=None,
    )
    first = rows.order_by("test_on", "id").values_list("story_id", "story__text", "test_on")
    for story_id, text, test_on in first[:MOST]:
        yield asks.Line(
            words=gettext("You promised: “%(what)s”. Did others notice it?")
            % {"what": truncatechars(text, 70)},
            button=gettext("Look at it"),
            href=reverse("stories:story", args=[organisation, story_id]),
            weight=asks.THIS_WEEK,
            due=test_on,
            icon="handshake",
        )


def _due(story: Story) -> date:
    """The day before which it is answered, when one was said."""
    said = story.fields.get("answer_by")
    return date.fromisoformat(said) if said else story.released_on


@panel("people.team", order=45)
def of_team(request: HttpRequest, *, team: Team) -> str:
    """What the team sent and still waits for, and the way to send something."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    if not ask(actor, "stories.send", team):
        return ""
    rows = list(Story.objects.visible_to(actor).waiting().filter(team=team).only("text")[:MOST])
    context = {"rows": rows, "team": team}
    return render_to_string("stories/parts/of_team.html", context, request)


@panel("people.team", order=46)
def promises_of_team(request: HttpRequest, *, team: Team) -> str:
    """What was promised in meetings of this team, as far as this reader may see it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    rows = Story.objects.visible_to(actor).filter(kind="promise", team=team, status="")
    rows = rows.select_related("promise").only("text", "promise__test_on")
    found = list(rows.order_by("promise__test_on", "-id")[:MOST])
    if not found:
        return ""
    return render_to_string("stories/parts/promises_of_team.html", {"rows": found}, request)


@panel("meetings.answers", order=10)
def of_meeting(request: HttpRequest, *, meeting: Meeting) -> str:
    """The questions of a meeting with the answers they have by now: so an answer reaches who asked,
    and nobody needs to know who that was."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    asked = Story.objects.visible_to(actor).filter(
        kind="question", visibility="V6", came_from=f"meeting {meeting.pk}"
    )
    rows = list(
        asked.prefetch_related("replies").order_by(F("answered_at").asc(nulls_first=True), "id")
    )
    if not rows:
        return ""
    return render_to_string("stories/parts/of_meeting.html", {"rows": rows}, request)


def _still_there(abouts: set[str]) -> set[str]:
    numbers = [int(one.rpartition(" ")[2]) for one in abouts]
    rows = Story.objects.filter(pk__in=numbers, withdrawn_at=None).values_list("pk", flat=True)
    return {f"story {number}" for number in rows}


post.kind("stories.reply", _("There is a reply to something your team sent"), _still_there)
