"""Answering a bell, and asking whoever can change the condition."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kring.agreements.actions.ground import (
    close_bell,
    fresh,
    note,
    page_of,
    settle,
    sign,
    tidy,
    today,
)
from kring.agreements.actions.living import chosen_day, end
from kring.agreements.models import Agreement, Question, Sign
from kring.agreements.models.agreement import remember
from kring.agreements.rules import Answered, Kind, Status, condition_is_asked, may_look_again_on
from kring.base import clock
from kring.base.policy import Actor, Refused, require
from kring.people.models import Person
from kring.people.post import tell

NO_BELL = _("No bell waits for an answer.")
SAY_WHY = _("Say in one sentence why you keep it as it is.")
SAY_HOW = _("Write down how you say it now.")
NOT_YET_ASKED = _("First talk about it together. After a second bell you can ask somebody else.")
SAY_QUESTION = _("Write your question in one or two sentences.")
SAY_REPLY = _("Write your reply in one or two sentences.")
ALREADY_ASKED = _("A question already waits for a reply.")
REPLY_DAY = _("Choose a day after today for the reply.")


def answer_bell(
    actor: Actor,
    agreement: Agreement,
    *,
    answer: str,
    words: str = "",
    what: str = "",
    meeting: str = "",
    look_again_on: date | None = None,
) -> Sign:
    """Answer the bell of ``agreement``; the answer is a sign of life and begins a new rhythm.

    ``answer``: conversation (``meeting`` may hold its plain reference), changed (``what``: the new
    sentence), adapted, no_longer_needed, or explanation (``words`` compulsory).
    """
    chosen = Answered(answer)
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.answer_bell", agreement)
        if not agreement.is_rung:
            raise Refused(NO_BELL)
        said, text = tidy(words, 400), tidy(what, 400)
        if chosen is Answered.NO_LONGER_NEEDED:
            return end(actor, agreement, words=said)
        if chosen is Answered.EXPLANATION and not said:
            raise Refused(SAY_WHY)
        if chosen is Answered.CHANGED and not text:
            raise Refused(SAY_HOW)
        now, before = clock.now(), remember(agreement)
        if chosen in (Answered.CHANGED, Answered.ADAPTED):
            agreement.status, agreement.bells = Status.ADAPTED.value, 0
            agreement.what = text or agreement.what
        agreement.last_sign_at = now
        agreement.look_back_on = chosen_day(agreement, look_again_on, today(now))
        bell = close_bell(agreement, chosen, now, said, meeting[:60])
        settle(agreement, now)
        made = sign(agreement, Kind.ANSWERED, now, before, words=said, bell=bell)
        note(actor, "bell_answered", agreement)
    return made


def ask_condition(
    actor: Actor, agreement: Agreement, *, to: Person, asked: str, reply_by: date
) -> Question:
    """After two bells: ask ``to``, who can change the condition, and say by when you hope to hear."""
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.ask_condition", agreement)
        if not condition_is_asked(agreement.bells):
            raise Refused(NOT_YET_ASKED)
        if agreement.questions.filter(replied_at__isnull=True).exists():
            raise Refused(ALREADY_ASKED)
        now = clock.now()
        if not may_look_again_on(today(now), reply_by):
            raise Refused(REPLY_DAY)
        text = tidy(asked, 400)
        if not text:
            raise Refused(SAY_QUESTION)
        question = Question(
            organisation_id=agreement.organisation_id,
            agreement=agreement,
            to=to,
            asked=text,
            asked_at=now,
            reply_by=reply_by,
        )
        question.save()
        note(actor, "condition_asked", agreement)
        tell(
            [to],
            kind="agreements.question",
            about=f"question {question.pk}",
            page=page_of(agreement, "agreements:question", question.pk),
            cause=f"question {question.pk}",
            at=now,
        )
    return question


def reply(actor: Actor, question: Question, *, words: str) -> Question:
    """Reply to the question; it stays with the agreement for everybody who sees that."""
    with transaction.atomic():
        question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        require(actor, "agreements.reply", question)
        text = tidy(words, 400)
        if not text:
            raise Refused(SAY_REPLY)
        question.reply, question.replied_at = text, clock.now()
        question.save(update_fields=["reply", "replied_at"])
        note(actor, "condition_replied", question.agreement)
    return question
