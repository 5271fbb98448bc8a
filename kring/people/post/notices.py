"""Notices: one thing to tell somebody, gathered into a digest when that person wants it.

A feature registers its kinds at start-up: ``kind("agreements.look_back", _("Time to look back on an
agreement"))``. The words are neutral: what is meant stands on the page behind the login.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.base import clock, scope
from kring.people.actors import running
from kring.people.models import Notice, Person
from kring.people.post.letters import write
from kring.people.post.rules import gather_at

StillMatters = Callable[[set[str]], set[str]]


@dataclass(frozen=True, slots=True)
class KindOfNotice:
    """How a kind is said, and which of its references still matter when the letter is made."""

    words: Promise
    still_matters: StillMatters | None = None


_kinds: dict[str, KindOfNotice] = {}
PEOPLE_AT_ONCE = 100
WAITS = "people.waits"
"""A kind that says of nothing what it is, nor in a table of which feature: see the home page."""


def kind(name: str, words: Promise, still_matters: StillMatters | None = None) -> None:
    """Register a kind. ``still_matters`` gets references and returns those worth a letter."""
    _kinds[name] = KindOfNotice(words, still_matters)


kind(WAITS, gettext_lazy("Something waits for you"))


def tell(
    people: Iterable[Person], *, kind: str, about: str, page: str, cause: str, at: datetime
) -> None:
    """Let ``people`` know, each at the time and in the rhythm they chose; never twice per cause.

    ``page``: address within this installation. ``at``: not before this moment.
    """
    if kind not in _kinds:
        raise ValueError(f"No kind of notice is called {kind}.")
    notices = []
    for person in people:
        when = gather_at(
            at,
            person.digest,  # type: ignore[arg-type]  # one of the four words, checked by its form
            person.quiet_from,
            person.quiet_until,
            ZoneInfo(person.time_zone or settings.TIME_ZONE),
        )
        if when is not None and (person.email or person.account_id):
            notices.append(
                Notice(
                    organisation_id=person.organisation_id,
                    person=person,
                    kind=kind,
                    about=about,
                    page=page,
                    cause=f"{cause} to {person.pk}",
                    gather_at=when,
                )
            )
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def untell(cause: str) -> None:
    """Take back what was not gathered yet (an undo)."""
    Notice.objects.filter(cause__startswith=f"{cause} to ").delete()


def gather_due(now: datetime) -> int:
    """Turn due notices into one letter per person; returns the number of letters."""
    people = list(
        Notice.objects.filter(gather_at__lte=now)
        .order_by()
        .values_list("person_id", flat=True)
        .distinct()[:PEOPLE_AT_ONCE]
    )
    return clock.in_turn(people, lambda person: _gather_for(person, now))


def _gather_for(number: int, now: datetime) -> bool:
    with transaction.atomic():
        person = (
            Person.objects.select_for_update(of=("self",))
            .select_related("account", "organisation")
            .filter(running(now.date()), pk=number)
            .first()
        )
        due = Notice.objects.filter(person_id=number, gather_at__lte=now)
        notices = list(due)
        due.filter(pk__in=[notice.pk for notice in notices]).delete()
        if not notices or person is None:
            return False
        with scope.inside(person.organisation_id):
            worth = _worth_telling(notices)
            return bool(worth) and _letter(person, worth, now)


def _worth_telling(notices: list[Notice]) -> list[Notice]:
    worth: list[Notice] = []
    by_kind = sorted(notices, key=lambda notice: (notice.kind, notice.pk))
    for name, group in groupby(by_kind, key=lambda notice: notice.kind):
        some = list(group)
        known = _kinds.get(name)
        if known and known.still_matters:
            left = known.still_matters({notice.about for notice in some})
            some = [notice for notice in some if notice.about in left]
        worth += some if known else []
    return worth


def _letter(person: Person, notices: list[Notice], now: datetime) -> bool:
    address = person.account.email if person.account else person.email
    language = person.account.language if person.account else person.organisation.language
    if not address:
        return False
    with translation.override(language):
        lines = [
            {"words": str(_kinds[one.kind].words), "address": settings.BASE_URL + one.page}
            for one in notices
        ]
        body = render_to_string(
            "people/parts/digest.txt",
            {"name": person.name, "lines": lines, "base": settings.BASE_URL},
        )
        subject = _("Kring: something waits for you")
    written = write(
        to=address,
        subject=subject,
        body=body,
        cause=f"digest {person.pk} {min(one.pk for one in notices)}",
        language=language,
        person=person,
        send_after=now,
    )
    return written is not None
