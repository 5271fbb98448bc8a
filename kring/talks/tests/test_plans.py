"""Planning and preparing: who may, who can know, what keeps it from beginning."""

from datetime import timedelta

import pytest

from kring.base import clock, keys, scope
from kring.base.policy import Actor, NotThere, Refused, ask
from kring.meetings.models import Meeting
from kring.people.models import Letter, Membership, Notice, Receipt, RoleGrant, TrailEntry
from kring.talks import actions
from kring.talks.actions import Guest
from kring.talks.models import LOWEST, Plate, Talk
from kring.talks.rules import Choice
from kring.talks.tests.conftest import guest_of, prepare_all, say_yes, train, wish
from kring.talks.tests.playing import everything
from tests.cast import Cast, House


def test_only_trained_facilitators_without_an_interest_plan(linde: House) -> None:
    for name in ("sami", "joke", "ria", "hester", "ali", "petra"):
        with pytest.raises(Refused):
            actions.plan_talk(linde.actor(name), wish(linde), f"key {name}")
    lines = {
        "joke": "leads noor", "ria": "leads the region", "hester": "board", "sami": "same team",
        "noor": "party",
    }  # fmt: skip
    for name in lines:
        with pytest.raises(Refused):
            actions.plan_talk(train(linde, name), wish(linde), f"trained {name}")
    fleur = train(linde, "fleur")
    with pytest.raises(Refused):
        actions.plan_talk(fleur, wish(linde, declared=False), "no declaration")
    with pytest.raises(Refused):
        actions.plan_talk(linde.actor("fleur", second_factor=False), wish(linde), "one factor")
    assert Talk.objects.count() == 0
    assert actions.plan_talk(fleur, wish(linde), "fine").pk >= LOWEST


def test_the_same_command_is_one_talk_and_its_number_says_nothing(
    linde: House, fleur: Actor
) -> None:
    made = [actions.plan_talk(fleur, wish(linde), f"key {n}") for n in (1, 1, 2)]
    assert made[0].pk == made[1].pk != made[2].pk
    assert abs(made[0].pk - made[2].pk) > 1000
    assert Talk.objects.count() == 2


def test_a_manager_of_one_of_them_is_no_party_in_a_small_talk(linde: House, fleur: Actor) -> None:
    people = ((linde.people["noor"], "party"), (linde.people["joke"], "party"))
    with pytest.raises(Refused):
        actions.plan_talk(fleur, wish(linde, "restorative_talk", people=people, guests=()), "k")


def test_a_manager_is_not_asked_later_either(linde: House, fleur: Actor) -> None:
    people = ((linde.people["noor"], "party"),)
    guests = (Guest("Riet", "party"),)
    made = actions.plan_talk(
        fleur, wish(linde, "restorative_talk", people=people, guests=guests), "small"
    )
    for role in ("party", "supporter"):
        with pytest.raises(Refused, match=r"without the manager|zonder leidinggevende"):
            actions.invite(fleur, made, f"joke {role}", person=linde.people["joke"], role=role)
    made.refresh_from_db()
    assert [one.name for one in made.paper.chairs] == ["Fleur", "Noor", "Riet"]
    assert Plate.objects.filter(talk=made).count() == 3
    # and whoever became somebody's manager meanwhile keeps it from beginning
    actions.invite(fleur, made, "wim", person=linde.people["wim"], role="supporter")
    prepare_all(fleur, made)
    for name in ("noor", "wim"):
        actions.choose(linde.actor(name), made, f"yes {name}", choice=Choice.YES)
    actions.choose(guest_of(made, "Riet"), made, "yes", choice=Choice.YES)
    with scope.inside(linde.organisation.pk):
        grant = RoleGrant(person=linde.people["wim"], role="manager", unit=linde.units["noord"])
        grant.save()
    with pytest.raises(Refused, match=r"without the manager|zonder leidinggevende"):
        actions.open_talk(fleur, made, "wim leads noor now")
    with scope.inside(linde.organisation.pk):
        grant.delete()
    assert actions.open_talk(fleur, made, "open").is_open


def test_nobody_but_who_has_a_chair_can_know(cast: Cast, talk: Talk) -> None:
    for house in (cast.linde, cast.waterkant, cast.anker):
        for name in house.people:
            actor = house.actor(name)
            with scope.inside(house.organisation.pk):
                there = name in ("fleur", "noor", "wim") and house is cast.linde
                assert Talk.objects.visible_to(actor).exists() is there, name
                assert bool(ask(actor, "talks.see", talk)) is there, name


