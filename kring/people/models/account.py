"""An account: how a human logs in. Who they are inside an organisation is a ``Person``."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.base.classes import Level, data


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; mail addresses are compared in lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "Account":
        """Make an account. Without a password nobody can log in until one is set."""
        account = self.model(email=email.strip().lower(), **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """One per human and installation; an external trainer has one account and several persons."""

    DATA = (
        data(
            Level.K2,
            "id email language is_active is_operator created_at",
            readers="self, administrator of the own organisation",
            until="membership + 30 d",
            owner="self",
        ),
        data(Level.K4, "password", readers="nobody", until="until replaced", owner="self"),
    )

    email = models.EmailField(_("mail address"), unique=True)
    language = models.CharField(max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_login = None  # no last-seen (safety §5)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.email
