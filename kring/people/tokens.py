"""Making, reading and ending personal tokens.

A token is shown once, when it is made; the database holds only its SHA-256. It says what it is
("kring_…"), so that a leaked one is recognised by scanners and by people.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from kring.base import clock
from kring.base.policy import VISITOR, Actor, NotThere, require
from kring.people.actors import actor_of, running
from kring.people.models import ApiToken, Person
from kring.people.trail import note

PREFIX = "kring_"
LONGEST = 366  # days a token may live


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_token(actor: Actor, *, name: str, days: int = 90) -> tuple[ApiToken, str]:
    """A new token for ``actor`` that lives ``days`` (1 to 366); the text is never shown again."""
    require(actor, "people.keep_tokens")
    text = PREFIX + secrets.token_urlsafe(32)
    today = clock.now().date()
    token = ApiToken(
        person_id=actor.me,
        name=name.strip()[:60],
        digest=_digest(text),
        created_on=today,
        ends_on=today + timedelta(days=max(1, min(days, LONGEST))),
    )
    token.save()
    note(actor, "token.made", f"token {token.pk}")
    return token, text


@transaction.atomic
def end_token(actor: Actor, token: int) -> None:
    """Make a token of the actor useless at once."""
    require(actor, "people.keep_tokens")
    gone, _ = ApiToken.objects.filter(pk=token, person_id=actor.me).delete()
    if not gone:
        raise NotThere
    note(actor, "token.ended", f"token {token}")


def whose(text: str) -> Person | None:
    """The person a token speaks for, today. Runs outside any organisation's scope on purpose."""
    if not text.startswith(PREFIX):
        return None
    today = clock.now().date()
    token = (
        ApiToken.objects.filter(digest=_digest(text), ends_on__gte=today)
        .select_related("person", "organisation", "person__account")
        .first()
    )
    if token is None:
        return None
    return Person.objects.filter(running(today), pk=token.person_id).first()


def actor_with(text: str) -> Actor:
    """The actor behind a token, or a visitor."""
    person = whose(text)
    return actor_of(person) if person else VISITOR
