"""Logging in: what allauth must do differently here.

Accounts only come from invitations. Mail goes through the outbox, in our own words. Nothing that
is said here tells whether an address has an account.
"""

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from kring.people.login.words import ERRORS, LETTERS, MESSAGES
from kring.people.models import Account
from kring.people.outbox import write_letter

UNKNOWN = "account/email/unknown_account"


def _as_if(email: str) -> None:
    """Strangers get no mail, but asking takes as long: a letter is written and taken away again."""
    with transaction.atomic():
        write_letter(to=email, subject="", body="", language="nl", cause=UNKNOWN).delete()


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our own words, our own outbox, no signing up."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """A closed account answers like one that does not exist, with the right password too."""
        account: Account | None = super().authenticate(request, **credentials)
        return account if account is not None and account.is_active else None

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the letter in the outbox, in the reader's own language."""
        if template_prefix == UNKNOWN:
            _as_if(email)
        letter = LETTERS.get(template_prefix)
        if letter is None:
            return
        account = Account.objects.filter(email=email.lower()).first()
        language = account.language if account else translation.get_language()
        subject, body = letter
        with translation.override(language):
            words = {"link": context.get("password_reset_url", ""), "email": email}
            write_letter(
                to=email,
                subject=str(subject),
                body=str(body).format(**words),
                language=language,
                cause=f"account {template_prefix}",
            )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner that something about logging in changed: no address, no device."""
        self.send_mail(template_prefix, email or user.email, {})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what helps is said; a greeting after every login is noise."""
        said = message or MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the letter: to our own address, whatever host the asker said to come from."""
        names = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=names)
        return str(settings.BASE_URL) + path.replace("UID-KEY", quote(key))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


@receiver(authenticator_added, dispatch_uid="kring.people.login.second_factor_shown")
def second_factor_shown(
    request: HttpRequest, user: Account, authenticator: Authenticator, **more: object
) -> None:
    """Whoever just set up an app or a passkey has just shown it: this session counts as such."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    if authenticator.type in kinds and user.pk == request.user.pk:
        record_authentication(request, user, method="mfa", type=authenticator.type)
