"""Writing letters: a row in the outbox, in the same transaction as its cause."""

import secrets

from kring.base import clock
from kring.people.models import Letter, Organisation, Person


def write_letter(
    *,
    to: str,
    subject: str,
    body: str,
    language: str,
    cause: str,
    organisation: Organisation | None = None,
    person: Person | None = None,
) -> Letter:
    """A letter that goes out at once. ``cause`` begins its key; every call is a letter of its own.

    Letters that may only go once per cause set ``dedupe_key`` themselves.
    """
    return Letter.objects.create(
        organisation=organisation,
        person=person,
        to_email=to,
        subject=subject[:200],
        body=body,
        language=language,
        dedupe_key=f"{cause[:90]} {secrets.token_hex(12)}",
        send_after=clock.now(),
    )
