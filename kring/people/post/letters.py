"""The outbox worker: every letter goes out once, also when the mail server was away for a day.

A letter is claimed by "update where nobody holds it, exactly one row". The server's acceptance and
our mark cannot be one transaction: when the machine dies exactly between them the letter is offered
again under the same Message-ID, so that mail systems can recognise it. Losing a letter would be
worse.
"""

import hashlib
import logging
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from kring.base import clock, mail
from kring.people.models import Letter, Person
from kring.people.post.rules import KEEP_AFTER_SENDING, LEASE, pause_after

log = logging.getLogger("kring.post")
AT_ONCE = 200  # letters in one pass
SENDING = 2.0  # seconds; opening the door of a mail server costs more than one letter


def write(
    *,
    to: str,
    subject: str,
    body: str,
    cause: str,
    language: str,
    person: Person | None = None,
    organisation: int | None = None,
    send_after: datetime | None = None,
) -> Letter | None:
    """Put a letter in the outbox, in the transaction of its cause; ``None`` when it was there.

    ``cause`` names why it is sent, at most 120 characters; one cause has one letter. Content of
    K3 or K4 and names of others never belong in a letter, only the way to a page behind the login.
    """
    letter, is_new = Letter.objects.get_or_create(
        dedupe_key=cause,
        defaults={
            "organisation_id": organisation or (person.organisation_id if person else None),
            "person": person,
            "to_email": to,
            "subject": " ".join(subject.split()),
            "body": body,
            "language": language,
            "send_after": send_after or clock.now(),
        },
    )
    return letter if is_new else None


def waiting(now: datetime) -> Q:
    """A condition: due, not sent, not given up, and nobody is busy with it."""
    return Q(sent_at__isnull=True, failed_at__isnull=True, send_after__lte=now) & (
        Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    )


def message_id(letter: Letter) -> str:
    """The same for every attempt; says nothing about the cause."""
    words = f"{settings.SECRET_KEY}\n{letter.dedupe_key}".encode()
    host = urlsplit(settings.BASE_URL).hostname or "kring"
    return f"<{hashlib.sha256(words).hexdigest()[:32]}@{host}>"


def send_due(now: datetime) -> int:
    """Send what is due; returns how many letters went out."""
    due = list(Letter.objects.filter(waiting(now)).values_list("pk", flat=True)[:AT_ONCE])
    if not due:
        return 0
    try:
        door = mail.open_door()
    except mail.AwayError as why:
        _postpone_all(now, why)
        return 0
    with door:
        return clock.in_turn(due, lambda number: _send_one(door, number, now), SENDING)


def _send_one(door: mail.MailDoor, number: int, now: datetime) -> bool:
    claimed = Letter.objects.filter(waiting(now), pk=number).update(
        lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    if claimed != 1:
        return False
    letter = Letter.objects.get(pk=number)
    try:
        door.send(letter.to_email, letter.subject, letter.body, message_id(letter), letter.language)
    except mail.RefusedError as why:
        log.warning("Letter %s was refused for good (%s).", letter.pk, why.__class__.__name__)
        _mark(letter, failed_at=now, lease_until=None)
        return False
    except mail.AwayError as why:
        _later(letter, now, why)
        return False
    _mark(letter, sent_at=now, body="", lease_until=None)
    return True


def _mark(letter: Letter, **fields: object) -> None:
    Letter.objects.filter(pk=letter.pk).update(**fields)


def _later(letter: Letter, now: datetime, why: Exception) -> None:
    pause = pause_after(letter.attempts)
    log.warning("Letter %s could not be sent (%s).", letter.pk, why)
    if pause is None:
        _mark(letter, failed_at=now, lease_until=None)
    else:
        _mark(letter, send_after=now + pause, lease_until=None)


def _postpone_all(now: datetime, why: Exception) -> None:
    """The mail server is away: everything that is due waits, each with its own growing pause."""
    log.warning("The mail server is away (%s); letters wait.", why)
    with transaction.atomic():
        due = Letter.objects.filter(waiting(now))
        tried = sorted(set(due.order_by().values_list("attempts", flat=True)), reverse=True)
        for attempts in tried:
            pause = pause_after(attempts + 1)
            of_these = due.filter(attempts=attempts)
            if pause is None:
                of_these.update(failed_at=now, attempts=attempts + 1)
            else:
                of_these.update(send_after=now + pause, attempts=attempts + 1)


def try_again(now: datetime) -> int:
    """Give every letter that was given up a fresh start (the operator mended the cause)."""
    return Letter.objects.filter(failed_at__isnull=False, sent_at__isnull=True).update(
        failed_at=None, attempts=0, send_after=now, lease_until=None
    )


def forget_sent(now: datetime) -> int:
    """Delete rows of letters sent long ago."""
    old = now - KEEP_AFTER_SENDING
    gone = Letter.objects.filter(sent_at__isnull=False, sent_at__lt=old)
    return gone.delete()[0] if gone.exists() else 0
