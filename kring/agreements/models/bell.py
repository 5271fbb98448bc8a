"""A rung bell, and the question to whoever can change the condition."""

from django.db import models
from django.db.models import Q

from kring.agreements import words
from kring.agreements.models.agreement import READERS, UNTIL, Agreement
from kring.agreements.rules import Answered
from kring.base.classes import Level, data
from kring.base.scope import Tenant


class Bell(Tenant):
    """Somebody said that an agreement does not run, or it fell silent (``missed_at``).

    Without a name: the bell is about the agreement, never about a person. At most one bell of an
    agreement waits for an answer, and one missed look-back rings once.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation agreement sentence rang_at missed_at answer answer_words answered_at"
            " meeting withdrawn_at",
            readers=READERS,
            until=UNTIL,
            owner="those who made it",
        ),
    )

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="rung")
    sentence = models.CharField(max_length=300, blank=True)
    rang_at = models.DateTimeField()
    missed_at = models.DateTimeField(null=True, blank=True)  # the due moment that went by
    answer = models.CharField(max_length=20, choices=words.choices(words.ANSWERED), blank=True)
    answer_words = models.CharField(max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    meeting = models.CharField(max_length=60, blank=True)  # plain reference, "meeting 12"
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # rung by mistake

    class Meta:
        ordering = ["-rang_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_bell",
            ),
            models.UniqueConstraint(
                fields=["agreement", "missed_at"],
                condition=Q(missed_at__isnull=False),
                name="rings_once_per_miss",
            ),
        ]

    @property
    def rang_by_itself(self) -> bool:
        """Whether silence rang it."""
        return self.missed_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def answer_word(self) -> str:
        """By what it was answered, in words."""
        return str(words.ANSWERED[Answered(self.answer)]) if self.answer else ""


class Question(Tenant):
    """After two bells: those who agreed ask whoever can change the condition, with a reply date.

    Always sent by people, never by the clock (reference E23), to a person they choose.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation agreement to asked asked_at reply_by reply replied_at",
            readers=f"{READERS}; the person who is asked reads the question",
            until=UNTIL,
            owner="those who made it",
        ),
    )

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="questions")
    to = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    asked = models.CharField(max_length=400)
    asked_at = models.DateTimeField()
    reply_by = models.DateField()
    reply = models.CharField(max_length=400, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(replied_at__isnull=True),
                name="one_open_question",
            )
        ]

    def __str__(self) -> str:
        return self.asked
