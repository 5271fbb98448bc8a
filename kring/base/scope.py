"""Which organisation this piece of work is about.

Isolation is a property of data, not of views (safety §1.4): a tenant table asked without a scope
raises instead of answering, and a row of another organisation simply is not there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import models


class OutsideScope(RuntimeError):
    """A tenant table was asked while no organisation was chosen."""


class WrongScope(RuntimeError):
    """A row of one organisation was about to be written in the scope of another."""


EVERYWHERE = 0
_current: ContextVar[int | None] = ContextVar("kring_scope", default=None)


def current() -> int | None:
    """Id of the organisation in scope; ``EVERYWHERE`` for the clock; ``None`` outside any."""
    return _current.get()


@contextmanager
def inside(organisation: int) -> Iterator[None]:
    """Work inside one organisation."""
    token = _current.set(organisation)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def everywhere(reason: str) -> Iterator[None]:
    """Work across organisations: the clock, set-up and the operator only. Say why."""
    if not reason:
        raise ValueError("Say why this must see every organisation.")
    token = _current.set(EVERYWHERE)
    try:
        yield
    finally:
        _current.reset(token)


M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M], Generic[M]):
    """Base of every tenant queryset; features add ``visible_to(actor)``."""


class ScopedManager(models.Manager[M], Generic[M]):
    """Answers only within a scope."""

    def get_queryset(self) -> Any:
        scope = _current.get()
        if scope is None:
            raise OutsideScope(f"{self.model.__name__} was asked outside any organisation.")
        rows = super().get_queryset()
        return rows if scope == EVERYWHERE else rows.filter(organisation_id=scope)


class Tenant(models.Model):
    """Base of every table with rows of one organisation."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="+"
    )

    objects = ScopedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save within the scope: the organisation is filled in, and never another's."""
        scope = _current.get()
        if scope is None:
            raise OutsideScope(f"{type(self).__name__} was saved outside any organisation.")
        if scope != EVERYWHERE:
            if self.organisation_id is None:
                self.organisation_id = scope
            elif self.organisation_id != scope:
                raise WrongScope(f"{type(self).__name__} belongs to another organisation.")
        super().save(*args, **kwargs)
