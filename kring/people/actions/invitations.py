"""Inviting somebody, and accepting: how an account comes to be."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kring.base import clock, scope
from kring.base.policy import Actor, Refused, require
from kring.people.actors import actor_of, running
from kring.people.models import Account, Invitation, Organisation, Person
from kring.people.outbox import write_letter
from kring.people.trail import note

LIFE = timedelta(days=14)


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def invite_person(actor: Actor, person: Person) -> Invitation:
    """Invite ``person`` at the mail address they have now; an earlier invitation stops working."""
    require(actor, "people.invite", person)
    if person.account_id is not None:
        raise Refused(_("This person already comes in with an account."))
    if not person.email:
        raise Refused(_("Fill in a mail address first."))
    moment = clock.now()
    person.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=moment)
    key = secrets.token_urlsafe(32)
    invitation = Invitation(
        person=person,
        email=person.email.lower(),
        invited_by_id=actor.person,
        key_digest=digest(key),
        made_at=moment,
        expires_at=moment + LIFE,
    )
    invitation.save()
    _send(invitation, key, actor.name)
    note(actor, "invitation.sent", f"person {person.pk}")
    return invitation


def _send(invitation: Invitation, key: str, by: str) -> None:
    organisation = Organisation.objects.get(pk=invitation.organisation_id)
    with translation.override(organisation.language):
        link = settings.BASE_URL + reverse("invitation", args=[key])
        body = _(
            "Hello {name},\n\n{by} invites you to join {organisation} on Kring, the place where"
            " your team keeps what you agree on and holds good conversations.\n\n{link}\n\n"
            "The link works for fourteen days and only for you."
        ).format(name=invitation.person.name, by=by, organisation=organisation.name, link=link)
        write_letter(
            to=invitation.email,
            subject=_("Join {organisation} on Kring").format(organisation=organisation.name),
            body=body,
            language=organisation.language,
            cause=f"invitation {invitation.pk}",
            organisation=organisation,
            person=invitation.person,
        )


@transaction.atomic
def withdraw_invitation(actor: Actor, invitation: Invitation) -> None:
    """The link no longer works. Withdrawing twice is withdrawing once."""
    require(actor, "people.invite", invitation.person)
    gone = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if gone.update(withdrawn_at=clock.now()):
        note(actor, "invitation.withdrawn", f"person {invitation.person_id}")


def open_invitation(key: str) -> Invitation | None:
    """The invitation this key opens, or ``None``: unknown, used, withdrawn, too old, gone."""
    with scope.everywhere("the key says to which organisation it belongs"):
        found: Invitation | None = (
            Invitation.objects.filter(
                key_digest=digest(key),
                accepted_at=None,
                withdrawn_at=None,
                expires_at__gt=clock.now(),
                person__account=None,
            )
            .select_related("person", "organisation", "invited_by")
            .first()
        )
        if found is None or found.person.email.lower() != found.email:
            return None
        today = Person.objects.filter(running(clock.now().date()), pk=found.person_id)
        return found if today.exists() else None


def has_account(invitation: Invitation) -> bool:
    """Whether the invited address already has an account (only told to who holds the key)."""
    return Account.objects.filter(email=invitation.email).exists()


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, account: Account | None, password: str | None = None
) -> Account:
    """Join with ``account`` (must have the invited address) or with a new one.

    Without a password the new account waits for a passkey. Two clicks accept once.
    """
    with scope.inside(invitation.organisation_id):
        still = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        if not still.update(accepted_at=clock.now()):
            raise Refused(_("This invitation no longer works. Ask for a new one."))
        if account is None:
            if has_account(invitation):
                raise Refused(_("Log in first, then you can go on."))
            account = Account.objects.create_user(
                invitation.email, password, language=invitation.organisation.language
            )
        elif account.email != invitation.email:
            raise Refused(_("This invitation is for another mail address."))
        person = Person.objects.select_for_update().get(pk=invitation.person_id)
        person.account = account
        person.save(update_fields=["account"])
        note(actor_of(person), "invitation.accepted", f"person {person.pk}")
        return account