def test_a_plan_leaves_nothing_readable_anywhere(
    linde: House, talk: Talk, fleur: Actor, ready: Talk
) -> None:
    words = everything()
    for word in ("Herstel", "restorative_conference", "responsible_person", "Riet", "tuin", "raam"):
        assert word not in words, word
    assert TrailEntry.objects.filter(verb__contains="talk").count() == 0
    assert not Meeting.objects.exists()
    assert not Receipt.objects.exists()
    told = set(Notice.objects.values_list("about", "page"))
    assert told == {("", "/linde/")}
    assert set(Notice.objects.values_list("kind", flat=True)) == {"people.waits"}
    assert {one.person.name for one in Notice.objects.select_related("person")} == {"Noor", "Wim"}


def test_nothing_begins_before_everybody_is_prepared_and_says_yes(
    linde: House, fleur: Actor, talk: Talk
) -> None:
    with pytest.raises(Refused):
        actions.open_talk(fleur, talk, "too early")
    prepare_all(fleur, talk)
    with pytest.raises(Refused):
        actions.open_talk(fleur, talk, "nobody said yes")
    say_yes(linde, talk)
    actions.choose(linde.actor("wim"), talk, "later", choice=Choice.NOT_YET)
    with pytest.raises(Refused, match="Wim"):
        actions.open_talk(fleur, talk, "wim not yet")
    actions.choose(linde.actor("wim"), talk, "now", choice=Choice.YES)
    assert actions.open_talk(fleur, talk, "open").is_open


def test_lines_are_looked_at_again_when_it_begins(linde: House, fleur: Actor, ready: Talk) -> None:
    with scope.inside(linde.organisation.pk):
        RoleGrant(person=linde.people["fleur"], role="manager", unit=linde.units["noord"]).save()
    with pytest.raises(Refused):
        actions.open_talk(linde.actor("fleur"), ready, "she leads noor now")


def test_who_joins_the_team_meanwhile_cannot_lead(linde: House, fleur: Actor, ready: Talk) -> None:
    with scope.inside(linde.organisation.pk):
        Membership(
            person=linde.people["fleur"], team=linde.teams["vuurtoren"],
            starts_on=clock.now().date(),
        ).save()  # fmt: skip
    with pytest.raises(Refused):
        actions.open_talk(linde.actor("fleur"), ready, "same team now")


def test_the_facilitator_cannot_say_yes_for_a_colleague(
    linde: House, fleur: Actor, talk: Talk
) -> None:
    noor = talk.paper.chair_of(linde.people["noor"].pk)
    assert noor is not None
    with pytest.raises(NotThere):
        actions.choose_on_paper(fleur, talk, "k", number=noor.number, choice=Choice.YES)
    riet = next(one for one in talk.paper.chairs if one.name == "Riet")
    actions.choose(guest_of(talk, "Riet"), talk, "no", choice=Choice.NO)
    with pytest.raises(Refused):
        actions.choose_on_paper(fleur, talk, "k2", number=riet.number, choice=Choice.YES)


def test_calling_off_leaves_nothing(linde: House, fleur: Actor, talk: Talk) -> None:
    place = talk.place
    actions.call_off(fleur, talk)
    assert (Talk.objects.count(), Plate.objects.count()) == (0, 0)
    assert place in set(keys.shredded())


def test_a_second_facilitator_is_checked_and_declares_too(
    linde: House, fleur: Actor, talk: Talk
) -> None:
    for name in ("joke", "sami", "bram"):
        with pytest.raises(Refused):
            actions.invite(fleur, talk, name, person=linde.people[name], role="moderator")
    train(linde, "joke")
    with pytest.raises(Refused):
        actions.invite(fleur, talk, "joke-2", person=linde.people["joke"], role="moderator")
    train(linde, "mo")
    actions.invite(fleur, talk, "mo", person=linde.people["mo"], role="moderator")
    assert len(talk.paper.leaders) == 2
    actions.declare(linde.actor("mo"), talk, "declares")
    assert talk.paper.declared == (1, 6)


def test_letters_say_nothing(linde: House, talk: Talk) -> None:
    from kring.people.post.notices import gather_due

    gather_due(clock.now() + timedelta(days=2))
    letters = list(Letter.objects.all())
    assert len(letters) == 2
    for letter in letters:
        words = f"{letter.subject} {letter.body} {letter.dedupe_key}".lower()
        assert "er ligt iets voor je klaar" in words
        for word in (
            "gesprek",
            "talk",
            "uitnodig",
            "herstel",
            "restor",
            "fleur",
            "riet",
            str(talk.pk),
        ):
            assert word not in words
