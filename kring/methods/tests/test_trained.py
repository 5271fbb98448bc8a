"""Who is trained for which talk: the rule as a table, the register, who keeps it, what time does."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kring.base import clock, scope
from kring.base.policy import NotThere, Refused
from kring.methods import actions
from kring.methods.clock import forget_ended
from kring.methods.models import Trained, TrainingRegister
from kring.methods.tests.examples import gossip, review, shorter
from kring.methods.trained import Learnt, covers, is_trained, must_be_trained, who_can_lead
from kring.people.models import TrailEntry
from tests.cast import log_in

ON = date(2026, 5, 1)
METHOD = "good_practice_intervisie"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("learnt", "expected"),
    [
        ([], False),
        ([Learnt(METHOD)], True),
        ([Learnt(METHOD, "gossip_method")], True),
        ([Learnt(METHOD, "good_practice_review")], False),
        ([Learnt("herstelgericht")], False),
        ([Learnt("herstelgericht", "gossip_method")], False),
        ([Learnt(METHOD, "gossip_method", date(2026, 4, 30))], False),
        ([Learnt(METHOD, "gossip_method", date(2026, 5, 1))], True),
        ([Learnt(METHOD, "", date(2026, 4, 30)), Learnt(METHOD, "gossip_method")], True),
    ],
)
def test_what_a_line_covers(learnt, expected):
    assert covers(learnt, method=METHOD, protocol="gossip_method", on=ON) is expected


@pytest.fixture
def open_(linde):
    with scope.inside(linde.organisation.pk):
        row = actions.open_register(
            linde.actor("ali"), decided_on=date(2026, 1, 5), words="Verslag OR, punt 3"
        )
        yield row


def record(house, who="sami", by="ali", **what):
    what = {"method": METHOD, **what}
    return actions.record_trained(house.actor(by), house.people[who], **what)


def test_nothing_is_kept_before_the_works_council_decided(linde):
    with scope.inside(linde.organisation.pk):
        with pytest.raises(Refused, match="works council"):
            record(linde)
        assert Trained.objects.count() == 0


def test_opening_twice_is_opening_once(linde, open_):
    again = actions.open_register(linde.actor("ali"), decided_on=date(2026, 2, 2), words="Anders")
    assert (again.pk, again.words) == (open_.pk, "Verslag OR, punt 3")
    assert TrainingRegister.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["noor", "sami", "joke", "ria", "hester", "petra", "wim", "external"]
)
def test_only_a_steward_keeps_the_register(linde, open_, name):
    with pytest.raises(Refused, match="trainer or an administrator"):
        record(linde, "daan", by=name)
    with pytest.raises(Refused, match="trainer or an administrator"):
        actions.open_register(linde.actor(name), decided_on=ON, words="x")


def test_recorded_for_one_talk_or_for_all_of_a_method(linde, open_):
    row = record(linde, protocol="gossip_method")
    sami, noor = linde.people["sami"], linde.people["noor"]
    assert (row.recorded_by_id, row.until) == (linde.people["ali"].pk, None)
    assert is_trained(sami.pk, gossip())
    assert not is_trained(sami.pk, review())
    assert not is_trained(noor.pk, gossip())
    record(linde, "noor")
    assert is_trained(noor.pk, review())
    assert [one.name for one in who_can_lead(linde.actor("daan"), gossip())] == ["Noor", "Sami"]
    assert [one.name for one in who_can_lead(linde.actor("daan"), review())] == ["Noor"]


def test_an_own_version_asks_for_the_same_training(linde, open_):
    copy = actions.copy_protocol(linde.actor("ali"), review(), shorter(review())).read()
    record(linde, protocol="good_practice_review")
    assert is_trained(linde.people["sami"].pk, copy)


def test_recording_again_only_moves_the_day(linde, open_):
    day = clock.now().date() + timedelta(days=30)
    first = record(linde)
    assert record(linde, until=day).pk == first.pk
    assert Trained.objects.get().until == day


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"who": "ali"}, Refused),
        ({"until": date(2020, 1, 1)}, Refused),
        ({"method": "no_such_method"}, NotThere),
        ({"protocol": "opening_circle"}, NotThere),
    ],
)
def test_what_cannot_be_recorded(linde, open_, what, error):
    with pytest.raises(error):
        record(linde, **what)
    assert Trained.objects.count() == 0


def test_somebody_elsewhere_cannot_be_recorded(cast, linde, open_):
    with pytest.raises(NotThere):
        actions.record_trained(
            linde.actor("ali"), cast.waterkant.people["waterkant_lid"], method=METHOD
        )


def test_the_person_and_a_steward_take_a_line_away_and_nobody_else(linde, open_):
    row = record(linde)
    with pytest.raises(Refused):
        actions.end_trained(linde.actor("noor"), row)
    actions.end_trained(linde.actor("sami"), row)
    assert not is_trained(linde.people["sami"].pk, review())
    actions.end_trained(linde.actor("ali"), record(linde))
    verbs = TrailEntry.objects.filter(verb__startswith="training.").values_list("verb", flat=True)
    assert list(verbs) == [
        "training.register_opened", "training.recorded", "training.ended", "training.recorded",
        "training.ended",
    ]  # fmt: skip


def test_a_talk_that_asks_for_training_is_led_by_nobody_else(linde, open_):
    guarded = gossip().model_copy(update={"moderator_trained": True})
    noor, sami = linde.people["noor"].pk, linde.people["sami"].pk
    must_be_trained(gossip(), [noor, None], linde.actor("noor"))
    with pytest.raises(Refused, match="Nobody here is on record"):
        must_be_trained(guarded, [sami], linde.actor("noor"))
    record(linde)
    must_be_trained(guarded, [sami], linde.actor("noor"))
    for others in ([noor], [sami, noor], [None]):
        with pytest.raises(Refused, match="together with Sami"):
            must_be_trained(guarded, others, linde.actor("noor"))


def test_time_forgets_a_line_that_ended_a_month_ago(linde, open_):
    today = clock.now().date()
    record(linde, until=today)
    record(linde, "noor")
    later = clock.now() + timedelta(days=31)
    assert forget_ended(clock.now() + timedelta(days=30)) == 0
    assert forget_ended(later) == 1
    assert [row.person_id for row in Trained.objects.all()] == [linde.people["noor"].pk]


def test_the_page_keeps_the_list_and_everybody_takes_away_their_own(client, linde):
    ali, page = log_in(client, linde.account("ali")), reverse("trained", args=["linde"])
    client.cookies["kring_language"] = "en"
    assert b"First the works council" in ali.get(page).content
    wrong = ali.post(reverse("open_trained", args=["linde"]), {"decided_on": "x", "key": "k-0"})
    assert wrong.status_code == 409
    ali.post(
        reverse("open_trained", args=["linde"]),
        {"decided_on": "2026-01-05", "words": "Verslag 3", "key": "k-1"},
    )
    sent = {"person": linde.people["sami"].pk, "talk": f"{METHOD}/gossip_method", "key": "k-2"}
    for _again in range(2):
        assert ali.post(reverse("record_trained", args=["linde"]), sent).status_code == 302
    row = Trained.objects.get()
    assert (row.protocol, row.recorded_by_id) == ("gossip_method", linde.people["ali"].pk)
    sami = log_in(client, linde.account("sami"))
    shown = sami.get(page).content
    assert b"Gossip method" in shown
    assert b"record_trained" not in shown
    library = sami.get(reverse("library", args=["linde"])).content
    assert library.count(b"you are trained for this") == 1
    talk = sami.get(reverse("protocol", args=["linde", METHOD, "gossip_method"])).content
    assert b"You are trained to lead this talk" in talk
    sami.post(reverse("end_trained", args=["linde", row.pk]), {"key": "k-3"})
    assert Trained.objects.count() == 0


def test_the_library_asks_as_often_for_one_line_as_for_three(client, linde, open_):
    sami = log_in(client, linde.account("sami"))
    counts = []
    for methods in ((METHOD,), ("herstelgericht", "strategie_gedrag")):
        for method in methods:
            record(linde, method=method)
        for name in ("library", "trained"):
            with CaptureQueriesContext(connection) as asked:
                assert sami.get(reverse(name, args=["linde"])).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
