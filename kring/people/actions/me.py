"""What somebody does with their own details."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kring.base.policy import Actor, require
from kring.people import knows
from kring.people.models import Account, Person
from kring.people.trail import note

PROFILE = ("ask_me_about", "pronunciation")
WISHES = ("digest", "quiet_from", "quiet_until", "easy_read")


@transaction.atomic
def change_me(actor: Actor, person: Person, values: Mapping[str, Any]) -> None:
    """Change what I tell colleagues, and how Kring reaches me."""
    require(actor, "people.change_me", person)
    for name in (*PROFILE, *WISHES):
        if name in values:
            setattr(person, name, values[name])
    person.save(update_fields=[*PROFILE, *WISHES])
    if person.account_id and values.get("language"):
        Account.objects.filter(pk=person.account_id).update(language=values["language"])
    note(actor, "person.changed_self", f"person {person.pk}")


@transaction.atomic
def forget_me(actor: Actor, person: Person) -> None:
    """Erase what may be erased at the owner's wish: what they told about themselves."""
    require(actor, "people.change_me", person)
    for name in PROFILE:
        setattr(person, name, "")
    person.save(update_fields=list(PROFILE))
    for erase in knows.erasers:
        erase(person)
    note(actor, "person.forgot_self", f"person {person.pk}")
