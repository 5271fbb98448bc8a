"""Who may read what left a circle, and take it back."""

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule
from kring.stories.models import Story

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
