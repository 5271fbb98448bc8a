"""Keeping what left a circle, and taking it back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, Refused, require
from kring.meetings.outputs import Harvested
from kring.methods.format.outputs import OUTPUTS
from kring.people import trail
from kring.stories.models import Promise, Reply, Story
from kring.stories.rules import Word, is_final

REGRET = timedelta(hours=1)
"""How long a withdrawn story may come back; then its text is wiped."""
ANSWER_WITHIN = timedelta(days=21)
"""An open question from a large group is answered within three weeks."""
SAID = {"yes": Word.YES, "no": Word.NO, "unknown": Word.NOT_YET}
"""The word of an answer in the hall, and the reply it is."""


def keep(item: Harvested) -> str:
    """Store a harvested item. Fields that name a seat stay out; names come in with a yes only."""
    seats = {field for field in item.fields if item.chosen(field)}
    names = {field: [seat.name for seat in item.chosen(field)] for field in seats}
    if item.named and item.named in item.seats:
        names["from"] = [item.seats[item.named].name]
    story = Story(
        organisation_id=item.meeting.organisation_id,
        team=item.meeting.team,
        kind=item.type,
        text=item.text,
        fields={field: value for field, value in item.fields.items() if field not in seats},
        visibility=item.visibility,
        names=names if item.named or item.visibility == "V4" else {},
        came_from=f"meeting {item.meeting.pk}",
        released_on=clock.now().date(),
        status=item.words("status") or _first_status(item.type),
    )
    if item.type == "question":
        _answered_aloud(story, item)
    else:
        story.save()
    if item.type == "promise":
        _promised(story, item)
    return f"story {story.pk}"


def _promised(story: Story, item: Harvested) -> None:
    """Whose promise it is (self-chosen), so that only that person is asked how it went."""
    people = [seat.person for seat in item.chosen("by_whom") if seat.person]
    made = Promise(story=story, promiser=next(iter(people), None), test_on=item.day("test_on"))
    made.organisation_id = story.organisation_id
    made.save()


def _answered_aloud(story: Story, item: Harvested) -> None:
    """A question the hall asked: the answer it got there is its first reply; without one it waits.

    It is answered before the day that was said, else within three weeks (methods 2.6, 3.2).
    """
    said = SAID.get(item.words("word"))
    if said is None and item.words("answer"):
        said = Word.ANSWER
    by = item.day("answer_by") or clock.now().date() + ANSWER_WITHIN
    final = said is not None and is_final(said)
    told = {} if final else {"answer_by": by.isoformat()}
    story.fields = {"to_whom": item.words("to_whom"), **told}
    story.answered_at = clock.now() if final else None
    story.save()
    if said is None:
        return
    reply = Reply(story=story, word=said, text=item.words("answer"), came_from=story.came_from)
    reply.organisation_id, reply.at = story.organisation_id, clock.now()
    reply.answer_by = by if said is Word.NOT_YET else None
    reply.save()


def _first_status(kind: str) -> str:
    """A prototype begins as an idea; what has no status of its own stays without."""
    return OUTPUTS[kind].statuses[0].id if kind == "prototype" else ""


def withdraw(actor: Actor, story: Story) -> Story:
    """Take it back: out of every list at once. Withdrawing twice is withdrawing once."""
    require(actor, "stories.withdraw", story)
    now = clock.now()
    with transaction.atomic():
        taken = Story.objects.filter(pk=story.pk, withdrawn_at=None)
        if taken.update(withdrawn_at=now, due_at=now + REGRET):
            trail.note(actor, "story.withdrawn", f"story {story.pk}")
    story.refresh_from_db()
    return story


def put_back(actor: Actor, story: Story) -> Story:
    """Undo a withdrawal, for an hour."""
    require(actor, "stories.withdraw", story)
    with transaction.atomic():
        back = Story.objects.filter(pk=story.pk, due_at__gt=clock.now())
        if back.update(withdrawn_at=None, due_at=None):
            trail.note(actor, "story.put_back", f"story {story.pk}")
    story.refresh_from_db()
    if story.withdrawn_at is not None:
        raise Refused(_("It was taken back more than an hour ago. Its text is gone."))
    return story


def wipe_withdrawn(now: datetime) -> int:
    """An hour after the withdrawal nothing is left of the text."""
    due = Story.objects.filter(due_at__lte=now)
    if not due.exists():
        return 0
    Reply.objects.filter(story__due_at__lte=now).delete()  # a reply speaks of what it replies to
    return due.update(text="", fields={}, names={}, due_at=None)
