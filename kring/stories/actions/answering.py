"""Replying to what waits, and saying how it goes with a prototype."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kring.agreements.actions.ground import tidy, today
from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused, require
from kring.people import trail
from kring.people.actors import running
from kring.people.models import Organisation, Person
from kring.people.post import tell, untell
from kring.stories.models import Reply, Story
from kring.stories.rules import Lacks, Word, is_final, lacks, may_become, needs_words

UNDO = timedelta(minutes=15)
SAY = {
    Lacks.TEXT: _("Write your answer in one or two sentences."),
    Lacks.BECAUSE: _("Say why not. A no with a reason is an answer too."),
    Lacks.DAY: _("Choose the day on which you will answer."),
}


def reply(
    actor: Actor,
    story: Story,
    *,
    word: str,
    text: str = "",
    answer_by: date | None = None,
    came_from: str = "",
) -> Reply:
    """Answer what waits; the team that asked hears of it. ``word``: one of ``rules.Word``.

    ``came_from``: the meeting in which the circle answered; whoever lets a meeting answer checked
    that this meeting may.
    """
    require(actor, "stories.reply", story)
    if word not in set(Word):
        raise NotThere
    # To the minute: a reply is the team's, and must not point at a line elsewhere.
    now, said = clock.now().replace(second=0, microsecond=0), tidy(text, 1000)
    by = answer_by if word == Word.NOT_YET else None
    missing = lacks(Word(word), said, by, today(now))
    if missing is not None:
        raise Refused(SAY[missing])
    with transaction.atomic():
        made = Reply(story=story, word=word, text=said, answer_by=by, came_from=came_from, at=now)
        made.organisation_id = story.organisation_id
        made.save()
        if is_final(Word(word)):
            Story.objects.filter(pk=story.pk).update(answered_at=now)
        trail.note(trail.unnamed(actor), "story.replied", f"story {story.pk}")
        _tell_senders(story, made)
    story.refresh_from_db()
    return made


def _tell_senders(story: Story, made: Reply) -> None:
    """The team it came from is told that there is a reply; what it says is behind the login."""
    day = clock.now().date()
    members = Person.objects.filter(
        running(day),
        running(day, "memberships__starts_on", "memberships__ends_on"),
        memberships__team_id=story.team_id,
    ).distinct()
    slug = Organisation.objects.values_list("slug", flat=True).get(pk=story.organisation_id)
    tell(
        members,
        kind="stories.reply",
        about=f"story {story.pk}",
        page=reverse("stories:story", args=[slug, story.pk]),
        cause=f"reply {made.pk}",
        at=clock.now() + UNDO,
    )


def undo_reply(actor: Actor, made: Reply) -> Story:
    """Take a reply back that went out by mistake, for a quarter of an hour."""
    story = made.story
    was_open, story.answered_at = story.answered_at, None  # the rule speaks of what waits
    require(actor, "stories.reply", story)
    story.answered_at = was_open
    if clock.now() > made.at + UNDO:
        raise Refused(_("The team has been told by now. Send another answer instead."))
    with transaction.atomic():
        untell(f"reply {made.pk}")
        made.delete()
        left = [one.at for one in story.replies.all() if one.is_final]
        Story.objects.filter(pk=story.pk).update(answered_at=max(left, default=None))
        trail.note(trail.unnamed(actor), "story.reply_taken_back", f"story {story.pk}")
    story.refresh_from_db()
    return story


def set_status(actor: Actor, story: Story, *, status: str, learned: str = "") -> Story:
    """Say in a word how it goes with a prototype, and what was learned. A stopped one is learning."""
    require(actor, "stories.set_status", story)
    words = tuple(word.id for word in story.type.statuses)
    said = tidy(learned, 1000)
    if status != story.status and not may_become(story.kind, story.status, status, words):
        raise NotThere
    if needs_words(story.kind, status) and not said:
        raise Refused(_("Say in a sentence what changes, or why it does not work."))
    with transaction.atomic():
        story.status = status
        if said:
            story.fields = {**story.fields, "learned": said}
        story.save(update_fields=["status", "fields"])
        trail.note(actor, f"story.{status}", f"story {story.pk}")
    return story
