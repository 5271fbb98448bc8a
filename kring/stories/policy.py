"""Who may read what left a circle, and take it back."""

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule
from kring.people.models import Team
from kring.stories.models import Promise, Story

CLOSER = _("The circle kept this closer.")


@rule("stories.see", about="story")
def see(actor: Actor, story: Story) -> Reason | None:
    """The team reads V4; managers and board above the team also V5; everybody inside V6."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if story.withdrawn_at is not None:
        return CLOSER
    if story.visibility == "V6" and not actor.external:
        return None
    if story.visibility in ("V4", "V5") and story.team_id in actor.teams:
        return None
    if story.visibility == "V5" and actor.holds_any("manager", "board", path=story.team.path):
        return None
    return CLOSER


@rule("stories.withdraw", about="story")
def withdraw(actor: Actor, story: Story) -> Reason | None:
    """Anybody of the team it came from, without a reason: one no is enough, also afterwards."""
    if actor.kind == "person" and story.team_id in actor.teams:
        return None
    return _("Only somebody of the team it came from can take it back.")


@rule("stories.reply", about="story")
def reply(actor: Actor, story: Story) -> Reason | None:
    """Whoever leads the team or stands above it replies; to a request for help everybody inside."""
    if not story.waits:
        return _("Nobody waits for a reply to this any more.")
    no = see(actor, story)
    if no is not None:
        return no
    if story.kind == "help_request" and not actor.external:
        return None
    if actor.holds_any("manager", "board", path=story.team.path):
        return None
    return _("Whoever leads this team, or stands above it, replies to this.")


def _own_promise(actor: Actor, story: Story) -> Reason | None:
    made = Promise.objects.filter(story=story).values_list("promiser", flat=True).first()
    if actor.kind == "person" and made is not None and made == actor.person:
        return None
    return _("Whoever made this promise says how it goes.")


@rule("stories.set_status", about="story")
def set_status(actor: Actor, story: Story) -> Reason | None:
    """The team a prototype came from says how it goes; of a promise, whoever made it."""
    if story.kind == "promise":
        return _own_promise(actor, story)
    if story.kind == "prototype" and actor.kind == "person" and story.team_id in actor.teams:
        return None
    return _("The people who try it say how it goes.")


@rule("stories.send", about="team")
def send(actor: Actor, team: Team) -> Reason | None:
    """Members of a team send a signal or a request for help, on behalf of the team."""
    if actor.kind == "person" and team.pk in actor.teams:
        return None
    return _("Only people of this team send a signal for it.")
