"""Who may see an agreement, look back, ring the bell, answer it or change it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.agreements.models import Agreement, Question
from kring.agreements.rules import Visibility
from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule
from kring.people.models import Team

NOT_YOURS = _("This agreement belongs to another team.")
NOT_TAKEN_ON = _("Only those who took this on can do this. You can join them.")
STOPPED = _("This agreement has stopped.")


def is_in_team(actor: Actor, agreement: Agreement) -> bool:
    """Member of the team today, or its facilitator."""
    team = agreement.team
    if team is None:
        return False
    return team.pk in actor.teams or actor.holds("facilitator", team.path)


def took_on(actor: Actor, agreement: Agreement) -> bool:
    """Took it on in person, or as a member of the team that did."""
    if actor.person is None:
        return False
    as_team = agreement.taken_on_by_team and agreement.team_id in actor.teams
    return as_team or actor.person in agreement.taker_ids()


def sees(actor: Actor, agreement: Agreement) -> bool:
    """The same question as ``Agreement.objects.visible_to`` asks the database."""
    if actor.person is None or actor.organisation != agreement.organisation_id:
        return False
    if agreement.visibility == Visibility.TEAM:
        if is_in_team(actor, agreement):
            return True
    elif agreement.made_by_id == actor.person:
        return True
    return agreement.bell_ringer_id == actor.person or actor.person in agreement.taker_ids()


def takes_part(actor: Actor, agreement: Agreement) -> bool:
    """Whoever may speak for the group: took it on, minds the bell, or wrote it down."""
    mine = (agreement.bell_ringer_id, agreement.made_by_id)
    return took_on(actor, agreement) or (actor.person is not None and actor.person in mine)


def _unless(allowed: bool, reason: Reason) -> Reason | None:
    return None if allowed else reason


@rule("agreements.see", about="agreement")
def see(actor: Actor, agreement: Agreement) -> Reason | None:
    """The team and its facilitators; between parties only who takes part. A manager as such not."""
    return _unless(sees(actor, agreement), NOT_YOURS)


@rule("agreements.make", about="team")
def make(actor: Actor, team: Team | None) -> Reason | None:
    """Members of the team and its facilitators; without a team anybody, for the parties only."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if team is None or team.pk in actor.teams or actor.holds("facilitator", team.path):
        return None
    return _("You can make agreements in your own teams.")


@rule("agreements.check_in", about="agreement")
def check_in(actor: Actor, agreement: Agreement) -> Reason | None:
    """Everybody who sees the agreement may say how it goes, while it runs."""
    return see(actor, agreement) or _unless(agreement.is_open, STOPPED)


@rule("agreements.ring_bell", about="agreement")
def ring_bell(actor: Actor, agreement: Agreement) -> Reason | None:
    """The agreed bell ringer and everybody else who sees it, unless a bell already waits."""
    if reason := check_in(actor, agreement):
        return reason
    return _unless(not agreement.is_rung, _("The bell already rang and waits for an answer."))


@rule("agreements.answer_bell", about="agreement")
def answer_bell(actor: Actor, agreement: Agreement) -> Reason | None:
    """First those who agreed: who took it on, minds the bell or wrote it down; facilitators too."""
    if reason := check_in(actor, agreement):
        return reason
    team = agreement.team
    guides = team is not None and actor.holds("facilitator", team.path)
    return _unless(takes_part(actor, agreement) or guides, NOT_TAKEN_ON)


@rule("agreements.change", about="agreement")
def change(actor: Actor, agreement: Agreement) -> Reason | None:
    """The same people as answer the bell: an agreement is changed by those who made it."""
    return answer_bell(actor, agreement)


@rule("agreements.join", about="agreement")
def join(actor: Actor, agreement: Agreement) -> Reason | None:
    """Everybody who sees it may take it on too; nobody can be put on it by somebody else."""
    return check_in(actor, agreement)


@rule("agreements.ask_condition", about="agreement")
def ask_condition(actor: Actor, agreement: Agreement) -> Reason | None:
    """Those who agreed may ask whoever can change the condition. The clock never does."""
    return change(actor, agreement)


@rule("agreements.reply", about="question")
def reply(actor: Actor, question: Question) -> Reason | None:
    """Only the person who was asked replies."""
    mine = actor.person is not None and question.to_id == actor.person
    return _unless(mine, _("This question was put to somebody else."))


def may_read_question(actor: Actor, question: Any) -> bool:
    """The person who was asked, and everybody who sees the agreement."""
    return question.to_id == actor.person or sees(actor, question.agreement)
