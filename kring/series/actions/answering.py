"""A circle answers, in its meeting, what waited on its table."""

from datetime import date

from django.db import transaction
from django.db.models import F

from kring.base import wake
from kring.base.policy import Actor, NotThere, ask, require
from kring.meetings.models import Meeting
from kring.series.actions.ground import on_behalf_of
from kring.series.models import Sitting
from kring.series.table import waiting
from kring.stories import actions as stories
from kring.stories.models import Reply


def reply_in_meeting(
    actor: Actor,
    meeting: Meeting,
    *,
    story: int,
    word: str,
    text: str = "",
    answer_by: date | None = None,
) -> Reply:
    """The moderator writes down what the circle answers. Only what lies on this
    table and they may read themselves."""
    require(actor, "meetings.moderate", meeting)
    sitting = Sitting.objects.select_related("series__team__unit").filter(meeting=meeting).first()
    found = waiting(sitting.series).filter(pk=story).first() if sitting is not None else None
    if found is None or not ask(actor, "stories.see", found):
        raise NotThere
    with transaction.atomic():
        made = stories.reply(
            on_behalf_of(actor),
            found,
            word=word,
            text=text,
            answer_by=answer_by,
            came_from=f"meeting {meeting.pk}",
        )
        Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
        wake.ring_after_commit(f"meeting:{meeting.pk}")
    return made
