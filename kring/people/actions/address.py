"""Changing the mail address with which somebody logs in.

Nothing is stored until the new address proved to be theirs: the link in the letter is signed and
says which account, from which address, to which. It works once, for the address it names is then
the old one no longer. Whether an address already has an account is told to nobody.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kring.base import scope
from kring.people.actors import actor_of
from kring.people.models import Account, Person
from kring.people.outbox import write_letter
from kring.people.trail import note

SALT = "kring.people.address"
LIFE = timedelta(days=1)


@transaction.atomic
def ask_address(account: Account, email: str) -> None:
    """Send the link to the new address; for one that is taken a letter is written and withdrawn."""
    taken = Account.objects.filter(email=email).exclude(pk=account.pk).exists()
    key = signing.dumps([account.pk, account.email, email], salt=SALT, compress=True)
    with translation.override(account.language):
        link = str(settings.BASE_URL) + reverse("confirm_address", args=[key])
        letter = write_letter(
            to=email,
            subject=_("Is this your mail address?"),
            body=_(
                "Hello,\n\nSomebody wants to log in on Kring with this mail address. Is that you?"
                " Confirm it here, where you are logged in:\n\n{link}\n\nThis link works for one"
                " day. Is it not you? Then you need not do anything."
            ).format(link=link),
            language=account.language,
            cause=f"address {account.pk}",
        )
    if taken:
        letter.delete()


def proposed(account: Account, key: str) -> str | None:
    """The address this link would give the account, or ``None``: not theirs, too old, used."""
    try:
        number, before, email = signing.loads(key, salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    fits = number == account.pk and before == account.email
    return str(email) if fits else None


def change_address(account: Account, key: str) -> bool:
    """Log in with the new address from now on; the old one is told. False: the link is no good."""
    email = proposed(account, key)
    if email is None:
        return False
    before = account.email
    try:
        with transaction.atomic():
            if not Account.objects.filter(pk=account.pk, email=before).update(email=email):
                return False
            _tell_the_old(account, before)
            _note(account)
    except IntegrityError:  # somebody else has it since
        return False
    account.email = email
    return True


def _tell_the_old(account: Account, before: str) -> None:
    with translation.override(account.language):
        write_letter(
            to=before,
            subject=_("Your mail address for logging in was changed"),
            body=_(
                "Hello,\n\nFrom now on your account logs in with another mail address, and no longer"
                " with {email}.\n\nWas this not you? Tell an administrator of your organisation at"
                " once."
            ).format(email=before),
            language=account.language,
            cause=f"address changed {account.pk}",
        )


def _note(account: Account) -> None:
    with scope.everywhere("an account stands in every organisation it belongs to"):
        persons = list(Person.objects.filter(account=account).order_by("pk"))
    for person in persons:
        with scope.inside(person.organisation_id):
            note(actor_of(person), "account.address_changed", f"person {person.pk}")
