"""How one mail leaves this machine. What waits and when it may go is the outbox's business."""

import smtplib
from types import TracebackType

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend


class AwayError(Exception):
    """The mail server cannot be reached or asks to come back later."""


class RefusedError(Exception):
    """The mail server will never take this letter (a wrong address, for instance)."""


def is_for_good(error: smtplib.SMTPException) -> bool:
    """Whether trying again is useless: 5xx about this letter. Login and protocol trouble is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600 and error.smtp_code not in (530, 535, 552)
    return False


class MailDoor:
    """An open connection; close it by leaving its ``with`` block."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def __enter__(self) -> "MailDoor":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.backend.close()
        except (smtplib.SMTPException, OSError):
            return  # whatever was accepted stays accepted

    def send(self, to: str, subject: str, body: str, message_id: str, language: str) -> None:
        """Hand over one letter; raises ``AwayError`` or ``RefusedError``."""
        letter = EmailMessage(
            subject,
            body,
            to=[to],
            connection=self.backend,
            headers={
                "Message-ID": message_id,
                "Auto-Submitted": "auto-generated",  # no out-of-office answers (RFC 3834)
                "Content-Language": language,
            },
        )
        try:
            letter.send()
        except smtplib.SMTPException as error:
            if is_for_good(error):
                raise RefusedError(type(error).__name__) from error
            raise AwayError(type(error).__name__) from error
        except OSError as error:
            raise AwayError(type(error).__name__) from error
        except ValueError as error:  # a header that cannot exist, such as a line break in it
            raise RefusedError(type(error).__name__) from error


def open_door() -> MailDoor:
    """Connect to the mail server of ``KRING_EMAIL_URL``; raises ``AwayError``."""
    backend = get_connection()
    try:
        backend.open()
    except (smtplib.SMTPException, OSError) as error:
        raise AwayError(type(error).__name__) from error
    return MailDoor(backend)
