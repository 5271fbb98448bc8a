"""A meeting with the organisation's own version of a protocol."""

import re

from django.urls import reverse

from kring.base import scope
from kring.meetings.models import Meeting
from kring.methods.actions import change_copy, copy_protocol
from kring.methods.tests.examples import review, shorter
from tests.cast import log_in


def test_an_own_version_is_offered_and_planned_and_stays_as_it_was(client, linde):
    sami = linde.actor("sami")
    copy = copy_protocol(sami, review(), shorter(review(), minutes=8))
    log_in(client, linde.account("sami"))
    plan = reverse("meetings:plan", args=["linde", copy.pin])
    assert (
        f'href="{plan}"' in client.get(reverse("meetings:choose", args=["linde"])).content.decode()
    )
    own = client.get(reverse("own_protocol", args=["linde", copy.pk])).content.decode()
    assert f'href="{plan}"' in own
    shipped = client.get(
        reverse("protocol", args=["linde", "good_practice_intervisie", "good_practice_review"])
    ).content.decode()
    assert reverse("meetings:plan", args=["linde", "good_practice_review"]) in shipped
    page = client.get(plan).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    wish = {"when": "now", "mode": "phones", "minutes": 45, "none_apply": "on", "arranged": "on"}
    client.post(plan, {**wish, "team": linde.teams["vuurtoren"].pk, "key": key[1]})
    change_copy(sami, copy, shorter(review(), minutes=3))
    meeting = Meeting.objects.get()
    assert meeting.protocol["variant"]["name"] == "Ons gesprek"
    assert [one["minutes"] for one in meeting.protocol["phases"]][:2] == [5, 8]


def test_a_version_of_another_organisation_cannot_be_planned(client, cast):
    with scope.inside(cast.waterkant.organisation.pk):
        theirs = copy_protocol(
            cast.waterkant.actor("waterkant_begeleider"), review(), shorter(review())
        )
    log_in(client, cast.linde.account("sami"))
    assert client.get(reverse("meetings:plan", args=["linde", theirs.pin])).status_code == 404
