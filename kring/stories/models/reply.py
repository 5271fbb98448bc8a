"""A reply to something that waited for one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.stories.models.story import Story
from kring.stories.rules import Word, is_final

WORDS = {
    Word.ANSWER: _("Our answer"),
    Word.YES: _("Yes, we take this up"),
    Word.NO: _("No, because"),
    Word.NOT_YET: _("We do not know yet"),
}


class Reply(Tenant):
    """What was answered. Who typed it is not kept: a circle or a manager's desk answers, not a
    person. ``came_from``: plain reference of the meeting it was given in ("meeting 12").
    ``answer_by``: the day the rest follows, with "we do not know yet".
    """

    DATA = (
        data(
            Level.K1,
            "id organisation story word text answer_by came_from at",
            readers="whoever may read what it replies to",
            until="as long as what it replies to",
            owner="who replied",
        ),
    )

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="replies")
    word = models.CharField(
        max_length=10, choices=[(word.value, text) for word, text in WORDS.items()]
    )
    text = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)
    came_from = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(WORDS[Word(self.word)])

    @property
    def is_final(self) -> bool:
        """Nothing waits any more."""
        return is_final(Word(self.word))
