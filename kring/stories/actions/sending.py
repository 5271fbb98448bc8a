"""Sending a signal or a request for help without a meeting. The sender is the team."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kring.agreements.actions.ground import tidy
from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused, require
from kring.people import trail
from kring.people.models import Team
from kring.stories.models import Story

SENT = ("signal", "help_request")
READERS = ("V5", "V6")
SUMMARY = {"signal": "what", "help_request": "question"}


def send(actor: Actor, team: Team, *, kind: str, text: str, asks: str = "", readers: str) -> Story:
    """A signal or a request for help from the team. ``readers``: V5 (who steers) or V6 (all)."""
    require(actor, "stories.send", team)
    if kind not in SENT or readers not in READERS:
        raise NotThere
    said = tidy(text, 600)
    if not said:
        raise Refused(_("Write in one sentence what you see or ask."))
    more = "asks" if kind == "signal" else "what_for"
    with transaction.atomic():
        story = Story(
            organisation_id=team.organisation_id,
            team=team,
            kind=kind,
            text=said,
            fields={SUMMARY[kind]: said, more: tidy(asks, 600)},
            visibility=readers,
            came_from=f"team {team.pk}",
            released_on=clock.now().date(),
        )
        story.save()
        trail.note(trail.unnamed(actor), "story.sent", f"story {story.pk}")
    return story
