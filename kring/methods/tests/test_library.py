"""Pins, loading, and an organisation's own copies."""

import pytest
from django.core.management import call_command

from kring.base import scope
from kring.base.policy import VISITOR, NotThere, Refused
from kring.methods import actions, library
from kring.methods.models import MethodVersion, OwnProtocol, ProtocolVersion
from kring.methods.shelf import shipped
from kring.methods.tests.examples import gossip, review, same, shorter, without
from kring.people.models import TrailEntry


def test_loading_is_done_once_for_each_content(db):
    assert actions.load_shipped() == len(shipped().packages) + len(shipped().protocols)
    assert actions.load_shipped() == 0
    call_command("load_methods", verbosity=0)
    assert MethodVersion.objects.count() == len(shipped().packages)
    package = shipped().package("herstelgericht")
    changed = package.model_copy(update={"fingerprint": "0" * 64})
    assert actions.load_package(changed) == 1
    assert MethodVersion.objects.filter(method="herstelgericht").count() == 2
    assert ProtocolVersion.objects.count() == len(shipped().protocols)


def test_a_pin_names_one_content_for_good(db):
    actions.load_shipped()
    old = review().model_copy(update={"version": 7})
    actions.load_package(
        shipped()
        .package("good_practice_intervisie")
        .model_copy(update={"fingerprint": "1" * 64, "protocols": (old,)})
    )
    assert library.pin_of(review()) != library.pin_of(old)
    assert library.protocol_for("good_practice_review") == review()
    assert library.protocol_for(library.pin_of(review())) == review()
    assert library.protocol_for(library.pin_of(old)) == old


@pytest.mark.parametrize(
    "pin",
    ["", "no_such_talk", "good_practice_review-0000000000000000", "own-0", "own-999", "own-",
     "../x", "good_practice_review-", "own-12345678901234567890", "Good Practice"],
)  # fmt: skip
def test_a_pin_of_nothing_is_not_there(linde, pin):
    with pytest.raises(NotThere):
        library.protocol_for(pin)


def test_a_copy_is_offered_first_and_reads_back(linde):
    before = [offer.pin for offer in library.offers()]
    assert before == [library.pin_of(protocol) for protocol in shipped().protocols]
    made = actions.copy_protocol(linde.actor("sami"), review(), shorter(review()))
    offers = library.offers()
    assert [offer.pin for offer in offers] == [made.pin, *before]
    assert (offers[0].is_own, offers[0].protocol.title.nl, offers[0].method) == (
        True, "Ons gesprek", "good_practice_intervisie",
    )  # fmt: skip
    assert library.protocol_for(made.pin) == offers[0].protocol
    assert library.protocol_for(made.pin).phases[1].minutes == 8
    assert list(TrailEntry.objects.values_list("verb", "about")) == [
        ("protocol.copied", f"protocol {made.pin}")
    ]


def test_a_change_is_a_new_edition_and_the_old_one_stays_as_it_was(linde):
    sami = linde.actor("sami")
    other = actions.copy_protocol(sami, gossip(), without(gossip(), "checkout"))
    first = actions.copy_protocol(sami, review(), shorter(review(), minutes=8))
    second = actions.change_copy(sami, first, shorter(review(), minutes=9))
    assert (second.lineage, second.edition) == (first.lineage, 2)
    assert {offer.pin for offer in library.offers() if offer.is_own} == {other.pin, second.pin}
    assert library.protocol_for(first.pin).phases[1].minutes == 8
    with pytest.raises(Refused, match=r"Somebody else|Iemand anders"):
        actions.change_copy(sami, first, shorter(review(), minutes=10))


def test_a_withdrawn_copy_is_not_offered_but_can_still_be_read(linde):
    sami = linde.actor("sami")
    first = actions.copy_protocol(sami, review(), shorter(review(), minutes=8))
    second = actions.change_copy(sami, first, shorter(review(), minutes=9))
    actions.withdraw_copy(sami, second)
    actions.withdraw_copy(sami, second)
    assert [offer for offer in library.offers() if offer.is_own] == []
    assert library.protocol_for(second.pin).phases[1].minutes == 9
    actions.restore_copy(sami, second)
    assert [offer.pin for offer in library.offers() if offer.is_own] == [second.pin]
    verbs = TrailEntry.objects.values_list("verb", flat=True)
    assert list(verbs) == [
        "protocol.copied", "protocol.changed", "protocol.withdrawn", "protocol.restored",
    ]  # fmt: skip


def test_an_unfit_draft_saves_nothing_and_says_where(linde):
    with pytest.raises(actions.Unfit) as caught:
        actions.copy_protocol(linde.actor("sami"), review(), without(review(), "park"))
    assert [problem.phase for problem in caught.value.problems] == ["park"]
    with pytest.raises(actions.Unfit):
        actions.copy_protocol(linde.actor("sami"), review(), same(review()))
    assert OwnProtocol.objects.count() == 0


@pytest.mark.parametrize("name", ["noor", "joke", "hester", "wim"])
def test_only_who_moderates_or_administers_makes_a_copy(linde, name):
    with pytest.raises(Refused):
        actions.copy_protocol(linde.actor(name), review(), shorter(review()))
    made = actions.copy_protocol(linde.actor("ali"), review(), shorter(review()))
    with pytest.raises(Refused):
        actions.withdraw_copy(linde.actor(name), made)
    with pytest.raises(Refused):
        actions.change_copy(VISITOR, made, shorter(review(), minutes=3))


def test_a_copy_of_another_organisation_is_not_there(cast):
    with scope.inside(cast.waterkant.organisation.pk):
        theirs = actions.copy_protocol(
            cast.waterkant.actor("waterkant_begeleider"), review(), shorter(review())
        )
    with scope.inside(cast.linde.organisation.pk):
        assert [offer for offer in library.offers() if offer.is_own] == []
        with pytest.raises(NotThere):
            library.protocol_for(theirs.pin)


@pytest.mark.parametrize("count", [1, 3])
def test_offers_take_one_query(linde, count, django_assert_num_queries):
    for number in range(count):
        actions.copy_protocol(linde.actor("sami"), review(), shorter(review(), minutes=number))
    with django_assert_num_queries(1):
        library.offers()
