"""A protocol that asks for a trained moderator is led by nobody else, on every way to the lead."""

from datetime import date

import pytest
from django.utils import translation

from kring.base.policy import Refused
from kring.meetings import actions
from kring.meetings.models import Lease, Meeting
from kring.meetings.tests.conftest import plan_of
from kring.meetings.tests.scripts import talk
from kring.methods import actions as methods
from kring.methods.models import Trained


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def guarded():
    return talk(id="gossip_method", package="good_practice_intervisie", moderator_trained=True)


@pytest.fixture
def trained(linde):
    methods.open_register(linde.actor("ali"), decided_on=date(2026, 1, 5), words="Verslag 3")
    return methods.record_trained(
        linde.actor("ali"), linde.people["sami"], method="good_practice_intervisie"
    )


def test_planned_only_with_a_trained_moderator(linde, guarded):
    with pytest.raises(Refused, match="Nobody here is on record"):
        actions.plan_meeting(linde.actor("sami"), plan_of(linde, protocol=guarded))
    assert Meeting.objects.count() == 0


@pytest.mark.usefixtures("trained")
def test_every_way_to_the_lead_is_closed_to_others(linde, guarded):
    sami, noor = linde.actor("sami"), linde.actor("noor")
    with pytest.raises(Refused, match="together with Sami"):
        actions.plan_meeting(noor, plan_of(linde, protocol=guarded, people=()))
    meeting = actions.plan_meeting(sami, plan_of(linde, protocol=guarded))
    seat = meeting.seats.get(person=linde.people["noor"])
    for attempt in (
        lambda: actions.plan_roles(sami, meeting, seat, ("moderator",)),
        lambda: actions.invite_person(sami, meeting, linde.people["fleur"], roles=("moderator",)),
        lambda: actions.invite_guest(sami, meeting, name="Kees", roles=("moderator",)),
    ):
        with pytest.raises(Refused, match="trained"):
            attempt()
    actions.open_meeting(sami, meeting)
    for one in (sami, noor):
        actions.join(one, meeting)
    for asked in (
        {"kind": "hand_over", "to": seat.key},
        {"kind": "give_role", "role": "moderator", "seat": seat.key},
    ):
        done = actions.do(sami, meeting, asked, f"key-{asked['kind']}")
        assert done.refused is not None
        assert done.refused.code == "not_trained"
    Lease.objects.all().delete()
    with pytest.raises(Refused, match="trained"):
        actions.take_over(noor, meeting, "key-take-over")


def test_training_that_was_taken_away_closes_the_door_until_somebody_trained_comes(
    linde, guarded, trained
):
    meeting = actions.plan_meeting(linde.actor("sami"), plan_of(linde, protocol=guarded))
    methods.end_trained(linde.actor("sami"), trained)
    assert Trained.objects.count() == 0
    with pytest.raises(Refused, match="trained"):
        actions.join(linde.actor("sami"), meeting)


def test_where_no_training_is_asked_everybody_may_lead(linde):
    meeting = actions.start_now(linde.actor("noor"), plan_of(linde, people=()))
    assert meeting.is_open
