"""Making an agreement."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kring.agreements.actions.ground import note, sign, tidy, today
from kring.agreements.models import Agreement, Taker
from kring.agreements.rules import (
    USUAL_RHYTHM,
    Kind,
    Visibility,
    next_look_back,
    rhythm_within,
)
from kring.base import clock
from kring.base.policy import Actor, Refused, require
from kring.people.models import Person, Team

SAY_WHAT = _("Say in one sentence what you are going to do.")
CHOOSE_YOURSELF = _("Everybody takes something on for themselves; nobody for somebody else.")
NO_TEAM = _("Without a team an agreement is between those who take part.")


class Wishes(TypedDict, total=False):
    """What may be said about a new agreement besides ``what``.

    ``came_from``: plain reference of the meeting it came from ("meeting 12"), where everybody chose
    for themselves what to take on; without one, ``takers`` may hold only the actor. ``guests``:
    names that people without an account gave themselves. The first look back is after one rhythm
    (``rhythm_days``) unless ``look_back_on`` says otherwise.
    """

    how_noticed: str
    rhythm_days: int
    look_back_on: date | None
    ends_on: date | None
    visibility: str
    taken_on_by_team: bool
    takers: Iterable[Person]
    guests: Iterable[str]
    bell_ringer: Person | None
    came_from: str


def make(actor: Actor, *, team: Team | None, what: str, **wishes: Unpack[Wishes]) -> Agreement:
    """Make an agreement and return it; see ``Wishes`` for what else may be said."""
    require(actor, "agreements.make", team)
    takers = list(wishes.get("takers", ()))
    if not wishes.get("came_from") and any(person.pk != actor.person for person in takers):
        raise Refused(CHOOSE_YOURSELF)
    guests = [name for name in (tidy(one, 80) for one in wishes.get("guests", ())) if name]
    agreement = _draft(actor, team, what, wishes)
    with transaction.atomic():
        agreement.save()
        house = agreement.organisation_id
        Taker.objects.bulk_create(
            [Taker(organisation_id=house, agreement=agreement, person=one) for one in takers]
            + [Taker(organisation_id=house, agreement=agreement, guest_name=one) for one in guests]
        )
        sign(agreement, Kind.MADE, agreement.made_at, {})
        note(actor, "made", agreement)
    return agreement


def _draft(actor: Actor, team: Team | None, what: str, wishes: Wishes) -> Agreement:
    now = clock.now()
    visibility = Visibility(wishes.get("visibility", Visibility.TEAM))
    organisation = team.organisation_id if team else actor.organisation
    if organisation is None or (team is None and visibility is not Visibility.PARTIES):
        raise Refused(NO_TEAM)
    text = tidy(what, 400)
    if not text:
        raise Refused(SAY_WHAT)
    rhythm = rhythm_within(wishes.get("rhythm_days", USUAL_RHYTHM))
    agreement = Agreement(
        organisation_id=organisation,
        team=team,
        what=text,
        how_noticed=tidy(wishes.get("how_noticed", ""), 400),
        visibility=visibility.value,
        taken_on_by_team=wishes.get("taken_on_by_team", False),
        rhythm_days=rhythm,
        look_back_on=wishes.get("look_back_on") or next_look_back(today(now), rhythm),
        ends_on=wishes.get("ends_on"),
        bell_ringer=wishes.get("bell_ringer"),
        made_by_id=actor.person,
        came_from=wishes.get("came_from", ""),
        made_at=now,
        changed_at=now,
        last_sign_at=now,
    )
    agreement.set_moments()
    return agreement
